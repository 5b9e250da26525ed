"""Section 6 of the procedure: the concern ladder, what holds at each of its steps, and representations after it."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, at_least_before, within
from iro_rules.national.act import IN_POST
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, Ladder, Silence, Stage, Status, fact, more_than, seek
from iro_rules.rulebook.terms import Test
from iro_rules_rochdale.concern_steps import RAISED, STEPS
from iro_rules_rochdale.source import condition, law, step, told
from iro_rules_rochdale.terms import CONCERN, RochdaleRole, RochdaleStage, RochdaleTopic

REPRESENTATIONS_WITHIN = Number("rochdale.concern.representations.within", 7)

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
_ACTION = fact("agreed", about=T.AGREED_ACTION, dispute=KNOWN, ref=KNOWN)

RULES = (
    Status(
        id="rochdale.concern.make-managers-aware",
        law=law(("R6-01",), "section 6", verb="role includes"),
        act="the IRO must make managers aware of concerns about practice, its timeliness, decisions on the case or the "
        "planning",
        bearer="iro",
        to=("team_manager", R.SERVICE_MANAGER, R.HEAD_OF_SERVICE),
        trigger=IN_POST,
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as somebody is the child's IRO. Each concern raised then has "
        "steps of its own.",
    ),
)

IN_ALL_CASES = (
    Duty(
        id="rochdale.concern.action-timescale",
        law=law(("R6-05",), "section 6, all cases"),
        act="give the agreed action a timescale",
        bearer="iro",
        trigger=_ACTION,
        met_by=(seek("timescale", fact("agreed", by="iro", about=T.AGREED_ACTION, due=KNOWN), "dispute", "ref"),),
        note="Each action has a reference. Met at once where the IRO agreed it with its day.",
    ),
    Conflict(
        id="rochdale.concern.action-untraceable",
        law=condition(("R6-05",), "section 6, all cases", "agreed actions"),
        act="an agreed action has no reference, so whether it was given a timescale cannot be followed",
        trigger=fact("agreed", about=T.AGREED_ACTION, ref=UNKNOWN),
    ),
)

REPRESENTATIONS = (
    Duty(
        id="rochdale.concern.representations",
        law=step(("R6-18",), "section 6, after step 4"),
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
        met_by=(told("notice", T.REPRESENTATIONS, "iro", R.HEAD_OF_SERVICE),),
        contact=R.HEAD_OF_SERVICE,
        note="This notice never holds up a referral to Cafcass, which may be made at any time.",
    ),
    Conflict(
        id="rochdale.concern.representations-untraceable",
        law=condition(("R6-18",), "section 6, after step 4"),
        act="representations are intended about a concern that is not named, so the notice of them cannot be followed",
        trigger=fact("decided", by="iro", about=T.REPRESENTATIONS, dispute=UNKNOWN),
    ),
    Conflict(
        id="rochdale.concern.window-too-long",
        law=condition(("R6-04", "R6-08", "R6-09", "R6-12", "R6-15"), "section 6"),
        act="the window chosen is longer than the seven working days the procedure allows",
        trigger=fact("raised", about="concern", window=more_than(7)),
    ),
    Conflict(
        id="rochdale.concern.window-too-short",
        law=condition(("R6-04", "R6-08", "R6-09", "R6-12", "R6-15"), "section 6"),
        act="the window chosen is shorter than the one working day the procedure allows",
        trigger=fact("raised", about="concern", window=Test("", "lt", 1)),
    ),
)

LADDER = Ladder(
    id=CONCERN,
    title="the concern",
    law=condition(("R6-08",), "section 6"),
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
    rules=(*IN_ALL_CASES, *STEPS, *REPRESENTATIONS),
)
