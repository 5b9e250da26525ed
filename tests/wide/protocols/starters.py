"""Wexcombe: matters about children who may not be looked after, with criteria to open them and powers by who starts."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import (
    Answer,
    Contact,
    Ladder,
    Notice,
    Power,
    Present,
    Silence,
    Stage,
    Status,
    fact,
    opening,
    seek,
)
from tests.wide.made import LAW, days, protocol


class Roles(Term):
    """Who may raise a matter besides the IRO, and who is there when nobody else is."""

    CONFERENCE_CHAIR = "child_protection_conference_chair"
    DUTY_DESK = "duty_desk"
    SAFEGUARDING_PARTNERSHIP = "safeguarding_partnership"


class Events(Term):
    """What makes a child known without being looked after."""

    PROTECTION_PLAN = "child_protection_plan_started"


class Stages(Term):
    """Wexcombe's stages."""

    CHAIRED = "raised_by_a_chair"
    REVIEWED = "raised_by_an_iro"
    HEAD = "head_of_safeguarding"


R, S = Roles, Stages
KNOWN_CHILD = "wexcombe.known-child"
CARE = Status(
    id=KNOWN_CHILD,
    law=LAW,
    act="the child is looked after",
    trigger=fact("became_looked_after"),
)
PLAN = Status(
    id=f"{KNOWN_CHILD}.plan",
    law=LAW,
    act="the child has a child protection plan",
    trigger=fact("happened", event=Events.PROTECTION_PLAN),
    kind=KNOWN_CHILD,
)

CONCERN = Ladder(
    id="wexcombe.concern",
    title="the concern",
    law=LAW,
    topic="concern",
    opens=fact("raised", by=(Role.IRO, R.CONFERENCE_CHAIR), about="concern"),
    criteria=(
        seek("known", fact(KNOWN_CHILD), until="trigger"),
        seek("talk", fact("told", to=Role.SOCIAL_WORKER, about="concern"), "dispute", "by", until="trigger"),
    ),
    criteria_act="raise a concern only about a child in care or with a plan, and after talking to the social worker",
    stages=(
        Stage(
            id=S.CHAIRED,
            title="the concern of a chair",
            entered_by=opening(by=R.CONFERENCE_CHAIR),
            answers=Answer(by=Role.TEAM_MANAGER, to=R.CONFERENCE_CHAIR, within=days("wexcombe.chaired.within", 2)),
            silence=Silence.ESCALATE,
            escalator=R.CONFERENCE_CHAIR,
        ),
        Stage(
            id=S.REVIEWED,
            title="the concern of an IRO",
            entered_by=opening(by=Role.IRO),
            answers=Answer(by=Role.TEAM_MANAGER, within=days("wexcombe.reviewed.within", 5)),
            silence=Silence.ESCALATE,
            escalator=Role.IRO,
            notices=Notice(by=Role.IRO, to=Role.SOCIAL_WORKER),
        ),
        Stage(
            id=S.HEAD,
            title="the head of safeguarding",
            answers=(
                Answer(by=Role.SENIOR_MANAGER, only={"started_by": Role.IRO}, name="iro", within=days("wexcombe.i", 3)),
                Answer(
                    by=Role.SENIOR_MANAGER,
                    to=R.CONFERENCE_CHAIR,
                    only={"started_by": R.CONFERENCE_CHAIR},
                    name="chair",
                    within=days("wexcombe.c", 1),
                ),
            ),
        ),
    ),
)
POWERS = (
    Power(
        id="wexcombe.cafcass",
        law=LAW,
        act="refer the case to Cafcass",
        bearer=Role.IRO,
        trigger=CONCERN.open(by=Role.IRO),
        given=(seek("care", fact("became_looked_after")),),
        when=(Present("care"),),
        contact=Role.CAFCASS,
    ),
    Power(
        id="wexcombe.partnership",
        law=LAW,
        act="take the concern to the safeguarding partnership",
        bearer=R.CONFERENCE_CHAIR,
        trigger=CONCERN.open(by=R.CONFERENCE_CHAIR),
        contact=R.SAFEGUARDING_PARTNERSHIP,
    ),
)

PROTOCOLS = (
    protocol(
        "wexcombe",
        CARE,
        PLAN,
        CONCERN,
        *POWERS,
        contacts=(
            Contact(role=Role.SOCIAL_WORKER, title="the social worker", stand_in=R.DUTY_DESK),
            Contact(role=R.DUTY_DESK, title="the duty desk", channel="its shared mailbox"),
        ),
        vocabulary=(("stage", Stages), ("role", Roles), ("event", Events)),
    ),
)
