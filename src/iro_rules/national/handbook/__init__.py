"""IRO Handbook 2010 (statutory guidance): a module for each of its subjects, in the order of its chapters."""

from __future__ import annotations

from iro_rules.national.handbook import appointment, arrangements, caseloads, preparation, proceedings, service

RULES = (
    *appointment.RULES,
    *preparation.RULES,
    *proceedings.RULES,
    *arrangements.RULES,
    *caseloads.RULES,
    *service.RULES,
)
