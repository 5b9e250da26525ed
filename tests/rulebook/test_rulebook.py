"""What is refused of a rulebook as a whole, of numbers, law and readings; and how its rules are put in order."""

from __future__ import annotations

import attrs
import pytest

from iro_rules.clock import Clock, Number, Unit, within
from iro_rules.errors import InterpretationError, RulebookError
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import Term
from iro_rules.readings import by_reading
from iro_rules.rulebook import (
    Constraint,
    Contact,
    Gate,
    Power,
    Rulebook,
    StandingDuty,
    Status,
    fact,
    seek,
)
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Derive, Judge, Owe
from iro_rules.rulebook.terms import KNOWN, Lookup, Pattern
from iro_rules.testing.random_rules import term_table
from tests.rulebook.spoiling import (
    LAW,
    NUMBER,
    PLANNED,
    SIDES,
    TOLD,
    Spoilt,
    book,
    conflict,
    duty,
    status,
    the_duty,
)


class Taken(Term):
    IRO = "iro"


WHOLE: dict[str, tuple[Spoilt, str, str]] = {
    "two rules with one id": (
        lambda: book(conflict(), conflict()), "test.conflict", "two rules share an id",
    ),
    "a rule that makes recorded facts": (
        lambda: status(kind="review_held"), "test.status", "a rule may not make facts of a recorded kind",
    ),
    "a rule that reads itself": (
        lambda: status(given=(seek("x", Pattern("test.status")),)), "test.status", "a rule depends on its own result",
    ),
    "two rules that read each other": (
        lambda: book(
            Status(id="a", law=LAW, act="a", trigger=PLANNED, given=(seek("x", Pattern("b")),)),
            Status(id="b", law=LAW, act="b", trigger=Pattern("a")),
        ),
        "a", "a rule depends on its own result. Given: 'a -> b -> a'",
    ),
    "a duty that reads that it is overdue": (
        lambda: duty(given=(seek("x", Pattern("test.duty/overdue")),)), "test.duty",
        "a rule depends on its own result",
    ),
    "two makers that keep different things under one name": (
        lambda: book(
            Status(id="a", law=LAW, act="a", trigger=PLANNED, kind="k", keep=(("x", "trigger.review"),)),
            Status(id="b", law=LAW, act="b", trigger=PLANNED, kind="k", keep=(("x", "trigger.planned_for"),)),
        ),
        "b", "two rules give x of k different types",
    ),
    "a rule about a child and an authority": (
        lambda: order(
            [Judge(rule="r", trigger=PLANNED), Judge(rule="r", trigger=fact("arrangement"))], terms=term_table()
        ),
        "r", "a rule mixes a child's facts with an authority's",
    ),
    "contacts in a circle": (
        lambda: book(
            contacts=(
                Contact(role="iro", title="a", stand_in="iro_manager"),
                Contact(role="iro_manager", title="b", stand_in="iro"),
            )
        ),
        "", "contacts stand in for each other in a circle",
    ),
    "a contact who stands in for themselves": (
        lambda: book(contacts=(Contact(role="iro", title="a", stand_in="iro"),)), "",
        "contacts stand in for each other in a circle",
    ),
    "two numbers with one id": (
        lambda: book(
            attrs.evolve(the_duty(), id="a", within=Clock(Number("n", 1), Unit.DAYS)),
            attrs.evolve(the_duty(), id="b", within=Clock(Number("n", 2), Unit.DAYS)),
        ),
        "n", "two numbers share an id",
    ),
    "two interpretations with one id": (
        lambda: book(
            conflict(rests_on=(SIDES,)), conflict(id="other", rests_on=(attrs.evolve(SIDES, default="right"),))
        ),
        "test.sides", "two interpretations share an id",
    ),
    "a vocabulary that does not exist": (
        lambda: book(conflict(), vocabulary=(("weather", Taken),)), "test", "no such vocabulary",
    ),
    "a term added twice": (
        lambda: book(conflict(), vocabulary=(("role", Taken),)), "test", "the role term exists already",
    ),
    "a standing duty with no such arrangement": (
        lambda: book(StandingDuty(id="s", law=LAW, act="a", arrangement="a moat")), "s", "there is no such arrangement",
    ),
    "a constraint with no such relation": (
        lambda: book(Constraint(id="c", law=LAW, act="a", relation="neighbour", role="iro", same=True)), "c",
        "there is no such relation",
    ),
    "a power whose permission has a taken name": (
        lambda: book(Power(id="p", law=LAW, act="a", trigger=PLANNED, permission=Lookup("trigger", PLANNED))), "p",
        "this name is taken or unusable",
    ),
    "an id with a space in it": (
        lambda: book(Power(id="kent talk", law=LAW, act="a", trigger=PLANNED)), "test", "a rule cannot have this id",
    ),
    "an id with the colon that parts a finding's": (
        lambda: book(Power(id="kent:talk", law=LAW, act="a", trigger=PLANNED)), "test", "a rule cannot have this id",
    ),
    "no id": (lambda: book(Power(id="", law=LAW, act="a", trigger=PLANNED)), "test", "a rule cannot have this id"),
    "a misspelt role that people are sent to": (
        lambda: book(Power(id="p", law=LAW, act="a", trigger=PLANNED, contact="team_manger")), "p, contact",
        "team_manager, perhaps",
    ),
    "a contact of a misspelt role": (
        lambda: Rulebook(name="t", parts=(), contacts=(Contact(role="team_manger", title="x"),)), "contact team_manger",
        "team_manager, perhaps",
    ),
    "a misspelt stand-in": (
        lambda: Rulebook(name="t", parts=(), contacts=(Contact(role="iro", title="x", stand_in="iro_manger"),)),
        "contact iro, stand_in", "iro_manager, perhaps",
    ),
    "a gate behind a kind that nothing makes": (
        lambda: book(Gate(id="g", law=LAW, act="a", trigger=PLANNED, first=(seek("x", Pattern("a key")),))), "g",
        "reads a kind of row that nothing makes",
    ),
}  # fmt: skip

VALUES: dict[str, tuple[Spoilt, str, str]] = {
    "a negative number": (lambda: Number("n", -1), "n", "a number must be 0 or more"),
    "a number that is no whole number": (
        lambda: Number("n", {"2011-04-01": 1.5}), "n", "a number must be 0 or more",
    ),
    "a truth for a number": (lambda: Number("n", {"2011-04-01": True}), "n", "a number must be 0 or more"),
    "a truth alone for a number": (lambda: Number("n", True), "n", "a number must be 0 or more"),
    "a half": (lambda: Number("n", 3.5), "n", "a number must be 0 or more. Given: 3.5"),
    "a number as text": (lambda: Number("n", "3"), "n", "a number must be 0 or more. Given: '3'"),
    "nothing for a number": (lambda: Number("n", None), "n", "a number must be 0 or more"),
    "no number at all": (lambda: Number("n", {}), "n", "a number must be 0 or more"),
    "a direction that does not exist": (
        lambda: Clock(NUMBER, Unit.DAYS, "sideways"), "", "unknown direction. Given: 'sideways'",
    ),
    "hours backwards": (lambda: Clock(NUMBER, Unit.HOURS, "before"), "", "hours cannot be counted backwards"),
    "year ends backwards": (
        lambda: Clock(NUMBER, Unit.YEAR_ENDS, "before"), "", "calendar years cannot be counted backwards",
    ),
    "law without a citation": (
        lambda: attrs.evolve(LAW, citation="  "), "", "a rule needs a citation and the rows it encodes",
    ),
    "law without rows": (lambda: attrs.evolve(LAW, rows=()), "", "a rule needs a citation and the rows it encodes"),
    "law that ends before it starts": (
        lambda: attrs.evolve(LAW, end="2011-03-31"), "a test", "a rule must end after it starts",
    ),
    "law that ends on the day it starts": (
        lambda: attrs.evolve(LAW, end="2011-04-01"), "a test", "a rule must end after it starts",
    ),
}  # fmt: skip

BROKEN = {**WHOLE, **VALUES}


@pytest.mark.parametrize(("spoil", "where", "words"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_a_rulebook_is_refused_in_words(spoil: Spoilt, where: str, words: str) -> None:
    """The message says what is wrong and in which rule, and points to the page on errors."""
    with pytest.raises(RulebookError) as refused:
        spoil()
    message = str(refused.value)
    assert words in message
    assert message.startswith(f"{where}: " if where else words)
    assert "docs/reference/errors.md#rulebook" in message


@pytest.mark.parametrize(
    ("spoil", "where", "words"),
    [
        (lambda: attrs.evolve(SIDES, readings=SIDES.readings[:1]), "test.sides", "needs two or more readings"),
        (lambda: attrs.evolve(SIDES, default="top"), "test.sides", "one of them the default"),
        (lambda: SIDES.check("top"), "test.sides", "there is no such reading"),
        (lambda: by_reading(SIDES, left=1), "test.sides", "a value is needed for each reading"),
        (lambda: by_reading(SIDES, right=1, left=2), "test.sides", "in the interpretation's order"),
        (lambda: by_reading(SIDES, left=1, right=2, top=3), "test.sides", "a value is needed for each reading"),
        (lambda: duty().core({"test.sides": "left"}), "", "no such interpretation"),
        (
            lambda: duty(within=within(NUMBER, Unit.DAYS)).core({"counting.first-day": "yesterday"}),
            "counting.first-day",
            "there is no such reading",
        ),
    ],
)
def test_a_mistake_in_readings_is_refused_in_words(spoil: Spoilt, where: str, words: str) -> None:
    """What is offered is named, so that the mistake can be put right."""
    with pytest.raises(InterpretationError) as refused:
        spoil()
    assert words in str(refused.value)
    assert str(refused.value).startswith(f"{where}: " if where else words)


def test_every_rule_of_a_rulebook_is_checked_and_not_only_the_first() -> None:
    """A fault in the last rule is found as one in the first is."""
    with pytest.raises(RulebookError, match="has no field meeting"):
        book(conflict(), the_duty(), conflict(id="last", trigger=fact("review_planned", meeting=KNOWN)))


def test_every_kind_of_fact_may_trigger_a_rule() -> None:
    """The checks let through what is right: each kind, each of its fields known."""
    for kind in KINDS:
        core = book(conflict(trigger=Pattern(kind))).core()
        for field in sorted(core.fields[kind]):
            assert book(conflict(trigger=fact(kind, **{field: KNOWN}))).core().productions()


def test_rules_may_stand_in_any_order() -> None:
    """A rule may be written before what it reads; the rows are made first all the same."""
    made = Status(id="made", law=LAW, act="a", trigger=PLANNED)
    read = conflict(trigger=Pattern("made"), given=(seek("x", Pattern("made"), "review"),))
    assert book(read, made).core().strata == book(made, read).core().strata
    assert [p.rule for p in book(read, made).core().productions()] == ["made", "test.conflict"]


def test_an_obligation_makes_only_the_rows_that_are_read() -> None:
    """What nothing reads is not made."""
    late = conflict(trigger=Pattern("test.duty/overdue"))
    (alone,) = duty().core().productions()
    owed = next(p for p in book(the_duty(), late).core().productions() if isinstance(p, Owe))
    assert isinstance(alone, Owe)
    assert (alone.emits, owed.emits) == ((), ("test.duty/overdue",))


def test_a_derived_row_is_hidden_by_whatever_hides_what_it_is_made_from() -> None:
    """The bits of a made kind are those of everything its makers read, through any number of rules."""
    first = Status(id="one", law=LAW, act="a", trigger=PLANNED, given=(seek("x", TOLD),))
    second = Status(id="two", law=LAW, act="a", trigger=Pattern("one"), given=(seek("x", fact("raised")),))
    sources = book(first, second).core().sources
    assert sources["one"] == sources["review_planned"] | sources["told"]
    assert sources["two"] == sources["one"] | sources["raised"]
    assert isinstance(book(first, second).core().productions()[0], Derive)
