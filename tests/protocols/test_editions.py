"""A protocol can be shared, rest on another's, and take the place of an earlier edition on a day."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from iro_rules.assessment import setting
from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol, combine
from iro_rules.rulebook import Contact
from iro_rules.rulebook.ledger import SourceRow
from tests.wide.books import NOTHING, PROTOCOLS

EAST, WEST, LATER = (PROTOCOLS[name] for name in ("eastmere", "westmere", "eastmere-2026"))


def spans(protocol: Protocol) -> dict[str, tuple[str, str]]:
    """The first day of each rule and the first day it no longer is in force."""
    return {rule.id: (str(rule.law.start), str(rule.law.end)) for rule in combine(NOTHING, protocol).rules}


def test_a_protocol_can_be_that_of_several_authorities() -> None:
    """Each of them is judged by the same rules; what is asked for one of them counts its own closures and contacts."""
    assert EAST.authorities == ("Eastmere Council", "Norwold Council")
    assert setting(EAST).authority == "Eastmere Council"
    assert setting(EAST, authority="Norwold Council").authority == "Norwold Council"
    with pytest.raises(ProtocolError, match="not the protocol of that authority"):
        setting(EAST, authority="Westmere Council")


def test_a_protocol_takes_over_what_it_is_based_on() -> None:
    """Parts of its own stand in the place of those with their ids; contacts, terms and packages come with it."""
    book = combine(NOTHING, WEST)
    assert [part.id for part in book.parts] == ["eastmere.concern", "eastmere.record"]
    assert book.numbers["westmere.team.within"].values[-1][1] == 3
    assert [contact.title for contact in book.contacts] == ["the IRO"]
    assert [package.name for package in book.packages] == ["westmere", "eastmere"]


def test_a_contact_or_a_row_of_its_own_takes_the_place_of_the_base_one() -> None:
    """So a council that borrows a protocol names its own people."""
    row = SourceRow(row="W-01", source="Westmere", where="1", modality="must", asks="an answer")
    own = attrs.evolve(WEST, contacts=(Contact(role="iro", title="Westmere's IRO"),), ledger=(row,))
    base = attrs.evolve(EAST, ledger=(attrs.evolve(row, source="Eastmere"), attrs.evolve(row, row="W-02")))
    book = combine(NOTHING, attrs.evolve(own, based_on=base))
    assert [contact.title for contact in book.contacts] == ["Westmere's IRO"]
    assert [(found.row, found.source) for found in book.ledger] == [("W-01", "Westmere"), ("W-02", "Westmere")]


def test_a_rule_within_a_ladder_of_the_base_can_be_replaced_or_left_out() -> None:
    """The parts of a ladder are parts of the protocol too."""
    parts: tuple[Any, ...] = EAST.parts
    (ladder, record, copy) = parts
    base = attrs.evolve(EAST, parts=(attrs.evolve(ladder, rules=(record, copy)),))
    other = attrs.evolve(record, act="put it on another file")
    book = combine(NOTHING, attrs.evolve(WEST, parts=(other,), based_on=base))
    assert book.by_id["eastmere.record"] == other
    assert "eastmere.copy" not in book.by_id


def test_an_edition_takes_the_place_of_another_on_its_first_day() -> None:
    """What changed ends and begins on that day; what did not goes through as one; and ladders can still be finished."""
    found = spans(LATER)
    assert found["eastmere.copy"] == ("2020-01-01", "2026-03-10")
    assert found["eastmere.record"] == ("2020-01-01", "None")
    assert found["eastmere.concern/opened"] == ("2020-01-01", "2026-03-10")
    assert found["eastmere.concern.team.answer"] == ("2020-01-01", "None")
    assert found["eastmere.concern.from-2026/opened"] == ("2026-03-10", "None")


def test_editions_can_follow_each_other() -> None:
    """A third edition comes after the second as the second after the first."""
    third = attrs.evolve(
        LATER, name="eastmere-2027", based_on=LATER, supersedes=LATER, parts=(), start="2027-01-01",
        without=("eastmere.record",),
    )  # fmt: skip
    found = spans(third)
    assert found["eastmere.copy"] == ("2020-01-01", "2026-03-10")
    assert found["eastmere.record"] == ("2020-01-01", "2027-01-01")
    assert found["eastmere.concern.from-2026/opened"] == ("2026-03-10", "None")
    assert [package.name for package in combine(NOTHING, third).packages] == [
        "eastmere-2027", "eastmere-2026", "eastmere"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shared_with": ("",)}, "shared_with holds no name"),
        ({"shared_with": ("Westmere Council",)}, "an authority shares the protocol twice"),
        ({"based_on": "eastmere"}, "based_on is not a protocol"),
        ({"based_on": None}, "parts are left out of no protocol"),
        ({"supersedes": EAST}, "the protocol supersedes another on no day"),
    ],
)
def test_what_does_not_go_together_is_refused(changes: dict[str, Any], words: str) -> None:
    """The error names the protocol and says what would be right."""
    with pytest.raises(ProtocolError, match=words) as refused:
        attrs.evolve(WEST, **changes)
    assert refused.value.right
    assert refused.value.where == "protocol westmere"


def test_only_what_the_base_has_can_be_left_out() -> None:
    """A misspelt id would otherwise leave the part in."""
    with pytest.raises(ProtocolError, match="a part is left out that the base does not have"):
        combine(NOTHING, attrs.evolve(WEST, without=("eastmere.copies",)))
