"""What a job reads from: the spans of a cohort, each of which can be read by itself, and again the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import attrs
import polars as pl

Tables = tuple[pl.DataFrame, pl.DataFrame]


class Span(Protocol):
    """Some cases in order of case id; spans are numbered from 0."""

    @property
    def number(self) -> int:
        """Which span."""

    @property
    def first(self) -> str:
        """Its first case."""

    @property
    def cases(self) -> int:
        """How many it has."""


class Part(Protocol):
    """The cases of a span, whole: their tables, what was not used of the rows, and how many rows were read and used."""

    @property
    def events(self) -> pl.DataFrame:
        """One row a fact."""

    @property
    def cases(self) -> pl.DataFrame:
        """One row a case."""

    @property
    def rejects(self) -> pl.DataFrame:
        """One row for each row that was set aside."""

    @property
    def notices(self) -> pl.DataFrame:
        """One row for each value that was not used of a row that was."""

    @property
    def rows_in(self) -> int:
        """How many rows were read."""

    @property
    def rows_used(self) -> int:
        """How many of them gave facts."""


class Cohort(Protocol):
    """A cohort that can be read span by span, in any order; see `iro_rules.cohorts`."""

    @property
    def spans(self) -> Sequence[Any]:
        """The spans, in order of case."""

    @property
    def notes(self) -> Sequence[str]:
        """What the sources have to say to the user."""

    def read(self, span: Any) -> Any:
        """The part of one span."""

    def would_show(self, kind: str) -> str:
        """Which table would show a kind of fact."""

    def neighbours(self) -> Tables:
        """The event and case tables in which related children are looked for."""


@attrs.frozen(eq=False)
class Neighbourhood:
    """The cases that are named as related in any part, and who their IROs were."""

    events: pl.DataFrame
    cases: pl.DataFrame

    def named_in(self, events: pl.DataFrame) -> Tables:
        """What a part needs: the cases that its own name."""
        if "child" not in events.columns or self.cases.is_empty():
            return self.events.clear(), self.cases.clear()
        named = events.lazy().filter(pl.col("kind") == "related").select(pl.col("child").cast(pl.String)).collect()
        children = named["child"].unique().drop_nulls().to_frame("case")
        return (
            self.events.join(children, on="case", how="semi", maintain_order="left"),
            self.cases.join(children, on="case", how="semi", maintain_order="left"),
        )
