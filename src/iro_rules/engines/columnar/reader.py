"""The columnar reader: what a rulebook says of whole cohorts, case by case the same as `meaning`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import lru_cache

import polars as pl

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.columnar.checks import checked_cases, checked_events, typed_events
from iro_rules.engines.columnar.cohort import gather
from iro_rules.engines.columnar.days import Days
from iro_rules.engines.columnar.plan import Plan
from iro_rules.engines.columnar.reading import Reading
from iro_rules.engines.columnar.related import Neighbours
from iro_rules.engines.columnar.tables import case_table, event_table, to_verdicts
from iro_rules.engines.rows import AsOf
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CalendarError
from iro_rules.facts import Case
from iro_rules.rulebook.core import Core

Moment = date | datetime | str | AsOf
Tables = tuple[pl.DataFrame, pl.DataFrame]
CASES_AT_ONCE = 25_000
"""How many cases are judged together: fewer cost more time each, more take more memory (see figures.md)."""


def judge_table(
    core: Core,
    *,
    events: pl.DataFrame,
    cases: pl.DataFrame,
    as_of: Moment,
    calendar: Calendar,
    related: bool | Tables = True,
    cases_at_once: int = CASES_AT_ONCE,
    facts: bool = True,
) -> pl.DataFrame:
    """Every verdict on some cases, in order of case, rule and what it is about.

    `events` and `cases` are tables as `event_table` and `case_table` give them. `related` says where the
    cases of related children are looked for: in these tables (True), nowhere, or in another event and case
    table; give the latter where the cases are only a part of the cohort. The result has `case`, `rule`,
    `about`, `standing`, `due_on`, `due_at` (seconds since 1970 UTC), `facts` (each a `name` and an `id`),
    `missing` (bits, see `facts.kinds`) and `contact`; without `facts` that column is left out, which takes less
    time. Raises CaseError for tables that cannot be judged and CalendarError where `as_of` lies outside the calendar.
    """
    moment = as_of if isinstance(as_of, AsOf) else AsOf.of(as_of)
    if not calendar.knows(moment.day):
        raise CalendarError(
            "the day asked about lies outside the known calendar",
            where="as_of",
            value=date.fromordinal(moment.day).isoformat(),
            right=calendar.span(),
        )
    table = checked_cases(cases)
    own = checked_events(events, table, calendar)
    if isinstance(related, tuple):
        others = (typed_events(related[0]), checked_cases(related[1]))
    else:
        others = (own, table) if related else (own.clear(), table.clear())
    neighbours = Neighbours.of(*others, moment, calendar)
    plan, days = _plan(core), _days(calendar)

    def part(start: int) -> pl.DataFrame:
        some = table.slice(start, cases_at_once)
        low, high = own["place"].search_sorted(pl.Series([start, start + len(some)], dtype=pl.UInt32), side="left")
        rows = own.slice(low, high - low).with_columns(pl.col("place") - start)
        cohort = gather(plan, events=rows, cases=some, neighbours=neighbours, as_of=moment, calendar=calendar)
        return Reading(plan, cohort, days, facts=facts).run()

    starts = range(0, max(len(table), 1), cases_at_once)
    if len(starts) == 1:
        return part(0)
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        return pl.concat(pool.map(part, starts))


@lru_cache(maxsize=8)
def _plan(core: Core) -> Plan:
    """Worked out once for all parts of a job; it depends on the core alone."""
    return Plan(core)


@lru_cache(maxsize=8)
def _days(calendar: Calendar) -> Days:
    """Its tables of deadlines serve all parts of a job; they depend on the calendar alone."""
    return Days(calendar)


def judge_cases(
    core: Core,
    cases: Iterable[Case],
    *,
    as_of: Moment,
    calendar: Calendar,
    related: Mapping[str, Case] | None = None,
) -> dict[str, tuple[Verdict, ...]]:
    """Every verdict on each of some cases, by case, with the related cases that are at hand."""
    given = sorted(cases, key=lambda case: case.id)
    named = {str(getattr(fact, "child", "")) for case in given for fact in case.facts}
    others = [case for name, case in sorted((related or {}).items()) if name in named]
    table = judge_table(
        core,
        events=event_table(given),
        cases=case_table(given),
        as_of=as_of,
        calendar=calendar,
        related=(event_table(others), case_table(others)),
    )
    return {case.id: () for case in given} | to_verdicts(table)


def judge(
    core: Core, case: Case, *, as_of: Moment, calendar: Calendar, related: Mapping[str, Case] | None = None
) -> tuple[Verdict, ...]:
    """Every verdict on one case, as `meaning.judge` gives it."""
    return judge_cases(core, [case], as_of=as_of, calendar=calendar, related=related)[case.id]
