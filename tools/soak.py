"""Puts a great many random cases through the durable reader in one process, and watches that nothing grows.

Every case is also judged by `meaning` (or one in so many, with --check-every), and each answer must be the same.
Case N depends on N and --seed alone, so a run can be cut in ranges, and a failure judged again by its number.

    python tools/soak.py --cases 1000000
    python tools/soak.py --from 250000 --cases 1000 --seed 7
    python tools/soak.py --rulebook national --cases 100000
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from iro_rules.clock import Calendar, england_and_wales
from iro_rules.engines import durable, meaning
from iro_rules.engines.rows import prepare
from iro_rules.facts import Case, Fact
from iro_rules.national import rulebook as national
from iro_rules.protocols import Registry
from iro_rules.rulebook.core import Core
from iro_rules.testing.random_cases import DAYS, CaseSize
from iro_rules.testing.random_rules import CoreSize, random_core
from iro_rules.testing.saved import Situation, to_plain
from iro_rules.testing.strategies import random_situation

ROOT = Path(__file__).resolve().parent.parent
STRETCH = 1000
"""So many cases in a row share a rulebook and a pool of facts; then come others, so that compiling is soaked too."""
SETTLED = 0.2
"""Of the run is left for memory to settle in before its growth is measured."""


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    status = Path("/proc/self/statm")
    if not status.exists():
        sys.exit("memory can only be watched where there is a /proc file system")
    return int(status.read_text().split()[1]) * 4096 / 1e6


@cache
def real_core(name: str) -> Core:
    """The core of the national rulebook, or with a protocol laid over it."""
    return national().core() if name == "national" else Registry.discover().protocol(name).overlay(national()).core()


def core_for(number: int, seed: int, rulebook: str) -> Core:
    """The rulebook that judges a case: a real one, or one made from the case's number."""
    if rulebook:
        return real_core(rulebook)
    return random_core(random.Random(f"{seed}/core/{number // STRETCH}"), CoreSize(steps=10))


class Pool(NamedTuple):
    """What the cases of one stretch are drawn from: making every fact anew would be slower than judging it."""

    core: Core
    made: list[Situation]
    facts: dict[str, list[Fact]]


def pool_for(number: int, seed: int, rulebook: str, calendar: Calendar) -> Pool:
    """The rulebook of a case's stretch, and situations made for it."""
    core, rng = core_for(number, seed, rulebook), random.Random(f"{seed}/pool/{number // STRETCH}")
    size = CaseSize(facts=25, fitting=80, around=rng.choice(DAYS))
    made = [random_situation(rng, calendar, core=core, case=size) for _ in range(40)]
    facts: dict[str, list[Fact]] = {}
    for situation in made:
        facts.setdefault(situation.case.subject, []).extend(situation.case.facts)
    return Pool(core, made, facts)


def situation_for(number: int, seed: int, pool: Pool) -> Situation:
    """Case number N: facts, coverage, relations and a day from those of its stretch."""
    rng = random.Random(f"{seed}/case/{number}")
    one, other = rng.choice(pool.made), rng.choice(pool.made)
    facts = pool.facts.get(one.case.subject, [])
    chosen = {fact.id: fact for fact in rng.sample(facts, min(len(facts), rng.choice((2, 6, 12, 25))))}
    case = Case(one.case.id, chosen.values(), coverage=one.case.coverage, subject=one.case.subject)
    return Situation(core=pool.core, case=case, related=one.related, as_of=other.as_of)


def growth(samples: list[tuple[int, float]]) -> float:
    """Megabytes gained over the settled part of a run: the mean of its last third less that of its first."""
    settled = samples[int(len(samples) * SETTLED) :]
    third = len(settled) // 3
    if not third:
        return 0.0
    first, last = settled[:third], settled[-third:]
    return sum(mb for _, mb in last) / third - sum(mb for _, mb in first) / third


def soak(
    first: int, cases: int, seed: int, check_every: int, report_every: int, rulebook: str
) -> list[tuple[int, float]]:
    """Judges the cases; prints speed and memory at intervals and returns the samples. Exits where readers differ."""
    calendar = england_and_wales()
    samples: list[tuple[int, float]] = []
    pool, judging, verdicts, checked = pool_for(first, seed, rulebook, calendar), 0.0, 0, 0
    started = last = time.perf_counter()
    for number in range(first, first + cases):
        if number % STRETCH == 0 and number != first:
            pool = pool_for(number, seed, rulebook, calendar)
        situation, core = situation_for(number, seed, pool), pool.core
        rows = prepare(situation.case, as_of=situation.as_of, calendar=calendar, related=situation.related)
        before = time.perf_counter()
        answer = durable.judge(core, rows, calendar)
        judging += time.perf_counter() - before
        verdicts += len(answer)
        if number % check_every == 0:
            checked += 1
            if meaning.judge(core, rows, calendar) != answer:
                kept = ROOT / "tests" / "corpus" / f"found-soak-{seed}-{number}.json"
                found = f"durable differed from meaning in soak case {number}, seed {seed}"
                kept.write_text(json.dumps(to_plain(situation, found=found), indent=1, sort_keys=True) + "\n")
                sys.exit(f"{found}; kept as {kept.name}")
        done = number - first + 1
        if done % report_every == 0 or done == cases:
            now = time.perf_counter()
            gc.collect()
            samples.append((done, resident()))
            since = done - (samples[-2][0] if len(samples) > 1 else 0)
            print(
                f"{done:>9,} cases  {since / (now - last):7,.0f} cases/s  {verdicts:>12,} verdicts"
                f"  {checked:>9,} checked  {samples[-1][1]:7.1f} MB",
                flush=True,
            )
            last = now
    took = time.perf_counter() - started
    print(f"{cases / took:,.0f} cases/s in all, {cases / judging:,.0f} cases/s in durable alone")
    return samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the soak and judges its memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check-every", type=int, default=1, help="check one case in so many against meaning")
    parser.add_argument("--report-every", type=int, default=0, help="cases between samples of memory (default: 1%%)")
    parser.add_argument("--rulebook", default="", help="national, or a protocol's name (default: generated rulebooks)")
    parser.add_argument("--may-grow", type=float, default=8.0, help="megabytes that memory may grow once settled")
    asked = parser.parse_args(arguments)
    every = asked.report_every or max(1, asked.cases // 100)
    samples = soak(asked.first, asked.cases, asked.seed, asked.check_every, every, asked.rulebook)
    grown = growth(samples)
    print(f"memory grew by {grown:.1f} MB once settled; {asked.may_grow:.1f} MB are allowed")
    return 1 if grown > asked.may_grow else 0


if __name__ == "__main__":
    sys.exit(main())
