"""What the tables of the Standard Safeguarding Dataset cover for each child, whole or from their first day on."""

from __future__ import annotations

from datetime import date

import polars as pl

from iro_rules.engines.columnar import SINCE
from iro_rules.facts.kinds import BITS


def covered_of(
    ids: pl.Series, periods: pl.DataFrame, unmapped: pl.DataFrame, covered: int, first_day: date
) -> pl.DataFrame:
    """What is covered for each child: less where a start, an end or a legal status is not known.

    Where a start lies before the first day of the tables, what would be of that period is covered from that day on. It
    is not where a review may stand in the wrong one of several periods, because the start of one is not known.
    """
    begun = pl.col("begun").is_not_null().all()
    unsure = periods.group_by("case").agg(
        early=pl.col("early").any(), unended=pl.col("unended").any(), begun=begun, placed=begun | (pl.len() == 1)
    )
    cases = pl.DataFrame({"case": ids}).join(unsure, on="case", how="left", maintain_order="left")
    cases = cases.join(unmapped, on="case", how="left", maintain_order="left")
    start = BITS["became_looked_after"] | BITS["review_held"] | BITS["visited"]
    bits = pl.lit(covered, pl.Int64)
    for mask, less in (
        (pl.col("early").fill_null(True), start),
        (pl.col("unended").fill_null(True), BITS["ceased_to_be_looked_after"]),
        (pl.col("unmapped").fill_null(False), BITS["legal_status"]),
    ):
        bits = pl.when(mask).then(bits & ~pl.lit(less, pl.Int64)).otherwise(bits)
    sure = {"became_looked_after": "begun", "review_held": "placed", "visited": "placed"}
    days = {
        f"{SINCE}{kind}": pl.when("early", known).then(pl.lit(first_day))
        for kind, known in sure.items()
        if covered & BITS[kind]
    }
    return cases.select("case", subject=pl.lit("child"), covered=bits, **days)
