"""Barnet: the final evidence, disagreement over it, and the court's timetable."""

from __future__ import annotations

from iro_rules.clock import Number, Soft, Unit, at_least_before, before_the_event, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Duty, Towards, fact, has, seek
from iro_rules_barnet.source import SHOULD, law
from iro_rules_barnet.terms import BarnetRole, BarnetTopic

R, T = BarnetRole, BarnetTopic

DRAFT = Number("barnet.draft-evidence.at-least", 5)
RETURN = Number("barnet.draft-returned.within", 24)
RETURN_DAYS = Number("barnet.draft-returned.days", 1)

BEFORE_FILING = Interpretation(
    "barnet.draft-evidence.unit",
    "Are the five days before the filing date calendar days or working days?",
    (
        ("working", "working days"),
        ("calendar", "calendar days"),
    ),
    "working",
    "The national guidance asks for five working days, and the protocol is not taken to ask for less.",
)

SENDER = Interpretation(
    "barnet.draft-evidence.sender",
    "From whom must the draft reach the IRO?",
    (
        ("anyone", "it is enough that the IRO has it, whoever sent it"),
        ("team", "the social work team, or the child's social worker, sends it"),
    ),
    "anyone",
    "The sentence says where the draft has to be and names no sender.",
)

RETURNED = Interpretation(
    "barnet.draft-returned.clock",
    "Do 24 hours run on through nights and weekends?",
    (
        ("hours", "within 24 hours by the clock"),
        ("working_day", "by the end of the next working day"),
    ),
    "hours",
    "Hours are named, with no exception; that they are a limit and not an appointed hour is the plain sense.",
)

ALERT = Interpretation(
    "barnet.iro-alert.meaning",
    "What is the IRO alert of which the Head of Service and the Principal Lawyer hear?",
    (
        ("iros", "an alert that the IRO gives"),
        ("lawyers", "the lawyer's e-mail that names the date of the draft"),
    ),
    "iros",
    "It is called the IRO's, and has responses; the word is not explained.",
)

_DUE = fact("filing_due", document="final_evidence")
_DRAFT = fact("provided", document="final_evidence", to="iro", proceedings=KNOWN)
_TEAM = ("social_worker", R.SOCIAL_WORK_TEAM)
_FROM_TEAM = fact("provided", document="final_evidence", by=_TEAM, to="iro")
_SUBMISSION = seek(
    "submission", fact("provided", document="final_evidence", by=_TEAM, to="legal_department"), "proceedings"
)
_DISAGREEMENT = fact("decided", about="final_care_plan", result="not_agreed", proceedings=KNOWN)

RULES = (
    Duty(
        id="barnet.draft-evidence",
        law=law(
            ("B-38",),
            "on final evidence",
            verb="needs to be",
            national=((Towards.IMPLEMENTS, "plo.final-evidence-to-iro"),),
        ),
        act="let the IRO have the draft of the final statement and care plan",
        bearer=R.SOCIAL_WORK_TEAM,
        to="iro",
        trigger=_DUE,
        met_by=by_reading(
            SENDER,
            anyone=(seek("draft", _DRAFT, "proceedings"),),
            team=(seek("draft", _FROM_TEAM, "proceedings"),),
        ),
        contact="iro",
        anchor="trigger.due",
        within=by_reading(
            BEFORE_FILING, working=at_least_before(DRAFT, Unit.WORKING_DAYS), calendar=at_least_before(DRAFT, Unit.DAYS)
        ),
    ),
    Duty(
        id="barnet.draft-returned",
        law=law(("B-39",), "on final evidence"),
        act="send the draft back with any comments",
        bearer="iro",
        to=R.SOCIAL_WORK_TEAM,
        trigger=_DRAFT,
        met_by=(
            seek(
                "word",
                fact("told", by="iro", to=("social_worker", R.SOCIAL_WORK_TEAM), about="final_evidence"),
                "proceedings",
                since="trigger",
            ),
        ),
        contact=R.SOCIAL_WORK_TEAM,
        within=by_reading(
            RETURNED, hours=within(RETURN, Unit.HOURS), working_day=within(RETURN_DAYS, Unit.WORKING_DAYS)
        ),
    ),
    Duty(
        id="barnet.draft-alert",
        law=law(("B-40",), "on final evidence"),
        act="warn the IRO by e-mail of the date of the draft",
        bearer="lawyer",
        to="iro",
        trigger=_DUE,
        met_by=(
            seek(
                "alert",
                fact("told", by="lawyer", to="iro", about=T.FINAL_EVIDENCE_DATE, manner="by_email"),
                "proceedings",
            ),
        ),
        contact="iro",
        anchor="trigger.due",
        within=before_the_event(),
    ),
    Duty(
        id="barnet.views-for-evidence",
        law=law(("B-41",), "on final evidence"),
        act="let the social worker have the IRO's views for the final plan",
        bearer="iro",
        to="social_worker",
        trigger=_DUE,
        met_by=(seek("word", fact("told", by="iro", to="social_worker", about="iro_view"), "proceedings"),),
        contact="social_worker",
        given=(_SUBMISSION,),
        anchor="submission",
        within=before_the_event(),
        note="The last day is that on which the draft went to Legal Services; until it has, there is none.",
    ),
    Duty(
        id="barnet.views-copied",
        law=law(("B-42",), "on final evidence", **SHOULD),
        act="copy those views to the Permanency Progression Manager",
        bearer="iro",
        to=R.PPM,
        trigger=fact("told", by="iro", to="social_worker", about="iro_view", proceedings=KNOWN),
        met_by=(
            seek(
                "copied",
                fact("told", by="iro", to="social_worker", about="iro_view", cc=has(R.PPM)),
                "proceedings",
                since="trigger",
            ),
            seek("direct", fact("told", by="iro", to=R.PPM, about="iro_view"), "proceedings", since="trigger"),
        ),
        contact=R.PPM,
        needs="any",
    ),
    Duty(
        id="barnet.disagreement-led",
        law=law(("B-43",), "on disagreement"),
        act="take the lead in settling the disagreement",
        bearer=R.PPM,
        trigger=_DISAGREEMENT,
        met_by=(seek("lead", fact("recorded", by=R.PPM, about=T.RESOLUTION), "proceedings", since="trigger"),),
        contact=R.PPM,
        within=Soft("in a timely manner"),
        note="A record that the manager took the lead is enough; whether in good time is not judged here.",
    ),
    Duty(
        id="barnet.alert-passed-on",
        law=law(("B-44",), "on disagreement"),
        act="see that the Head of Service and the Principal Lawyer hear of the alert",
        bearer=R.PPM,
        to=(R.HEAD_OF_SERVICE, R.PRINCIPAL_LAWYER),
        trigger=by_reading(
            ALERT,
            iros=fact("told", by="iro", about=T.IRO_ALERT, proceedings=KNOWN),
            lawyers=fact("told", by="lawyer", to="iro", about=T.FINAL_EVIDENCE_DATE, proceedings=KNOWN),
        ),
        met_by=(
            seek("head", fact("told", to=R.HEAD_OF_SERVICE, about=T.IRO_ALERT), "proceedings", since="trigger"),
            seek("principal", fact("told", to=R.PRINCIPAL_LAWYER, about=T.IRO_ALERT), "proceedings", since="trigger"),
        ),
        contact=R.HEAD_OF_SERVICE,
    ),
    Duty(
        id="barnet.timetable.iro",
        law=law(("B-45",), "on the timetable", verb="individual responsibility"),
        act="know when assessments and final evidence are due",
        bearer="iro",
        trigger=fact("proceedings_issued"),
        met_by=(seek("timetable", fact("received", by="iro", document="court_timetable"), "proceedings"),),
    ),
    Duty(
        id="barnet.timetable.team",
        law=law(("B-45",), "on the timetable", verb="individual responsibility"),
        act="know when assessments and final evidence are due",
        bearer=R.SOCIAL_WORK_TEAM,
        trigger=fact("proceedings_issued"),
        met_by=(seek("timetable", fact("received", by=R.SOCIAL_WORK_TEAM, document="court_timetable"), "proceedings"),),
    ),
    Duty(
        id="barnet.timetable.lawyer",
        law=law(("B-45",), "on the timetable", verb="individual responsibility"),
        act="know when assessments and final evidence are due",
        bearer="lawyer",
        trigger=fact("proceedings_issued"),
        met_by=(seek("timetable", fact("received", by="lawyer", document="court_timetable"), "proceedings"),),
    ),
)
