"""Work that is done once for each core, however many cases are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from iro_rules.rulebook.core import Core

T = TypeVar("T")


class _Same:
    """A core by which it is, not by what it says: cores hold mappings and cannot be hashed."""

    __slots__ = ("core",)

    def __init__(self, core: Core) -> None:
        self.core = core

    def __hash__(self) -> int:
        return id(self.core)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.core is self.core


def once_for_each(most: int) -> Callable[[Callable[[Core], T]], Callable[[Core], T]]:
    """Keeps what a function gives for each of the `most` cores used last."""

    def decorated(function: Callable[[Core], T]) -> Callable[[Core], T]:
        @lru_cache(maxsize=most)
        def kept(same: _Same) -> T:
            return function(same.core)

        return lambda core: kept(_Same(core))

    return decorated
