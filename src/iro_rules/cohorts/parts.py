"""The contract of every reader of cohorts: a stream of parts, each whole by case, and nothing lost on the way.

A `Cohort` (see `cohort`) lists its `spans`, ranges of case ids in order; `read(span)` gives the `Part` of one, by
itself and again and again the same. So a job can work through the spans in order, in parallel, or go on from any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

import attrs
import polars as pl

from iro_rules.cohorts.reasons import REASONS
from iro_rules.engines.columnar import cases_schema, events_schema
from iro_rules.engines.columnar.tables import Schema
from iro_rules.errors import CaseError

CASES_AT_ONCE, ROWS_AT_ONCE = 25_000, 1 << 19
"""How many cases one part has at most, and how many rows on average, unless a number of cases is asked for."""


def rejects_schema() -> Schema:
    """The columns of what is told about rows: set aside (`rejects`) or used in part (`notices`).

    `table` and `row` say where it stands: the row as a spreadsheet numbers it, with the names of the columns in row
    1, or the number of the record in a file without such a row. `value` is the text of `field` there. `code` is
    stable (see `reasons`); `reason` and `remedy` are sentences; `case` is null where no case can be named.
    """
    text = ("table", "case", "field", "value", "code", "reason", "remedy")
    return {**dict.fromkeys(text[:1], pl.String), "row": pl.Int64, **dict.fromkeys(text[1:], pl.String)}


@final
@attrs.frozen
class Count:
    """What became of the rows of one table: `rows_in` is always `rows_used` + `rows_aside`."""

    rows_in: int = 0
    rows_used: int = 0

    @property
    def rows_aside(self) -> int:
        """How many rows were set aside, each of them with a reason among the rejects."""
        return self.rows_in - self.rows_used

    def __add__(self, other: Count) -> Count:
        return Count(self.rows_in + other.rows_in, self.rows_used + other.rows_used)


def added(counts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """The counts of several parts together, by table."""
    total: dict[str, Count] = {}
    for some in counts:
        for table, count in some.items():
            total[table] = total.get(table, Count()) + count
    return dict(sorted(total.items()))


@final
@attrs.frozen
class Span:
    """The cases from `first` to `last`, both included, in order of code point; `number` counts spans from 0."""

    number: int
    first: str
    last: str
    cases: int


def lost_schema() -> Schema:
    """The columns of what is lost of a record: the bits of the kinds of which a row of a case could not be read."""
    return {"case": pl.String, "bits": pl.Int64}


@final
@attrs.frozen(eq=False)
class Part:
    """Some cases, each whole: their facts, what the record of each covers, and the rows that could not be used.

    `events` has the columns of `events_schema`, in order of case and id; a column in which no fact has anything may be
    left out, but for `case`, `id`, `kind`, `on`, `at` and `period`. `cases` those of `cases_schema`, in order
    of case; `rejects` has one row for each row set aside and `notices` one for each value that was not used of a row
    that was (`rejects_schema`), both in order of table and row. `lost` says of which kinds of facts a row could not be
    read (`lost_schema`): of them the record of that case covers nothing, whatever `cases` or the source say. Raises
    CaseError where rows in are not rows used and rows set aside, table by table.
    """

    events: pl.DataFrame
    cases: pl.DataFrame
    rejects: pl.DataFrame
    notices: pl.DataFrame
    counts: Mapping[str, Count]
    lost: pl.DataFrame = attrs.field(factory=lambda: pl.DataFrame(schema=lost_schema()))

    def __attrs_post_init__(self) -> None:
        aside = dict(self.rejects.group_by("table").len().iter_rows())
        for table in sorted({*aside, *self.counts}):
            count = self.counts.get(table, Count())
            if count.rows_aside != aside.get(table, 0):
                raise CaseError(
                    "a reader lost count of its rows",
                    where=table,
                    value=f"{count.rows_in} in, {count.rows_used} used, {aside.get(table, 0)} set aside",
                    right="rows in = rows used + rows set aside",
                )

    @property
    def rows_in(self) -> int:
        """How many rows were read, over all tables."""
        return sum(count.rows_in for count in self.counts.values())

    @property
    def rows_used(self) -> int:
        """How many of them gave facts, over all tables."""
        return sum(count.rows_used for count in self.counts.values())

    @classmethod
    def empty(cls) -> Part:
        """A part without a case."""
        told = pl.DataFrame(schema=rejects_schema())
        return cls(pl.DataFrame(schema=events_schema()), pl.DataFrame(schema=cases_schema()), told, told, {})


def explained(found: pl.DataFrame) -> pl.DataFrame:
    """Rows of `table`, `row`, `case`, `field`, `value` and `code` with the sentences of the code, in order.

    Raises CaseError for a code that has no sentences.
    """
    if found.is_empty():
        return pl.DataFrame(schema=rejects_schema())
    codes = pl.DataFrame(
        [(code, reason.sentence, reason.remedy) for code, reason in REASONS.items()],
        schema=["code", "reason", "remedy"],
        orient="row",
    )
    strange = found.join(codes, on="code", how="anti")
    if len(strange):
        raise CaseError("there is no such reason", value=strange["code"][0], right=", ".join(REASONS))
    schema = rejects_schema()
    told = found.join(codes, on="code", how="left").select(pl.col(name).cast(schema[name]) for name in schema)
    return told.sort("table", "row", "field", nulls_last=True, maintain_order=True)
