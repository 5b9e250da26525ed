"""A cohort as the tables that the columnar reader takes, without making an object of any fact."""

from __future__ import annotations

import polars as pl

from iro_rules.engines.columnar import cases_schema, events_schema
from iro_rules.facts.kinds import BITS, FIELDS, KINDS
from iro_rules.lab.synthetic.block import EPOCH, NONE
from iro_rules.testing.realistic import Cohort


def event_table(cohort: Cohort) -> pl.DataFrame:
    """The facts as the event table that the columnar reader takes."""
    schema = events_schema()
    columns = [_series(cohort, name).rename(name) for name in schema]
    return pl.DataFrame(columns).cast(dict(schema))  # type: ignore[arg-type]


def case_table(cohort: Cohort) -> pl.DataFrame:
    """The cases as the case table that the columnar reader takes."""
    covered = sum(BITS[kind] for kind in KINDS)
    return pl.DataFrame({"case": cohort.cases, "subject": "child", "covered": covered}, schema=cases_schema())


def _series(cohort: Cohort, name: str) -> pl.Series:
    column = cohort.columns.get(name)
    if column is None:
        return pl.Series([None]).new_from_index(0, len(cohort))
    numbers = pl.Series(column)
    numbers = numbers.set(numbers == NONE, None)
    if name == "case" or name in cohort.words:
        words = cohort.cases if name == "case" else cohort.words[name]
        return pl.Series(words, dtype=pl.String).gather(numbers.cast(pl.UInt32))
    if name == "on" or FIELDS.get(name) == "date":
        return (numbers - EPOCH).cast(pl.Date)
    return numbers
