"""Findings explained on a terminal, with the days of a deadline on demand."""

from __future__ import annotations

from rich.console import Console

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.words import a_day, plain
from iro_rules.errors import CaseError
from iro_rules.report.console import say


def findings_named(assessment: Assessment, name: str) -> list[Finding]:
    """Every finding of a rule, or the one finding named. Raises CaseError where there is none."""
    findings = [f for f in assessment.findings if name in (f.id, f.rule)]
    if not findings:
        rules = sorted({f.rule for f in assessment.findings})
        raise CaseError(
            "there is no such finding in this case",
            where=f"case {assessment.case}",
            value=name,
            right="a finding's id, or one of its rules: " + ", ".join(rules) if rules else "nothing: it has none",
        )
    return findings


def show_findings(assessment: Assessment, name: str, console: Console, *, days: bool = False) -> None:
    """Tell every finding of a rule, or the one finding named. Raises CaseError where there is none."""
    for finding in findings_named(assessment, name):
        explanation = finding.explain()
        say(console, f"{finding.id}: {plain(finding.standing)}", "bold")
        for sentence in explanation.sentences:
            say(console, f"  {sentence}")
        for day in explanation.days if days else ():
            mark = f"day {day.counted}" if day.counted is not None else f"not counted: {day.reason}"
            say(console, f"    {a_day(day.day)}: {mark}")
        say(console, "")
