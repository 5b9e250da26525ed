"""Linsdale: open escalations are counted at the end of each month, and the figures are owed monthly."""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Unit
from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Duty, Ladder, Stage, fact, seek
from tests.wide.made import LAW, days, protocol


class Stages(Term):
    """Linsdale's stages."""

    TEAM = "team"


class Publications(Term):
    """What Linsdale's IRO service brings out."""

    OPEN_ESCALATIONS = "open_escalations"


ESCALATION = Ladder(
    id="linsdale.escalation",
    title="the escalation",
    law=LAW,
    opens=fact("raised", by=Role.IRO, about="dispute"),
    stages=(
        Stage(
            id=Stages.TEAM,
            title="the Team Manager",
            entered_by="opening",
            answers=Answer(by=Role.TEAM_MANAGER, within=days("linsdale.team.within", 5)),
        ),
    ),
    counted=True,
)
FIGURES = Duty(
    id="linsdale.figures",
    law=LAW,
    act="bring out the number of open escalations, within a month of the last",
    bearer=Role.IRO_SERVICE,
    trigger=fact("published", publication=Publications.OPEN_ESCALATIONS),
    within=Clock(Number("linsdale.figures.within", 1), Unit.MONTHS),
    met_by=(seek("next", fact("published", publication=Publications.OPEN_ESCALATIONS), after="trigger"),),
)

PROTOCOLS = (
    protocol(
        "linsdale", ESCALATION, FIGURES, vocabulary=(("stage", Stages), ("publication", Publications))
    ),
)  # fmt: skip
