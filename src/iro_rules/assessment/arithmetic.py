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
LAST = "the last day in time, before the clear days counted"

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
        elif within.tight and backward and ordinal == last:
            days.append(Counted(day, None, LAST))
        else:
            number += 1
            days.append(Counted(day, number))
    return tuple(days)


def clock_words(
    duty: Duty, finding: Finding, subject: Subject, anchor: Moment | None, days: tuple[Counted, ...]
) -> list[str]:
    """A duty's timescale in sentences, ending in the deadline it gives and the days it leaves out."""
    due, allowed, direction, unit = finding.due, "", "after", Unit.WORKING_DAYS
    on = subject.triggered_on(finding.rule, finding.about) or 0
    match duty.within:
        case None:
            return ["The source gives no time for it."]
        case Soft(words):
            return [f"The source gives no figure, only: {words}."]
        case AgreedDate():
            return [f"The date agreed for it is {a_day(due)}." if due else "No date has been agreed for it."]
        case Chosen() as chosen:
            number = max((day.counted or 0 for day in days), default=0)
            window = f" (the window may be {chosen.low.at(on)} to {chosen.high.at(on)}, as chosen for the risk)"
            allowed = _allowed(number, unit, window)
        case Clock() as clock:
            number, direction, unit = clock.number.at(on) or 0, clock.direction, clock.unit
            clear = "clear " if clock.tight else ""
            allowed = (
                _allowed(number, unit) if direction == "after" else counted(number, clear + unit) if number else ""
            )
    if anchor is None or due is None:
        return []
    return [_span(allowed, direction, unit, anchor, due), *_left_out(days)]


def _allowed(number: int, unit: Unit, aside: str = "") -> str:
    return f"{counted(number, unit)}{aside} {'is' if number == 1 else 'are'} allowed"


def _span(allowed: str, direction: str, unit: Unit, anchor: Moment, due: Moment) -> str:
    if unit is Unit.HOURS:
        return f"{allowed} from {a_day(anchor)}, so until {a_day(due)}, weekends and holidays included."
    start = a_day(anchor.date() if isinstance(anchor, pendulum.DateTime) else anchor)
    if direction == "after":
        return f"{allowed} from {start}, so until {a_day(due)}."
    if not allowed:
        return f"It must come before the event, which is dated {start}."
    return f"It must come at least {allowed} before {start}, so by {a_day(due)}."


def _left_out(days: tuple[Counted, ...]) -> list[str]:
    weekend = sum(1 for day in days if day.counted is None and day.reason in WEEKEND)
    others = [day for day in days if day.counted is None and day.reason not in (*WEEKEND, LAST)]
    named = [f"{a_day(day.day)} ({day.reason})" for day in others]
    parts = [*([counted(weekend, "weekend days")] if weekend else []), *named]
    return [f"Not counted: {listed(parts)}."] if parts else []
