"""Aldbury: what silence does at each of four stages, and who must then move the matter on, which changes by stage.

A second ladder lets silence count as acceptance; a third leaves it unsaid.
"""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Disagreement, Ladder, Notice, Silence, Stage, fact, silence_of
from tests.wide.made import LAW, days, protocol


class Stages(Term):
    """Aldbury's stages."""

    TEAM = "team"
    SERVICE = "service"
    HEAD = "head"
    DIRECTOR = "director"
    PLAN = "plan"
    ASK = "ask"


S = Stages

DISPUTE = Ladder(
    id="aldbury.dispute",
    title="the dispute",
    law=LAW,
    opens=fact("raised", by=Role.IRO, about="dispute"),
    stages=(
        Stage(
            id=S.TEAM,
            title="the Team Manager",
            entered_by="opening",
            answers=Answer(by=Role.TEAM_MANAGER, within=days("aldbury.team.within", 5)),
            silence=Silence.ESCALATE,
            disagreement=Disagreement.ESCALATE,
            escalator=Role.IRO,
            escalate_within=days("aldbury.team.escalate.within", 2),
        ),
        Stage(
            id=S.SERVICE,
            title="the senior manager",
            answers=Answer(by=Role.SENIOR_MANAGER, within=days("aldbury.service.within", 3)),
            silence=Silence.CONSIDER,
            disagreement=Disagreement.CONSIDER,
            escalator=Role.IRO_MANAGER,
        ),
        Stage(
            id=S.HEAD,
            title="the local authority's panel",
            answers=Answer(by=Role.LOCAL_AUTHORITY, within=days("aldbury.head.within", 3)),
            silence=Silence.ESCALATE,
        ),
        Stage(
            id=S.DIRECTOR,
            title="the Director",
            entered_by=(silence_of(S.HEAD), S.HEAD, "step"),
            notices=Notice(by=Role.IRO_MANAGER, to=Role.DIRECTOR, within=days("aldbury.director.tell.within", 1)),
        ),
    ),
)

PLAN = Ladder(
    id="aldbury.plan",
    title="the proposed plan",
    law=LAW,
    topic="care_plan",
    opens=fact("raised", by=Role.IRO, about="care_plan"),
    stages=(
        Stage(
            id=S.PLAN,
            title="the proposal to the Team Manager",
            entered_by="opening",
            answers=Answer(by=Role.TEAM_MANAGER, within=days("aldbury.plan.within", 10)),
            silence=Silence.DEEMED_ACCEPTED,
        ),
    ),
    counted=True,
)

ASK = Ladder(
    id="aldbury.ask",
    title="the question",
    law=LAW,
    topic="legal_query",
    opens=fact("raised", by=Role.IRO, about="legal_query"),
    stages=(
        Stage(
            id=S.ASK,
            title="the question to the lawyers",
            entered_by="opening",
            answers=Answer(by=Role.LEGAL_DEPARTMENT, within=days("aldbury.ask.within", 5)),
        ),
    ),
)

PROTOCOLS = (protocol("aldbury", DISPUTE, PLAN, ASK, vocabulary=(("stage", Stages),)),)
