"""Rochdale's concern resolution, section 6: four steps whose windows depend on the risk."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Soft, Unit, at_least_before, chosen_window, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, Ladder, Modality, Silence, Stage, fact, more_than, seek
from iro_rules.rulebook.terms import Pattern, Test
from iro_rules_rochdale.dispute import _law
from iro_rules_rochdale.terms import CONCERN, RochdaleRole, RochdaleStage, RochdaleTopic

LOW = Number("rochdale.concern.window.shortest", 1)
HIGH = Number("rochdale.concern.window.longest", 7)
OUTCOME_WITHIN = Number("rochdale.concern.outcome-told.within", 1)
REPRESENTATIONS_WITHIN = Number("rochdale.concern.representations.within", 7)

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

REPRESENTATIONS_DAYS = Interpretation(
    "rochdale.concern.representations-days",
    "Are the seven days for telling the Head of Service working days or calendar days?",
    (("calendar", "calendar days"), ("working", "working days")),
    "calendar",
    "Every other clock of this ladder says working days; this one does not.",
)

REPRESENTATIONS_ANCHOR = Interpretation(
    "rochdale.concern.representations-anchor",
    "Do the seven days run from the intention, or back from the day the representations are made?",
    (("intention", "within seven days of intending them"), ("making", "at least seven days before making them")),
    "intention",
    "A notice that had to come first could hold up a referral that national law leaves open at any time.",
)

S, R, T = RochdaleStage, RochdaleRole, RochdaleTopic
RAISED = fact("raised", by="iro", about="concern")
CONCERN_ROW = seek("concern", RAISED, "dispute")


def _window(path: str) -> Any:
    return chosen_window(path, LOW, HIGH, by_reading(WINDOW, longest=HIGH, shortest=LOW))


def _told(name: str, about: str, by: str, to: str, **options: Any) -> Any:
    return seek(name, fact("told", by=by, to=to, about=about), "dispute", **options)


def _unresolved(stage: str) -> Any:
    return fact("outcome", stage=stage, result="not_agreed")


def _record(step: str, rows: tuple[str, ...], stage: str, others: str) -> Duty:
    return Duty(
        id=f"rochdale.concern.{step}-record",
        law=_law(rows, f"section 6, {step.replace('-', ' ')}"),
        act="record the agreed actions and their timescales on the file or supervision record they belong to",
        bearer=("iro", others),
        trigger=fact("outcome", stage=stage, result="agreed"),
        met_by=(seek("record", fact("recorded", about="concern", stage=stage), "dispute", since="trigger"),),
    )


def _contact(step: str, rows: tuple[str, ...], to: str, act: str, after: str) -> Duty:
    return Duty(
        id=f"rochdale.concern.{step}-contact",
        law=_law(rows, f"section 6, {step.replace('-', ' ')}"),
        act=act,
        bearer="iro",
        to=to,
        trigger=_unresolved(after),
        given=(CONCERN_ROW,),
        within=_window("concern.window"),
        met_by=(_told("contact", "concern", "iro", to, since="trigger"),),
        contact=to,
    )


DUTIES = (
    Duty(
        id="rochdale.concern.step-1-tell-social-worker",
        law=_law(("R6-08",), "section 6, step 1"),
        act="tell the social worker of the concern and that the Team Manager will hear of it",
        bearer="iro",
        to="social_worker",
        trigger=RAISED,
        within=by_reading(STEP_1, telling=_window("trigger.window"), talk=Soft("no figure of its own")),
        met_by=(_told("notice", "concern", "iro", "social_worker", since="trigger"),),
        contact="social_worker",
    ),
    Duty(
        id="rochdale.concern.step-2-contact",
        law=_law(("R6-09",), "section 6, step 2"),
        act="contact the Team Manager to discuss the concern",
        bearer="iro",
        to="team_manager",
        trigger=by_reading(STEP_2, told=Pattern("rochdale.concern.step-1-tell-social-worker/met"), raised=RAISED),
        within=_window("trigger.window"),
        met_by=(_told("contact", "concern", "iro", "team_manager", since="trigger"),),
        contact="team_manager",
    ),
    _record("step-2", ("R6-10",), S.STEP_2, "team_manager"),
    Duty(
        id="rochdale.concern.step-2-outcome",
        law=_law(("R6-11",), "section 6, step 2"),
        act="tell each one's own Service Manager that step 2 did not resolve the concern",
        bearer=("iro", "team_manager"),
        to=R.SERVICE_MANAGER,
        trigger=_unresolved(S.STEP_2),
        within=within(OUTCOME_WITHIN, Unit.WORKING_DAYS),
        met_by=(
            _told("by_iro", T.STAGE_OUTCOME, "iro", R.SERVICE_MANAGER, since="trigger"),
            _told("by_team_manager", T.STAGE_OUTCOME, "team_manager", R.SERVICE_MANAGER, since="trigger"),
        ),
        contact=R.SERVICE_MANAGER,
    ),
    _contact("step-3", ("R6-12",), R.SERVICE_MANAGER, "contact the Service Manager about the concern", S.STEP_2),
    _record("step-3", ("R6-13",), S.STEP_3, R.SERVICE_MANAGER),
    Duty(
        id="rochdale.concern.step-3-outcome",
        law=_law(("R6-14",), "section 6, step 3"),
        act="tell the Head of Service that step 3 did not resolve the concern",
        bearer=R.SERVICE_MANAGER,
        to=R.HEAD_OF_SERVICE,
        trigger=_unresolved(S.STEP_3),
        within=within(OUTCOME_WITHIN, Unit.WORKING_DAYS),
        met_by=(_told("notice", T.STAGE_OUTCOME, R.SERVICE_MANAGER, R.HEAD_OF_SERVICE, since="trigger"),),
        contact=R.HEAD_OF_SERVICE,
    ),
    _contact("step-4", ("R6-15",), R.HEAD_OF_SERVICE, "contact the Head of Service for an urgent discussion", S.STEP_3),
    _record("step-4", ("R6-16",), S.STEP_4, R.HEAD_OF_SERVICE),
    Duty(
        id="rochdale.concern.step-4-report",
        law=_law(("R6-17",), "section 6, step 4"),
        act="report to the Executive Director that step 4 did not resolve the concern",
        bearer=R.HEAD_OF_SERVICE,
        to=R.EXECUTIVE_DIRECTOR,
        trigger=_unresolved(S.STEP_4),
        met_by=(_told("report", T.STAGE_OUTCOME, R.HEAD_OF_SERVICE, R.EXECUTIVE_DIRECTOR, since="trigger"),),
        contact=R.EXECUTIVE_DIRECTOR,
        note="No clock is given, and nothing obliges the Executive Director to decide.",
    ),
    Duty(
        id="rochdale.concern.representations",
        law=_law(("R6-18",), "section 6, after step 4"),
        act="tell the Head of Service of representations intended to Cafcass or to the case management sub-group",
        bearer="iro",
        to=R.HEAD_OF_SERVICE,
        trigger=by_reading(
            REPRESENTATIONS_ANCHOR,
            intention=fact("decided", by="iro", about=T.REPRESENTATIONS, dispute=KNOWN),
            making=fact(
                "told", by="iro", to=("cafcass", R.CASE_MANAGEMENT_GROUP), about=T.REPRESENTATIONS, dispute=KNOWN
            ),
        ),
        within=by_reading(
            REPRESENTATIONS_ANCHOR,
            intention=within(
                REPRESENTATIONS_WITHIN, by_reading(REPRESENTATIONS_DAYS, calendar=Unit.DAYS, working=Unit.WORKING_DAYS)
            ),
            making=at_least_before(
                REPRESENTATIONS_WITHIN, by_reading(REPRESENTATIONS_DAYS, calendar=Unit.DAYS, working=Unit.WORKING_DAYS)
            ),
        ),
        met_by=(_told("notice", T.REPRESENTATIONS, "iro", R.HEAD_OF_SERVICE),),
        contact=R.HEAD_OF_SERVICE,
        note="This notice never holds up a referral to Cafcass, which may be made at any time.",
    ),
    Conflict(
        id="rochdale.concern.representations-untraceable",
        law=_law(("R6-18",), "section 6, after step 4", modality=Modality.CONDITION),
        act="representations are intended about a concern that is not named, so the notice of them cannot be followed",
        trigger=fact("decided", by="iro", about=T.REPRESENTATIONS, dispute=UNKNOWN),
    ),
    Conflict(
        id="rochdale.concern.window-too-long",
        law=_law(("R6-08", "R6-09", "R6-12", "R6-15"), "section 6", modality=Modality.CONDITION),
        act="the window chosen is longer than the seven working days the procedure allows",
        trigger=fact("raised", about="concern", window=more_than(7)),
    ),
    Conflict(
        id="rochdale.concern.window-too-short",
        law=_law(("R6-08", "R6-09", "R6-12", "R6-15"), "section 6", modality=Modality.CONDITION),
        act="the window chosen is shorter than the one working day the procedure allows",
        trigger=fact("raised", about="concern", window=Test("", "lt", 1)),
    ),
)

LADDER = Ladder(
    id=CONCERN,
    title="the concern",
    law=_law(("R6-08",), "section 6", modality=Modality.CONDITION),
    opens=RAISED,
    stages=(
        Stage(
            id=S.STEP_1,
            title="step 1, the social worker",
            entered_by="opening",
            limit=("rochdale.concern.step-1-tell-social-worker",),
        ),
        Stage(id=S.STEP_2, title="step 2, the Team Manager", limit=("rochdale.concern.step-2-contact",)),
        Stage(
            id=S.STEP_3,
            title="step 3, the Service Manager",
            entered_by=S.STEP_2,
            limit=("rochdale.concern.step-2-outcome", "rochdale.concern.step-3-contact"),
        ),
        Stage(
            id=S.STEP_4,
            title="step 4, the Head of Service",
            entered_by=S.STEP_3,
            limit=("rochdale.concern.step-3-outcome", "rochdale.concern.step-4-contact"),
            silence=Silence.UNSPECIFIED,
        ),
    ),
    rules=DUTIES,
)
