"""Part 6 of the Regulations: the authority's policy on reviews (reg 34)."""

from __future__ import annotations

from iro_rules.national.regulations.source import law
from iro_rules.rulebook import StandingDuty

RULES = (
    StandingDuty(
        id="regulations.policy-on-reviews",
        law=law(("N-R18",), "reg 34 (its heading read; its text not)"),
        act="have a written policy on reviews, and carry it out",
        bearer="local_authority",
        to="child",
        arrangement="written_policy_on_reviews",
        shown_by="the policy, as adopted",
        note="What the policy must say was not read, and whether it is carried out is not judged here.",
    ),
)
