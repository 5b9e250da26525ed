"""The guidance on final care planning: its timetable, the final evidence, and what endorses the plan."""

from __future__ import annotations

from iro_rules.clock import Number, Soft, Unit, at_least_before, before_the_event
from iro_rules.national.plo_guidance.course import FINAL_PLANNING
from iro_rules.national.plo_guidance.source import AUTHORITY, ENDED, ISSUED, WITH_IRO, during_proceedings, law, status
from iro_rules.national.shared import HELD, IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Conflict,
    Duty,
    Gate,
    Modality,
    Present,
    Status,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern

EVIDENCE = Number("plo.final-evidence-to-iro.at-least", {IN_FORCE: 5})

FINAL_REVIEW = Interpretation(
    "plo.plan-not-endorsed.review",
    "Which review counts as the one that must come before final evidence goes to court?",
    (
        ("in_proceedings", "any review held between the issue of proceedings and the filing"),
        ("with_evidence", "a review held once the IRO had the final evidence"),
    ),
    "in_proceedings",
    "The text only puts a review before the filing; a neighbouring sentence also asks that the IRO have the evidence.",
)

ALL_EVIDENCE = Interpretation(
    "plo.plan-endorsed.all-evidence",
    "What shows that the IRO had all of the final evidence?",
    (
        ("as_recorded", "a record that final evidence reached the IRO stands for the whole of it"),
        ("said_complete", "only the IRO's own word that all of it is there"),
    ),
    "as_recorded",
    "What final evidence consists of is not said, so a record of it can only be taken at its word.",
)

FINAL_EVIDENCE_DUE = Pattern("plo.final-evidence-due")
"""The court's date for filing final evidence, or the day of filing where the court set none; one for proceedings."""

FILED = Pattern("plo.final-evidence-filed")
"""Filings of final evidence, each dated by the last day on which what must come before it is in time."""

_SECTION = "on final care planning"
_BOTH = ("social_worker", "team_manager")
_FILED = fact("filed", document="final_evidence")
_DUE = fact("filing_due", document="final_evidence")
_ISSUED = seek("issued", ISSUED, "proceedings", until="trigger", pick="last")
_EVIDENCE = seek("evidence", WITH_IRO, "proceedings", until="trigger")
_PLAN = {"by": "iro", "about": "final_care_plan"}
_LAW = law(("P-23",), "on final evidence", "lines 58-60", modality=Modality.MUST, verb="must")
_TIMETABLED = law(("P-19",), _SECTION, "lines 52-54")

TIMETABLE = (
    Duty(
        id="plo.final-planning-meeting-timetabled",
        law=_TIMETABLED,
        act="set a date for the final care planning meeting",
        bearer=_BOTH,
        trigger=FINAL_PLANNING,
        within=Soft("as soon as is practicable"),
        met_by=(
            seek("planned", fact("meeting_planned", meeting="final_care_planning"), "proceedings"),
            seek("held", fact("meeting_held", meeting="final_care_planning"), "proceedings"),
        ),
        needs="any",
        lapses=ENDED,
        contact="social_worker",
    ),
    Duty(
        id="plo.final-evidence-timetabled",
        law=_TIMETABLED,
        act="set a date by which the final evidence will be complete",
        bearer=_BOTH,
        trigger=FINAL_PLANNING,
        within=Soft("as soon as is practicable"),
        met_by=(seek("date", fact("agreed", by=AUTHORITY, about="final_evidence", due=KNOWN), "proceedings"),),
        lapses=ENDED,
        contact="social_worker",
    ),
    Duty(
        id="plo.timetable-in-supervision-record",
        law=law(("P-20",), _SECTION, "lines 54-55"),
        act="show in the supervision record on the child's file how final planning was timetabled",
        bearer=_BOTH,
        trigger=FINAL_PLANNING,
        met_by=(seek("record", fact("recorded", about="final_planning_timetable"), "proceedings"),),
        lapses=ENDED,
        contact="social_worker",
    ),
)

FINAL_EVIDENCE = (
    Status(
        id="plo.final-evidence-due.set",
        law=status(("P-21",), "on final evidence", "lines 56-57", "court filing date"),
        act="the court set this day for filing final evidence",
        trigger=_DUE,
        given=(seek("moved", _DUE, "proceedings", after="trigger"),),
        when=(Absent("moved"),),
        kind=FINAL_EVIDENCE_DUE.kind,
        identity="trigger.proceedings",
        moment="trigger.due",
    ),
    Status(
        id="plo.final-evidence-due.filed",
        law=status(("P-21",), "on final evidence", "lines 56-57", "court filing date"),
        act="final evidence was filed on this day, and the court had set none",
        trigger=_FILED,
        given=(seek("set", _DUE, "proceedings"),),
        when=(Absent("set"),),
        kind=FINAL_EVIDENCE_DUE.kind,
        identity="trigger.proceedings",
    ),
    Duty(
        id="plo.final-evidence-to-iro",
        law=law(("P-21",), "on final evidence", "lines 56-57"),
        act="have the final evidence with the IRO ahead of its filing",
        bearer="local_authority",
        to="iro",
        trigger=FINAL_EVIDENCE_DUE,
        within=at_least_before(EVIDENCE, Unit.WORKING_DAYS),
        met_by=(seek("evidence", WITH_IRO, "proceedings"),),
        lapses=ENDED,
        note="The days are counted back from the date the court set, and move with it; from the day of filing where "
        "none was set. For a date set at shorter notice the last day has passed already.",
    ),
    Conflict(
        id="plo.final-evidence-untraceable.received",
        law=law(("P-21", "P-22"), "on final evidence", "lines 56-58"),
        act="the IRO received final evidence in proceedings that are not named, so it counts for none",
        trigger=fact("received", by="iro", document="final_evidence", proceedings=UNKNOWN),
    ),
    Conflict(
        id="plo.final-evidence-untraceable.provided",
        law=law(("P-21", "P-22"), "on final evidence", "lines 56-58"),
        act="the IRO was given final evidence in proceedings that are not named, so it counts for none",
        trigger=fact("provided", document="final_evidence", to="iro", proceedings=UNKNOWN),
    ),
)

ENDORSEMENT = (
    Gate(
        id="plo.plan-endorsed-or-challenged",
        law=law(("P-22",), "on final evidence", "lines 57-58", modality=Modality.MUST, verb="must"),
        act="have all the final evidence with the IRO, and a review held, before the IRO endorses or challenges "
        "the final care plan",
        bearer=("local_authority", "iro"),
        trigger=fact("decided", **_PLAN, proceedings=KNOWN),
        given=(_ISSUED,),
        when=(Present("issued"),),
        first=(
            by_reading(
                ALL_EVIDENCE,
                as_recorded=_EVIDENCE,
                said_complete=seek(
                    "evidence",
                    fact("decided", by="iro", about="final_evidence_complete", result="holds"),
                    "proceedings",
                    until="trigger",
                ),
            ),
            by_reading(
                FINAL_REVIEW,
                in_proceedings=seek("review", HELD, since="issued", until="trigger"),
                with_evidence=seek("review", HELD, since="evidence", until="trigger"),
            ),
        ),
    ),
    Conflict(
        id="plo.plan-endorsed-untraceable",
        law=law(("P-22",), "on final evidence", "lines 57-58", modality=Modality.MUST, verb="must"),
        act="the IRO's decision on a final care plan names no proceedings, so whether it could be made is unknown",
        trigger=fact("decided", **_PLAN, proceedings=UNKNOWN),
    ),
    Conflict(
        id="plo.plan-endorsed-without-proceedings",
        law=law(("P-22",), "on final evidence", "lines 57-58", modality=Modality.MUST, verb="must"),
        act="the IRO's decision on a final care plan is recorded in proceedings that are not recorded as issued",
        trigger=fact("decided", **_PLAN, proceedings=KNOWN),
        given=(_ISSUED,),
        when=(Absent("issued"),),
    ),
    Status(
        id="plo.final-evidence-filed",
        law=status(("P-23",), "on final evidence", "lines 58-60", "submitted to court"),
        act="by this day a review had to be held, to come before the filing",
        trigger=_FILED,
        shift=before_the_event(),
    ),
    Status(
        id="plo.plan-not-endorsed",
        law=_LAW,
        act="the final care plan counts as not endorsed by the IRO, since no review came before the evidence was filed",
        bearer=("local_authority", "iro"),
        to="court",
        trigger=FILED,
        given=by_reading(
            FINAL_REVIEW,
            in_proceedings=(_ISSUED, seek("review", HELD, since="issued", until="trigger")),
            with_evidence=(_EVIDENCE, _ISSUED, seek("review", HELD, since="evidence", until="trigger")),
        ),
        when=(Present("issued"), Absent("review")),
        reported=True,
    ),
    Conflict(
        id="plo.filed-without-proceedings",
        law=_LAW,
        act="final evidence is recorded as filed in proceedings that are not recorded as issued",
        trigger=FILED,
        given=(_ISSUED,),
        when=(Absent("issued"),),
    ),
)


def _in_report(name: str, about: str, act: str) -> Duty:
    return Duty(
        id=f"plo.review-report.{name}",
        law=law(("P-24",), "on the review report", "lines 60-61"),
        act=act,
        bearer="iro",
        trigger=Pattern("plo.review-on-plan"),
        met_by=(seek("record", fact("recorded", about=about), "review"),),
    )


REPORT = (
    Status(
        id="plo.review-on-plan",
        law=status(("P-24",), "on the review report", "lines 60-61", "review report"),
        act="a review was held whose report has to deal with the plan that goes to court",
        trigger=HELD,
        given=by_reading(
            FINAL_REVIEW,
            in_proceedings=during_proceedings(),
            with_evidence=(
                *during_proceedings(),
                seek("evidence", WITH_IRO, on={"proceedings": "issued.proceedings"}, until="trigger"),
            ),
        ),
        when=by_reading(
            FINAL_REVIEW,
            in_proceedings=(Present("issued"), Absent("ended")),
            with_evidence=(Present("issued"), Absent("ended"), Present("evidence")),
        ),
    ),
    _in_report("view", "iro_view", "state the IRO's view in the report of the review"),
    _in_report("rationale", "iro_rationale", "give the reasons for the IRO's view in the report of the review"),
    _in_report("analysis", "care_plan_analysis", "analyse the care plan in the report of the review"),
    Duty(
        id="plo.iro-heard-independently",
        law=law(("P-25",), "on the review report", "lines 61-62", modality=Modality.MUST, verb="must"),
        act="give the IRO an opportunity to put views of the IRO's own, independently",
        bearer=("local_authority", "court"),
        joint="either",
        to="iro",
        trigger=FINAL_EVIDENCE_DUE,
        met_by=(
            seek("offered", fact("told", to="iro", about="independent_iro_views"), "proceedings"),
            seek("used", fact("told", by="iro", to="court", about="iro_view"), "proceedings"),
            seek("filed", fact("filed", document="separate_iro_report"), "proceedings"),
        ),
        needs="any",
        lapses=ENDED,
        note="Who is to give it is not said: the authority or the court. An opportunity that was used was given.",
    ),
)

RULES = (*TIMETABLE, *FINAL_EVIDENCE, *ENDORSEMENT, *REPORT)
