"""Tables put in order of case, so that the rows of some cases can be read without reading all.

A table that stands in order of case in Parquet files is read in place, by slices. Any other is read twice: once for
its cases, once to be written anew by spans of cases. Memory holds one row for each case and one batch of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from pathlib import Path

import attrs
import polars as pl
from polars.exceptions import PolarsError

from iro_rules.cohorts.parts import ROWS_AT_ONCE, Span
from iro_rules.cohorts.sources import LazyTables, Tables
from iro_rules.cohorts.text_files import why
from iro_rules.errors import CaseError
from iro_rules.facts.fields import KEY

_PLACE = "__place"
_SPAN = "__span"
END = r"\Z"

CASE_KEY = f"^(?:{KEY.pattern.removesuffix(END)})$"
"""What the identifier of a case looks like, for Polars."""

ROUNDED = r"^\d(\.\d+)?[Ee]\+\d+$"
"""What a spreadsheet makes of a long number that it has rounded: several children may have become one."""

Narrow = Callable[[LazyTables], LazyTables]


@attrs.frozen(eq=False)
class Laid:
    """One table in order: where the rows of each span stand."""

    frame: pl.LazyFrame | None
    slices: dict[int, tuple[int, int]]
    files: dict[int, list[Path]]
    schema: pl.Schema

    def of(self, span: int) -> pl.LazyFrame:
        """The rows of one span, not yet read."""
        if self.frame is not None:
            offset, size = self.slices.get(span, (0, 0))
            return self.frame.slice(offset, size) if size else pl.LazyFrame(schema=self.schema)
        files = self.files.get(span, [])
        return pl.scan_parquet(files) if files else pl.LazyFrame(schema=self.schema)


@attrs.frozen(eq=False)
class Layout:
    """The tables of some sources in order, and the cases each source has."""

    spans: tuple[Span, ...]
    laid: tuple[dict[str, Laid], ...]
    ids: tuple[pl.Series, ...]

    @classmethod
    def of(cls, sources: Sequence[LazyTables], *, spool: Path, cases_at_once: int | None, cases_at_most: int) -> Layout:
        """Raises CaseError for a table that cannot be read to its end."""
        indexes = [{name: _index(name, frame) for name, frame in tables.items()} for tables in sources]
        ids = tuple(_each_once(index.filter("usable")["case"] for index in tables.values()) for tables in indexes)
        every = _each_once(ids)
        rows = sum(int(index["rows"].sum()) for tables in indexes for index in tables.values())
        size = cases_at_once or _size(len(every), rows, cases_at_most)
        spans = tuple(
            Span(number, some[0], some[-1], len(some))
            for number, start in enumerate(range(0, len(every), size))
            for some in (every.slice(start, size),)
        ) or (Span(0, "", "", 0),)
        laid = tuple(
            {
                name: _lay(name, frame, indexes[number][name], spans, every, spool / f"{number}-{name}")
                for name, frame in tables.items()
            }
            for number, tables in enumerate(sources)
        )
        return cls(spans, laid, ids)

    def read(self, span: Span, narrow: Sequence[Narrow | None] | None = None) -> list[tuple[Tables, pl.Series]]:
        """For each source the rows of one span, by table, and the cases it has.

        `narrow` narrows the tables of each source; a source with None in it is not read.
        """
        found: list[tuple[Tables, pl.Series]] = []
        for number, tables in enumerate(self.laid):
            lazy: LazyTables = {name: table.of(span.number) for name, table in tables.items()}
            step = narrow[number] if narrow is not None else None
            if narrow is not None:
                lazy = step(lazy) if step is not None else {}
            read = pl.collect_all(list(lazy.values()))
            # In one piece: rows are gathered again and again, and across pieces each time more slowly.
            whole = dict(zip(lazy, (table.rechunk() for table in read), strict=True))
            found.append((whole, self.ids[number][slice(*_within(self.ids[number], span))]))
        return found


def _size(cases: int, rows: int, most: int) -> int:
    """How many cases a part has: as many as have so many rows together, `most` at most, and all parts alike."""
    parts = max(ceil(rows / ROWS_AT_ONCE), ceil(cases / most), 1)
    return max(ceil(cases / parts), 1)


def _within(ids: pl.Series, span: Span) -> tuple[int, int]:
    """Where the cases of a span begin and end among ids in order."""
    return int(ids.search_sorted(span.first, "left")), int(ids.search_sorted(span.last, "right"))


def _index(name: str, frame: pl.LazyFrame) -> pl.DataFrame:
    """The cases of a table: how many rows, where the first of them stands and behind which the last.

    `said` is what stands in the table, `case` the same without spaces around it: from here on all else knows that only.
    """
    # Rows of one case mostly stand together, so few have to be looked up.
    runs = frame.select(pl.col("case").rle().struct.unnest()).select(
        pl.col("value").alias("said"), pl.col("len").cast(pl.Int64), end=pl.col("len").cast(pl.Int64).cum_sum()
    )
    found = runs.group_by("said").agg(rows=pl.sum("len"), low=(pl.col("end") - pl.col("len")).min(), end=pl.max("end"))
    try:
        index = found.collect(engine="streaming")
    except PolarsError as error:
        raise CaseError(f"the table cannot be read: {why(error)}", where=name) from error
    text = pl.col("said").str.strip_chars()
    index = index.with_columns(case=pl.when(text != "").then(text))
    good = pl.col("case").str.contains(CASE_KEY) & ~pl.col("case").str.contains(ROUNDED)
    return index.with_columns(usable=good.fill_null(False)).sort("case")


def _each_once(ids: Iterable[pl.Series]) -> pl.Series:
    """All ids, each once and in order, as those of one table mostly are."""
    every = pl.concat([pl.Series("case", [], pl.String), *ids])
    return every if (every.slice(1) > every.slice(0, max(len(every) - 1, 0))).all() else every.unique().sort()


def _lay(
    name: str, frame: pl.LazyFrame, index: pl.DataFrame, spans: Sequence[Span], every: pl.Series, folder: Path
) -> Laid:
    schema = frame.collect_schema()
    whole = (index["end"] - index["low"] == index["rows"]).all() and (index["said"] == index["case"]).all()
    if whole and index["usable"].all() and index["low"].is_sorted() and _in_place(frame):
        own = {span.number: index[slice(*_within(index["case"], span))] for span in spans}
        slices = {
            number: (some["low"][0], some["end"][-1] - some["low"][0]) for number, some in own.items() if len(some)
        }
        return Laid(frame, slices, {}, schema)
    folder.mkdir(parents=True)
    target = pl.PartitionBy(
        folder,
        key=_SPAN,
        include_key=False,
        approximate_bytes_per_file=None,
        file_path_provider=lambda given: f"{given.partition_keys.item(0, 0)}-{given.index_in_partition:06}.parquet",
    )
    # A row without a usable case goes into the first part, where it is told of.
    numbered = every.to_frame().with_columns((pl.int_range(pl.len()) // max(spans[0].cases, 1)).alias(_SPAN))
    of_said = index.join(numbered, on="case", how="left").select("said", pl.col(_SPAN).fill_null(0), __case="case")
    placed = frame.join(of_said.lazy(), left_on="case", right_on="said", how="left", maintain_order="left")
    placed = placed.with_columns(pl.col(_SPAN).fill_null(0), case="__case").drop("__case")
    try:
        placed.sink_parquet(target, compression="lz4", engine="streaming")
    except PolarsError as error:
        raise CaseError(f"the table cannot be read: {why(error)}", where=name) from error
    files: dict[int, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        files.setdefault(int(path.name.partition("-")[0]), []).append(path)
    return Laid(None, {}, files, schema)


def _in_place(frame: pl.LazyFrame) -> bool:
    """Whether slices of a table can be read without reading all of it: plain columns of Parquet, or of memory."""
    plan = frame.explain(optimized=False).upper()
    again = any(step in plan for step in ("CSV SCAN", "NDJSON SCAN", " JOIN", "FILTER"))
    return not again and ("PARQUET SCAN" in plan or plan.startswith("DF ["))
