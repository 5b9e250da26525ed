"""Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959): a module for each Part."""

from __future__ import annotations

from iro_rules.national.regulations import (
    care_plan,
    early_reviews,
    iro,
    placements,
    policy,
    review_conduct,
    review_matters,
    review_outcome,
    review_times,
    reviews,
    reviews_before_an_end,
    short_breaks,
    visits,
    visits_made,
)
from iro_rules.rulebook.rules import AnyRule

RULES: tuple[AnyRule, ...] = (
    *care_plan.RULES,
    *placements.RULES,
    *visits_made.RULES,
    *visits.RULES,
    *reviews.RULES,
    *review_times.RULES,
    *early_reviews.RULES,
    *reviews_before_an_end.RULES,
    *review_matters.RULES,
    *review_conduct.RULES,
    *review_outcome.RULES,
    *policy.RULES,
    *iro.RULES,
    *short_breaks.RULES,
)
