"""A varied rulebook differs from its base in what was asked for and in nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules import FieldError, InterpretationError, RulebookError
from iro_rules.clock import Clock, Number, Unit, before_the_event, within
from iro_rules.facts import Told
from iro_rules.lab import vary
from iro_rules.national import rulebook
from iro_rules.readings import parts
from iro_rules.rulebook import Rulebook
from tests.rulebooks import by_hand, duty, rulebooks

BOOKS = rulebooks()
NUMBER = "regulations.first-review.within"


def clocks(book: Rulebook, number: str) -> list[Clock]:
    """The clocks that count by a number under some reading."""
    found = (part for rule in book.rules for part in parts(rule) if isinstance(part, Clock))
    return [clock for clock in found if any(isinstance(p, Number) and p.id == number for p in parts(clock.number))]


@pytest.mark.parametrize("name", BOOKS)
def test_a_rulebook_with_nothing_varied_is_the_rulebook(name: str) -> None:
    """Every part of every rulebook survives unchanged, and is the very same value."""
    book = BOOKS[name]
    same = vary(book)
    assert same.parts == book.parts
    assert same.name == book.name
    assert all(a is b for a, b in zip(same.parts, book.parts, strict=True))


@pytest.mark.parametrize("name", BOOKS)
def test_a_new_number_stands_wherever_the_old_one_stood_and_nothing_else_changes(name: str) -> None:
    """Each number of each rulebook can be replaced, also inside ladders and readings."""
    book = BOOKS[name]
    elsewhere = BOOKS["national"].numbers if name != "national" else {}
    for number in book.numbers.keys() - elsewhere.keys():
        varied = vary(book, {number: 77})
        assert varied.numbers[number].values[-1][1] == 77
        assert {n: v for n, v in varied.numbers.items() if n != number} == {
            n: v for n, v in book.numbers.items() if n != number
        }
        touched = {rule.id for rule, new in zip(book.rules, varied.rules, strict=True) if rule != new}
        holding = {rule.id for rule in book.rules if any(isinstance(p, Number) and p.id == number for p in parts(rule))}
        assert touched == holding


def test_a_number_may_change_from_a_day_on() -> None:
    """By the first day each is in force."""
    varied = vary(rulebook(), {NUMBER: {"2011-04-01": 20, "2026-04-01": 15}})
    assert [count for _, count in varied.numbers[NUMBER].values] == [20, 15]


def test_a_unit_changes_on_every_clock_of_its_number() -> None:
    """And how days are counted stays open where it was."""
    varied = vary(rulebook(), units={NUMBER: "calendar days"})
    before, after = clocks(rulebook(), NUMBER), clocks(varied, NUMBER)
    assert [clock.unit for clock in before] == [Unit.WORKING_DAYS] * len(before)
    assert [clock.unit for clock in after] == [Unit.DAYS] * len(before)
    assert [clock.tight for clock in after] == [clock.tight for clock in before]


def test_hours_leave_no_first_day_open_and_days_do() -> None:
    """A clock that comes from hours gets the open question of days, and the other way round loses it."""
    book = by_hand()
    hours = vary(book, units={"within.DAYS": Unit.HOURS})
    assert [clock.tight for clock in clocks(hours, "within.DAYS")] == [False]
    days = vary(book, units={"within.HOURS": Unit.DAYS})
    assert [clock.tight for clock in clocks(days, "within.HOURS")] == [within(Number("x", 1), Unit.DAYS).tight]


def test_a_usual_reading_changes_for_every_rule_that_rests_on_it() -> None:
    """The varied rulebook, asked without readings, is the base asked with them."""
    readings = {"counting.first-day": "event_day"}
    varied = vary(rulebook(), readings=readings)
    assert varied.core().productions() == rulebook().core(readings).productions()


def test_a_variation_says_in_its_name_what_was_changed() -> None:
    """Unless it is given a name."""
    assert vary(by_hand(), {"within.DAYS": 4}).name == "by hand, with within.DAYS 4"
    assert vary(by_hand(), {"within.DAYS": 4}, name="four").name == "four"


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"numbers": {"within.DAY": 4}}, RulebookError, "within.DAYS, perhaps"),
        ({"numbers": {"within.DAYS": -1}}, RulebookError, "0 or more"),
        ({"numbers": {"within.DAYS": True}}, RulebookError, "0 or more"),
        ({"units": {"within.DAYS": "fortnights"}}, RulebookError, "working days"),
        ({"units": {"before.DAYS": "hours"}}, RulebookError, "backwards"),
        ({"units": {"nothing": "hours"}}, RulebookError, "no such number"),
        ({"readings": {"counting.first": "next_day"}}, InterpretationError, "counting.first-day, perhaps"),
        ({"readings": {"counting.first-day": "later"}}, InterpretationError, "next_day, event_day"),
    ],
)
def test_what_cannot_be_varied_is_refused(options: dict[str, Any], error: type[Exception], words: str) -> None:
    """With what would be right."""
    with pytest.raises(error, match=words):
        vary(by_hand(), **options)


def test_a_number_that_no_clock_counts_by_has_no_unit() -> None:
    """A figure that is only compared with has none to change."""
    compared = next(number for number in rulebook().numbers if not clocks(rulebook(), number))
    with pytest.raises(RulebookError, match="no clock counts by this number"):
        vary(rulebook(), units={compared: "hours"})


def test_one_clock_cannot_be_given_two_units() -> None:
    """Where a reading chooses between two numbers on one clock, both keep one unit."""
    book = Rulebook(name="two", parts=(duty("before", before_the_event()),))
    first, second = sorted(book.numbers)
    with pytest.raises(RulebookError, match="two units"):
        vary(book, units={first: "weeks", second: "months"})


def test_numbers_that_are_listed_do_not_point_to_the_page_on_facts() -> None:
    """No number stands there; of a kind of fact, all the kinds do."""
    with pytest.raises(RulebookError) as refused:
        vary(rulebook(), {"zzz": 3})
    assert "more" in refused.value.right
    assert "facts.md" not in refused.value.right
    with pytest.raises(FieldError, match=r"docs/reference/facts\.md"):
        Told("2026-01-05", by="zzz", to="iro", about="review")


def test_a_misspelt_open_question_is_told_the_right_one() -> None:
    """Rather than all of them."""
    with pytest.raises(InterpretationError, match=r"Expected: counting\.first-day, perhaps"):
        rulebook().core({"counting.firstday": "next_day"})
