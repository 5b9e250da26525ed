"""A core as a network of engine rules: what the engine matches, and how rows and keys are told to it.

Every pattern that rules trigger on, or seek without a join, is a rule of one pattern. Every pattern that is
sought by equal fields is a rule of two: the row, and a key with the values it is sought by; productions that
seek the same share it. The engine never sees a value of a case, only symbols for them, equal where the values
are; what it does not test safely (one of several values, in a list, absent) it is told as a mark.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import attrs

from iro_rules.engines.durable.conclude import Conclusion, conclusion_of
from iro_rules.engines.durable.driver import Message, Ruleset
from iro_rules.engines.durable.engine_rules import (
    MOST_PROPERTIES,
    MOST_RULES_ON_A_PROPERTY,
    Beyond,
    EngineRule,
    Has,
    Is,
    Same,
    Term,
    fits,
)
from iro_rules.engines.durable.plan import Plan, plan_of
from iro_rules.engines.rows import Row
from iro_rules.errors import EngineError
from iro_rules.rulebook.core import Core, Derive, Production
from iro_rules.rulebook.once import once_for_each
from iro_rules.rulebook.terms import Pattern, Test

Shape = tuple[str, ...]
"""The fields by which rows are sought."""


class Kind:
    """How rows of one kind are told: a property each for the kind, the fields that are read, and the marks."""

    __slots__ = ("marks", "numbers", "property", "rulesets", "symbols")

    def __init__(self, name: str) -> None:
        self.property = name
        self.symbols: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.marks: dict[Test, str] = {}
        self.rulesets: tuple[int, ...] = ()

    def properties(self) -> int:
        """How many properties a row may be told with."""
        return 2 + len(self.symbols) + len(self.numbers) + len(self.marks)

    def messages(self, number: int, rows: list[Row], symbols: Symbols) -> list[Message]:
        """Rows as the engine is told of them, numbered from this number on."""
        messages: list[Message] = []
        kind, fields, numbers, marks = self.property, self.symbols.items(), self.numbers.items(), self.marks.items()
        for row in rows:
            told: Message = {"id": number, kind: 1}
            values = row.values
            for field, name in fields:
                if (value := values.get(field)) is not None:
                    told[name] = symbols[value]
            for field, name in numbers:
                if (value := values.get(field)) is not None:
                    told[name] = value
            for test, name in marks:
                if marked(test, values.get(test.field)):
                    told[name] = 1
            messages.append(told)
            number += 1
        return messages


def marked(test: Test, value: Any) -> bool:
    """Whether a row bears the mark for a test that the engine is not asked to make."""
    match test.op:
        case "in":
            return value in test.value
        case "has":
            return value is not None and test.value in value
        case _:
            return value is None


class Symbols(dict[Any, str]):
    """A symbol for each value: the rulebook's constants, and what turns up in a case. Text and number differ."""

    def __missing__(self, value: Any) -> str:
        self[value] = symbol = f"v{len(self)}"
        return symbol


@attrs.frozen(eq=False)
class Stratum:
    """Productions that read only rows of earlier strata, and the kinds they trigger on.

    `hidden` gives for each that says something the kind of its triggers and the bits that may hide them.
    """

    kinds: tuple[str, ...]
    plans: tuple[tuple[Plan, Conclusion], ...]
    hidden: tuple[tuple[str, str, int], ...]

    @classmethod
    def of(cls, productions: list[Production], core: Core, network: Network) -> Stratum:
        """The plans of some productions, with their rules in the network."""
        plans = [plan_of(production, core, network.rule_for) for production in productions]
        kinds = dict.fromkeys(production.trigger.kind for production in productions)
        hidden = [
            (plan.name, plan.production.trigger.kind, plan.hidden_by)
            for plan in plans
            if not isinstance(plan.production, Derive)
        ]
        return cls(tuple(kinds), tuple((plan, conclusion_of(plan)) for plan in plans), tuple(hidden))


class Network:
    """The rules of one subject in a core, in the engine: plans to follow, and how to tell and to ask.

    Compiling fails with EngineError where the engine is missing or cannot hold the rules. `lock` must be
    held while a case is judged, because each ruleset has one session at a time.
    """

    def __init__(self, core: Core, subject: str) -> None:
        self.lock = Lock()
        self.kinds: dict[str, Kind] = {}
        self.constants = Symbols()
        self.fallbacks = core.fallbacks
        self._fields: dict[str, str] = {}
        self._keys: dict[Shape, str] = {}
        self._rules: dict[tuple[str, frozenset[Test], Shape], EngineRule] = {}
        self.strata = tuple(
            Stratum.of([production for production in stratum if core.subjects[production.rule] == subject], core, self)
            for stratum in core.strata
        )
        self.homes: dict[str, int] = {}
        self.rulesets = self._placed()

    def rule_for(self, pattern: Pattern, shape: Shape = ()) -> str:
        """The name of the engine rule for rows of a pattern, sought by the fields of a shape; made if need be."""
        identity = (pattern.kind, frozenset(pattern.where), shape)
        if identity not in self._rules:
            kind = self.kinds.setdefault(pattern.kind, Kind(f"k{len(self.kinds)}"))
            terms = (Has(kind.property), *(self._term(kind, test) for test in pattern.where))
            key = self._keys.setdefault(shape, f"q{len(self._keys)}") if shape else ""
            joins = tuple(Same(self._symbol(kind, field), part_of(key, place)) for place, field in enumerate(shape))
            name = f"{'j' if shape else 'p'}{len(self._rules)}"
            self._rules[identity] = EngineRule(name, terms, key, joins)
        return self._rules[identity].name

    def key(self, number: int, shape: Shape, sought: Any, symbols: Symbols) -> Message:
        """What rows are sought by, as the engine is told of it: a value, or a tuple of them for several fields."""
        name = self._keys[shape]
        if len(shape) == 1:
            return {"id": number, name: symbols[sought]}
        parts = {part_of(name, place): symbols[value] for place, value in enumerate(sought)}
        return {"id": number, **parts}

    def _term(self, kind: Kind, test: Test) -> Term:
        match test.op:
            case "eq" if test.value is not None:
                return Is(self._symbol(kind, test.field), self.constants[test.value])
            case "known":
                return Has(self._symbol(kind, test.field))
            case "gt" | "lt":
                name = kind.numbers.setdefault(test.field, f"n{self._symbol(kind, test.field)}")
                return Beyond(name, test.value, test.op == "gt")
            # An `$or` in the engine loses the joins that stand after it, and absence is never its to tell.
            case _:
                return Has(kind.marks.setdefault(test, f"m{len(kind.marks)}"))

    def _symbol(self, kind: Kind, field: str) -> str:
        name = self._fields.setdefault(field, f"f{len(self._fields)}")
        return kind.symbols.setdefault(field, name)

    def _placed(self) -> tuple[Ruleset, ...]:
        """The rules in as few rulesets as the engine's limits allow; rows go to those that read their kind."""
        by_kind: dict[str, list[EngineRule]] = {}
        for (kind, _, _), rule in self._rules.items():
            by_kind.setdefault(kind, []).append(rule)
        groups: list[list[EngineRule]] = [[]]
        for kind, rules in by_kind.items():
            for start in range(0, len(rules), MOST_RULES_ON_A_PROPERTY):
                some = rules[start : start + MOST_RULES_ON_A_PROPERTY]
                if not fits([*groups[-1], *some]):
                    groups.append([])
                groups[-1] += some
                self.homes.update((rule.name, len(groups) - 1) for rule in some)
            if self.kinds[kind].properties() > MOST_PROPERTIES:
                raise EngineError("rules ask too many different things of one kind for the engine", value=kind)
            self.kinds[kind].rulesets = tuple(sorted({self.homes[rule.name] for rule in rules}))
        return tuple(Ruleset(f"iro_rules {at}", rules) for at, rules in enumerate(groups) if rules)


def part_of(key: str, place: int) -> str:
    """The property of a key that holds its value at a place; the first is also what makes it a key of its shape."""
    return f"{key}_{place}" if place else key


@once_for_each()
def network_of(core: Core, subject: str) -> Network:
    """The network of a core for cases of one subject; compiled once, and freed with it."""
    return Network(core, subject)
