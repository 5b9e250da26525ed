"""Dunmarsh: colours, and whose decision it is, decide where a concern starts, its clocks and who is alerted."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import (
    UNKNOWN,
    Answer,
    Conflict,
    Ladder,
    Notice,
    Present,
    Silence,
    Stage,
    Status,
    fact,
    found,
    opening,
    seek,
    step,
)
from tests.wide.made import LAW, days, hours, protocol


class Colours(Term):
    """How serious a concern is, in Dunmarsh's words."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Stages(Term):
    """Dunmarsh's stages."""

    TEAM = "team"
    HEAD = "head"
    DIRECTOR = "director"


S, C = Stages, Colours
RAISED = fact("raised", by=Role.IRO, about="concern")
AGAIN = Status(
    id="dunmarsh.again",
    law=LAW,
    act="a concern about what an earlier one was about",
    trigger=RAISED,
    given=(seek("earlier", RAISED, "owner", before="trigger"),),
    when=(Present("earlier"),),
)

CONCERN = Ladder(
    id="dunmarsh.concern",
    title="the concern",
    law=LAW,
    topic="concern",
    opens=RAISED,
    stages=(
        Stage(
            id=S.TEAM,
            title="the Team Manager",
            entered_by=opening(severity=(C.AMBER, C.GREEN)),
            answers=(
                Answer(
                    by=Role.TEAM_MANAGER, only={"severity": C.AMBER}, name="amber", within=hours("dunmarsh.amber", 24)
                ),
                Answer(
                    by=Role.TEAM_MANAGER, only={"severity": C.GREEN}, name="green", within=days("dunmarsh.green", 5)
                ),
            ),
            silence=Silence.ESCALATE,
            escalator=Role.IRO,
            notices=(
                Notice(by=Role.IRO, to=Role.TEAM_MANAGER, only={"owner": Role.TEAM_MANAGER}, name="owner"),
                Notice(by=Role.IRO, to=Role.LEGAL_DEPARTMENT, only={"owner": Role.LEGAL_DEPARTMENT}, name="owner"),
            ),
        ),
        Stage(
            id=S.HEAD,
            title="the senior manager",
            entered_by=(opening(severity=C.RED), found(fact("dunmarsh.again")), step()),
            answers=(
                Answer(by=Role.SENIOR_MANAGER, only={"severity": C.RED}, name="red", within=hours("dunmarsh.red", 4)),
                Answer(
                    by=Role.SENIOR_MANAGER,
                    only={"severity": (C.AMBER, C.GREEN)},
                    name="other",
                    within=days("dunmarsh.other", 2),
                ),
            ),
            silence=Silence.CONSIDER,
            escalator=Role.IRO,
            notices=Notice(by=Role.IRO, to=Role.DIRECTOR, only={"severity": C.RED}, within=hours("dunmarsh.alert", 1)),
        ),
        Stage(
            id=S.DIRECTOR,
            title="the Director",
            answers=Answer(by=Role.DIRECTOR, within=days("dunmarsh.director", 3)),
        ),
    ),
    rules=(
        AGAIN,
        Conflict(
            id="dunmarsh.concern.no-colour",
            law=LAW,
            act="no colour was given, so nothing says where the concern starts",
            trigger=fact("raised", by=Role.IRO, about="concern", severity=UNKNOWN),
        ),
    ),
)

PROTOCOLS = (protocol("dunmarsh", CONCERN, vocabulary=(("stage", Stages), ("severity", Colours))),)
