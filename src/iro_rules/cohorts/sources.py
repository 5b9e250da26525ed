"""A source of facts: tables scanned lazily, how some of their rows become a part, and what they cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, final

import attrs
import polars as pl

from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.cohorts.parts import Part
from iro_rules.facts import Coverage
from iro_rules.formats.fact_json import NATIONAL, Terms

Tables = Mapping[str, pl.DataFrame]
LazyTables = Mapping[str, pl.LazyFrame]


@final
@attrs.frozen(kw_only=True)
class ReadOptions:
    """How a source is read.

    `terms` are those of the rulebook in use (`Rulebook.terms`); `spool` is a directory for what has to be put in
    order on the way; `extracted` is the last day the record can know about, where that is known; `coverage` says what
    the record covers, where the format leaves that to whoever keeps it. `more` is for the reader's own options.
    """

    spool: Path
    terms: Terms = NATIONAL
    calendar: Calendar = attrs.field(factory=england_and_wales)
    extracted: date | None = None
    coverage: Coverage | None = None
    more: Mapping[str, Any] = MappingProxyType({})


@final
@attrs.frozen(eq=False, kw_only=True)
class FactSource:
    """What a reader makes of a file, a folder or a database.

    Each of `tables` has `case` (text), `row` (see `rejects_schema`) and columns of its own. `to_part` is given all
    rows of some cases, by table, and the ids of these cases in order; it makes a part of them in which each of the
    cases stands. A row whose case is null or not a key comes with the first part. `everyone` is what the record
    covers for every child of the cohort, also for those it has no row about. `neighbourly` narrows the tables to
    the rows that show related cases and who was appointed (None: there are none). `shown_by` says of a kind of fact
    which table of this source would show it. `notes` are for the user: what was assumed, what was not read. `until` is
    the last day it can know about, where that is known.
    """

    name: str
    tables: LazyTables
    to_part: Callable[[Tables, pl.Series], Part]
    coverage: Coverage
    everyone: Coverage = attrs.field(factory=Coverage.only)
    neighbourly: Callable[[LazyTables], LazyTables] | None = None
    shown_by: Mapping[str, str] = MappingProxyType({})
    notes: tuple[str, ...] = ()
    until: date | None = None

    def asked(self, as_of: date) -> FactSource:
        """This source for that day: it says so where it knows of nothing that happened of late."""
        if self.until is None or as_of <= self.until:
            return self
        said = f"it ends on {self.until}: what is told as overdue may have been done between then and {as_of}"
        return attrs.evolve(self, notes=(*self.notes, said))
