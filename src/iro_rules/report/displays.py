"""What a notebook shows of a case, an assessment, a finding, a rulebook and a ladder.

`%load_ext iro_rules` in a notebook turns it on; nothing is shown so unless that was asked for. Each display is HTML
without script, in which every text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.words import plain, tell
from iro_rules.facts import Case
from iro_rules.report.html import counted_groups, entry_of, render, sections_of
from iro_rules.report.rules import KIND_OF, clock_of
from iro_rules.rulebook import Ladder, Rulebook
from iro_rules.rulebook.rules import AnyRule

MOST_RULES = 200
"""How many rules of a rulebook are listed; the rest are counted."""


def case_display(case: Case) -> str:
    """The facts of a case in order of day, and what its record covers."""
    facts = sorted(case.facts, key=lambda fact: (fact.on, fact.id))
    return render(
        "display_case.html",
        case=case,
        facts=[(f"{fact.on}", tell(fact, _said), fact.id) for fact in facts],
        covered=[
            *sorted(plain(kind) for kind in case.coverage.kinds),
            *(f"{plain(kind)} from {day} on" for kind, day in case.coverage.since),
        ],
    )


def assessment_display(made: Assessment) -> str:
    """The findings of an assessment, most urgent first, each unfolding to its explanation."""
    return render(
        "display_assessment.html",
        made=made,
        sections=sections_of(made),
        counts=counted_groups(made),
        unseen=len(made.cannot_be_told),
    )


def finding_display(finding: Finding) -> str:
    """One finding with its explanation."""
    return render("display_finding.html", entry=entry_of(finding.subject.case.id if finding.subject else "", finding))


def rulebook_display(book: Rulebook) -> str:
    """What a rulebook holds: where it comes from, how many rules of each kind, and the rules with their sources."""
    kinds: dict[str, int] = {}
    for rule in book.rules:
        kinds[KIND_OF[type(rule)]] = kinds.get(KIND_OF[type(rule)], 0) + 1
    return render(
        "display_rulebook.html",
        book=book,
        kinds=sorted(kinds.items()),
        rules=[_rule(rule) for rule in book.rules[:MOST_RULES]],
        more=max(len(book.rules) - MOST_RULES, 0),
    )


def ladder_display(ladder: Ladder) -> str:
    """The stages of a ladder in order: how each is reached, who answers, and what silence does."""
    answering = {stage.id: ", ".join(ladder.answering(stage.id)) for stage in ladder.stages}
    moves = [(move.start or "opening", plain(move.by), move.to or "closed") for move in ladder.moves()]
    return render("display_ladder.html", ladder=ladder, answering=answering, moves=moves)


def register(ipython: Any) -> None:
    """Let a notebook show these values so; `ipython` is its shell."""
    shown: dict[type, Callable[[Any], str]] = {
        Case: case_display,
        Assessment: assessment_display,
        Finding: finding_display,
        Rulebook: rulebook_display,
        Ladder: ladder_display,
    }
    formatter = ipython.display_formatter.formatters["text/html"]
    for kind, display in shown.items():
        formatter.for_type(kind, display)


def _rule(rule: AnyRule) -> tuple[str, str, str, str, str]:
    return rule.id, KIND_OF[type(rule)], rule.act, clock_of(rule), rule.law.citation


def _said(role: str) -> str:
    return plain(role)
