"""Sources read whole, for the tests."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from iro_rules.cohorts import Cohort, FactSource, Part


def whole(cohort: Cohort) -> Part:
    """All parts of a cohort as one, each asked for by itself."""
    from iro_rules.cohorts import added

    parts = list(cohort.parts())
    tables = {
        name: pl.concat([getattr(part, name) for part in parts], how="diagonal")
        for name in ("events", "cases", "rejects", "notices")
    }
    return Part(**tables, counts=added(part.counts for part in parts))


def read(*sources: FactSource, spool: Path, cases_at_once: int = 1000) -> Part:
    """The one part of some sources."""
    return whole(Cohort.of(sources, spool=spool / "laid", cases_at_once=cases_at_once))


def told(part: Part) -> list[tuple[str, int, str | None, str, str]]:
    """The rejects of a part, in brief: table, row, case, field and code."""
    return [(r["table"], r["row"], r["case"], r["field"], r["code"]) for r in part.rejects.iter_rows(named=True)]
