"""Barnet: legal planning meetings, from the recommendation of a review to the application."""

from __future__ import annotations

from iro_rules.clock import Number, Soft, Unit, before_the_event, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Absent, Duty, Modality, Power, Present, Status, fact, seek
from iro_rules.rulebook.terms import Condition, Lookup, Pattern
from iro_rules_barnet.source import MAY, SHOULD, law
from iro_rules_barnet.terms import (
    BarnetDocument,
    BarnetMeeting,
    BarnetRole,
    BarnetTopic,
)

R, T, D, M = BarnetRole, BarnetTopic, BarnetDocument, BarnetMeeting

NOTIFY = Number("barnet.recommendation.within", 5)

START = Interpretation(
    "barnet.recommendation.start",
    "From which day do the five working days for telling the Permanency Progression Manager run?",
    (
        ("recommended", "from the day the recommendation is recorded"),
        ("meeting", "from the day of the review that made it"),
    ),
    "recommended",
    "The text speaks of a recommendation that has been made; a case conference has no review to count from.",
)

CONVENES = Interpretation(
    "barnet.meeting.convener",
    "Who convenes the meeting that seeks agreement?",
    (
        ("manager", "the Permanency Progression Manager"),
        ("team", "the social work team"),
    ),
    "manager",
    "The manager is the subject of the sentence before. Whoever convenes it, the meeting is what meets the duty.",
)

_PLANNED = fact("meeting_planned", meeting=M.LEGAL_PLANNING, ref=KNOWN)
_SAME_DAY_OR_BEFORE = before_the_event()
_REFUSED = fact("decided", by=R.SOCIAL_WORK_TEAM, about=T.LPM_NEEDED, result="does_not_hold", ref=KNOWN)
_EXCEPTED = fact("decided", by=R.PPM, about=T.MEETING_CALLED_FOR, result="does_not_hold")
_THRESHOLD = seek("threshold", fact("requested", to="legal_department", about=T.THRESHOLD_ADVICE), "ref")

BEFORE_COURT = Pattern("barnet.lpm.before-court")
_CARE = (
    seek("care", fact("became_looked_after"), until="trigger", pick="last"),
    seek("left", fact("ceased_to_be_looked_after"), on={"period": "care.period"}, until="trigger"),
)
_COURT = seek("court", fact("proceedings_issued"), until="trigger", pick="last")
_ENDED = seek("ended", fact("proceedings_ended"), on={"proceedings": "court.proceedings"}, until="trigger")


def _before_court(name: str, act: str, given: tuple[Lookup, ...], *when: Condition) -> Status:
    return Status(
        id=f"{BEFORE_COURT.kind}.{name}",
        law=law(("B-09",), "on legal planning meetings", modality=Modality.CONDITION, verb="not yet subject"),
        act=act,
        trigger=_PLANNED,
        given=(*_CARE, *given),
        when=(Present("care"), Absent("left"), *when),
        kind=BEFORE_COURT.kind,
    )


RULES = (
    _before_court(
        "never",
        "a planning meeting is arranged for a child in care about whom there have been no proceedings",
        (_COURT,),
        Absent("court"),
    ),
    _before_court(
        "not-now",
        "a planning meeting is arranged for a child in care whose last proceedings are over",
        (_COURT, _ENDED),
        Present("ended"),
    ),
    Duty(
        id="barnet.lpm.iro-details",
        law=law(("B-09",), "on legal planning meetings"),
        act="find out who the child's IRO is",
        bearer="lawyer",
        trigger=BEFORE_COURT,
        met_by=(seek("found", fact("recorded", by="lawyer", about="iro_details"), "ref"),),
        anchor="trigger.planned_for",
        within=before_the_event(),
    ),
    Duty(
        id="barnet.lpm.views-asked",
        law=law(("B-11",), "on legal planning meetings"),
        act="ask the social worker for the IRO's views on the proposed care plan",
        bearer="lawyer",
        to="social_worker",
        trigger=fact("meeting_held", meeting=M.LEGAL_PLANNING, ref=KNOWN),
        met_by=(seek("question", fact("requested", by="lawyer", to="social_worker", about="iro_view"), "ref"),),
        contact="social_worker",
        given=(_THRESHOLD,),
        when=(Present("threshold"),),
        within=Soft("at the meeting"),
    ),
    Duty(
        id="barnet.lpm.views-obtained",
        law=law(("B-12",), "on legal planning meetings", **SHOULD),
        act="get the IRO's views before the meeting",
        bearer="social_worker",
        to="iro",
        trigger=_PLANNED,
        met_by=(seek("views", fact("told", by="iro", to="social_worker", about="iro_view"), "ref"),),
        contact="iro",
        given=(_THRESHOLD,),
        when=(Present("threshold"),),
        anchor="trigger.planned_for",
        within=before_the_event(),
    ),
    Duty(
        id="barnet.lpm.referral-form",
        law=law(("B-18", "B-10"), "on legal planning meetings", verb="are to be"),
        act="put the IRO's details and first views on the referral form",
        bearer="social_worker",
        to="legal_department",
        trigger=_PLANNED,
        met_by=(
            seek("details", fact("recorded", about="iro_details", document=D.REFERRAL_FORM), "ref"),
            seek("views", fact("recorded", about="iro_view", document=D.REFERRAL_FORM), "ref"),
        ),
        contact="legal_department",
        anchor="trigger.planned_for",
        within=before_the_event(),
        note="Who fills the form in is not said; the social worker, who refers, is taken to.",
    ),
    Duty(
        id="barnet.lpm.information-checked",
        law=law(("B-19",), "on legal planning meetings"),
        act="check that what the IRO says is there with the other papers",
        bearer="lawyer",
        trigger=_PLANNED,
        met_by=(seek("check", fact("recorded", by="lawyer", about=T.IRO_INFORMATION_CHECKED), "ref"),),
        anchor="trigger.planned_for",
        within=before_the_event(),
    ),
    Duty(
        id="barnet.recommendation",
        law=law(("B-13",), "on legal planning meetings"),
        act="tell the Permanency Progression Manager that a planning meeting was recommended",
        bearer="iro",
        to=R.PPM,
        trigger=fact("decided", about=T.LPM_RECOMMENDED, result="holds", ref=KNOWN),
        met_by=(seek("word", fact("told", by="iro", to=R.PPM, about=T.LPM_RECOMMENDED), "ref", since="trigger"),),
        contact=R.PPM,
        given=(seek("review", fact("review_held"), "review"),),
        anchor=by_reading(START, recommended="trigger", meeting="review"),
        within=within(NOTIFY, Unit.WORKING_DAYS),
    ),
    Duty(
        id="barnet.recommendation.progressed",
        law=law(("B-14",), "on legal planning meetings"),
        act="see that the recommendation is taken forward",
        bearer=R.PPM,
        to=R.SOCIAL_WORK_TEAM,
        trigger=fact("told", by="iro", to=R.PPM, about=T.LPM_RECOMMENDED, ref=KNOWN),
        met_by=(seek("progress", fact("recorded", by=R.PPM, about=T.LPM_PROGRESSED), "ref"),),
        contact=R.SOCIAL_WORK_TEAM,
        within=Soft("in a timely manner"),
        note="A record of a step taken is enough; whether it was taken in good time is not judged here.",
    ),
    Duty(
        id="barnet.refusal.reasons",
        law=law(("B-15",), "on legal planning meetings"),
        act="see that the IRO hears why no planning meeting is held",
        bearer=R.PPM,
        to="iro",
        trigger=_REFUSED,
        met_by=(seek("reasons", fact("told", to="iro", about=T.LPM_NEEDED), "ref", since="trigger"),),
        contact="iro",
    ),
    Duty(
        id="barnet.refusal.meeting",
        law=law(("B-16",), "on legal planning meetings", modality=Modality.SHOULD, verb="in most cases"),
        act="bring the IRO and the social work team together to seek agreement",
        bearer=R.PPM,
        to=("iro", R.SOCIAL_WORK_TEAM),
        trigger=_REFUSED,
        met_by=(seek("meeting", fact("meeting_held", meeting=M.SEEKING_AGREEMENT), "ref", since="trigger"),),
        contact=R.PPM,
        rests_on=(CONVENES,),
        lapses=seek("excepted", _EXCEPTED, "ref", since="trigger"),
        note="In most cases, not in all: the manager may put it on record, with reasons, that this one needs none.",
    ),
    Power(
        id="barnet.refusal.legal-advice",
        law=law(("B-17",), "on legal planning meetings", **MAY),
        act="take legal advice from the Principal Lawyer directly",
        bearer="iro",
        to=R.PRINCIPAL_LAWYER,
        trigger=fact("decided", by="iro", about=T.RESPONSE_UNSATISFACTORY, result="holds", ref=KNOWN),
        contact=R.PRINCIPAL_LAWYER,
        note="The Principal Lawyer is the authority's own; whether such advice is independent is open.",
    ),
    Duty(
        id="barnet.application.iro-information",
        law=law(("B-20",), "on the application"),
        act="give the court and Cafcass the IRO's details and first views",
        bearer="legal_department",
        to=("court", "cafcass"),
        trigger=fact("proceedings_issued"),
        met_by=(
            seek("details_court", fact("told", by="legal_department", to="court", about="iro_details"), "proceedings"),
            seek(
                "details_cafcass", fact("told", by="legal_department", to="cafcass", about="iro_details"), "proceedings"
            ),
            seek("view_court", fact("told", by="legal_department", to="court", about="iro_view"), "proceedings"),
            seek("view_cafcass", fact("told", by="legal_department", to="cafcass", about="iro_view"), "proceedings"),
        ),
        contact="court",
        within=Soft("when the application is filed"),
        note="Where proceedings are only contemplated nothing is filed, so this begins with the issue.",
    ),
    Duty(
        id="barnet.directions-copied",
        law=law(("B-21",), "on the application"),
        act="copy the IRO into the court's standard directions",
        bearer="lawyer",
        to="iro",
        trigger=fact("received", by=("lawyer", "legal_department"), document="court_directions"),
        met_by=(
            seek(
                "copy",
                fact("provided", document="court_directions", by="lawyer", to="iro"),
                "proceedings",
                since="trigger",
            ),
        ),
        contact="iro",
        within=Soft("automatically"),
    ),
)
