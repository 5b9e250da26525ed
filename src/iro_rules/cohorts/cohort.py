"""Several sources as one cohort, read part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import final

import attrs
import polars as pl

from iro_rules.cohorts.layout import Layout, Narrow
from iro_rules.cohorts.merging import merged
from iro_rules.cohorts.parts import CASES_AT_ONCE, Part, Span
from iro_rules.cohorts.sources import FactSource
from iro_rules.cohorts.whose import alike
from iro_rules.engines.columnar import cases_schema, events_schema
from iro_rules.engines.columnar.tables import Schema
from iro_rules.facts.kinds import KIND_FIELDS

MOVES = ("appointed", "ended")


@final
@attrs.frozen(eq=False)
class Cohort:
    """The cases of some sources together; where two say the same, the first source counts.

    `spans` are in order of case id and together hold every case; `read(span)` gives the part of one.
    """

    sources: tuple[FactSource, ...]
    layout: Layout

    @classmethod
    def of(
        cls,
        sources: Sequence[FactSource],
        *,
        spool: Path,
        cases_at_once: int | None = None,
        cases_at_most: int = CASES_AT_ONCE,
    ) -> Cohort:
        """Sources put in order for reading: what is not in order of case is written anew in `spool`, by spans.

        A part has `cases_at_once` cases, else as many as have half a million rows, `cases_at_most` at most. Memory
        holds the list of cases and one batch of rows, however long the tables are.
        """
        tables = [source.tables for source in sources]
        layout = Layout.of(tables, spool=spool, cases_at_once=cases_at_once, cases_at_most=cases_at_most)
        return cls(tuple(sources), layout)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of cases, at least one, as large as each other but for the last."""
        return self.layout.spans

    @property
    def notes(self) -> tuple[str, ...]:
        """What the sources have to say to the user, each once, and which cases may be one child under two names."""
        said = (f"{source.name}: {note}" for source in self.sources for note in source.notes)
        return tuple(dict.fromkeys((*said, *alike(self.layout.ids))))

    def read(self, span: Span) -> Part:
        """The cases of one span, whole."""
        return self._part(span, None)

    def parts(self) -> Iterator[Part]:
        """The parts of all spans, in order."""
        return (self.read(span) for span in self.spans)

    def neighbours(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What parts need of cases outside them, as `related=` of `judge_table`: small event and case tables.

        They hold the cases that some `related` fact names, and who was appointed and who left in them. One light pass
        over the rows that can show it; of a source that has none, nothing is read.
        """
        events: list[pl.DataFrame] = [pl.DataFrame(schema=_moves_schema())]
        cases: list[pl.DataFrame] = [pl.DataFrame(schema=cases_schema())]
        named: list[pl.Series] = [pl.Series("case", [], pl.String)]
        for span in self.spans if any(source.neighbourly for source in self.sources) else ():
            part = self._part(span, [source.neighbourly for source in self.sources])
            if "child" in part.events.columns:
                named.append(part.events["child"].unique().drop_nulls().cast(pl.String).alias("case"))
            events.append(moves_in(part.events))
            cases.append(part.cases)
        wanted = pl.DataFrame({"case": pl.concat(named).unique()})
        moves, known = pl.concat(events, how="diagonal"), pl.concat(cases, how="diagonal")
        return moves.join(wanted, on="case", how="semi"), known.join(wanted, on="case", how="semi")

    def _part(self, span: Span, narrow: Sequence[Narrow | None] | None) -> Part:
        read = self.layout.read(span, narrow)
        # A source that is not narrowed has nothing to say here, and was not read.
        asked = [n for n in range(len(self.sources)) if narrow is None or narrow[n] is not None]
        sources = [self.sources[n] for n in asked]
        return merged(sources, [source.to_part(*read[n]) for source, n in zip(sources, asked, strict=True)])

    def would_show(self, kind: str) -> str:
        """Which table would show a kind of fact, for the message that something cannot be judged."""
        found = [source.shown_by[kind] for source in self.sources if kind in source.shown_by]
        return found[0] if found else f"an event table with rows of kind {kind}"


def moves_in(events: pl.DataFrame) -> pl.DataFrame:
    """Who was appointed and who left, in the columns that other cases look at."""
    moves = events.filter(pl.col("kind").is_in(MOVES))
    return moves.select(name for name in _moves_schema() if name in moves.columns)


def _moves_schema() -> Schema:
    names = {"case", "id", "kind", "on", "at"}.union(*(KIND_FIELDS[kind] for kind in MOVES))
    return {name: dtype for name, dtype in events_schema().items() if name in names}
