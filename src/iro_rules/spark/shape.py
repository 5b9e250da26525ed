"""The tables that come out of a partition, and their types in Polars, in Spark's words and in Arrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from iro_rules.batch.findings import RuleTable
from iro_rules.cohorts.parts import rejects_schema

Schema = dict[str, pl.DataType]
TABLES = ("findings", "rejects", "rows")
"""What one pass over a cohort gives: `rows` has how many rows of each table were read and used."""

_INPUT = {
    "string": pl.String(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us", "UTC"),
    "timestamp_ntz": pl.Datetime("us"),
    "tinyint": pl.Int8(),
    "smallint": pl.Int16(),
    "int": pl.Int32(),
    "bigint": pl.Int64(),
    "array<string>": pl.List(pl.String()),
    "void": pl.Null(),
}


def read_as(words: str) -> pl.DataType:
    """What a column of a type in Spark's words is to Polars; what no column of an event table is comes as Object."""
    return _INPUT.get(words, pl.Object())


def schemas(rules: RuleTable) -> dict[str, Schema]:
    """The columns of each table that comes out, in the types that Spark has for them."""
    told = {**rejects_schema(), "used": pl.Boolean()}
    rows = {"table": pl.String(), "rows_in": pl.Int64(), "rows_used": pl.Int64()}
    found: tuple[Mapping[str, Any], ...] = (rules.schema(), told, rows)
    return {
        name: {column: _plain(held) for column, held in pl.Schema(schema).items()}
        for name, schema in zip(TABLES, found, strict=True)
    }


def in_one(tables: Mapping[str, pl.DataFrame], shapes: Mapping[str, Schema]) -> pl.DataFrame:
    """The tables as one: `of` says whose row it is, and one column for each table has it."""
    parts = []
    for name, table in tables.items():
        columns = [pl.col(column).cast(held) for column, held in shapes[name].items()]
        parts.append(table.select(of=pl.lit(name), **{name: pl.struct(columns)}))
    return pl.concat(parts, how="diagonal").select("of", *shapes)


def ddl(shapes: Mapping[str, Schema]) -> str:
    """The one table in Spark's words."""
    return ", ".join(["of string", *(f"`{name}` {_words(pl.Struct(shape))}" for name, shape in shapes.items())])


def to_arrow(table: pl.DataFrame, shapes: Mapping[str, Schema]) -> list[Any]:
    """The one table as record batches in the types that Spark takes, those with 32-bit offsets."""
    import pyarrow as pa

    fields = [("of", pa.string()), *((name, _arrow(pl.Struct(shape))) for name, shape in shapes.items())]
    whole = table.to_arrow(compat_level=pl.CompatLevel.oldest())
    batches: list[Any] = whole.cast(pa.schema(fields)).to_batches()
    return batches


def _plain(held: pl.DataType) -> pl.DataType:
    if isinstance(held, pl.Enum | pl.Categorical):
        return pl.String()
    if isinstance(held, pl.Datetime):
        return pl.Datetime("us", "UTC")
    if isinstance(held, pl.List):
        return pl.List(_plain(pl.Series(dtype=held.inner).dtype))
    if isinstance(held, pl.Struct):
        return pl.Struct({field.name: _plain(pl.Series(dtype=field.dtype).dtype) for field in held.fields})
    return held


def _words(held: Any) -> str:
    if isinstance(held, pl.List):
        return f"array<{_words(held.inner)}>"
    if isinstance(held, pl.Struct):
        return f"struct<{', '.join(f'`{field.name}`: {_words(field.dtype)}' for field in held.fields)}>"
    return next(words for words, one in (*_OUTPUT, *_INPUT.items()) if one == held)


_OUTPUT = (("boolean", pl.Boolean()),)


def _arrow(held: Any) -> Any:
    import pyarrow as pa

    if isinstance(held, pl.List):
        return pa.list_(_arrow(held.inner))
    if isinstance(held, pl.Struct):
        return pa.struct([(field.name, _arrow(field.dtype)) for field in held.fields])
    return {
        pl.String(): pa.string(),
        pl.Date(): pa.date32(),
        pl.Boolean(): pa.bool_(),
        pl.Int64(): pa.int64(),
        pl.Datetime("us", "UTC"): pa.timestamp("us", "UTC"),
    }[held]
