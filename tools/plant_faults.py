"""Plants the faults of tools/faults.toml one at a time, and requires the tests to find each.

Each fault is one replaced line in a copy of the tree; the tests of its area run there with fixed seeds until
the first that fails. A fault that nothing finds is a hole in the tests, and the exit code is 1.

    python tools/plant_faults.py                     # all of them
    python tools/plant_faults.py --sample 12 --seed 7
    python tools/plant_faults.py --only durable --jobs 1
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BY_HAND = (
    *(f"tests/readers/test_{part}.py" for part in ("corpus", "meaning", "on_record")),
    "tests/clock/test_standing.py",
)
AGREEMENT = (*BY_HAND, "tests/readers/test_agreement.py")
CHECKING = tuple(f"tests/checking/test_{part}.py" for part in ("kinds_of_finding", "matching", "arithmetic", "drawing"))
AREAS: dict[str, tuple[tuple[str, ...], str]] = {
    "meaning": ((*AGREEMENT, "tests/readers/test_properties.py", "tests/clock"), "not columnar"),
    "durable": (AGREEMENT, "not columnar"),
    "columnar": (AGREEMENT, "not durable"),
    "rows": ((*BY_HAND, "tests/clock", *AGREEMENT, "tests/readers/test_properties.py"), "not durable"),
    "checking": (CHECKING, "not durable"),
    "clock": (("tests/clock", *AGREEMENT), "not durable"),
    "chains": (("tests/readers/test_on_record.py", "tests/readers/test_properties.py"), "record or narrowing or hangs"),
    "first days": (("tests/readers/test_first_day.py",), ""),
    "coverage": (tuple(f"tests/cohorts/test_{part}.py" for part in ("unread", "ssda903", "ssd")), ""),
    "keeping": (("tests/rulebook/test_once.py", "tests/lab/test_comparing.py"), ""),
}
"""For each area the tests that are quickest to find a fault in it, and which of them."""
PATIENCE = 900
"""Seconds after which a test run is taken to hang, which is a fault found."""


class Fault(NamedTuple):
    """One line to be replaced, and where."""

    area: str
    file: str
    name: str
    old: str
    new: str


class Found(NamedTuple):
    """What the tests made of a fault: the first test that failed, or nothing."""

    fault: Fault | None
    by: str
    seconds: float


def faults(path: Path = ROOT / "tools" / "faults.toml") -> list[Fault]:
    """The faults of a file, each checked against the tree. Exits where one is not found exactly once."""
    listed = [Fault(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]]
    wrong = []
    for fault in listed:
        times = (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old)
        if times != 1 or fault.old == fault.new:
            wrong.append(f"{fault.file}: {fault.name}: found {times} times, not once: {fault.old!r}")
    if len({(fault.file, fault.name) for fault in listed}) != len(listed):
        wrong.append("two faults of one file have one name")
    if wrong:
        sys.exit("tools/faults.toml no longer fits the code:\n" + "\n".join(wrong))
    return listed


def tried(fault: Fault | None, area: str) -> Found:
    """A copy of the tree with the fault in it, and the first test there that fails."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fault-") as name:
        copy = Path(name)
        for part in ("src", "tests", "examples", "benchmarks"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        if fault is not None:
            file = copy / fault.file
            file.write_text(file.read_text(encoding="utf-8").replace(fault.old, fault.new), encoding="utf-8")
        by = first_failure(copy, area)
    return Found(fault, by, time.monotonic() - started)


def first_failure(tree: Path, area: str) -> str:
    """The name of the first test that fails in a tree; empty where none does."""
    paths, which = AREAS[area]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "IRO_RULES_PROFILE": "faults",
    }
    try:
        run = subprocess.run(
            [*command, "-k", which, *paths],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "the tests hung"
    if run.returncode == 0:
        return ""
    told = [line for line in run.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if not told:
        sys.exit(f"the tests could not be run ({run.returncode}):\n{run.stdout}\n{run.stderr}")
    return told[0].split(" ", 1)[1].split(" - ")[0].removeprefix("tests/")


def main(arguments: Sequence[str] | None = None) -> int:
    """Plants the faults asked for and prints what found each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="plant so many of them, chosen by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="plant those with this in their area, file or name")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--no-baseline", action="store_true", help="do not first see the tests pass without a fault")
    asked = parser.parse_args(arguments)
    chosen = [fault for fault in faults() if asked.only in f"{fault.area} {fault.file} {fault.name}"]
    if asked.sample is not None:
        chosen = random.Random(asked.seed).sample(chosen, min(asked.sample, len(chosen)))
    with ThreadPoolExecutor(asked.jobs) as pool:
        if not asked.no_baseline:
            areas = sorted({fault.area for fault in chosen})
            for area, found in zip(areas, pool.map(lambda area: tried(None, area), areas), strict=True):
                if found.by:
                    sys.exit(f"the tests of {area} fail without any fault: {found.by}")
        results = []
        for found in pool.map(lambda fault: tried(fault, fault.area), chosen):
            results.append(found)
            assert found.fault is not None
            told = found.by or "NOT FOUND"
            print(f"{found.fault.area:9} {found.seconds:5.0f} s  {found.fault.name}: {told}", flush=True)
    missed = [found.fault for found in results if not found.by]
    print(f"{len(results) - len(missed)} of {len(results)} faults found")
    for fault in missed:
        assert fault is not None
        print(f"not found: {fault.file}: {fault.name}\n    {fault.old!r}\n    {fault.new!r}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
