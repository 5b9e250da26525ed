"""Made-up cohorts as files: event tables, or a return of two years, always with who follows which protocol."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from iro_rules.errors import CaseError
from iro_rules.formats.parquet_join import join_parquet
from iro_rules.lab.synthetic.cohort import AS_OF, Made, authorities, made_parts
from iro_rules.lab.synthetic.ssda903 import of_year
from iro_rules.protocols import Protocol

FORMATS = ("parquet", "csv", "ssda903")
AUTHORITIES, PROTOCOLS = "authorities.csv", "protocols.csv"
WORKED_OUT = ("caseload_rounded_up", "caseload_rounded_down")
Told = Callable[[int], None]


def generate_cohort(
    out: Path,
    *,
    cases: int,
    seed: int = 0,
    shape: str = "parquet",
    count: int = 12,
    protocols: Sequence[Protocol] = (),
    as_of: date = AS_OF,
    told: Told = lambda _: None,
) -> dict[str, int]:
    """Write a made-up cohort into a folder; how many rows each table has, by name.

    Beside the tables, `authorities.csv` has the authority of each case, and `protocols.csv` who follows which protocol.

    `shape` is `parquet` or `csv` for event tables, or `ssda903` for the return of the collection year that ends by
    `as_of` with the year before it. The first of the `count` authorities follow the protocols given. The same seed
    and options give the same bytes. Some thousand cases are in memory at a time. Raises CaseError for a shape that
    does not exist and for a folder that is not empty.
    """
    if shape not in FORMATS:
        raise CaseError("there is no such format of cohorts", value=shape, right=", ".join(FORMATS))
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise CaseError("the folder is not empty", value=str(out), right="a new folder, or an empty one")
    cohort = authorities(cases, count, protocols)
    parts = made_parts(cohort, seed=seed, as_of=as_of)
    files = _returns(out, as_of) if shape == "ssda903" else _tables(out, shape)
    total: dict[str, int] = {}
    next(files)
    done = 0
    for part in parts:
        for name, rows in files.send(part).items():
            total[name] = total.get(name, 0) + rows
        _append(part.cases.to_frame().with_columns(authority=pl.lit(part.authority.code)), out / AUTHORITIES)
        done += len(part.cases)
        told(done)
    files.close()
    follow = [(one.code, one.protocol or None) for one in cohort]
    pl.DataFrame(follow, schema={"authority": pl.String, "protocol": pl.String}, orient="row").write_csv(
        out / PROTOCOLS
    )
    return total


Files = Generator[dict[str, int], Made, None]


def _tables(out: Path, shape: str) -> Files:
    """Takes parts, and writes the event table, the case table and the authority of each case."""
    pieces: dict[str, list[Path]] = {}
    written: dict[str, int] = {}
    try:
        while True:
            part: Made = yield written
            written = {}
            for name, table in _event_tables(part, shape).items():
                written[f"{name}.{shape}"] = len(table)
                path = out / f"{name}.{shape}"
                if shape == "csv":
                    _append(table, path)
                else:
                    piece = out / f"{name}.{len(pieces.setdefault(name, [])):06}.piece"
                    table.write_parquet(piece, compression="zstd", statistics=False)
                    pieces[name].append(piece)
    finally:
        for name, some in pieces.items():
            with (out / f"{name}.parquet").open("wb") as file:
                join_parquet(some, file)
            for piece in some:
                piece.unlink()


def _event_tables(part: Made, shape: str) -> dict[str, pl.DataFrame]:
    coverage = " ".join(part.authority.covered)
    cases = part.cases.to_frame().with_columns(subject=pl.lit("child"), coverage=pl.lit(coverage))
    events = part.events.drop(WORKED_OUT)
    if shape == "csv":
        time = pl.from_epoch("at").dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        when = pl.coalesce(time, pl.col("on").dt.strftime("%Y-%m-%d"))
        lists = pl.col(pl.List(pl.String)).list.join(" ")
        events = events.with_columns(lists).select("case", "id", "kind", when.alias("when"), *events.columns[5:])
    return {"events": events, "cases": cases}


def _returns(out: Path, as_of: date) -> Files:
    """Takes parts, and writes the tables of two collection years."""
    last = as_of.year if as_of >= date(as_of.year, 3, 31) else as_of.year - 1
    written: dict[str, int] = {}
    while True:
        part: Made = yield written
        written = {}
        for year in (last - 1, last):
            folder = out / str(year)
            folder.mkdir(exist_ok=True)
            for name, table in of_year(part.events, year).items():
                written[f"{year}/{name}.csv"] = len(table)
                _append(table.with_columns(pl.col(pl.Date).dt.strftime("%d/%m/%Y")), folder / f"{name}.csv")


def _append(table: pl.DataFrame, path: Path) -> None:
    with path.open("ab") as file:
        table.write_csv(file, include_header=file.tell() == 0)
