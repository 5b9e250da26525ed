"""Ossenby: a ladder of tiers made from a list, the middle one kept by a panel, the last for information only."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Disagreement, Ladder, Notice, Silence, Stage, fact
from tests.wide.made import LAW, days, protocol


class Roles(Term):
    """Whoever answers at a tier that the national roles do not name."""

    SERVICE_MANAGER = "service_manager"
    MIDDLE_PANEL = "middle_panel"
    ASSISTANT_DIRECTOR = "assistant_director"


class Stages(Term):
    """A stage for each tier."""

    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
    TIER_4 = "tier_4"
    REPORT = "report"


TIERS = (
    (Stages.TIER_1, Role.TEAM_MANAGER, Role.IRO, 5),
    (Stages.TIER_2, Roles.SERVICE_MANAGER, Role.IRO, 5),
    (Stages.TIER_3, Roles.MIDDLE_PANEL, Role.IRO_MANAGER, 10),
    (Stages.TIER_4, Roles.ASSISTANT_DIRECTOR, Role.IRO_MANAGER, 3),
)

DISPUTE = Ladder(
    id="ossenby.dispute",
    title="the dispute",
    law=LAW,
    opens=fact("raised", by=Role.IRO, about="dispute"),
    stages=(
        *(
            Stage(
                id=stage,
                title=f"tier {n}",
                entered_by="opening" if n == 1 else TIERS[n - 2][0],
                answers=Answer(by=role, within=days(f"ossenby.{stage}.within", count)),
                silence=Silence.ESCALATE,
                disagreement=Disagreement.ESCALATE if n == len(TIERS) else Disagreement.NOTHING,
                escalator=escalator,
            )
            for n, (stage, role, escalator, count) in enumerate(TIERS, 1)
        ),
        Stage(
            id=Stages.REPORT,
            title="the report to the Director",
            notices=Notice(by=Role.IRO_MANAGER, to=Role.DIRECTOR, within=days("ossenby.report.within", 2)),
            ends=True,
        ),
    ),
    counted=True,
)

PROTOCOLS = (protocol("ossenby", DISPUTE, vocabulary=(("stage", Stages), ("role", Roles))),)
