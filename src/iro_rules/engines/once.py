"""Work that is done once for each core, however many cases are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, TypeVarTuple

from iro_rules.rulebook.core import Core

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class _Same:
    """A core by which it is, not by what it says: cores hold mappings and cannot be hashed."""

    __slots__ = ("core",)

    def __init__(self, core: Core) -> None:
        self.core = core

    def __hash__(self) -> int:
        return id(self.core)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.core is self.core


def once_for_each(most: int) -> Callable[[Callable[[Core, *Ts], T]], Callable[[Core, *Ts], T]]:
    """Keeps what a function gives for the `most` cores (and further arguments) used last, and frees the rest."""

    def decorated(function: Callable[[Core, *Ts], T]) -> Callable[[Core, *Ts], T]:
        @lru_cache(maxsize=most)
        def kept(same: _Same, *args: Any) -> T:
            return function(same.core, *args)

        return lambda core, *args: kept(_Same(core), *args)

    return decorated
