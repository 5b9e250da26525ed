"""Eastmere and Norwold share one protocol; Westmere's is based on it; a new edition takes its place on a date."""

from __future__ import annotations

import attrs

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Contact, Duty, Ladder, Silence, Stage, fact, seek
from tests.wide.made import LAW, days, protocol


class Stages(Term):
    """The stages of all of them."""

    TEAM = "team"
    SERVICE = "service"


TEAM = Stage(
    id=Stages.TEAM,
    title="the Team Manager",
    entered_by="opening",
    answers=Answer(by=Role.TEAM_MANAGER, within=days("eastmere.team.within", 5)),
    silence=Silence.ESCALATE,
    escalator=Role.IRO,
)
SERVICE = Stage(
    id=Stages.SERVICE,
    title="the senior manager",
    answers=Answer(by=Role.SENIOR_MANAGER, within=days("eastmere.service.within", 4)),
)
CONCERN = Ladder(
    id="eastmere.concern",
    title="the concern",
    law=LAW,
    topic="concern",
    opens=fact("raised", by=Role.IRO, about="concern"),
    stages=(TEAM, SERVICE),
)
RECORD = Duty(
    id="eastmere.record",
    law=LAW,
    act="put the concern on the child's file",
    bearer=Role.IRO,
    trigger=fact("raised", by=Role.IRO, about="concern"),
    within=days("eastmere.record.within", 1),
    met_by=(seek("record", fact("recorded", about="concern"), "dispute", since="trigger"),),
    contact=Role.IRO,
)
COPY = Duty(
    id="eastmere.copy",
    law=LAW,
    act="send the IRO manager a copy",
    bearer=Role.IRO,
    to=Role.IRO_MANAGER,
    trigger=fact("raised", by=Role.IRO, about="concern"),
    met_by=(seek("copy", fact("told", by=Role.IRO, to=Role.IRO_MANAGER, about="concern"), "dispute"),),
)

EASTMERE = protocol(
    "eastmere",
    CONCERN,
    RECORD,
    COPY,
    contacts=(Contact(role=Role.IRO, title="the IRO"),),
    vocabulary=(("stage", Stages),),
    shared_with=("Norwold Council",),
)

WESTMERE = protocol(
    "westmere",
    attrs.evolve(
        CONCERN,
        stages=(
            attrs.evolve(TEAM, answers=Answer(by=Role.TEAM_MANAGER, within=days("westmere.team.within", 3))),
            SERVICE,
        ),
    ),
    based_on=EASTMERE,
    without=("eastmere.copy",),
)

EASTMERE_2026 = protocol(
    "eastmere-2026",
    attrs.evolve(
        CONCERN,
        id="eastmere.concern.from-2026",
        stages=(
            attrs.evolve(
                TEAM,
                answers=Answer(by=Role.TEAM_MANAGER, within=days("eastmere.team.within.from-2026", 2)),
                silence=Silence.UNSPECIFIED,
                escalator=(),
            ),
        ),
    ),
    based_on=EASTMERE,
    supersedes=EASTMERE,
    without=("eastmere.concern", "eastmere.copy"),
    start="2026-03-10",
)

PROTOCOLS = (EASTMERE, WESTMERE, EASTMERE_2026)
