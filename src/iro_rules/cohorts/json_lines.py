"""JSON lines as a table of text: each line read with care, a line that is no plain object kept and told.

A line is one object of text and whole numbers. It is written anew as Parquet, some thousand lines at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from iro_rules.errors import CaseError
from iro_rules.formats.safe_json import JsonObject, Limits, parse

FAULT = "__fault"
_LINES = 50_000
_LONGEST_LINE = 1 << 20
_LIMITS = Limits(size=_LONGEST_LINE, depth=3)


def scan_jsonl(path: Path, columns: Sequence[str], *, spool: Path) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    """The lines of a file with `row` (the line's number) and `__fault`, and the names that are no column.

    Raises CaseError for a file that cannot be read.
    """
    folder = spool / f"lines-{path.name}"
    folder.mkdir(parents=True)
    schema = {"row": pl.Int64, FAULT: pl.String, **dict.fromkeys(columns, pl.String)}
    pl.DataFrame(schema=schema).write_parquet(folder / "000000.parquet")
    strange: set[str] = set()
    try:
        with path.open("rb") as file:
            records = _records(iter(lambda: file.readline(_LONGEST_LINE), b""), columns, strange)
            number = 0
            while some := list(islice(records, _LINES)):
                number += 1
                pl.DataFrame(some, schema=schema, orient="row").write_parquet(
                    folder / f"{number:06}.parquet", compression="lz4"
                )
    except OSError as error:
        raise CaseError(f"the file cannot be read: {error.strerror}", value=str(path)) from error
    return pl.scan_parquet(folder / "*.parquet"), tuple(sorted(strange))


def _records(lines: Iterator[bytes], columns: Sequence[str], strange: set[str]) -> Iterator[tuple[Any, ...]]:
    places = {name: place for place, name in enumerate(columns)}
    for row, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = parse(line.decode("utf-8-sig"), _LIMITS)
        except (CaseError, UnicodeDecodeError):
            given = None
        if not isinstance(given, JsonObject) or given.repeated:
            yield row, line[:200].decode("utf-8", "replace"), *([None] * len(columns))
            continue
        texts: list[str | None] = [None] * len(columns)
        bad = None
        for name, value in given.items():
            if name not in places:
                strange.add(name[:80])
            elif value is not None:
                text = _text(value)
                texts[places[name]] = text or None
                bad = name if text is None and bad is None else bad
        yield row, bad, *texts


def _text(value: Any) -> str | None:
    """A value as it would stand in a cell; None for one that would not stand in any."""
    if isinstance(value, str):
        try:
            return value if value.isascii() else value.encode().decode()
        except UnicodeEncodeError:
            return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else None
    if isinstance(value, list) and all(isinstance(item, str) and " " not in item for item in value):
        return " ".join(value)
    return None
