"""The short forms an officer writes: "5 working days", "told by iro to team_manager", and what they stand for."""

from __future__ import annotations

import re
from typing import Any

from iro_rules.clock.timescale import Clock, Number, Unit, at_least_before, within
from iro_rules.rulebook.terms import Pattern, Test

UNITS = {unit.value: unit for unit in Unit}
SINGULAR = {unit.value.removesuffix("s"): unit for unit in Unit}
NAME = re.compile(r"[a-z][a-z0-9_.-]*\Z")
WORD = re.compile(r"[^\s\"'=]+\Z")
CLOCK = re.compile(r"(?P<number>\S+) (?P<unit>[a-z ]+?)(?P<before> before)?\Z")
CLOCK_RIGHT = '"5 working days", "24 hours", "10 calendar days before", or a name from [numbers] in place of the figure'
PATTERN_RIGHT = '"told by iro to team_manager about dispute": a kind of fact, then pairs of a field and its value'


SAID = ("by", "to", "about")


class NotShort(ValueError):
    """A short form that cannot be read; says what is wrong and what would be right."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what)
        self.what, self.right = what, right


def clock_of(number: Any, unit: Unit, direction: str) -> Clock:
    """A clock counted as the library counts unless told otherwise."""
    if direction == "after":
        return within(number, unit)
    if unit in (Unit.HOURS, Unit.YEAR_ENDS):
        return Clock(number, unit, direction)  # which refuses it, in its own words
    return at_least_before(number, unit)


def read_clock(text: str) -> tuple[str | int, Unit, str]:
    """The number (a figure, or a number's id), unit and direction of a short clock. Raises NotShort."""
    found = CLOCK.match(" ".join(text.split()))  # what is pasted in has hard spaces
    if found is None:
        raise NotShort("this is not a length of time", CLOCK_RIGHT)
    unit = UNITS.get(found["unit"]) or SINGULAR.get(found["unit"])
    if unit is None:
        if found["unit"] in ("day", "days"):
            raise NotShort("days are working days or calendar days", '"5 working days" or "5 calendar days"')
        raise NotShort("there is no such unit of time", f"one of {', '.join(UNITS)}")
    number = found["number"]
    if number.isascii() and number.isdigit() and len(number) <= 9:
        return int(number), unit, "before" if found["before"] else "after"
    if not NAME.match(number):
        raise NotShort("this is neither a whole number nor the name of one", CLOCK_RIGHT)
    return number, unit, "before" if found["before"] else "after"


def clock_text(number: str, unit: Unit, direction: str) -> str:
    """A short clock."""
    one = SINGULAR_TEXT[unit] if number == "1" else unit.value
    return f"{number} {one}{' before' if direction == 'before' else ''}"


SINGULAR_TEXT = {unit: text for text, unit in SINGULAR.items()}


def figure(number: Number) -> int | None:
    """The number as one figure for all time; None where it changes with the date."""
    return number.values[0][1] if len(number.values) == 1 and number.values[0][0] == 1 else None


def read_pattern(text: str) -> Pattern:
    """A pattern from words. Raises NotShort."""
    words = text.split()
    if not words or len(words) % 2 == 0 or not all(WORD.match(word) for word in words):
        raise NotShort("this does not say which facts are meant", PATTERN_RIGHT)
    kind, *rest = words
    pairs = sorted(zip(rest[::2], rest[1::2], strict=True))
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise NotShort(f"the field {name} is given twice", 'a table, such as { fact = "told", by = ["a", "b"] }')
    return Pattern(kind, tuple(Test(name, "eq", value) for name, value in pairs))


def _sayable(test: Test) -> tuple[int, str]:
    """By whom, to whom, about what, and then the rest: the order in which one would say it."""
    return (SAID.index(test.field) if test.field in SAID else len(SAID), test.field)


def pattern_text(pattern: Pattern) -> str | None:
    """A pattern in words, or None where they cannot say it."""
    words = [pattern.kind]
    for test in sorted(pattern.where, key=_sayable):
        if test.op != "eq" or not isinstance(test.value, str):
            return None
        words += [test.field, str(test.value)]
    text = " ".join(words)
    try:
        return text if read_pattern(text) == pattern else None
    except NotShort:
        return None


TESTS = {"has": "has", "more_than": "gt", "less_than": "lt"}


def tests_table(tests: tuple[Test, ...]) -> dict[str, Any] | None:
    """Tests as a table of fields, or None where a table cannot say them."""
    table: dict[str, Any] = {}
    for test in tests:
        if test.field in table or test.field in ("", "fact"):
            return None
        table[test.field] = _test(test)
    try:
        return table if read_tests(table) == tests else None
    except NotShort:
        return None


def _test(test: Test) -> Any:
    value = plain(test.value)
    match test.op:
        case "known" | "unknown":
            return {"known": test.op == "known"}
        case "eq" | "in":
            return value
        case _:
            return {next((name for name, op in TESTS.items() if op == test.op), test.op): value}


def plain(value: Any) -> Any:
    """A value of a test as data: text, a number, true or false, or a list of these."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def read_tests(table: dict[str, Any]) -> tuple[Test, ...]:
    """Tests from a table of fields. Raises NotShort."""
    found = []
    for name, given in sorted(table.items()):
        if isinstance(given, dict):
            found.append(_read_test(name, given))
        elif isinstance(given, list):
            found.append(Test(name, "in", tuple(sorted(_value(name, one, (str,)) for one in given))))
        else:
            found.append(Test(name, "eq", _value(name, given)))
    return tuple(found)


def _read_test(name: str, given: dict[str, Any]) -> Test:
    (how, value), *more = given.items() or [("", None)]
    if not more and how == "known" and isinstance(value, bool):
        return Test(name, "known" if value else "unknown")
    if not more and how in TESTS:
        return Test(name, TESTS[how], _value(name, value))
    right = "{ has = ... }, { more_than = 3 }, { less_than = 3 }, { known = true } or { known = false }"
    raise NotShort(f"there is no such test of the field {name}", right)


def _value(name: str, value: Any, types: tuple[type, ...] = (str, int)) -> Any:
    if not isinstance(value, types):
        raise NotShort(f"the field {name} cannot be compared with this", "text, a whole number, true, false or a list")
    return value
