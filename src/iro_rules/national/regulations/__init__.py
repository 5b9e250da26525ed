"""Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959): a module for each Part."""

from __future__ import annotations

from iro_rules.national.regulations import care_plan, iro, placements, policy, reviews, short_breaks, visits

RULES = (
    *care_plan.RULES,
    *placements.RULES,
    *visits.RULES,
    *reviews.RULES,
    *policy.RULES,
    *iro.RULES,
    *short_breaks.RULES,
)
