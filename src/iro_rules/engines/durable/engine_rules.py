"""Rules as the engine takes them: one or two patterns of positive terms, joined by equality, within its limits.

Nothing here can say `not`, `or`, or compare two facts by order: the engine gets those wrong, or crashes. Its limits
are checked before it sees a rule, because beyond them it hangs or loses a firing instead of refusing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs

from iro_rules.errors import EngineError

ROW, KEY = "row", "key"
"""The names by which a rule's patterns are known in what it fires with: the row, and the key it is joined to."""

MOST_RULES = 200
"""Rules in one ruleset: with about 260 that start alike the engine refuses them."""
MOST_RULES_ON_A_PROPERTY = 60
"""Rules whose patterns start with one property: a fact may lie on the engine's stack of 64 nodes for each."""
MOST_CONDITIONS = 400
"""Different conditions in one ruleset: with 512 the engine never comes back."""
MOST_JOINS = 8
"""Equalities in one pattern: the engine keeps 32 expressions for each."""
MOST_FACTS = 100_000
"""The highest number of a fact: the engine knows a fact by a 32-bit hash of it, and up to here no two are equal."""
MOST_PROPERTIES = 200
"""Properties of one fact: the engine has room for 255."""
MOST_FIRINGS = 1000
"""Firings of one rule that the engine hands over at a time."""

MARK = "o"


@attrs.frozen
class Has:
    """The fact has the property, whatever its value."""

    property: str

    def condition(self) -> Any:
        """As the engine reads it."""
        return {"$ex": {self.property: 1}}


@attrs.frozen
class Is:
    """The property has this text."""

    property: str
    text: str

    def condition(self) -> Any:
        """As the engine reads it."""
        return {self.property: self.text}


@attrs.frozen
class Beyond:
    """The property is a number above this one, or below it."""

    property: str
    number: int
    above: bool

    def condition(self) -> Any:
        """As the engine reads it."""
        return {"$gt" if self.above else "$lt": {self.property: self.number}}


@attrs.frozen
class Same:
    """The property has the text that a property of the key has."""

    property: str
    other: str

    def condition(self) -> Any:
        """As the engine reads it."""
        return {self.property: {KEY: self.other}}


Term = Has | Is | Beyond


@attrs.frozen
class EngineRule:
    """Fires for each row that passes all terms and, with a key, once for each key it has every join in common with.

    `key` names the property that a key has; it must be there wherever `joins` are.
    """

    name: str
    terms: tuple[Term, ...]
    key: str = ""
    joins: tuple[Same, ...] = ()

    def patterns(self) -> dict[str, tuple[Term | Same, ...]]:
        """The terms of each pattern by its alias, the key first."""
        row = {ROW: (*self.terms, *self.joins)}
        return {KEY: (Has(self.key),), **row} if self.key else row

    def definition(self) -> dict[str, Any]:
        """As the engine reads it; firings are handed over many at a time."""
        patterns = []
        for alias, terms in self.patterns().items():
            conditions = [term.condition() for term in terms]
            patterns.append({alias: {"$and": conditions} if len(conditions) > 1 else conditions[0]})
        return {"all": patterns, "cap": MOST_FIRINGS}


def slot(name: str) -> int:
    """The place, of 16, that the engine gives an alias in a frame (32-bit FNV-1a)."""
    return fnv1a(name) % 16


def fnv1a(name: str) -> int:
    """The hash by which the engine knows names and facts."""
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 16777619 & 0xFFFFFFFF
    return found


def vet_aliases(names: Sequence[str]) -> None:
    """Raises EngineError where the names of a rule's patterns would make the engine lose firings."""
    slots = [slot(name) for name in names]
    if len(set(slots)) < len(slots) or min(slots) < len(slots):
        raise EngineError(
            "these alias names fall on places where the engine loses firings",
            value=dict(zip(names, slots, strict=True)),
            right="names with different slots, none below the number of patterns",
        )


def vet_rules(rules: Sequence[EngineRule]) -> None:
    """Raises EngineError where a ruleset comes near a limit of the engine, or two names in it share a hash."""
    for rule in rules:
        vet_aliases(tuple(rule.patterns()))
        if bool(rule.key) != bool(rule.joins) or not rule.terms:
            raise EngineError("a rule needs terms, and a key just where it has joins", where=rule.name)
    for what, count, most in _sizes(rules):
        if count > most:
            raise EngineError(f"too many {what} for the engine", value=count, right=f"at most {most}")
    every = _terms(rules)
    names = {term.property for term in every} | {t.other for t in every if isinstance(t, Same)}
    names |= {rule.key for rule in rules if rule.key}
    taken = {"id", "sid", "$s", MARK}
    if names & taken or len({fnv1a(name) for name in names | taken}) < len(names | taken):
        raise EngineError("two names of properties are one to the engine", value=sorted(names))
    if len({rule.name for rule in rules} | {MARK}) <= len(rules):
        raise EngineError("two rules of one ruleset have the same name")


def fits(rules: Sequence[EngineRule]) -> bool:
    """Whether rules may stand in one ruleset."""
    return all(count <= most for _, count, most in _sizes(rules))


def _sizes(rules: Sequence[EngineRule]) -> tuple[tuple[str, int, int], ...]:
    starts = Counter(rule.terms[0].property for rule in rules)
    joins = max((len(rule.joins) for rule in rules), default=0)
    return (
        ("rules in one ruleset", len(rules), MOST_RULES),
        ("rules that start with one property", max(starts.values(), default=0), MOST_RULES_ON_A_PROPERTY),
        ("different conditions in one ruleset", len(_terms(rules)), MOST_CONDITIONS),
        ("joins in one rule", joins, MOST_JOINS),
    )


def _terms(rules: Sequence[EngineRule]) -> set[Term | Same]:
    return {term for rule in rules for terms in rule.patterns().values() for term in terms}
