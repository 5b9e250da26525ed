"""Interpretations: questions a text leaves open, their readings, and values that depend on the reading.

Lives below the clock and the rulebook, which both use it; knows neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from iro_rules.errors import InterpretationError


@attrs.frozen
class Interpretation:
    """A question the text leaves open: its readings (name and meaning), the default, and why.

    Raises InterpretationError with fewer than two readings or an unknown default.
    """

    id: str
    question: str
    readings: tuple[tuple[str, str], ...]
    default: str
    why: str

    def __attrs_post_init__(self) -> None:
        if len(self.readings) < 2 or self.default not in self.names():
            raise InterpretationError(
                "an interpretation needs two or more readings, one of them the default",
                where=self.id,
                value=self.default,
                right=f"one of {', '.join(self.names())}",
            )

    def names(self) -> tuple[str, ...]:
        """The readings' names, in the order given."""
        return tuple(name for name, _ in self.readings)

    def meaning(self, reading: str) -> str:
        """What a reading says."""
        return dict(self.readings)[reading]

    def check(self, reading: str) -> str:
        """The reading itself; raises InterpretationError where this interpretation does not offer it."""
        if reading not in self.names():
            raise InterpretationError(
                "there is no such reading",
                where=self.id,
                value=reading,
                right=f"one of {', '.join(self.names())}",
            )
        return reading


@attrs.frozen
class ByReading:
    """A value that depends on how an interpretation is read; it may stand anywhere in a rule."""

    interpretation: Interpretation
    values: tuple[tuple[str, Any], ...]

    def __attrs_post_init__(self) -> None:
        if tuple(name for name, _ in self.values) != self.interpretation.names():
            raise InterpretationError(
                "a value is needed for each reading, in the interpretation's order",
                where=self.interpretation.id,
                value=[name for name, _ in self.values],
                right=", ".join(self.interpretation.names()),
            )

    def under(self, reading: str) -> Any:
        """The value under one reading."""
        return dict(self.values)[reading]


def by_reading(interpretation: Interpretation, **values: Any) -> Any:
    """A value for each reading of an interpretation, by the readings' names.

    Typed as anything, since it stands in a rule where the value itself would, until a reading is chosen.
    """
    return ByReading(interpretation, tuple(values.items()))


def parts(value: Any) -> Iterator[Any]:
    """A value and everything inside it: fields of attrs values and items of tuples."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif attrs.has(type(value)):
        for name in _names(type(value)):
            yield from parts(getattr(value, name))


def interpretations_in(value: Any) -> tuple[Interpretation, ...]:
    """The interpretations a value depends on, by id."""
    found = {part.id: part for part in parts(value) if isinstance(part, Interpretation)}
    return tuple(found[i] for i in sorted(found))


def resolve(value: Any, choices: Mapping[str, str]) -> Any:
    """The same value with each reading chosen: `choices` maps interpretation ids to readings, else the default."""
    if isinstance(value, ByReading):
        interpretation = value.interpretation
        chosen = interpretation.check(choices.get(interpretation.id, interpretation.default))
        return resolve(value.under(chosen), choices)
    if isinstance(value, tuple):
        items = tuple(resolve(item, choices) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if attrs.has(type(value)) and not isinstance(value, Interpretation):
        changed = {}
        for name in _names(type(value)):
            old = getattr(value, name)
            new = resolve(old, choices)
            if new is not old:
                changed[name] = new
        return attrs.evolve(value, **changed) if changed else value
    return value


def chosen_readings(given: Iterable[str]) -> dict[str, str]:
    """Readings chosen in text, each as INTERPRETATION=READING. Raises InterpretationError for another form."""
    chosen: dict[str, str] = {}
    for text in given:
        name, sign, reading = text.partition("=")
        if not sign:
            raise InterpretationError("the choice of a reading needs the form INTERPRETATION=READING", value=text)
        if chosen.setdefault(name, reading) != reading:
            raise InterpretationError("an interpretation is given twice, with different readings", value=name)
    return chosen


def _names(cls: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    return tuple(a.name for a in attrs.fields(cls) if a.init)
