"""The arithmetic of clocks: how long they can last, one after another, in every week and in the known calendar.

A clock kept to its last day is followed from each day of the calendar. Beside what the known calendar shows stands
what holds in any calendar: an ordinary week without bank holidays, which can only make working days last longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import due_day
from iro_rules.clock.timescale import Chosen, Clock, Number, Timescale, Unit

MINUTES_OF_A_DAY = 24 * 60
SINCE = date(2015, 1, 1).toordinal()
"""The first day from which clocks are tried in the known calendar: every pattern of bank holidays since is in it."""

WEEK = date(2024, 1, 1).toordinal()
"""A Monday, the start of the ordinary week."""

EVERY_DAY = Calendar(date(2023, 1, 1).toordinal(), date(2025, 12, 31).toordinal(), {}, "weeks without bank holidays")


@attrs.frozen
class Step:
    """A number of units, after or before; `tight` counts the stricter way."""

    count: int
    unit: Unit
    direction: str = "after"
    tight: bool = False

    def words(self) -> str:
        """The step as one says it."""
        unit = str(self.unit)
        return f"{self.count} {unit if self.count != 1 else unit.removesuffix('s')}"


def step(within: Timescale | None, *, longest: bool = True) -> Step | None:
    """The figure of a timescale whose readings are chosen, of a window its longest or shortest; else None."""
    match within:
        case Clock():
            return Step(latest(within.number), within.unit, within.direction, bool(within.tight))
        case Chosen():
            return Step(latest(within.high if longest else within.low), Unit.WORKING_DAYS, "after", bool(within.tight))
        case _:
            return None


def latest(number: Number) -> int:
    """The value of a number that is in force last."""
    return number.values[-1][1]


def reached(day: int, steps: Iterable[Step], calendar: Calendar) -> int | None:
    """The last day on which steps, each kept to its last moment, end; None where the calendar does not reach.

    Hours run from the last minute of the day they start on, which is the latest they can.
    """
    for one in steps:
        if one.unit is Unit.HOURS:
            day += (one.count * 60 + MINUTES_OF_A_DAY - 1) // MINUTES_OF_A_DAY
            continue
        found = due_day(day, one.count, one.unit, one.direction, one.tight, calendar)
        if found is None:
            return None
        day = found
    return day if calendar.knows(day) else None


@attrs.frozen
class Comparison:
    """Local steps against a national one, from each day: on how many the local ones end later, and on which by most.

    `week` are the days by which they end later (or, below nought, earlier) from each weekday of an ordinary week.
    """

    days: int
    later: int
    week: tuple[int, ...]
    worst_start: int
    worst_local: int
    worst_national: int

    @property
    def laxer(self) -> bool:
        """Whether the local steps end later from any day."""
        return self.later > 0

    @property
    def always(self) -> bool:
        """Whether they end later from every day of the known calendar, and of an ordinary week."""
        return self.later == self.days and all(gap > 0 for gap in self.week)

    @property
    def worst(self) -> int:
        """By how many days they end later at most, in the known calendar."""
        return self.worst_local - self.worst_national


def compare(local: Sequence[Step], national: Step, calendar: Calendar) -> Comparison | None:
    """Local steps, one after another, against a national clock from the same day; None past the calendar."""
    return _compare(tuple(local), national, calendar)


@lru_cache(maxsize=4096)
def _compare(local: tuple[Step, ...], national: Step, calendar: Calendar) -> Comparison | None:
    week = []
    for start in range(WEEK, WEEK + 7):
        a, b = reached(start, local, EVERY_DAY), reached(start, (national,), EVERY_DAY)
        if a is None or b is None:
            return None
        week.append(a - b)
    days = later = 0
    worst: tuple[int, int, int, int] | None = None
    for start in range(max(SINCE, calendar.first), calendar.last + 1):
        a, b = reached(start, local, calendar), reached(start, (national,), calendar)
        if a is None or b is None:
            continue
        days += 1
        later += a > b
        if worst is None or a - b > worst[0]:
            worst = (a - b, start, a, b)
    if worst is None:
        return None
    return Comparison(days, later, tuple(week), *worst[1:])


@lru_cache(maxsize=1024)
def lasting(steps: tuple[Step, ...], calendar: Calendar) -> tuple[int, int, int, int] | None:
    """How many calendar days steps last: least and most in ordinary weeks, most in the known calendar and from when."""
    plain = [end - day for day in range(WEEK, WEEK + 7) if (end := reached(day, steps, EVERY_DAY)) is not None]
    known = [
        (abs(end - day), day)
        for day in range(max(SINCE, calendar.first), calendar.last + 1)
        if (end := reached(day, steps, calendar)) is not None
    ]
    if not plain or not known:
        return None
    most, day = max(known, key=lambda found: (found[0], -found[1]))
    return min(map(abs, plain)), max(map(abs, plain)), most, day


def ordinary(one: Step | None) -> int:
    """How many calendar days a step lasts at most in ordinary weeks; none without a figure."""
    if one is None:
        return 0
    ends = [end - day for day in range(WEEK, WEEK + 7) if (end := reached(day, (one,), EVERY_DAY)) is not None]
    return max(map(abs, ends), default=10**6)


def added(steps: Iterable[Step]) -> str:
    """Steps as a sum: like units are added, unlike ones stand side by side."""
    found: dict[Unit, int] = {}
    for one in steps:
        found[one.unit] = found.get(one.unit, 0) + one.count
    return " and ".join(Step(count, unit).words() for unit, count in found.items()) or "no time"
