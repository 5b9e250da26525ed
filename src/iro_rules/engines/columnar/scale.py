"""Days as columns count them, and the one number by which rows of a case are put in order."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.rows import AsOf

EPOCH = 719_163
"""The ordinal of the first day of 1970, from which columns count days."""

DAY = 86_400
_TIME_BITS = 17
_NO_TIME = (1 << _TIME_BITS) - 1
_SHIFT = 7_200


def known(as_of: AsOf) -> pl.Expr:
    """Whether a row of an event table had happened by then."""
    by_day = pl.col("on").cast(pl.Int32) <= as_of.day - EPOCH
    if as_of.whole_day:
        return by_day
    return pl.when(pl.col("at").is_null()).then(by_day).otherwise(pl.col("at") <= as_of.second)


def as_one(group: pl.Series, order: pl.Series, groups: int, bits: int) -> pl.Series:
    """A group (below `groups`) and an order (of so many bits) as one number.

    With 128 bits Polars reckons only with columns, not with plain numbers.
    """
    wide = pl.Int64 if groups.bit_length() + bits < 64 else pl.Int128
    return group.cast(wide) * pl.Series([1 << bits], dtype=wide) + order.cast(wide)


def put_in_order(group: pl.Series, order: pl.Series, groups: int, bits: int) -> pl.Series | None:
    """How rows are put in order of group and order (see `as_one`); None where they stand so."""
    packed = as_one(group, order, groups, bits)
    return None if packed.is_sorted() else packed.arg_sort()


@attrs.frozen
class Scale:
    """Day, time and name as one number, for `days` days from `first` on; `bits` are those a name may take.

    A day without a time comes after all times of the day. The times of a London day start up to an hour
    before that day does in UTC, hence the shift.
    """

    first: int
    days: int
    bits: int

    @property
    def all_bits(self) -> int:
        """How many bits an order takes."""
        return (self.days + 1).bit_length() + _TIME_BITS + self.bits

    @property
    def whole_day(self) -> int:
        """How many numbers a day has."""
        return 1 << (_TIME_BITS + self.bits)

    def day(self, days: pl.Series) -> pl.Series:
        """The lowest number of each day; all days before the calendar are one."""
        since = days.cast(pl.Int64) - (self.first - 1)
        lowest = since.min()
        if isinstance(lowest, int) and lowest < 0:
            since = since.clip(0)
        return since * self.whole_day

    def order(self, days: pl.Series, at: pl.Series | None, ranks: pl.Series) -> pl.Series:
        """The numbers of some rows; `ranks` are the places of their names within their cases."""
        if at is None or at.null_count() == len(at):
            return self.day(days) + (_NO_TIME << self.bits) + ranks
        seconds = (at - days.cast(pl.Int64) * DAY + _SHIFT).fill_null(_NO_TIME)
        return self.day(days) + seconds * (1 << self.bits) + ranks

    def renamed(self, orders: pl.Series, ranks: pl.Series) -> pl.Series:
        """The numbers of rows of the same days and times under other names."""
        return orders // (1 << self.bits) * (1 << self.bits) + ranks
