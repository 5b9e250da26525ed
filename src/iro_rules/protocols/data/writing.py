"""A protocol as data: tables, lists, text, whole numbers, dates, true and false, in the short forms where they do."""

from __future__ import annotations

import datetime
from collections import Counter
from enum import Enum
from typing import Any

import pendulum

from iro_rules.clock.timescale import Clock, Number, Unit
from iro_rules.errors import ProtocolError
from iro_rules.protocols.data import short
from iro_rules.protocols.data.shapes import (
    BY_READING,
    FORMAT,
    KNOWN_QUESTIONS,
    NOTHING,
    TAG,
    fields_of,
    is_tagged,
    item_of,
    naming_field,
    options,
    owner_below,
    pair_of,
    tag_of,
)
from iro_rules.protocols.protocol import Protocol
from iro_rules.readings import ByReading, Interpretation, parts
from iro_rules.rulebook.law import Law, Towards
from iro_rules.rulebook.stages import By, Entry
from iro_rules.rulebook.terms import Absent, Lookup, Pattern, Present, Test

Data = dict[str, Any]


def to_data(protocol: Protocol) -> Data:
    """The protocol as tables and lists, as a TOML file has them; `from_data` gives an equal protocol back.

    Raises ProtocolError where two different numbers, or two open questions, share an id.
    """
    return Writer(protocol).protocol()


class Writer:
    """Writes one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self.whole = protocol
        self.numbers: dict[str, Number] = {}
        self.named: set[str] = set()
        self.questions: dict[str, Interpretation] = {}
        self.law = _usual(protocol)
        for part in parts(protocol.parts):
            if isinstance(part, Number):
                _same(self.numbers, part, f"protocol {protocol.name}", "two numbers have one id")
            elif isinstance(part, Interpretation):
                _same(self.questions, part, f"protocol {protocol.name}", "two open questions have one id")
        for id, known in KNOWN_QUESTIONS.items():
            if self.questions.get(id) == known:
                del self.questions[id]

    def protocol(self) -> Data:
        """The whole."""
        given = self.whole
        table = self._fields(given, Protocol, "", leave=("vocabulary", "parts"))
        made = [self.value(part, Any, "") for part in given.parts]
        data: Data = {"format": FORMAT, **table}
        if self.law:
            data["defaults"] = {"law": self.law}
        if given.vocabulary:
            terms: dict[str, list[str]] = {}
            for name, family in given.vocabulary:
                terms.setdefault(name, []).extend(member.value for member in family)
            data["terms"] = terms
        if self.named:
            data["numbers"] = {id: _number(self.numbers[id]) for id in sorted(self.named)}
        if self.questions:
            data["interpretations"] = [
                self._fields(self.questions[id], Interpretation, "") for id in sorted(self.questions)
            ]
        data["parts"] = made
        return data

    def value(self, value: Any, hint: Any, owner: str) -> Any:
        """A value of the algebra as data; `owner` is what a number here is named after."""
        if value is None:
            return dict(NOTHING)
        if isinstance(value, ByReading):
            chosen = {name: self.value(one, hint, f"{owner}.{name}") for name, one in value.values}
            return {BY_READING: value.interpretation.id, **chosen}
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, bool | int | str):
            return str(value) if isinstance(value, str) else value
        if isinstance(value, pendulum.Date):
            return datetime.date(value.year, value.month, value.day)
        if isinstance(value, tuple):
            return self._tuple(value, hint, owner)
        return self.object(value, hint, owner)

    def _tuple(self, value: tuple[Any, ...], hint: Any, owner: str) -> Any:
        item = next((item_of(one) for one in options(hint) if item_of(one) is not None), Any)
        pair = pair_of(item)
        if pair is not None:
            if pair[0] is Towards:
                return [f"{towards} {rule}" for towards, rule in value]
            names = [str(name) for name, _ in value]
            if len(set(names)) == len(names):
                return {str(name): self.value(one, pair[1], owner) for name, one in value}
            return [[self.value(name, pair[0], owner), self.value(one, pair[1], owner)] for name, one in value]
        if item is Test:
            table = short.tests_table(value)
            return table if table is not None else [_test(test) for test in value]
        made = [self.value(one, item, owner) for one in value]
        return made[0] if len(made) == 1 and isinstance(made[0], str) else made

    def object(self, value: Any, hint: Any, owner: str) -> Any:
        """A value of one of the algebra's classes as data."""
        match value:
            case Number():
                single = short.figure(value)
                if value.id == owner and single is not None:
                    return single
                self.named.add(value.id)
                return value.id
            case Interpretation():
                return value.id
            case Clock():
                return self._clock(value, owner)
            case Pattern():
                return self.pattern(value)
            case Present():
                return {"found": value.name}
            case Absent():
                return {"not_found": value.name}
            case Entry():
                return self._entry(value)
            case Protocol():
                return to_data(value)
        table = self._fields(value, type(value), owner)
        if isinstance(value, Law):
            return {name: one for name, one in table.items() if self.law.get(name) != one}
        if isinstance(value, Lookup) and value.on:
            table["on"] = _joined(value.on)
        return {TAG: tag_of(type(value)), **table} if is_tagged(type(value)) else table

    def _fields(self, value: Any, cls: type, owner: str, leave: tuple[str, ...] = ()) -> Data:
        owner = owner_below(owner, getattr(value, naming_field(cls), ""), cls)
        table = {}
        for name, field in fields_of(cls).items():
            given = getattr(value, name)
            if name not in leave and (field.needed or given != field.default):
                table[name] = self.value(given, field.hint, f"{owner}.{name}" if owner else name)
        return table

    def _clock(self, clock: Clock, owner: str) -> Any:
        usual = short.clock_of(clock.number, clock.unit, clock.direction) == clock
        counted: Any = (clock.number, clock.unit)  # each of which may depend on a reading
        if usual and isinstance(counted[0], Number) and isinstance(counted[1], Unit):
            number = self.object(clock.number, Number, owner)
            if isinstance(number, int) or short.NAME.match(number):
                return short.clock_text(str(number), clock.unit, clock.direction)
        table = self._fields(clock, Clock, owner)
        table.pop("tight", None)
        return table if usual else {**table, "tight": self.value(clock.tight, bool, owner)}

    def pattern(self, pattern: Pattern) -> Any:
        """A pattern in words, as a table of fields, or test by test."""
        words = short.pattern_text(pattern)
        if words is not None:
            return words
        table = short.tests_table(pattern.where)
        if table is not None:
            return {"fact": pattern.kind, **table}
        return {"kind": pattern.kind, "where": [_test(test) for test in pattern.where]}

    def _entry(self, entry: Entry) -> Any:
        plain = {By.OPENING: "opening", By.STEP: "step"}
        if entry == Entry(by=entry.by) and entry.by in plain:
            return plain[entry.by]
        if entry == Entry(by=By.OUTCOME, stage=entry.stage, results=("not_agreed",)) and entry.stage not in (
            "opening",
            "step",
        ):
            return entry.stage
        if entry == Entry(by=By.SILENCE, stage=entry.stage):
            return {"silence_of": entry.stage}
        if entry == Entry(by=By.ROW, kind=entry.kind, where=entry.where):
            return {"found": self.pattern(Pattern(entry.kind, entry.where))}
        return self._fields(entry, Entry, "")


def _test(test: Test) -> Data:
    value = {} if test.value is None else {"value": short.plain(test.value)}
    return {"field": test.field, "op": test.op, **value}


def _joined(on: tuple[tuple[str, str], ...]) -> Any:
    if all(path == f"trigger.{field}" for field, path in on):
        return [field for field, _ in on]
    fields = [field for field, _ in on]
    return dict(on) if len(set(fields)) == len(fields) else [list(pair) for pair in on]


def _number(number: Number) -> Any:
    single = short.figure(number)
    if single is not None:
        return single
    return {datetime.date.fromordinal(day).isoformat(): count for day, count in number.values}


def _usual(protocol: Protocol) -> Data:
    """What most rules of the protocol say alike of their law, where at least two do."""
    laws = [part for part in parts(protocol.parts) if isinstance(part, Law)]
    usual: Data = {}
    for name in ("force", "verified", "start"):
        counted = Counter(getattr(law, name) for law in laws).most_common(1)
        if counted and counted[0][1] > 1:
            value = counted[0][0]
            plain = datetime.date(value.year, value.month, value.day) if isinstance(value, pendulum.Date) else value
            usual[name] = plain.value if isinstance(plain, Enum) else plain
    return usual


def _same(known: dict[str, Any], value: Any, where: str, what: str) -> None:
    if known.setdefault(value.id, value) != value:
        raise ProtocolError(what, where=where, value=value.id, right="an id of its own for each")
