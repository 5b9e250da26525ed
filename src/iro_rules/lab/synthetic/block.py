"""Cases while their story is told, a thousand at once: what happens, when, and how often it goes wrong.

Each `add` is a fact that some of the cases have, on days of their own. A thing that does not happen in a case happens
there `NEVER`, a day far away, and what follows from it is then far away too. A fact is in the record where its day is
not after the day asked about, nor after the child left care.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from iro_rules.clock.calendar import Calendar
from iro_rules.facts.kinds import FIELDS

Ints = npt.NDArray[np.int64]

BLOCK = 1_000
NEVER = 1_500_000
EPOCH = date(1970, 1, 1).toordinal()
NONE = -1


def next_working(calendar: Calendar) -> Ints:
    """For each day (an ordinal) the next working day, or the day itself outside the calendar."""
    days = np.arange(NEVER * 2)
    working = np.array(calendar.working)
    days[calendar.first : working[-1]] = working[np.searchsorted(working, days[calendar.first : working[-1]])]
    return days


@attrs.frozen
class OneOf:
    """A text field whose value differs from case to case: places in some words, -1 where it is left blank."""

    words: tuple[str, ...]
    places: Ints


class Block:
    """Some cases while their story is told."""

    def __init__(self, rng: np.random.Generator, first: int, as_of: int, working: Ints) -> None:
        self.rng, self.first, self.as_of, self._working = rng, first, as_of, working
        # The next working day is itself where the day is one; outside the calendar every day is its own.
        self._counting: Ints = np.flatnonzero(working == np.arange(len(working)))
        self.last = np.full(BLOCK, as_of)
        self._facts: list[tuple[str, str, Ints, Ints, dict[str, Any]]] = []

    def between(self, low: int | Ints, high: int | Ints) -> Ints:
        """A whole number for each case, both ends included."""
        return self.rng.integers(low, high, BLOCK, endpoint=True)

    def chance(self, percent: float) -> npt.NDArray[np.bool_]:
        """True in so many cases of a hundred."""
        return self.rng.random(BLOCK) * 100 < percent

    def some(self, percent: float, day: Ints) -> Ints:
        """The days in so many cases of a hundred, else never."""
        return np.where(self.chance(percent), day, NEVER)

    def soon(self, day: Ints, low: int, high: int, percent: float = 100) -> Ints:
        """A working day so many days later, in so many cases of a hundred."""
        return self.some(percent, self.working(day + self.between(low, high)))

    def working(self, day: Ints) -> Ints:
        """The day itself or the next working day."""
        found: Ints = self._working[np.minimum(day, len(self._working) - 1)]
        return found

    def counted(self, day: Ints, number: int) -> Ints:
        """The day so many working days later."""
        place: Ints = np.searchsorted(self._counting, day, side="right") + number - 1
        found: Ints = self._counting[np.minimum(place, len(self._counting) - 1)]
        return found

    def mostly(self, word: str) -> OneOf:
        """A word that is left blank in two cases of a hundred."""
        return OneOf((word,), np.where(self.chance(2), NONE, 0))

    def pairs(self, percent: float) -> npt.NDArray[np.bool_]:
        """True for both cases of so many pairs of a hundred."""
        return np.repeat(self.chance(percent)[::2], 2)

    def add(self, name: str, kind: str, day: Ints, *, timed: int = 0, always: bool = False, **fields: Any) -> None:
        """A fact: some have a time of day (percent); with `always`, also after the child left care."""
        last = self.as_of if always else self.last
        hour = np.where(self.chance(timed), self.between(9 * 60, 17 * 60), NONE)
        at = np.where(hour == NONE, NONE, (day - EPOCH) * 86_400 + hour * 60)
        self._facts.append((name, kind, np.where(day <= last, day, NEVER), at, fields))

    def columns(self, count: int) -> tuple[dict[str, tuple[str, ...]], dict[str, npt.NDArray[Any]]]:
        """The words of the text fields, and the columns of the first so many cases; see `realistic.Cohort`."""
        told = sorted(self._facts, key=lambda fact: fact[0])
        on = np.stack([day for _, _, day, _, _ in told], axis=1)
        there = on != NEVER
        there[count:] = False
        case, slot = np.nonzero(there)
        words = {"id": tuple(name for name, *_ in told), "kind": tuple(sorted({kind for _, kind, *_ in told}))}
        kinds = np.array([words["kind"].index(kind) for _, kind, *_ in told], np.int16)
        found: dict[str, npt.NDArray[Any]] = {
            "case": (case + self.first).astype(np.int32),
            "id": slot.astype(np.int16),
            "kind": kinds[slot],
            "on": on[there].astype(np.int32),
            "at": np.stack([at for _, _, _, at, _ in told], axis=1)[there],
        }
        for name in FIELDS:
            given = {place: fact[4][name] for place, fact in enumerate(told) if name in fact[4]}
            if given:
                words[name], found[name] = _field(given, there)
        return {name: some for name, some in words.items() if some}, found


def _field(given: dict[int, Any], there: npt.NDArray[np.bool_]) -> tuple[tuple[str, ...], npt.NDArray[Any]]:
    """The words of one field (none where it holds numbers), and its column."""
    texts = {text for value in given.values() for text in _words(value)}
    words = tuple(sorted(texts))
    numbers = np.full(there.shape, NONE, np.int16 if words else np.int32)
    for place, value in given.items():
        match value:
            case str():
                numbers[:, place] = words.index(value)
            case OneOf():
                numbers[:, place] = np.array([*map(words.index, value.words), NONE])[value.places]
            case _:
                numbers[:, place] = value
    return words, numbers[there]


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value.words if isinstance(value, OneOf) else ()
