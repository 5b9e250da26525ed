"""Parquet files of one schema put together as one file, without decoding anything.

The row groups are copied as they stand, and only the list of them at the end is written anew. So a long job can
write its parts one by one, whole or not at all, and the file they make in the end depends on nothing but them.

No library for Python does this: Polars and PyArrow append row groups only by encoding them (PyArrow can join the lists
of files, not the files), and arrow-rs, which can splice columns, has no way in from Python. To decode and write all
findings once more would cost a job under few rules a third of its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import attrs

from iro_rules.errors import CaseError
from iro_rules.formats.thrift import I64, LIST, STRUCT, Struct, parse, written

MAGIC = b"PAR1"
_LONGEST_FOOTER = 1 << 28
# The fields of Parquet's own description of a file (parquet.thrift) that this has to know.
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7
_CHUNK_OFFSET, _META, _OFFSET_INDEX, _COLUMN_INDEX = 2, 3, 4, 6
_PAGES = (9, 10, 11, 14)


@attrs.frozen
class Footer:
    """What a Parquet file says of itself, and where its row groups end."""

    about: Struct
    end: int


def footer(file: BinaryIO, name: str) -> Footer:
    """The footer of a Parquet file. Raises CaseError for a file that has none, as where it was cut short."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - 8, 0))
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if size < 12 or tail[4:] != MAGIC or length > min(size - 12, _LONGEST_FOOTER):
        raise CaseError("this is not a whole Parquet file", where=name, right="a file that was not cut short")
    file.seek(size - 8 - length)
    return Footer(parse(file.read(length)), size - 8 - length)


def join_parquet(parts: Iterable[Path], into: BinaryIO) -> int:
    """Write the row groups of some files as one file; how many rows it has.

    Raises CaseError where a part is not a whole file or has another schema than the first, and where there is
    no part at all.
    """
    whole: Struct | None = None
    groups: list[Struct] = []
    into.write(MAGIC)
    at, rows = len(MAGIC), 0
    for path in parts:
        with path.open("rb") as file:
            found = footer(file, path.name)
            if whole is None:
                whole = found.about
            elif written(Struct({2: whole.fields[_SCHEMA]})) != written(Struct({2: found.about.fields[_SCHEMA]})):
                raise CaseError("a part has other columns than the first", where=path.name)
            file.seek(len(MAGIC))
            _copy(file, found.end - len(MAGIC), into)
        for group in found.about.items(_GROUPS):
            _shift(group, at - len(MAGIC))
            group.fields.pop(_ORDINAL, None)
            groups.append(group)
        at += found.end - len(MAGIC)
        rows += found.about.get(_ROWS)
    if whole is None:
        raise CaseError("there is no part to make a file of")
    whole.fields[_ROWS] = (I64, rows)
    whole.fields[_GROUPS] = (LIST, (STRUCT, groups))
    about = written(whole)
    into.write(about + len(about).to_bytes(4, "little") + MAGIC)
    return rows


def _shift(group: Struct, by: int) -> None:
    """Say of a row group that it stands so many bytes further on."""
    group.add(_GROUP_OFFSET, by)
    for column in group.items(_COLUMNS):
        for number in (_CHUNK_OFFSET, _OFFSET_INDEX, _COLUMN_INDEX):
            column.add(number, by)
        for number in _PAGES:
            column.get(_META).add(number, by)


def _copy(file: BinaryIO, size: int, into: BinaryIO) -> None:
    """Copy the next so many bytes."""
    while size:
        data = file.read(min(size, 1 << 20))
        into.write(data)
        size -= len(data)
