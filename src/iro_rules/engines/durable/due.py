"""When an obligation falls due: its timescale, worked out beforehand into a function of the rows held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import due_day, due_instant, london_day
from iro_rules.clock.timescale import ALWAYS, AgreedDate, Chosen, Clock, Number, Unit
from iro_rules.engines.durable.hand import TRIGGER, Held, Path, Unseen, Valued
from iro_rules.engines.durable.plan import Plan
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, FIELD_NOT_GIVEN, TIME_OF_DAY
from iro_rules.rulebook.core import Owe

Due = Callable[[Held, Unseen, Calendar], tuple[int | None, int | None, int]]
"""The day something is due, the instant where it is due within hours, and what keeps either from being known."""


def due_of(plan: Plan, production: Owe) -> Due:
    """How the day an obligation falls due is found."""
    within: Any = production.within
    match within:
        case AgreedDate():
            agreed = plan.path(within.path)
            return lambda held, unseen, _: (agreed.day(held), None, unseen[agreed.place])
        case Clock(unit=Unit.HOURS):
            return _hours(plan.path(production.anchor), _law(within.number))
        case Clock():
            return _days(plan.path(production.anchor), _law(within.number), within)
        case Chosen():
            # A window chosen in the case is a number of working days after the anchor.
            clock = Clock(within.low, Unit.WORKING_DAYS, "after", within.tight)
            return _days(plan.path(production.anchor), _window(plan, within), clock)
        case _:
            return lambda *_: (None, None, 0)


def _hours(anchor: Path, count: Valued) -> Due:
    def due(held: Held, unseen: Unseen, calendar: Calendar) -> tuple[int | None, int | None, int]:
        start, number = held[anchor.place], count(held)
        if start is None:
            return None, None, unseen[anchor.place]
        if number is None:
            return None, None, 0
        if start.at is None:
            return None, None, BITS[TIME_OF_DAY]
        instant = due_instant(start.at, number)
        day = london_day(instant)
        return (day, instant, 0) if calendar.knows(day) else (None, None, BITS[BEYOND_CALENDAR])

    return due


def _days(anchor: Path, count: Valued, clock: Any) -> Due:
    unit, direction, tight = clock.unit, clock.direction, clock.tight
    place, day_of = anchor.place, anchor.day
    blank, beyond = BITS[FIELD_NOT_GIVEN], BITS[BEYOND_CALENDAR]

    def due(held: Held, unseen: Unseen, calendar: Calendar) -> tuple[int | None, int | None, int]:
        start = day_of(held)
        if start is None:
            return None, None, unseen[place] if held[place] is None else blank
        number = count(held)
        if number is None:
            return None, None, 0
        day = due_day(start, number, unit, direction, tight, calendar)
        return day, None, beyond if day is None else 0

    return due


def _law(number: Number) -> Valued:
    """The number in force on the day of the trigger."""
    values = number.values
    if len(values) == 1 and values[0][0] == ALWAYS:
        return lambda _: values[0][1]

    def count(held: Held) -> int | None:
        trigger = held[TRIGGER]
        return None if trigger is None else number.at(trigger.on)

    return count


def _window(plan: Plan, within: Any) -> Valued:
    """The number chosen in the case, moved to the nearer bound where it lies outside, or the one for no choice."""
    chosen, otherwise = plan.path(within.path).value(), _law(within.unless_chosen)
    low, high = _law(within.low), _law(within.high)

    def count(held: Held) -> int | None:
        number: int | None = chosen(held)
        if number is None:
            unchosen: int | None = otherwise(held)
            return unchosen
        least, most = low(held), high(held)
        number = number if least is None else max(number, least)
        return number if most is None else min(number, most)

    return count
