"""The one module that drives durable-rules: its C extension directly, in the way that was found to be safe.

A rule is one or two patterns, each a conjunction of positive terms, joined by equality only; nothing here can
say `not`, retract a fact or compare two facts by order. Facts are told in batches to one session at a time,
what fired is read after each batch, and the session is deleted whatever happened. The engine's own limits are
checked before it sees a rule, because beyond them it hangs, crashes or loses a firing instead of refusing.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import attrs

from iro_rules.errors import EngineError

Message = dict[str, int | str]
Frame = dict[str, Message]

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
"""Facts in one session: the engine knows a fact by a 32-bit hash of its number; no two of these share one."""
MOST_FIRINGS = 1000
"""Firings of one rule that the engine hands over at a time."""

MARK = "o"
_SESSION = "0"
_FINE, _UNHANDLED = 0, 1


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


def available() -> str:
    """Why durable-rules cannot be used on this machine, in one sentence; empty where it can."""
    try:
        _modules()
    except EngineError as error:
        return error.what
    return ""


def _modules() -> tuple[Any, Any]:
    """The extension module and orjson."""
    try:
        import durable_rules_engine
        import orjson
    except ImportError as error:
        if "PyEval_CallObject" in str(error):
            why = (
                "durable-rules is installed but was built without what Python 3.13 needs: build it again with"
                ' CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject" in the environment'
            )
        else:
            why = (
                "durable-rules is not installed: `pip install iro-rules[durable]` builds it and needs a C compiler"
                " and, on Python 3.13 or later,"
                ' CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject" in the environment'
            )
        raise EngineError(why, right="the reader `meaning`, which gives the same answers") from error
    return durable_rules_engine, orjson


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


class Ruleset:
    """Rules in the engine, which keeps them until this value is gone. Not safe for two threads at once.

    Raises EngineError where durable-rules is not installed, and for rules the engine would not survive.
    """

    def __init__(self, name: str, rules: Sequence[EngineRule]) -> None:
        self.engine, self.json = _modules()
        vet_rules(rules)
        self.name = name
        opening = EngineRule(MARK, (Has(MARK),))
        self._text = self.json.dumps({rule.name: rule.definition() for rule in (opening, *rules)})
        self._create()

    def _create(self) -> None:
        try:
            self.handle: int = self.engine.create_ruleset(self.name, self._text.decode())
        except self.engine.error as error:
            raise EngineError("the engine refused a ruleset", where=self.name, value=str(error)) from error
        self._freed = weakref.finalize(self, self.engine.delete_ruleset, self.handle)
        self._freed.atexit = False
        # Deleting the first session of a ruleset frees memory that only a first firing has set; let that
        # happen now, so that no later session can meet it, however early it fails.
        with self.open() as session:
            session.tell([])

    def open(self) -> Session:
        """A session that knows nothing; use it in a `with` statement, one at a time."""
        return Session(self)

    def forsake(self) -> None:
        """Leave the engine's network behind, with a session in it that could not be deleted, and make another."""
        self._freed.detach()
        self._create()


class Session:
    """Facts told to a ruleset, and what fired."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._batches = self._facts = 0

    def __enter__(self) -> Session:
        return self

    def tell(self, facts: list[Message]) -> list[tuple[str, list[Frame]]]:
        """Assert facts in one batch, and give each rule that fired with its frames, in no order.

        Each fact has a whole number of its own as `id`, from 0 to `MOST_FACTS`. Raises EngineError where
        the engine cannot be trusted to have taken them all in.
        """
        engine, json, handle = self._ruleset.engine, self._ruleset.json, self._ruleset.handle
        self._facts += len(facts)
        if self._facts > MOST_FACTS:
            raise self._wrong("too many facts in one session", self._facts, f"at most {MOST_FACTS}")
        self._batches += 1
        mark: Message = {"id": -self._batches, MARK: 1}
        fired: list[tuple[str, list[Frame]]] = []
        try:
            status, state = engine.assert_facts(handle, json.dumps([*facts, mark]).decode())
            if status not in (_FINE, _UNHANDLED):
                raise self._wrong("the engine did not take in all facts", status, "status 0 or 1")
            started = engine.start_action_for_state(handle, state)
            message = started and started[1]
            while message is not None:
                fired.extend(json.loads(message).items())
                message = engine.complete_and_start_action(handle, state)
        except engine.error as error:
            raise self._wrong("the engine failed", str(error)) from error
        # The mark stands last in its batch: that it fired shows that the whole batch was read and run.
        if (MARK, [{ROW: mark}]) not in fired:
            raise self._wrong("the engine did not come to the end of the facts", len(facts))
        fired.remove((MARK, [{ROW: mark}]))
        return fired

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._batches:
            try:
                self._ruleset.engine.delete_state(self._ruleset.handle, _SESSION)
            except self._ruleset.engine.error as failed:
                self._ruleset.forsake()
                raise self._wrong("the engine could not delete a session", str(failed)) from (error or failed)

    def _wrong(self, what: str, value: object, right: str = "") -> EngineError:
        return EngineError(what, where=f"ruleset {self._ruleset.name}", value=value, right=right)
