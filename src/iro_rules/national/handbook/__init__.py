"""IRO Handbook 2010 (statutory guidance): a module for each of its subjects, in the order of its chapters."""

from __future__ import annotations

from iro_rules.national.handbook import (
    after_review,
    appointment,
    arrangements,
    caseloads,
    disputes,
    guardian,
    hearings,
    monitoring,
    preparation,
    proceedings,
    role,
    service,
)

RULES = (
    *role.RULES,
    *appointment.RULES,
    *preparation.RULES,
    *after_review.RULES,
    *monitoring.RULES,
    *disputes.RULES,
    *proceedings.RULES,
    *hearings.RULES,
    *guardian.RULES,
    *arrangements.RULES,
    *caseloads.RULES,
    *service.RULES,
)
