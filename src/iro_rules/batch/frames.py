"""A cohort in two tables in memory, cut into spans, for a job that did not come from files."""

from __future__ import annotations

from typing import final

import attrs
import polars as pl

from iro_rules.engines.columnar.related import COPIED
from iro_rules.errors import CaseError

Tables = tuple[pl.DataFrame, pl.DataFrame]


@attrs.frozen
class FrameSpan:
    """Some cases of a `FrameCohort`: the rows from `start` of its case table."""

    number: int
    first: str
    cases: int
    start: int


@attrs.frozen(eq=False)
class FramePart:
    """The cases of a span as they stand; nothing of them is set aside by a reader."""

    events: pl.DataFrame
    cases: pl.DataFrame

    @property
    def rejects(self) -> pl.DataFrame:
        """None."""
        text = dict.fromkeys(("table", "case", "field", "value", "code", "reason", "remedy"), pl.String)
        return pl.DataFrame(schema={**text, "row": pl.Int64})

    @property
    def notices(self) -> pl.DataFrame:
        """None."""
        return self.rejects

    @property
    def rows_in(self) -> int:
        """Every row of the event table."""
        return len(self.events)

    @property
    def rows_used(self) -> int:
        """Every row of the event table."""
        return len(self.events)


@final
@attrs.frozen(eq=False)
class FrameCohort:
    """A cohort in an event table and a case table; `cases` in order of case.

    Raises CaseError for an event of a case that the case table lacks: it would be in no part.
    """

    events: pl.DataFrame
    cases: pl.DataFrame
    cases_at_once: int = 10_000

    def __attrs_post_init__(self) -> None:
        stray = self.events.lazy().select("case").join(self.cases.lazy(), on="case", how="anti").head(1).collect()
        if len(stray):
            raise CaseError("the event table has a case that the case table lacks", value=stray["case"][0])

    @property
    def spans(self) -> tuple[FrameSpan, ...]:
        """The spans of cases."""
        starts = range(0, len(self.cases), self.cases_at_once)
        found = []
        for number, start in enumerate(starts):
            some = self.cases["case"][start : start + self.cases_at_once]
            found.append(FrameSpan(number, str(some[0]), len(some), start))
        return tuple(found)

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def would_show(self, kind: str) -> str:
        """The event table."""
        return f"rows of kind {kind} in the event table"

    def read(self, span: FrameSpan) -> FramePart:
        """The part of one span."""
        cases = self.cases.slice(span.start, span.cases)
        events = self.events.join(cases.select("case"), on="case", how="semi", maintain_order="left")
        return FramePart(events, cases)

    def neighbours(self) -> Tables:
        """The cases that others name, and who was appointed in them."""
        if "child" not in self.events.columns:
            return self.events.clear(), self.cases.clear()
        kind = pl.col("kind").cast(pl.String)
        named = self.events.filter(kind == "related").select(case=pl.col("child").cast(pl.String)).unique()
        moves = self.events.filter(kind.is_in(list(COPIED))).join(named, on="case", how="semi", maintain_order="left")
        return moves, self.cases.join(named, on="case", how="semi", maintain_order="left")
