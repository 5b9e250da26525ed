"""The check of a protocol on a terminal or in a pipe: each finding with its arithmetic, then the counts."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from iro_rules.assessment.words import counted, listed
from iro_rules.checking import Finding, Kind, Report, Severity
from iro_rules.report.console import cell, say, table_of

MOST = 6
"""Of the rules a finding is about so many are named in the table; JSON has them all."""


def show_check(report: Report, console: Console) -> None:
    """One row a finding, the heaviest kinds first; beneath it the arithmetic; at the end what the kinds mean."""
    say(console, f"Protocol {report.protocol} {report.version} of {report.authority}, checked without any case", "bold")
    for severity in Severity:
        found = [finding for finding in report.findings if finding.severity is severity]
        if not found:
            continue
        say(console, "")
        say(console, f"{str(severity).capitalize()}s: {severity.words()}", "bold")
        table = table_of("Kind", "What was found")
        table.columns[0].no_wrap = True
        for finding in found:
            table.add_row(cell(str(finding.kind)), Text("\n").join(map(cell, lines_of(finding))))
        console.print(table)
    say(console, "")
    say(console, closing(report))
    kinds = [kind for kind in Kind if report.of(kind)]
    if kinds:
        say(console, "")
        say(console, "What to do", "bold")
        table = table_of("Kind", "What to do")
        table.columns[0].no_wrap = True
        for kind in kinds:
            table.add_row(cell(str(kind)), cell(kind.remedy))
        console.print(table)


def lines_of(finding: Finding) -> list[str]:
    """A finding as lines: what it says, what it is about, the readings, the arithmetic."""
    named = [*finding.rules[:MOST], *([f"{len(finding.rules) - MOST} more"] if len(finding.rules) > MOST else [])]
    about = listed(named) or finding.about
    national = f"; national: {listed(list(finding.national))}" if finding.national else ""
    return [
        f"{finding.sentence[:1].upper()}{finding.sentence[1:]}{'' if finding.sentence.endswith(('.', '?')) else '.'}",
        f"[{about}{national}]",
        *([f"under {finding.readings}"] if finding.readings else []),
        *(f"  - {line}" for line in finding.arithmetic),
    ]


def closing(report: Report) -> str:
    """The counts as one sentence."""
    counts = Counter(finding.severity for finding in report.findings)
    found = listed([counted(counts[severity], f"{severity}s") for severity in Severity])
    return f"{report.rules} rules of the protocol: {found}. Working days: {report.calendar}."
