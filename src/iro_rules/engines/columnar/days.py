"""The working-day calendar as tables by day, and deadlines counted from many days at once."""

from __future__ import annotations

import polars as pl

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.timescale import Clock, Number, Unit
from iro_rules.engines.columnar.rows import nulls, one, there, where, which
from iro_rules.engines.columnar.scale import EPOCH

_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class Days:
    """Deadlines in one calendar: days count from 1970, and those beyond the calendar are null."""

    def __init__(self, calendar: Calendar) -> None:
        self.first, self.last = calendar.first - EPOCH, calendar.last - EPOCH
        self.years = (self.last - self.first) // 365 + 2
        self.every = pl.int_range(self.first, self.last + 1, dtype=pl.Int32, eager=True)
        self.working = pl.Series([day - EPOCH for day in calendar.working], dtype=pl.Int32)
        self.until = self.working.search_sorted(self.every, side="right").cast(pl.Int64)
        self.before = self.working.search_sorted(self.every, side="left").cast(pl.Int64)
        self._tables: dict[tuple[int, Unit, str, bool], pl.Series] = {}

    def knows(self, days: pl.Series) -> pl.Series:
        """The same days, null outside the calendar."""
        return where((days >= self.first) & (days <= self.last), days).cast(pl.Int32)

    def due(self, days: pl.Series, count: int, unit: Unit, direction: str, *, tight: bool) -> pl.Series:
        """The last day in time for each day, from a table of all days where that is less work."""
        key = (count, unit, direction, tight)
        if key not in self._tables:
            if len(days) < len(self.every) // 4:
                return self._count(self.knows(days), *key)
            self._tables[key] = self._count(self.every, *key)
        return self._tables[key][self._place(days)]

    def working_days(self, days: pl.Series, counts: pl.Series, *, tight: bool) -> pl.Series:
        """The last day in time, each day with a number of working days of its own."""
        days = self.knows(days)
        return self.knows(where(counts == 0, days, self._forward(days, counts, tight)))

    def moved(self, days: pl.Series, number: int | pl.Series, shift: Clock) -> pl.Series:
        """Each day moved by calendar units; past an end of the calendar, the day beyond that end."""
        if isinstance(number, pl.Series):
            found = nulls(len(days), pl.Int32)
            for count in number.unique():
                some = which(number == count)
                found = found.scatter(some, self.moved(days[some], count, shift))
            return found
        after = shift.direction == "after"
        reached = self._reach(days, number, shift.unit, shift.direction, bool(shift.tight))
        beyond = one(self.last + 1 if after else self.first - 1, pl.Int32)
        clipped = reached.clip(self.first - 1, self.last + 1).cast(pl.Int32)
        return clipped.zip_with(there(clipped), beyond)

    def _place(self, days: pl.Series) -> pl.Series:
        return (self.knows(days) - self.first).cast(pl.UInt32)

    def _forward(self, days: pl.Series, count: int | pl.Series, tight: bool) -> pl.Series:
        return self._working((self.before if tight else self.until)[self._place(days)] + count - 1)

    def _working(self, index: pl.Series) -> pl.Series:
        return self.working[where((index >= 0) & (index < len(self.working)), index).cast(pl.UInt32)]

    def _count(self, days: pl.Series, count: int, unit: Unit, direction: str, tight: bool) -> pl.Series:
        return self.knows(self._reach(days, count, unit, direction, tight))

    def _reach(self, days: pl.Series, count: int, unit: Unit, direction: str, tight: bool) -> pl.Series:
        after, strict = direction == "after", 1 if tight else 0
        match unit:
            case Unit.WORKING_DAYS if count + (0 if after else strict) == 0:
                found = days
            case Unit.WORKING_DAYS if after:
                found = self._forward(days, count, tight)
            case Unit.WORKING_DAYS:
                found = self._working(self.before[self._place(days)] - (count + strict))
            case Unit.DAYS | Unit.WEEKS:
                length = count * (7 if unit is Unit.WEEKS else 1)
                found = days.cast(pl.Int64) + (max(length - strict, 0) if after else -length - strict)
            case _ if count * _MONTHS.get(unit, 12) > 12 * self.years:
                found = nulls(len(days), pl.Int32)
            case Unit.YEAR_ENDS:
                years = days.cast(pl.Date).dt.year() + count
                found = pl.select(pl.date(pl.lit(years), 12, 31)).to_series().cast(pl.Int32)
            case _:
                months = count * _MONTHS[unit] * (1 if after else -1)
                reached = days.cast(pl.Date).dt.offset_by(f"{months}mo").cast(pl.Int32) - strict
                found = reached.zip_with(reached >= days, days) if after else reached
        return found


def number_at(number: Number, days: pl.Series) -> int | pl.Series:
    """The number in force on each day; one number where it is the same for all, null before the first."""
    earliest = days.min()
    if len(number.values) == 1 and isinstance(earliest, int) and earliest >= number.values[0][0] - EPOCH:
        return number.values[0][1]
    found = nulls(len(days), pl.Int64)
    for start, count in number.values:
        found = one(count, pl.Int64).zip_with(days >= start - EPOCH, found)
    return found
