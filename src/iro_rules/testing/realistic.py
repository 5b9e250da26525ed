"""Cohorts as an authority's system would hold them, made from a seed: as columns of numbers, or as objects.

What happens in a case is told in `story`. Needs NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import FIELDS, KIND_FIELDS, KINDS
from iro_rules.lab.synthetic.block import BLOCK, NONE, Block, next_working
from iro_rules.testing.story import tell

AS_OF = date(2026, 3, 2)


@attrs.frozen(eq=False)
class Cohort:
    """The facts of many cases as columns of whole numbers, in order of case and id; -1 stands for nothing.

    `case` is a place in `cases`, `child` too; `id`, `kind` and each field that holds text are places in their
    `words`; `on` and dates are ordinals, `at` seconds since 1970 UTC. Fields that no fact has are left out.
    """

    cases: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, npt.NDArray[Any]]

    def __len__(self) -> int:
        return len(self.columns["case"])


def cohort(
    count: int,
    *,
    seed: int = 0,
    facts: int = 60,
    as_of: date = AS_OF,
    ladders: bool = True,
    calendar: Calendar | None = None,
) -> Cohort:
    """So many cases with so many facts each on average (50 to 150), known on a day; the record covers everything.

    Longer cases have more reviews. With `ladders` there are disputes and concerns in the words of Rochdale's
    protocol. The first cases of a larger cohort are those of a smaller one of the same seed. Cases stand in pairs
    (the first two, the next two); some pairs are brothers or sisters, or parent and child. In an odd number of
    cases the last may name one that is not there.
    """
    working = next_working(england_and_wales() if calendar is None else calendar)
    blocks = []
    for first in range(0, count, BLOCK):
        block = Block(np.random.default_rng([seed, first // BLOCK]), first, as_of.toordinal(), working)
        tell(block, facts, ladders)
        blocks.append(block.columns(min(BLOCK, count - first)))
    if not blocks:
        return Cohort((), {}, {"case": np.zeros(0, np.int32)})
    names = tuple(f"case-{number:06}" for number in range(count + 1))
    joined = {name: np.concatenate([columns[name] for _, columns in blocks]) for name in blocks[0][1]}
    return Cohort(names[:count], {**blocks[0][0], "child": names}, joined)


def cases(cohort: Cohort, start: int = 0, stop: int | None = None) -> tuple[Case, ...]:
    """Some cases of a cohort as objects, by their places."""
    last = len(cohort.cases) if stop is None else stop
    place = cohort.columns["case"]
    bounds = np.searchsorted(place, np.arange(start, last + 1))
    made = []
    for number, low, high in zip(range(start, last), bounds[:-1], bounds[1:], strict=True):
        columns = {name: column[low:high].tolist() for name, column in cohort.columns.items()}
        facts = [_fact(cohort, {name: column[row] for name, column in columns.items()}) for row in range(high - low)]
        made.append(Case(cohort.cases[number], facts, coverage=Coverage.everything()))
    return tuple(made)


def related_to(case: Case, known: Mapping[str, Case]) -> dict[str, Case]:
    """The cases a case names as related, of those that are at hand."""
    named = {str(getattr(fact, "child", "")) for fact in case.facts}
    return {name: known[name] for name in sorted(named & known.keys())}


def _fact(cohort: Cohort, row: dict[str, int]) -> Fact:
    kind = cohort.words["kind"][row["kind"]]
    values: dict[str, Any] = {}
    for name in KIND_FIELDS[kind] & row.keys():
        number, holds = row[name], FIELDS[name]
        if number != NONE:
            text = cohort.words[name][number] if name in cohort.words else ""
            values[name] = LookedUp(text) if text else date.fromordinal(number) if holds == "date" else number
    at = row["at"]
    when = date.fromordinal(row["on"]) if at == NONE else datetime.fromtimestamp(at, UTC)
    return KINDS[kind](when, id=cohort.words["id"][row["id"]], **values)
