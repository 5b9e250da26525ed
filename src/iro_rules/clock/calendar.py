"""The working-day calendar of England and Wales: which days count, and the name of each that does not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import final

import attrs

from iro_rules.errors import CalendarError

FIRST_YEAR = 1990
LAST_YEAR = 2028
"""The last year for which bank holidays are taken as known; later dates are refused, never guessed."""


@final
@attrs.frozen(eq=False)
class Calendar:
    """Working days between two dates, as tables for look-up; days are ordinals (`date.toordinal()`).

    `closures` maps ordinals to the name of the bank holiday or closure; weekends have no entry there.
    """

    first: int
    last: int
    closures: Mapping[int, str]
    edition: str
    working: tuple[int, ...] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        days = tuple(d for d in range(self.first, self.last + 1) if (d - 1) % 7 < 5 and d not in self.closures)
        object.__setattr__(self, "working", days)

    def is_working(self, day: int) -> bool:
        """Whether a day counts as a working day."""
        return (day - 1) % 7 < 5 and day not in self.closures

    def why_not(self, day: int) -> str:
        """The reason a day is not a working day: a weekday name, or the bank holiday or closure."""
        if day in self.closures:
            return self.closures[day]
        return ("", "", "", "", "", "Saturday", "Sunday")[(day - 1) % 7]

    def working_day_after(self, day: int, count: int) -> int | None:
        """The count-th working day after a day, or None beyond the known calendar."""
        return self._at(bisect_right(self.working, day) + count - 1, day)

    def working_day_from(self, day: int, count: int) -> int | None:
        """The count-th working day on or after a day, or None beyond the known calendar."""
        return self._at(bisect_left(self.working, day) + count - 1, day)

    def working_day_before(self, day: int, count: int) -> int | None:
        """The count-th working day before a day, or None beyond the known calendar."""
        return self._at(bisect_left(self.working, day) - count, day)

    def _at(self, index: int, day: int) -> int | None:
        if not self.first <= day <= self.last or not 0 <= index < len(self.working):
            return None
        return self.working[index]

    def knows(self, day: int) -> bool:
        """Whether a day lies inside the calendar."""
        return self.first <= day <= self.last

    def with_closures(self, closures: Mapping[date, str]) -> Calendar:
        """The same calendar with days a council has declared closed, each with its name."""
        for day in closures:
            if not self.knows(day.toordinal()):
                raise CalendarError("a closure lies outside the calendar", value=day.isoformat(), right=self.span())
        more = {day.toordinal(): name for day, name in sorted(closures.items())}
        marks = ", ".join(f"{day.isoformat()} {name}" for day, name in sorted(closures.items()))
        return Calendar(self.first, self.last, {**self.closures, **more}, f"{self.edition}; closed {marks}")

    def span(self) -> str:
        """The first and last day in words."""
        return f"{date.fromordinal(self.first).isoformat()} to {date.fromordinal(self.last).isoformat()}"


@lru_cache(maxsize=4)
def england_and_wales(years: Iterable[int] = (FIRST_YEAR, LAST_YEAR)) -> Calendar:
    """The bank holidays of England and Wales, from the maintained `holidays` library, between two years.

    Source of the rule: the usual meaning of "working day" in children's services law (national-law N-R02).
    """
    import holidays

    first, last = years
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1), language="en_GB")
    names = {day.toordinal(): name for day, name in sorted(found.items())}
    return Calendar(
        date(first, 1, 1).toordinal(),
        date(last, 12, 31).toordinal(),
        names,
        f"England and Wales bank holidays, holidays {version('holidays')}, known to {last}-12-31",
    )
