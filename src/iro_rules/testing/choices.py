"""Where generated rules and cases get their choices from: a seeded generator, or Hypothesis (see `strategies`)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Choices(Protocol):
    """What a generator may ask; the first item, the lowest number and `False` are the simplest answers."""

    def one(self, items: Sequence[T]) -> T:
        """One of some items."""
        ...

    def whole(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        ...

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        ...


class Seeded:
    """Choices from a `random.Random`: fast, repeatable from its seed, and never shrunk."""

    def __init__(self, rng: random.Random) -> None:
        self._random = rng.random

    def one(self, items: Sequence[T]) -> T:
        """One of some items."""
        return items[int(self._random() * len(items))]

    def whole(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self._random() * 100 >= 100 - percent


def some(choices: Choices, items: Sequence[T], most: int) -> list[T]:
    """Up to `most` different items, in the order given."""
    wanted = choices.whole(0, min(most, len(items)))
    left = list(range(len(items)))
    kept = sorted(left.pop(choices.whole(0, len(left) - 1)) for _ in range(wanted))
    return [items[i] for i in kept]
