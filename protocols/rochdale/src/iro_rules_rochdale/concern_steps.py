"""Section 6 of the procedure, step by step: windows that depend on the risk, who is told, and what is put on file."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Soft, Unit, chosen_window, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Duty, fact, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_rochdale.source import step, told
from iro_rules_rochdale.terms import (
    RochdaleDocument,
    RochdaleMeeting,
    RochdaleRole,
    RochdaleStage,
    RochdaleTopic,
)

LOW = Number("rochdale.concern.window.shortest", 1)
HIGH = Number("rochdale.concern.window.longest", 7)
OUTCOME_WITHIN = Number("rochdale.concern.outcome-told.within", 1)

WINDOW = Interpretation(
    "rochdale.concern.window",
    "How long is a step's window when no number of working days was chosen for the risk?",
    (("longest", "seven working days, the longest the procedure allows"), ("shortest", "one working day")),
    "longest",
    "Levels of risk are not listed. Only the longest window makes nobody late who might not be.",
)

STEP_1 = Interpretation(
    "rochdale.concern.step-1-window",
    "Does the window of step 1 bind the telling of the social worker, or the talk with the Team Manager it announces?",
    (("telling", "the social worker must be told within it"), ("talk", "it announces when the talk will be")),
    "telling",
    "The sentence can be read both ways; the talk has a window of its own at step 2.",
)

STEP_2 = Interpretation(
    "rochdale.concern.step-2-start",
    "From when does the window of step 2 run?",
    (("told", "from the day the social worker was told"), ("raised", "from the day the concern was noted")),
    "told",
    "No start is given; the steps follow one another.",
)

WHICH_MANAGER = Interpretation(
    "rochdale.concern.which-service-manager",
    "Which Service Manager does the IRO contact at step 3?",
    (
        ("team_managers", "the Service Manager above the Team Manager"),
        ("iros", "the IRO's own Service Manager"),
        ("either", "either of the two"),
    ),
    "team_managers",
    "Two were told at step 2. The ladder climbs the line of those who answer for the case.",
)

STEP_4 = Interpretation(
    "rochdale.concern.step-4-window",
    "At step 4, must the Head of Service be contacted within the window, or the discussion held within it?",
    (("contact", "contacted within it"), ("discussion", "the urgent discussion held within it")),
    "contact",
    "What the IRO does at this step is to make contact; the discussion is what the contact arranges.",
)

FILE = Interpretation(
    "rochdale.concern.file",
    "On which file do agreed actions have to be recorded?",
    (
        ("any", "on any of those named: the child's file, or the worker's, manager's or IRO's own record"),
        ("childs", "on the child's file in any case"),
    ),
    "any",
    "The files are listed as examples and the choice is left to what is appropriate.",
)

AND_DISPUTE = Interpretation(
    "rochdale.concern.and-dispute",
    "Does a concern go on up its own steps once the same matter is taken up as a dispute?",
    (
        ("side_by_side", "yes: the two procedures run side by side"),
        ("one_only", "no: from then on the dispute procedure alone is followed"),
    ),
    "side_by_side",
    "One procedure only refers to the other, and nothing in either ends the other.",
)

S, R, T = RochdaleStage, RochdaleRole, RochdaleTopic
RAISED = fact("raised", by="iro", about="concern")
CONCERN_ROW = seek("concern", RAISED, "dispute")
_DISPUTED = seek("disputed", fact("raised", by="iro", about="dispute"), "dispute")
LAPSES = by_reading(AND_DISPUTE, side_by_side=None, one_only=_DISPUTED)


def _window(path: str) -> Any:
    return chosen_window(path, LOW, HIGH, by_reading(WINDOW, longest=HIGH, shortest=LOW))


def unresolved(stage: str) -> Pattern:
    """The outcome of a step that did not resolve the concern."""
    return fact("outcome", stage=stage, result="not_agreed")


def _where(name: str) -> str:
    return f"section 6, {name.replace('-', ' ')}"


def _record(name: str, row: str, stage: str, others: str) -> Duty:
    def recorded(**where: Any) -> Any:
        return (seek("record", fact("recorded", about="concern", stage=stage, **where), "dispute", since="trigger"),)

    return Duty(
        id=f"rochdale.concern.{name}-record",
        law=step((row, "R6-07"), _where(name)),
        act="record the agreed actions and their timescales on the file or supervision record they belong to",
        bearer=("iro", others),
        trigger=fact("outcome", stage=stage, result="agreed"),
        met_by=by_reading(FILE, any=recorded(), childs=recorded(document=RochdaleDocument.CHILDS_FILE)),
    )


def _contact(name: str, row: str, to: str, act: str, after: str, met_by: Any) -> Duty:
    return Duty(
        id=f"rochdale.concern.{name}-contact",
        law=step((row,), _where(name)),
        act=act,
        bearer="iro",
        to=to,
        trigger=unresolved(after),
        given=(CONCERN_ROW,),
        within=_window("concern.window"),
        met_by=met_by,
        lapses=LAPSES,
        contact=to,
    )


def _contacted(to: Any) -> Any:
    return (told("contact", "concern", "iro", to, since="trigger"),)


STEPS = (
    Duty(
        id="rochdale.concern.step-1-tell-social-worker",
        law=step(("R6-08",), "section 6, step 1"),
        act="tell the social worker of the concern and that the Team Manager will hear of it",
        bearer="iro",
        to="social_worker",
        trigger=RAISED,
        within=by_reading(STEP_1, telling=_window("trigger.window"), talk=Soft("no figure of its own")),
        met_by=(told("notice", "concern", "iro", "social_worker", since="trigger"),),
        contact="social_worker",
    ),
    Duty(
        id="rochdale.concern.step-2-contact",
        law=step(("R6-09",), "section 6, step 2"),
        act="contact the Team Manager to discuss the concern",
        bearer="iro",
        to="team_manager",
        trigger=by_reading(STEP_2, told=Pattern("rochdale.concern.step-1-tell-social-worker/met"), raised=RAISED),
        within=_window("trigger.window"),
        met_by=_contacted("team_manager"),
        lapses=LAPSES,
        contact="team_manager",
    ),
    _record("step-2", "R6-10", S.STEP_2, "team_manager"),
    Duty(
        id="rochdale.concern.step-2-outcome",
        law=step(("R6-11",), "section 6, step 2"),
        act="tell each one's own Service Manager that step 2 did not resolve the concern",
        bearer=("iro", "team_manager"),
        to=(R.IRO_SERVICE_MANAGER, R.SERVICE_MANAGER),
        trigger=unresolved(S.STEP_2),
        within=within(OUTCOME_WITHIN, Unit.WORKING_DAYS),
        met_by=(
            told("by_iro", T.STAGE_OUTCOME, "iro", R.IRO_SERVICE_MANAGER, since="trigger"),
            told("by_team_manager", T.STAGE_OUTCOME, "team_manager", R.SERVICE_MANAGER, since="trigger"),
        ),
        contact=R.SERVICE_MANAGER,
        note="Two tell two: each goes up the line of its own service.",
    ),
    _contact(
        "step-3",
        "R6-12",
        R.SERVICE_MANAGER,
        "contact the Service Manager about the concern",
        S.STEP_2,
        by_reading(
            WHICH_MANAGER,
            team_managers=_contacted(R.SERVICE_MANAGER),
            iros=_contacted(R.IRO_SERVICE_MANAGER),
            either=_contacted((R.SERVICE_MANAGER, R.IRO_SERVICE_MANAGER)),
        ),
    ),
    _record("step-3", "R6-13", S.STEP_3, R.SERVICE_MANAGER),
    Duty(
        id="rochdale.concern.step-3-outcome",
        law=step(("R6-14",), "section 6, step 3"),
        act="tell the Head of Service that step 3 did not resolve the concern",
        bearer=R.SERVICE_MANAGER,
        to=R.HEAD_OF_SERVICE,
        trigger=unresolved(S.STEP_3),
        within=within(OUTCOME_WITHIN, Unit.WORKING_DAYS),
        met_by=(told("notice", T.STAGE_OUTCOME, R.SERVICE_MANAGER, R.HEAD_OF_SERVICE, since="trigger"),),
        contact=R.HEAD_OF_SERVICE,
    ),
    _contact(
        "step-4",
        "R6-15",
        R.HEAD_OF_SERVICE,
        "contact the Head of Service for an urgent discussion",
        S.STEP_3,
        by_reading(
            STEP_4,
            contact=_contacted(R.HEAD_OF_SERVICE),
            discussion=(
                seek(
                    "held", fact("meeting_held", meeting=RochdaleMeeting.URGENT_DISCUSSION), "dispute", since="trigger"
                ),
            ),
        ),
    ),
    _record("step-4", "R6-16", S.STEP_4, R.HEAD_OF_SERVICE),
    Duty(
        id="rochdale.concern.step-4-report",
        law=step(("R6-17",), "section 6, step 4"),
        act="report to the Executive Director that step 4 did not resolve the concern",
        bearer=R.HEAD_OF_SERVICE,
        to=R.EXECUTIVE_DIRECTOR,
        trigger=unresolved(S.STEP_4),
        met_by=(told("report", T.STAGE_OUTCOME, R.HEAD_OF_SERVICE, R.EXECUTIVE_DIRECTOR, since="trigger"),),
        contact=R.EXECUTIVE_DIRECTOR,
        note="No clock is given, and nothing obliges the Executive Director to decide.",
    ),
)
