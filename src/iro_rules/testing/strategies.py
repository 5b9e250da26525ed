"""Hypothesis strategies for rulebook cores, cases and days to ask about; the same makers also run from a seed.

`situations()` gives all of it at once and is what a differential test wants. `CoreSize` and `CaseSize` are
the dials. For speed without shrinking use `random_core(rng)` and `random_case(rng)`, which need no Hypothesis.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeVar, final

import attrs
from hypothesis import strategies as st

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.meaning import judge
from iro_rules.engines.rows import prepare
from iro_rules.rulebook.core import Core, Production
from iro_rules.testing.choices import Choices, Seeded
from iro_rules.testing.random_cases import DAYS, CaseAndRelated, CaseSize, make_case, moments, random_case
from iro_rules.testing.random_rules import (
    CoreSize,
    make_core,
    make_productions,
    patterns_of,
    random_core,
    raw_kinds,
    subjects_of,
)
from iro_rules.testing.saved import Moment, Situation
from iro_rules.testing.sharpening import dated, sharpened

__all__ = [
    "CaseAndRelated",
    "CaseSize",
    "CoreSize",
    "Drawn",
    "Situation",
    "as_ofs",
    "cases",
    "cores",
    "deadlines",
    "productions",
    "random_case",
    "random_core",
    "random_situation",
    "situations",
]

T = TypeVar("T")


@lru_cache(maxsize=512)
def _integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@final
class Drawn:
    """Choices drawn from Hypothesis, so that a failing example shrinks."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one(self, items: Sequence[T]) -> T:
        """One of some items; the first is the simplest."""
        return items[self._draw(_integers(0, len(items) - 1))] if len(items) > 1 else items[0]

    def whole(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return self._draw(_integers(low, high)) if low < high else low

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred; False is the simplest."""
        return self._draw(_integers(0, 99)) >= 100 - percent


@st.composite
def productions(draw: st.DrawFn, size: CoreSize | None = None) -> list[Production]:
    """Productions that fit together, not yet put in order by `rulebook.compile.order`."""
    return make_productions(Drawn(draw), size or CoreSize())[0]


@st.composite
def cores(draw: st.DrawFn, size: CoreSize | None = None) -> Core:
    """Valid cores: they have passed the static checks."""
    return make_core(Drawn(draw), size)


@st.composite
def cases(draw: st.DrawFn, size: CaseSize | None = None, subject: str | None = None) -> CaseAndRelated:
    """Cases about a child or an authority, with related cases."""
    return make_case(Drawn(draw), size, subject=subject)


@st.composite
def as_ofs(draw: st.DrawFn, case: CaseAndRelated, core: Core | None = None, calendar: Calendar | None = None) -> Moment:
    """Days and instants at, just before and just after the facts; with a core and calendar, the deadlines too."""
    return _as_of(Drawn(draw), case, core, calendar)


@st.composite
def situations(
    draw: st.DrawFn,
    calendar: Calendar,
    *,
    core: CoreSize | Core | None = None,
    case: CaseSize | None = None,
) -> Situation:
    """A core (or the one given), a case of the kinds it reads, and a moment near its facts and deadlines."""
    return _situation(Drawn(draw), calendar, core, case)


def random_situation(
    rng: random.Random, calendar: Calendar, *, core: CoreSize | Core | None = None, case: CaseSize | None = None
) -> Situation:
    """The same from a seeded generator."""
    return _situation(Seeded(rng), calendar, core, case)


def deadlines(core: Core, case: CaseAndRelated, calendar: Calendar) -> list[Moment]:
    """Each deadline of a case as all its facts stand, with the day or second before and after it."""
    latest = max((fact.on for fact in case.case.facts), default=DAYS[0])
    rows = prepare(case.case, as_of=latest, calendar=calendar, related=case.related)
    found: list[Moment] = []
    for verdict in judge(core, rows, calendar):
        if verdict.due_on is not None:
            near = (verdict.due_on + move for move in (0, -1, 1))
            found += [date.fromordinal(day) for day in near if calendar.knows(day)]
        if verdict.due_at is not None:
            found += [datetime.fromtimestamp(verdict.due_at + move, UTC) for move in (0, -1, 1)]
    return [moment for moment in found if calendar.knows(moment.toordinal() + 1)]


def _as_of(choices: Choices, case: CaseAndRelated, core: Core | None, calendar: Calendar | None) -> Moment:
    if core is not None and calendar is not None and choices.chance(50):
        near = deadlines(core, case, calendar)
        if near:
            return choices.one(near)
    return choices.one(moments([case.case, *case.related.values()]))


def _situation(
    choices: Choices, calendar: Calendar, given: CoreSize | Core | None, case_size: CaseSize | None
) -> Situation:
    around = choices.one(DAYS)
    size = given if isinstance(given, CoreSize) else CoreSize()
    core = given if isinstance(given, Core) else make_core(choices, attrs.evolve(size, around=around))
    sized = case_size or CaseSize()
    kinds = sized.kinds or tuple(dict.fromkeys((*raw_kinds(core), "unavailable")))
    patterns = sized.patterns or patterns_of(core)
    sized = attrs.evolve(sized, kinds=kinds, patterns=patterns, around=sized.around or around)
    found = make_case(choices, sized, subject=choices.one(subjects_of(core)))
    found = sharpened(choices, core, found, calendar, size=sized)
    if choices.chance(sized.from_a_day):
        found = dated(choices, core, found, calendar)
    as_of = _as_of(choices, found, core, calendar)
    return Situation(core=core, case=found.case, related=found.related, as_of=as_of)
