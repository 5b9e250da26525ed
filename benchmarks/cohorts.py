"""What a batch job costs from files to files, for cohorts of several sizes: `python -m benchmarks.cohorts`.

Each run is `iro-rules batch` in a process of its own, over a made-up cohort in event tables, under the whole national
rulebook and one protocol. Measured are the time by the clock, the processors' time and the most memory it ever held.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import altair
import click
import polars as pl

from benchmarks import pages
from benchmarks.timing import busy, machine
from iro_rules.lab.synthetic import generate_cohort
from iro_rules.protocols import Registry

RESULTS = Path(__file__).with_name("cohorts.json")
PLOT = Path(__file__).parents[1] / "docs" / "explanation" / "cost-per-child.svg"
SIZES = (10_000, 40_000, 83_000, 250_000, 1_000_000)
ENGLAND = 83_000
MOST_SECONDS, MOST_GIB = 10.0, 3.0


def run(cohort: Path, folder: Path, protocol: str, ending: str) -> dict[str, Any]:
    """One job, and what it took."""
    asked = [
        sys.executable, "-c", "from iro_rules.cli import main; main()", "batch", str(cohort), "--from", "events",
        "--as-of", "2026-03-31", "--out", str(folder / f"findings.{ending}"), "--protocol", protocol,
        "--rejects", str(folder / "rejects.jsonl"),
    ]  # fmt: skip
    started = time.perf_counter()
    job = subprocess.Popen(asked, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(job.pid, 0)
    took = time.perf_counter() - started
    if status:
        sys.exit(f"the job ended with {os.waitstatus_to_exitcode(status)}")
    return {
        "seconds": round(took, 2),
        "processor": round(used.ru_utime + used.ru_stime, 2),
        "gib": round(used.ru_maxrss / 1024**2, 2),
        "load_before": busy(),
    }


def measured(cases: int, folder: Path, protocol: str, runs: int, ending: str) -> dict[str, Any]:
    """A cohort of so many cases, made where it is not there yet, and the medians of some runs over it."""
    cohort = folder / f"cohort-{cases}"
    if not cohort.exists():
        count = max(1, min(153, cases // 500))
        followed = [Registry.discover().protocol(protocol)] * count
        generate_cohort(cohort, cases=cases, seed=1, count=count, protocols=followed)
    found = [run(cohort, folder, protocol, ending) for _ in range(runs)]
    findings = (
        pl.scan_parquet(folder / "findings.parquet").select(pl.len()).collect().item() if ending == "parquet" else 0
    )
    facts = pl.scan_parquet(cohort / "events.parquet").select(pl.len()).collect().item()
    middle = {name: statistics.median(one[name] for one in found) for name in ("seconds", "processor", "gib")}
    least = {f"least_{name}": min(one[name] for one in found) for name in ("seconds", "processor")}
    load = [one["load_before"] for one in found]
    return {"cases": cases, "facts": facts, "findings": findings, **middle, **least, "runs": runs, "load_before": load}


def plot(rows: list[dict[str, Any]], path: Path) -> None:
    """The processors' time a child and the most memory, against the number of children."""
    table = pl.DataFrame(
        [
            {"children": row["cases"], "measure": measure, "value": value}
            for row in rows
            for measure, value in (
                ("microseconds of processor time a child", row["processor"] * 1e6 / row["cases"]),
                ("most memory held, in MiB", row["gib"] * 1024),
            )
        ]
    )
    lines = (
        altair.Chart(table)
        .mark_line(point=True, color="black")
        .encode(
            x=altair.X("children:Q", scale=altair.Scale(type="log"), title="children"),
            y=altair.Y("value:Q", scale=altair.Scale(zero=True), title=None),
        )
        .properties(width=320, height=220)
    )
    both = lines.facet(column=altair.Column("measure:N", title=None)).resolve_scale(y="independent")
    both.save(path)
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n", encoding="utf-8")


def page(rows: list[dict[str, Any]], about: dict[str, Any]) -> str:
    """The table for the page of figures, and what it was measured on."""
    head = (
        "children", "facts", "findings", "runs", "processor's time", "µs a child", "most memory", "by the clock",
        "load",
    )  # fmt: skip
    lines = [
        (
            f"{row['cases']:,}", f"{row['facts']:,}", f"{row['findings']:,}", f"{row['runs']}",
            f"{row['processor']:.1f} s", f"{row['processor'] * 1e6 / row['cases']:.0f}", f"{row['gib']:.2f} GiB",
            f"{row['seconds']:.1f} s (least {row['least_seconds']:.1f})", f"{max(row['load_before']):g}",
        )
        for row in rows
    ]  # fmt: skip
    large = [row["processor"] * 1e6 / row["cases"] for row in rows if row["cases"] >= ENGLAND]
    words = f"{about['cores']} cores, {about['processor']}; medians; the load is how many processes wanted a core."
    if len(large) > 1:
        words += (
            f" From {ENGLAND:,} children on the dearest child costs {max(large) / min(large):.2f} times the cheapest."
        )
    return f"{pages.table(head, lines)}\n\n{words}"


@click.command()
@click.option("--cases", "sizes", multiple=True, type=click.IntRange(min=2), help="How many cases. May be repeated.")
@click.option("--protocol", default="rochdale", show_default=True, help="The protocol of every authority.")
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="How many runs of each size up to England's; of a larger one there is one.",
)
@click.option("--folder", type=click.Path(path_type=Path), required=True, help="For the cohorts; those there are kept.")
@click.option("--format", "ending", default="parquet", show_default=True, help="The output's format.")
@click.option("--write", is_flag=True, help=f"Write {RESULTS.name}, and the table and the plot in the documentation.")
def main(sizes: tuple[int, ...], protocol: str, runs: int, folder: Path, ending: str, write: bool) -> None:
    """Measure batch jobs from files to files. Exits with 1 where England's children cost more than they may."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for cases in sizes or SIZES:
        row = measured(cases, folder, protocol, runs if cases <= ENGLAND else 1, ending)
        rows.append(row)
        print(
            f"{row['cases']:>9,} cases {row['facts']:>11,} facts {row['findings']:>12,} findings "
            f"{row['seconds']:>8.2f} s {row['processor']:>8.2f} s of processor {row['gib']:>6.2f} GiB "
            f"{row['processor'] * 1e6 / row['cases']:>7.1f} µs a child; load {row['load_before']}",
            flush=True,
        )
    if write:
        found = machine()
        about = {"machine": found, "protocol": protocol, "rows": rows}
        RESULTS.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        plot(rows, PLOT)
        pages.put("cohorts", page(rows, found))
    over = [row for row in rows if row["cases"] == ENGLAND and row["seconds"] > MOST_SECONDS]
    heavy = [row for row in rows if row["gib"] > MOST_GIB]
    if over or heavy:
        sys.exit(f"over {MOST_SECONDS:g} s or {MOST_GIB:g} GiB: {over + heavy}")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.cohorts")
