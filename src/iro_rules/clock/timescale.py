"""Timescales: how long an act may take, or how long before something it must be done."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, final

import attrs

from iro_rules.errors import RulebookError
from iro_rules.facts.fields import to_date
from iro_rules.readings import Interpretation, by_reading


class Unit(StrEnum):
    """What a timescale counts in."""

    WORKING_DAYS = "working days"
    DAYS = "calendar days"
    WEEKS = "weeks"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"
    YEAR_ENDS = "calendar years"


FIRST_DAY = Interpretation(
    "counting.first-day",
    "Is the day of the event itself the first day that is counted?",
    (
        ("next_day", "counting starts on the day after the event"),
        ("event_day", "the day of the event is the first day counted"),
    ),
    "next_day",
    "No source says. Leaving the event's own day out is the ordinary way of counting a period that runs from an event.",
)

CLEAR_DAYS = Interpretation(
    "counting.clear-days",
    "Must all the days counted back lie wholly between the act and the event?",
    (
        ("counted_back", "the act may fall on the last day counted back from the event"),
        ("clear", "the days counted must all lie between the act and the event"),
    ),
    "counted_back",
    "No source says clear days, so the act is in time on the day reached by counting back.",
)


ALWAYS = 1
"""The first day there is, from which a number without a date is in force."""


def _dated(values: Any) -> tuple[tuple[int, int], ...]:
    if isinstance(values, int):
        return ((ALWAYS, values),)
    if isinstance(values, dict):
        values = tuple((to_date(day, name="from").toordinal(), count) for day, count in sorted(values.items()))
    # Whatever else there is stands for itself, and is refused as no whole number.
    return values if isinstance(values, tuple) else ((ALWAYS, values),)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


@final
@attrs.frozen
class Number:
    """A number the law or a protocol gives, by the date it came into force.

    Give `values` as {first day in force: number} or as one number. `at` picks by the day an obligation
    was triggered. Raises RulebookError for a negative or missing number.
    """

    id: str
    values: tuple[tuple[int, int], ...] = attrs.field(converter=_dated)

    def __attrs_post_init__(self) -> None:
        if not self.values or any(not _is_count(n) for _, n in self.values):
            value = self.values[0][1] if len(self.values) == 1 else self.values
            raise RulebookError("a number must be 0 or more", where=self.id, value=value, right="a whole number")

    def at(self, day: int) -> int | None:
        """The number in force on a day (an ordinal), or None before the first."""
        for start, count in reversed(self.values):
            if start <= day:
                return count
        return None


@final
@attrs.frozen
class Clock:
    """A number of units after or before the anchor; `tight` counts the stricter way (see the interpretations).

    Hours run from an instant; every other unit runs from a day to the end of a day.
    """

    number: Number
    unit: Unit
    direction: str = "after"
    tight: bool = False

    def __attrs_post_init__(self) -> None:
        if self.direction not in ("after", "before"):
            raise RulebookError("unknown direction", value=self.direction, right="after or before")
        if self.direction == "before" and self.unit in (Unit.HOURS, Unit.YEAR_ENDS):
            raise RulebookError(f"{self.unit} cannot be counted backwards", right="another unit")


@final
@attrs.frozen
class Chosen:
    """A number of working days chosen in the case, within bounds; `unless_chosen` where none is recorded.

    `path` names the whole-number field. A number outside the bounds is moved to the nearer bound.
    """

    path: str
    low: Number
    high: Number
    unless_chosen: Number
    tight: bool = False


@final
@attrs.frozen
class AgreedDate:
    """A date that stands in the case itself: `path` names the date field; without one there is no deadline."""

    path: str


@final
@attrs.frozen
class Soft:
    """Words of time without a figure, such as "as soon as practicable"; nothing is ever overdue under it."""

    words: str


Timescale = Clock | Chosen | AgreedDate | Soft


def _forward() -> Any:
    return by_reading(FIRST_DAY, next_day=False, event_day=True)


def _backward() -> Any:
    return by_reading(CLEAR_DAYS, counted_back=False, clear=True)


def within(number: Number, unit: Unit) -> Clock:
    """Within so many units after the anchor, counted under `counting.first-day`; hours are elapsed hours."""
    return Clock(number, unit, "after", False if unit is Unit.HOURS or unit is Unit.YEAR_ENDS else _forward())


def at_least_before(number: Number, unit: Unit) -> Clock:
    """At least so many units before the anchor, counted under `counting.clear-days`."""
    return Clock(number, unit, "before", _backward())


BEFORE_SAME_DAY = Interpretation(
    "counting.before-same-day",
    "Does an act on the very day of an event count as done before it, when no times are recorded?",
    (
        ("counts", "an act on the day of the event is taken to have come before it"),
        ("too_late", "the act must have happened by the day before"),
    ),
    "counts",
    "Records give days, not times, and a day's record cannot show that the act came second.",
)


def before_the_event() -> Clock:
    """Before the anchor, where the source gives no number; the same day is a matter of interpretation."""
    number = by_reading(
        BEFORE_SAME_DAY,
        counts=Number("counting.before.same-day", 0),
        too_late=Number("counting.before.day-before", 1),
    )
    return Clock(number, Unit.DAYS, "before", False)


def chosen_window(path: str, low: Number, high: Number, unless_chosen: Number) -> Chosen:
    """Within the number of working days chosen in the case, counted under `counting.first-day`."""
    return Chosen(path, low, high, unless_chosen, _forward())
