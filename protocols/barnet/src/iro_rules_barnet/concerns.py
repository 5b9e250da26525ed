"""Barnet: a concern of the IRO's during proceedings, and the way through the Permanency Progression Manager.

The way is a ladder of two stages: the manager mediates, and an IRO who is left dissatisfied must take advice. The text
gives neither stage a time and says nothing of silence, so the ladder has none. Before proceedings the same people meet
(see `planning`), but there the text asks nobody to go on: a recommendation is declined, and the IRO may take advice.
"""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Soft, Unit
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Duty, Ladder, Modality, Present, Stage, Status, fact, outcome_of, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_barnet.planning import CONVENES
from iro_rules_barnet.source import law
from iro_rules_barnet.terms import BarnetMeeting, BarnetRole, BarnetStage, BarnetTopic

R, T, M, S = BarnetRole, BarnetTopic, BarnetMeeting, BarnetStage

SAME_DAY = Number("barnet.concern.same-day", 0)

IMMEDIATELY = Interpretation(
    "barnet.concern.immediately",
    "When is an IRO's word of a concern no longer immediate?",
    (
        ("no_figure", "no day is named, so it is never late"),
        ("same_day", "once the day on which the concern arose is over"),
    ),
    "no_figure",
    "The text gives no figure, and this library adds none unless asked to.",
)

REMAINS = Interpretation(
    "barnet.concern.who-remains-dissatisfied",
    "Whose continuing dissatisfaction leads to legal advice?",
    (
        ("iro", "the IRO's"),
        ("either", "the IRO's or the social work team's"),
    ),
    "iro",
    "The one to seek advice is the one who raised the concern.",
)

_CONCERN = fact("raised", by="iro", about="concern")
_HEARD = fact("told", by="iro", to=R.PPM, about="concern", dispute=KNOWN)
_OPEN = seek("court", Pattern("proceedings.open"), until="trigger")
_AGREED = seek("agreed", Pattern("barnet.concern/closed"), "dispute", since="trigger")
DURING = "barnet.concern-in-proceedings"
NOT_CALLED_FOR = "barnet.concern-meeting.not-called-for"

ON_THE_WAY = (
    Status(
        id=DURING,
        law=law(
            ("B-33",), "on concerns during proceedings", modality=Modality.CONDITION, verb="during the proceedings"
        ),
        act="the IRO raised a concern while proceedings were going on",
        trigger=_CONCERN,
        given=(_OPEN,),
        when=(Present("court"),),
        identity="trigger.dispute",
    ),
    Duty(
        id="barnet.concern-told",
        law=law(("B-33",), "on concerns during proceedings", verb="will immediately"),
        act="tell the Permanency Progression Manager and the social work team of the concern",
        bearer="iro",
        to=(R.PPM, R.SOCIAL_WORK_TEAM),
        trigger=_CONCERN,
        met_by=(
            seek("manager", fact("told", by="iro", to=R.PPM, about="concern"), "dispute", since="trigger"),
            seek("team", fact("told", by="iro", to=R.SOCIAL_WORK_TEAM, about="concern"), "dispute", since="trigger"),
        ),
        contact=R.PPM,
        given=(_OPEN,),
        when=(Present("court"),),
        within=by_reading(IMMEDIATELY, no_figure=Soft("immediately"), same_day=Clock(SAME_DAY, Unit.DAYS)),
    ),
    Duty(
        id="barnet.concern-mediated",
        law=law(("B-34",), "on concerns during proceedings"),
        act="find ways to mediate",
        bearer=R.PPM,
        to=("iro", R.SOCIAL_WORK_TEAM),
        trigger=_HEARD,
        met_by=(seek("mediation", fact("recorded", by=R.PPM, about=T.MEDIATION), "dispute", since="trigger"),),
        lapses=_AGREED,
        contact=R.PPM,
        note="Any recorded attempt to mediate is enough; whether it was a good one is not judged here.",
    ),
    Duty(
        id="barnet.concern-meeting",
        law=law(("B-35",), "on concerns during proceedings", modality=Modality.SHOULD, verb="in most cases"),
        act="bring the IRO and the social work team together to seek agreement",
        bearer=R.PPM,
        to=("iro", R.SOCIAL_WORK_TEAM),
        trigger=_HEARD,
        met_by=(seek("meeting", fact("meeting_held", meeting=M.SEEKING_AGREEMENT), "dispute", since="trigger"),),
        contact=R.PPM,
        lapses=seek("not_called_for", Pattern(NOT_CALLED_FOR), "dispute", since="trigger"),
        rests_on=(CONVENES,),
        note="In most cases, not in all: the manager may put it on record, with reasons, that this one needs none.",
    ),
    Status(
        id="barnet.concern-meeting.excepted",
        law=law(("B-35",), "on concerns during proceedings", modality=Modality.CONDITION, verb="in most cases"),
        act="the Permanency Progression Manager decided that this concern is not one of most cases",
        trigger=fact("decided", by=R.PPM, about=T.MEETING_CALLED_FOR, result="does_not_hold"),
        kind=NOT_CALLED_FOR,
    ),
    Status(
        id="barnet.concern-meeting.agreed-without",
        law=law(("B-35",), "on concerns during proceedings", modality=Modality.CONDITION, verb="see if agreement"),
        act="there is agreement, which a meeting would have been for",
        trigger=Pattern("barnet.concern/closed"),
        kind=NOT_CALLED_FOR,
    ),
    Status(
        id="barnet.concern-remains.mediated",
        law=law(("B-36",), "on concerns during proceedings", modality=Modality.CONDITION, verb="remain dissatisfied"),
        act="mediation ended without agreement",
        trigger=fact("outcome", stage=S.MEDIATION, result="not_agreed"),
        given=(_OPEN,),
        when=(Present("court"),),
        kind="barnet.concern-remains",
        identity="trigger.dispute",
    ),
    Status(
        id="barnet.concern-remains",
        law=law(("B-36",), "on concerns during proceedings", modality=Modality.CONDITION, verb="remain dissatisfied"),
        act="mediation has not removed the dissatisfaction",
        trigger=by_reading(
            REMAINS,
            iro=fact("decided", by="iro", about=T.STILL_DISSATISFIED, result="holds"),
            either=fact("decided", by=("iro", R.SOCIAL_WORK_TEAM), about=T.STILL_DISSATISFIED, result="holds"),
        ),
        given=(_OPEN,),
        when=(Present("court"),),
        identity="trigger.dispute",
    ),
    Duty(
        id="barnet.concern-legal-advice",
        law=law(("B-37",), "on concerns during proceedings", verb="must"),
        act="seek legal advice through the Principal Lawyer",
        bearer="iro",
        to=R.PRINCIPAL_LAWYER,
        trigger=Pattern("barnet.concern-remains"),
        met_by=(
            seek(
                "request",
                fact("requested", by="iro", to=R.PRINCIPAL_LAWYER, about="legal_advice"),
                on={"ref": "trigger.dispute"},
                since="trigger",
            ),
        ),
        lapses=_AGREED,
        contact=R.PRINCIPAL_LAWYER,
        note="Before proceedings the same way is open, and not required.",
    ),
)

LADDER = Ladder(
    id="barnet.concern",
    title="the concern during proceedings",
    law=law(
        ("B-33", "B-36"), "on concerns during proceedings", modality=Modality.CONDITION, verb="remain dissatisfied"
    ),
    topic="concern",
    opens=Pattern(DURING),
    stages=(
        Stage(
            id=S.MEDIATION,
            title="mediation by the Permanency Progression Manager",
            entered_by="opening",
            limit=("barnet.concern-mediated",),
            law=law(("B-34",), "on concerns during proceedings", modality=Modality.CONDITION),
        ),
        Stage(
            id=S.ADVICE,
            title="advice through the Principal Lawyer",
            entered_by=outcome_of(S.MEDIATION),
            limit=("barnet.concern-legal-advice",),
            law=law(("B-36", "B-37"), "on concerns during proceedings", modality=Modality.CONDITION, verb="must"),
        ),
    ),
    counted=True,
    rules=ON_THE_WAY,
)

RULES = (LADDER,)
