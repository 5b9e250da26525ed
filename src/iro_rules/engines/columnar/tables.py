"""Cases as tables, one row a fact and one row a case; and verdicts back from their table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from iro_rules.engines.verdict import Verdict
from iro_rules.facts import Case
from iro_rules.facts.kinds import BITS, FIELDS, KIND_FIELDS, KINDS

Dtype = pl.DataType | type[pl.DataType]
Schema = dict[str, Dtype]

_TYPES: Mapping[str, Dtype] = {
    "key": pl.Categorical(), "term": pl.Categorical(), "terms": pl.List(pl.String), "date": pl.Date, "int": pl.Int32
}  # fmt: skip


def events_schema() -> Schema:
    """The columns of an event table, one row a fact.

    `case`, `id` and `kind`; `on`, the London day; `at`, seconds since 1970 UTC, null where only the day is
    known; then every field a rule can read. Keys and terms are categorical, so that a text that comes again
    and again is stored and looked at once; plain strings are taken too, and turned into it.
    """
    fields = {name: _TYPES[written.partition(":")[0]] for name, written in FIELDS.items()}
    return {
        "case": pl.String, "id": pl.String, "kind": pl.Enum(list(KINDS)), "on": pl.Date, "at": pl.Int64, **fields
    }  # fmt: skip


SINCE = "since."
"""With the name of a kind behind it, the column of the days from which on the records of cases hold that kind."""


def cases_schema() -> Schema:
    """The columns of a case table: `case`, `subject`, and `covered`, the bits of the kinds the record covers.

    For each kind that some record holds only from a day on there may be a column besides (`since_schema`).
    """
    return {"case": pl.String, "subject": pl.String, "covered": pl.Int64}


def since_schema(names: Iterable[str] | None = None) -> Schema:
    """The columns that a case table may have besides, or those of them among some names: `since.` and a kind.

    Each holds the day from which on a case's record holds that kind; null where it holds all of it, or none.
    """
    every = [f"{SINCE}{kind}" for kind in KINDS]
    some = every if names is None else set(names)
    return dict.fromkeys((name for name in every if name in some), pl.Date)


def event_table(cases: Iterable[Case]) -> pl.DataFrame:
    """The facts of some cases as an event table, case after case, each in order of id."""
    names = {kind: ("case", "id", "on", "at", "row", *sorted(KIND_FIELDS[kind])) for kind in KINDS}
    found: dict[str, list[tuple[Any, ...]]] = {}
    count = 0
    for case in cases:
        for fact in case.facts:
            kind, at = fact.kind(), fact.at
            values = [getattr(fact, name) for name in names[kind][5:]]
            values = [None if value == () else value for value in values]
            seconds = None if at is None else int(at.timestamp())
            found.setdefault(kind, []).append((case.id, fact.id, fact.on, seconds, count, *values))
            count += 1
    schema = events_schema()
    types = schema | {"row": pl.Int64}
    parts = [
        pl.DataFrame(rows, schema={name: types[name] for name in names[kind]}, orient="row").with_columns(
            kind=pl.lit(kind, schema["kind"])
        )
        for kind, rows in sorted(found.items())
    ]
    whole = pl.concat([pl.DataFrame(schema=types), *parts], how="diagonal")
    return whole.sort("row").select(list(schema))


def case_table(cases: Iterable[Case]) -> pl.DataFrame:
    """Some cases, one row each."""
    given = list(cases)
    rows = [(case.id, case.subject, sum(BITS[kind] for kind in case.coverage.kinds)) for case in given]
    days = [{f"{SINCE}{kind}": day for kind, day in case.coverage.since} for case in given]
    schema = since_schema({name for some in days for name in some})
    dated = {name: pl.Series([some.get(name) for some in days], dtype=dtype) for name, dtype in schema.items()}
    return pl.DataFrame(rows, schema=cases_schema(), orient="row").with_columns(**dated)


def to_verdicts(table: pl.DataFrame) -> dict[str, tuple[Verdict, ...]]:
    """The verdicts of a table of them, by case: plain values, as every reader gives them."""
    found: dict[str, list[Verdict]] = {}
    for row in table.iter_rows(named=True):
        due = row["due_on"]
        found.setdefault(row["case"], []).append(
            Verdict(
                row["rule"],
                row["about"],
                row["standing"],
                None if due is None else due.toordinal(),
                row["due_at"],
                tuple((fact["name"], fact["id"]) for fact in row["facts"]),
                row["missing"],
                row["contact"],
            )
        )
    return {case: tuple(verdicts) for case, verdicts in found.items()}
