"""Rochdale's dispute ladder, section 7: an informal stage, then four formal ones."""

from __future__ import annotations

from iro_rules.rulebook import Ladder, Silence, Stage, fact
from iro_rules_rochdale.dispute_at_any_stage import AT_ANY_STAGE, BECOMING_FORMAL, GUIDANCE
from iro_rules_rochdale.dispute_formal import FORMAL_STAGES
from iro_rules_rochdale.dispute_informal import INFORMAL, OPENED
from iro_rules_rochdale.source import condition
from iro_rules_rochdale.terms import DISPUTE, RochdaleRole, RochdaleStage

S, R = RochdaleStage, RochdaleRole

LADDER = Ladder(
    id=DISPUTE,
    title="the dispute",
    law=condition(("R7-13", "R7-17", "R7-22"), "7.2", "ends"),
    opens=OPENED,
    stages=(
        Stage(
            id=S.INFORMAL,
            title="the informal stage",
            entered_by="opening",
            answered_by="rochdale.dispute.team-manager-response",
            silence=Silence.UNSPECIFIED,
            escalator="iro",
            limit=("rochdale.dispute.raise-with-team-manager", "rochdale.dispute.team-manager-response"),
        ),
        Stage(
            id=S.MEETING,
            title="the three-way meeting",
            entered_by=S.INFORMAL,
            escalator="iro",
            limit=("rochdale.dispute.three-way-meeting",),
        ),
        Stage(
            id=S.SAFEGUARDING_MANAGER,
            title="the Service Manager for Safeguarding",
            escalator=R.SAFEGUARDING_MANAGER,
            limit=("rochdale.dispute.managers-discussion", "rochdale.dispute.escalate-to-service-director"),
        ),
        Stage(id=S.SERVICE_DIRECTOR, title="the Service Director", escalator=R.SAFEGUARDING_MANAGER),
        Stage(
            id=S.DIRECTOR,
            title="the Director of Children's Services",
            answered_by="rochdale.dispute.director-decision",
            silence=Silence.UNSPECIFIED,
            limit=("rochdale.dispute.director-decision",),
        ),
    ),
    closed_by=(fact("decided", by="director_of_childrens_services", about="dispute"),),
    rules=(*INFORMAL, *BECOMING_FORMAL, *FORMAL_STAGES, *GUIDANCE, *AT_ANY_STAGE),
)
