"""How tests ask the columnar reader, and hold it to the meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pendulum

from iro_rules.clock import Calendar, Number, Unit, england_and_wales, within
from iro_rules.engines import meaning
from iro_rules.engines.columnar import case_table, event_table, judge_table, to_verdicts
from iro_rules.engines.rows import prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import (
    Case,
    Coverage,
    Fact,
)
from iro_rules.readings import resolve
from iro_rules.rulebook import Contact
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Core, Owe, Production
from iro_rules.rulebook.terms import fact, seek
from iro_rules.testing.random_rules import term_table

CALENDAR = england_and_wales()
AS_OF = "2026-03-02"


def core_of(*productions: Production, contacts: Iterable[Contact] = ()) -> Core:
    """A core with every default reading chosen."""
    return order([resolve(production, {}) for production in productions], contacts=contacts, terms=term_table())


def case_of(*facts: Fact, name: str = "c1", coverage: Coverage | None = None) -> Case:
    """A case of some facts; without a coverage, everything would be recorded."""
    return Case(name, facts, coverage=coverage or Coverage.everything())


def agree(core: Core, *cases: Case, as_of: Any = AS_OF, calendar: Calendar = CALENDAR, **options: Any) -> list[Verdict]:
    """The answer for some cases, each in the others' sight, which must be the meaning of each."""
    known = {case.id: case for case in cases}
    table = judge_table(
        core, events=event_table(cases), cases=case_table(cases), as_of=as_of, calendar=calendar, **options
    )
    given = to_verdicts(table)
    for case in cases:
        rows = prepare(case, as_of=as_of, calendar=calendar, related=known)
        assert given.get(case.id, ()) == meaning.judge(core, rows, calendar)
    assert table.select("case", "rule", "about").rows() == sorted(table.select("case", "rule", "about").rows())
    return [verdict for case in sorted(known) for verdict in given.get(case, ())]


def standings(verdicts: list[Verdict]) -> list[str]:
    """Only how they stand."""
    return [verdict.standing for verdict in verdicts]


def review_duty(**options: Any) -> Owe:
    """A review is owed after a child comes into care."""
    base: dict[str, Any] = {
        "rule": "a",
        "trigger": fact("became_looked_after"),
        "lookups": (seek("review", fact("review_held"), "period"),),
        "done": ("review",),
        "within": within(Number("a.within", 20), Unit.WORKING_DAYS),
    }
    return Owe(**(base | options))


def day(text: str) -> pendulum.Date:
    """A day from its text."""
    return pendulum.Date.fromisoformat(text)


def term(vocabulary: str) -> str:
    """Some term of a vocabulary."""
    return next(iter(term_table()[vocabulary]))
