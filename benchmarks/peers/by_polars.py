"""The nine duties by hand in Polars: joins over the long event table, days due from look-up tables.

Polars is MIT-licensed and much worked on; this library stands on it too.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.peers.work import (
    AS_OF,
    BEFORE,
    COLUMNS,
    EPOCH,
    FIRST,
    FIRST_DAYS,
    IRO,
    IRO_DAYS,
    LATE,
    LATER,
    LATER_MONTHS,
    MET,
    OPEN,
    OVERDUE,
    RULES,
    SECOND,
    SECOND_MONTHS,
    STANDINGS,
    tables,
)  # fmt: skip

_STANDING, _RULE = pl.Enum(STANDINGS), pl.Enum(RULES)


class Contender:
    """Cases and reviews are one number, so that each join has one whole number for its key."""

    def __init__(self) -> None:
        days = tables()
        self.first = days.first - EPOCH
        self.after = {count: pl.Series(days.after[count]) - EPOCH for count in (IRO_DAYS, FIRST_DAYS)}
        self.before = {count: pl.Series(days.before[count]) - EPOCH for count in (3, 15)}
        self.months = {count: pl.Series(days.months[count]) - EPOCH for count in (SECOND_MONTHS, LATER_MONTHS)}

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        table = pl.read_parquet(events, columns=["case", "id", "kind", "on", "review", "document"])
        facts = table.select(
            "case", "id", "kind", "document",
            day=pl.col("on").cast(pl.Int32),
            place=pl.col("case").rle_id(),
            key=pl.col("case").rle_id().cast(pl.Int64) * 2**32 + pl.col("review").to_physical(),
        )  # fmt: skip
        kinds = {str(kind): part for (kind,), part in facts.partition_by("kind", as_dict=True).items()}
        held, start = kinds["review_held"].lazy(), kinds["became_looked_after"].lazy()
        appointed = kinds.get("appointed", facts.clear()).lazy().select("place", done="day")
        same = pl.col("place") == pl.col("place").shift(-1)
        held = held.with_columns(
            next=pl.when(same).then(pl.col("day").shift(-1)),
            first=pl.col("place").is_first_distinct(),
        )
        first = held.filter("first").select("place", done="day")
        found = [
            self._finding(start.join(appointed, on="place", how="left"), IRO, self.after[IRO_DAYS]),
            self._finding(start.join(first, on="place", how="left"), FIRST, self.after[FIRST_DAYS]),
            self._finding(held.filter("first").with_columns(done="next"), SECOND, self.months[SECOND_MONTHS]),
            self._finding(held.filter(~pl.col("first")).with_columns(done="next"), LATER, self.months[LATER_MONTHS]),
        ]
        for duty in BEFORE:
            facts_of = kinds.get(duty.kind, facts.clear()).lazy()
            if duty.document:
                facts_of = facts_of.filter(pl.col("document") == duty.document)
            done = held.join(facts_of.select("key", done="day"), on="key", how="left")
            found.append(self._finding(done, duty.rule, self.before.get(duty.days)))
        pl.concat(found).collect(engine="in-memory").write_parquet(out, compression="zstd", statistics=False)

    def _finding(self, owed: pl.LazyFrame, rule: str, days: pl.Series | None) -> pl.LazyFrame:
        due = pl.col("day") if days is None else pl.lit(days).gather(pl.col("day") - self.first)
        done, today = pl.col("done"), (pl.lit(AS_OF).cast(pl.Int32))
        standing = (
            pl.when(done <= pl.col("due"))
            .then(pl.lit(MET, _STANDING))
            .when(done.is_not_null())
            .then(pl.lit(LATE, _STANDING))
            .when(pl.col("due") < today)
            .then(pl.lit(OVERDUE, _STANDING))
            .otherwise(pl.lit(OPEN, _STANDING))
        )
        found = owed.with_columns(due=due).with_columns(standing=standing)
        return found.select(
            "case", rule=pl.lit(rule, _RULE), about="id", standing="standing", due_on=pl.col("due").cast(pl.Date)
        ).select(COLUMNS)
