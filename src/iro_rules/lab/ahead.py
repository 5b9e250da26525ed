"""What lies ahead: deadlines that fall within so many days, and how much falls to each role in each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from iro_rules.assessment import Assessment
from iro_rules.errors import CaseError
from iro_rules.facts.fields import to_date
from iro_rules.lab.frames import SEPARATOR, findings_frame

TO_DO = ("open", "overdue")
"""The standings of what is still to be done."""

Findings = Assessment | Iterable[Assessment] | pl.DataFrame
"""Assessments, or a frame with at least the columns `case`, `finding`, `standing`, `due` and `bearer`."""


def due_within(findings: Findings, days: int, *, as_of: date | str) -> pl.DataFrame:
    """What is open and falls due on the day given or within so many calendar days after it, the nearest first.

    The columns of `findings_frame`, with `days_left` (0: today) first. What is overdue already is not ahead:
    see the standing `overdue`. Raises CaseError for a negative number of days.
    """
    today = _day(as_of)
    if days < 0:
        raise CaseError("days ahead cannot be fewer than none", value=days, right="0 or more")
    frame = _frame(findings)
    ahead = pl.col("due").is_between(today, today + timedelta(days=days)) & (pl.col("standing") == "open")
    left = (pl.col("due") - today).dt.total_days()
    found = frame.filter(ahead).with_columns(days_left=left).sort("due", "case", "finding")
    return found.select("days_left", *frame.columns)


def workload(findings: Findings, *, as_of: date | str) -> pl.DataFrame:
    """How many things still to be done fall to each role in each week: `role`, `week` (its Monday), `open`, `overdue`.

    What is overdue counts in the week of the day given, since it is to be done now; what has no deadline has a
    null week. Where several share or may each do one act, it counts for each of them.
    """
    today = _day(as_of)
    when = pl.when(pl.col("standing") == "overdue").then(pl.lit(today)).otherwise(pl.col("due"))
    return (
        _frame(findings)
        .filter(pl.col("standing").is_in(TO_DO))
        .with_columns(role=pl.col("bearer").str.split(SEPARATOR), week=when.dt.truncate("1w"))
        .explode("role", empty_as_null=True)
        .group_by("role", "week")
        .agg(open=(pl.col("standing") == "open").sum(), overdue=(pl.col("standing") == "overdue").sum())
        .sort("week", "role", nulls_last=True)
    )


def _day(value: date | str) -> date:
    day = to_date(value, name="as_of")
    return date(day.year, day.month, day.day)


def _frame(findings: Findings) -> pl.DataFrame:
    if isinstance(findings, pl.DataFrame):
        missing = [name for name in ("case", "finding", "standing", "due", "bearer") if name not in findings.columns]
        if missing:
            raise CaseError("the frame of findings lacks a column", value=missing[0], right="a frame of findings")
        return findings
    return findings_frame(findings)
