"""One contender in a process of its own: `python -m benchmarks.peers.one MODULE EVENTS OUT WARM_UP`.

Prints the seconds that the work took, by the clock and of the processors. Imports, and the making of rules and look-up
tables, come before; so does a first run over a small table, since a process that works on tables works on many.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable


class Contender(Protocol):
    """What each module of a contender has: made once, run for each table."""

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""


@runtime_checkable
class Prepared(Protocol):
    """What one that only writes has besides: what it is to write comes from the files beside `out`."""

    def prepare(self, out: Path) -> None:
        """Before the clock starts."""


def main(module: str, events: Path, out: Path, warm_up: Path) -> None:
    """Run and tell."""
    contender: Contender = import_module(f"benchmarks.peers.{module}").Contender()
    contender.run(warm_up, out.with_name(f"warm-up-{out.name}"))
    if isinstance(contender, Prepared):
        contender.prepare(out)
    gc.collect()
    gc.freeze()
    clock, work = time.perf_counter(), time.process_time()
    contender.run(events, out)
    print(json.dumps({"wall": time.perf_counter() - clock, "processor": time.process_time() - work}))


if __name__ == "__main__":
    main(sys.argv[1], *(Path(argument) for argument in sys.argv[2:]))
