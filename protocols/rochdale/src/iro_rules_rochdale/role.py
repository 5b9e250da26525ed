"""Section 2 of the procedure: what the IRO watches, what the child must have heard, and short breaks."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Soft, Unit
from iro_rules.national.act import IN_POST
from iro_rules.national.shared import CARE_STARTED, LEFT_CARE, SHORT_BREAKS, TIMED
from iro_rules.rulebook import KNOWN, Duty, Law, Present, Status, Towards, fact, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_rochdale.source import JULY_2017, law, should
from iro_rules_rochdale.terms import SENIOR, RochdaleRole, RochdaleTopic

AT_THE_REVIEW = Number("rochdale.role.at-the-review.within", 0)

_RUNS = "A duty without an end: it runs for as long as somebody is the child's IRO. No act discharges it."


def _responsibility(*rows: str, **other: Any) -> Law:
    return law(rows, "section 2", **{"verb": "responsibilities include", **other})


def _watch(name: str, source: Law, act: str, **other: Any) -> Status:
    return Status(
        id=f"rochdale.role.{name}",
        law=source,
        act=f"the IRO must {act}",
        bearer="iro",
        trigger=IN_POST,
        reported=True,
        running=True,
        **{"to": "local_authority", "note": _RUNS, **other},
    )


WATCHING = (
    _watch(
        "identify-poor-practice",
        law(("R2-02",), "section 2", verb="has a duty"),
        "look out for poor practice, in this case and in what children looked after meet with together",
    ),
    _watch(
        "plan-rests-on-assessment",
        _responsibility("R2-06", national=((Towards.ADDS_TO, "act.monitor-authority"),)),
        "see that the care plan rests on a detailed assessment, is up to date and effective, and answers the child's "
        "needs",
        note=f"{_RUNS} Whether the plan is so is a judgement.",
    ),
    _watch(
        "find-gaps",
        _responsibility("R2-07", national=((Towards.ADDS_TO, "act.monitor-authority"),)),
        "look out for gaps in the assessment and in the services the child gets",
    ),
    _watch(
        "prevent-drift",
        _responsibility("R2-08", national=((Towards.ADDS_TO, "act.monitor-authority"),)),
        "guard against drift in the planning and the services",
    ),
    _watch(
        "views-given-weight",
        _responsibility("R2-09", national=((Towards.IMPLEMENTS, "act.wishes-and-feelings"),)),
        "watch that the care plan gives proper weight to what the child now thinks, wishes and feels",
    ),
    _watch(
        "child-understands-changes",
        _responsibility("R2-09", national=((Towards.ADDS_TO, "act.wishes-and-feelings"),)),
        "watch that the child fully understands what a change of the care plan means",
        to=("local_authority", "child"),
    ),
)

PRACTICE = (
    Duty(
        id="rochdale.role.alert-senior-managers",
        law=should(("R2-03",), "section 2"),
        act="alert senior managers to poor practice",
        bearer="iro",
        to="senior_manager",
        trigger=fact("decided", by="iro", about=RochdaleTopic.POOR_PRACTICE, result="holds", ref=KNOWN),
        within=Soft("immediately"),
        met_by=(seek("alert", fact("told", by="iro", to=SENIOR, about=RochdaleTopic.POOR_PRACTICE), "ref"),),
        contact=RochdaleRole.SERVICE_MANAGER,
        note="A concern about practice in general is followed in the record of a child whom it touches. At once is not "
        "a number of days: nothing is overdue, but every day counts.",
    ),
)

_CONSULTED = {"by": "iro", "to": "child"}
_PROPOSED = seek("proposed", fact("happened", event="care_plan_change_proposed"), "ref")

CONSULTING = (
    Duty(
        id="rochdale.role.child-consulted-at-review",
        law=_responsibility("R2-04"),
        act="consult the child about the care plan at the review",
        bearer="iro",
        to="child",
        trigger=TIMED,
        within=Clock(AT_THE_REVIEW, Unit.DAYS),
        met_by=(seek("views", fact("consulted", **_CONSULTED, about="care_plan"), "review"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="rochdale.role.child-consulted-on-change",
        law=_responsibility("R2-05"),
        act="consult the child about a significant change to the care plan",
        bearer="iro",
        to="child",
        trigger=fact("happened", event="care_plan_changed"),
        given=(_PROPOSED,),
        met_by=(
            seek("since_proposed", fact("consulted", **_CONSULTED, about="care_plan_change"), since="proposed"),
            seek("since_changed", fact("consulted", **_CONSULTED, about="care_plan_change"), since="trigger"),
        ),
        needs="any",
        note="Whether the child is asked once the change is proposed or once it is made, it counts. No clock is given.",
    ),
)


def _child_hears(name: str, row: str, about: str, act: str, verb: str, **other: Any) -> Duty:
    return Duty(
        id=f"rochdale.role.{name}",
        law=_responsibility(row, verb=verb),
        act=act,
        bearer="iro",
        to="child",
        trigger=CARE_STARTED,
        met_by=(
            seek("told", fact("told", to="child", about=about), since="trigger"),
            seek("not_yet", fact("decided", by="iro", about=about, result="does_not_hold"), since="trigger"),
        ),
        needs="any",
        lapses=LEFT_CARE,
        note="Whoever tells the child meets it. So does the IRO's recorded view that it is not appropriate yet.",
        **other,
    )


RIGHTS = (
    _child_hears(
        "child-told-of-complaints",
        "R2-14",
        RochdaleTopic.COMPLAINTS_PROCEDURE,
        "see that the child is told of the right to complain and how to do it",
        "responsibilities include",
    ),
    _child_hears(
        "child-told-of-advocates",
        "R2-15",
        "advocacy",
        "see that the child understands what an advocate can do, and that the child may have one",
        "making sure",
    ),
)

SHORT_BREAK_DUTIES = (
    Status(
        id="rochdale.role.parents-of-short-breaks",
        law=_responsibility("R2-17", start=JULY_2017, verb="being sensitive"),
        act="the IRO must have regard to how closely parents are involved in a series of short breaks, and help to "
        "solve what is difficult",
        bearer="iro",
        to="parent",
        trigger=IN_POST,
        given=(seek("regime", Pattern("short-breaks.regime"), "period"),),
        when=(Present("regime"),),
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as the short breaks and their IRO do. No act discharges it.",
    ),
    Duty(
        id="rochdale.role.short-break-alert",
        law=_responsibility("R2-18", start=JULY_2017, verb="alerting"),
        act="alert the authority that a short-break placement does not meet the child's needs",
        bearer="iro",
        to="local_authority",
        trigger=fact("decided", by="iro", about=RochdaleTopic.SHORT_BREAK_PLACEMENT, result="holds", ref=KNOWN),
        given=(seek("regime", SHORT_BREAKS, until="trigger"),),
        when=(Present("regime"),),
        met_by=(
            seek(
                "alert",
                fact(
                    "told",
                    by="iro",
                    to=("local_authority", "social_worker", "team_manager", *SENIOR),
                    about=RochdaleTopic.SHORT_BREAK_PLACEMENT,
                ),
                "ref",
            ),
        ),
        contact="social_worker",
        note="The source sets no clock. A word to the social worker or to any manager is a word to the authority.",
    ),
)

RULES = (*WATCHING, *PRACTICE, *CONSULTING, *RIGHTS, *SHORT_BREAK_DUTIES)
