"""Cases one by one, for engines that take them so: read from the event table, and findings written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from benchmarks.arrays import Tables
from benchmarks.peers.work import BEFORE, COLUMNS, EPOCH, FIRST_DAYS, IRO_DAYS, LATER_MONTHS, SECOND_MONTHS, tables

WHAT = {(duty.kind, duty.document): duty.rule for duty in BEFORE}
Finding = tuple[str, str, str, str, int]


@attrs.frozen
class Case:
    """One case as plain rows: ids with days, reviews (id, key, day) in order of day, what was done by review key."""

    id: str
    start: tuple[str, int]
    appointed: int | None
    reviews: list[tuple[str, str, int]]
    done: dict[tuple[str, str], int]


def cases(events: Path) -> Iterator[Case]:
    """The cases of an event table that is in order of case and day."""
    table = pl.read_parquet(events, columns=["case", "id", "kind", "on", "review", "document"])
    rows = table.with_columns(pl.col("on").cast(pl.Int32) + EPOCH).iter_rows()
    for case, facts in groupby(rows, key=itemgetter(0)):
        start, appointed = ("", 0), None
        reviews: list[tuple[str, str, int]] = []
        done: dict[tuple[str, str], int] = {}
        for _, id, kind, day, review, document in facts:
            if kind == "became_looked_after":
                start = (id, day)
            elif kind == "appointed":
                appointed = day
            elif kind == "review_held":
                reviews.append((id, review, day))
            else:
                done.setdefault((WHAT[kind, document], review), day)
        yield Case(case, start, appointed, reviews, done)


def write_rows(out: Path, findings: Iterable[Finding]) -> None:
    """Write findings (case, rule, about, standing and the ordinal of the day due) as Parquet."""
    columns: list[tuple[Any, ...]] = list(zip(*findings, strict=True))
    table = pl.DataFrame(dict(zip(COLUMNS, columns, strict=True)), schema_overrides={"due_on": pl.Int32})
    table.with_columns(due_on=(pl.col("due_on") - EPOCH).cast(pl.Date)).write_parquet(out, compression="zstd")


class Dues:
    """The day due of each duty for the day of what gives rise to it: a list for each, looked up by ordinal."""

    def __init__(self) -> None:
        days = tables()
        self.iro = _list(days, days.after[IRO_DAYS])
        self.first = _list(days, days.after[FIRST_DAYS])
        self.second = _list(days, days.months[SECOND_MONTHS])
        self.later = _list(days, days.months[LATER_MONTHS])
        self.before = {
            duty.rule: _list(days, days.before[duty.days]) if duty.days else list(range(days.first + len(days.rank)))
            for duty in BEFORE
        }


def _list(days: Tables, column: Any) -> list[int]:
    found: list[int] = [0] * days.first + column.tolist()
    return found
