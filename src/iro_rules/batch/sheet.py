"""Findings as a workbook that an analyst can filter: the findings, a summary of the rules, and what each rule asks."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import attrs
import polars as pl

from iro_rules.batch.findings import COLUMNS
from iro_rules.batch.outputs import flat, put_in_place
from iro_rules.batch.summary import Counts, RuleCount, table
from iro_rules.errors import needs

MOST_ROWS = 1_048_575
"""How many findings a worksheet holds: the rows of the format, less the one with the names."""

_WIDTHS = {"case": 16, "rule": 42, "act": 60, "about": 26, "facts": 40, "id": 20, "bearer": 22, "citation": 50}
_NAMES = ("case", "authority", "rule", "kind", "act", *COLUMNS[4:])
RULES = ("rule", "act", "bearer", "force", "citation", "verified")


def workbooks() -> Any:
    """The library that writes workbooks. Raises MissingExtra where it is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise needs("xlsxwriter", extra="sheets", what="a workbook of findings") from None
    return xlsxwriter


def write_sheet(
    parts: Sequence[Path], out: Path, counts: Counts, rules: Mapping[str, Mapping[str, str]], as_of: str
) -> None:
    """Write the findings of all parts as a workbook, row by row; `rules` says in words what each rule asks.

    Every text is written as a text, whatever it looks like. The bytes depend only on what is written and on
    XlsxWriter's version. Raises MissingExtra where XlsxWriter is not installed.
    """
    library = workbooks()

    def write(file: BinaryIO) -> None:
        buffer = io.BytesIO()
        book = library.Workbook(
            buffer,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        day = date.fromisoformat(as_of[:10])
        book.set_properties({"title": "Findings", "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
        _sheet(book, "Findings", list(_NAMES), _rows(parts, rules))
        names = [field.name for field in attrs.fields(RuleCount)]
        _sheet(book, "Summary", names, (list(attrs.astuple(row)) for row in table(counts)))
        told = (
            [name, *(rules[name].get(column, "") for column in RULES[1:])] for name in sorted(rules) if name in counts
        )
        _sheet(book, "Rules", list(RULES), told)
        book.close()
        file.write(buffer.getbuffer())

    put_in_place(out, write)


def _rows(parts: Sequence[Path], rules: Mapping[str, Mapping[str, str]]) -> Iterator[list[Any]]:
    for path in parts:
        found = flat(pl.read_parquet(path))
        acts = pl.DataFrame({"rule": list(rules), "act": [rules[name]["act"] for name in rules]})
        found = found.with_columns(pl.col("rule").cast(pl.String)).join(
            acts, on="rule", how="left", maintain_order="left"
        )
        times = pl.col("due_at").dt.strftime("%Y-%m-%d %H:%M")
        yield from (list(row) for row in found.with_columns(times).select(_NAMES).iter_rows())


def _sheet(book: Any, name: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
    """One worksheet with a filter over its columns."""
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column, 14))
    sheet.freeze_panes(1, 1)
    last = 0
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    for last, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(last, place, value, day)
            elif value is not None:
                sheet.write_number(last, place, value)
    sheet.autofilter(0, 0, last, len(columns) - 1)
