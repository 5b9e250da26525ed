"""A batch job told: how far it is, on a terminal, and at the end how each rule stands and what became of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console

from iro_rules.report.console import cell, say, table_of

COLUMNS = ("rule", "owed", "met", "late", "overdue", "open", "not evaluable", "other")


class Counted(Protocol):
    """One row of the summary."""

    rule: str
    owed: int
    met: int
    late: int
    overdue: int
    open: int
    not_evaluable: int
    other: int


class Finished(Protocol):
    """What a finished job came to."""

    cases: int
    facts: int
    rows_in: int
    rows_used: int
    set_aside: int
    rejects: int
    findings: int
    parts: int
    kept: int


class Bar:
    """Tells how far a job is; of no effect where nobody is looking."""

    def __init__(self, bar: Any = None, task: Any = None) -> None:
        self._bar, self._task = bar, task

    def at(self, done: int, of: int, cases: int, findings: int | None = None) -> None:
        """So much of so much is done, with so many cases and findings."""
        if self._bar is not None:
            told = f"{cases:,} cases" + ("" if findings is None else f", {findings:,} findings")
            self._bar.update(self._task, completed=done, total=of, told=told)


@contextmanager
def progress(console: Console) -> Iterator[Bar]:
    """A bar on a terminal, and nothing in a pipe."""
    if not console.is_terminal:
        yield Bar()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield Bar(bar, bar.add_task("", total=None, told="reading"))


def show_batch(rows: Sequence[Counted], result: Finished, notes: Sequence[str], console: Console) -> None:
    """One summary table, and below it what became of every row that was read."""
    shown = table_of(*COLUMNS)
    for column in shown.columns[1:]:
        column.justify = "right"
    total: dict[str, int] = dict.fromkeys(COLUMNS[1:], 0)
    for row in rows:
        counts = _numbers(row)
        shown.add_row(cell(row.rule), *(cell(f"{count:,}" if count else "") for count in counts.values()))
        total = {name: total[name] + count for name, count in counts.items()}
    shown.add_row(cell("all rules", "bold"), *(cell(f"{count:,}", "bold") for count in total.values()))
    console.print(shown)
    say(console, "")
    say(console, f"{result.findings:,} findings on {result.cases:,} cases with {result.facts:,} facts.")
    say(console, f"Rows read {result.rows_in:,} = used {result.rows_used:,} + set aside {result.set_aside:,}.")
    if result.rejects:
        say(console, f"{result.rejects:,} rows are told of in the rejects, each with its reason and what to do.")
    if result.kept:
        say(console, f"{result.kept:,} of {result.parts:,} parts were done before and kept.")
    for note in notes:
        say(console, note)


def _numbers(row: Counted) -> Mapping[str, int]:
    return {
        "owed": row.owed,
        "met": row.met,
        "late": row.late,
        "overdue": row.overdue,
        "open": row.open,
        "not evaluable": row.not_evaluable,
        "other": row.other,
    }
