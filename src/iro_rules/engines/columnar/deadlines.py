"""When the obligations of one production fall due, trigger by trigger, and what keeps that from being known."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.clock.deadline import HOUR
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Unit
from iro_rules.engines.columnar.days import Days, number_at
from iro_rules.engines.columnar.plan import NUMBER
from iro_rules.engines.columnar.rows import ROW, Hand, filled, nulls, one, there, where, which
from iro_rules.engines.columnar.scale import DAY
from iro_rules.facts.fields import LONDON
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, FIELD_NOT_GIVEN, TIME_OF_DAY
from iro_rules.rulebook.core import Owe


@attrs.frozen(eq=False)
class Due:
    """The day and (for hours) the instant, and bits of what is missing; None where a column would be empty."""

    on: pl.Series | None = None
    at: pl.Series | None = None
    missing: pl.Series | None = None


def deadline(production: Owe, hand: Hand, days: Days) -> Due:
    """The deadlines of all triggers in hand."""
    within = production.within
    if isinstance(within, AgreedDate):
        name = within.path.partition(".")[0]
        return Due(hand.column(NUMBER, within.path), None, hand.unknown.get(name))
    if not isinstance(within, Clock | Chosen):
        return Due()
    start = hand.day(production.anchor)
    if start is None:
        start = nulls(hand.size, pl.Int32)
    unclear = _no_anchor(production.anchor, start, hand)
    if isinstance(within, Chosen):
        counts = _chosen(within, hand)
        on = days.working_days(start, counts, tight=bool(within.tight))
        return Due(on, None, _missing(on, start, counts, unclear))
    number = number_at(within.number, hand.held["trigger"].row("day"))
    if within.unit is Unit.HOURS:
        at = hand.held[production.anchor].column(ROW, "at")
        return _hours(nulls(hand.size, pl.Int64) if at is None else at, start, number, unclear, days)
    on = _counted(start, number, within, days)
    return Due(on, None, _missing(on, start, number, unclear))


def _no_anchor(path: str, start: pl.Series, hand: Hand) -> pl.Series | None:
    """What is missing where there is no day to count from; 0 elsewhere."""
    if not start.null_count():
        return None
    name = path.partition(".")[0]
    found, unknown = hand.held[name].found(), hand.unknown.get(name)
    missing = (~there(start)).cast(pl.Int64) * BITS[FIELD_NOT_GIVEN]
    if found is None:
        return missing
    return where(found, missing, one(0, pl.Int64) if unknown is None else unknown)


def _missing(on: pl.Series, start: pl.Series, number: int | pl.Series, unclear: pl.Series | None) -> pl.Series | None:
    """The bits of what is missing where a day and a number lead to no deadline, or there is no day."""
    if not on.null_count():
        return None
    beyond = ~there(on) & there(start)
    if isinstance(number, pl.Series):
        beyond = beyond & there(number)
    bits = beyond.cast(pl.Int64) * BITS[BEYOND_CALENDAR]
    return bits if unclear is None else bits | unclear


def _counted(start: pl.Series, number: int | pl.Series, clock: Clock, days: Days) -> pl.Series:
    tight = bool(clock.tight)
    if isinstance(number, int):
        return days.due(start, number, clock.unit, clock.direction, tight=tight)
    on = nulls(len(start), pl.Int32)
    for count in number.drop_nulls().unique():
        some = which(number == count)
        on = on.scatter(some, days.due(start[some], count, clock.unit, clock.direction, tight=tight))
    return on


def _chosen(within: Chosen, hand: Hand) -> pl.Series:
    """The number of working days of each trigger: chosen within bounds, or the one for want of a choice."""
    trigger = hand.held["trigger"].row("day")
    low, high, default = (number_at(number, trigger) for number in (within.low, within.high, within.unless_chosen))
    chosen = hand.column(NUMBER, within.path)
    if chosen is None:
        return filled(hand.size, default, pl.Int64) if isinstance(default, int) else default
    frame = pl.DataFrame({"chosen": chosen.cast(pl.Int64)})
    number = pl.min_horizontal(pl.max_horizontal("chosen", pl.lit(low)), pl.lit(high))
    return frame.select(pl.when(pl.col("chosen").is_null()).then(pl.lit(default)).otherwise(number)).to_series()


def _hours(at: pl.Series, start: pl.Series, number: int | pl.Series, unclear: pl.Series | None, days: Days) -> Due:
    due = at + number * HOUR
    due = where((due >= days.first * DAY - DAY) & (due < (days.last + 2) * DAY), due)
    local = pl.select(
        pl.from_epoch(pl.lit(due), time_unit="s").dt.replace_time_zone("UTC").dt.convert_time_zone(LONDON)
    )
    on = days.knows(local.to_series().dt.date().cast(pl.Int32))
    missing = _missing(on, start, number, unclear)
    if missing is not None:
        no_time = ~there(at) & (missing == BITS[BEYOND_CALENDAR])
        missing = where(no_time, one(BITS[TIME_OF_DAY], pl.Int64), missing)
    return Due(on, where(there(on), due), missing)
