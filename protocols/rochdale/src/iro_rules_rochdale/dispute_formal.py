"""Section 7.2.2 of the procedure: the formal stages, from the three-way meeting to the Director's decision."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, fact, seek
from iro_rules_rochdale.dispute_informal import days, ended, record
from iro_rules_rochdale.source import condition, step, told
from iro_rules_rochdale.terms import RochdaleMeeting, RochdaleRole, RochdaleStage, RochdaleTopic

MEETING_WITHIN = Number("rochdale.dispute.three-way-meeting.within", 5)
DISCUSSION_WITHIN = Number("rochdale.dispute.managers-discussion.within", 1)
ESCALATE_WITHIN = Number("rochdale.dispute.escalate-to-service-director.within", 1)
DECISION_WITHIN = Number("rochdale.dispute.director-decision.within", 3)

MEETING = Interpretation(
    "rochdale.dispute.three-way-meeting",
    "Must the three-way meeting be held within five working days, or only arranged?",
    (("arranged", "arranged within the five days"), ("held", "held within the five days")),
    "arranged",
    "The verb is to arrange; the five days stand at the end of a sentence that speaks of both.",
)

DECISION_START = Interpretation(
    "rochdale.dispute.director-decision-start",
    "From when do the Director's three working days run?",
    (
        ("referred", "from the day the case was referred to the Director"),
        ("not_resolved", "from the day the Service Director's stage ended without agreement"),
    ),
    "referred",
    "No start is given. The Director can only decide what has been referred, and the referral has no clock itself.",
)

S, R, T, M = RochdaleStage, RochdaleRole, RochdaleTopic, RochdaleMeeting


def _step(stage: str) -> Any:
    return seek("step", fact("step_taken", stage=stage), "dispute", since="trigger")


FORMAL_STAGES = (
    Duty(
        id="rochdale.dispute.tell-iro-team-manager",
        law=step(("R7-20",), "7.2.2 step 1"),
        act="tell the IRO Team Manager that the dispute has become formal",
        bearer="iro",
        to=R.IRO_TEAM_MANAGER,
        trigger=ended(S.INFORMAL, result="not_agreed"),
        met_by=(told("notice", T.GOING_FORMAL, "iro", R.IRO_TEAM_MANAGER, since="trigger"),),
        contact=R.IRO_TEAM_MANAGER,
    ),
    Duty(
        id="rochdale.dispute.three-way-meeting",
        law=step(("R7-21", "R7-22"), "7.2.2 steps 1 and 2"),
        act="arrange a meeting of the IRO, the relevant Service Manager and the IRO Team Manager",
        bearer="iro",
        to=(R.SERVICE_MANAGER, R.IRO_TEAM_MANAGER),
        trigger=ended(S.INFORMAL, result="not_agreed"),
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
    record("record-meeting", S.MEETING, ("R7-23", "R7-05", "R7-29"), ended(S.MEETING), "7.2.2 step 3"),
    Duty(
        id="rochdale.dispute.escalate-to-safeguarding-manager",
        law=step(("R7-24",), "7.2.2 step 4"),
        act="take the dispute to the Service Manager for Safeguarding",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=ended(S.MEETING, result="not_agreed"),
        met_by=(_step(S.SAFEGUARDING_MANAGER),),
        contact=R.SAFEGUARDING_MANAGER,
        note="The source sets no clock between the meeting and this step.",
    ),
    Duty(
        id="rochdale.dispute.managers-discussion",
        law=step(("R7-25",), "7.2.2 step 5"),
        act="discuss the dispute with the relevant Service Manager",
        bearer=(R.SAFEGUARDING_MANAGER, "iro"),
        to=R.SERVICE_MANAGER,
        trigger=fact("step_taken", stage=S.SAFEGUARDING_MANAGER),
        within=days(DISCUSSION_WITHIN),
        met_by=(seek("discussion", fact("meeting_held", meeting=M.MANAGERS_DISCUSSION), "dispute", since="trigger"),),
        contact=R.SERVICE_MANAGER,
    ),
    Duty(
        id="rochdale.dispute.escalate-to-service-director",
        law=step(("R7-26",), "7.2.2 step 6"),
        act="take the dispute to the Service Director, Targeted Services",
        bearer=(R.SAFEGUARDING_MANAGER, "iro"),
        to=R.SERVICE_DIRECTOR,
        trigger=ended(S.SAFEGUARDING_MANAGER, result="not_agreed"),
        within=days(ESCALATE_WITHIN),
        met_by=(_step(S.SERVICE_DIRECTOR),),
        contact=R.SERVICE_DIRECTOR,
    ),
    Duty(
        id="rochdale.dispute.refer-to-director",
        law=step(("R7-27",), "7.2.2 step 7"),
        act="refer the case to the Director of Children's Services",
        bearer=R.SAFEGUARDING_MANAGER,
        to="director_of_childrens_services",
        trigger=ended(S.SERVICE_DIRECTOR, result="not_agreed"),
        met_by=(_step(S.DIRECTOR),),
        contact="director_of_childrens_services",
        note="The source sets no clock for the Service Director's answer, nor for this referral.",
    ),
    Duty(
        id="rochdale.dispute.director-decision",
        law=step(("R7-28",), "7.2.2 step 7"),
        act="review the case and the dispute so far, and decide",
        bearer="director_of_childrens_services",
        to=(R.SAFEGUARDING_MANAGER, "iro"),
        trigger=fact("step_taken", stage=S.DIRECTOR),
        given=(seek("unresolved", ended(S.SERVICE_DIRECTOR, result="not_agreed"), "dispute"),),
        anchor=by_reading(DECISION_START, referred="trigger", not_resolved="unresolved"),
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
    ),
    Duty(
        id="rochdale.dispute.record-stage",
        law=step(("R7-29", "R7-05"), "7.2.2 step 8"),
        act="record on the child's file how this stage went and what was decided",
        bearer="iro",
        trigger=fact("outcome", stage=(S.SAFEGUARDING_MANAGER, S.SERVICE_DIRECTOR)),
        met_by=(seek("record", fact("recorded", about="dispute"), "dispute", "stage", since="trigger"),),
    ),
    record(
        "record-decision",
        S.DIRECTOR,
        ("R7-29", "R7-05"),
        fact("decided", by="director_of_childrens_services", about="dispute", dispute=KNOWN),
        "7.2.2 step 8",
    ),
    Conflict(
        id="rochdale.dispute.decision-untraceable",
        law=condition(("R7-28",), "7.2.2 step 7"),
        act="the Director decided a dispute that is not named, so it stays open and the decision unrecorded",
        trigger=fact("decided", by="director_of_childrens_services", about="dispute", dispute=UNKNOWN),
    ),
)
