"""Findings as tidy frames: one row a finding, every column a plain value, so that there is nothing to unpack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pendulum
import polars as pl

from iro_rules.assessment import Assessment, Finding
from iro_rules.rulebook.law import Towards

FINDINGS: Mapping[str, pl.DataType] = {
    "case": pl.String(),
    "as_of": pl.String(),
    "rulebook": pl.String(),
    "finding": pl.String(),
    "rule": pl.String(),
    "national_rule": pl.String(),
    "kind": pl.String(),
    "standing": pl.String(),
    "due": pl.Date(),
    "due_at": pl.Datetime("us", "Europe/London"),
    "bearer": pl.String(),
    "to": pl.String(),
    "contact": pl.String(),
    "act": pl.String(),
    "force": pl.String(),
    "modality": pl.String(),
    "verified": pl.String(),
    "source": pl.String(),
    "missing": pl.String(),
    "holds_under_every_reading": pl.Boolean(),
}
"""The columns of `findings_frame`."""

SEPARATOR = ", "
"""Between several names in one cell: bearers, recipients, what is missing."""


def findings_frame(assessments: Assessment | Iterable[Assessment]) -> pl.DataFrame:
    """The findings of one or more assessments, one row each, in their order.

    `due` is the last day in time; where a clock runs in hours, `due_at` is the instant and `due` its London day.
    `bearer`, `to` and `missing` hold several names with commas between; `national_rule` is the rule of the national
    rulebook that a local one implements or tightens (empty for others); `contact` is a title, after stand-ins.
    Use `.to_pandas()` or `.to_arrow()` of the frame for those libraries.
    """
    several = [assessments] if isinstance(assessments, Assessment) else list(assessments)
    rows = [row_of(made, finding) for made in several for finding in made]
    return pl.DataFrame(rows, schema=dict(FINDINGS), orient="row")


def row_of(made: Assessment, finding: Finding) -> dict[str, Any]:
    """One finding as a row of the frame."""
    serves = (Towards.IMPLEMENTS, Towards.TIGHTENS)
    return {
        "case": made.case,
        "as_of": made.as_of,
        "rulebook": made.provenance.rulebook,
        "finding": finding.id,
        "rule": finding.rule,
        "national_rule": SEPARATOR.join(rule for towards, rule in finding.law.national if towards in serves),
        "kind": finding.kind,
        "standing": str(finding.standing),
        "due": due_day(finding),
        "due_at": finding.due if isinstance(finding.due, pendulum.DateTime) else None,
        "bearer": SEPARATOR.join(finding.bearer),
        "to": SEPARATOR.join(finding.to),
        "contact": "" if finding.contact is None else finding.contact.title,
        "act": finding.act,
        "force": str(finding.law.force),
        "modality": str(finding.law.modality),
        "verified": str(finding.law.verified),
        "source": finding.law.citation,
        "missing": SEPARATOR.join(finding.missing),
        "holds_under_every_reading": finding.holds_under_every_reading,
    }


def due_day(finding: Finding) -> date | None:
    """The last day on which the act is in time, or None."""
    if finding.due is None:
        return None
    return date(finding.due.year, finding.due.month, finding.due.day)
