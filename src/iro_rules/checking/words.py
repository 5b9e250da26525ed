"""How a check says its arithmetic: dates, spans and comparisons in sentences."""

from __future__ import annotations

from datetime import date

from iro_rules.assessment.words import a_day, counted
from iro_rules.checking.spans import Comparison, Step, added, lasting
from iro_rules.clock.calendar import Calendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_of(ordinal: int) -> str:
    """A day in words."""
    return a_day(date.fromordinal(ordinal))


def range_of(least: int, most: int, thing: str = "calendar days") -> str:
    """From so many to so many."""
    return counted(least, thing) if least == most else f"{least} to {most} {thing}"


def lasts(name: str, steps: tuple[Step, ...], calendar: Calendar) -> str:
    """How long steps last in calendar days: in ordinary weeks, and at most in the known calendar."""
    found = lasting(steps, calendar)
    if found is None:
        return f"{name}: {added(steps)}; longer than the known calendar"
    least, most, known, start = found
    said = f"{name}: {added(steps)}, in ordinary weeks {range_of(least, most)}"
    if known > most:
        said += f"; around bank holidays up to {known} (from {day_of(start)})"
    return said


def compared(found: Comparison) -> tuple[str, ...]:
    """What a comparison shows: in any calendar, in the known one, and its worst example worked out."""
    later = [day for day, gap in zip(WEEKDAYS, found.week, strict=True) if gap > 0]
    if len(later) == len(WEEKDAYS):
        ordinary = f"without any bank holiday it ends later from every weekday, by {range_of(*_ends(found), 'days')}"
    elif later:
        most = counted(max(found.week), "days")
        ordinary = f"without any bank holiday it ends later from {', '.join(later)}, by up to {most}"
    else:
        ordinary = "without any bank holiday it never ends later"
    share = f"from {found.later} of the {found.days} days of the known calendar that were tried"
    lines = [ordinary, f"it ends later {share}"]
    if found.laxer:
        lines.append(
            f"worst case: from {day_of(found.worst_start)} the local time ends on {day_of(found.worst_local)}, "
            f"the national one on {day_of(found.worst_national)}: {counted(found.worst, 'days')} later"
        )
    return tuple(lines)


def _ends(found: Comparison) -> tuple[int, int]:
    return min(found.week), max(found.week)
