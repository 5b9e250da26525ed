"""How obligations stand, for all triggers at once, and the rows they give rise to."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce

import attrs
import polars as pl

from iro_rules.engines.columnar.deadlines import Due
from iro_rules.engines.columnar.rows import ROW, TYPES, Hand, either, filled, nulls, one, there, where, yes
from iro_rules.engines.columnar.scale import EPOCH
from iro_rules.engines.rows import AsOf
from iro_rules.facts.kinds import BITS, TIME_OF_DAY
from iro_rules.rulebook.core import Owe
from iro_rules.rulebook.terms import Standing


@attrs.frozen(eq=False)
class Act:
    """The rows by which an act was done: their `order`, `day`, `fact` and `at`, null where it was not.

    A column is made when it is asked for; None where it is empty from top to bottom.
    """

    column: Callable[[str], pl.Series | None]

    def row(self, name: str) -> pl.Series:
        """One of the columns every row has."""
        column = self.column(name)
        assert column is not None
        return column


@attrs.frozen(eq=False)
class Outcome:
    """How each trigger stands (a code, see `Plan.standings`), and the bits of what is missing (None: nothing)."""

    standing: pl.Series
    missing: pl.Series | None

    def take(self, index: pl.Series) -> Outcome:
        """The same for some of the triggers."""
        return Outcome(self.standing[index], None if self.missing is None else self.missing[index])


def discharge(production: Owe, hand: Hand) -> Act:
    """The last of all the rows that are needed, or the first where any will do."""
    first, *others = [hand.held[name] for name in production.done]
    best, better = first.row("order"), []
    for held in others:
        order = held.row("order")
        wins = order > best if production.needs == "all" else order < best
        better.append(yes(wins) | ~there(best))
        best = order.zip_with(better[-1], best)
    founds = [found for held in (first, *others) if (found := held.found()) is not None]
    done = reduce(operator.and_, founds) if founds and production.needs == "all" else None

    def column(name: str) -> pl.Series | None:
        columns = [held.column(ROW, name) for held in (first, *others)]
        if not others or all(column is None for column in columns):
            return columns[0]
        known = [nulls(hand.size, TYPES[name]) if column is None else column for column in columns]
        found = known[0]
        for other, wins in zip(known[1:], better, strict=True):
            found = other.zip_with(wins, found)
        return found if done is None else where(done, found)

    return Act(column)


def owe(
    production: Owe,
    hand: Hand,
    act: Act,
    due: Due,
    missing: pl.Series | None,
    *,
    as_of: AsOf,
    standings: Mapping[str, int],
) -> Outcome:
    """How each obligation stands: what is said later here overrides what is said before."""

    def code(name: str) -> pl.Series:
        return one(standings[name], pl.UInt8)

    standing = filled(hand.size, standings[Standing.OPEN], pl.UInt8)
    passed = _passed(due, as_of)
    if passed is not None:
        standing = code(Standing.OVERDUE).zip_with(passed, standing)
    if production.lapse:
        lapse = hand.held[production.lapse].row("day")
        lapsed = there(lapse)
        if due.on is not None and not production.lapse_late:
            lapsed = lapsed & (~there(due.on) | (lapse <= due.on))
        standing = code(Standing.LAPSED).zip_with(lapsed, standing)
    unseen = either(*(hand.unknown[name] for name in (*production.done, production.lapse) if name))
    done = there(act.row("day"))
    if unseen is not None:
        unseen = one(0, pl.Int64).zip_with(done, unseen)
        standing = code(Standing.NOT_EVALUABLE).zip_with(unseen != 0, standing)
    standing = code(Standing.MET).zip_with(done, standing)
    late, untimed = _late(act, due, hand.size)
    if late is not None:
        standing = code(Standing.MET_LATE).zip_with(late, standing)
    if untimed is not None:
        standing = code(Standing.NOT_EVALUABLE).zip_with(untimed, standing)
        unseen = either(unseen, untimed.cast(pl.Int64) * BITS[TIME_OF_DAY])
    told = either(missing, due.missing)
    if told is not None:
        known = told == 0
        standing = standing.zip_with(known, code(Standing.NOT_EVALUABLE))
        unseen = told if unseen is None else unseen.zip_with(known, told)
    return Outcome(standing, unseen)


def _passed(due: Due, as_of: AsOf) -> pl.Series | None:
    """Whether each deadline lies behind the moment asked about; null where there is none."""
    if due.at is not None:
        return due.at < as_of.second
    return None if due.on is None else due.on < as_of.day - EPOCH


def _late(act: Act, due: Due, size: int) -> tuple[pl.Series | None, pl.Series | None]:
    """Whether each act came after its deadline, and where only the time of day could tell, which is not known.

    The first is null where there is no deadline or no act.
    """
    if due.on is None:
        return None, None
    day = act.row("day")
    late = day > due.on
    if due.at is None:
        return late, None
    same_day, at = day == due.on, act.column("at")
    at = nulls(size, pl.Int64) if at is None else at
    untimed = yes(same_day & ~there(at))
    return (at > due.at).zip_with(same_day, late), untimed if untimed.any() else None
