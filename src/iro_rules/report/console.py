"""An assessment as a table on a terminal or in a pipe, most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.explain import owed
from iro_rules.assessment.words import counted, listed, plain, what_is_missing
from iro_rules.report.visible import visible
from iro_rules.rulebook import Standing

URGENCY = (
    Standing.OVERDUE,
    Standing.BREACHED,
    Standing.NOT_IN_PLACE,
    Standing.CONFLICT,
    Standing.STALE,
    Standing.OPEN,
    Standing.HOLDS,
    Standing.NOT_EVALUABLE,
    Standing.AFTER_PERMISSION,
    Standing.AVAILABLE,
    Standing.MET_LATE,
    Standing.EXCUSED,
    Standing.LAPSED,
    Standing.MET,
    Standing.KEPT,
    Standing.IN_PLACE,
)

WIDTH = 120


def console_for(stream: IO[str] | None = None) -> Console:
    """A console as wide as the terminal, or 120 columns in a pipe, without colour there."""
    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console = Console(file=stream, highlight=False, width=WIDTH, no_color=True, legacy_windows=False)
    return console


def cell(text: str, style: str = "") -> Text:
    """Text as it is, whatever it holds: no markup, no emoji names, no control characters."""
    return Text(visible(text), style)


def say(console: Console, text: str, style: str = "") -> None:
    """Print one line, or an empty one."""
    console.print(cell(text, style))


def table_of(*columns: str) -> Table:
    """An empty table in the one style there is."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for title in columns:
        table.add_column(Text(title), overflow="fold")
    return table


def show_comparison(
    console: Console, heading: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], notes: Iterable[str]
) -> None:
    """Print how findings stand under several protocols: `finding`, `rule` and `act`, then a column for each of them."""
    say(console, heading, "bold")
    table = table_of("What, and [the finding's id]", *columns[3:])
    table.columns[0].ratio = 4
    for column in table.columns[1:]:
        column.ratio = 2
    for id, _, act, *stands in rows:
        what = Text("\n").join((cell(act), cell(f"[{id}]", "dim")))
        table.add_row(what, *(cell("does not arise" if one is None else plain(one)) for one in stands))
    if table.row_count:
        console.print(table)
    else:
        say(console, "Every finding stands alike under all of them.")
    for number, note in enumerate(notes):
        say(console, note if number else f"\n{note}")


def most_urgent_first(assessment: Assessment) -> list[Finding]:
    """The findings, what somebody must put right first, then by deadline."""
    return sorted(
        assessment.findings,
        key=lambda f: (URGENCY.index(f.standing), f.due.isoformat()[:10] if f.due else "9999", f.id),
    )


def in_short(findings: Sequence[Finding]) -> str:
    """How many findings stand how, the most urgent first; of what is open, how much of it has a date."""
    numbers = Counter(finding.standing for finding in findings)
    by_a_day = sum(1 for finding in findings if finding.standing is Standing.OPEN and finding.due is not None)
    parts = [f"{numbers[standing]} {plain(standing)}" for standing in URGENCY if numbers[standing]]
    dated = f"{numbers[Standing.OPEN]} {plain(Standing.OPEN)}"
    return ", ".join(f"{part} ({by_a_day} with a date)" if part == dated and by_a_day else part for part in parts)


def show(assessment: Assessment, console: Console, *, standings: Collection[str] = ()) -> None:
    """Print an assessment: what it is about, one row a finding, what cannot be told, and what it rests on.

    Given `standings`, only findings that stand so are in the table, and how many others there are is said under it.
    """
    say(console, f"Case {assessment.case}, as of {assessment.as_of}", "bold")
    told = [f for f in most_urgent_first(assessment) if f.about]
    if told:
        say(console, f"{counted(len(told), 'findings')}: {in_short(told)}.")
    else:
        known = "known to be " if assessment.findings else ""
        say(console, f"Nothing is {known}owed on these facts.")
    table = table_of("Standing", "By when", "What, and [the finding's id]")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    shown = [f for f in told if not standings or f.standing in standings]
    for finding in shown:
        what = Text("\n").join((cell(_what(finding)), cell(f"[{finding.id}]", "dim")))
        table.add_row(cell(plain(finding.standing), _style(finding)), cell(_by_when(finding)), what)
    if shown:
        say(console, "")
        console.print(table)
    if len(shown) < len(told):
        say(console, "")
        chosen = listed([plain(standing) for standing in standings], "or")
        say(console, f"Shown is what stands as {chosen}: {len(shown)} of {len(told)}. Without --only all are shown.")
    _unseen(assessment, console)
    _otherwise(assessment, console)
    for notice in assessment.notices:
        say(console, "")
        say(console, f"Note: {notice.words}")
    made_by = ", ".join(f"{p.name} {p.version}" for p in assessment.provenance.packages)
    say(console, "")
    if assessment.provenance.left_out:
        left = counted(assessment.provenance.left_out, "rules")
        say(console, f"{left} whose source nobody has read {_were(assessment)} left out (--unverified brings them in).")
    say(console, f"Answered by {assessment.provenance.reader}. Rules: {made_by}.")
    say(console, f"Calendar: {assessment.provenance.calendar}.")


def _were(assessment: Assessment) -> str:
    return "was" if assessment.provenance.left_out == 1 else "were"


def _style(finding: Finding) -> str:
    doubtful = finding.standing in (Standing.NOT_EVALUABLE, Standing.STALE)
    return "bold red" if finding.urgent else "yellow" if doubtful else ""


def _by_when(finding: Finding) -> str:
    if finding.due is None:
        return ""
    return finding.due.strftime("%a %d %b %Y") + (
        finding.due.strftime(" %H:%M") if hasattr(finding.due, "hour") else ""
    )


def _what(finding: Finding) -> str:
    parts = [owed(finding, finding.subject) if finding.subject is not None else finding.act + "."]
    if finding.missing:
        parts.append(f"The record does not show {what_is_missing(finding.missing)}.")
    if finding.contact is not None and finding.standing in (Standing.OVERDUE, Standing.OPEN, Standing.AFTER_PERMISSION):
        parts.append(f"Turn to {finding.contact.title}.")
    if finding.otherwise:
        parts.append("Another reading of the text would change this.")
    if finding.unverified:
        parts.append("NOT VERIFIED: nobody has read the source of this rule.")
    return " ".join(parts)


def _unseen(assessment: Assessment, console: Console) -> None:
    """Rules of which this record cannot show whether they arise, by what is missing."""
    unseen = assessment.cannot_be_told
    if unseen:
        say(console, "")
        say(console, "Cannot be told from this record:", "bold")
    for missing, rules in unseen:
        say(console, f"  for want of {what_is_missing(missing)}: {', '.join(rules)}")


def _otherwise(assessment: Assessment, console: Console) -> None:
    for only in assessment.only_otherwise:
        readings = listed([f"{name} = {reading}" for name, reading in only.otherwise[0].readings])
        standing = plain(only.otherwise[0].standing)
        say(console, "")
        say(console, f"Only if read otherwise ({readings}): {only.act} [{only.id}: {standing}]")
