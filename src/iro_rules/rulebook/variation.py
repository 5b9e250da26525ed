"""The same rulebook with other numbers, units or usual readings, so that a change of policy can be tried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from iro_rules.clock.timescale import Clock, Number, Unit, at_least_before, within
from iro_rules.errors import InterpretationError, RulebookError, nearest
from iro_rules.readings import Interpretation, parts
from iro_rules.rulebook.rulebook import Rulebook

NewNumber = int | Mapping[date | str, int]


def vary(
    rulebook: Rulebook,
    numbers: Mapping[str, NewNumber] | None = None,
    *,
    units: Mapping[str, Unit | str] | None = None,
    readings: Mapping[str, str] | None = None,
    name: str = "",
) -> Rulebook:
    """The rulebook with some of its numbers, the units they count in, or its usual readings changed.

    `numbers` gives a number by its id (see `Rulebook.numbers`): one for all time, or {first day in force:
    number}; `units` the unit that every clock of a number counts in ("working days", "hours", ...);
    `readings` the reading that an interpretation has unless told otherwise. `name` names the result
    (default: the rulebook's name and what was changed). Raises RulebookError for a number that does not
    exist, that is below nought or whose clock cannot have the unit, InterpretationError for an
    interpretation or reading that does not exist.
    """
    wanted = {id: Number(id, _dates(value)) for id, value in (numbers or {}).items()}
    counted = {id: _unit(id, unit) for id, unit in (units or {}).items()}
    read = dict(readings or {})
    for id in (*wanted, *counted):
        if id not in rulebook.numbers:
            raise RulebookError("there is no such number", value=id, right=nearest(id, rulebook.numbers))
    known = {i.id: i for i in rulebook.interpretations}
    for id, reading in read.items():
        if id not in known:
            raise InterpretationError("there is no such interpretation", value=id, right=nearest(id, known))
        known[id].check(reading)
    _clocked(rulebook, counted)

    def change(part: Any) -> Any:
        if isinstance(part, Number):
            return wanted.get(part.id, part)
        if isinstance(part, Interpretation):
            reading = read.get(part.id, part.default)
            return part if reading == part.default else attrs.evolve(part, default=reading)
        if isinstance(part, Clock):
            return _counting(part, counted)
        return part

    return attrs.evolve(
        rulebook,
        name=name or _named(rulebook, wanted, counted, read),
        parts=tuple(_mapped(part, change) for part in rulebook.parts),
    )


def _dates(value: Any) -> Any:
    return {str(day): count for day, count in value.items()} if isinstance(value, Mapping) else value


def _unit(id: str, unit: Unit | str) -> Unit:
    try:
        return Unit(unit)
    except ValueError:
        raise RulebookError("there is no such unit", where=id, value=unit, right=", ".join(Unit)) from None


def _clocked(rulebook: Rulebook, units: Mapping[str, Unit]) -> None:
    """Raises RulebookError for a number whose unit is to change and that no clock counts by."""
    clocks = {id for rule in rulebook.rules for part in parts(rule) if isinstance(part, Clock) for id in _numbers(part)}
    for id in units:
        if id not in clocks:
            raise RulebookError(
                "no clock counts by this number, so it has no unit", where=id, right="a number that a clock counts by"
            )


def _numbers(clock: Clock) -> set[str]:
    """The numbers a clock may count by, under whatever reading."""
    return {part.id for part in parts(clock.number) if isinstance(part, Number)}


def _counting(clock: Clock, units: Mapping[str, Unit]) -> Clock:
    wanted = {units[id] for id in _numbers(clock) & units.keys()}
    if not wanted:
        return clock
    unit = wanted.pop()
    if wanted:
        raise RulebookError("one clock is given two units", value=str(unit), right="one unit for all its numbers")
    afresh = within(clock.number, unit) if clock.direction == "after" else at_least_before(clock.number, unit)
    # Hours run from an instant, and a calendar year to its end: only other units leave open which day is the first.
    keeps = {clock.unit, unit}.isdisjoint((Unit.HOURS, Unit.YEAR_ENDS))
    return attrs.evolve(clock, unit=unit, tight=clock.tight if keeps else afresh.tight)


def _mapped(value: Any, change: Any) -> Any:
    """A value with everything inside it changed, from the inside out; what is unchanged stays the very same."""
    if isinstance(value, tuple):
        items = tuple(_mapped(item, change) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if not attrs.has(type(value)):
        return value
    inside = {a.name: getattr(value, a.name) for a in attrs.fields(type(value)) if a.init}
    changed = {name: new for name, old in inside.items() if (new := _mapped(old, change)) is not old}
    return change(attrs.evolve(value, **changed) if changed else value)


def _named(
    rulebook: Rulebook, numbers: Mapping[str, Number], units: Mapping[str, Unit], readings: Mapping[str, str]
) -> str:
    said = [
        *(f"{id} {number.values[-1][1]}" for id, number in numbers.items()),
        *(f"{id} in {unit}" for id, unit in units.items()),
        *(f"{id} read as {reading}" for id, reading in readings.items()),
    ]
    return f"{rulebook.name}, with {', '.join(said)}" if said else rulebook.name
