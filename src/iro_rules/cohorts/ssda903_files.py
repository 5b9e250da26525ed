"""The files of an SSDA903 return, recognised by their columns, as tables of text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from iro_rules.cohorts.ssda903_codes import TABLES, Table
from iro_rules.cohorts.ssda903_xml import tables_of_xml
from iro_rules.cohorts.text_files import EXTRA, header_of, scan_csv
from iro_rules.errors import CaseError

Scanned = dict[str, pl.LazyFrame]


def scan_return(source: Path, *, spool: Path, notes: list[str]) -> Scanned:
    """The tables of one year's return that are used, each with `case`, `row` and its columns in capitals.

    `source` is a folder of CSV files or an XML file (or a folder with one). What was not read, and why, is added to
    `notes`. Raises CaseError where nothing is recognised, where two files hold one table, and where CSV and XML are
    mixed.
    """
    if not source.exists():
        raise CaseError("there is no such file or folder", value=str(source))
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    tables = [path for path in files if path.suffix.lower() == ".csv"]
    xml = [path for path in files if path.suffix.lower() == ".xml"]
    if xml and (tables or len(xml) > 1):
        right = "CSV files, or one XML file"
        raise CaseError("the folder mixes returns", value=[path.name for path in (*tables, *xml)], right=right)
    others = [path.name for path in files if path.is_file() and path not in tables and path not in xml]
    if others:
        notes.append(f"not read, since they are neither CSV nor XML: {', '.join(others[:20])}")
    spool.mkdir(parents=True, exist_ok=True)
    if xml:
        return {name: _plain(path, name) for name, path in tables_of_xml(xml[0], spool=spool).items()}
    found: Scanned = {}
    names: dict[str, str] = {}
    strange: list[Path] = []
    for path in tables:
        table = _recognised(path, notes)
        if table is None:
            strange.append(path)
            continue
        if table.name in names:
            both = f"{names[table.name]} and {path.name}"
            raise CaseError(
                f"two files hold the table {table.name}", where=str(source), value=both, right="one of them"
            )
        names[table.name] = path.name
        if not table.used:
            notes.append(f"{path.name} is the table {table.name}, of which no rule asks anything; it was not read")
            continue
        found[table.name] = _scanned(path, table, spool, notes)
    for path in strange:
        for table in TABLES:
            if table.used and table.name == path.stem.lower() and table.name not in names:
                columns = header_of(path)
                lacking = ", ".join(sorted(table.known_by - {column.upper() for column in columns}))
                what = f"the file is called {table.name} and lacks columns by which that table is known, {lacking}"
                raise CaseError(
                    what, where=path.name, value=", ".join(columns), right=", ".join(sorted(table.known_by))
                )
    if not found:
        right = "a folder with episodes, reviews or a header, known by their columns"
        raise CaseError("there is no table of an SSDA903 return here", value=str(source), right=right)
    return found


def _recognised(path: Path, notes: list[str]) -> Table | None:
    columns = {column.upper() for column in header_of(path)}
    for table in TABLES:
        if table.known_by <= columns:
            return table
    near = max(TABLES, key=lambda table: len(table.known_by & columns) / len(table.known_by))
    lacking = ", ".join(sorted(near.known_by - columns))
    notes.append(f"{path.name} is no table of the return and was not read: for {near.name} it lacks {lacking}")
    return None


def _scanned(path: Path, table: Table, spool: Path, notes: list[str]) -> pl.LazyFrame:
    text = scan_csv(path, spool=spool)
    notes += text.notes
    named = {column: column.upper() for column in text.columns}
    twice = [name for name in named.values() if list(named.values()).count(name) > 1]
    if twice:
        raise CaseError("two columns have one name", where=path.name, value=twice[0], right="each column once")
    extra = sorted(set(named.values()) - set(table.columns))
    extra = [name for name in extra if not name.startswith("__")]
    if extra:
        notes.append(f"{path.name} has columns that are not read: {', '.join(extra[:20])}")
    kept = [column for column in text.columns if named[column] in table.columns]
    frame = text.frame.select("row", EXTRA, *(pl.col(column).alias(named[column]) for column in kept))
    return _with_case(frame.with_columns(__damaged=pl.lit(bool(text.notes))))


def _plain(path: Path, name: str) -> pl.LazyFrame:
    return _with_case(pl.scan_parquet(path).with_columns(pl.lit(None, pl.String).alias(EXTRA), __damaged=pl.lit(False)))


def _with_case(frame: pl.LazyFrame) -> pl.LazyFrame:
    text = pl.col("CHILD").str.strip_chars()
    return frame.with_columns(case=pl.when(text != "").then(text))
