"""How obligations stand, for all triggers at once, and the rows they give rise to."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import polars as pl

from iro_rules.engines.columnar.deadlines import Due
from iro_rules.engines.columnar.rows import ROW, Hand, either, filled, nulls, where
from iro_rules.engines.columnar.scale import EPOCH
from iro_rules.engines.rows import AsOf
from iro_rules.facts.kinds import BITS, TIME_OF_DAY
from iro_rules.rulebook.core import Owe
from iro_rules.rulebook.terms import Standing


@attrs.frozen(eq=False)
class Act:
    """The rows by which an act was done, null where it was not; `at` is None where none has a time."""

    order: pl.Series
    day: pl.Series
    at: pl.Series | None
    fact: pl.Series


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
    held = [hand.held[name] for name in production.done]
    acts = [Act(h.row("order"), h.row("day"), h.column(ROW, "at"), h.row("fact")) for h in held]
    best = acts[0]
    for act in acts[1:]:
        better = act.order > best.order if production.needs == "all" else act.order < best.order
        better = better.fill_null(False) | best.order.is_null()
        timed = act.at is not None or best.at is not None
        best = Act(
            act.order.zip_with(better, best.order),
            act.day.zip_with(better, best.day),
            _times(act, hand.size).zip_with(better, _times(best, hand.size)) if timed else None,
            act.fact.zip_with(better, best.fact),
        )
    if production.needs == "all":
        for act in acts if len(acts) > 1 else ():
            there = act.order.is_not_null()
            at = None if best.at is None else where(there, best.at)
            best = Act(where(there, best.order), where(there, best.day), at, where(there, best.fact))
    return best


def _times(act: Act, size: int) -> pl.Series:
    return nulls(size, pl.Int64) if act.at is None else act.at


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
        return filled(1, standings[name], pl.UInt8)

    standing = filled(hand.size, standings[Standing.OPEN], pl.UInt8)
    passed = _passed(due, as_of)
    if passed is not None:
        standing = code(Standing.OVERDUE).zip_with(passed, standing)
    if production.lapse:
        lapse = hand.held[production.lapse].row("day")
        lapsed = lapse.is_not_null()
        if due.on is not None:
            lapsed = lapsed & (due.on.is_null() | (lapse <= due.on))
        standing = code(Standing.LAPSED).zip_with(lapsed, standing)
    unseen = either(*(hand.unknown[name] for name in (*production.done, production.lapse) if name))
    done = act.day.is_not_null()
    if unseen is not None:
        unseen = filled(1, 0, pl.Int64).zip_with(done, unseen)
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
    late = act.day > due.on
    if due.at is None:
        return late, None
    same_day, at = act.day == due.on, _times(act, size)
    untimed = (same_day & at.is_null()).fill_null(False)
    return (at > due.at).zip_with(same_day, late), untimed if untimed.any() else None
