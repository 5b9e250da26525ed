"""What is made for a core is made once, however many cores are in use, and goes when the core goes."""

from __future__ import annotations

import gc
import random
import weakref

from iro_rules.engines.meaning import meaning_of
from iro_rules.engines.once import once_for_each
from iro_rules.rulebook.core import Core
from iro_rules.testing.random_rules import CoreSize, random_core

MANY = 300


def made(seed: int) -> Core:
    """A small core."""
    return random_core(random.Random(seed), CoreSize(steps=2))


def test_many_cores_in_turn_are_each_made_once() -> None:
    """Judging by hundreds of parts of a rulebook one after another, again and again, makes none of them anew."""
    calls: list[Core] = []

    @once_for_each
    def once(core: Core) -> int:
        calls.append(core)
        return len(calls)

    cores = [made(seed) for seed in range(MANY)]
    first = [once(core) for core in cores]
    assert [once(core) for core in cores] == first
    assert len(calls) == MANY


def test_further_arguments_are_told_apart() -> None:
    """What is made for children is not given for authorities."""

    @once_for_each
    def once(core: Core, subject: str) -> object:
        return object()

    core = made(1)
    assert once(core, "child") is once(core, "child")
    assert once(core, "child") is not once(core, "authority")


def test_what_is_made_for_a_core_goes_with_it() -> None:
    """A host that lays a new overlay for each request does not keep the old ones."""
    core = made(1)
    meaning_of(core)
    gone = weakref.ref(core)
    del core
    gc.collect()
    assert gone() is None
