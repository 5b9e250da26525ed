"""Live sessions: fact by fact, in any order, taken back or not, the answer is that of the facts there are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules import (
    Assessment,
    CalendarError,
    Case,
    CaseError,
    Changes,
    Coverage,
    FieldError,
    Session,
    Setting,
    assess,
    open_session,
    setting,
)
from iro_rules.facts import Appointed, BecameLookedAfter, Fact, Related, ReviewHeld, ReviewPlanned, Told
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.testing.random_cases import CHILD_KINDS, CaseSize
from iro_rules.testing.strategies import cases
from tests.assessment.made import RAISED, book, day, duty, finding, told_on

NATIONAL = setting()
START = BecameLookedAfter("2026-01-05", id="start")
HELD = ReviewHeld("2026-02-02", review="r1", id="held")
PLANNED = ReviewPlanned("2026-01-12", review="r1", planned_for=day("2026-02-02"), id="planned")
APPOINTED = Appointed("2026-01-07", role="iro", person="p1", id="appointed")
TALKED = Told("2026-01-09", by="iro", to="social_worker", about="review", review="r1", id="talked")
FACTS: tuple[Fact, ...] = (START, HELD, PLANNED, APPOINTED, TALKED)

NATIONALLY = tuple(kind for kind in CHILD_KINDS if "stage" not in KIND_FIELDS[kind])
SIZE = CaseSize(facts=8, related=0, kinds=NATIONALLY)
"""The national vocabulary has no stages, so facts about stages cannot be judged by the national rules alone."""


def opened(*facts: Fact, **options: Any) -> Session:
    """A session on a case whose record would hold everything, answered by the meaning."""
    settings: dict[str, Any] = {
        "coverage": Coverage.everything(),
        "as_of": "2026-03-02",
        "engine": "meaning",
        "protocol": NATIONAL,
    }
    return open_session("c1", facts=facts, **(settings | options))


def at_once(*facts: Fact, as_of: str = "2026-03-02") -> Assessment:
    """The same facts judged in one go."""
    case = Case("c1", facts, coverage=Coverage.everything())
    return assess(case, as_of=as_of, protocol=NATIONAL, engine="meaning", robustness=False)


@given(order=st.permutations(FACTS))
def test_facts_told_one_by_one_in_any_order_give_one_answer(order: list[Fact]) -> None:
    """At every step the answer is that of the facts told so far."""
    session = opened()
    for number, fact in enumerate(order, 1):
        session.add(fact)
        assert session.assessment == at_once(*order[:number])


@given(found=cases(SIZE, "child"), data=st.data())
def test_any_case_told_in_any_order_is_the_case_told_at_once(found: Any, data: st.DataObject) -> None:
    """Made-up cases under the national rules, told in pieces, some facts taken back and told again."""
    case = found.case
    order = data.draw(st.permutations(case.facts))
    cut = data.draw(st.integers(0, len(order)))
    as_of = "2028-12-31"
    session = open_session(
        case.id, coverage=case.coverage, subject=case.subject, as_of=as_of, engine="meaning", protocol=NATIONAL
    )
    session.add(*order[:cut])
    for fact in order[cut:]:
        session.add(fact)
    again = data.draw(st.lists(st.sampled_from([f.id for f in order]), unique=True)) if order else []
    session.take_back(*again)
    session.add(*(fact for fact in order if fact.id in again))
    assert session.case == case
    whole = assess(case, as_of=as_of, protocol=NATIONAL, engine="meaning", robustness=False)
    assert session.assessment == whole


@given(order=st.permutations(FACTS), kept=st.integers(0, len(FACTS)))
def test_a_fact_taken_back_leaves_no_trace(order: list[Fact], kept: int) -> None:
    """After telling everything and taking some of it back, the answer is that of what is left."""
    session = opened(*order)
    undone = session.take_back(*(fact.id for fact in order[kept:]))
    assert session.assessment == at_once(*order[:kept])
    redone = session.add(*order[kept:])
    assert session.assessment == at_once(*FACTS)
    assert {f.id for f in undone.appeared} == {f.id for f in redone.gone}
    assert {f.id for f in undone.gone} == {f.id for f in redone.appeared}
    assert {(a.id, a, b) for a, b in undone.changed} == {(a.id, b, a) for a, b in redone.changed}


def test_changes_name_what_appeared_what_went_and_what_stands_otherwise() -> None:
    """The start brings duties; the review settles one and brings the next; taken back, it is as it was."""
    session = opened()
    first = session.add(START)
    assert {"regulations.first-review:start", "handbook.iro-appointed:start"} < {f.id for f in first.appeared}
    assert first.gone == ()
    assert first.changed == ()
    second = session.add(HELD)
    ((before, after),) = (pair for pair in second.changed if pair[0].rule == "regulations.first-review")
    assert (before.id, before.standing, after.standing) == ("regulations.first-review:start", "overdue", "met")
    assert "regulations.second-review:r1" in [f.id for f in second.appeared]
    third = session.take_back("held")
    assert [f.id for f in third.gone] == [f.id for f in second.appeared]
    assert (after, before) in third.changed
    assert set(third.changed) == {(b, a) for a, b in second.changed}


def test_a_step_that_changes_nothing_is_false() -> None:
    """A fact already told, and one no rule listens to, change no finding."""
    session = opened(START)
    assert not session.add(START)
    assert not session.add()
    assert not session.take_back()
    assert session.case.facts == (START,)
    assert session.add(HELD)
    assert isinstance(session.add(), Changes)


def test_moving_the_day_asked_about_changes_what_is_due() -> None:
    """What is open before its deadline is overdue after it; a fact of tomorrow is not there today."""
    session = opened(START, as_of="2026-01-09")
    assert finding(session.assessment, "regulations.first-review:start").standing == "open"
    moved = session.move_to("2026-03-02")
    assert {(a.id, str(a.standing), str(b.standing)) for a, b in moved.changed} == {
        ("regulations.first-review:start", "open", "overdue"),
        ("handbook.iro-appointed:start", "open", "overdue"),
    }
    assert session.move_to("2026-01-04").gone == moved_all(session)
    session.move_to("2026-01-09")
    assert session.assessment.as_of == "2026-01-09"


def moved_all(session: Session) -> tuple[Any, ...]:
    """Every finding there was before the child became looked after is none."""
    assert session.assessment.findings == ()
    return at_once(START).findings


def unchanged(session: Session, before: tuple[Any, ...]) -> bool:
    """The case, the answer and the day are those there were."""
    return (session.case, session.assessment) == before


@pytest.mark.parametrize(
    ("step", "error", "words"),
    [
        (lambda s: s.take_back("nothing"), CaseError, "no such fact to take back.*nothing"),
        (lambda s: s.take_back("start", "nothing"), CaseError, "no such fact to take back.*nothing"),
        (lambda s: s.add(HELD, "a review"), CaseError, "this is not a fact"),
        (lambda s: s.add(ReviewHeld("2026-02-03", review="r1", id="start")), CaseError, "two different facts"),
        (lambda s: s.add(HELD, BecameLookedAfter("2051-01-05")), CaseError, "outside the known calendar"),
        (lambda s: s.move_to("2051-01-05"), CalendarError, "outside the known calendar"),
        (lambda s: s.move_to("soon"), FieldError, "neither a date nor a time"),
    ],
)
def test_a_step_that_cannot_be_taken_changes_nothing(step: Any, error: type[Exception], words: str) -> None:
    """Not even the part of it that could have been."""
    session = opened(START)
    before = (session.case, session.assessment)
    with pytest.raises(error, match=words):
        step(session)
    assert unchanged(session, before)
    session.add(HELD)
    assert session.assessment == at_once(START, HELD)


def test_a_session_keeps_its_protocol_readings_and_related_cases() -> None:
    """Every step is judged as the first was."""
    other = Case("c2", [Appointed("2026-01-07", role="iro", person="p2")], coverage=Coverage.everything())
    readings = {"counting.first-day": "event_day"}
    session = opened(APPOINTED, related=iter([other]), readings=readings)
    session.add(START, Related("2026-01-07", relation="sibling", child="c2", id="r"))
    assert finding(session.assessment, "handbook.siblings-share-iro:r").standing == "breached"
    assert str(finding(session.assessment, "regulations.first-review:start").due) == "2026-01-30"
    assert finding(session.assessment, "regulations.first-review:start").otherwise is None


def test_a_session_can_compare_readings_too() -> None:
    """Robustness is asked for; without it, it is left out for speed."""
    session = opened(START, robustness=True)
    assert finding(session.assessment, "regulations.first-review:start").holds_under_every_reading is True


def test_a_session_takes_a_protocol_of_ones_own(rochdale: Setting) -> None:
    """By name, by setting or as a rulebook."""
    assert opened(protocol="rochdale").assessment.provenance.rulebook == rochdale.rulebook.name
    session = opened(RAISED, protocol=book(duty()))
    assert [str(a.standing) + " " + str(b.standing) for a, b in session.add(told_on("2026-01-06")).changed] == [
        "open met"
    ]
