"""Cases that cannot be judged, found among those that can, and set aside with the reason."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import polars as pl

from iro_rules.batch.source import Part
from iro_rules.cohorts.parts import rejects_schema
from iro_rules.errors import CaseError

TOLD = (*rejects_schema(), "used")
"""The columns of what is told of rows."""

Judge = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


@attrs.frozen
class SetAside:
    """A case that was not judged: how many rows it had, and why."""

    case: str
    rows: int
    reason: str
    value: str
    right: str


def judged(events: pl.DataFrame, cases: pl.DataFrame, judge: Judge) -> tuple[list[pl.DataFrame], list[SetAside]]:
    """The findings on all cases that can be judged, in the order of the cases, and those that cannot.

    A case whose facts contradict the format (two under one id, a day beyond the calendar) would stop all others;
    so where some cases cannot be judged together, each half of them is tried, down to the single case.
    """
    try:
        return [judge(events, cases)], []
    except CaseError as error:
        if len(cases) == 1:
            value = "" if error.value is None else str(error.value)
            return [], [
                SetAside(str(cases["case"][0]), len(events), f"{error.where}: {error.what}", value, error.right)
            ]
    half = len(cases) // 2
    found: list[pl.DataFrame] = []
    aside: list[SetAside] = []
    for some in (cases[:half], cases[half:]):
        own = events.join(some.select("case"), on="case", how="semi", maintain_order="left")
        tables, unjudged = judged(own, some, judge)
        found += tables
        aside += unjudged
    return found, aside


def told_of(part: Part, aside: list[SetAside]) -> pl.DataFrame:
    """What is told of the rows of a part: those that were not used, those used in part, and cases not judged.

    `used` says whether the row gave a fact.
    """
    told = [part.rejects.with_columns(used=pl.lit(False)), part.notices.with_columns(used=pl.lit(True))]
    if aside:
        rows = [{"case": one.case, "value": one.value, "reason": one.reason, "remedy": one.right} for one in aside]
        told.append(
            pl.DataFrame(rows).with_columns(table=pl.lit("events"), code=pl.lit("not-judged"), used=pl.lit(False))
        )
    return pl.concat(told, how="diagonal_relaxed").select(TOLD)
