"""Rochdale's dispute resolution, section 7.2: an informal stage, then four formal ones."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Conflict,
    Duty,
    Force,
    Gate,
    Ladder,
    Law,
    Modality,
    Power,
    Silence,
    Stage,
    Status,
    Towards,
    Verified,
    fact,
    seek,
)
from iro_rules_rochdale.terms import DISPUTE, RochdaleMeeting, RochdaleRole, RochdaleStage, RochdaleTopic

PROCEDURE = "Rochdale, Independent Reviewing Officers' procedure"
START = "2011-04-01"


def _law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    settings: dict[str, Any] = {
        "force": Force.LOCAL_PROTOCOL,
        "modality": Modality.MUST,
        "verb": "listed as a step",
        "verified": Verified.S,
        "start": START,
    }
    return Law(rows=rows, citation=f"{PROCEDURE}, {where}", **(settings | other))


RAISE_WITHIN = Number("rochdale.dispute.raise-with-team-manager.within", 2)
RESPONSE_WITHIN = Number("rochdale.dispute.team-manager-response.within", 5)
MEETING_WITHIN = Number("rochdale.dispute.three-way-meeting.within", 5)
DISCUSSION_WITHIN = Number("rochdale.dispute.managers-discussion.within", 1)
ESCALATE_WITHIN = Number("rochdale.dispute.escalate-to-service-director.within", 1)
DECISION_WITHIN = Number("rochdale.dispute.director-decision.within", 3)

DAYS = Interpretation(
    "rochdale.dispute.days",
    "Are the ladder's bare days (2 days, 1 day) working days or calendar days?",
    (("working", "working days"), ("calendar", "calendar days")),
    "working",
    "The other clocks on the same ladder say working days, and so does the national limit on the whole of it.",
)

MEETING = Interpretation(
    "rochdale.dispute.three-way-meeting",
    "Must the three-way meeting be held within five working days, or only arranged?",
    (("arranged", "arranged within the five days"), ("held", "held within the five days")),
    "arranged",
    "The verb is to arrange; the five days stand at the end of a sentence that speaks of both.",
)

RECORD = Interpretation(
    "rochdale.dispute.informal-record",
    "Is the informal process put on the child's file only when it ends in agreement?",
    (("either_way", "however it ends"), ("agreement", "only when the IRO agrees with the response")),
    "either_way",
    "The step follows the one on agreement, but the guidance before it wants a record at every stage.",
)


def _days(number: Number) -> Clock:
    return within(number, by_reading(DAYS, working=Unit.WORKING_DAYS, calendar=Unit.DAYS))


S, R, T, M = RochdaleStage, RochdaleRole, RochdaleTopic, RochdaleMeeting
OPENED = fact("raised", by="iro", about="dispute")
FORMAL = (S.MEETING, S.SAFEGUARDING_MANAGER, S.SERVICE_DIRECTOR)


def _told(name: str, about: str, by: str, to: str, **options: Any) -> Any:
    return seek(name, fact("told", by=by, to=to, about=about), "dispute", **options)


def _ended(stage: str, **result: Any) -> Any:
    return fact("outcome", stage=stage, **result)


def _step(stage: str) -> Any:
    return seek("step", fact("step_taken", stage=stage), "dispute", since="trigger")


def _record(name: str, stage: str, rows: tuple[str, ...], trigger: Any, where: str) -> Duty:
    return Duty(
        id=f"rochdale.dispute.{name}",
        law=_law(rows, where),
        act="record on the child's file how this stage went and what was decided",
        bearer="iro",
        trigger=trigger,
        met_by=(seek("record", fact("recorded", about="dispute", stage=stage), "dispute", since="trigger"),),
    )


INFORMAL = (
    Duty(
        id="rochdale.dispute.tell-social-worker",
        law=_law(("R7-13", "R7-14"), "7.2.1 steps 1 and 2"),
        act="tell the social worker that the concerns are going to the Team Manager",
        bearer="iro",
        to="social_worker",
        trigger=OPENED,
        met_by=(_told("notice", T.TAKING_IT_TO_THE_MANAGER, "iro", "social_worker"),),
        contact="social_worker",
    ),
    Duty(
        id="rochdale.dispute.raise-with-team-manager",
        law=_law(("R7-15",), "7.2.1 step 3"),
        act="raise the dispute with the Team Manager, noting that the informal process is in use",
        bearer="iro",
        to="team_manager",
        trigger=OPENED,
        within=_days(RAISE_WITHIN),
        met_by=(_told("raised_with_manager", "dispute", "iro", "team_manager"),),
        contact="team_manager",
        note="From when the two days run is not said; they are counted from the day the dispute was raised.",
    ),
    Duty(
        id="rochdale.dispute.team-manager-response",
        law=_law(("R7-16",), "7.2.1 step 4"),
        act="respond to the IRO's concerns",
        bearer="team_manager",
        to="iro",
        trigger=fact("told", by="iro", to="team_manager", about="dispute", dispute=KNOWN),
        within=within(RESPONSE_WITHIN, Unit.WORKING_DAYS),
        met_by=(_told("response", T.RESPONSE, "team_manager", "iro", since="trigger"),),
        lapses=seek("ended", fact("outcome", stage=S.INFORMAL), "dispute"),
        contact="team_manager",
    ),
    Conflict(
        id="rochdale.dispute.untraceable",
        law=_law(("R7-15", "R7-16"), "7.2.1 steps 3 and 4", modality=Modality.CONDITION),
        act="the Team Manager was told of a dispute that is not named, so what became of it cannot be followed",
        trigger=fact("told", by="iro", to="team_manager", about="dispute", dispute=UNKNOWN),
    ),
    _record(
        "record-informal",
        S.INFORMAL,
        ("R7-18", "R7-17", "R7-05"),
        by_reading(RECORD, either_way=_ended(S.INFORMAL), agreement=_ended(S.INFORMAL, result="agreed")),
        "7.2.1 step 6",
    ),
    Duty(
        id="rochdale.dispute.announce-formal",
        law=_law(("R7-19",), "7.2.1 step 7"),
        act="notify the Team Manager that the dispute goes to the formal process",
        bearer="iro",
        to="team_manager",
        trigger=_ended(S.INFORMAL, result="not_agreed"),
        met_by=(_told("notice", T.GOING_FORMAL, "iro", "team_manager", since="trigger"),),
        contact="team_manager",
    ),
)

FORMAL_STAGES = (
    Duty(
        id="rochdale.dispute.tell-iro-team-manager",
        law=_law(("R7-20",), "7.2.2 step 1"),
        act="tell the IRO Team Manager that the dispute has become formal",
        bearer="iro",
        to=R.IRO_TEAM_MANAGER,
        trigger=_ended(S.INFORMAL, result="not_agreed"),
        met_by=(_told("notice", T.GOING_FORMAL, "iro", R.IRO_TEAM_MANAGER, since="trigger"),),
        contact=R.IRO_TEAM_MANAGER,
    ),
    Duty(
        id="rochdale.dispute.three-way-meeting",
        law=_law(("R7-21", "R7-22"), "7.2.2 steps 1 and 2"),
        act="arrange a meeting of the IRO, the relevant Service Manager and the IRO Team Manager",
        bearer="iro",
        to=(R.SERVICE_MANAGER, R.IRO_TEAM_MANAGER),
        trigger=_ended(S.INFORMAL, result="not_agreed"),
        within=within(MEETING_WITHIN, Unit.WORKING_DAYS),
        met_by=by_reading(
            MEETING,
            arranged=(
                seek("arranged", fact("meeting_planned", meeting=M.THREE_WAY), "dispute"),
                seek("held", fact("meeting_held", meeting=M.THREE_WAY), "dispute"),
            ),
            held=(seek("held", fact("meeting_held", meeting=M.THREE_WAY), "dispute"),),
        ),
        needs="any",
        contact=R.SERVICE_MANAGER,
    ),
    _record("record-meeting", S.MEETING, ("R7-23", "R7-05", "R7-29"), _ended(S.MEETING), "7.2.2 step 3"),
    Duty(
        id="rochdale.dispute.escalate-to-safeguarding-manager",
        law=_law(("R7-24",), "7.2.2 step 4"),
        act="take the dispute to the Service Manager for Safeguarding",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=_ended(S.MEETING, result="not_agreed"),
        met_by=(_step(S.SAFEGUARDING_MANAGER),),
        contact=R.SAFEGUARDING_MANAGER,
        note="The source sets no clock between the meeting and this step.",
    ),
    Duty(
        id="rochdale.dispute.managers-discussion",
        law=_law(("R7-25",), "7.2.2 step 5"),
        act="discuss the dispute with the relevant Service Manager",
        bearer=(R.SAFEGUARDING_MANAGER, "iro"),
        to=R.SERVICE_MANAGER,
        trigger=fact("step_taken", stage=S.SAFEGUARDING_MANAGER),
        within=_days(DISCUSSION_WITHIN),
        met_by=(seek("discussion", fact("meeting_held", meeting=M.MANAGERS_DISCUSSION), "dispute", since="trigger"),),
        contact=R.SERVICE_MANAGER,
    ),
    Duty(
        id="rochdale.dispute.escalate-to-service-director",
        law=_law(("R7-26",), "7.2.2 step 6"),
        act="take the dispute to the Service Director, Targeted Services",
        bearer=(R.SAFEGUARDING_MANAGER, "iro"),
        to=R.SERVICE_DIRECTOR,
        trigger=_ended(S.SAFEGUARDING_MANAGER, result="not_agreed"),
        within=_days(ESCALATE_WITHIN),
        met_by=(_step(S.SERVICE_DIRECTOR),),
        contact=R.SERVICE_DIRECTOR,
    ),
    Duty(
        id="rochdale.dispute.refer-to-director",
        law=_law(("R7-27",), "7.2.2 step 7"),
        act="refer the case to the Director of Children's Services",
        bearer=R.SAFEGUARDING_MANAGER,
        to="director_of_childrens_services",
        trigger=_ended(S.SERVICE_DIRECTOR, result="not_agreed"),
        met_by=(_step(S.DIRECTOR),),
        contact="director_of_childrens_services",
        note="The source sets no clock for the Service Director's answer, nor for this referral.",
    ),
    Duty(
        id="rochdale.dispute.director-decision",
        law=_law(("R7-28",), "7.2.2 step 7"),
        act="review the case and the dispute so far, and decide",
        bearer="director_of_childrens_services",
        to=(R.SAFEGUARDING_MANAGER, "iro"),
        trigger=fact("step_taken", stage=S.DIRECTOR),
        within=within(DECISION_WITHIN, Unit.WORKING_DAYS),
        met_by=(
            seek(
                "decision",
                fact("decided", by="director_of_childrens_services", about="dispute"),
                "dispute",
                since="trigger",
            ),
        ),
        contact="director_of_childrens_services",
        note="The three days are counted from the referral, which the source implies and does not say.",
    ),
    Duty(
        id="rochdale.dispute.record-stage",
        law=_law(("R7-29", "R7-05"), "7.2.2 step 8"),
        act="record on the child's file how this stage went and what was decided",
        bearer="iro",
        trigger=fact("outcome", stage=(S.SAFEGUARDING_MANAGER, S.SERVICE_DIRECTOR)),
        met_by=(seek("record", fact("recorded", about="dispute"), "dispute", "stage", since="trigger"),),
    ),
    _record(
        "record-decision",
        S.DIRECTOR,
        ("R7-29", "R7-05"),
        fact("decided", by="director_of_childrens_services", about="dispute", dispute=KNOWN),
        "7.2.2 step 8",
    ),
    Conflict(
        id="rochdale.dispute.decision-untraceable",
        law=_law(("R7-28",), "7.2.2 step 7", modality=Modality.CONDITION),
        act="the Director decided a dispute that is not named, so it stays open and the decision unrecorded",
        trigger=fact("decided", by="director_of_childrens_services", about="dispute", dispute=UNKNOWN),
    ),
)


def _formal(name: str, trigger: Any) -> Status:
    """What starts the formal process here, for the national limit on the whole of it."""
    return Status(
        id=f"rochdale.dispute.formal.{name}",
        law=_law(
            ("R7-06", "R7-19"), "7.1 and 7.2.1 step 7", modality=Modality.CONDITION, verb="formal dispute resolution"
        ),
        act="the dispute has become formal",
        trigger=trigger,
        kind="handbook.formal-dispute",
        identity="trigger.dispute",
    )


BECOMING_FORMAL = (
    _formal("not-agreed", _ended(S.INFORMAL, result="not_agreed")),
    # The IRO may pass over stages, the informal one's outcome among them.
    _formal("by-step", fact("step_taken", stage=(S.MEETING, S.SAFEGUARDING_MANAGER, S.SERVICE_DIRECTOR, S.DIRECTOR))),
)

_OPEN = fact(f"{DISPUTE}/open")
_AGREEMENT = fact("agreed", by=R.SAFEGUARDING_MANAGER, about="legal_advice")

AT_ANY_STAGE = (
    Power(
        id="rochdale.dispute.cafcass-advice",
        law=_law(("R7-30",), "after 7.2.2", modality=Modality.MAY, verb="can"),
        act="ask Cafcass for advice",
        bearer="iro",
        to="cafcass",
        trigger=_OPEN,
        contact="cafcass",
    ),
    Power(
        id="rochdale.dispute.cafcass-referral",
        law=_law(
            ("R7-07", "R7-08", "R7-33"),
            "7.1 and appendix 1",
            modality=Modality.MAY,
            verb="may",
            national=(
                (Towards.IMPLEMENTS, "handbook.cafcass-referral"),
                (Towards.IMPLEMENTS, "regulations.consider-cafcass-referral"),
            ),
        ),
        act="refer the case to Cafcass, from the first day of the dispute on",
        bearer="iro",
        to="cafcass",
        trigger=_OPEN,
        contact="cafcass",
    ),
    Power(
        id="rochdale.dispute.legal-advice",
        law=_law(
            ("R7-31", "R7-34"),
            "after 7.2.2, and appendix 1",
            modality=Modality.MAY,
            verb="can",
            national=((Towards.IMPLEMENTS, "handbook.independent-legal-advice"),),
        ),
        act="ask for legal advice, once the Service Manager for Safeguarding agrees",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=_OPEN,
        permission=seek("agreement", _AGREEMENT, "dispute"),
        contact=R.SAFEGUARDING_MANAGER,
    ),
    Gate(
        id="rochdale.dispute.legal-advice-by-agreement",
        law=_law(("R7-32",), "after 7.2.2", verb="can only"),
        act="seek legal advice only after the Service Manager for Safeguarding has agreed",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=fact("requested", by="iro", about="legal_advice"),
        first=(seek("agreement", _AGREEMENT, on={"dispute": "trigger.ref"}, until="trigger"),),
        contact=R.SAFEGUARDING_MANAGER,
        note="Whoever holds this gate also takes part in the ladder above it.",
    ),
)

LADDER = Ladder(
    id=DISPUTE,
    title="the dispute",
    law=_law(("R7-13", "R7-17", "R7-22"), "7.2", modality=Modality.CONDITION, verb="ends"),
    opens=OPENED,
    stages=(
        Stage(
            id=S.INFORMAL,
            title="the informal stage",
            entered_by="opening",
            answered_by="rochdale.dispute.team-manager-response",
            silence=Silence.UNSPECIFIED,
            escalator="iro",
            limit=("rochdale.dispute.raise-with-team-manager", "rochdale.dispute.team-manager-response"),
        ),
        Stage(
            id=S.MEETING,
            title="the three-way meeting",
            entered_by=S.INFORMAL,
            escalator="iro",
            limit=("rochdale.dispute.three-way-meeting",),
        ),
        Stage(
            id=S.SAFEGUARDING_MANAGER,
            title="the Service Manager for Safeguarding",
            escalator=R.SAFEGUARDING_MANAGER,
            limit=("rochdale.dispute.managers-discussion", "rochdale.dispute.escalate-to-service-director"),
        ),
        Stage(id=S.SERVICE_DIRECTOR, title="the Service Director", escalator=R.SAFEGUARDING_MANAGER),
        Stage(
            id=S.DIRECTOR,
            title="the Director of Children's Services",
            answered_by="rochdale.dispute.director-decision",
            silence=Silence.UNSPECIFIED,
            limit=("rochdale.dispute.director-decision",),
        ),
    ),
    closed_by=(fact("decided", by="director_of_childrens_services", about="dispute"),),
    rules=(*INFORMAL, *BECOMING_FORMAL, *FORMAL_STAGES, *AT_ANY_STAGE),
)
