"""The command line of the benchmarks: check that all find the same, then time them side by side."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

import attrs
import click

from benchmarks.contenders import MANY_CASES, NAMES, ONE_CASE, check, contenders, field
from benchmarks.timing import Times, busy, machine, measure
from iro_rules.errors import ProtocolError
from iro_rules.testing.realistic import AS_OF

RESULTS = Path(__file__).with_name("results.json")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--cases", type=click.IntRange(min=2), help=f"How many cases (else {ONE_CASE:,}, and {MANY_CASES:,} for tables)."
)
@click.option("--protocol", default="rochdale", show_default=True, help="The protocol's name, or none.")
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Time only this. May be repeated.")
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs of each.")
@click.option(
    "--time",
    "held_to",
    type=click.Choice(("wall", "processor")),
    default="wall",
    show_default=True,
    help="What is held to the bars: time by the clock, or the processors' time, which is steadier on a busy machine.",
)
@click.option("--seed", default=0, show_default=True, help="Which cases.")
@click.option("--write", is_flag=True, help=f"Write {RESULTS.name} beside the benchmarks.")
def main(
    cases: int | None, protocol: str, only: tuple[str, ...], runs: int, held_to: str, seed: int, write: bool
) -> None:
    """Time the readers on the same realistic cases, once their findings are known to be equal.

    The readers judge by the foundation slice of the rules (slice.txt), and by the whole rulebook.
    Exits with 1 where two of them differ; nothing is timed then.
    """
    load = busy()
    chosen = only or NAMES
    try:
        on = field(few=cases or ONE_CASE, many=cases or MANY_CASES, protocol=protocol, seed=seed, only=chosen)
    except ProtocolError as error:
        raise click.ClickException(str(error)) from error
    facts = len(on.many) / len(on.many.cases)
    about = {
        "protocol": protocol,
        "as_of": AS_OF.isoformat(),
        "seed": seed,
        "cases": len(on.many.cases),
        "single_cases": len(on.few),
        "facts_per_case": round(facts, 2),
    }
    print(f"{len(on.many.cases):,} cases of {facts:.1f} facts on average; {len(on.few):,} of them one by one")
    counts, wrong, out = check(on)
    for name, why in out.items():
        print(f"{name} is left out: {why}")
    for name, lines in wrong.items():
        print(f"{name} differs:", *lines, sep="\n  ")
    if wrong:
        sys.exit(1)
    rules = [len({p.rule for p in core.productions()}) for core in (on.slice, on.whole)]
    print(f"rules in the slice {rules[0]}, in the whole rulebook {rules[1]}")
    print("equal findings: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))
    if "numpy" in chosen and not on.has("numpy"):
        print(f"numpy is left out: it knows only the national rules and Rochdale's, not {protocol}'s")
    on = attrs.evolve(on, only=tuple(name for name in chosen if name not in out))
    times = measure(contenders(on), runs, held_to)
    found = machine()
    show(times, found, load)
    if write:
        RESULTS.write_text(results(times, found, {**about, "findings": counts}, load), encoding="utf-8")
        print(f"written: {RESULTS.name}")


def show(times: list[Times], found: dict[str, Any], load: float | None) -> None:
    """Print the machine, and a line for each time."""
    libraries = ", ".join(f"{name} {version}" for name, version in found["libraries"].items())
    print(f"{found['cores']} cores, {found['processor']}, {found['system']}, {found['python']}; {libraries}")
    if load is not None:
        print(f"processes wanting a core in the minute before: {load}")
    base = next((t.median for t in times if t.contender.cases), 1.0)
    held_to = times[0].held_to if times else "wall"
    other = "processor" if held_to == "wall" else "wall"
    print(f"medians, ranges and bars are of {held_to} time")
    print(f"\n{'':36}{'cases':>9}{'median':>11}{'min':>11}{'max':>11}{other:>11}  {'':10}{'ratio':>9}{'bar':>8}")
    for t in times:
        contender = t.contender
        bar = "" if contender.bar is None else f"{contender.bar:g}"
        verdict = {None: "", True: "  within", False: "  OVER"}[t.within]
        ratio = f"{t.median / base:,.1f}" if contender.cases else ""
        low, high, work = min(t.runs), max(t.runs), statistics.median(t.processor if other == "processor" else t.wall)
        print(
            f"{contender.title:36}{contender.cases or '':>9}{t.median:>11,.2f}{low:>11,.2f}{high:>11,.2f}{work:>11,.2f}"
            f"  {contender.unit:10}{ratio:>9}{bar:>8}{verdict}"
        )


def results(times: list[Times], found: dict[str, Any], about: dict[str, Any], load: float | None) -> str:
    """What is written to the file."""
    written = {"machine": found, "load_before": load, "cases": about, "times": [t.plain() for t in times]}
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
