"""Monthly figures: how many matters are open on each ladder across the cases of a service, at the end of each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import final

import attrs
import pendulum

from iro_rules.assessment.answer import Engine
from iro_rules.assessment.assessing import assess
from iro_rules.assessment.assessment import Assessment
from iro_rules.assessment.settings import Setting
from iro_rules.errors import CaseError, FieldError
from iro_rules.facts import Case
from iro_rules.facts.fields import to_date
from iro_rules.rulebook import Standing


@final
@attrs.frozen(kw_only=True)
class OpenMatters:
    """How many matters of one ladder are open on a day.

    `untold` are the cases whose record does not show whether any is: they are in neither figure.
    """

    as_of: date
    ladder: str
    open: int
    untold: int


def open_matters(assessments: Iterable[Assessment], where: Setting) -> tuple[OpenMatters, ...]:
    """The open matters of each ladder that is counted, by the day asked about, then in the order of the ladders.

    Raises CaseError where one case is given twice for one day: it would be counted twice.
    """
    ladders = [ladder.id for ladder in where.rulebook.ladders if ladder.counted]
    found: Counter[tuple[date, str]] = Counter()
    untold: Counter[tuple[date, str]] = Counter()
    seen: set[tuple[date, str]] = set()
    for made in assessments:
        day = to_date(made.as_of[:10], name="as_of")
        if (day, made.case) in seen:
            raise CaseError("a case is counted twice on one day", where=f"case {made.case}", value=day.isoformat())
        seen.add((day, made.case))
        for ladder in ladders:
            standings = [finding.standing for finding in made.findings if finding.rule == f"{ladder}/open"]
            found[day, ladder] += sum(standing == Standing.HOLDS for standing in standings)
            untold[day, ladder] += Standing.NOT_EVALUABLE in standings
    return tuple(
        OpenMatters(as_of=day, ladder=ladder, open=found[day, ladder], untold=untold[day, ladder])
        for day in sorted({day for day, _ in seen})
        for ladder in ladders
    )


def open_each_month(
    cases: Iterable[Case],
    where: Setting,
    *,
    first: str,
    last: str,
    readings: Mapping[str, str] | None = None,
    engine: str = Engine.CHECKED,
) -> tuple[OpenMatters, ...]:
    """The open matters of each counted ladder at the end of each month from `first` to `last` (such as 2026-03).

    Raises FieldError for what is not a month, and whatever `assess` raises.
    """
    days, known = month_ends(first, last), tuple(cases)
    judged = (
        assess(case, as_of=day, protocol=where, engine=engine, readings=readings, robustness=False)
        for day in days
        for case in known
    )
    return open_matters(judged, where)


def month_ends(first: str, last: str) -> tuple[date, ...]:
    """The last day of each month from one to another, both given as 2026-03. Raises FieldError for anything else."""
    start, end = _month(first), _month(last)
    if start > end:
        raise FieldError("the first month comes after the last", value=f"{first} to {last}", right="the earlier first")
    found = []
    while start <= end:
        found.append(start.end_of("month"))
        start = start.add(months=1)
    return tuple(date(day.year, day.month, day.day) for day in found)


def _month(value: str) -> pendulum.Date:
    if len(value) != len("2026-03"):
        raise FieldError("this is not a month", value=value, right="a month such as 2026-03")
    return to_date(f"{value}-01", name="month")
