"""What is compared: each reader on the same cases, what stands around the readers, and the floor beneath them."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import polars as pl

from benchmarks import numpy_floor
from benchmarks.agreement import differences, of_arrays, of_table, of_verdicts
from benchmarks.arrays import Tables
from benchmarks.slice import cut, slice_rules
from benchmarks.tables import case_table, event_table
from benchmarks.timing import Contender
from iro_rules.assessment import Setting, assess, setting
from iro_rules.engines import columnar, durable, meaning
from iro_rules.engines.rows import AsOf, CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import EngineError
from iro_rules.facts import Case
from iro_rules.rulebook.core import Core
from iro_rules.testing.realistic import AS_OF, Cohort, cases, cohort, related_to

SLICE = ("numpy", "columnar", "meaning", "durable")
"""Timed on the foundation slice of the rules; all others on the whole rulebook."""
WHOLE = {f"{name}-whole": name for name in SLICE[1:]}
NAMES = (*SLICE, *WHOLE, "prepare", "assess", "robust", "help")
FLOOR_KNOWS = ("rochdale", "none")
ONE_CASE, MANY_CASES = 1_000, 100_000
BARS = {
    "columnar": 30.0,
    "meaning": 500.0,
    "durable": 1_500.0,
    "columnar-whole": 50.0,
    "durable-whole": 5_000.0,
    "help": 0.4,
}
HELP = (sys.executable, "-m", "iro_rules.cli", "--help")


@attrs.frozen(eq=False)
class Field:
    """The cases of a benchmark, and what they are judged under.

    `few` are the first of the `many`, as objects with those they name, ready to be judged. `slice` and `whole`
    are the rulebook with each interpretation by its default, cut down to the foundation slice and as it is.
    """

    where: Setting
    protocol: str
    many: Cohort
    few: tuple[tuple[Case, dict[str, Case]], ...]
    rows: tuple[CaseRows, ...]
    only: tuple[str, ...]
    slice: Core
    whole: Core

    def core(self, name: str) -> Core:
        """What this contender judges by."""
        return self.slice if name in SLICE else self.whole

    def has(self, name: str) -> bool:
        """Whether this contender is asked for, and can answer."""
        return name in self.only and (name != "numpy" or self.protocol in FLOOR_KNOWS)


def field(*, few: int, many: int, protocol: str, seed: int, only: tuple[str, ...]) -> Field:
    """The cases, made; of a pair of related cases always both."""
    few, many = few + few % 2, max(many + many % 2, few + few % 2)
    where = setting(None if protocol == "none" else protocol)
    made = cohort(many, seed=seed, ladders=protocol == "rochdale", calendar=where.calendar)
    some = cases(made, 0, few)
    known = {case.id: case for case in some}
    pairs = tuple((case, related_to(case, known)) for case in some)
    whole = where.rulebook.core()
    return Field(where, protocol, made, pairs, _prepared(where, pairs), only, cut(whole, slice_rules()), whole)


def _prepared(where: Setting, pairs: tuple[tuple[Case, dict[str, Case]], ...]) -> tuple[CaseRows, ...]:
    as_of = AsOf.of(AS_OF)
    return tuple(prepare(case, as_of=as_of, calendar=where.calendar, related=others) for case, others in pairs)


def check(on: Field) -> tuple[dict[str, int], dict[str, list[str]], dict[str, str]]:
    """How many findings each gives, how it differs, and which cannot be asked and why.

    On the few cases everything is held to `meaning`; on the many the floor is held to the columnar reader.
    """
    counts: dict[str, int] = {}
    wrong: dict[str, list[str]] = {}
    out: dict[str, str] = {}
    tables: dict[str, pl.DataFrame] = {}
    wanted = {name: _said(on, name, meaning.judge) for name in ("meaning", "meaning-whole")}
    for name in (name for name in NAMES if on.has(name)):
        held_to = wanted["meaning" if name in SLICE else "meaning-whole"]
        match WHOLE.get(name, name):
            case "meaning":
                counts[name] = len(held_to)
            case "durable":
                try:
                    found = _said(on, name, durable.judge)
                except EngineError as error:
                    out[name] = str(error)
                else:
                    counts[name], wrong[name] = len(found), differences(found, held_to)
            case "columnar":
                tables[name] = of_table(_columnar(on, name)())
                counts[name], wrong[name] = len(tables[name]), differences(_of_the_few(on, tables[name]), held_to)
            case "numpy":
                tables[name] = of_arrays(_floor(on)(), on.many)
                found, held_to = _of_the_few(on, tables[name]), _of_the_slice(held_to)
                counts[name], wrong[name] = len(tables[name]), differences(found, held_to)
    if {"numpy", "columnar"} <= tables.keys() and not any(wrong.values()):
        wrong["numpy"] = differences(tables["numpy"], _of_the_slice(tables["columnar"]))
    return counts, {name: lines for name, lines in wrong.items() if lines}, out


def _said(on: Field, name: str, judge: Callable[..., tuple[Verdict, ...]]) -> pl.DataFrame:
    return of_verdicts(dict(zip([case.id for case, _ in on.few], _answers(on, name, judge), strict=True)))


def _of_the_few(on: Field, table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("case") <= on.few[-1][0].id)


def _of_the_slice(table: pl.DataFrame) -> pl.DataFrame:
    """Without the findings of rules that only make what rules of the slice read."""
    return table.filter(pl.col("rule").is_in(slice_rules()))


def contenders(on: Field) -> list[Contender]:
    """Everything asked for, ready to be timed."""
    few, many, part = len(on.few), len(on.many.cases), on.few[: max(len(on.few) // 10, 1)]

    def whole(robustness: bool) -> Callable[[], object]:
        def run() -> None:
            for case, others in part:
                assess(case, as_of=AS_OF, protocol=on.where, related=others.values(), robustness=robustness)

        return run

    made: dict[str, tuple[str, int, Callable[[], object]]] = {
        "numpy": ("NumPy by hand, from coded columns", many, _floor(on)),
        "columnar": ("columnar, from an event table", many, _columnar(on, "columnar")),
        "meaning": ("meaning, from prepared rows", few, _one_by_one(on, "meaning", meaning.judge)),
        "durable": ("durable, from prepared rows", few, _one_by_one(on, "durable", durable.judge)),
        "columnar-whole": ("columnar, the whole rulebook", many, _columnar(on, "columnar-whole")),
        "meaning-whole": ("meaning, the whole rulebook", few, _one_by_one(on, "meaning-whole", meaning.judge)),
        "durable-whole": ("durable, the whole rulebook", few, _one_by_one(on, "durable-whole", durable.judge)),
        "prepare": ("preparing the rows of a case", few, lambda: _prepared(on.where, on.few)),
        "assess": ("assess, robustness left out", len(part), whole(False)),
        "robust": ("assess, whole", len(part), whole(True)),
        "help": ("iro-rules --help, the process", 0, lambda: subprocess.run(HELP, check=True, capture_output=True)),
    }
    return [
        Contender(name=name, title=title, cases=count, run=run, bar=BARS.get(name))
        for name, (title, count, run) in made.items()
        if on.has(name)
    ]


def _one_by_one(on: Field, name: str, judge: Callable[..., tuple[Verdict, ...]]) -> Callable[[], object]:
    """Each case answered and its answer let go, as a service does: keeping many makes Python look through them all."""
    return lambda: deque(_answers(on, name, judge), maxlen=0)


def _answers(on: Field, name: str, judge: Callable[..., tuple[Verdict, ...]]) -> Iterator[tuple[Verdict, ...]]:
    core, calendar = on.core(name), on.where.calendar
    return (judge(core, rows, calendar) for rows in on.rows)


def _columnar(on: Field, name: str) -> Callable[[], pl.DataFrame]:
    core = on.core(name)
    tables: dict[str, Any] = {"events": event_table(on.many), "cases": case_table(on.many)}
    return lambda: columnar.judge_table(core, as_of=AS_OF, calendar=on.where.calendar, **tables)


def _floor(on: Field) -> Callable[[], Any]:
    tables = Tables(on.where.calendar)
    return lambda: numpy_floor.judge(on.many, tables, AS_OF.toordinal())
