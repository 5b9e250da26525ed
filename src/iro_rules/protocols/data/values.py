"""Each value of the algebra from its data, by the types that the classes themselves declare."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any

import pendulum

from iro_rules.clock.timescale import Clock, Number
from iro_rules.errors import nearest
from iro_rules.protocols.data import short
from iro_rules.protocols.data.refusing import (
    WORDS,
    Path,
    Wrong,
    as_list,
    as_table,
    check_lacking,
    check_names,
    check_needed,
    from_short,
    made,
    near,
    one_of,
    wanted,
    wanted_of,
)
from iro_rules.protocols.data.shapes import (
    BY_READING,
    KNOWN_QUESTIONS,
    NOTHING,
    TAG,
    TAGGED,
    classes,
    fields_of,
    is_choice,
    is_tagged,
    item_of,
    naming_field,
    options,
    owner_below,
    pair_of,
)
from iro_rules.readings import ByReading, Interpretation
from iro_rules.rulebook.law import Law, Towards
from iro_rules.rulebook.stages import By, Entry, opening, outcome_of, silence_of
from iro_rules.rulebook.terms import Absent, Pattern, Present, Test


class Values:
    """Reads values; keeps the numbers, the open questions and the usual law that they share."""

    def __init__(self) -> None:
        self.numbers: dict[str, Number] = {}
        self.given: dict[str, Number] = {}
        self.questions = dict(KNOWN_QUESTIONS)
        self.law: dict[str, Any] = {}

    def value(self, given: Any, hint: Any, path: Path, owner: str, *, asked: bool = False) -> Any:
        """A value of a type; `owner` is what a number here is named after."""
        allowed = options(hint)
        if given == NOTHING and isinstance(given, dict):
            if type(None) in allowed or Any in allowed:
                return None
            raise Wrong(path, "something is needed here", value=given, right=wanted(hint))
        if isinstance(given, dict) and BY_READING in given:
            return self._by_reading(given, hint, path, owner)
        item = next((item_of(one) for one in allowed if item_of(one) is not None), None)
        if item is not None:
            return self._tuple(given, item, path, owner)
        for one in allowed:
            if is_choice(one):
                return self._choice(given, one, path)
            if one is pendulum.Date:
                if isinstance(given, str | datetime.date) and not isinstance(given, datetime.datetime):
                    return given
                raise Wrong(path, "this is not a date", value=given, right="2026-04-01")
            if one in WORDS and type(given) is one:
                return given
        found = classes(hint)
        if found:
            return self._object(given, found, path, owner, asked=asked)
        raise Wrong(path, f"this is not {wanted(hint)}", value=given, right=wanted(hint))

    def _by_reading(self, given: dict[str, Any], hint: Any, path: Path, owner: str) -> ByReading:
        question = self._question(given[BY_READING], (*path, BY_READING))
        readings = {name: one for name, one in given.items() if name != BY_READING}
        check_names(readings, list(question.names()), path)
        check_lacking([name for name in question.names() if name not in readings], path, "a value for each reading")
        values = tuple(
            (name, self.value(readings[name], hint, (*path, name), f"{owner}.{name}")) for name in question.names()
        )
        return ByReading(question, values)

    def _question(self, given: Any, path: Path) -> Interpretation:
        if not isinstance(given, str) or given not in self.questions:
            right = nearest(given, self.questions) + ", set out under [[interpretations]]"
            raise Wrong(path, "there is no such open question", value=given, right=right)
        return self.questions[given]

    def _tuple(self, given: Any, item: Any, path: Path, owner: str) -> tuple[Any, ...]:
        if item is Test:
            if isinstance(given, dict):
                return from_short(lambda: short.read_tests(given), path, given)
            return tuple(self._test(one, (*path, n)) for n, one in enumerate(as_list(given, path)))
        pair = pair_of(item)
        if pair is not None:
            return tuple(self._pair(one, pair, (*path, n), owner) for n, one in self._pairs(given, path))
        items = given if isinstance(given, list) else [given]
        return tuple(
            self.value(one, item, (*path, n) if isinstance(given, list) else path, owner) for n, one in enumerate(items)
        )

    def _pairs(self, given: Any, path: Path) -> list[tuple[int | str, Any]]:
        if isinstance(given, dict):
            return [(name, [name, one]) for name, one in given.items()]
        return list(enumerate(as_list(given, path)))

    def _pair(self, given: Any, pair: tuple[Any, Any], path: Path, owner: str) -> tuple[Any, Any]:
        if pair[0] is Towards:
            for towards in Towards:
                if isinstance(given, str) and given.startswith(f"{towards} "):
                    return towards, given.removeprefix(f"{towards} ")
            right = '"tightens regulations.first-review": how it stands to a national rule, and the rule'
            raise Wrong(path, "this does not say how the rule stands to a national one", value=given, right=right)
        if isinstance(given, str) and path[-2:-1] == ("on",):
            return given, f"trigger.{given}"
        if not isinstance(given, list) or len(given) != 2:
            raise Wrong(path, "this is not a pair", value=given, right="a name and what belongs to it")
        return self.value(given[0], pair[0], path, owner), self.value(given[1], pair[1], path, owner)

    def _test(self, given: Any, path: Path) -> Test:
        table = as_table(given, path)
        check_names(table, ["field", "op", "value"], path)
        check_lacking([name for name in ("field", "op") if not isinstance(table.get(name), str)], path, "text for both")
        value = table.get("value")
        if isinstance(value, list):
            value = tuple(value)
        return Test(table["field"], table["op"], value)

    def _choice(self, given: Any, choice: type[Enum], path: Path) -> Any:
        words = [str(one.value) for one in choice]
        if not isinstance(given, str) or given not in words:
            raise Wrong(path, "there is no such word here", value=given, right=near(given, words))
        return choice(given)

    def _object(self, given: Any, allowed: tuple[type, ...], path: Path, owner: str, *, asked: bool) -> Any:
        if Number in allowed:
            return self._number(given, path, owner)
        if Interpretation in allowed and not asked:
            return self._question(given, path)
        if Pattern in allowed:
            return self._pattern(given, path)
        if Entry in allowed:
            return self._entry(given, path)
        if Clock in allowed and isinstance(given, str):
            number, unit, direction = from_short(lambda: short.read_clock(given), path, given)
            counted = self._number(number, path, owner)
            return made(lambda: short.clock_of(counted, unit, direction), path, given)
        if any(is_tagged(one) for one in allowed):
            return self.tagged(given, allowed, path, owner)
        if Clock in allowed and not isinstance(given, dict):
            raise Wrong(path, "this is not a length of time", value=given, right=wanted_of(allowed))
        table = as_table(given, path, right=wanted_of(allowed))
        if Present in allowed and len(table) == 1 and next(iter(table)) in ("found", "not_found"):
            ((how, name),) = table.items()
            return (Present if how == "found" else Absent)(self.value(name, str, (*path, how), owner))
        return self._built(one_of(table, allowed, path), table, path, owner)

    def tagged(self, given: Any, allowed: tuple[type, ...], path: Path, owner: str) -> Any:
        table = dict(as_table(given, path))
        tag = table.pop(TAG, None)
        known = [name for name, cls in TAGGED.items() if cls in allowed]
        if tag not in known:
            right = f"{TAG} = {near(tag, known)}"
            raise Wrong((*path, TAG), "it does not say what kind of rule it is", value=tag, right=right)
        return self._built(TAGGED[tag], table, path, owner)

    def _built(self, cls: type, table: dict[str, Any], path: Path, owner: str) -> Any:
        named = table.get(naming_field(cls))
        if isinstance(named, str) and is_tagged(cls):
            path = (*path, named)
        if cls is Law:
            table = self.law | table
        values = self._fields(cls, table, path, owner_below(owner, named, cls))
        if cls is Clock and "tight" not in values:
            usual = short.clock_of(values["number"], values["unit"], values.get("direction", "after"))
            values["tight"] = usual.tight
        return made(lambda: cls(**values), path, None)

    def _fields(self, cls: type, table: dict[str, Any], path: Path, owner: str) -> dict[str, Any]:
        fields = fields_of(cls)
        check_names(table, list(fields), path)
        check_needed(table, fields, path)
        return {
            name: self.value(one, fields[name].hint, (*path, name), f"{owner}.{name}" if owner else name)
            for name, one in table.items()
        }

    def _number(self, given: Any, path: Path, owner: str) -> Number:
        if isinstance(given, str):
            if given not in self.given:
                named = f"the name of a number under [numbers]{f': {nearest(given, self.given)}' if self.given else ''}"
                right = f"a figure, as in 5, or {named}"
                raise Wrong(path, "there is no number of this name", value=given, right=right)
            number = self.given[given]
        elif type(given) is int:
            number = made(lambda: Number(owner, given), path, given)
        else:
            raise Wrong(path, "this is not a number", value=given, right="a whole number, or a name from [numbers]")
        if self.numbers.setdefault(number.id, number) != number:
            right = "a name of its own for each, given under [numbers]"
            raise Wrong(path, "two numbers here would have one name", value=number.id, right=right)
        return number

    def _pattern(self, given: Any, path: Path) -> Pattern:
        if isinstance(given, str):
            return from_short(lambda: short.read_pattern(given), path, given)
        table = dict(as_table(given, path, right=short.PATTERN_RIGHT))
        if set(table) == {"kind", "where"}:
            return Pattern(**self._fields(Pattern, table, path, ""))
        kind = table.pop("fact", None)
        if not isinstance(kind, str):
            raise Wrong(path, "it does not say which kind of fact is meant", value=kind, right=short.PATTERN_RIGHT)
        return Pattern(kind, from_short(lambda: short.read_tests(table), path, table))

    def _entry(self, given: Any, path: Path) -> Entry:
        if isinstance(given, str):
            return {"opening": opening(), "step": Entry(by=By.STEP)}.get(given) or outcome_of(given)
        table = as_table(given, path, right='"opening", "step", or the id of a stage')
        check_names(table, ["silence_of", "found", *fields_of(Entry)], path)
        if set(table) == {"silence_of"}:
            return silence_of(self.value(table["silence_of"], str, (*path, "silence_of"), ""))
        if set(table) == {"found"}:
            pattern = self._pattern(table["found"], (*path, "found"))
            return Entry(by=By.ROW, kind=pattern.kind, where=pattern.where)
        return made(lambda: Entry(**self._fields(Entry, table, path, "")), path, None)
