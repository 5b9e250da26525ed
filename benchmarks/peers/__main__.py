"""The command line: the nine duties by this library and by others, files to files, equal findings and times."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from benchmarks import pages
from benchmarks.peers.field import FLOOR, LIBRARY, MANY, PEERS, Bench, Measured, Peer
from benchmarks.timing import busy, machine

RESULTS = Path(__file__).with_name("results.json")
OTHERS = ("clipspy", "zen-engine", "openfisca-core")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--cases", type=click.IntRange(min=10), default=MANY, show_default=True, help="How many cases at most.")
@click.option("--only", multiple=True, type=click.Choice([peer.module for peer in PEERS]), help="May be repeated.")
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs of each.")
@click.option("--seed", default=0, show_default=True, help="Which cases.")
@click.option("--write", is_flag=True, help=f"Write {RESULTS.name}, and the table in the documentation.")
def main(cases: int, only: tuple[str, ...], runs: int, seed: int, write: bool) -> None:
    """Time nine duties of review and appointment on this library and on others, once their findings are equal.

    Counted is all from opening the event table to the finished file of findings, after imports, the making of rules
    and look-up tables, and a first run over 200 cases; each run is a process of its own. All read the same Parquet
    table of events. Engines that take cases one by one are timed on fewer of the same cases, and all times are given
    for one case. Exits with 1 where two findings differ; nothing is told of times then.
    """
    asked = [peer for peer in PEERS if not only or peer.module in only or peer is LIBRARY]
    for peer in asked:
        if peer.missing:
            print(f"{peer.title} is left out: {peer.missing}")
    peers = [peer for peer in asked if not peer.missing]
    load = busy()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), cases, seed)
        print(f"{cases:,} cases of {bench.facts / cases:.1f} facts on average", flush=True)
        for peer in peers:
            bench.run(peer)
        wrong = {peer.title: lines for peer in peers if (lines := bench.differs(peer))}
        for title, lines in wrong.items():
            print(f"{title} differs:", *lines, sep="\n  ")
        if wrong:
            sys.exit(1)
        print(f"equal findings: {', '.join(peer.title for peer in peers)}", flush=True)
        measured = bench.measure([*peers, FLOOR], runs)
    found = {**machine(), "libraries": {**machine()["libraries"], **_versions()}}
    show(measured, found, load, busy())
    if write:
        RESULTS.write_text(results(measured, found, (load, busy())), encoding="utf-8")
        pages.put("peers", page(measured, found, (load, busy())))


def show(measured: list[Measured], found: dict[str, Any], *load: float | None) -> None:
    """Print the machine, and a line for each contender."""
    libraries = ", ".join(f"{name} {version}" for name, version in found["libraries"].items())
    print(f"{found['cores']} cores, {found['processor']}, {found['system']}, {found['python']}; {libraries}")
    print(f"processes wanting a core before and after: {load}")
    print("microseconds a case, and how many times this library's; ratios of the medians\n")
    ours = next(m for m in measured if m.peer is LIBRARY)
    head = ("cases", "findings", "wall", "min", "max", "times", "processor", "min", "max", "times", "to reach")
    print(f"{'':34}" + "".join(f"{word:>11}" for word in head))
    for m in measured:
        line = f"{m.peer.title:34}{m.cases:>11,}{m.findings:>11,}"
        for time, runs in (("wall", m.wall), ("processor", m.processor)):
            ratio = m.median(time) / ours.median(time)
            line += f"{m.median(time):>11,.2f}{min(runs):>11,.2f}{max(runs):>11,.2f}{ratio:>11,.2f}"
        print(line + f"{_bar(m.peer):>11}")


def _bar(peer: Peer) -> str:
    return "" if peer.bar is None else f"{peer.bar:g}" + (f" ({peer.aim:g})" if peer.aim else "")


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in OTHERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _times(ratio: float) -> str:
    """A ratio with two figures that mean something, and none of a power of ten."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


REACHED = {
    (True, True): "reached",
    (True, False): "reached by the clock",
    (False, True): "reached by the processor",
    (False, False): "not reached",
}
"""By the clock, and by the processor's time: where the two differ, the page says which."""


def page(measured: list[Measured], found: dict[str, Any], load: tuple[float | None, ...]) -> str:
    """The table for the page of figures, and what it was measured on."""
    ours = next(m for m in measured if m.peer is LIBRARY)
    head = ("", "cases", "by the clock", "times", "processor's time", "times", "to reach (aim)")
    lines = []
    for m in measured:
        times = [(m.median(time), m.median(time) / ours.median(time)) for time in ("wall", "processor")]
        reached = "" if m.peer.bar is None else f": {REACHED[times[0][1] >= m.peer.bar, times[1][1] >= m.peer.bar]}"
        shown = [text for value, ratio in times for text in (f"{value:.3g}", _times(ratio))]
        lines.append((m.peer.title, f"{m.cases:,}", *shown, f"{_bar(m.peer)}{reached}"))
    words = f"Medians of {len(ours.wall)} runs in µs a case; {found['cores']} cores, {found['processor']}; "
    words += f"processes wanting a core before and after: {load[0]:g} and {load[1]:g}. "
    words += ", ".join(f"{name} {version}" for name, version in found["libraries"].items()) + "."
    return f"{pages.table(head, lines)}\n\n{words}"


def results(measured: list[Measured], found: dict[str, Any], load: tuple[float | None, ...]) -> str:
    """What is written to the file."""
    rows = [
        {
            "name": m.peer.module, "title": m.peer.title, "cases": m.cases, "findings": m.findings,
            **{f"{time}_{name}": round(value, 3) for time, runs in (("wall", m.wall), ("processor", m.processor))
               for name, value in (("median", m.median(time)), ("min", min(runs)), ("max", max(runs)))},
            "runs": len(m.wall), "bar": m.peer.bar, "aim": m.peer.aim,
        }
        for m in measured
    ]  # fmt: skip
    return json.dumps({"machine": found, "load": load, "rows": rows}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.peers")
