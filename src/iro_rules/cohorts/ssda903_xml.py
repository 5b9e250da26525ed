"""An SSDA903 return in XML, read child by child with care, as tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from iro_rules.cohorts.ssda903_codes import TABLES
from iro_rules.errors import CaseError

_RENAMED = {"CHILDID": "CHILD", "PL": "PLACE"}
_AT_ONCE = 50_000
_TABLE = {"HEADER": "header", "AREVIEW": "reviews", "EPISODE": "episodes"}
_READ = ("header", "episodes", "reviews")
COLUMNS: Mapping[str, tuple[str, ...]] = {table.name: table.columns for table in TABLES if table.name in _READ}


def tables_of_xml(path: Path, *, spool: Path) -> dict[str, Path]:
    """The header, the episodes and the reviews of a file, each as a Parquet file of text with `row`.

    `row` is the number of the record in the file, counted by table. Raises CaseError for what is not XML, holds nothing
    of a return, or holds entities or a document type of its own.
    """
    waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    counts = dict.fromkeys(COLUMNS, 0)
    folders = {name: spool / f"{path.stem}-{name}" for name in COLUMNS}
    for name, folder in folders.items():
        folder.mkdir(parents=True)
        _write(folder, name, 0, [])
    for name, values in _records(path):
        counts[name] += 1
        waiting[name].append((counts[name], *(values.get(column) for column in COLUMNS[name])))
        if len(waiting[name]) == _AT_ONCE:
            _write(folders[name], name, counts[name], waiting[name])
            waiting[name] = []
    if not any(counts.values()):
        raise CaseError(
            "no child stands in the XML", where=path.name, right="elements CHILD with a HEADER and EPISODEs"
        )
    for name, rows in waiting.items():
        _write(folders[name], name, counts[name] + 1, rows)
    return folders


def _write(folder: Path, name: str, number: int, rows: list[tuple[Any, ...]]) -> None:
    schema = {"row": pl.Int64, **dict.fromkeys(COLUMNS[name], pl.String)}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(folder / f"{number:09}.parquet")


def _records(path: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    inside: list[str] = []
    try:
        with path.open("rb") as file:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    inside.append(_name(element))
                    if len(inside) > 20:
                        raise CaseError("the file is nested too deeply", where=path.name, right="at most 20 levels")
                    continue
                inside.pop()
                if _name(element) in _TABLE and "CHILD" not in inside:
                    # Nobody's: it is set aside later, and not passed over here.
                    yield _TABLE[_name(element)], _values(element)
                elif _name(element) == "CHILD" and len(element):
                    yield from _of_child(element)
                    element.clear()
    except OSError as error:
        raise CaseError(f"the file cannot be read: {error.strerror}", value=str(path)) from error
    except ParseError as error:
        raise CaseError(f"this is not XML: {error}", where=path.name) from error
    except DefusedXmlException as error:
        right = "a file without entities and without a document type"
        raise CaseError("the XML holds what may do harm", where=path.name, value=str(error), right=right) from error


def _of_child(child: Any) -> Iterator[tuple[str, dict[str, str | None]]]:
    headers = [element for element in child if _name(element) == "HEADER"]
    own = _values(headers[0]) if headers else {}
    who = {"CHILD": own.get("CHILD"), "DOB": own.get("DOB")}
    if headers:
        yield "header", own
    for element in [*(inner for header in headers for inner in header), *child]:
        if _name(element) in ("AREVIEW", "EPISODE"):
            yield _TABLE[_name(element)], {**who, **_values(element)}


def _values(element: Any) -> dict[str, str | None]:
    """The texts directly in an element, by the name of the column."""
    return {_RENAMED.get(_name(inner), _name(inner)): inner.text for inner in element if not len(inner)}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].upper()
