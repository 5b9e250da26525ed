"""Whether all found the same: findings as tables of case, rule, what it is about, standing and the day it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy.typing as npt
import polars as pl

from benchmarks.arrays import NO_DUE, STANDINGS, Findings
from iro_rules.engines.verdict import Verdict
from iro_rules.lab.synthetic.block import EPOCH
from iro_rules.testing.realistic import Cohort

SHAPE = {"case": pl.String, "rule": pl.String, "about": pl.String, "standing": pl.String, "due": pl.Date}
SHOWN = 5


def of_verdicts(verdicts: Mapping[str, Iterable[Verdict]]) -> pl.DataFrame:
    """The findings of a reader of single cases, by case."""
    rows = [
        (case, v.rule, v.about, str(v.standing), None if v.due_on is None else v.due_on - EPOCH)
        for case, found in verdicts.items()
        for v in found
    ]
    shape = {**SHAPE, "due": pl.Int32}
    return pl.DataFrame(rows, schema=shape, orient="row").cast({"due": pl.Date})


def of_table(table: pl.DataFrame) -> pl.DataFrame:
    """The findings of the columnar reader."""
    return table.select("case", "rule", "about", "standing", due="due_on").cast(dict(SHAPE))  # type: ignore[arg-type]


def of_arrays(findings: Findings, cohort: Cohort) -> pl.DataFrame:
    """The findings of the floor."""

    def named(names: Iterable[str], places: npt.NDArray[Any]) -> pl.Series:
        return pl.Series(list(names), dtype=pl.String).gather(pl.Series(places).cast(pl.UInt32))

    due = pl.Series(findings.due)
    return pl.DataFrame(
        {
            "case": named(cohort.cases, findings.case),
            "rule": named(findings.rules, findings.rule),
            "about": named(findings.names, findings.about),
            "standing": named(STANDINGS, findings.standing),
            "due": (due.set(due == NO_DUE, None) - EPOCH).cast(pl.Date),
        }
    )


def differences(found: pl.DataFrame, wanted: pl.DataFrame) -> list[str]:
    """A few lines on what was found and not wanted, or wanted and not found; none where the two are equal."""
    names = list(SHAPE)
    one, other = found.sort(names), wanted.sort(names)
    if one.equals(other):
        return []
    lines = []
    for words, table, rest in (("found only here", one, other), ("missing here", other, one)):
        only = table.join(rest, on=names, how="anti", nulls_equal=True)
        if len(only):
            lines.append(f"{len(only)} {words}, such as")
            lines += ["  " + " | ".join(str(value) for value in row) for row in only.head(SHOWN).iter_rows()]
    return lines or [f"{len(one)} findings here, {len(other)} elsewhere: some are given twice"]
