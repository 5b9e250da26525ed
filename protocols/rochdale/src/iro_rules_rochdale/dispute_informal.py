"""Section 7.2.1 of the procedure: the informal stage, between the IRO and the Team Manager."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, fact, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_rochdale.source import condition, step, told
from iro_rules_rochdale.terms import RochdaleStage, RochdaleTopic

RAISE_WITHIN = Number("rochdale.dispute.raise-with-team-manager.within", 2)
RESPONSE_WITHIN = Number("rochdale.dispute.team-manager-response.within", 5)

DAYS = Interpretation(
    "rochdale.dispute.days",
    "Are the ladder's bare days (2 days, 1 day) working days or calendar days?",
    (("working", "working days"), ("calendar", "calendar days")),
    "working",
    "The other clocks on the same ladder say working days, and so does the national limit on the whole of it.",
)

START = Interpretation(
    "rochdale.dispute.raise-start",
    "From when do the two days for raising the dispute with the Team Manager run?",
    (
        ("raised", "from the day the IRO noted the dispute"),
        ("told", "from the day the IRO told the social worker"),
    ),
    "raised",
    "No start is given. The stage opens with the disagreement, and telling the social worker has no clock of its own.",
)

RECORD = Interpretation(
    "rochdale.dispute.informal-record",
    "Is the informal process put on the child's file only when it ends in agreement?",
    (("either_way", "however it ends"), ("agreement", "only when the IRO agrees with the response")),
    "either_way",
    "The step follows the one on agreement, but the guidance before it wants a record at every stage.",
)


S, T = RochdaleStage, RochdaleTopic
OPENED = fact("raised", by="iro", about="dispute")


def days(number: Number) -> Clock:
    """So many of the ladder's bare days, after the trigger."""
    return within(number, by_reading(DAYS, working=Unit.WORKING_DAYS, calendar=Unit.DAYS))


def ended(stage: str, **result: Any) -> Pattern:
    """How a stage ended, in a result if one is given."""
    return fact("outcome", stage=stage, **result)


def record(name: str, stage: str, rows: tuple[str, ...], trigger: Any, where: str) -> Duty:
    """The duty to put one stage on the child's file."""
    return Duty(
        id=f"rochdale.dispute.{name}",
        law=step(rows, where),
        act="record on the child's file how this stage went and what was decided",
        bearer="iro",
        trigger=trigger,
        met_by=(seek("record", fact("recorded", about="dispute", stage=stage), "dispute", since="trigger"),),
    )


INFORMAL = (
    Duty(
        id="rochdale.dispute.tell-social-worker",
        law=step(("R7-13", "R7-14"), "7.2.1 steps 1 and 2"),
        act="tell the social worker that the concerns are going to the Team Manager",
        bearer="iro",
        to="social_worker",
        trigger=OPENED,
        met_by=(told("notice", T.TAKING_IT_TO_THE_MANAGER, "iro", "social_worker"),),
        contact="social_worker",
    ),
    Duty(
        id="rochdale.dispute.raise-with-team-manager",
        law=step(("R7-15",), "7.2.1 step 3"),
        act="raise the dispute with the Team Manager, noting that the informal process is in use",
        bearer="iro",
        to="team_manager",
        trigger=OPENED,
        given=(told("word", T.TAKING_IT_TO_THE_MANAGER, "iro", "social_worker"),),
        anchor=by_reading(START, raised="trigger", told="word"),
        within=days(RAISE_WITHIN),
        met_by=(told("raised_with_manager", "dispute", "iro", "team_manager"),),
        contact="team_manager",
    ),
    Duty(
        id="rochdale.dispute.team-manager-response",
        law=step(("R7-16",), "7.2.1 step 4"),
        act="respond to the IRO's concerns",
        bearer="team_manager",
        to="iro",
        trigger=fact("told", by="iro", to="team_manager", about="dispute", dispute=KNOWN),
        within=within(RESPONSE_WITHIN, Unit.WORKING_DAYS),
        met_by=(told("response", T.RESPONSE, "team_manager", "iro", since="trigger"),),
        lapses=seek("ended", fact("outcome", stage=S.INFORMAL), "dispute"),
        contact="team_manager",
    ),
    Conflict(
        id="rochdale.dispute.untraceable",
        law=condition(("R7-15", "R7-16"), "7.2.1 steps 3 and 4"),
        act="the Team Manager was told of a dispute that is not named, so what became of it cannot be followed",
        trigger=fact("told", by="iro", to="team_manager", about="dispute", dispute=UNKNOWN),
    ),
    record(
        "record-informal",
        S.INFORMAL,
        ("R7-18", "R7-17", "R7-05"),
        by_reading(RECORD, either_way=ended(S.INFORMAL), agreement=ended(S.INFORMAL, result="agreed")),
        "7.2.1 step 6",
    ),
    Duty(
        id="rochdale.dispute.announce-formal",
        law=step(("R7-19",), "7.2.1 step 7"),
        act="notify the Team Manager that the dispute goes to the formal process",
        bearer="iro",
        to="team_manager",
        trigger=ended(S.INFORMAL, result="not_agreed"),
        met_by=(told("notice", T.GOING_FORMAL, "iro", "team_manager", since="trigger"),),
        contact="team_manager",
    ),
)
