"""Children Act 1989, Part III: the independent reviewing officer (ss 25A and 25B), and what reviews are for (s 26)."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Soft, before_the_event
from iro_rules.national.shared import (
    CARE_STARTED,
    FIRST_TIMED,
    HELD,
    IRO_NOW,
    IRO_OVER,
    LEFT_CARE,
    REVIEW_WITH_HOLDER,
    STATUS_FROM,
    TIMED,
    WITH_THE_REVIEW,
    citing,
)
from iro_rules.rulebook import (
    UNKNOWN,
    Absent,
    Compare,
    Conflict,
    Duty,
    Force,
    Modality,
    Power,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Lookup, Pattern

_law = citing("Children Act 1989", force=Force.STATUTE, modality=Modality.MUST, verb="must", verified=Verified.V1)


# Section 25A: an IRO for every looked-after child

IN_POST = Pattern("act.iro-in-post")
"""The child's IRO on the day asked about; where several are on record who have not left, the last one."""

VACANT = Pattern("act.iro-post-vacant")

_VACANCY = _law(("N-A03",), "s 25A(3)", modality=Modality.CONDITION, verb="vacancy")
_APPOINTED = fact("appointed", role="iro")
_OVER = seek("over", fact("ceased_to_be_looked_after"), "period", until="trigger")


def _others() -> tuple[Lookup, ...]:
    """Whoever else was the IRO when one left: is so still, or is the first or the last to have gone after that."""

    def gone(pick: Any) -> tuple[Lookup, ...]:
        who = seek(f"{pick}_gone", IRO_OVER.pattern, "period", after="trigger", pick=pick)
        return who, seek(f"{pick}_was", _APPOINTED, "period", on={"person": f"{pick}_gone.person"}, until="trigger")

    return seek("still", IRO_NOW, "period", until="trigger"), *gone("first"), *gone("last")


SECTION_25A = (
    Duty(
        id="act.appoint-iro",
        law=_law(("N-A01", "R1-01"), "s 25A(1)"),
        act="appoint a person as the child's IRO",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
        lapses=LEFT_CARE,
        note="The Act sets no day for it, only that it comes before the first review, which is a duty of its own.",
    ),
    Duty(
        id="act.iro-before-first-review",
        law=_law(("N-A02", "N-A12", "R1-03"), "s 25A(2)"),
        act="appoint an IRO for the child before the first review",
        bearer="local_authority",
        to="child",
        trigger=FIRST_TIMED,
        within=before_the_event(),
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
        **WITH_THE_REVIEW,
        note="The explanatory notes of 2008 want a named person, so that one IRO goes on with the child, and put the "
        "first review within four weeks; that is a way of telling the 20 working days, not another clock.",
    ),
    Conflict(
        id="act.iro-not-named",
        law=_law(
            ("N-A12",),
            "s 25A",
            citation="Children and Young Persons Act 2008, s 10, explanatory notes, para 62",
            force=Force.GOOD_PRACTICE,
            modality=Modality.CONDITION,
            verb="named",
        ),
        act="an IRO is recorded as appointed and not which person, so it cannot be seen who it is or when they leave",
        trigger=fact("appointed", role="iro", person=UNKNOWN),
    ),
    Status(
        id=VACANT.kind,
        law=_VACANCY,
        act="an IRO of the child left, and nobody else was the child's IRO",
        trigger=fact("ended", role="iro"),
        given=(*_others(), _OVER),
        when=(Absent("still"), Absent("first_was"), Absent("last_was"), Absent("over")),
        note="One who stood in for the IRO and left makes no vacancy, and neither does an IRO whom somebody outlasts.",
    ),
    Duty(
        id="act.fill-vacancy",
        law=_law(("N-A03",), "s 25A(3)"),
        act="appoint another IRO for the child, now that the post is vacant",
        bearer="local_authority",
        to="child",
        trigger=VACANT,
        within=Soft("as soon as practicable"),
        met_by=(seek("successor", fact("appointed", role="iro"), "period", since="trigger"),),
        lapses=LEFT_CARE,
        contact="iro_manager",
        note="Practicable is not a number of days: nothing is overdue, but every day counts.",
    ),
)

# Section 25B: what the IRO is for. Duties without an end, which no act discharges: a finding says that they run.

_RUNS = "A duty without an end: it runs for as long as somebody is the child's IRO. No act discharges it."


def _function(name: str, rows: tuple[str, ...], section: str, act: str, **other: Any) -> Status:
    return Status(
        id=f"act.{name}",
        law=_law(rows, section),
        act=f"the IRO must {act}",
        **{
            "bearer": "iro",
            "to": "child",
            "trigger": IN_POST,
            "reported": True,
            "running": True,
            "note": _RUNS,
            **other,
        },
    )


SECTION_25B = (
    Status(
        id=IN_POST.kind,
        law=_law(("N-A01",), "s 25A(1)", modality=Modality.CONDITION, verb="appoint"),
        act="this is the child's IRO now",
        trigger=IRO_NOW,
        given=(seek("next", IRO_NOW, "period", after="trigger"),),
        when=(Absent("next"),),
    ),
    _function(
        "monitor-authority",
        ("N-A05", "R2-01"),
        "s 25B(1)(a)",
        "watch how the authority does what it owes in the child's case",
        to="local_authority",
    ),
    _function("take-part-in-reviews", ("N-A06", "R2-01"), "s 25B(1)(b)", "take part in every review of the case"),
    _function(
        "wishes-and-feelings",
        ("N-A07",),
        "s 25B(1)(c)",
        "see that the authority gives due weight to what the child is known to wish and feel",
        to=("local_authority", "child"),
    ),
    _function(
        "other-functions",
        ("N-A08",),
        "s 25B(1)(d)",
        "do whatever else regulations ask of an IRO",
        note=f"{_RUNS} What the Regulations ask is a rule of its own in each case.",
    ),
    _function(
        "manner-and-guidance",
        ("N-A09",),
        "s 25B(2)",
        "act in the way prescribed and have regard to guidance",
        note=f"{_RUNS} This is what gives the Handbook its force.",
    ),
    Power(
        id="act.refer-to-cafcass",
        law=_law(("N-A10", "R3-01"), "s 25B(3)", modality=Modality.MAY, verb="may"),
        act="refer the child's case to Cafcass, if the IRO thinks that right",
        bearer="iro",
        to="cafcass",
        trigger=IN_POST,
        contact="cafcass",
        note="Open at any time: no stage of a dispute, no time limit and no permission stands before it.",
    ),
    Status(
        id="act.co-operate-with-external-iro",
        law=_law(("N-A11",), "s 25B(4)"),
        act="the authority must co-operate with an IRO who is not its own officer, and do what the IRO reasonably asks",
        bearer="local_authority",
        to="iro",
        trigger=fact(IN_POST.kind, employer="another_body"),
        reported=True,
        running=True,
        note="It runs while the IRO is recorded as working for another body. Where no employer is recorded the IRO is "
        "taken to be an officer of the authority.",
    ),
)

# Section 26: what the review regulations may ask. The section was read as far as (2)(g); which of it the
# Regulations took up was not, so these stand unverified.

_UNREAD = "whether the Regulations ask it was not read"


def _views(whom: str, role: str, words: str, trigger: Pattern = TIMED) -> Duty:
    return Duty(
        id=f"act.views-before-review.{whom}",
        law=_law(("N-A14",), f"s 26(2)(d); {_UNREAD}", verified=Verified.M),
        act=f"ask {words} for their views before the review",
        bearer="local_authority",
        to=role,
        trigger=trigger,
        within=before_the_event(),
        met_by=(
            seek("views", fact("consulted", to=role, about=UNKNOWN), "review"),
            seek("views_on_case", fact("consulted", to=role, about="review"), "review"),
        ),
        needs="any",
        **WITH_THE_REVIEW,
        note="To ask only about the arrangements for the review is not enough. Who else has views that matter is for "
        "the authority to judge, and is not followed here.",
    )


_STATUS = seek("status", STATUS_FROM, "period", until="trigger", pick="last")

SECTION_26 = (
    _views("child", "child", "the child"),
    _views("parents", "parent", "the child's parents"),
    _views(
        "others-responsible",
        "person_with_parental_responsibility",
        "whoever else has parental responsibility",
        REVIEW_WITH_HOLDER,
    ),
    Status(
        id="act.care-plan-under-review",
        law=_law(("N-A14",), f"s 26(2); {_UNREAD}", verified=Verified.M),
        act="the authority must keep the plan for a child under a care order under review",
        bearer="local_authority",
        to="child",
        trigger=fact("legal-status.now", status="care"),
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as the care order does. No act discharges it.",
    ),
    Duty(
        id="act.consider-discharge",
        law=_law(("N-A14",), f"s 26(2); {_UNREAD}", modality=Modality.CONSIDER, verb="consider", verified=Verified.M),
        act="consider at the review whether to ask the court to discharge the care order",
        bearer="local_authority",
        to="child",
        trigger=HELD,
        given=(_STATUS,),
        when=(Compare("status.status", "eq", constant="care"),),
        met_by=(seek("consideration", fact("decided", about="discharge_of_care_order"), "review"),),
        note="The duty is to consider: any outcome meets it.",
    ),
)

RULES = (*SECTION_25A, *SECTION_25B, *SECTION_26)
