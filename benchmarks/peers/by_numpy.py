"""The nine duties by hand in NumPy: facts put at their places in arrays of cases and reviews, days due by look-up.

NumPy is BSD-licensed and much worked on. It reads no Parquet, so Polars reads and writes the files.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.peers.work import (
    BEFORE,
    EPOCH,
    FIRST,
    FIRST_DAYS,
    IRO,
    IRO_DAYS,
    LATER,
    LATER_MONTHS,
    RULES,
    SECOND,
    SECOND_MONTHS,
    STANDINGS,
    TODAY,
    tables,
)  # fmt: skip

NEVER = np.int32(1 << 29)
ABSENT = -1
_STANDING, _RULE = pl.Enum(STANDINGS), pl.Enum(RULES)
Some = npt.NDArray[Any]


class Contender:
    """Rows of an array are cases; reviews stand in it in order of day."""

    def __init__(self) -> None:
        self.days = tables()

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        table = pl.read_parquet(events, columns=["case", "id", "kind", "on", "review", "document"])
        case = table["case"].rle_id().to_numpy()
        day = table["on"].to_physical().to_numpy() + np.int32(EPOCH)
        kind, kinds = coded(table["kind"])
        document, documents = coded(table["document"])
        review, reviews = coded(table["review"])
        cases = int(case[-1]) + 1

        start, appointed = (np.flatnonzero(kind == kinds[name]) for name in ("became_looked_after", "appointed"))
        held = np.flatnonzero(kind == kinds["review_held"])
        same = case[held[1:]] == case[held[:-1]]
        first = np.append(True, ~same)
        following = np.append(np.where(same, day[held[1:]], NEVER), NEVER)
        key = case.astype(np.int64) * (len(reviews) + 1) + review

        iro, first_day = np.full(cases, NEVER), np.full(cases, NEVER)
        iro[case[appointed]] = day[appointed]
        first_day[case[held[first]]] = day[held[first]]
        found = [
            self._owed(IRO, start, self._after(day[start], self.days.after[IRO_DAYS]), iro[case[start]]),
            self._owed(FIRST, start, self._after(day[start], self.days.after[FIRST_DAYS]), first_day[case[start]]),
        ]
        for rule, some, months in ((SECOND, first, SECOND_MONTHS), (LATER, ~first, LATER_MONTHS)):
            due = self._after(day[held[some]], self.days.months[months])
            found.append(self._owed(rule, held[some], due, following[some]))
        for duty in BEFORE:
            chosen = kind == kinds[duty.kind]
            if duty.document:
                chosen &= document == documents[duty.document]
            done = np.full(cases * (len(reviews) + 1), NEVER)
            done[key[chosen]] = day[chosen]
            due = self._after(day[held], self.days.before[duty.days]) if duty.days else day[held]
            found.append(self._owed(duty.rule, held, due, done[key[held]]))
        written(out, table, *(np.concatenate(columns) for columns in zip(*found, strict=True)))

    def _after(self, day: Some, column: Some) -> Some:
        found: Some = column[day - self.days.first]
        return found

    def _owed(self, rule: str, rows: Some, due: Some, done: Some) -> tuple[Some, Some, Some, Some]:
        """Rows, the rule's place, the standing's place (in the order of `STANDINGS`) and the day due."""
        standing = np.where(done <= due, 0, np.where(done != NEVER, 1, np.where(due < TODAY, 2, 3)))
        return rows, np.full(len(rows), RULES.index(rule), np.uint8), standing.astype(np.uint8), due


def coded(texts: pl.Series) -> tuple[Some, dict[str, int]]:
    """Texts as whole numbers (one past the last for none), and the number of each; `ABSENT` for others."""
    words = texts.unique().drop_nulls()
    codes = words.to_physical().to_numpy()
    order = np.argsort(codes)
    found = texts.to_physical().fill_null(2**31).to_numpy()
    named = {str(words[int(place)]): number for number, place in enumerate(order)}
    return np.searchsorted(codes[order], found), defaultdict(lambda: ABSENT, named)


def written(out: Path, table: pl.DataFrame, rows: Some, rule: Some, standing: Some, due: Some) -> None:
    index = pl.Series(rows.astype(np.uint32))
    pl.DataFrame(
        {
            "case": table["case"].gather(index),
            "rule": pl.Series(rule).cat.to(_RULE),
            "about": table["id"].gather(index),
            "standing": pl.Series(standing).cat.to(_STANDING),
            "due_on": (pl.Series(due) - EPOCH).cast(pl.Date),
        }
    ).write_parquet(out, compression="zstd", statistics=False)
