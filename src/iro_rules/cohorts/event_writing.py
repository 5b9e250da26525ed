"""Event tables written: facts of cases, and templates to fill in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl

from iro_rules.cohorts.coverage import covered_by, words_of
from iro_rules.cohorts.event_columns import COLUMNS, OF_CASES
from iro_rules.engines.columnar import since_schema
from iro_rules.errors import CaseError

ENDINGS = ("csv", "jsonl", "parquet")
_FORMULA = r"^[=+\-@\t\r]"

EXAMPLE = (
    {"case": "child-1", "kind": "became_looked_after", "when": "2026-01-05", "status": "section_20"},
    {"case": "child-1", "kind": "appointed", "when": "2026-01-07", "role": "iro", "person": "iro-7"},
    {"case": "child-1", "kind": "review_held", "when": "2026-01-29", "review": "first", "chair": "iro"},
    {"case": "child-1", "kind": "told", "when": "2026-01-12T09:30:00+00:00", "by": "social_worker", "to": "iro",
     "about": "care_plan_change"},
)  # fmt: skip
"""The rows of the template: real facts in the right form, to be written over."""


def write_events(events: pl.DataFrame, cases: pl.DataFrame, folder: Path, ending: str = "parquet") -> None:
    """An event table and its case table, as `events_schema` and `cases_schema` have them, as files of a folder.

    The folder is made where it is not there. Texts that a spreadsheet would take for a formula get an apostrophe in
    front in CSV. Raises CaseError for an ending that is none of csv, jsonl and parquet.
    """
    if ending not in ENDINGS:
        raise CaseError("there is no such kind of file", value=ending, right=", ".join(ENDINGS))
    folder.mkdir(parents=True, exist_ok=True)
    covers = ["covered", *since_schema(cases.columns)]
    said = cases.select(covers).unique()
    said = said.with_columns(coverage=pl.Series([words_of(covered) for covered in covered_by(said)], dtype=pl.String))
    listed = cases.join(said, on=covers, how="left", nulls_equal=True, maintain_order="left")
    listed = listed.select("case", "subject", "coverage")
    written = {"events": events if ending == "parquet" else _plain(events), "cases": listed}
    for name, table in written.items():
        path = folder / f"{name}.{ending}"
        if ending == "parquet":
            table.write_parquet(path)
        elif ending == "jsonl":
            path.write_text(_lines(table), encoding="utf-8")
        else:
            table.with_columns(formula_safe(column) for column in _texts(table)).write_csv(path)


def formula_safe(name: str) -> pl.Expr:
    """A column of text in which no spreadsheet finds a formula."""
    text = pl.col(name).cast(pl.String)
    return pl.when(text.str.contains(_FORMULA)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)


def template() -> str:
    """A CSV event table with every column and some rows that show the form, to be filled in."""
    return _csv(COLUMNS, EXAMPLE)


def cases_template() -> str:
    """A CSV table of cases to be filled in."""
    return _csv(tuple(OF_CASES), ({"case": "child-1", "subject": "child", "coverage": "everything"},))


def _csv(columns: tuple[str, ...], rows: tuple[dict[str, str], ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _texts(table: pl.DataFrame) -> list[str]:
    return [name for name, held in table.schema.items() if held in (pl.String, pl.Categorical)]


def _plain(events: pl.DataFrame) -> pl.DataFrame:
    """The table in the columns of a text file: `when` in place of `on` and `at`, lists with spaces between."""
    instant = pl.from_epoch(pl.col("at"), time_unit="s").dt.to_string("%Y-%m-%dT%H:%M:%S+00:00")
    day = pl.col("on").dt.to_string("%Y-%m-%d")
    table = events.with_columns(when=pl.coalesce(instant, day))
    lists = [name for name, held in table.schema.items() if isinstance(held, pl.List)]
    table = table.with_columns(pl.col(name).list.join(" ") for name in lists)
    dates = [name for name, held in table.schema.items() if held == pl.Date]
    table = table.with_columns(pl.col(name).dt.to_string("%Y-%m-%d") for name in dates)
    return table.select(name for name in COLUMNS if name in table.columns)


def _lines(table: pl.DataFrame) -> str:
    rows = ({name: value for name, value in row.items() if value is not None} for row in table.iter_rows(named=True))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
