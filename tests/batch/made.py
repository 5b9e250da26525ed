"""A small cohort of several authorities, and jobs over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from iro_rules.batch import FrameCohort, Job, Terms
from iro_rules.facts.kinds import BITS
from iro_rules.lab.synthetic import authorities, made_parts
from iro_rules.lab.synthetic.cohort import Authority
from iro_rules.protocols import Registry

AS_OF = "2026-03-31"


@cache
def cohort(cases: int = 120, count: int = 2, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Authority, ...]]:
    """The events and the cases of some authorities, and these; the first follows the last protocol installed."""
    known = authorities(cases, count, Registry.discover().protocols[-1:])
    parts = list(made_parts(known, seed=seed))
    table = pl.concat(
        [
            pl.DataFrame({"case": part.cases}).with_columns(
                subject=pl.lit("child"),
                covered=pl.lit(sum(BITS[kind] for kind in part.authority.covered), pl.Int64),
                authority=pl.lit(part.authority.code),
            )
            for part in parts
        ]
    )
    return pl.concat([part.events for part in parts]), table, known


def protocols(known: tuple[Authority, ...]) -> dict[str, str]:
    """The protocol of each authority that follows one."""
    return {one.code: one.protocol for one in known if one.protocol}


def job(
    folder: Path,
    name: str = "findings.parquet",
    *,
    cases_at_once: int = 40,
    frames: Any = None,
    **options: Any,
) -> Job:
    """A job over the small cohort, in parts of so many cases, or over other frames."""
    events, cases, known = cohort()
    read = frames or FrameCohort(events, cases.drop("authority"), cases_at_once)
    made = Job(
        cohort=lambda _: read,
        identity="the small cohort",
        terms=Terms(as_of=AS_OF, protocols=protocols(known)),
        out=folder / name,
        rejects=folder / "rejects.jsonl",
        authorities=cases.select("case", "authority"),
        workers=2,
    )
    return attrs.evolve(made, **options)
