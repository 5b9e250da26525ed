"""A batch job told: how far it is, on a terminal, and at the end how each rule stands and what became of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from iro_rules.report.console import cell, say, table_of

COLUMNS = ("rule", "owed", "met", "late", "overdue", "open", "not evaluable", "other")


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


def show_batch(
    rows: Sequence[Mapping[str, Any]],
    result: Mapping[str, Any],
    notes: Sequence[str],
    console: Console,
    *,
    every_rule: bool = False,
) -> None:
    """One summary table, and below it what became of every row that was read.

    `rows` are the fields of `batch.RuleCount`, `result` those of `batch.Result`. Rules that are not evaluable wherever
    they were asked stand in one line together, which says how many they are, unless `every_rule` is asked for.
    """
    shown = table_of(*COLUMNS)
    for column in shown.columns[1:]:
        column.justify = "right"
    fields = [name.replace(" ", "_") for name in COLUMNS[1:]]
    known = [field for field in fields if field != "not_evaluable"]
    told: list[Mapping[str, Any]] = []
    silent: list[Mapping[str, Any]] = []
    for row in rows:
        (told if every_rule or any(row[field] for field in known) else silent).append(row)
    for row in told:
        shown.add_row(cell(row["rule"]), *(cell(f"{row[field]:,}" if row[field] else "") for field in fields))
    if silent:
        unknown = {"not_evaluable": f"{sum(row['not_evaluable'] for row in silent):,}"}
        label = f"{len(silent):,} rules more" if told else f"{len(silent):,} rules"
        shown.add_row(cell(label), *(cell(unknown.get(field, "")) for field in fields))
    totals = (sum(row[field] for row in rows) for field in fields)
    shown.add_row(cell("all rules", "bold"), *(cell(f"{total:,}", "bold") for total in totals))
    console.print(shown)
    if silent:
        count = f"{len(silent):,} rules are not evaluable in any case"
        say(console, f"{count}; --every-rule shows each, and so do the findings.")
    say(console, "")
    say(console, "{findings:,} findings on {cases:,} cases with {facts:,} facts.".format_map(result))
    say(console, "Rows read {rows_in:,} = used {rows_used:,} + set aside {set_aside:,}.".format_map(result))
    if result["rejects"]:
        say(console, f"{result['rejects']:,} rows are told of in the rejects, each with its reason and what to do.")
    if not result["cases"]:
        say(console, "No case was judged: look into the input and the rejects.")
    if result["later"]:
        say(console, "{later:,} facts came after the day asked about, and count for nothing.".format_map(result))
    if result["of_nobody"]:
        alone = (
            "{of_nobody:,} cases have no authority: they are judged by the protocol of all, or national rules alone."
        )
        say(console, alone.format_map(result))
    if result["kept"]:
        say(console, "{kept:,} of {parts:,} parts were done before and kept.".format_map(result))
    for note in notes:
        say(console, note)
    if result["missing"]:
        say(console, "")
        say(console, "Not evaluable for want of:")
        lacking = table_of("what is missing", "findings", "what would show it")
        lacking.columns[1].justify = "right"
        for name, (count, shown) in result["missing"].items():
            lacking.add_row(cell(name), cell(f"{count:,}"), cell(shown))
        console.print(lacking)
