"""Work that is done once for each core, however many cases are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from iro_rules.rulebook.core import Core

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


def once_for_each(function: Callable[[Core, *Ts], T]) -> Callable[[Core, *Ts], T]:
    """Keeps what a function gives for a core (and further arguments) for as long as that core is in use.

    A core is told by which it is, not by what it says. What the function gives must not hold on to its core.
    """
    kept: WeakKeyDictionary[Core, dict[tuple[object, ...], T]] = WeakKeyDictionary()

    def once(core: Core, *further: *Ts) -> T:
        found = kept.get(core)
        if found is None:
            found = kept.setdefault(core, {})
        if further not in found:
            found[further] = function(core, *further)
        return found[further]

    return once
