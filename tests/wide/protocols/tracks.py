"""Halmere: tracks beside the dispute, a referral that runs with it, and a track the other way, about an IRO.

There are also praise, which never escalates, and an act outside the ladder that needs leave.
"""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import (
    KNOWN,
    Answer,
    Duty,
    Gate,
    Ladder,
    Notice,
    Power,
    Present,
    Silence,
    Stage,
    fact,
    seek,
)
from tests.wide.made import LAW, days, protocol


class Stages(Term):
    """Halmere's stages, of all its ladders."""

    TEAM = "team"
    COMPLAINT = "complaint"
    COMPLAINT_2 = "complaint_2"
    SHARED = "shared"
    IRO_MANAGER = "iro_manager_stage"


class Topics(Term):
    """What Halmere raises besides disputes."""

    GOOD_PRACTICE = "good_practice"
    IRO_CONDUCT = "iro_conduct"
    SERIOUS_HARM = "serious_harm"


S, T = Stages, Topics

DISPUTE = Ladder(
    id="halmere.dispute",
    title="the dispute",
    law=LAW,
    opens=fact("raised", by=Role.IRO, about="dispute"),
    stages=(
        Stage(
            id=S.TEAM,
            title="the Team Manager",
            entered_by="opening",
            answers=Answer(by=Role.TEAM_MANAGER, within=days("halmere.team.within", 5)),
            # The child hears at once that a complaint and an advocate are open beside the dispute.
            notices=Notice(by=Role.IRO, to=Role.CHILD, about="advocacy"),
        ),
    ),
    closed_by=(fact("agreed", by=Role.IRO, about="dispute", dispute=KNOWN),),
    counted=True,
)
REFERRAL = Duty(
    id="halmere.dispute.refer",
    law=LAW,
    act="refer the case to Cafcass at the same time, where serious harm is likely",
    bearer=Role.IRO,
    to=Role.CAFCASS,
    trigger=fact("decided", by=Role.IRO, about=T.SERIOUS_HARM, result="holds", dispute=KNOWN),
    given=(seek("open", DISPUTE.open(), "dispute"),),
    when=(Present("open"),),
    within=days("halmere.refer.within", 1),
    met_by=(seek("referral", fact("told", by=Role.IRO, to=Role.CAFCASS), "dispute", since="trigger"),),
)
PRESS = Power(
    id="halmere.advice",
    law=LAW,
    act="ask lawyers outside for advice, once the IRO manager agrees",
    bearer=Role.IRO,
    trigger=DISPUTE.open(),
    permission=seek("leave", fact("agreed", by=Role.IRO_MANAGER, about="legal_advice"), "dispute"),
)
ASKED = Gate(
    id="halmere.advice-with-leave",
    law=LAW,
    act="ask lawyers outside only after the IRO manager agreed",
    bearer=Role.IRO,
    trigger=fact("requested", by=Role.IRO, about="legal_advice"),
    first=(
        seek(
            "leave",
            fact("agreed", by=Role.IRO_MANAGER, about="legal_advice"),
            on={"dispute": "trigger.ref"},
            until="trigger",
        ),
    ),
)
COMPLAINT = Ladder(
    id="halmere.complaint",
    title="the complaint",
    law=LAW,
    topic="complaint",
    opens=fact("raised", by=Role.CHILD, about="complaint"),
    stages=(
        Stage(
            id=S.COMPLAINT,
            title="the complaint's first stage",
            entered_by="opening",
            answers=Answer(by=Role.COMPLAINTS_MANAGER, to=Role.CHILD, within=days("halmere.complaint.within", 10)),
            silence=Silence.ESCALATE,
            escalator=Role.ADVOCATE,
            notices=Notice(by=Role.COMPLAINTS_MANAGER, to=(Role.ADVOCATE, Role.IRO)),
        ),
        Stage(
            id=S.COMPLAINT_2,
            title="the investigation",
            notices=Notice(by=Role.COMPLAINTS_MANAGER, to=Role.CHILD),
        ),
    ),
    counted=True,
)
PRAISE = Ladder(
    id="halmere.praise",
    title="the good practice",
    law=LAW,
    topic=T.GOOD_PRACTICE,
    opens=fact("raised", by=Role.IRO, about=T.GOOD_PRACTICE),
    stages=(
        Stage(
            id=S.SHARED,
            title="sharing it",
            entered_by="opening",
            notices=Notice(by=Role.IRO, to=Role.TEAM_MANAGER, copies=Role.SOCIAL_WORKER),
            ends=True,
        ),
    ),
)
REVERSE = Ladder(
    id="halmere.about-iro",
    title="the concern about an IRO",
    law=LAW,
    topic=T.IRO_CONDUCT,
    opens=fact("raised", by=(Role.TEAM_MANAGER, Role.SOCIAL_WORKER), about=T.IRO_CONDUCT),
    stages=(
        Stage(
            id=S.IRO_MANAGER,
            title="the IRO manager",
            entered_by="opening",
            answers=Answer(by=Role.IRO_MANAGER, to=Role.TEAM_MANAGER, within=days("halmere.about-iro.within", 3)),
            silence=Silence.CONSIDER,
            escalator=Role.TEAM_MANAGER,
        ),
    ),
)

PROTOCOLS = (
    protocol(
        "halmere",
        DISPUTE,
        REFERRAL,
        PRESS,
        ASKED,
        COMPLAINT,
        PRAISE,
        REVERSE,
        vocabulary=(("stage", Stages), ("topic", Topics)),
    ),
)
