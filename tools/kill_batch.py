"""Kill a batch job at random moments, again and again, and require the same bytes in the end.

Makes a cohort, judges it once undisturbed, then so many times under SIGKILL at random moments: each time the job is
started with --resume until it gets through, and its files must be those of the undisturbed run.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from iro_rules.lab.synthetic import generate_cohort


def hashes(folder: Path) -> dict[str, str]:
    """What every file in a folder holds, in short."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def command(cohort: Path, folder: Path, ending: str, cases_at_once: int) -> list[str]:
    """The job, going on with whatever there is."""
    return [
        sys.executable, "-c", "from iro_rules.cli import main; main()", "batch", str(cohort), "--from", "events",
        "--as-of", "2026-03-31", "--out", str(folder / f"findings.{ending}"),
        "--rejects", str(folder / "rejects.jsonl"),
        "--cases-at-once", str(cases_at_once), "--resume",
    ]  # fmt: skip


def run_until_done(asked: list[str], longest: float, rng: random.Random) -> int:
    """Start the job again and again, kill it at a random moment each time, until it is done before that; how often."""
    killed = 0
    while True:
        job = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, said = job.communicate(timeout=rng.uniform(0.05, longest))
        except subprocess.TimeoutExpired:
            job.kill()
            job.communicate()
            killed += 1
            continue
        if job.returncode:
            sys.exit(f"the job failed: {said.decode()}")
        return killed


@click.command()
@click.option("--times", default=50, show_default=True, help="How often the job is to be killed at least.")
@click.option("--cases", default=3_000, show_default=True, help="How many cases it judges.")
@click.option("--cases-at-once", default=300, show_default=True, help="How many cases a part has.")
@click.option("--seed", default=0, show_default=True, help="Which moments.")
@click.option("--format", "ending", default="parquet", show_default=True, help="The output's format.")
def main(times: int, cases: int, cases_at_once: int, seed: int, ending: str) -> None:
    """Kill a batch job at random moments and require the same bytes in the end."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        cohort, folder = Path(place) / "cohort", Path(place) / "out"
        generate_cohort(cohort, cases=cases, seed=seed, count=3)
        asked = command(cohort, folder, ending, cases_at_once)
        folder.mkdir()
        started = time.monotonic()
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
        longest = (time.monotonic() - started) * 1.2
        wanted = hashes(folder)
        print(
            f"undisturbed: {longest / 1.2:.1f} s, {len(wanted)} files; killing at random moments within {longest:.1f} s"
        )
        killed = done = 0
        while killed < times:
            shutil.rmtree(folder)
            folder.mkdir()
            killed += run_until_done(asked, longest, rng)
            done += 1
            found = hashes(folder)
            if found != wanted:
                sys.exit(f"after {killed} kills the files differ: {found} instead of {wanted}")
            print(f"{done} jobs done, killed {killed} times, all files equal", flush=True)


if __name__ == "__main__":
    main()
