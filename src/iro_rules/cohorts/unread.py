"""What is lost of a record with the rows that could not be read: of those kinds an absence is no evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from iro_rules.cohorts.coverage import undated
from iro_rules.cohorts.parts import lost_schema
from iro_rules.cohorts.sieve import Sieve
from iro_rules.facts.kinds import BITS


def lost_with(sieves: Mapping[str, Sieve], shows: Mapping[str, Iterable[str]]) -> pl.DataFrame:
    """The kinds lost of each case (`lost_schema`): of a row without a known kind, all that its table shows."""
    found = [pl.DataFrame(schema=lost_schema())]
    for table, sieve in sieves.items():
        whole = sum(BITS[kind] for kind in shows.get(table, ()))
        bits = pl.col("kind").replace_strict(BITS, default=whole, return_dtype=pl.Int64)
        found.append(sieve.unread.filter(pl.col("case").is_not_null()).select("case", bits=bits))
    return pl.concat(found).group_by("case").agg(pl.col("bits").bitwise_or()).sort("case")


def without(cases: pl.DataFrame, lost: pl.DataFrame) -> pl.DataFrame:
    """The cases less the kinds that are lost, which are not covered from any day on either."""
    if lost.is_empty():
        return cases
    joined = cases.join(lost, on="case", how="left", maintain_order="left").with_columns(pl.col("bits").fill_null(0))
    return undated(joined.with_columns(pl.col("covered") & ~pl.col("bits")), pl.col("bits")).drop("bits")
