"""The readers never differ on any rulebook there is, and what is true of any answer is true under real rules."""

from __future__ import annotations

import random
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iro_rules.clock import Clock
from iro_rules.facts import Coverage
from iro_rules.rulebook.core import Core, Owe
from iro_rules.rulebook.terms import Standing
from iro_rules.testing.random_cases import CaseAndRelated, CaseSize
from iro_rules.testing.saved import Situation
from iro_rules.testing.strategies import deadlines, situations
from iro_rules.testing.witness import Edge, around, edges, witness
from tests.readers.agreement import CALENDAR, READERS, agrees, answer
from tests.rulebooks import rulebooks

BOOKS = rulebooks()
LONG = CaseSize(facts=40, days=8, keys=2, fitting=90, timed=30)


CHOICES = 6
"""Under how many choices of readings a rulebook is tried; each takes a network of its own, which is slow to build."""


def cores_of(name: str) -> st.SearchStrategy[Core]:
    """The cores of a rulebook by its default readings, by none of them where there are two, and by some at random."""
    book, rng = BOOKS[name], random.Random(name)
    others = [{i.id: i.names()[i.names().index(i.default) - 1] for i in book.interpretations}]
    others += [{i.id: rng.choice(i.names()) for i in book.interpretations} for _ in range(CHOICES - 2)]
    return st.sampled_from([{}, *others]).map(book.core)


def own_edges(name: str) -> tuple[Edge, ...]:
    """The edges of a rulebook's own duties; those of the national rules beneath a protocol are tried by themselves."""
    beneath = BOOKS["national"].by_id if name not in ("national", "by hand") else {}
    return tuple(edge for edge in edges(BOOKS[name].core(), CALENDAR) if edge.production.rule not in beneath)


def situations_of(name: str) -> st.SearchStrategy[Situation]:
    """Cases of the kinds and terms that a rulebook reads, near its deadlines."""
    return cores_of(name).flatmap(lambda core: situations(CALENDAR, core=core, case=LONG))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_readers_agree_on_every_rulebook_there_is(name: str, book: str, data: st.DataObject) -> None:
    """Under any choice of readings, on cases full of what its rules look for."""
    agrees(name, data.draw(situations_of(book)))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=settings().max_examples // 6)
@given(data=st.data())
def test_readers_agree_round_every_deadline_of_a_rulebook(name: str, book: str, data: st.DataObject) -> None:
    """Just before, at and just after each deadline of a case."""
    situation = data.draw(situations_of(book))
    moments = deadlines(situation.core, CaseAndRelated(situation.case, situation.related), CALENDAR)
    for moment in dict.fromkeys(moments[:12]):
        agrees(name, attrs.evolve(situation, as_of=moment))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("name", READERS)
def test_readers_agree_on_the_boundary_of_every_duty(name: str, book: str) -> None:
    """On a case that brings each duty about, at its deadline and just after, also without coverage."""
    core = BOOKS[book].core()
    for edge in own_edges(book):
        found = witness(core, edge, CALENDAR)
        assert found is not None
        moments = (*around(found)[0][-1:], *around(found)[1])
        for coverage in (found.case.coverage, Coverage.only())[: 1 if name == "columnar" else 2]:
            case = attrs.evolve(found.case, coverage=coverage)
            for moment in moments:
                agrees(name, Situation(core=core, case=case, related={}, as_of=moment))


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_narrowing_coverage_never_creates_an_overdue_under_real_rules(book: str, data: st.DataObject) -> None:
    """A record that says less of itself never makes anything late that was not."""
    situation = data.draw(situations_of(book))
    before = {v.id for v in answer(situation) if v.standing == Standing.OVERDUE}
    kept = [kind for kind in sorted(situation.case.coverage.kinds) if data.draw(st.booleans())]
    narrow = attrs.evolve(situation.case, coverage=Coverage.only(*kept))
    after = {v.id for v in answer(attrs.evolve(situation, case=narrow)) if v.standing == Standing.OVERDUE}
    assert after <= before


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=settings().max_examples // 2)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_the_order_of_facts_never_matters_under_real_rules(book: str, data: st.DataObject, seed: int) -> None:
    """A record read bottom to top says the same."""
    situation = data.draw(situations_of(book))
    facts = [*situation.case.facts, *situation.case.facts]
    random.Random(seed).shuffle(facts)
    assert answer(attrs.evolve(situation, case=attrs.evolve(situation.case, facts=facts))) == answer(situation)


def test_moving_a_review_moves_every_deadline_that_is_counted_back_from_it() -> None:
    """Under the rules as they are, a later review is a later deadline for each duty that comes before one."""
    core = BOOKS["national"].core()
    moved = 0
    for edge in edges(core, CALENDAR):
        within = edge.production.within
        if not isinstance(within, Clock) or within.direction != "before":
            continue
        found = witness(core, edge, CALENDAR)
        assert found is not None
        facts = [f for f in found.case.facts if f.kind() == "review_planned"]
        for planned in facts:
            later = attrs.evolve(planned, planned_for=planned.planned_for.add(days=28))  # type: ignore[attr-defined, call-arg]
            others = [later if f is planned else f for f in found.case.facts]
            far = date.fromordinal(max(f.on.toordinal() for f in others))
            verdict = found.verdict(far, CALENDAR, attrs.evolve(found.case, facts=others))
            was = found.verdict(far, CALENDAR)
            if verdict is not None and was is not None and was.due_on is not None and verdict.due_on is not None:
                assert verdict.due_on > was.due_on, edge.name
                moved += 1
    assert moved, "no duty before a review was found"


def test_every_clock_of_every_rulebook_is_tried() -> None:
    """There is an edge for each duty with a clock, so no rulebook passes for want of anything to try."""
    for name, book in BOOKS.items():
        core = book.core()
        clocks = {p.rule for p in core.productions() if isinstance(p, Owe) and isinstance(p.within, Clock)}
        assert clocks == {edge.production.rule for edge in edges(core, CALENDAR)}, name
