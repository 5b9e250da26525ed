"""What Spark adds to the batch job, on one machine: `python -m benchmarks.spark` (extra `spark`, and Java).

The same made-up cohort is judged from Parquet to Parquet by a batch job and through Spark in local mode, each with as
many cores, under the whole national rulebook and one protocol; first of all the two must find equally much.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import polars as pl

from benchmarks.timing import busy, machine
from iro_rules.batch import Job, Terms
from iro_rules.batch.inputs import Input
from iro_rules.lab.synthetic import generate_cohort
from iro_rules.protocols import Registry
from iro_rules.spark import assess_on_spark

AS_OF = "2026-03-31"


def session(cores: int, folder: Path) -> Any:
    """A session in local mode."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("iro-rules benchmark")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "4g",
        "spark.local.dir": str(folder / "local"),
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
    }.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def timed(run: Callable[[], object]) -> float:
    """Seconds by the clock."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def batch(cohort: Path, out: Path, terms: Terms, cores: int) -> None:
    """The batch job, in this process."""
    given = Input(paths=(cohort,), readers=("events",), options={})
    Job(
        cohort=given.opener(terms),
        identity=str(cohort),
        terms=terms,
        out=out / "batch.parquet",
        rejects=out / "rejects.jsonl",
        workers=cores,
    ).run()


def spark(found: Any, cohort: Path, out: Path, protocol: str, partitions: int) -> None:
    """The same through Spark."""
    events, cases = (found.read.parquet(str(cohort / f"{name}.parquet")) for name in ("events", "cases"))
    judged = assess_on_spark(events, cases, as_of=AS_OF, protocol=protocol, partitions=partitions)
    judged.findings.write.mode("overwrite").parquet(str(out / "spark.parquet"))


def copied(found: Any, cohort: Path, out: Path, partitions: int) -> None:
    """What Spark takes to send the rows to Python and back, sorted by case, with nothing judged."""
    events = found.read.parquet(str(cohort / "events.parquet"))
    sent = events.repartition(partitions, "case").sortWithinPartitions("case")
    sent.mapInArrow(lambda batches: batches, events.schema).write.mode("overwrite").parquet(str(out / "copy.parquet"))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--cases", type=click.IntRange(min=1), multiple=True, default=(2_000, 20_000), show_default=True)
@click.option("--protocol", default="rochdale", show_default=True, help="The protocol's name.")
@click.option("--cores", type=click.IntRange(min=1), default=2, show_default=True, help="How many cores each has.")
@click.option("--runs", type=click.IntRange(min=1), default=3, show_default=True, help="How many runs of each.")
def main(cases: tuple[int, ...], protocol: str, cores: int, runs: int) -> None:
    """Time the batch job and Spark beside each other."""
    terms = Terms(as_of=AS_OF, protocol=protocol)
    with TemporaryDirectory() as name:
        folder = Path(name)
        found: Any = None
        start = timed(lambda: session(cores, folder))
        found = session(cores, folder)
        print(machine(), f"load {busy()}", f"session started in {start:.1f} s", sep="\n")
        for size in cases:
            cohort = folder / f"cohort-{size}"
            generate_cohort(cohort, cases=size, seed=1, count=1, protocols=[Registry.discover().protocol(protocol)])
            runners: dict[str, Callable[[], object]] = {
                "batch job": partial(batch, cohort, folder, terms, cores),
                "Spark": partial(spark, found, cohort, folder, protocol, 2 * cores),
                "Spark, nothing judged": partial(copied, found, cohort, folder, 2 * cores),
            }
            # The first run warms each up, and shows that they find equally much.
            first = {name: timed(run) for name, run in runners.items()}
            counts = [
                pl.scan_parquet(path).select(pl.len()).collect().item()
                for path in (folder / "batch.parquet", folder / "spark.parquet/*.parquet")
            ]
            if counts[0] != counts[1]:
                sys.exit(f"the two find not the same: {counts[0]:,} and {counts[1]:,}")
            print(f"{size:,} cases, {counts[0]:,} findings")
            for name, run in runners.items():
                taken = [timed(run) for _ in range(runs)]
                middle = statistics.median(taken)
                print(
                    f"  {name}: {middle:.1f} s ({min(taken):.1f} to {max(taken):.1f}), "
                    f"{middle / size * 1e6:.0f} µs a case, first {first[name]:.1f} s"
                )
        found.stop()


if __name__ == "__main__":
    main()
