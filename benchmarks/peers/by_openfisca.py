"""The nine duties in OpenFisca: variables of children, worked out for all children at once.

OpenFisca-Core is licensed under the AGPL 3.0 and kept up (46.0.1 of October 2026); it is measured here, and no part
of this library uses it. It knows columns and no rows of events, so Polars reads the table and NumPy puts each fact in
the column that is its own: up to four reviews, and what was done ahead of each. Days due come from look-up tables.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.by_numpy import NEVER, coded, written
from benchmarks.peers.work import (
    BEFORE,
    EPOCH,
    FIRST,
    FIRST_DAYS,
    IRO,
    IRO_DAYS,
    LATER,
    LATER_MONTHS,
    RULES,
    SECOND,
    SECOND_MONTHS,
    TODAY,
    tables,
)  # fmt: skip

REVIEWS = 4
PERIOD = "2025-12"
Some = npt.NDArray[Any]
Formula = Callable[..., Any]


class Contender:
    """A tax and benefit system with a variable for each recorded day, and two for each duty: due, and how it stands."""

    def __init__(self) -> None:
        self.days = tables()
        self.person = Entity("child", "children", "A child", "")
        self.system = TaxBenefitSystem([self.person])
        self.owed: list[tuple[str, str, str, str]] = []
        for name in ("start", "appointed", *(f"review_{n}" for n in range(1, REVIEWS + 2))):
            self._input(name)
        self._duty(IRO, "start", "appointed", self.days.after[IRO_DAYS])
        self._duty(FIRST, "start", "review_1", self.days.after[FIRST_DAYS])
        for n in range(1, REVIEWS + 1):
            months = SECOND_MONTHS if n == 1 else LATER_MONTHS
            self._duty(SECOND if n == 1 else LATER, f"review_{n}", f"review_{n + 1}", self.days.months[months])
            for place, duty in enumerate(BEFORE):
                self._input(f"done_{place}_{n}")
                due = self.days.before[duty.days] if duty.days else None
                self._duty(duty.rule, f"review_{n}", f"done_{place}_{n}", due)

    def _add(self, name: str, formula: Formula | None) -> None:
        about: dict[str, Any] = {
            "value_type": int, "entity": self.person, "definition_period": DateUnit.MONTH, "label": name,
            "default_value": int(NEVER),
        }  # fmt: skip
        if formula is not None:
            about["formula"] = formula
        self.system.add_variable(type(name, (Variable,), about))

    def _input(self, name: str) -> None:
        self._add(name, None)

    def _duty(self, rule: str, trigger: str, act: str, days: Some | None) -> None:
        first = self.days.first
        due, standing = f"due_{len(self.owed)}", f"standing_{len(self.owed)}"

        def due_on(child: Any, period: Any) -> Any:
            day = child(trigger, period)
            return day if days is None else days[np.where(day == NEVER, 0, day - first)]

        def stands(child: Any, period: Any) -> Any:
            done, last = child(act, period), child(due, period)
            return np.where(done <= last, 0, np.where(done != NEVER, 1, np.where(last < TODAY, 2, 3)))

        self._add(due, due_on)
        self._add(standing, stands)
        self.owed.append((rule, trigger, due, standing))

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        table = pl.read_parquet(events, columns=["case", "id", "kind", "on", "review", "document"])
        columns, rows = self._columns(table)
        cases = len(columns["start"])
        simulation = SimulationBuilder().build_default_simulation(self.system, count=cases)
        for name, column in columns.items():
            simulation.set_input(name, PERIOD, column)
        found = []
        for rule, trigger, due, standing in self.owed:
            chosen = rows[trigger] if trigger in rows else np.zeros(0, np.int64)
            there = np.flatnonzero(chosen >= 0)
            last, stands = (simulation.calculate(name, PERIOD)[there] for name in (due, standing))
            found.append(
                (chosen[there], np.full(len(there), RULES.index(rule), np.uint8), stands.astype(np.uint8), last)
            )
        written(out, table, *(np.concatenate(column) for column in zip(*found, strict=True)))

    def _columns(self, table: pl.DataFrame) -> tuple[dict[str, Some], dict[str, Some]]:
        """The recorded days by variable; and of what gives rise to duties the rows of the table, -1 for none."""
        case = table["case"].rle_id().to_numpy()
        day = table["on"].to_physical().to_numpy() + np.int32(EPOCH)
        kind, kinds = coded(table["kind"])
        document, documents = coded(table["document"])
        review, reviews = coded(table["review"])
        cases = int(case[-1]) + 1
        columns: dict[str, Some] = {}
        rows: dict[str, Some] = {}

        def put(name: str, places: Some, some: Some) -> None:
            columns[name], rows[name] = np.full(cases, NEVER), np.full(cases, -1)
            columns[name][places] = day[some]
            rows[name][places] = some

        for name, said in (("start", "became_looked_after"), ("appointed", "appointed")):
            some = np.flatnonzero(kind == kinds[said])
            put(name, case[some], some)
        held = np.flatnonzero(kind == kinds["review_held"])
        starts = np.flatnonzero(np.append(True, case[held[1:]] != case[held[:-1]]))
        number = np.arange(len(held)) - np.repeat(starts, np.diff(np.append(starts, len(held))))
        numbers = np.zeros((cases, len(reviews) + 1), np.int64)
        numbers[case[held], review[held]] = number + 1
        for n in range(1, REVIEWS + 2):
            some = held[number + 1 == n]
            put(f"review_{n}", case[some], some)
        for place, duty in enumerate(BEFORE):
            chosen = kind == kinds[duty.kind]
            if duty.document:
                chosen &= document == documents[duty.document]
            some = np.flatnonzero(chosen)
            own = numbers[case[some], review[some]]
            for n in range(1, REVIEWS + 1):
                of_review = some[own == n]
                columns[f"done_{place}_{n}"] = np.full(cases, NEVER)
                columns[f"done_{place}_{n}"][case[of_review]] = day[of_review]
        return columns, rows
