"""Tests of patterns, and conditions in three values: true, false, or unknown for want of something named in bits."""

from __future__ import annotations

from typing import Any

import polars as pl

from iro_rules.engines.columnar.plan import CODE, TEXT, Plan, view_of
from iro_rules.engines.columnar.rows import Hand, Rows, either, filled, one, there, where, yes
from iro_rules.facts.kinds import BITS, FIELD_NOT_GIVEN
from iro_rules.rulebook.core import Production
from iro_rules.rulebook.terms import Compare, Condition, Pattern, Present, Test

Truth = tuple[pl.Series | bool, pl.Series | None]
"""Whether something is true, and the bits that keep it from being known (None, or 0 in a row, where nothing does)."""


def passing(plan: Plan, pattern: Pattern, rows: Rows) -> pl.Series | None:
    """Which rows pass every test of a pattern (null counts as no); None where there is no test."""
    mask: pl.Series | None = None
    for test in pattern.where:
        if test not in rows.tested:
            view = view_of(plan.holds(pattern.kind, test.field))
            rows.tested[test] = _passes(rows.column(TEXT if view == CODE else view, test.field), test, rows.size)
        mask = rows.tested[test] if mask is None else mask & rows.tested[test]
    return mask


def _passes(column: Any, test: Test, size: int) -> Any:
    values = test.value if test.op == "in" else (test.value,)
    blank = test.op == "unknown" or (test.op in ("eq", "in") and None in values)
    if column is None:
        return filled(size, blank, pl.Boolean)
    match test.op:
        case "known":
            return column.is_not_null()
        case "unknown":
            return column.is_null()
        case "has":
            return column.list.contains(test.value)
        case "gt":
            return column > test.value
        case "lt":
            return column < test.value
        case "eq" if not blank:
            return column == test.value
        case _:
            found = column.is_in([value for value in values if value is not None])
            return found.fill_null(True) if blank else yes(found)


def all_hold(plan: Plan, production: Production, conditions: tuple[Condition, ...], hand: Hand) -> Truth:
    """Whether all conditions hold; where none is false but some cannot be known, the bits that are missing."""
    false: pl.Series | None = None
    missing: pl.Series | None = None
    for condition in conditions:
        true, unseen = holds(plan, production, condition, hand)
        no = filled(hand.size, not true, pl.Boolean) if isinstance(true, bool) else ~true
        if unseen is not None:
            no = no & (unseen == 0)
            missing = unseen if missing is None else missing | unseen
        false = no if false is None else false | no
    if false is None:
        return True, None
    if missing is None:
        return ~false, None
    missing = where(false, one(0, pl.Int64), missing)
    return ~false & (missing == 0), missing


def unmatched(plan: Plan, production: Production, hand: Hand) -> Hand:
    """The same hand, with what look-ups did not find unknown where that is for want of a value to match or bound by."""
    unknown = dict(hand.unknown)
    for lookup in production.lookups:
        found = hand.held[lookup.name].found()
        if found is None:
            continue
        blanks = [_blank(plan, production, path, hand) for path in lookup.matched_by()]
        bits = either(*blanks, *(unknown.get(name) for name in lookup.leans_on()))
        if bits is not None:
            unknown[lookup.name] = either(unknown[lookup.name], where(~found, bits, one(0, pl.Int64)))
    return Hand(hand.size, hand.held, unknown)


def _blank(plan: Plan, production: Production, path: str, hand: Hand) -> pl.Series | None:
    """The bit of a blank field where the row that a path names is there and its field is not; None if it always is."""
    column = hand.column(plan.view(production, path), path)
    blank = filled(hand.size, True, pl.Boolean) if column is None else ~there(column)
    found = hand.held[path.partition(".")[0]].found()
    blank = blank if found is None else blank & found
    return blank.cast(pl.Int64) * BITS[FIELD_NOT_GIVEN] if blank.any() else None


def holds(plan: Plan, production: Production, condition: Condition, hand: Hand) -> Truth:
    """Whether one condition holds, or the bits that keep it from being known."""
    if isinstance(condition, Compare):
        return _compared(plan, production, condition, hand)
    wanted = isinstance(condition, Present)
    found = hand.held[condition.name].found()
    if found is None:
        return wanted, None
    unknown = hand.unknown[condition.name]
    if unknown is None:
        return found if wanted else ~found, None
    return found if wanted else ~found & (unknown == 0), unknown


def _compared(plan: Plan, production: Production, condition: Compare, hand: Hand) -> Truth:
    view = plan.view(production, condition.left)
    if condition.right is None:
        left = hand.column(TEXT if view == CODE else view, condition.left)
        right: Any = condition.constant
        names = [condition.left.partition(".")[0]]
    else:
        left, right = hand.column(view, condition.left), hand.column(view, condition.right)
        names = [path.partition(".")[0] for path in (condition.left, condition.right)]
    if left is None or right is None:
        true = filled(hand.size, False, pl.Boolean)
        blank = filled(hand.size, True, pl.Boolean)
    else:
        true = _compare(left, condition.op, right)
        blank, true = ~there(true), yes(true)
    if not blank.any():
        return true, None
    missing = blank.cast(pl.Int64) * BITS[FIELD_NOT_GIVEN]
    for name in reversed(names):
        found = hand.held[name].found()
        if found is not None:
            unknown = hand.unknown[name]
            missing = where(found, missing, one(0, pl.Int64) if unknown is None else unknown)
    return true, missing


def _compare(left: Any, op: str, right: Any) -> Any:
    match op:
        case "eq":
            return left == right
        case "ne":
            return left != right
        case "lt":
            return left < right
        case "le":
            return left <= right
        case "gt":
            return left > right
        case _:
            return left >= right
