"""Work that is done once for each rulebook or core, however many cases are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary, ref

Owner = TypeVar("Owner")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


def once_for_each(*, at_most: int | None = None) -> Callable[[Callable[[Owner, *Ts], T]], Callable[[Owner, *Ts], T]]:
    """Keeps what a function gives for an object (and further arguments) for as long as that object is in use.

    The object is told by which it is, not by what it says, and must be compared so. Of what is kept for one object,
    under different arguments, `at_most` so many stay: those asked for last. What the function gives must not hold on
    to the object it was given for.
    """

    def kept(function: Callable[[Owner, *Ts], T]) -> Callable[[Owner, *Ts], T]:
        by_owner: WeakKeyDictionary[Owner, Callable[[*Ts], T]] = WeakKeyDictionary()

        def once(owner: Owner, *further: *Ts) -> T:
            found = by_owner.get(owner)
            if found is None:
                # What is kept with an object must not keep it: it is reached by a weak reference, and by its user.
                alive = ref(owner)
                found = by_owner.setdefault(owner, lru_cache(at_most)(lambda *some: function(alive(), *some)))  # type: ignore[arg-type]
            return found(*further)

        return once

    return kept
