"""How an obligation stands by its deadline: days, hours, clock changes, acts without a time, and the calendar's end."""

from __future__ import annotations

from datetime import date, datetime

import pendulum
import pytest

from iro_rules.clock import AgreedDate, Clock, Number, Soft, Unit, at_least_before, chosen_window, within
from iro_rules.clock.deadline import due_instant, london_day
from iro_rules.clock.timescale import Timescale
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import (
    Agreed,
    Case,
    CeasedToBeLookedAfter,
    Coverage,
    Fact,
    OrderMade,
    Raised,
    ReviewHeld,
    ReviewPlanned,
    StepTaken,
)
from iro_rules.rulebook import Duty, Rulebook, fact, seek
from iro_rules.rulebook.terms import Pattern, Standing
from iro_rules.testing.random_cases import MadeUpStage
from iro_rules.testing.saved import Situation
from tests.readers.agreement import READERS, agrees, answer
from tests.rulebooks import LAW

DAY = Number("test.within", 1)


def book(trigger: Pattern, timescale: Timescale, anchor: str = "trigger") -> Rulebook:
    """One duty, discharged by a review."""
    rule = Duty(
        id="test", law=LAW, act="hold a review", trigger=trigger, anchor=anchor, within=timescale,
        met_by=(seek("held", fact("review_held")),),
        lapses=seek("stopped", fact("ceased_to_be_looked_after")),
    )  # fmt: skip
    return Rulebook(name="one duty", parts=(rule,))


def stands(rules: Rulebook, as_of: str, *facts: Fact, **readings: str) -> Verdict:
    """The verdict on the one duty; every reader gives the same."""
    core = rules.core({name.replace("__", ".").replace("_", "-"): reading for name, reading in readings.items()})
    moment = datetime.fromisoformat(as_of) if "T" in as_of else date.fromisoformat(as_of)
    case = Case("c", facts, coverage=Coverage.everything())
    situation = Situation(core=core, case=case, related={}, as_of=moment)
    for name in READERS:
        agrees(name, situation)
    (verdict,) = answer(situation)
    return verdict


ORDERED = fact("order_made")
HOURS = book(ORDERED, within(Number("test.hours", 24), Unit.HOURS))


def plan(when: str, day: str) -> ReviewPlanned:
    return ReviewPlanned(when, review="r", planned_for=pendulum.Date.fromisoformat(day))


def order_made(when: str) -> OrderMade:
    return OrderMade(when, order="emergency_protection_order")


@pytest.mark.parametrize(
    ("made", "in_time", "late"),
    [
        ("2026-01-12T10:00:00+00:00", "2026-01-13T10:00:00+00:00", "2026-01-13T10:00:01+00:00"),
        # The clocks go forward at 01:00 UTC on 29 March 2026: 24 hours later is an hour later by the wall clock.
        ("2026-03-28T12:00:00+00:00", "2026-03-29T13:00:00+01:00", "2026-03-29T13:00:01+01:00"),
        ("2026-03-28T23:30:00+00:00", "2026-03-30T00:30:00+01:00", "2026-03-30T00:30:01+01:00"),
        # They go back at 01:00 UTC on 26 October 2025: 24 hours later is an hour earlier by the wall clock.
        ("2025-10-25T12:00:00+01:00", "2025-10-26T11:00:00+00:00", "2025-10-26T11:00:01+00:00"),
        # The hour between one and two happens twice; the offset says which.
        ("2025-10-25T01:30:00+01:00", "2025-10-26T01:30:00+01:00", "2025-10-26T01:30:01+01:00"),
        ("2025-10-25T02:30:00+01:00", "2025-10-26T01:30:00+00:00", "2025-10-26T01:30:01+00:00"),
    ],
)
def test_hours_are_elapsed_hours_and_turn_by_the_second(made: str, in_time: str, late: str) -> None:
    """Through both clock changes a day's hours are 24 of them, whatever the wall clock says."""
    start = order_made(made)
    assert stands(HOURS, in_time, start).standing == Standing.OPEN
    assert stands(HOURS, late, start).standing == Standing.OVERDUE
    done_in_time = ReviewHeld(in_time, review="r")
    done_late = ReviewHeld(late, review="r")
    assert stands(HOURS, "2026-06-01", start, done_in_time).standing == Standing.MET
    assert stands(HOURS, "2026-06-01", start, done_late).standing == Standing.MET_LATE


def test_the_day_of_a_deadline_in_hours_is_londons() -> None:
    """An instant late in the evening by UTC is the next day in summer London."""
    verdict = stands(HOURS, "2026-07-10", order_made("2026-07-01T23:30:00+00:00"))
    assert verdict.due_on == date(2026, 7, 3).toordinal()
    assert verdict.due_at == due_instant(1_782_948_600, 24)
    assert london_day(1_782_948_600) == date(2026, 7, 2).toordinal()
    assert london_day(1_782_948_600 - 1801) == date(2026, 7, 1).toordinal()


def test_a_whole_day_asked_about_is_judged_at_its_end() -> None:
    """Hours that run out at noon have run out by the end of that day, and not by the end of the day before."""
    start = order_made("2026-01-12T12:00:00+00:00")
    assert stands(HOURS, "2026-01-12", start).standing == Standing.OPEN
    assert stands(HOURS, "2026-01-13", start).standing == Standing.OVERDUE
    midnight = order_made("2026-01-12T00:00:00+00:00")
    assert stands(HOURS, "2026-01-12", midnight).standing == Standing.OPEN
    assert stands(HOURS, "2026-01-13T00:00:01+00:00", midnight).standing == Standing.OVERDUE


def test_hours_cannot_run_from_a_day_without_a_time() -> None:
    """The missing thing is named; nothing is guessed."""
    verdict = stands(HOURS, "2026-02-01", order_made("2026-01-12"))
    assert verdict.standing == Standing.NOT_EVALUABLE
    assert verdict.missing_names() == ("time of day",)
    assert (verdict.due_on, verdict.due_at) == (None, None)


@pytest.mark.parametrize(
    ("done", "standing", "missing"),
    [
        ("2026-01-12", Standing.MET, ()),
        ("2026-01-13", Standing.NOT_EVALUABLE, ("time of day",)),
        ("2026-01-14", Standing.MET_LATE, ()),
    ],
)
def test_an_act_without_a_time_is_judged_where_its_day_is_enough(
    done: str, standing: Standing, missing: tuple[str, ...]
) -> None:
    """Only on the day the hours run out does the time of the act matter."""
    start = order_made("2026-01-12T12:00:00+00:00")
    verdict = stands(HOURS, "2026-02-01", start, ReviewHeld(done, review="r"))
    assert (verdict.standing, verdict.missing_names()) == (standing, missing)


TRIPLES: list[tuple[Clock, str, str, str]] = [
    # From or back from Wednesday 1 April 2026, before Easter: the day before, the day, the day after.
    (within(Number("n", 3), Unit.WORKING_DAYS), "2026-04-07", "2026-04-08", "2026-04-09"),
    (within(Number("n", 3), Unit.DAYS), "2026-04-03", "2026-04-04", "2026-04-05"),
    (within(Number("n", 2), Unit.WEEKS), "2026-04-14", "2026-04-15", "2026-04-16"),
    (within(Number("n", 1), Unit.MONTHS), "2026-04-30", "2026-05-01", "2026-05-02"),
    (within(Number("n", 1), Unit.YEARS), "2027-03-31", "2027-04-01", "2027-04-02"),
    (within(Number("n", 0), Unit.YEAR_ENDS), "2026-12-30", "2026-12-31", "2027-01-01"),
]


@pytest.mark.parametrize(("timescale", "before", "on", "after"), TRIPLES, ids=[str(t[0].unit) for t in TRIPLES])
def test_the_day_before_on_and_after_a_deadline(timescale: Clock, before: str, on: str, after: str) -> None:
    """Open, open, overdue; done then: met, met, met late."""
    rules, planned = (
        book(fact("review_planned"), timescale),
        plan("2026-04-01", "2026-04-01"),
    )
    assert [stands(rules, day, planned).standing for day in (before, on, after)] == [
        Standing.OPEN, Standing.OPEN, Standing.OVERDUE
    ]  # fmt: skip
    held = [stands(rules, "2027-06-01", planned, ReviewHeld(d, review="r")) for d in (before, on, after)]
    assert [verdict.standing for verdict in held] == [Standing.MET, Standing.MET, Standing.MET_LATE]
    assert {verdict.due_on for verdict in held} == {date.fromisoformat(on).toordinal()}


@pytest.mark.parametrize(
    ("reading", "due"), [("counted_back", "2026-03-31"), ("clear", "2026-03-30")], ids=["counted back", "clear days"]
)
def test_a_deadline_before_an_event_turns_on_its_own_day(reading: str, due: str) -> None:
    """Three working days before the Tuesday after Easter, either way of reading it."""
    rules = book(fact("review_planned"), at_least_before(Number("n", 3), Unit.WORKING_DAYS), "trigger.planned_for")
    planned = plan("2026-03-02", "2026-04-07")
    last = date.fromisoformat(due)
    days = [date.fromordinal(last.toordinal() + move).isoformat() for move in (-1, 0, 1)]
    found = [stands(rules, day, planned, counting__clear_days=reading) for day in days]
    assert [verdict.standing for verdict in found] == [Standing.OPEN, Standing.OPEN, Standing.OVERDUE]
    assert {verdict.due_on for verdict in found} == {last.toordinal()}


def test_an_agreed_date_is_the_deadline_and_without_one_there_is_none() -> None:
    """The date stands in the case; nothing is overdue where none was agreed."""
    rules = book(fact("review_planned"), AgreedDate("trigger.planned_for"))
    planned = plan("2026-03-02", "2026-03-10")
    assert stands(rules, "2026-03-10", planned).standing == Standing.OPEN
    assert stands(rules, "2026-03-11", planned).standing == Standing.OVERDUE
    optional = book(fact("agreed"), AgreedDate("trigger.due"))
    verdict = stands(optional, "2028-01-01", Agreed("2026-03-02", by="iro", about="review"))
    assert (verdict.standing, verdict.due_on) == (Standing.OPEN, None)


def test_words_without_a_figure_are_never_overdue() -> None:
    """However long ago it was."""
    rules = book(ORDERED, Soft("as soon as practicable"))
    verdict = stands(rules, "2028-12-01", order_made("2012-03-02"))
    assert (verdict.standing, verdict.due_on) == (Standing.OPEN, None)


WINDOW = chosen_window("trigger.window", Number("low", 5), Number("high", 20), Number("usual", 10))


@pytest.mark.parametrize(
    ("window", "due"),
    [
        (None, "2026-03-16"),
        (7, "2026-03-11"),
        (5, "2026-03-09"),
        (3, "2026-03-09"),
        (20, "2026-03-30"),
        (99, "2026-03-30"),
    ],
)
def test_a_chosen_window_is_kept_within_its_bounds(window: int | None, due: str) -> None:
    """Unchosen it is the usual one; too short or too long, it is the nearer bound."""
    rules = book(fact("raised"), WINDOW)
    raised = Raised("2026-03-02", by="iro", about="dispute", dispute="d", window=window)
    verdict = stands(rules, "2026-03-05", raised)
    assert verdict.due_on == date.fromisoformat(due).toordinal()


def test_a_number_is_the_one_in_force_when_the_duty_was_triggered() -> None:
    """A change of the law leaves obligations that had already begun alone; before the first there is no deadline."""
    number = Number("test.changed", {"2024-01-01": 10, "2026-03-02": 5})
    rules = book(fact("review_planned"), within(number, Unit.DAYS))

    def due(when: str) -> int | None:
        planned = plan(when, "2026-06-01")
        return stands(rules, "2026-03-02", planned).due_on

    assert due("2026-03-01") == date(2026, 3, 11).toordinal()
    assert due("2026-03-02") == date(2026, 3, 7).toordinal()
    assert due("2023-12-31") is None


def test_beyond_the_calendar_a_deadline_is_not_evaluable_and_says_so() -> None:
    """Bank holidays there are not known, so neither is the day."""
    rules = book(fact("review_planned"), within(Number("n", 5), Unit.WORKING_DAYS))
    planned = plan("2028-12-28", "2028-12-29")
    verdict = stands(rules, "2028-12-31", planned)
    assert (verdict.standing, verdict.due_on) == (Standing.NOT_EVALUABLE, None)
    assert verdict.missing_names() == ("working-day calendar",)
    hours = stands(HOURS, "2028-12-31", order_made("2028-12-31T12:00:00+00:00"))
    assert hours.missing_names() == ("working-day calendar",)


def test_what_lapses_must_come_by_the_deadline() -> None:
    """On the last day it still ends the duty; a day later the duty was already overdue."""
    rules = book(fact("review_planned"), within(Number("n", 3), Unit.DAYS))
    planned = plan("2026-03-02", "2026-03-09")
    left = [CeasedToBeLookedAfter(day) for day in ("2026-03-04", "2026-03-05", "2026-03-06")]
    found = [stands(rules, "2026-04-01", planned, fact).standing for fact in left]
    assert found == [Standing.LAPSED, Standing.LAPSED, Standing.OVERDUE]
    done = ReviewHeld("2026-03-04", review="r")
    assert stands(rules, "2026-04-01", planned, left[0], done).standing == Standing.MET


def test_facts_of_the_day_asked_about_count_and_later_ones_do_not() -> None:
    """At an instant, what happened at that very second counts; a fact with only a day counts all that day."""
    start = order_made("2026-03-02T10:00:00+00:00")
    step = StepTaken("2026-03-02", stage=MadeUpStage.FIRST, dispute="d")
    done = ReviewHeld("2026-03-03T09:00:00+00:00", review="r")
    assert stands(HOURS, "2026-03-03T08:59:59+00:00", start, step, done).standing == Standing.OPEN
    assert stands(HOURS, "2026-03-03T09:00:00+00:00", start, step, done).standing == Standing.MET
    assert stands(HOURS, "2026-03-02", start, step, done).standing == Standing.OPEN
    whole = ReviewHeld("2026-03-03", review="r")
    assert stands(HOURS, "2026-03-03T00:00:00+00:00", start, whole).standing == Standing.NOT_EVALUABLE
