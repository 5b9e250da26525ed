"""Which days are working days in England and Wales, and what the calendar refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iro_rules.clock import Calendar, england_and_wales
from iro_rules.clock.calendar import FIRST_YEAR, LAST_YEAR
from iro_rules.engines.rows import AsOf, prepare
from iro_rules.errors import CalendarError, CaseError
from iro_rules.facts import Agreed, Case, Coverage, Happened
from tests.clock.slow import works


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def test_every_day_of_seven_years_is_working_or_not_as_written_by_hand(calendar: Calendar) -> None:
    """The maintained library agrees with the published list for 2021 to 2027."""
    day = date(2021, 1, 1)
    while day < date(2028, 1, 1):
        assert calendar.is_working(day.toordinal()) == works(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_good_friday_and_easter_monday_are_closed_every_year(calendar: Calendar, year: int) -> None:
    """Both follow Easter Sunday, which is reckoned here by itself; Maundy Thursday and the Tuesday are open."""
    sunday = easter(year).toordinal()
    assert [calendar.is_working(sunday + move) for move in (-3, -2, 1, 2)] == [True, False, False, True]
    assert calendar.why_not(sunday - 2) == "Good Friday"
    assert calendar.why_not(sunday + 1) == "Easter Monday"


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_christmas_always_takes_two_weekdays(calendar: Calendar, year: int) -> None:
    """Christmas and Boxing Day at a weekend are kept on the weekdays after it."""
    closed = [
        date(year, 12, day)
        for day in range(25, 29)
        if date(year, 12, day).isoweekday() <= 5 and not calendar.is_working(date(year, 12, day).toordinal())
    ]
    assert len(closed) == 2


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2022-06-02", "Spring"),
        ("2022-06-03", "Jubilee"),
        ("2022-09-19", "Funeral"),
        ("2023-05-08", "Coronation"),
        ("2020-05-08", "May Day"),
        ("2026-03-07", "Saturday"),
        ("2026-03-08", "Sunday"),
        ("2026-03-09", ""),
    ],
)
def test_a_day_that_is_not_worked_says_why(calendar: Calendar, day: str, why: str) -> None:
    """One-off and moved bank holidays are known by name."""
    ordinal = date.fromisoformat(day).toordinal()
    assert why in calendar.why_not(ordinal)
    assert calendar.is_working(ordinal) == (calendar.why_not(ordinal) == "") == (why == "")


def test_a_moved_holiday_leaves_its_old_day_open(calendar: Calendar) -> None:
    """In 2022 the Spring Bank Holiday left 30 May; in 2020 the early May one left the 4th."""
    assert calendar.is_working(date(2022, 5, 30).toordinal())
    assert calendar.is_working(date(2020, 5, 4).toordinal())


def test_the_calendar_says_what_it_is_and_how_far_it_goes(calendar: Calendar) -> None:
    """An answer can name the edition of the calendar it was reckoned with."""
    assert calendar.span() == "1990-01-01 to 2028-12-31"
    assert "known to 2028-12-31" in calendar.edition
    assert calendar.knows(date(1990, 1, 1).toordinal())
    assert calendar.knows(date(2028, 12, 31).toordinal())
    assert not calendar.knows(date(1989, 12, 31).toordinal())
    assert not calendar.knows(date(2029, 1, 1).toordinal())
    assert england_and_wales() is calendar


def test_a_closure_has_a_name_and_marks_the_edition(calendar: Calendar) -> None:
    """A calendar with closures is another calendar, and says so."""
    closed = calendar.with_closures({date(2026, 12, 29): "council shut", date(2025, 12, 29): "council shut"})
    assert closed.why_not(date(2026, 12, 29).toordinal()) == "council shut"
    assert not closed.is_working(date(2025, 12, 29).toordinal())
    assert calendar.is_working(date(2025, 12, 29).toordinal())
    assert closed.edition == f"{calendar.edition}; closed 2025-12-29 council shut, 2026-12-29 council shut"


def test_a_closure_outside_the_calendar_is_refused(calendar: Calendar) -> None:
    """It would have no effect, so it is a mistake."""
    with pytest.raises(CalendarError, match="a closure lies outside the calendar") as refused:
        calendar.with_closures({date(2029, 1, 2): "too far"})
    assert "2029-01-02" in str(refused.value)
    assert "2028-12-31" in str(refused.value)


@pytest.mark.parametrize("day", ["1989-12-31", "2029-01-01"])
def test_a_day_asked_about_outside_the_calendar_is_refused(calendar: Calendar, day: str) -> None:
    """Nothing is judged on a day whose holidays are not known."""
    case = Case("c", (), coverage=Coverage.everything())
    with pytest.raises(CalendarError, match="the day asked about lies outside") as refused:
        prepare(case, as_of=day, calendar=calendar)
    assert day in str(refused.value)


@pytest.mark.parametrize("day", ["1989-12-31", "2029-01-01"])
def test_a_fact_outside_the_calendar_is_refused_with_its_place(calendar: Calendar, day: str) -> None:
    """The message names case, fact, field and day, for the day of a fact and for a date within it."""
    case = Case("c7", (Happened(day, event="placement_change", id="f1"),), coverage=Coverage.everything())
    with pytest.raises(CaseError, match=r"case c7, fact f1 \(happened\): when lies outside") as refused:
        prepare(case, as_of="2026-03-02", calendar=calendar)
    assert day in str(refused.value)
    agreed = Agreed("2026-03-02", by="iro", about="review", due=day, id="f2")  # type: ignore[arg-type]
    case = Case("c7", (agreed,), coverage=Coverage.everything())
    with pytest.raises(CaseError, match=r"fact f2 \(agreed\): due lies outside"):
        prepare(case, as_of="2026-03-02", calendar=calendar)


@pytest.mark.parametrize(
    ("asked", "day", "second", "whole"),
    [
        ("2026-03-02", "2026-03-02", 1_772_496_000, True),  # to 2026-03-03T00:00Z
        ("2026-03-29", "2026-03-29", 1_774_825_200, True),  # a day of 23 hours, to 2026-03-29T23:00Z
        ("2025-10-26", "2025-10-26", 1_761_523_200, True),  # a day of 25 hours, to 2025-10-27T00:00Z
        ("2026-06-30T23:30:00+00:00", "2026-07-01", 1_782_862_200, False),  # past midnight in London
    ],
)
def test_a_day_asked_about_lasts_until_midnight_in_london(asked: str, day: str, second: int, whole: bool) -> None:
    """A whole day runs to its end by London time, clock changes included; an instant has the day London has."""
    assert AsOf.of(asked) == AsOf(date.fromisoformat(day).toordinal(), second, whole)
