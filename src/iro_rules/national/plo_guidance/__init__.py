"""Good practice guidance for IROs on the Public Law Outline: a module for each subject, in the document's order."""

from __future__ import annotations

from iro_rules.national.plo_guidance import (
    care_proceedings,
    closure,
    course,
    disagreement,
    final_care_planning,
    guardian,
    pre_proceedings,
    service,
    significant_changes,
    statements,
)

RULES = (
    *course.RULES,
    *service.RULES,
    *pre_proceedings.RULES,
    *care_proceedings.RULES,
    *statements.RULES,
    *final_care_planning.RULES,
    *disagreement.RULES,
    *guardian.RULES,
    *closure.RULES,
    *significant_changes.RULES,
)
