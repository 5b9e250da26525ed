"""A cohort as a council's table has it: text with spaces around it here and there, some rows without an id, some that
cannot be used, and cases that name each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from iro_rules.batch import Terms
from iro_rules.cohorts.event_writing import write_events
from tests.batch.made import AS_OF, cohort, protocols


@cache
def terms() -> Terms:
    """Under which the cohort is judged."""
    return Terms(as_of=AS_OF, protocols=protocols(cohort()[2]))


def write(folder: Path) -> None:
    """Write `events.parquet` and `cases.parquet`, both with their rows numbered, the second with the authority."""
    events, cases, _ = cohort()
    write_events(events, cases, folder / "plain", "csv")
    text = pl.read_csv(folder / "plain" / "events.csv", infer_schema=False)
    number = pl.int_range(pl.len())
    text = text.with_columns(id=pl.when(number % 5 != 0).then("id"))
    padded = [pl.when(number % 3 == 0).then(pl.format(" {}\t", name)).otherwise(name) for name in ("case", "kind")]
    text = text.with_columns(
        pl.coalesce(one, name).alias(name) for one, name in zip(padded, ("case", "kind"), strict=True)
    )
    first = text[:60]
    wrong = [
        text[100:140],
        first[:10].with_columns(kind=pl.lit("nothing_known")),
        first[10:20].with_columns(when=pl.lit("2026-02-30")),
        first[20:30].with_columns(case=pl.lit(None, pl.String)),
        first[30:40].with_columns(case=pl.lit("?!")),
        first[40:50].with_columns(case=pl.lit("nobody")),
        first[50:60].with_columns(period=pl.lit("p"), id=pl.lit("one-id")),
    ]
    rows = pl.concat([text, *wrong]).sample(fraction=1.0, shuffle=True, seed=3)
    rows.with_columns(row=pl.int_range(1, pl.len() + 1)).write_parquet(folder / "events.parquet")
    listed = pl.read_csv(folder / "plain" / "cases.csv", infer_schema=False)
    told = listed.with_columns(authority=cases["authority"])
    again = told[:3].with_columns(coverage=pl.lit("nothing"), authority=pl.lit("other"))
    odd = told[3:5].with_columns(case=pl.lit("c-odd"), coverage=pl.lit("something"))
    every = pl.concat([told, again, odd])
    every.with_columns(row=pl.int_range(1, pl.len() + 1)).write_parquet(folder / "cases.parquet")
