"""What a job tells of itself: how far it is, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import attrs

from iro_rules.batch.summary import Counts, summed
from iro_rules.batch.work import Done


@final
@attrs.frozen
class Progress:
    """How far a job is: parts done, of how many, of them done before (`kept`), and the cases and findings in them."""

    parts: int
    of: int
    cases: int
    findings: int
    kept: int

    @classmethod
    def after(cls, done: Sequence[Done], *, parts: int, kept: int) -> Progress:
        """From the parts that are done, of so many."""
        return cls(len(done), parts, sum(one.cases for one in done), sum(one.findings for one in done), kept)


@final
@attrs.frozen
class Result:
    """What a finished job came to: its rows add up, rows in being those used and those set aside.

    `missing` says of each thing that is missing how many findings lack it, and what would show it; `later` is how many
    facts came after the day asked about, and count for nothing; `of_nobody` how many cases have no authority, where
    there are several.
    """

    cases: int
    facts: int
    rows_in: int
    rows_used: int
    set_aside: int
    rejects: int
    findings: int
    parts: int
    kept: int
    counts: Counts
    missing: dict[str, tuple[int, str]]
    notes: tuple[str, ...]
    later: int = 0
    of_nobody: int = 0

    @classmethod
    def of(
        cls, done: Sequence[Done], *, kept: int, notes: Sequence[str], missing: dict[str, tuple[int, str]]
    ) -> Result:
        """From all parts, of which so many were done before."""
        names = ("cases", "facts", "rows_in", "rows_used", "findings", "rejects", "later", "of_nobody")
        total = {name: sum(getattr(one, name) for one in done) for name in names}
        return cls(
            **total,
            set_aside=total["rows_in"] - total["rows_used"],
            parts=len(done),
            kept=kept,
            counts=summed(one.counts for one in done),
            missing=missing,
            notes=tuple(notes),
        )
