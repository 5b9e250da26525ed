"""The arithmetic of the check is true for whatever numbers a protocol has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.checking import Kind, Report, check
from iro_rules.checking.reading import choices, under
from iro_rules.checking.spans import EVERY_DAY, Step, added, compare, lasting, reached
from iro_rules.clock import Calendar, Number, Unit, at_least_before
from iro_rules.clock.deadline import due_day
from iro_rules.protocols import Protocol
from iro_rules.readings import Interpretation
from tests.checking.made import days, national, protocol

NATION = national()
UNITS = st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.HOURS])
COUNTS = st.integers(1, 12)


def report(made: Protocol) -> Report:
    return check(made, NATION)


def copy_within(count: int, unit: Unit) -> Protocol:
    return protocol(copy={"within": days("made.copy", count, unit)})


@given(COUNTS, UNITS)
def test_a_shorter_clock_never_brings_a_laxer_one(count: int, unit: Unit) -> None:
    """Whatever is laxer at a number is laxer at the next, and what keeps within keeps within at the number before."""
    if report(copy_within(count, unit)).of(Kind.LAXER_CLOCK):
        assert report(copy_within(count + 1, unit)).of(Kind.LAXER_CLOCK)


@given(st.integers(1, 12))
def test_an_earlier_day_counted_back_never_brings_a_laxer_clock(count: int) -> None:
    """In working days, fewer than the nation's five is laxer and nothing else is."""
    made = protocol(evidence={"within": at_least_before(Number("made.evidence.before", count), Unit.WORKING_DAYS)})
    assert bool(report(made).of(Kind.LAXER_CLOCK)) is (count < 5)


@given(st.integers(0, 8), st.integers(0, 8))
def test_a_chain_in_working_days_overruns_just_where_its_sum_does(first: int, then: int) -> None:
    """Working days add up, from whatever day."""
    made = protocol(notice={"within": days("made.notice", first)}, appointed={"within": days("made.appointed", then)})
    assert bool(report(made).of(Kind.CHAIN_OVERRUN)) is (first + then > 5)


@given(st.integers(1, 12), st.integers(1, 6), st.integers(1, 12))
def test_a_ladder_in_working_days_is_over_its_limit_just_where_its_sum_is(second: int, move: int, third: int) -> None:
    """From the stage at which the limit starts: two stages and the move between them."""
    made = protocol(
        second={"within": days("made.second", second)},
        move={"within": days("made.move", move)},
        third={"within": days("made.third", third)},
    )
    found = report(made)
    assert bool(found.of(Kind.LADDER_OVER_CAP)) is (second + move + third > 20)
    assert found.of(Kind.CAP_NOT_PROVABLE) == ()


@given(st.sets(st.sampled_from(["second", "move", "third"]), min_size=1))
def test_each_clock_taken_away_is_one_gap_more(without: set[str]) -> None:
    """And the days that are stated are those of the clocks that are left."""
    given_ = {"second": 5, "move": 2, "third": 5}
    changed: dict[str, Any] = {name: {"within": None} for name in without}
    made = protocol(**changed)
    (found,) = report(made).of(Kind.CAP_NOT_PROVABLE)
    left = sum(count for name, count in given_.items() if name not in without)
    stated = added([Step(left, Unit.WORKING_DAYS)]) if left else "no time"
    gaps = "1 gap has" if len(without) == 1 else f"{len(without)} gaps have"
    assert found.sentence.startswith(f"{stated} are stated and {gaps} no clock")
    assert sum("no clock" in line for line in found.arithmetic) == len(without)


@given(COUNTS, UNITS, COUNTS, UNITS)
def test_a_comparison_is_what_each_day_shows(count: int, unit: Unit, other: int, another: Unit) -> None:
    """The days that are later, and the worst, counted again one by one on a calendar of two years."""
    calendar = Calendar(
        date(2024, 1, 1).toordinal(),
        date(2025, 12, 31).toordinal(),
        {date(2024, 12, day).toordinal(): "holiday" for day in (25, 26)},
        "two years",
    )
    mine, theirs = Step(count, unit), Step(other, another)
    found = compare((mine,), theirs, calendar)
    assert found is not None
    gaps = []
    for day in range(calendar.first, calendar.last + 1):
        a, b = reached(day, (mine,), calendar), reached(day, (theirs,), calendar)
        if a is not None and b is not None:
            gaps.append((a - b, day))
    assert found.days == len(gaps)
    assert found.later == sum(gap > 0 for gap, _ in gaps)
    assert found.worst == max(gap for gap, _ in gaps)
    assert found.laxer is any(gap > 0 for gap, _ in gaps)
    assert reached(found.worst_start, (mine,), calendar) == found.worst_local
    assert reached(found.worst_start, (theirs,), calendar) == found.worst_national


def test_hours_run_from_the_last_minute_of_their_day() -> None:
    """So 24 hours end on the next day, 25 on the one after, and one hour may end on the next day."""
    day = date(2024, 3, 4).toordinal()
    for hours, later in ((0, 0), (1, 1), (24, 1), (25, 2), (48, 2)):
        assert reached(day, (Step(hours, Unit.HOURS),), EVERY_DAY) == day + later, hours


def test_steps_follow_one_another() -> None:
    """48 hours from a Thursday end on Saturday, and five working days from there on the next Friday."""
    thursday = date(2024, 3, 7)
    found = reached(thursday.toordinal(), (Step(48, Unit.HOURS), Step(5, Unit.WORKING_DAYS)), EVERY_DAY)
    assert found == date(2024, 3, 15).toordinal()


def test_steps_past_the_calendar_are_not_guessed() -> None:
    """A comparison of more days than the calendar has is none; a single start too late is left out."""
    short = Calendar(date(2024, 1, 1).toordinal(), date(2024, 1, 31).toordinal(), {}, "a month")
    assert compare((Step(60, Unit.DAYS),), Step(5, Unit.DAYS), short) is None
    found = compare((Step(10, Unit.DAYS),), Step(5, Unit.DAYS), short)
    assert found is not None
    assert found.days == 21
    assert lasting((Step(60, Unit.DAYS),), short) is None


def test_bank_holidays_only_lengthen_working_days(calendar: Calendar) -> None:
    """What is said to hold in any calendar is a lower bound of what the known one shows."""
    for count in range(1, 25):
        steps = (Step(count, Unit.WORKING_DAYS),)
        found = lasting(steps, calendar)
        assert found is not None
        least, most, known, start = found
        assert least <= most <= known
        assert due_day(start, count, Unit.WORKING_DAYS, "after", False, calendar) == start + known


@given(st.integers(2, 3), st.integers(1, 3), st.data())
def test_the_readings_named_are_those_under_which_it_holds(size: int, questions: int, data: st.DataObject) -> None:
    """`under` is empty where all hold or none do; else it names no question on which nothing turns."""
    names = [f"reading-{n}" for n in range(size)]
    asked = [
        Interpretation(f"made.{n}", "Which?", tuple((name, name) for name in names), names[0], "not said")
        for n in range(questions)
    ]
    tried = choices(*asked)
    assert len(tried) == size**questions
    turning = data.draw(st.integers(0, questions - 1))
    reading = data.draw(st.sampled_from(names))
    held = [choice for choice in tried if choice[f"made.{turning}"] == reading]
    said = under(held, tried)
    assert under(tried, tried) == ""
    assert said == f"made.{turning}={reading}"


def test_many_open_questions_are_varied_one_at_a_time() -> None:
    """Eight questions with two readings have 256 choices; the defaults and each other reading are nine."""
    asked = [Interpretation(f"made.{n}", "Which?", (("a", "a"), ("b", "b")), "a", "not said") for n in range(8)]
    tried = choices(*asked)
    assert len(tried) == 9
    assert set(tried[0].values()) == {"a"}
    assert all(sum(reading == "b" for reading in choice.values()) == 1 for choice in tried[1:])


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Step(5, Unit.WORKING_DAYS), Step(1, Unit.WORKING_DAYS)), "6 working days"),
        ((Step(1, Unit.WORKING_DAYS),), "1 working day"),
        ((Step(48, Unit.HOURS), Step(5, Unit.WORKING_DAYS)), "48 hours and 5 working days"),
        ((), "no time"),
    ],
)
def test_a_sum_keeps_units_apart(steps: tuple[Step, ...], said: str) -> None:
    """Like units are added, unlike ones never."""
    assert added(steps) == said
