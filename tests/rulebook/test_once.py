"""What is made for a rulebook or a core is made once, however many are in use, and goes when its owner goes."""

from __future__ import annotations

import gc
import random
import weakref
from concurrent.futures import ThreadPoolExecutor

import attrs

from iro_rules import Case, Coverage, assess
from iro_rules.engines.meaning import meaning_of
from iro_rules.facts import BecameLookedAfter
from iro_rules.national import rulebook
from iro_rules.rulebook.core import Core
from iro_rules.rulebook.once import once_for_each
from iro_rules.testing.random_rules import CoreSize, random_core

MANY = 300


def made(seed: int) -> Core:
    """A small core."""
    return random_core(random.Random(seed), CoreSize(steps=2))


def test_many_cores_in_turn_are_each_made_once() -> None:
    """Judging by hundreds of parts of a rulebook one after another, again and again, makes none of them anew."""
    calls: list[Core] = []

    @once_for_each()
    def once(core: Core) -> int:
        calls.append(core)
        return len(calls)

    cores = [made(seed) for seed in range(MANY)]
    first = [once(core) for core in cores]
    assert [once(core) for core in cores] == first
    assert len(calls) == MANY


def test_further_arguments_are_told_apart() -> None:
    """What is made for children is not given for authorities."""

    @once_for_each()
    def once(core: Core, subject: str) -> object:
        return object()

    core = made(1)
    assert once(core, "child") is once(core, "child")
    assert once(core, "child") is not once(core, "authority")


def test_of_what_is_made_for_one_owner_the_last_asked_for_stay() -> None:
    """Someone who asks with ever other readings fills no memory; another rulebook's are not pushed out by theirs."""
    calls: list[int] = []

    @once_for_each(at_most=2)
    def once(core: Core, number: int) -> int:
        calls.append(number)
        return number

    core, other = made(1), made(2)
    once(other, 9)
    assert [once(core, number) for number in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert calls == [9, 1, 2, 3, 2]
    once(other, 9)
    assert calls == [9, 1, 2, 3, 2]


def test_threads_are_given_what_belongs_to_their_core() -> None:
    """However many ask at a time, the answer is that of the core asked about, and the same afterwards."""

    @once_for_each()
    def once(core: Core) -> int:
        return id(core)

    cores = [made(seed) for seed in range(30)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(once, cores * 20)) == [id(core) for core in cores] * 20


def test_what_is_made_for_a_core_goes_with_it() -> None:
    """A core that nobody uses is not kept for what was made of it."""
    core = made(1)
    meaning_of(core)
    gone = weakref.ref(core)
    del core
    gc.collect()
    assert gone() is None


def test_a_rulebook_laid_for_one_question_goes_when_it_is_answered() -> None:
    """A host that lays a new overlay for each request keeps none of the old ones, their cores or their parts."""
    case = Case("c1", [BecameLookedAfter("2026-01-05", id="start")], coverage=Coverage.everything())
    book = attrs.evolve(rulebook())
    answer = assess(case, as_of="2026-03-02", protocol=book, readings={})
    assert any(finding.otherwise is not None for finding in answer)
    answer.findings[0].why()
    gone = [weakref.ref(one) for one in (book, book.strict, book.strict.core())]
    del book, answer
    gc.collect()
    assert [one() for one in gone] == [None, None, None]
