"""Small cases, cohorts and rulebooks for the tests of the lab."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs
import polars as pl

from benchmarks.tables import case_table, event_table
from iro_rules import Case, Coverage, Setting, read_case, setting
from iro_rules.facts import BecameLookedAfter, ReviewHeld, ReviewPlanned
from iro_rules.facts.fields import to_date
from iro_rules.testing.realistic import cohort

AS_OF = "2026-03-02"
EXAMPLES = Path(__file__).parents[2] / "examples"


@attrs.frozen(eq=False)
class Tables:
    """A cohort."""

    events: pl.DataFrame
    cases: pl.DataFrame


def child(coverage: Coverage | None = None) -> Case:
    """A child whose first review was held in time and whose second is planned."""
    facts = [
        BecameLookedAfter("2026-01-05", id="start"),
        ReviewHeld("2026-02-02", id="held", review="first"),
        ReviewPlanned("2026-02-02", id="plan", review="second", planned_for=to_date("2026-04-29", name="planned_for")),
    ]
    return Case("c1", facts, coverage=coverage or Coverage.everything())


@cache
def under(protocol: str | None = None) -> Setting:
    """The national rules, or a protocol laid over them."""
    return setting(protocol)


@cache
def dispute() -> Case:
    """The shipped example of a dispute in Rochdale."""
    return read_case(EXAMPLES / "rochdale-dispute.json", terms=under("rochdale").rulebook.terms).case


@cache
def children(count: int = 300) -> Tables:
    """A small cohort."""
    made = cohort(count, seed=5)
    return Tables(event_table(made), case_table(made))
