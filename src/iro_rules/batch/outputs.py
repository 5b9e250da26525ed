"""How findings are written: a file for each part, and all parts put together as one file, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl

from iro_rules.batch.work import write_whole
from iro_rules.errors import BatchError
from iro_rules.formats.parquet_join import join_parquet

FORMATS = ("parquet", "csv", "jsonl", "xlsx")
TOLD_FORMATS = ("csv", "jsonl")
_GUARDED = ("=", "+", "-", "@", "\t", "\r")


def format_of(out: Path, formats: Sequence[str] = FORMATS) -> str:
    """The format that a file's name asks for. Raises BatchError for any other ending."""
    found = out.suffix.lower().removeprefix(".")
    if found not in formats:
        right = f"a name that ends in .{', .'.join(formats)}"
        raise BatchError("the output's name does not say its format", where=str(out), value=out.suffix, right=right)
    return found


def places(out: Path, rejects: Path, reads: Iterable[Path]) -> None:
    """See that the two files can be written where they are wanted, and make the folder of the second.

    Raises BatchError where both are one file, where one is a folder or is among what is read, or lies inside a folder
    that is read: an input would be written over, or an output read the next time.
    """
    if out.resolve() == rejects.resolve():
        raise BatchError("findings and rejects cannot be one file", value=str(out), right="a file for each")
    for path in (out, rejects):
        if path.is_dir():
            raise BatchError("a folder stands where a file is to be written", value=str(path), right="another name")
        for read in reads:
            if path.resolve() == read.resolve() or (read.is_dir() and path.resolve().is_relative_to(read.resolve())):
                what = "the output would be written into what is read"
                raise BatchError(what, where=str(path), value=str(read), right="a file somewhere else")
    try:
        rejects.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchError(
            "the folder for the rejects cannot be made", where=str(rejects.parent), value=error.strerror
        ) from error
    if not os.access(rejects.parent, os.W_OK):
        raise BatchError("the rejects cannot be written there", where=str(rejects.parent), right="a folder to write in")


def write_told(told: pl.DataFrame, path: Path, shape: str) -> None:
    """Write what is told of the rows of a part, in the format, so that it is there whole or not at all."""
    if shape == "jsonl":
        write_whole(path, told.write_ndjson().encode())
    else:
        guarded = told.with_columns(safe(name) for name, dtype in told.schema.items() if dtype == pl.String)
        write_whole(path, guarded.write_csv(include_header=False).encode())


def write_part(findings: pl.DataFrame, path: Path, shape: str) -> None:
    """Write the findings of a part, in the format (for a spreadsheet: as Parquet, to be read again at the end)."""
    temporary = path.with_name(f"{path.name}.tmp")
    match shape:
        case "csv":
            flat(findings).write_csv(temporary, include_header=False)
        case "jsonl":
            findings.write_ndjson(temporary)
        case _:
            findings.write_parquet(temporary, compression="zstd", statistics=False, row_group_size=1 << 20)
    temporary.replace(path)


def join_parts(parts: Sequence[Path], out: Path, shape: str, header: list[str]) -> None:
    """Make the one file of all parts and put it in its place."""

    def join(file: BinaryIO) -> None:
        if shape == "parquet":
            join_parquet(parts, file)
            return
        if shape == "csv":
            file.write((",".join(header) + "\n").encode())
        for part in parts:
            with part.open("rb") as found:
                shutil.copyfileobj(found, file, 1 << 20)

    put_in_place(out, join)


def put_in_place(out: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place, see that it is on the disk, and move it there."""
    temporary = out.with_name(f"{out.name}.tmp")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def flat(findings: pl.DataFrame) -> pl.DataFrame:
    """Findings without lists: the deciding facts as one text, and no text that a spreadsheet runs."""
    facts = pl.col("facts").list.eval(
        pl.concat_str(pl.element().struct.field("name").cast(pl.String), pl.lit("="), pl.element().struct.field("id"))
    )
    table = findings.with_columns(facts.list.join("; ")) if "facts" in findings.columns else findings
    return table.with_columns(safe(name) for name, dtype in table.schema.items() if dtype == pl.String)


def safe(name: str) -> pl.Expr:
    """A column of text with an apostrophe in front where a spreadsheet would take it for a formula."""
    text = pl.col(name)
    risky = text.str.slice(0, 1).is_in(list(_GUARDED))
    return pl.when(risky).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)
