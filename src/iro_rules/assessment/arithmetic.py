"""How a deadline was reached: each day in the count, and why a day was left out."""

from __future__ import annotations

from datetime import date

import attrs
import pendulum

from iro_rules.assessment.finding import Finding
from iro_rules.assessment.subject import Subject
from iro_rules.assessment.words import a_day, counted, listed
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Soft, Unit
from iro_rules.rulebook import Duty

LONGEST = 400
WEEKEND = ("Saturday", "Sunday")

Moment = pendulum.Date | pendulum.DateTime


@attrs.frozen
class Counted:
    """One day of a count: `counted` is its number, or None where it was left out for `reason`."""

    day: pendulum.Date
    counted: int | None
    reason: str = ""


def arithmetic(duty: Duty, finding: Finding, subject: Subject, anchor: Moment | None) -> tuple[Counted, ...]:
    """Every day that a count in days passes, in order; none for months, hours and agreed dates."""
    within, due = duty.within, finding.due
    if not isinstance(within, Clock | Chosen) or anchor is None or due is None or isinstance(due, pendulum.DateTime):
        return ()
    unit = within.unit if isinstance(within, Clock) else Unit.WORKING_DAYS
    backward = isinstance(within, Clock) and within.direction == "before"
    first, last, step = anchor.toordinal(), due.toordinal(), -1 if backward else 1
    if unit not in (Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS) or not 0 <= (last - first) * step <= LONGEST:
        return ()
    days, number = [], 0
    for ordinal in range(first if within.tight and not backward else first + step, last + step, step):
        found = date.fromordinal(ordinal)
        day = pendulum.Date(found.year, found.month, found.day)
        if unit is Unit.WORKING_DAYS and not subject.calendar.is_working(ordinal):
            days.append(Counted(day, None, subject.calendar.why_not(ordinal)))
        else:
            number += 1
            days.append(Counted(day, number))
    return tuple(days)


def clock_words(duty: Duty, finding: Finding, anchor: Moment | None, days: tuple[Counted, ...]) -> list[str]:
    """A duty's timescale in sentences, ending in the deadline it gives and the days it leaves out."""
    due, allowed, direction, unit = finding.due, "", "after", Unit.WORKING_DAYS
    match duty.within:
        case None:
            return ["The source gives no time for it."]
        case Soft(words):
            return [f"The source gives no figure, only: {words}."]
        case AgreedDate():
            return [f"The date agreed for it is {a_day(due)}." if due else "No date has been agreed for it."]
        case Chosen() as chosen:
            low, high = chosen.low.values[-1][1], chosen.high.values[-1][1]
            number = max((day.counted or 0 for day in days), default=0)
            allowed = f"{counted(number, 'working days')} (the window may be {low} to {high}, as chosen for the risk)"
        case Clock() as clock:
            found = clock.number.at(anchor.toordinal()) if anchor else None
            allowed, direction, unit = counted(found or 0, clock.unit), clock.direction, clock.unit
            if not found:
                direction = "event"
    if anchor is None or due is None:
        return []
    return [_span(allowed, direction, unit, anchor, due), *_left_out(days)]


def _span(allowed: str, direction: str, unit: Unit, anchor: Moment, due: Moment) -> str:
    if direction == "event":
        return f"It must come before the event, which is dated {a_day(anchor)}."
    if direction == "before":
        return f"It must come at least {allowed} before {a_day(anchor)}, so by {a_day(due)}."
    if unit is Unit.HOURS:
        return f"{allowed} are allowed from {a_day(anchor)}, so until {a_day(due)}, weekends and holidays included."
    return f"{allowed} are allowed from {a_day(anchor.date() if isinstance(anchor, pendulum.DateTime) else anchor)}, so until {a_day(due)}."


def _left_out(days: tuple[Counted, ...]) -> list[str]:
    weekend = sum(1 for day in days if day.counted is None and day.reason in WEEKEND)
    named = [f"{a_day(day.day)} ({day.reason})" for day in days if day.counted is None and day.reason not in WEEKEND]
    parts = [*([counted(weekend, "weekend days")] if weekend else []), *named]
    return [f"Not counted: {listed(parts)}."] if parts else []
