"""A made-up cohort in memory, for a notebook: two tables that `simulate` and `assess_cohort` take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import final

import attrs
import polars as pl

from iro_rules.engines.columnar import cases_schema
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.lab.synthetic.cohort import AS_OF, authorities, made_parts
from iro_rules.protocols import Protocol


@final
@attrs.frozen(eq=False)
class MadeCohort:
    """`events`, one row a fact, and `cases`, one row a case with what its record covers and its `authority`."""

    events: pl.DataFrame
    cases: pl.DataFrame


def made_cohort(
    children: int, *, seed: int = 0, count: int = 1, protocols: Sequence[Protocol] = (), as_of: date = AS_OF
) -> MadeCohort:
    """So many made-up children of `count` authorities, the first of which follow the protocols given.

    The same seed and options give the same cohort; all of it is in memory, some 4 kB a child.
    """
    parts = list(made_parts(authorities(children, count, protocols), seed=seed, as_of=as_of))
    cases = [
        pl.DataFrame(
            {
                "case": part.cases,
                "subject": "child",
                "covered": sum(BITS[kind] for kind in KINDS if kind not in part.authority.unrecorded),
            },
            schema=cases_schema(),
        ).with_columns(authority=pl.lit(part.authority.code))
        for part in parts
    ]
    return MadeCohort(
        pl.concat([part.events for part in parts]).sort("case", "id"),
        pl.concat(cases).sort("case", maintain_order=True),
    )
