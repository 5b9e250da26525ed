"""The guidance on what goes to court from an IRO and a social worker: the chair's report, and the IRO's view."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import before_the_event
from iro_rules.national.plo_guidance.course import IN_CARE
from iro_rules.national.plo_guidance.source import ENDED, ISSUED, law, status
from iro_rules.national.shared import HELD
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Duty, Modality, Power, Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern

LED = Interpretation(
    "plo.chairs-report.what-led",
    "Is the review chair's report owed to the court whatever led to proceedings about a child already in care?",
    (
        ("any_issue", "yes, whenever proceedings are issued"),
        ("recorded", "only where work before proceedings is on record"),
    ),
    "any_issue",
    "The guidance says that the PLO led to them, which can mean public law work as a whole; records seldom say more.",
)

WHICH_STATEMENTS = Interpretation(
    "plo.iro-view.which-statements",
    "Must every court statement hold the IRO's view, or only those about a child already in care at issue?",
    (
        ("every", "every court statement of the social worker"),
        ("already_looked_after", "only where the child was already looked after when proceedings were issued"),
    ),
    "every",
    "The sentence rests on the court's templates, which do not differ; it stands in a paragraph on children in care.",
)

STATEMENT = Pattern("plo.statement")
_FILED = fact("filed", document="court_statement")
_DUE = fact("filing_due", document="court_statement")
_MOVED = seek("moved", _DUE, "ref", "proceedings", after="trigger")
_OPEN = (Absent("filed"), Absent("moved"))
_LAST = seek("last", HELD, until="trigger", pick="last")
_WORK = seek("work", fact("happened", event="pre_proceedings_started"), until="trigger")
_VIEW = ("P-17",)
_IN_RECORD: dict[str, Any] = {
    "given": by_reading(WHICH_STATEMENTS, every=(), already_looked_after=(seek("in_care", IN_CARE, "proceedings"),)),
    "when": by_reading(WHICH_STATEMENTS, every=(), already_looked_after=(Present("in_care"),)),
}

REPORT = (
    Status(
        id="plo.chairs-report.later",
        law=status(("P-15",), "on children already in care", "lines 45-46", "most recent"),
        act="the report of a review held after proceedings were issued was filed",
        trigger=fact("filed", document="review_chairs_report"),
        given=(
            seek("issued", ISSUED, "proceedings"),
            seek("held", HELD, "review", since="issued", until="trigger"),
        ),
        when=(Present("issued"), Present("held")),
    ),
    Duty(
        id="plo.chairs-report",
        law=law(("P-15",), "on children already in care", "lines 45-46"),
        act="file with the court the most recent report of the chair of the child's reviews",
        bearer="local_authority",
        to="court",
        trigger=IN_CARE,
        given=by_reading(LED, any_issue=(_LAST,), recorded=(_LAST, _WORK)),
        when=by_reading(LED, any_issue=(Present("last"),), recorded=(Present("last"), Present("work"))),
        met_by=(
            seek(
                "report",
                fact("filed", document="review_chairs_report"),
                "proceedings",
                on={"review": "last.review"},
            ),
            seek("later", Pattern("plo.chairs-report.later"), "proceedings"),
        ),
        needs="any",
        lapses=ENDED,
        note="The report is that of the last review before issue, or of one held since. Who is to file it is not said.",
    ),
    Duty(
        id="plo.chairs-report-gives-view",
        law=law(("P-16",), "on children already in care", "lines 46-47"),
        act="have the report that went to court reflect the IRO's own view",
        bearer="iro",
        trigger=fact("filed", document="review_chairs_report", review=KNOWN),
        given=(seek("in_care", IN_CARE, "proceedings"),),
        when=(Present("in_care"),),
        met_by=(seek("view", fact("recorded", by="iro", about="iro_view"), "review"),),
    ),
    Conflict(
        id="plo.chairs-report-untraceable",
        law=law(("P-15",), "on children already in care", "lines 45-46"),
        act="the report of a review was filed without saying of which, so whether it is the most recent is unknown",
        trigger=fact("filed", document="review_chairs_report", review=UNKNOWN),
    ),
)

STATEMENTS = (
    Status(
        id="plo.statement.filed",
        law=status(_VIEW, "on court statements", "lines 47-48", "court statement"),
        act="a court statement was filed",
        trigger=_FILED,
        kind=STATEMENT.kind,
        identity="trigger.ref",
    ),
    Status(
        id="plo.statement.due",
        law=status(_VIEW, "on court statements", "lines 47-48", "court statement"),
        act="a court statement is to be filed on this day",
        trigger=_DUE,
        # A statement is known by its reference, so one that was filed stands before any day set for it.
        given=(seek("filed", _FILED, "ref"), _MOVED),
        when=_OPEN,
        kind=STATEMENT.kind,
        identity="trigger.ref",
        moment="trigger.due",
    ),
    Duty(
        id="plo.iro-view-obtained",
        law=law(_VIEW, "on court statements", "lines 47-48", modality=Modality.MUST, verb="must"),
        act="obtain the IRO's view for the court statement",
        bearer="social_worker",
        to="iro",
        trigger=STATEMENT,
        within=before_the_event(),
        met_by=(
            seek("told", fact("told", by="iro", to="social_worker", about="iro_view"), "ref"),
            seek("received", fact("received", by="social_worker", about="iro_view"), "ref"),
        ),
        needs="any",
        lapses=ENDED,
        contact="iro",
        **_IN_RECORD,
    ),
    Duty(
        id="plo.iro-view-in-statement",
        law=law(_VIEW, "on court statements", "lines 47-48", modality=Modality.MUST, verb="must"),
        act="record the IRO's view accurately in the court statement",
        bearer="social_worker",
        to="court",
        trigger=STATEMENT,
        within=before_the_event(),
        met_by=(seek("record", fact("recorded", by=("iro", "social_worker"), about="iro_view"), "ref"),),
        lapses=ENDED,
        note="Whether it was recorded accurately is for the IRO to say. The IRO may fill in that part.",
        **_IN_RECORD,
    ),
    Power(
        id="plo.iro-fills-in-view",
        law=law(("P-18",), "on court statements", "lines 48-50", modality=Modality.MAY, verb="can be achieved through"),
        act="have the finished statement sent to the IRO, who fills in the part for the IRO's view",
        bearer=("social_worker", "iro"),
        trigger=fact("filing_due", document="court_statement", ref=KNOWN),
        given=(
            seek("filed", _FILED, "ref", "proceedings"),
            _MOVED,
            ENDED,
            seek("record", fact("recorded", by=("iro", "social_worker"), about="iro_view"), "ref"),
        ),
        when=(*_OPEN, Absent("ended"), Absent("record")),
        contact="iro",
    ),
    Conflict(
        id="plo.statement-untraceable.filed",
        law=law(_VIEW, "on court statements", "lines 47-48", modality=Modality.MUST, verb="must"),
        act="a court statement was filed without a reference, so whether it holds the IRO's view cannot be followed",
        trigger=fact("filed", document="court_statement", ref=UNKNOWN),
    ),
    Conflict(
        id="plo.statement-untraceable.due",
        law=law(_VIEW, "on court statements", "lines 47-48", modality=Modality.MUST, verb="must"),
        act="a court statement is due without a reference, so whether it will hold the IRO's view cannot be followed",
        trigger=fact("filing_due", document="court_statement", ref=UNKNOWN),
    ),
)

RULES = (*REPORT, *STATEMENTS)
