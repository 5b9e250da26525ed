"""How judgements stand, and the rows that derivations make, for all triggers at once."""

from __future__ import annotations

import polars as pl

from iro_rules.engines.columnar.conditions import all_hold
from iro_rules.engines.columnar.obligations import Outcome
from iro_rules.engines.columnar.plan import Plan
from iro_rules.engines.columnar.rows import Hand, filled, nulls, one
from iro_rules.rulebook.core import Judge
from iro_rules.rulebook.terms import Standing


def first_verdict(plan: Plan, production: Judge, hand: Hand, missing: pl.Series | None) -> Outcome:
    """The first standing whose conditions hold, not evaluable where that cannot be known; null for no verdict."""
    codes = {name: one(code, pl.UInt8) for name, code in plan.standings.items()}
    standing = nulls(hand.size, pl.UInt8)
    open_ = filled(hand.size, True, pl.Boolean)
    if missing is not None:
        open_ = missing == 0
        standing = standing.zip_with(open_, codes[Standing.NOT_EVALUABLE])
    for conditions, candidate in production.verdicts:
        true, unseen = all_hold(plan, production, conditions, hand)
        holds = open_ if true is True else open_ & true
        standing = codes[candidate].zip_with(holds, standing)
        open_ = open_ & ~holds
        if unseen is not None:
            stuck = open_ & (unseen != 0)
            standing = codes[Standing.NOT_EVALUABLE].zip_with(stuck, standing)
            missing = unseen.zip_with(stuck, one(0, pl.Int64) if missing is None else missing)
            open_ = open_ & ~stuck
    if production.otherwise is not None:
        standing = codes[production.otherwise].zip_with(open_, standing)
    return Outcome(standing, missing)
