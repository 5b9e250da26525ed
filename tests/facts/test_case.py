"""A case: one child's or one authority's facts, with what the record covers."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules.errors import CaseError
from iro_rules.facts import (
    Arrangement,
    Case,
    Coverage,
    Happened,
    RecordsBegin,
    ReviewHeld,
    Source,
)
from iro_rules.facts.kinds import KINDS

ALL = Coverage.everything()
HELD = ReviewHeld("2026-03-02", review="r", id="f1")


def test_facts_given_twice_or_in_another_order_are_one_case() -> None:
    """A case is a set of facts, kept by id."""
    other = Happened("2026-03-01", event="placement_change", id="a")
    assert Case("c", [HELD, other, HELD], coverage=ALL) == Case("c", (other, HELD), coverage=ALL)
    assert [fact.id for fact in Case("c", [HELD, other], coverage=ALL).facts] == ["a", "f1"]


@pytest.mark.parametrize("name", [None, "", " ", " c", "c\n", 7, "c'", "c" * 81, "é"])
def test_a_case_needs_a_usable_id(name: Any) -> None:
    """The id joins a case to those related to it, so it is a key."""
    with pytest.raises(CaseError, match="the case has no usable id"):
        Case(name, (), coverage=ALL)


@pytest.mark.parametrize("coverage", [None, "everything", {"review_held"}, True])
def test_a_case_must_say_what_its_record_covers(coverage: Any) -> None:
    """Without coverage no absence means anything, so there is no default."""
    with pytest.raises(CaseError, match="case c: the case does not say what its record covers"):
        Case("c", (), coverage=coverage)
    with pytest.raises(TypeError):
        Case("c", ())  # type: ignore[call-arg]


def test_coverage_names_kinds_that_exist() -> None:
    """A misspelt kind would silently cover nothing."""
    with pytest.raises(CaseError, match="coverage names a kind of fact that does not exist"):
        Coverage.only("reviews_held")
    with pytest.raises(CaseError, match="coverage names a kind of fact that does not exist"):
        ALL.without("reviews_held")


def test_coverage_can_be_whole_partial_or_less_something() -> None:
    """The three ways of saying it."""
    assert ALL.kinds == frozenset(KINDS)
    assert Coverage.only().kinds == frozenset()
    assert Coverage.only("told", "agreed").without("told").kinds == {"agreed"}
    assert ALL.without("told").kinds == frozenset(KINDS) - {"told"}


@pytest.mark.parametrize("fact", [None, "review_held", {"kind": "review_held"}, 3, ReviewHeld])
def test_only_facts_are_facts(fact: Any) -> None:
    """Whatever else is given is refused and shown."""
    with pytest.raises(CaseError, match="this is not a fact"):
        Case("c", (fact,), coverage=ALL)


def test_two_different_facts_cannot_have_one_id() -> None:
    """One would hide the other; the case and the id are named."""
    for other in (
        ReviewHeld("2026-03-03", review="r", id="f1"),
        ReviewHeld("2026-03-02", review="s", id="f1"),
        Happened("2026-03-02", event="placement_change", id="f1"),
    ):
        with pytest.raises(CaseError, match="case c, fact f1: two different facts have the same id"):
            Case("c", (HELD, other), coverage=ALL)


def test_the_source_of_a_fact_is_no_part_of_it() -> None:
    """The same fact read from two files is one fact."""
    again = ReviewHeld("2026-03-02", review="r", id="f1", source=Source("b.csv", "reviews", 7))
    assert Case("c", (HELD, again), coverage=ALL).facts == (HELD,)


def test_a_child_and_an_authority_do_not_mix() -> None:
    """Facts about the one have no place in a case about the other."""
    with pytest.raises(CaseError, match="a fact about the authority stands in a case about the child"):
        Case("c", (RecordsBegin("2026-03-02"),), coverage=ALL)
    with pytest.raises(CaseError, match="a fact about the child stands in a case about the authority"):
        Case("c", (HELD,), coverage=ALL, subject="authority")
    with pytest.raises(CaseError, match="the subject is unknown"):
        Case("c", (), coverage=ALL, subject="school")
    arranged = Arrangement("2026-03-02", name="independent_legal_advice")
    assert Case("c", (arranged,), coverage=ALL, subject="authority").facts == (arranged,)


def test_every_kind_of_fact_can_be_imported_by_name() -> None:
    """A kind that files can hold can be written in Python too."""
    import iro_rules.facts as facts

    assert [cls.__name__ for cls in KINDS.values() if cls.__name__ not in facts.__all__] == []
