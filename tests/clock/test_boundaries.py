"""Each number of each duty's clock: the day before, the day itself and the day after, in every rulebook there is."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from iro_rules.clock import Clock, Number, Unit, england_and_wales
from iro_rules.readings import interpretations_in
from iro_rules.rulebook.core import Core, Owe
from iro_rules.rulebook.terms import Standing
from iro_rules.testing.witness import Edge, Witness, around, discharged, edges, witness
from tests.clock.slow import count
from tests.rulebooks import rulebooks

CALENDAR = england_and_wales()
Spot = tuple[str, Core, Edge]


def spots() -> dict[str, Spot]:
    """Every edge of every rulebook under the default readings, and those that another reading changes.

    The national rules beneath a protocol are tried by themselves.
    """
    found: dict[str, Spot] = {}
    books = rulebooks()
    for name, book in books.items():
        beneath = books["national"].by_id if name not in ("national", "by hand") else {}
        own = tuple(rule for rule in book.rules if rule.id not in beneath)
        seen = []
        others = [(i.id, r) for i in interpretations_in(own) for r in i.names() if r != i.default]
        for choice in ((), *((other,) for other in others)):
            core = book.core(dict(choice))
            for edge in edges(core, CALENDAR):
                if edge not in seen and edge.production.rule not in beneath:
                    seen.append(edge)
                    read = "".join(f", {reading}" for _, reading in choice)
                    found[f"{name}: {edge.production.rule}, {edge.name}{read}"] = (name, core, edge)
    return found


SPOTS = spots()
WITNESSES: dict[str, Witness | None] = {}


@pytest.fixture(params=SPOTS)
def case(request: pytest.FixtureRequest) -> Witness:
    """A case that brings a duty about; looked for once."""
    _, core, edge = SPOTS[request.param]
    if request.param not in WITNESSES:
        WITNESSES[request.param] = witness(core, edge, CALENDAR)
    found = WITNESSES[request.param]
    assert found is not None, f"no case was found in which {edge.production.rule} is owed from {edge.name}"
    return found


def test_standing_turns_exactly_after_the_deadline(case: Witness) -> None:
    """The day before and on the day the duty is open; the day after it is overdue. Hours turn by the second."""
    known = max(fact.on for fact in case.case.facts)
    before, after = around(case)
    for moment in before:
        if moment.toordinal() >= known.toordinal():
            verdict = case.verdict(moment, CALENDAR)
            assert verdict is not None
            assert (verdict.standing, verdict.due_on) == (Standing.OPEN, case.due_on), moment
    for moment in after:
        if moment.toordinal() >= known.toordinal():
            verdict = case.verdict(moment, CALENDAR)
            assert verdict is not None
            assert (verdict.standing, verdict.due_on) == (Standing.OVERDUE, case.due_on), moment


def test_the_deadline_is_where_a_slow_count_puts_it(case: Witness) -> None:
    """The number in the rulebook, walked off day by day from the anchor, reaches the deadline."""
    within, day = case.edge.production.within, date.fromordinal(case.anchor_on)
    assert isinstance(within, Clock)
    if within.unit is Unit.HOURS:
        assert case.anchor_at is not None
        assert case.due_at == case.anchor_at + 3600 * case.edge.count
    elif date(2021, 2, 1) < day < date(2027, 6, 1):
        reached = count(day, case.edge.count, str(within.unit), within.direction, bool(within.tight))
        assert date.fromordinal(case.due_on) == reached


def test_an_act_on_the_last_day_is_in_time_and_the_day_after_is_late(case: Witness) -> None:
    """Discharged the day before or on the day it is met; the day after it is met late."""
    known = max(fact.on for fact in case.case.facts)
    before, after = around(case)
    tried = 0
    for moments, wanted in ((before, Standing.MET), (after, Standing.MET_LATE)):
        for moment in moments:
            verdict = discharged(case, moment, CALENDAR) if moment.toordinal() > known.toordinal() else None
            if verdict is not None:
                tried += 1
                assert (verdict.standing, verdict.due_on) == (wanted, case.due_on), moment
    assert tried or case.due_on <= known.toordinal(), "no fact was found that discharges it"


def test_another_number_is_another_deadline(case: Witness) -> None:
    """The deadline comes from the number: two more units move it, away from the anchor."""
    edge = case.edge
    moved = due_under(case, Number(edge.number.id, tuple((start, n + 2) for start, n in edge.number.values)))
    was = (case.due_on, case.due_at or 0)
    assert isinstance(edge.production.within, Clock)
    assert (moved > was) if edge.production.within.direction == "after" else (moved < was)


def due_under(case: Witness, number: Number) -> tuple[int, int]:
    """The deadline of the same case under another number."""
    rule = case.edge.production.rule
    within = attrs.evolve(case.edge.production.within, number=number)  # type: ignore[misc]
    strata = tuple(
        tuple(attrs.evolve(p, within=within) if isinstance(p, Owe) and p.rule == rule else p for p in stratum)
        for stratum in case.core.strata
    )
    other = attrs.evolve(case, core=attrs.evolve(case.core, strata=strata))
    later = date.fromordinal(min(CALENDAR.last, max(f.on.toordinal() for f in case.case.facts) + 400))
    verdict = other.verdict(later, CALENDAR)
    assert verdict is not None
    assert verdict.due_on is not None
    return verdict.due_on, verdict.due_at or 0
