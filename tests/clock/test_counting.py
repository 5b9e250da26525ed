"""Deadlines in every unit, both ways, against a slow count day by day and against answers worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iro_rules.clock import Calendar, Unit, england_and_wales
from iro_rules.clock.deadline import add_months, due_day, moved_day
from tests.clock.slow import count

CALENDAR = england_and_wales()
FORWARD = [unit for unit in Unit if unit is not Unit.HOURS]
BACKWARD = [unit for unit in FORWARD if unit is not Unit.YEAR_ENDS]
WAYS = [(u, "after", t) for u in FORWARD for t in (False, True)] + [
    (u, "before", t) for u in BACKWARD for t in (False, True)
]


def due(anchor: str | date, number: int, unit: Unit, direction: str = "after", tight: bool = False) -> date | None:
    day = date.fromisoformat(anchor) if isinstance(anchor, str) else anchor
    found = due_day(day.toordinal(), number, unit, direction, tight, CALENDAR)
    return None if found is None else date.fromordinal(found)


@pytest.mark.parametrize(("unit", "direction", "tight"), WAYS, ids=[f"{u}-{d}-{t}" for u, d, t in WAYS])
@given(anchor=st.dates(date(2023, 6, 1), date(2025, 10, 1)), number=st.integers(0, 30))
@example(anchor=date(2024, 2, 29), number=1)
@example(anchor=date(2024, 1, 31), number=1)
@example(anchor=date(2024, 3, 31), number=1)
@example(anchor=date(2023, 12, 24), number=0)
@example(anchor=date(2023, 12, 23), number=1)
@example(anchor=date(2024, 12, 31), number=0)
def test_the_clock_counts_as_one_would_day_by_day(
    unit: Unit, direction: str, tight: bool, anchor: date, number: int
) -> None:
    """Table look-ups and month arithmetic reach the day that walking reaches."""
    number = number % 3 if unit in (Unit.YEARS, Unit.YEAR_ENDS) else number
    number = number % 25 if unit is Unit.MONTHS else number
    assert due(anchor, number, unit, direction, tight) == count(anchor, number, unit.value, direction, tight)


@pytest.mark.parametrize("start", ["2022-05-31", "2022-09-16", "2023-05-05", "2023-12-22", "2026-04-01", "2026-12-23"])
@pytest.mark.parametrize("direction", ["after", "before"])
def test_every_short_count_round_a_holiday_is_right(start: str, direction: str) -> None:
    """Round each Easter, Christmas and one-off holiday, every anchor and count from 0 to 6 is as counted by hand."""
    for move in range(8):
        anchor = date.fromisoformat(start) + timedelta(days=move)
        for number in range(7):
            for tight in (False, True):
                slow = count(anchor, number, "working days", direction, tight)
                assert due(anchor, number, Unit.WORKING_DAYS, direction, tight) == slow, (anchor, number, tight)


WD, D, W, M, Y, YE = Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.YEAR_ENDS


@pytest.mark.parametrize(
    ("anchor", "number", "unit", "direction", "tight", "wanted"),
    [
        ("2026-01-05", 20, WD, "after", False, "2026-02-02"),  # four whole weeks on from a Monday
        ("2026-01-05", 20, WD, "after", True, "2026-01-30"),  # that Monday counted as the first
        ("2026-01-03", 20, WD, "after", False, "2026-01-30"),  # from a Saturday the first day is the Monday
        ("2026-01-03", 20, WD, "after", True, "2026-01-30"),  # and a Saturday cannot itself be counted
        ("2026-01-03", 0, WD, "after", False, "2026-01-03"),  # none at all is the day itself
        ("2026-03-26", 10, WD, "after", False, "2026-04-13"),  # over Good Friday and Easter Monday
        ("2025-12-24", 3, WD, "after", False, "2025-12-31"),  # over Christmas
        ("2026-12-24", 2, WD, "after", False, "2026-12-30"),  # Boxing Day on a Saturday, kept on the Monday
        ("2022-06-01", 5, WD, "after", False, "2022-06-10"),  # the Platinum Jubilee
        ("2022-09-16", 1, WD, "after", False, "2022-09-20"),  # the State Funeral
        ("2023-05-05", 1, WD, "after", False, "2023-05-09"),  # the Coronation
        ("2026-03-02", 6, W, "after", False, "2026-04-13"),
        ("2026-03-02", 6, W, "after", True, "2026-04-12"),
        ("2026-03-02", 10, D, "after", False, "2026-03-12"),
        ("2026-03-02", 10, D, "after", True, "2026-03-11"),
        ("2026-01-31", 1, M, "after", False, "2026-02-28"),  # no 31st of February
        ("2024-01-31", 1, M, "after", False, "2024-02-29"),  # a leap year
        ("2024-01-31", 3, M, "after", False, "2024-04-30"),  # the short month between does not count
        ("2023-11-30", 3, M, "after", False, "2024-02-29"),
        ("2024-02-29", 1, Y, "after", False, "2025-02-28"),
        ("2024-02-29", 4, Y, "after", False, "2028-02-29"),
        ("2026-03-02", 6, M, "after", True, "2026-09-01"),
        ("2026-03-02", 1, YE, "after", False, "2027-12-31"),
        ("2026-12-31", 0, YE, "after", False, "2026-12-31"),
        ("2026-04-07", 3, WD, "before", False, "2026-03-31"),  # back over Easter
        ("2026-04-07", 3, WD, "before", True, "2026-03-30"),  # three clear working days
        ("2026-04-06", 1, WD, "before", False, "2026-04-02"),  # back from a bank holiday
        ("2026-04-06", 0, WD, "before", False, "2026-04-06"),
        ("2026-03-05", 10, D, "before", False, "2026-02-23"),
        ("2026-03-05", 10, D, "before", True, "2026-02-22"),
        ("2026-03-05", 2, W, "before", False, "2026-02-19"),
        ("2026-04-30", 2, M, "before", False, "2026-02-28"),
        ("2026-01-31", 2, M, "before", True, "2025-11-29"),
        ("2024-02-29", 1, Y, "before", False, "2023-02-28"),
    ],
)  # fmt: skip
def test_a_deadline_worked_out_by_hand(
    anchor: str, number: int, unit: Unit, direction: str, tight: bool, wanted: str
) -> None:
    """Each was counted on a paper calendar."""
    found = due(anchor, number, unit, direction, tight)
    assert found is not None
    assert found.isoformat() == wanted


@pytest.mark.parametrize(("unit", "direction", "tight"), WAYS, ids=[f"{u}-{d}-{t}" for u, d, t in WAYS])
def test_beyond_the_calendar_there_is_no_deadline(unit: Unit, direction: str, tight: bool) -> None:
    """A deadline after the last known year, or before the first, is refused and never guessed."""
    edge = date.fromordinal(CALENDAR.last if direction == "after" else CALENDAR.first)
    assert due(edge, 2, unit, direction, tight) is None
    outside = edge + timedelta(days=40 if direction == "after" else -40)
    back = "before" if direction == "after" and unit is not Unit.YEAR_ENDS else "after"
    assert due(outside, 3, unit, back, tight) is None


def test_the_last_day_of_the_calendar_can_still_be_a_deadline() -> None:
    """The edge itself is inside."""
    last, first = date.fromordinal(CALENDAR.last), date.fromordinal(CALENDAR.first)
    assert due(last - timedelta(days=1), 1, Unit.DAYS) == last
    assert due(last, 0, Unit.YEAR_ENDS) == last
    assert due(first + timedelta(days=1), 1, Unit.DAYS, "before") == first


@given(day=st.dates(date(1992, 1, 1), date(2026, 12, 31)), months=st.integers(-24, 24))
def test_months_keep_the_day_or_clamp_to_the_months_last(day: date, months: int) -> None:
    """A month on from the 31st is the 30th or 28th, never the 1st of the month after."""
    found = add_months(day.toordinal(), months)
    assert found is not None
    reached = date.fromordinal(found)
    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == day.day or (reached + timedelta(days=1)).day == 1
    assert reached.day <= day.day


def test_months_beyond_the_years_that_dates_have_are_no_date() -> None:
    """Ten thousand years on there is no date, and that is no error."""
    assert add_months(date(2026, 3, 2).toordinal(), 12 * 9_000) is None
    assert add_months(date(2026, 3, 2).toordinal(), -12 * 3_000) is None


@given(
    anchor=st.dates(date(2021, 3, 1), date(2026, 6, 1)),
    number=st.integers(0, 40),
    unit=st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS]),
)
def test_a_longer_time_is_never_an_earlier_deadline(anchor: date, number: int, unit: Unit) -> None:
    """More days are later, a later anchor is never earlier, and the strict count is never the looser."""

    def at(start: date, more: int, tight: bool = False) -> date:
        found = due(start, more, unit, "after", tight)
        assert found is not None
        return found

    assert at(anchor, number) <= at(anchor, number + 1)
    assert at(anchor, number) <= at(anchor + timedelta(days=1), number)
    assert at(anchor, number, True) <= at(anchor, number)


def test_a_closure_of_the_council_pushes_a_deadline_back(calendar: Calendar) -> None:
    """A day a council declares closed is not a working day there, and leaves other calendars alone."""
    closed = calendar.with_closures({date(2025, 12, 29): "closed between the years"})
    day = date(2025, 12, 24).toordinal()
    assert due_day(day, 3, Unit.WORKING_DAYS, "after", False, closed) == date(2026, 1, 2).toordinal()
    assert due_day(day, 3, Unit.WORKING_DAYS, "after", False, calendar) == date(2025, 12, 31).toordinal()
    assert due_day(day, 3, Unit.DAYS, "after", False, closed) == date(2025, 12, 27).toordinal()


@pytest.mark.parametrize(
    ("start", "count", "unit", "direction", "reached"),
    [
        ("2016-02-29", 10, Unit.YEARS, "after", "2026-02-28"),
        ("2016-03-01", 10, Unit.YEARS, "after", "2026-03-01"),
        ("2026-03-31", 1, Unit.MONTHS, "before", "2026-02-28"),
        ("2026-03-01", 17, Unit.DAYS, "after", "2026-03-18"),
        ("2026-03-01", 1, Unit.WEEKS, "before", "2026-02-22"),
        ("2024-06-01", 10, Unit.YEARS, "after", "2029-01-01"),
        ("1990-06-01", 10, Unit.YEARS, "before", "1989-12-31"),
    ],
)
def test_a_day_is_moved_by_calendar_units_as_far_as_the_calendar_knows(
    start: str, count: int, unit: Unit, direction: str, reached: str
) -> None:
    """Months and years clamp at the month's end; beyond either end of the calendar all days are the one next to it."""
    moved = moved_day(date.fromisoformat(start).toordinal(), count, unit, direction, False, CALENDAR)
    assert date.fromordinal(moved).isoformat() == reached
