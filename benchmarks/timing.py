"""Runs and their times, and the machine they were made on."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import attrs

LIBRARIES = ("iro-rules", "attrs", "durable-rules", "numpy", "orjson", "pendulum", "polars")


@attrs.frozen(kw_only=True)
class Contender:
    """Something that is timed: `run` does it for so many `cases` (0 for a whole process, timed in seconds).

    `bar` is what it may take: microseconds a case, or seconds for a process.
    """

    name: str
    title: str
    cases: int
    run: Callable[[], object]
    bar: float | None = None

    @property
    def unit(self) -> str:
        """What its times are in."""
        return "µs a case" if self.cases else "s"


@attrs.frozen
class Times:
    """What one contender took in each run, in its unit: by the clock on the wall, and of the processors' time.

    On a busy machine the second is the steadier; work on two cores at once counts there twice. `held_to` says
    which of them the bar is for.
    """

    contender: Contender
    wall: tuple[float, ...]
    processor: tuple[float, ...]
    held_to: str = "wall"

    @property
    def runs(self) -> tuple[float, ...]:
        """The times that the bar is for."""
        return self.processor if self.held_to == "processor" else self.wall

    @property
    def median(self) -> float:
        """The median run."""
        return statistics.median(self.runs)

    @property
    def within(self) -> bool | None:
        """Whether the median is within the bar, where there is one."""
        return None if self.contender.bar is None else self.median <= self.contender.bar

    def plain(self) -> dict[str, Any]:
        """As plain values for a file."""
        return {
            "name": self.contender.name,
            "cases": self.contender.cases,
            "unit": self.contender.unit,
            "median": round(self.median, 3),
            "min": round(min(self.runs), 3),
            "max": round(max(self.runs), 3),
            "time": self.held_to,
            "median_of_wall": round(statistics.median(self.wall), 3),
            "median_of_processor": round(statistics.median(self.processor), 3),
            "runs": len(self.runs),
            "bar": self.contender.bar,
            "within": self.within,
        }


def measure(contenders: Sequence[Contender], runs: int, held_to: str = "wall") -> list[Times]:
    """Every contender once in each of so many rounds, so that a busy moment of the machine does not fall on one alone.

    What was loaded before is put out of the garbage collector's sight, as a long-lived process would do.
    """
    found: dict[str, list[tuple[float, float]]] = {contender.name: [] for contender in contenders}
    gc.collect()
    gc.freeze()
    try:
        for _ in range(runs):
            for contender in contenders:
                gc.collect()
                wall, work = time.perf_counter(), _work()
                contender.run()
                took = time.perf_counter() - wall, _work() - work
                scale = 1e6 / contender.cases if contender.cases else 1.0
                found[contender.name].append((took[0] * scale, took[1] * scale))
    finally:
        gc.unfreeze()
    columns = {name: tuple(zip(*times, strict=True)) for name, times in found.items()}
    return [Times(c, wall=columns[c.name][0], processor=columns[c.name][1], held_to=held_to) for c in contenders]


def _work() -> float:
    """The processors' time spent so far by this process and those it has waited for, in seconds."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def machine() -> dict[str, Any]:
    """The cores, the processor's kind, Python, and the versions of the libraries that matter; no names of hosts."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
    }


def busy() -> float | None:
    """How many processes wanted a core in the last minute, this one among them, where the system tells."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
