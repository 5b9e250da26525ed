"""What records cover, in words as tables of cases have it, and in the columns of a case table."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from iro_rules.engines.columnar import SINCE, since_schema
from iro_rules.errors import CaseError
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import BITS, KINDS

FROM = ">="
"""Stands between a kind of fact and the first day from which it is recorded."""


def bits_of(coverage: Coverage) -> int:
    """The bits of the kinds a record covers whole."""
    return sum(BITS[kind] for kind in coverage.kinds)


def coverage_in(said: str) -> Coverage:
    """The coverage that words say: `everything`, `nothing`, or kinds of facts with spaces between them.

    A kind may have a first day: `review_held>=2025-04-01`. Kinds with first days may stand behind `everything`, which
    then is all but them. Raises CaseError for anything else, and for a kind said twice.
    """
    kinds: list[str] = []
    days: dict[str, str] = {}
    for word in said.split():
        kind, dated, day = word.partition(FROM)
        if dated and not (kind and day):
            right = "one word of the two, such as review_held>=2025-04-01"
            raise CaseError("a kind of fact and its first day do not stand together", value=word, right=right)
        if kind in days or kind in kinds:
            raise CaseError("coverage names a kind of fact twice", value=word, right="each kind once")
        if dated:
            days[kind] = day
        else:
            kinds.append(kind)
    if kinds == ["everything"]:
        return Coverage.everything().recorded_from(days)
    if not kinds and not days:
        raise CaseError("coverage is not said", value=said, right="everything, nothing, or kinds of facts")
    return Coverage.only(since=days) if kinds == ["nothing"] and not days else Coverage.only(*kinds, since=days)


def words_of(coverage: Coverage) -> str:
    """The words that `coverage_in` reads back."""
    if coverage == Coverage.everything():
        return "everything"
    dated = (f"{kind}{FROM}{day.isoformat()}" for kind, day in coverage.since)
    return " ".join([*sorted(coverage.kinds), *dated]) or "nothing"


def covered_by(cases: pl.DataFrame) -> list[Coverage]:
    """What the record of each case of a case table covers."""
    names = since_schema(cases.columns)
    return [
        Coverage.only(
            *(kind for kind in KINDS if row["covered"] & BITS[kind]),
            since={name.removeprefix(SINCE): row[name] for name in names if row[name] is not None},
        )
        for row in cases.iter_rows(named=True)
    ]


def dated(cases: pl.DataFrame, coverage: Coverage) -> pl.DataFrame:
    """The cases with the first days of a coverage, where they say none that is earlier."""
    for kind, day in coverage.since:
        name = f"{SINCE}{kind}"
        before = [pl.col(name)] if name in cases.columns else []
        cases = cases.with_columns(pl.min_horizontal(*before, pl.lit(day, pl.Date)).alias(name))
    return cases


def undated(cases: pl.DataFrame, bits: pl.Expr) -> pl.DataFrame:
    """The cases without first days of kinds that are among some bits; a column in which none is left goes, too."""
    names = since_schema(cases.columns)
    free = {name: bits & BITS[name.removeprefix(SINCE)] == 0 for name in names}
    cases = cases.with_columns(pl.when(mask).then(name).alias(name) for name, mask in free.items())
    return cases.drop(name for name in names if cases[name].null_count() == len(cases))


def together(cases: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """The same as `earliest` of two tables of the same cases in the same order, which takes no looking for them."""
    days = {
        name: pl.min_horizontal(*(table[name] for table in (cases, more) if name in table.columns))
        for name in since_schema((*cases.columns, *more.columns))
    }
    return cases.with_columns(pl.col("covered") | more["covered"], **days)


def earliest(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Case tables of several sources as one: what any covers is covered, or is from the earliest day that one gives.

    Each source by itself is whole from its own day on, so that together they are from the first of these.
    """
    cases = pl.concat(tables, how="diagonal")
    days = [pl.min(name) for name in since_schema(cases.columns)]
    return cases.group_by("case").agg(pl.first("subject"), pl.col("covered").bitwise_or(), *days).sort("case")
