"""How long `simulate` takes over a national cohort: 83,000 made-up children and twenty variants of the rules.

python -m benchmarks.simulation [--children N] [--repeat N]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time

from iro_rules import Registry, Variant, setting, simulate
from iro_rules.lab.synthetic import made_cohort
from iro_rules.rulebook import Rulebook

AS_OF = "2026-03-02"


def variants(rulebook: Rulebook, most: int = 20) -> list[Variant]:
    """The first numbers of the rulebook, each one higher, and the readings that touch most rules."""
    readings = {
        "first day counts": {"counting.first-day": "event_day"},
        "clear days": {"counting.clear-days": "clear"},
        "bare days are calendar days": {"rochdale.dispute.days": "calendar"},
    }
    found = [Variant(name=name, readings=chosen) for name, chosen in readings.items()]
    for name, number in rulebook.numbers.items():
        value = number.values[-1][1]
        found.append(Variant(name=f"{name}: {value + 1}", numbers={name: value + 1}))
    return found[:most]


def main() -> None:
    """Make the cohort, then time the simulation alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=83_000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    where = setting("rochdale")
    cohort = made_cohort(asked.children, seed=1, protocols=[Registry.discover().protocol("rochdale")])
    tried = variants(where.rulebook)
    print(f"{asked.children:,} children, {cohort.events.height:,} facts, {len(tried)} variants")
    taken, result = [], simulate(cohort, [], as_of=AS_OF, protocol=where)
    for _ in range(asked.repeat):
        began, used = time.perf_counter(), time.process_time()
        result = simulate(cohort, tried, as_of=AS_OF, protocol=where)
        taken.append((time.perf_counter() - began, time.process_time() - used))
    wall, used = (statistics.median(side) for side in zip(*taken, strict=True))
    print(f"wall {wall:.1f} s, processors {used:.1f} s")
    print(f"findings that would stand otherwise: {result.summary()['change_standing'].sum():,}")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
