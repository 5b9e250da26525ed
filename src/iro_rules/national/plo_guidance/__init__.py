"""Good practice guidance for IROs on the Public Law Outline: a module for each of its sections."""

from __future__ import annotations

from iro_rules.national.plo_guidance import final_care_planning, service

RULES = (*service.RULES, *final_care_planning.RULES)
