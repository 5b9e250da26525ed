"""The columnar reader's deadlines: the same as the clock's, day by day and hour by hour."""

from __future__ import annotations

from datetime import date

import attrs
import polars as pl
import pytest

from iro_rules.clock import AgreedDate, Calendar, Chosen, Clock, Number, Soft, Unit, within
from iro_rules.clock.deadline import due_day
from iro_rules.engines.columnar.days import Days
from iro_rules.engines.columnar.scale import EPOCH
from iro_rules.facts import (
    Agreed,
    BecameLookedAfter,
    Coverage,
    OrderMade,
    Raised,
    ReviewHeld,
    Told,
)
from iro_rules.rulebook.core import Judge, Owe, Production
from iro_rules.rulebook.terms import Compare, Present, Standing, fact, seek
from tests.engines.columnar_help import agree, case_of, core_of, day, review_duty, standings, term

SHORT = Calendar(
    date(2023, 1, 1).toordinal(), date(2026, 12, 31).toordinal(), dict.fromkeys(range(739000, 739040, 9), "closed"),
    "short",
)  # fmt: skip


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.HOURS])
def test_days_are_counted_by_table_as_by_the_clock(unit: Unit) -> None:
    """From every day of a calendar, forwards and backwards, strictly and not, in tables and one by one."""
    days, every = Days(SHORT), range(SHORT.first - 2, SHORT.last + 3)
    numbers = pl.Series(every, dtype=pl.Int32) - EPOCH
    for count in (0, 1, 2, 13, 400, 7_000):
        for direction in ("after", "before") if unit is not Unit.YEAR_ENDS else ("after",):
            for tight in (False, True):
                wanted = {day: due_day(day, count, unit, direction, tight, SHORT) for day in every if SHORT.knows(day)}
                for some in (numbers, numbers[:700], numbers[700:]):
                    found = days.due(some, count, unit, direction, tight=tight) + EPOCH
                    assert found.to_list() == [wanted.get(number + EPOCH) for number in some]


def test_numbers_are_those_in_force_when_the_obligation_arose() -> None:
    """By edition; before the first there is no deadline."""
    number = Number("a.within", {"2025-01-01": 10, "2025-06-01": 5, "2025-09-01": 0})
    days = ("2024-12-31", "2025-01-01", "2025-05-31", "2025-06-01", "2025-08-31", "2025-09-01")
    facts = [BecameLookedAfter(day, period=str(place)) for place, day in enumerate(days)]
    for unit in Unit:
        agree(core_of(review_duty(within=within(number, unit))), case_of(*facts))


def test_a_chosen_number_of_days_is_moved_to_its_bounds() -> None:
    """Each trigger has its own number, or the one for want of a choice."""
    chosen = Chosen(
        "trigger.window", Number("low", {"2025-02-01": 2}), Number("high", {"2025-03-01": 7}), Number("else", 5)
    )
    facts = [
        Raised(day, by="iro", about="review", dispute=f"{day}-{window}", window=window)
        for day in ("2025-01-20", "2025-02-20", "2025-03-20")
        for window in (None, 0, 1, 3, 9, 10_000)
    ]
    for tight in (False, True):
        rule = Owe(
            rule="a",
            trigger=fact("raised"),
            lookups=(seek("agreed", fact("agreed"), "dispute"),),
            done=("agreed",),
            within=attrs.evolve(chosen, tight=tight),
        )
        agree(core_of(rule), case_of(*facts))


@pytest.mark.parametrize(
    "made", ["2025-03-29T12:00:00+00:00", "2025-10-25T12:00:00+01:00", "2025-10-26T01:30:00+00:00", "2025-10-26"]
)
def test_hours_run_across_clock_changes_and_an_act_of_the_day_needs_a_time(made: str) -> None:
    """Elapsed hours; a day without a time neither starts the clock nor can it be in time on the day it ends."""
    rule = Owe(
        rule="a",
        trigger=fact("order_made"),
        lookups=(seek("told", fact("told"), since="trigger"),),
        done=("told",),
        within=within(Number("a.within", 24), Unit.HOURS),
    )
    made_then = OrderMade(made, order=term("order"))
    day = made[:10]
    after = {"2025-03-29": "2025-03-30", "2025-10-25": "2025-10-26", "2025-10-26": "2025-10-27"}[day]
    for told in (None, after, f"{after}T10:59:59+00:00", f"{after}T11:00:01+00:00", f"{after}T23:30:00+00:00", day):
        acts = [] if told is None else [Told(told, by="iro", to="child", about="review")]
        for as_of in (day, after, f"{after}T11:00:00+00:00", f"{after}T12:00:01+00:00", "2025-12-01"):
            agree(core_of(rule), case_of(made_then, *acts), as_of=as_of)


def test_deadlines_that_cannot_be_reckoned_say_what_is_missing() -> None:
    """An anchor that is not there, a field that is blank, a day beyond the calendar, an agreed date, no deadline."""
    far = Number("far", 40)
    timescales = (Clock(far, Unit.YEARS), Clock(far, Unit.HOURS), Clock(far, Unit.DAYS, "before"), Soft("soon"), None)
    lookups = (seek("review", fact("review_held"), "period"), seek("agreed", fact("agreed")))
    rules = [
        review_duty(rule=f"{anchor}-{number}", within=timescale, lookups=lookups, anchor=anchor)
        for number, timescale in enumerate(timescales)
        for anchor in ("trigger", "review", "agreed", "agreed.due")
        if not (anchor == "agreed.due" and number == 1)
    ]
    rules.append(review_duty(rule="z", within=AgreedDate("agreed.due"), lookups=lookups))
    start, held = BecameLookedAfter("1990-01-15"), ReviewHeld("1990-01-20", review="r1")
    agreed = Agreed("1990-01-16", by="iro", about="review")
    cases = [
        case_of(start, name="a"),
        case_of(start, held, name="b"),
        case_of(start, held, agreed, name="c"),
        case_of(start, attrs.evolve(agreed, due=day("1990-01-17"), id="x"), name="d"),
        case_of(start, name="e", coverage=Coverage.only("became_looked_after")),
    ]
    agree(core_of(*rules), *cases)


def test_an_act_is_done_by_the_last_that_is_needed_or_the_first_that_will_do() -> None:
    """And the rows an obligation gives rise to are dated by it, or by the deadline."""
    rules: list[Production] = []
    for needs in ("all", "any"):
        lookups = (seek("review", fact("review_held"), "period"), seek("told", fact("told")))
        rules += [
            review_duty(rule=needs, lookups=lookups, done=("review", "told"), needs=needs),
            Judge(rule=f"{needs}.met", trigger=fact(f"{needs}/met"), verdicts=(((), Standing.HOLDS),)),
            Judge(
                rule=f"{needs}.overdue",
                trigger=fact(f"{needs}/overdue"),
                lookups=(seek("later", fact("told"), after="trigger"),),
                verdicts=(((Present("later"), Compare("trigger.due", "lt", "as_of.day")), Standing.HOLDS),),
                otherwise=Standing.OPEN,
            ),
        ]
    start = BecameLookedAfter("2026-01-05")
    cases = [
        case_of(start, *(f for f in (held, told) if f is not None), name=f"c{one}{other}")
        for one, held in enumerate((None, ReviewHeld("2026-01-20", review="r1"), ReviewHeld("2026-02-10", review="r1")))
        for other, told in enumerate(
            None if day is None else Told(day, by="iro", to="child", about="review")
            for day in (None, "2026-01-20", "2026-02-20", "2026-01-20T09:00:00+00:00")
        )
    ]
    found = agree(core_of(*rules), *cases)
    assert {"met", "met_late", "overdue", "holds"} <= set(standings(found))
