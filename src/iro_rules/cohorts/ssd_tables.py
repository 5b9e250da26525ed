"""The tables of the Standard Safeguarding Dataset from a folder of CSV files or from a database, as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from iro_rules.cohorts.ssd_columns import PLACEHOLDERS, TABLES, Table
from iro_rules.cohorts.text_files import EXTRA, scan_csv, why
from iro_rules.errors import CaseError

AT_ONCE = 50_000
_SQLITE = b"SQLite format 3\0"


def scan_folder(source: Path, *, spool: Path, notes: list[str]) -> dict[str, pl.LazyFrame]:
    """The tables of a folder, one CSV file each, called like the table; each with `row`, as a spreadsheet has it."""
    if not source.is_dir():
        raise CaseError("there is no such folder", value=str(source))
    spool.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}
    for path in sorted(source.iterdir()):
        if path.suffix.lower() == ".csv" and files.setdefault(path.stem.lower(), path) != path:
            both = f"{files[path.stem.lower()].name} and {path.name}"
            raise CaseError("two files are called like one table", where=str(source), value=both, right="one of them")
    found = {}
    for name, table in TABLES.items():
        if name not in files:
            continue
        text = scan_csv(files[name], spool=spool)
        notes += text.notes
        frame = text.frame.with_columns(__damaged=pl.lit(bool(text.notes)))
        target = spool / f"{name}.parquet"
        try:
            frame.sink_parquet(target, compression="lz4", engine="streaming")
        except PolarsError as error:
            raise CaseError(f"the table cannot be read: {why(error)}", where=files[name].name) from error
        found[name] = _chosen(pl.scan_parquet(target), list(text.columns), table, (EXTRA, "__damaged"))
    others = sorted(set(files) - set(TABLES))
    if others:
        notes.append(f"not read, since no rule asks anything of them: {', '.join(others[:20])}")
    return found


def scan_database(address: Any, *, schema: str | None, spool: Path, notes: list[str]) -> dict[str, pl.LazyFrame]:
    """The tables of a database; `address` is an SQLAlchemy engine, an address of one, or a file of SQLite.

    Nothing but the columns that are needed is selected, in a transaction that may only read where the database knows
    such, some thousand rows at a time. `row` is the number of the row in order of its columns. Raises CaseError where
    the database cannot be reached or read; no message shows a password.
    """
    try:
        from sqlalchemy import URL, MetaData, create_engine, inspect
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        right = "the extra database: pip install 'iro-rules[database]'"
        raise CaseError("reading a database needs SQLAlchemy, which is not installed", right=right) from error
    try:
        if isinstance(address, Path):
            address = URL.create("sqlite", database=str(address))
        engine = create_engine(address) if isinstance(address, str | URL) else address
    except (SQLAlchemyError, ImportError) as error:
        # The address itself may hold a password, so it is not shown.
        raise CaseError(f"this is no address of a database: {type(error).__name__}", right="dialect://...") from error
    shown = engine.url.render_as_string(hide_password=True)
    try:
        present = {name.lower(): name for name in inspect(engine).get_table_names(schema=schema)}
        present |= {name.lower(): name for name in inspect(engine).get_view_names(schema=schema)}
        wanted = {name: present[name] for name in TABLES if name in present}
        metadata = MetaData()
        metadata.reflect(engine, schema=schema, only=list(wanted.values()), views=True, resolve_fks=False)
        held = {table.name.lower(): table for table in metadata.tables.values()}
        with engine.connect() as plain, _only_reading(plain, engine.dialect.name) as connection:
            return {name: _selected(connection, held[name], TABLES[name], spool / name) for name in wanted}
    except SQLAlchemyError as error:
        raise CaseError(f"the database cannot be read: {type(error).__name__}", value=shown) from error


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as an SQLite database does. Raises CaseError for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise CaseError(f"the file cannot be read: {error.strerror}", value=str(path)) from error


@contextmanager
def _only_reading(connection: Any, dialect: str) -> Iterator[Any]:
    """A connection that streams and, where the database knows such, may not write while it is used here."""
    options: dict[str, Any] = {"stream_results": True, "yield_per": AT_ONCE}
    if dialect == "postgresql":
        options["postgresql_readonly"] = True
    connection = connection.execution_options(**options)
    if dialect != "sqlite":
        yield connection
        return
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        yield connection
    finally:
        # The connection goes back to the pool of whoever gave the engine.
        connection.exec_driver_sql("PRAGMA query_only = OFF")


def _selected(connection: Any, held: Any, table: Table, folder: Path) -> pl.LazyFrame:
    from sqlalchemy import String, select, type_coerce

    folder.mkdir(parents=True)
    lower = {column.name.lower(): column for column in held.columns}
    names = [name for column in table.columns.values() for name in column.names if name in lower]
    # As the database gives them: SQLAlchemy would fail on a text in what SQLite has declared a date or a number.
    statement = select(*(type_coerce(lower[name], String).label(name) for name in names)).order_by(
        *(lower[name] for name in names)
    )
    schema = {"row": pl.Int64, **dict.fromkeys(names, pl.String)}
    pl.DataFrame(schema=schema).write_parquet(folder / "000000.parquet")
    result = connection.execute(statement) if names else None
    count = 0
    for number, rows in enumerate(_batches(result), 1):
        texts = [(count + n, *map(_plain, row)) for n, row in enumerate(rows, 1)]
        count += len(rows)
        frame = pl.DataFrame(texts, schema=schema, orient="row")
        frame.write_parquet(folder / f"{number:06}.parquet", compression="lz4")
    return _chosen(pl.scan_parquet(folder / "*.parquet"), names, table, ())


def _plain(value: Any) -> str | None:
    """A value as a CSV file would have it; an identifier in a column of another type of number is still that number."""
    if isinstance(value, float | Decimal) and value == value and value == int(value):
        value = int(value)
    return None if value is None else str(value)


def _batches(result: Any) -> Iterator[Any]:
    return iter(()) if result is None else result.partitions(AT_ONCE)


def _chosen(frame: pl.LazyFrame, columns: list[str], table: Table, kept: tuple[str, ...]) -> pl.LazyFrame:
    """The columns that are wanted under our names, without placeholders and without times of day."""
    lower = {column.lower(): column for column in columns}
    found = []
    for ours, column in table.columns.items():
        there = next((lower[name] for name in column.names if name in lower), None)
        if there is None and column.needed:
            what = f"the table lacks a column, {column.names[0]}"
            raise CaseError(what, where=table.name, value=", ".join(columns), right=" or ".join(column.names))
        if there is None:
            continue
        text = pl.col(there).str.strip_chars()
        value = pl.when(~text.str.contains(PLACEHOLDERS)).then(text).otherwise(None)
        if column.date:
            value = value.str.replace(r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[ T].*$", "$1")
        found.append(value.alias(ours))
    return frame.select("row", *kept, *found)
