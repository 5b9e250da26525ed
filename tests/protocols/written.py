"""Made-up values of the algebra, drawn by the types its own classes declare, so that a new field is drawn as well."""

from __future__ import annotations

import random
from typing import Any

import pendulum

from iro_rules.clock.timescale import Clock, Number, Unit
from iro_rules.errors import IroRulesError
from iro_rules.protocols import Protocol, SourceDocument
from iro_rules.protocols.data.shapes import (
    TAGGED,
    classes,
    fields_of,
    is_choice,
    item_of,
    options,
    pair_of,
)
from iro_rules.readings import ByReading, Interpretation
from iro_rules.rulebook import Compare, Lookup, Pattern
from iro_rules.rulebook.terms import Test

WORDS = ("told", "iro", "by", "1", "two words", "a.b/c", "opening", "known", "“”\n\t", 'say "no"', "none", "fact")
QUESTIONS = tuple(
    Interpretation(f"q.{n}", f"Question {n}?", (("a", "one"), ("b", "other")), "a", "Because.") for n in range(3)
)


class Draw:
    """Draws values; numbers of one id are one number."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.numbers: dict[str, Number] = {}

    def word(self) -> str:
        """Some text."""
        return self.rng.choice(WORDS)

    def value(self, hint: Any, deep: int = 0, owner: str = "") -> Any:
        """A value of a type; now and then one that depends on a reading."""
        if deep and self.rng.random() < 0.1 and may_wait(hint):
            values = (("a", self.value(hint, deep + 1)), ("b", self.value(hint, deep + 1)))
            return ByReading(self.rng.choice(QUESTIONS), values)
        one = self.rng.choice([o for o in options(hint) if o is not type(None)] or [None])
        item = item_of(one)
        if item is Test:
            return tuple(self.test() for _ in range(self.rng.randint(0, 3)))
        if item is not None:
            return tuple(self.value(item, deep + 1, owner) for _ in range(self.rng.choice((0, 0, 1, 1, 2))))
        pair = pair_of(one)
        if pair is not None:
            return (self.value(pair[0], deep + 9), self.value(pair[1], deep + 9))
        if is_choice(one):
            return self.rng.choice(list(one))
        if one is Number:
            id = self.rng.choice((owner, "a.number", "b-number", "odd number"))
            made = Number(id, self.rng.choice((3, 1, {"2011-04-01": 5, "2020-01-01": 4})))
            return self.numbers.setdefault(id, made)
        if one is Interpretation:
            return self.rng.choice(QUESTIONS)
        if one is bool:
            return self.rng.random() < 0.5
        if one is int:
            return self.rng.randint(0, 9)
        if one is pendulum.Date:
            return pendulum.date(2020, self.rng.randint(1, 12), 1)
        found = classes(one)
        return self.made(found[0], deep, owner) if found else self.word()

    def test(self) -> Test:
        """A test, sound or odd."""
        op = self.rng.choice(("eq", "in", "has", "known", "unknown", "gt", "lt", "other"))
        value: Any = self.rng.choice((self.word(), 3, True))
        value = ("a", self.word()) if op == "in" else None if op in ("known", "unknown") else value
        return Test(self.rng.choice(("by", "to", "fact", "")), op, value)

    def made(self, cls: type, deep: int, owner: str) -> Any:
        """A value of a class, of those it does not refuse."""
        for _ in range(200):
            values = {
                name: self.value(field.hint, deep + 1, f"{owner}.{name}")
                for name, field in fields_of(cls).items()
                if field.needed or self.rng.random() < (0.4 if deep < 6 else 0.1)
            }
            if cls is Clock and self.rng.random() < 0.5:
                values = {"number": values["number"], "unit": self.rng.choice(list(Unit))}
            try:
                return cls(**values)
            except (IroRulesError, AttributeError, TypeError, ValueError):
                continue
        return None if cls is not Pattern else Pattern("told")


def may_wait(hint: Any) -> bool:
    """Types that nothing looks into while a rule is built, so that the value can wait for a reading."""
    return bool({Clock, Number, Unit, bool, Lookup} & set(options(hint))) or Compare in options(item_of(hint))


def drawn(seed: int) -> Protocol:
    """A protocol of one to three parts, not a sound one: any values that the classes take."""
    draw = Draw(seed)
    rules = [cls for tag, cls in TAGGED.items()]
    parts = [draw.made(draw.rng.choice(rules), 0, f"p{n}") for n in range(draw.rng.randint(1, 3))]
    return Protocol(
        name="drawn",
        title="Drawn",
        authority="Drawn",
        version="1",
        source=SourceDocument("Drawn"),
        parts=tuple(part for part in parts if part is not None),
    )
