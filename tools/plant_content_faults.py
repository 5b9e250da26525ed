"""Plants small faults in the content of every rule, one at a time, and requires that something says so.

Each fault is one rule with one thing changed (see `iro_rules.testing.content_faults`): a number, a unit, a term, a
bearer, the look-up's first or last, one condition less; or one ladder with one option of a stage changed (see
`stage_faults`). It is planted in memory and judged by `meaning` on the scenarios that name the rule. What must notice
is a scenario, the transcription of the law, the list of figures, or the checks every rulebook is put through. A fault
that nothing notices is a gap in the scenarios; the exit code is then 1.

    python tools/plant_content_faults.py                              # every national rule
    python tools/plant_content_faults.py --rule handbook              # rules whose id begins so (may be repeated)
    python tools/plant_content_faults.py --protocol rochdale --verbose
    python tools/plant_content_faults.py --sample 300 --seed 7
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from iro_rules.assessment import setting
from iro_rules.clock import england_and_wales
from iro_rules.national import rulebook
from iro_rules.testing.content_faults import Fault
from iro_rules.testing.planting import Ground, Planted
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import covers
from iro_rules.testing.stage_faults import StageFault
from iro_rules.testing.suggesting import suggest, toml_of
from iro_rules.testing.transcription import read_transcription

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = ROOT / "tools" / "content_faults.toml"
"""Changes that change no answer there can be, each with the reason."""


def ground(protocol: str) -> Ground:
    """A rulebook (the national one for "") with its scenarios, and its transcription and figures where it has them."""
    tests = ROOT / "tests" / "national" if not protocol else ROOT / "protocols" / protocol / "tests"
    scenarios = tests / "scenarios" if not protocol else tests.parent / "scenarios"
    book = setting(protocol or None, unverified=True).rulebook
    lines = read_transcription(tests / "law") if (tests / "law").is_dir() else None
    figures = _module(tests / ("test_law.py" if not protocol else "test_rules.py")).FIGURES
    books = {protocol: book}
    return Ground(book, read_folder(scenarios, books.__getitem__), england_and_wales(), lines=lines, figures=figures)


def planted_in(where: Ground, protocol: str, rules: Sequence[str] = ()) -> list[Fault | StageFault]:
    """The faults to plant: of a protocol's own rules and ladders, or the national ones; of those named if any are."""
    own = [r for r in where.rulebook.rules if not protocol or r.id not in rulebook().by_id]
    chosen = [r for r in own if not rules or any(covers(beginning, r.id) for beginning in rules)]
    ladders = [x for x in where.rulebook.ladders if not rules or any(covers(beginning, x.id) for beginning in rules)]
    of_rules = [fault for rule in chosen for fault in where.faults(rule)]
    return [*of_rules, *(fault for ladder in ladders for fault in where.stage_faults(ladder))]


def equivalent(protocol: str, path: Path = EQUIVALENT) -> Mapping[str, str]:
    """The changes listed as changing no answer, by rule and name, with the reason."""
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    found = {}
    for entry in listed:
        if entry.get("protocol", "") == protocol:
            for rule in entry["rules"]:
                for name in entry["faults"]:
                    found[f"{rule}: {name}"] = entry["why"]
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"figures_of_{path.parent.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(arguments: Sequence[str] | None = None) -> int:
    """Plants what is asked for, counts what was found, and names what was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--protocol", default="", help="a protocol's own rules instead of the national ones")
    parser.add_argument("--rule", action="append", default=[], help="a rule id, or its beginning up to a dot")
    parser.add_argument("--sample", type=int, help="plant so many of them, chosen by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--at-least", type=float, default=1.0, help="the share to be found (1 unless said)")
    parser.add_argument(
        "--suggest", action="store_true", help="for what is not found, print scenarios that would find it"
    )
    parser.add_argument("--verbose", action="store_true", help="say of each fault what found it")
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    where = ground(asked.protocol)
    if broken := where.unsound(asked.rule):
        sys.exit("these scenarios fail without any fault:\n" + "\n".join(broken))
    chosen = planted_in(where, asked.protocol, asked.rule)
    if asked.sample is not None:
        chosen = random.Random(asked.seed).sample(chosen, min(asked.sample, len(chosen)))
    results = [where.plant(fault) for fault in chosen]
    if asked.suggest:
        return suggested(
            where, [r.fault for r in results if not r.by and isinstance(r.fault, Fault)], equivalent(asked.protocol)
        )
    seconds = time.monotonic() - started
    return told(results, equivalent(asked.protocol), asked.verbose, seconds, asked.at_least)


def suggested(where: Ground, survivors: Sequence[Fault], known: Mapping[str, str]) -> int:
    """Print scenarios for faults that nothing finds, with what each finds; a person must check the answers."""
    missed = [fault for fault in survivors if fault.where not in known]
    for rule in dict.fromkeys(fault.rule for fault in missed):
        made, left = suggest(where, [fault for fault in missed if fault.rule == rule])
        act = where.rulebook.by_id[rule].act
        for n, suggestion in enumerate(made, 1):
            what = "what only comes close changes nothing" if suggestion.same else "another story"
            print(toml_of(suggestion, f"{act[:1].upper()}{act[1:]}: {what} ({rule}, {n})."))
        for fault in left:
            print(f"# none found for {fault.where}")
    return 1 if missed else 0


def told(
    results: Sequence[Planted], known: Mapping[str, str], verbose: bool, seconds: float, least: float = 1.0
) -> int:
    """Print the count and the survivors; 1 where more survive than may, or one was wrongly taken to change nothing."""
    for result in results if verbose else ():
        print(f"{result.fault.where}: {result.by or known.get(result.fault.where) or 'NOT FOUND'}")
    excused = [r for r in results if not r.by and r.fault.where in known]
    missed = [r for r in results if not r.by and r.fault.where not in known]
    wrongly = [r for r in results if r.by and r.fault.where in known]
    found = Counter(r.by.split(" ", 1)[0] for r in results if r.by)
    by = ", ".join(f"{count} by {name}" for name, count in found.most_common()) or "none"
    print(
        f"{len(results)} planted, {sum(found.values())} found ({by}), {len(excused)} change no answer, {seconds:.0f} s"
    )
    for result in missed:
        print(f"not found: {result.fault.where}")
    for result in wrongly:
        print(f"listed as changing no answer, but found: {result.fault.where}")
    return 1 if wrongly or len(missed) > (1 - least) * len(results) else 0


if __name__ == "__main__":
    sys.exit(main())
