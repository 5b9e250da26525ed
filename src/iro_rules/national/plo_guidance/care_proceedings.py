"""The guidance on the start of care proceedings: papers, an IRO for the child, word to court and Cafcass."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Soft, Unit, within
from iro_rules.national.plo_guidance.course import NEW_TO_CARE
from iro_rules.national.plo_guidance.source import ENDED, IRO_SERVICE, ISSUED, at_the_event, law, reached_iro, status
from iro_rules.national.shared import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import UNKNOWN, Absent, Conflict, Duty, Modality, Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern

ALLOCATION = Number("plo.iro-allocated.within", {IN_FORCE: 5})

ALLOCATED_FROM = Interpretation(
    "plo.iro-allocated.from",
    "From what do the five working days run in which the IRO service allocates an IRO?",
    (
        ("issue", "from the issue of proceedings"),
        ("order", "from the first order of the court that brings the child into care"),
        ("looked_after", "from the day the child becomes looked after"),
    ),
    "issue",
    "No anchor is given. The sentence before speaks of the time of issue, and no later day can come before it.",
)

CAFCASS_FROM = Interpretation(
    "plo.cafcass-told.from",
    "Is Cafcass to be told who the IRO is once the IRO is allocated, or once the legal department is told?",
    (
        ("allocation", "once the IRO is allocated"),
        ("notification", "once the legal department has been told who the IRO is"),
    ),
    "allocation",
    "Both are offered side by side, and the second is not said to be of what; the allocation comes first.",
)

LOOKED_AFTER_BY_ORDER = ("care_order", "emergency_protection_order", "interim_care_order")
ALLOCATED = Pattern("plo.iro-allocated/met")
_DETAILS = {"about": "iro_details"}

PAPERS = (
    Duty(
        id="plo.legal-paperwork-to-iro-service",
        law=law(("P-08", "P-09"), "on care proceedings", "lines 34-36"),
        act="send the IRO service all the legal paperwork of the new proceedings",
        bearer="legal_department",
        to="iro_service",
        trigger=NEW_TO_CARE,
        within=at_the_event("at the time of issue"),
        met_by=(
            seek("sent", fact("provided", document="legal_paperwork", to=IRO_SERVICE), "proceedings"),
            seek("arrived", fact("received", by=IRO_SERVICE, document="legal_paperwork"), "proceedings"),
        ),
        needs="any",
        lapses=ENDED,
        note="Owed where the child was not looked after at issue, whether planned work or urgency led to it. "
        "A record that the paperwork was sent is taken to mean the whole of it.",
    ),
    Conflict(
        id="plo.papers-untraceable",
        law=law(("P-08", "P-13", "P-31"), "on papers for the IRO", "lines 34-41 and 72-80"),
        act="court papers were given for proceedings that are not named, so whether all were given cannot be followed",
        trigger=fact(
            "provided",
            document=(
                "cafcass_final_evidence",
                "court_directions",
                "court_timetable",
                "judgment",
                "legal_paperwork",
            ),
            to=IRO_SERVICE,
            proceedings=UNKNOWN,
        ),
    ),
)

ALLOCATING = (
    Status(
        id="plo.early-allocation",
        law=status(("P-07", "P-10"), "on pre-proceedings", "lines 30-37", "early allocation"),
        act="an IRO was allocated before proceedings were issued, and was still the IRO when they were",
        trigger=fact("appointed", role="iro"),
        given=(
            seek("work", fact("happened", event="pre_proceedings_started"), until="trigger", pick="last"),
            seek("since", ISSUED, since="work", until="trigger"),
            seek("issued", ISSUED, since="trigger"),
            seek("left", fact("ended", role="iro"), "person", since="trigger", until="issued"),
        ),
        when=(Present("work"), Absent("since"), Present("issued"), Absent("left")),
        keep=(("proceedings", "issued.proceedings"),),
    ),
    Duty(
        id="plo.iro-allocated",
        law=law(("P-10",), "on care proceedings", "line 37", modality=Modality.MUST, verb="will"),
        act="allocate an IRO to the child whose proceedings have started",
        bearer="iro_service",
        to="child",
        trigger=NEW_TO_CARE,
        given=(
            by_reading(
                ALLOCATED_FROM,
                issue=seek("start", ISSUED, "proceedings"),
                order=seek("start", fact("order_made", order=LOOKED_AFTER_BY_ORDER), since="trigger"),
                looked_after=seek("start", fact("became_looked_after"), since="trigger"),
            ),
        ),
        anchor="start",
        within=within(ALLOCATION, Unit.WORKING_DAYS),
        met_by=(
            seek("early", Pattern("plo.early-allocation"), "proceedings"),
            seek("allocation", fact("appointed", role="iro"), since="trigger"),
        ),
        needs="any",
        lapses=ENDED,
        note="An IRO allocated in the work before proceedings, and still there, serves.",
    ),
    Duty(
        id="plo.iro-told-to-court",
        law=law(("P-11",), "on care proceedings", "lines 37-38", modality=Modality.MUST, verb="will"),
        act="pass on through the legal department who the child's IRO is, for the court's orders",
        bearer="iro_service",
        to="court",
        trigger=ALLOCATED,
        met_by=(seek("word", fact("told", by=IRO_SERVICE, to="legal_department", **_DETAILS), since="trigger"),),
        lapses=ENDED,
        contact="legal_department",
    ),
    Duty(
        id="plo.iro-named-in-orders",
        law=law(("P-11",), "on care proceedings", "lines 37-38", modality=Modality.MUST, verb="will"),
        act="see that the court's case management orders record who the child's IRO is",
        bearer="iro_service",
        to="court",
        trigger=ALLOCATED,
        met_by=(seek("record", fact("recorded", by="court", **_DETAILS), "proceedings"),),
        lapses=ENDED,
        contact="legal_department",
        note="The IRO service does this by way of the legal department; what counts is what the orders say.",
    ),
    Duty(
        id="plo.cafcass-told",
        law=law(("P-12",), "on care proceedings", "lines 38-39"),
        act="tell Cafcass who the child's IRO is",
        bearer="local_authority",
        to="cafcass",
        trigger=by_reading(
            CAFCASS_FROM,
            allocation=ALLOCATED,
            notification=fact("told", to="legal_department", **_DETAILS),
        ),
        given=(seek("issued", ISSUED, pick="last"),),
        when=(Present("issued"),),
        within=at_the_event("on allocation or notification"),
        met_by=(seek("notice", fact("told", to="cafcass", **_DETAILS), since="trigger"),),
        lapses=by_reading(
            CAFCASS_FROM,
            allocation=ENDED,
            notification=seek("ended", fact("proceedings_ended"), on={"proceedings": "issued.proceedings"}),
        ),
        contact="cafcass",
        note="Who is to tell Cafcass is not said; the authority is taken to be meant.",
    ),
)


def _given_at_start(document: str, words: str) -> Duty:
    return Duty(
        id=f"plo.{document.replace('_', '-')}-to-iro",
        law=law(("P-13",), "on care proceedings", "lines 40-41"),
        act=f"give the IRO {words}",
        bearer="local_authority",
        to="iro",
        trigger=ISSUED,
        within=Soft("as soon as it is available"),
        met_by=reached_iro(document),
        needs="any",
        lapses=ENDED,
    )


def _managers(name: str, act: str, trigger: Pattern, about: str, **other: Any) -> Duty:
    def weighed(by: str) -> Any:
        return seek(by, fact("recorded", by=by, about=about), "proceedings", since="trigger")

    return Duty(
        id=f"plo.{name}",
        law=law(("P-14",), "on care proceedings", "lines 42-44", modality=Modality.MUST, verb="will"),
        act=act,
        bearer=("panel_manager", "cafcass_manager"),
        to="iro_service",
        trigger=trigger,
        met_by=(weighed("panel_manager"), weighed("cafcass_manager")),
        note="The guidance does not say who panel managers are, nor what the value reviewed at closure is; each of "
        "the two is asked for a record of their own.",
        **other,
    )


FROM_THE_START = (
    _given_at_start("court_timetable", "the court's timetable"),
    _given_at_start("court_directions", "the court's directions"),
    _managers(
        "managers-monitor-notification",
        "support the work with the IRO service by monitoring how it was first notified",
        ISSUED,
        "initial_notification",
        lapses=ENDED,
    ),
    _managers(
        "managers-review-value",
        "support the work with the IRO service by reviewing at closure what value it added",
        fact("proceedings_ended"),
        "enhanced_value",
    ),
)

RULES = (*PAPERS, *ALLOCATING, *FROM_THE_START)
