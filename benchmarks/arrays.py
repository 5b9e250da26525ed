"""What the hand-written rules stand on: days as tables, words as places, facts at their places in arrays of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import add_months
from iro_rules.lab.synthetic.block import NEVER
from iro_rules.rulebook.terms import Standing
from iro_rules.testing.realistic import Cohort

Ints = npt.NDArray[np.int32]
Some = npt.NDArray[np.intp]
Part = tuple[Some, Ints, npt.NDArray[np.int8], Ints]

NO_DUE = 1 << 30
STANDINGS = tuple(Standing)
PLACE = {standing: np.int8(place) for place, standing in enumerate(STANDINGS)}
MET, MET_LATE, OPEN = PLACE[Standing.MET], PLACE[Standing.MET_LATE], PLACE[Standing.OPEN]
OVERDUE, LAPSED = PLACE[Standing.OVERDUE], PLACE[Standing.LAPSED]


@attrs.frozen(eq=False)
class Findings:
    """Every finding: the case's place, the rule's place in `rules`, what it is about (a place in `names`),
    the standing's place in `STANDINGS`, and the day it is due (`NO_DUE` where it never is)."""

    rules: tuple[str, ...]
    names: tuple[str, ...]
    case: Ints
    rule: npt.NDArray[np.int16]
    about: Ints
    standing: npt.NDArray[np.int8]
    due: Ints

    def __len__(self) -> int:
        return len(self.case)


class Tables:
    """For every day of a calendar the day so many working days or months after it, or working days before it."""

    def __init__(self, calendar: Calendar) -> None:
        days = np.arange(calendar.first, calendar.last + 1)
        self.first = calendar.first
        self.working = np.array((*calendar.working, *[NO_DUE] * 30), np.int32)
        self.rank = np.searchsorted(calendar.working, days, side="right").astype(np.int32)
        self.after = {count: self.working[self.rank + count - 1] for count in (1, 2, 3, 5, 20)}
        left = np.searchsorted(calendar.working, days, side="left")
        self.before = {count: self.working[np.maximum(left - count, 0)] for count in (3, 15)}
        self.months = {
            count: np.array([add_months(int(day), count) or NO_DUE for day in days], np.int32) for count in (3, 6)
        }


class Words:
    """The words of a cohort's text fields as places; `names` are all ids of facts, then all keys of reviews."""

    def __init__(self, cohort: Cohort) -> None:
        self._words = cohort.words
        self.names = (*cohort.words["id"], *cohort.words["review"])
        self.first_review = len(cohort.words["id"])
        self.reviews = len(cohort.words["review"])
        self.kinds = len(cohort.words["kind"])

    def place(self, field: str, word: str) -> int:
        """The place of a word, or one past the last where these cases do not use it."""
        words = self._words.get(field, ())
        return words.index(word) if word in words else len(words)

    def table(self, fields: tuple[str, ...], classes: Sequence[tuple[Any, ...]]) -> npt.NDArray[np.int8]:
        """For the places of some fields (-1 for none) the number of the class they belong to, or -1."""
        table = np.full([len(self._words.get(field, ())) + 2 for field in fields], -1, np.int8)
        for number, wanted in enumerate(classes):
            places = []
            for field, words in zip(fields, wanted, strict=True):
                every = tuple(range(-1, len(self._words.get(field, ()))))
                named = words if isinstance(words, tuple) else (words,)
                places.append(every if words is None else tuple(self.place(field, word) for word in named))
            table[np.ix_(*places)] = number
        return table


class Chunk:
    """Some cases: `day[row]` is a fact's day, and the row after the last stands for a fact that is not there."""

    def __init__(
        self, cohort: Cohort, words: Words, tables: Tables, as_of: int, low: int, size: int, rows: slice
    ) -> None:
        self.words, self.tables, self.as_of, self.low, self.size = words, tables, as_of, low, size
        self.found: dict[str, list[Part]] = {}
        self.columns: Mapping[str, npt.NDArray[Any]] = {name: c[rows] for name, c in cohort.columns.items()}
        self.none = len(self.columns["on"])
        self.case = self.columns["case"] - low
        self.day = np.append(self.columns["on"], np.int32(NEVER))
        kinds = self.columns["kind"]
        self._by_kind = np.argsort(kinds, kind="stable")
        self._bounds = np.searchsorted(kinds[self._by_kind], np.arange(words.kinds + 1))

    def of(self, kind: str) -> Some:
        """The rows of a kind."""
        place = self.words.place("kind", kind)
        if place + 1 >= len(self._bounds):
            return np.zeros(0, np.intp)
        return self._by_kind[self._bounds[place] : self._bounds[place + 1]]

    def by_case(self, rows: Some) -> Some:
        """For each case the row that belongs to it."""
        found = np.full(self.size, self.none)
        found[self.case[rows]] = rows
        return found

    def by_class(self, rows: Some, classes: npt.NDArray[Any], count: int) -> Some:
        """For each class and case the row that belongs to it; class -1 is left out."""
        found = np.full((count + 1, self.size), self.none)
        found[classes, self.case[rows]] = rows
        return found

    def by_review(self, rows: Some) -> Some:
        """For each case and review the row that belongs to it."""
        found = np.full((self.size, self.words.reviews), self.none)
        found[self.case[rows], self.columns["review"][rows]] = rows
        return found

    def where(self, kind: str, **wanted: str) -> Some:
        """The rows of a kind whose fields have these words."""
        rows = self.of(kind)
        for field, word in wanted.items():
            rows = rows[self.columns[field][rows] == self.words.place(field, word)]
        return rows

    def say(self, rule: str, cases: Some, about: Ints, standing: Any, due: Any = NO_DUE) -> None:
        """A finding for each of some cases."""
        if len(cases):
            standings = np.broadcast_to(np.asarray(standing, np.int8), cases.shape)
            dues = np.broadcast_to(np.asarray(due, np.int32), cases.shape)
            self.found.setdefault(rule, []).append((cases + self.low, about, standings, dues))

    def owe(
        self,
        rule: str,
        cases: Some,
        about: Ints,
        due: Any,
        done: Ints,
        *,
        left: Ints | None = None,
        fallen: Ints | None = None,
    ) -> npt.NDArray[np.int8]:
        """An obligation for each of some cases; how each stands. It lapses by its day (`left`), or then and later."""
        late = np.where(done > due, MET_LATE, MET)
        open_ = np.where(self.as_of > due, OVERDUE, OPEN) if due is not NO_DUE else OPEN
        if left is not None:
            open_ = np.where((left <= due) & (left < NEVER), LAPSED, open_)
        if fallen is not None:
            open_ = np.where(fallen < NEVER, LAPSED, open_)
        standing: npt.NDArray[np.int8] = np.where(done < NEVER, late, open_)
        self.say(rule, cases, about, standing, due)
        return standing

    def duty(
        self,
        rule: str,
        trigger: Some,
        done: Some,
        within: int | None = None,
        *,
        since: bool = True,
        left: Ints | None = None,
    ) -> tuple[Some, npt.NDArray[np.int8]]:
        """An obligation of each case that has the trigger, within so many working days; its cases and standings."""
        cases = np.flatnonzero(trigger != self.none)
        rows = trigger[cases]
        start = self.day[rows]
        day = self.day[done[cases]]
        if since:
            day = np.where(day >= start, day, NEVER)
        due = NO_DUE if within is None else self.later(start, within)
        gone = None if left is None else left[cases]
        return cases, self.owe(rule, cases, self.columns["id"][rows], due, day, left=gone)

    def later(self, days: Ints, working_days: int) -> Ints:
        """So many working days after each day."""
        found: Ints = self.tables.after[working_days][days - self.tables.first]
        return found
