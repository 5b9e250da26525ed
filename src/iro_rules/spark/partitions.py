"""An executor's side: the rows of a partition in, findings and rejects out, some whole cases at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from iro_rules.batch.inputs import vocabulary_of
from iro_rules.batch.judging import Terms, judge_batch, judging
from iro_rules.batch.setting_aside import judged, told_of
from iro_rules.batch.source import Neighbourhood
from iro_rules.cohorts.cohort import moves_in
from iro_rules.cohorts.coverage import coverage_in
from iro_rules.cohorts.event_tables import NEIGHBOURLY, event_source
from iro_rules.cohorts.layout import CASE_KEY
from iro_rules.cohorts.merging import merged
from iro_rules.cohorts.parts import Part
from iro_rules.cohorts.sources import FactSource, ReadOptions
from iro_rules.errors import BatchError
from iro_rules.spark.executors import Packages, same_here
from iro_rules.spark.gathering import FOR, OF_CASES, OWN, RELATED, TABLE
from iro_rules.spark.shape import in_one, schemas, to_arrow

AUTHORITY = "authority"


@attrs.frozen(kw_only=True)
class Orders:
    """What an executor is told, in plain values: the terms, which tables there are with which columns, and how much.

    `numbered` are the tables that have a `row`.
    """

    terms: Terms
    packages: Packages
    columns: Mapping[str, tuple[str, ...]]
    coverage: str | None
    cases_at_once: int
    numbered: tuple[str, ...] = ("events", "cases")

    @property
    def options(self) -> ReadOptions:
        """How the tables are read."""
        covered = None if self.coverage is None else coverage_in(self.coverage)
        # Nothing is spooled: whatever had to be put in order, Spark has.
        return ReadOptions(spool=Path(), terms=vocabulary_of(self.terms), coverage=covered)


def judged_batches(orders: Orders, batches: Iterable[Any]) -> Iterator[Any]:
    """The record batches of one partition as those of what comes out (see `shape`).

    Raises ProtocolError where this machine lacks what the job needs, BatchError where a case was torn apart.
    """
    same_here(orders.packages)
    shapes = schemas(judging(orders.terms).rules)
    for chunk in whole_cases(batches, orders.cases_at_once):
        yield from to_arrow(in_one(judged_chunk(orders, chunk), shapes), shapes)


def whole_cases(batches: Iterable[Any], most: int) -> Iterator[pl.DataFrame]:
    """Rows in order of case, cut between cases into tables of about `most` cases.

    Raises BatchError for rows that are not in order, since a case would be judged by half of what it has.
    """
    waiting: list[pl.DataFrame] = []
    cases, last = 0, None
    for batch in batches:
        frame = pl.DataFrame(batch)
        if frame.is_empty():
            continue
        keys = frame[FOR]
        after = last is None or (keys[0] is not None and keys[0] >= last)
        if not (after and keys.is_sorted()):
            raise BatchError("the rows of a partition are not in order of case", value=keys[0], right="sorted by case")
        cases += keys.rle().len() - (keys[0] == last)
        last = keys[-1]
        waiting.append(frame)
        if cases > most:
            whole = pl.concat(waiting)
            begun = whole[FOR].eq_missing(pl.Series([last], dtype=pl.String))
            if not begun.all():
                yield whole.filter(~begun)
            waiting, cases = [whole.filter(begun)], 1
    if waiting:
        yield pl.concat(waiting)


def judged_chunk(orders: Orders, chunk: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The findings on some whole cases, what is told of their rows, and how many rows were read and used."""
    chunk = numbered(orders, chunk)
    part = _part(orders, chunk, OWN)
    cases = part.cases
    if AUTHORITY in orders.columns.get("cases", ()):
        cases = cases.join(_authorities(chunk, part), on="case", how="left", maintain_order="left")
    related = _neighbours(orders, chunk, cases).named_in(part.events)
    found, aside = judged(part.events, cases, lambda some, own: judge_batch(some, own, orders.terms, related=related))
    empty = judging(orders.terms).rules.empty()
    unused = sum(one.rows for one in aside)
    rows = [
        {"table": name, "rows_in": count.rows_in, "rows_used": count.rows_used - (unused if name == "events" else 0)}
        for name, count in part.counts.items()
    ]
    return {"findings": pl.concat([empty, *found]), "rejects": told_of(part, aside), "rows": pl.DataFrame(rows)}


def numbered(orders: Orders, chunk: pl.DataFrame) -> pl.DataFrame:
    """The rows of a chunk, those of a table without numbers numbered case by case, in order of what they say.

    Rows that other cases are brought come first, so that they have the same numbers there, where no others are.
    """
    for name in (name for name in orders.columns if name not in orders.numbered):
        here = pl.col(TABLE).is_in([OWN[name], RELATED[name]])
        rows = chunk.filter(here)
        said = [c for c, nulls in rows.drop(TABLE, FOR, "case", "row").null_count().row(0, named=True).items()
                if nulls < len(rows)]  # fmt: skip
        keys = [pl.col(c).list.join(" ") if isinstance(rows.schema[c], pl.List) else pl.col(c) for c in said]
        brought = [] if name == "cases" else [~pl.col("kind").is_in(NEIGHBOURLY).fill_null(False)]
        whose = [TABLE, FOR, "case"]
        rows = rows.sort(*whose, *brought, *keys)
        rows = rows.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(whose))
        chunk = pl.concat([chunk.filter(~here), rows])
    return chunk


def _part(orders: Orders, chunk: pl.DataFrame, tags: Mapping[str, str]) -> Part:
    """The rows of a chunk's tables, looked at as the reader of event tables does."""
    tables = {name: _table(orders, chunk, name, tags[name]) for name in orders.columns}
    source: FactSource = event_source({name: table.lazy() for name, table in tables.items()}, orders.options)
    every = chunk.filter(pl.col(TABLE).is_in(list(tags.values())))["case"].unique().drop_nulls()
    ids = every.filter(every.str.contains(CASE_KEY)).sort()
    typed = dict(zip(source.tables, pl.collect_all(list(source.tables.values())), strict=True))
    return merged([source], [source.to_part(typed, ids)])


def _table(orders: Orders, chunk: pl.DataFrame, name: str, tag: str) -> pl.DataFrame:
    rows = chunk.filter(pl.col(TABLE) == tag).sort("case", "row", maintain_order=True)
    prefix = OF_CASES if name == "cases" else ""
    more = [c for c in orders.columns[name] if c not in ("case", AUTHORITY if name == "cases" else "")]
    table = rows.select("row", "case", *(pl.col(f"{prefix}{column}").alias(column) for column in more))
    if table["row"].null_count():
        raise BatchError("a row has no number", where=f"{name}, column row", right="a whole number, or no such column")
    twice = table.select("case", "row").is_duplicated()
    if twice.any():
        value = table.filter(twice)["row"][0]
        raise BatchError(
            "two rows of a case have one number", where=f"{name}, column row", value=value, right="its own"
        )
    return table


def _authorities(chunk: pl.DataFrame, part: Part) -> pl.DataFrame:
    """The authority in the row of each case that was used."""
    unused = part.rejects.filter(pl.col("table") == "cases").select("case", "row")
    rows = chunk.filter(pl.col(TABLE) == OWN["cases"]).join(unused, on=["case", "row"], how="anti")
    return rows.select("case", pl.col(f"{OF_CASES}{AUTHORITY}").alias(AUTHORITY))


def _neighbours(orders: Orders, chunk: pl.DataFrame, cases: pl.DataFrame) -> Neighbourhood:
    """The cases that those of the chunk name, each taken once however many name it."""
    rows = chunk.filter(pl.col(TABLE).is_in(list(RELATED.values())))
    once = rows.group_by("case").agg(pl.min(FOR))
    part = _part(orders, rows.join(once, on=["case", FOR], how="semi"), RELATED)
    return Neighbourhood(moves_in(part.events), part.cases)
