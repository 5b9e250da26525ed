"""From an anchor and a timescale to a deadline; days are ordinals, instants are seconds since 1970 UTC."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.timescale import Unit

HOUR = 3600
LONDON = ZoneInfo("Europe/London")


def add_months(day: int, months: int) -> int | None:
    """The same day of the month so many months on (or back), or the month's last day where there is none."""
    start = date.fromordinal(day)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if not 1 <= year <= 9998:
        return None
    last = date(year + (month == 11), (month + 1) % 12 + 1, 1).toordinal() - 1
    return min(date(year, month + 1, 1).toordinal() + start.day - 1, last)


@lru_cache(maxsize=1 << 16)
def due_day(day: int, count: int, unit: Unit, direction: str, tight: bool, calendar: Calendar) -> int | None:
    """The last day in time (after) or the latest day that is early enough (before); None beyond the calendar.

    `tight` counts the anchor's own day as the first (after), or asks for clear days (before).
    """
    found = (
        _forward(day, count, unit, tight, calendar)
        if direction == "after"
        else _backward(day, count, unit, tight, calendar)
    )
    return found if found is not None and calendar.knows(day) and calendar.knows(found) else None


def moved_day(day: int, count: int, unit: Unit, direction: str, tight: bool, calendar: Calendar) -> int:
    """The day so many calendar units after or before another; past an end of the calendar, the day beyond that end."""
    move = _forward if direction == "after" else _backward
    found = move(day, count, unit, tight, calendar)
    beyond = calendar.last + 1 if direction == "after" else calendar.first - 1
    return beyond if found is None else min(max(found, calendar.first - 1), calendar.last + 1)


def _forward(day: int, count: int, unit: Unit, tight: bool, calendar: Calendar) -> int | None:
    less = 1 if tight else 0
    match unit:
        case Unit.WORKING_DAYS if count == 0:
            return day
        case Unit.WORKING_DAYS:
            return calendar.working_day_from(day, count) if tight else calendar.working_day_after(day, count)
        case Unit.DAYS | Unit.WEEKS:
            length = count * (7 if unit is Unit.WEEKS else 1)
            return day + max(length - less, 0)
        case Unit.MONTHS | Unit.YEARS:
            reached = add_months(day, count * (12 if unit is Unit.YEARS else 1))
            return None if reached is None else max(reached - less, day)
        case Unit.YEAR_ENDS:
            return date(date.fromordinal(day).year + count, 12, 31).toordinal()
        case _:
            raise AssertionError(f"{unit} is not counted in days")


def _backward(day: int, count: int, unit: Unit, tight: bool, calendar: Calendar) -> int | None:
    more = 1 if tight else 0
    match unit:
        case Unit.WORKING_DAYS if count + more == 0:
            return day
        case Unit.WORKING_DAYS:
            return calendar.working_day_before(day, count + more)
        case Unit.DAYS | Unit.WEEKS:
            return day - count * (7 if unit is Unit.WEEKS else 1) - more
        case Unit.MONTHS | Unit.YEARS:
            reached = add_months(day, -count * (12 if unit is Unit.YEARS else 1))
            return None if reached is None else reached - more
        case _:
            raise AssertionError(f"{unit} cannot be counted backwards")


def due_instant(at: int, hours: int) -> int:
    """The instant so many elapsed hours after another; clock changes make no difference to it."""
    return at + hours * HOUR


def london_day(at: int) -> int:
    """The London day of an instant."""
    return datetime.fromtimestamp(at, LONDON).toordinal()
