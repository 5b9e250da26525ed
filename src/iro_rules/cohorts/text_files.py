"""CSV files as councils have them, scanned as text: any common separator, damaged encodings told, ragged rows kept.

Every table has `row`, the row as a spreadsheet numbers it, and `__extra`, what stands beyond the last column.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from pathlib import Path

import attrs
import polars as pl
from polars.exceptions import PolarsError

from iro_rules.errors import CaseError

EXTRA = "__extra"
DAMAGED = "\ufffd"
"""What stands in place of bytes that are not UTF-8."""
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16
_MOST_COLUMNS = 500
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@attrs.frozen(eq=False)
class TextTable:
    """A CSV file, not yet read: its columns as they are written, its rows as text, and what was noticed."""

    columns: tuple[str, ...]
    frame: pl.LazyFrame
    notes: tuple[str, ...]


def scan_csv(path: Path, *, spool: Path) -> TextTable:
    """A CSV file; one in UTF-16 is written anew in `spool`.

    Raises CaseError for a file that cannot be read, has no header, or has two columns of one name.
    """
    notes: list[str] = []
    try:
        path, sound = _utf8(path, spool, notes)
        with path.open("rb") as file:
            head = file.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
    except OSError as error:
        raise CaseError(f"the file cannot be read: {error.strerror}", value=str(path)) from error
    columns, separator = _header(head, path.name)
    frame = pl.scan_csv(
        path,
        schema=dict.fromkeys([*columns, EXTRA], pl.String),
        separator=separator,
        encoding="utf8" if sound else "utf8-lossy",
        missing_columns="insert",
        truncate_ragged_lines=True,
        # The names as they were read above: Polars would have them to the letter, spaces and all.
        has_header=False,
        skip_rows=1,
        row_index_name="row",
        row_index_offset=2,
        glob=False,
    )
    if not sound:
        notes.append(f"{path.name} is not UTF-8 throughout; rows whose values are damaged are set aside")
    return TextTable(tuple(columns), frame.with_columns(pl.col("row").cast(pl.Int64)), tuple(notes))


def tidy(name: str) -> pl.Expr:
    """A column without the spaces around its values, null where nothing is left."""
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def why(error: PolarsError) -> str:
    """Why a table cannot be read, without what Polars would have a programmer try, and without what stands in a row."""
    said = str(error)
    if "not properly escaped" in said:
        return "a quotation mark is opened, and not closed before the end of the file"
    return re.sub(r"`[^`]*`?", "a value", said.partition("\n\n")[0].replace("\n", " "))[:200]


def lower(columns: Sequence[str], known: Sequence[str], name: str) -> dict[str, str]:
    """The columns, those that are known in small letters; raises CaseError where two become one."""
    small = {column: column.lower() if column.lower() in known else column for column in columns}
    twice = [column for column in small.values() if list(small.values()).count(column) > 1]
    if twice:
        raise CaseError("two columns have one name", where=name, value=twice[0], right="each column once")
    return small


def header_of(path: Path) -> list[str]:
    """The columns of a CSV file by its first line; raises CaseError as `scan_csv` does."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
            wide = next((name for mark, name in _WIDE.items() if start == mark), "")
            file.seek(0)
            data = file.read(_LONGEST_HEADER)
    except OSError as error:
        raise CaseError(f"the file cannot be read: {error.strerror}", value=str(path)) from error
    text = data.decode(wide or "utf-8-sig", "replace")
    return _header(text.partition("\n")[0], path.name)[0]


def _utf8(path: Path, spool: Path, notes: list[str]) -> tuple[Path, bool]:
    """A file in UTF-8, and whether it is sound."""
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(0)
        if start in _WIDE:
            return _written_anew(path, spool, notes), True
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                # What is plain ASCII needs no decoding, and nearly all of it is.
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return path, False
    return path, True


def _written_anew(path: Path, spool: Path, notes: list[str]) -> Path:
    spool.mkdir(parents=True, exist_ok=True)
    target = spool / f"utf8-{len(list(spool.iterdir()))}-{path.name}"
    try:
        with path.open(encoding="utf-16", newline="") as wide, target.open("w", encoding="utf-8", newline="") as narrow:
            while text := wide.read(_CHUNK):
                narrow.write(text)
    except UnicodeError as error:
        raise CaseError("the file is neither UTF-8 nor whole UTF-16", value=path.name) from error
    notes.append(f"{path.name} is UTF-16 and was read as such")
    return target


def _header(line: str, name: str) -> tuple[list[str], str]:
    """The names of the columns, and what separates them."""
    line = line.strip("\r\n\ufeff ")
    right = "a first line with the names of the columns"
    if "\r" in line:
        raise CaseError("the lines end as on a Macintosh of long ago", value=name, right="the file saved as CSV UTF-8")
    if line.lower().startswith("sep="):
        raise CaseError("the first line says only what stands between values", where=name, value=line, right=right)
    separator = max((",", ";", "\t"), key=line.count)
    columns = [column.strip() for column in next(csv.reader([line], delimiter=separator), [])]
    if not any(columns):
        raise CaseError("the file is empty, or its first line is", value=name, right=right)
    if len(columns) > _MOST_COLUMNS:
        raise CaseError("the file has too many columns", where=name, right=f"at most {_MOST_COLUMNS}")
    # Spreadsheets leave empty columns at the end; each needs a name of its own here.
    columns = [column or f"__unnamed_{number}" for number, column in enumerate(columns)]
    for column in columns:
        if columns.count(column) > 1:
            raise CaseError("two columns have one name", where=name, value=column, right="each column once")
        if column in ("row", EXTRA):
            raise CaseError("a column has a name that is kept for the reader", where=name, value=column)
    return columns, separator
