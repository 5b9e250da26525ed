"""Cases as objects from their tables, so that the readers of single cases can judge what was made for cohorts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pendulum

from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import BITS, FIELDS, KINDS


def cases_of(events: Any, cases: Any) -> Iterator[Case]:
    """The cases of an event table and a case table (see `columnar`), in order; both stand in order of case."""
    rows = events.iter_rows(named=True)
    row = next(rows, None)
    for case in cases.iter_rows(named=True):
        facts = []
        while row is not None and row["case"] == case["case"]:
            facts.append(fact_of(row))
            row = next(rows, None)
        kinds = (kind for kind in KINDS if case["covered"] & BITS[kind])
        days = {kind: day for kind in KINDS if (day := case.get(f"since.{kind}")) is not None}
        yield Case(case["case"], facts, coverage=Coverage.only(*kinds, since=days), subject=case["subject"])


def fact_of(row: Mapping[str, Any]) -> Fact:
    """The fact of one row; its terms count as looked up in whatever rulebook is in use."""
    at = row.get("at")
    when = row["on"].isoformat() if at is None else pendulum.from_timestamp(at, tz="Europe/London")
    fields: dict[str, Any] = {}
    for name, value in row.items():
        if name in FIELDS and value is not None and name not in KINDS[row["kind"]].WORKED_OUT:
            holds = FIELDS[name]
            if holds.startswith("terms:"):
                fields[name] = tuple(LookedUp(term) for term in value)
            else:
                fields[name] = LookedUp(value) if holds.startswith("term:") else value
    return KINDS[row["kind"]](when, id=row["id"], **fields)
