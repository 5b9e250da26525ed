"""Section 5 of the procedure: what the social worker must let the IRO know, event by event.

The list is open, and the national rule on significant changes covers a part of it. Here each row of the list is a duty
of its own over its own events, all owed by the social worker and none with a clock. A notice bears the reference of
its event, and one notice serves this and the national rule.
"""

from __future__ import annotations

from typing import Any

from iro_rules.national.handbook.source import CARE_THEN
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Compare, Conflict, Duty, Present, Status, Towards, fact, seek
from iro_rules.rulebook.terms import Condition, Lookup, Pattern
from iro_rules_rochdale.source import condition, law
from iro_rules_rochdale.terms import RochdaleEvent, RochdaleRole

E = RochdaleEvent

EVENTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "change-or-event": (
        "R5-00",
        ("significant_change", "significant_event"),
        "a significant change or event that the list does not name",
    ),
    "care-plan-change": ("R5-01", ("care_plan_change_proposed",), "a change of the care plan that is proposed"),
    "discharge": ("R5-02", (E.DISCHARGED,), "the child's discharge by somebody with parental responsibility"),
    "decision-not-carried-out": (
        "R5-03",
        ("review_decision_not_carried_out",),
        "a review's decision that was not carried out in its time",
    ),
    "contact-change": ("R5-04", ("contact_change",), "a major change of the arrangements for contact"),
    "social-worker-change": ("R5-05", ("social_worker_change",), "the change of social worker"),
    "safeguarding-concern": (
        "R5-06",
        ("safeguarding_concern",),
        "a safeguarding concern that may lead to child protection enquiries",
    ),
    "meeting-without-iro": (
        "R5-06",
        (E.CONFERENCE_OUTCOME, E.MEETING_OUTCOME),
        "the outcome of a child protection conference or other meeting without the IRO",
    ),
    "complaint": ("R5-07", ("complaint_made",), "a complaint by or for the child, a parent or a carer"),
    "placement-change": (
        "R5-08",
        (E.UNEXPECTED_PLACEMENT_CHANGE,),
        "an unexpected change of placement that may touch stability or safety",
    ),
    "birth-family-change": ("R5-09", ("birth_family_change",), "a significant change in the birth family"),
    "offence": (
        "R5-10",
        ("offence_charged", E.CRIMINAL_PROCEEDINGS, E.CONVICTED, E.SENTENCED),
        "a charge, pending criminal proceedings, a conviction or a sentence",
    ),
    "school-exclusion": ("R5-11", ("school_exclusion",), "the child's exclusion from school"),
    "missing": ("R5-12", (E.RAN_AWAY, E.MISSING), "the child having run away or being missing from the placement"),
    "health": (
        "R5-13",
        (E.HEALTH_EVENT, E.DIAGNOSIS, E.ILLNESS, E.HOSPITALISED, E.SERIOUS_ACCIDENT),
        "a significant matter of the child's health",
    ),
    "panel-decision": ("R5-14", (E.PANEL_DECISION,), "a panel's decision on permanency"),
}
"""For each rule: the row, its events, and the words for them."""

OWN = tuple(event for _, events, _ in EVENTS.values() for event in events if event in tuple(RochdaleEvent))
"""The events for which only this procedure has a word."""

HEARD = Pattern("rochdale.inform-iro.event")
"""Events while the child was looked after, and on the day the child left; the rules pick those of the list."""

WORKER = Interpretation(
    "rochdale.inform-iro.which-social-worker",
    "When the social worker changes, is it the one who leaves or the one who comes who tells the IRO?",
    (
        ("either", "either of them"),
        ("outgoing", "the one who leaves"),
        ("incoming", "the one who comes"),
    ),
    "either",
    "The duty lies on the social worker, and on that day there are two.",
)

_OUTGOING, _INCOMING = RochdaleRole.OUTGOING_SOCIAL_WORKER, RochdaleRole.INCOMING_SOCIAL_WORKER


def _notice(by: Any) -> tuple[Lookup, ...]:
    return (seek("notice", fact("told", by=by, to="iro", about="significant_change"), "ref"),)


def _going_on(name: str, act: str, left: dict[str, Any], *when: Condition) -> Status:
    gone = seek("left", fact("ceased_to_be_looked_after"), on={"period": "care.period"}, **left)
    return Status(
        id=f"{HEARD.kind}.{name}",
        law=condition(("R5-00",), "section 5", "significant"),
        act=act,
        trigger=fact("happened", ref=KNOWN),
        given=(CARE_THEN, gone),
        when=(Present("care"), *when),
        kind=HEARD.kind,
    )


def _tell(name: str, row: str, events: tuple[str, ...], words: str) -> Duty:
    one = name == "social-worker-change"
    return Duty(
        id=f"rochdale.inform-iro.{name}",
        law=law((row,), "section 5", national=((Towards.IMPLEMENTS, "handbook.iro-told-of-change"),)),
        act=f"tell the IRO of {words}",
        bearer="social_worker",
        to="iro",
        trigger=Pattern(HEARD.kind, fact("happened", event=events).where),
        met_by=by_reading(
            WORKER,
            either=_notice(("social_worker", _OUTGOING, _INCOMING)),
            outgoing=_notice(_OUTGOING),
            incoming=_notice(("social_worker", _INCOMING)),
        )
        if one
        else _notice("social_worker"),
        contact="iro",
        note="No clock is given. Each event needs a notice of its own, which bears its reference.",
    )


RULES = (
    _going_on("going-on", "something happened to a child who is still looked after", {}, Absent("left")),
    _going_on(
        "before-leaving",
        "something happened by the day the child left care",
        {"since": "trigger"},
        Present("left"),
    ),
    *(_tell(name, *rest) for name, rest in EVENTS.items()),
    Duty(
        id="rochdale.inform-iro.decision-past-its-day",
        law=law(("R5-03",), "section 5", national=((Towards.IMPLEMENTS, "handbook.iro-told-of-change"),)),
        act="tell the IRO that the day set for a review's decision has passed and it is not carried out",
        bearer="social_worker",
        to="iro",
        trigger=fact("decided", about="review_decision", ref=KNOWN, takes_effect=KNOWN),
        given=(
            CARE_THEN,
            seek(
                "left",
                fact("ceased_to_be_looked_after"),
                on={"period": "care.period"},
                until="trigger.takes_effect",
            ),
            seek(
                "in_time",
                fact("happened", event="review_decision_carried_out"),
                "ref",
                until="trigger.takes_effect",
            ),
            seek("reported", fact("happened", event="review_decision_not_carried_out"), "ref"),
        ),
        when=(
            Present("care"),
            Absent("left"),
            Absent("in_time"),
            Absent("reported"),
            Compare("trigger.takes_effect", "lt", "as_of.day"),
        ),
        met_by=_notice("social_worker"),
        contact="iro",
        note="Found from the decision and its day, where nobody recorded that it was missed.",
    ),
    Conflict(
        id="rochdale.inform-iro.untraceable",
        law=condition(("R5-00",), "section 5", "significant"),
        act="something on Rochdale's list is recorded without a reference, so whether the IRO heard of it cannot be "
        "followed",
        trigger=fact("happened", event=OWN, ref=UNKNOWN),
    ),
)
