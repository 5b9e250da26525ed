"""What an answer must not be read without: days and facts that the rules asked, or the day, do not reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from iro_rules.assessment.assessment import Notice
from iro_rules.assessment.settings import Setting
from iro_rules.assessment.words import a_day, counted, listed
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.facts import Case
from iro_rules.rulebook import Status
from iro_rules.rulebook.core import FOREVER, Core, Derive, Production
from iro_rules.rulebook.law import question_of

Missed = Sequence[tuple[Production, Row]]
Span = tuple[int, int, bool]
"""The first day of a text, the first day of the next, and whether a rule for the days outside was left out."""


def notices(where: Setting, core: Core, rows: CaseRows, case: Case, missed: Missed) -> tuple[Notice, ...]:
    """The day asked about before any rule, facts after that day or before any rule, and facts between editions of one.

    `missed` are the rows that would have set a production off that was not in force on their day.
    """
    told = [rule for rule in where.rulebook.rules if not isinstance(rule, Status) or rule.reported]
    if not told:
        return ()
    first = min(rule.law.start for rule in told).toordinal()
    began = a_day(date.fromordinal(first))
    if rows.as_of.day < first:
        words = f"The first of these rules took effect on {began}: nothing is judged as of an earlier day."
        return (Notice("before-the-rules", words),)
    found: list[Notice] = []
    late = sorted({fact.id for fact in case.facts} - {row.fact for kind in rows.rows.values() for row in kind})
    if late:
        words = f"Nothing is judged on {counted(len(late), 'facts')} of this case that came after the day asked about."
        found.append(Notice("facts-after-the-day", words, facts=tuple(late)))
    early = sorted({row.fact for _, row in missed if row.on < first} & {fact.id for fact in case.facts})
    if early:
        words = (
            f"{counted(len(early), 'facts')} of this case came before {began}, when the first of these rules took "
            "effect: a later rule may look back at them, but nothing is judged on them themselves."
        )
        found.append(Notice("facts-before-the-rules", words, facts=tuple(early)))
    return (*found, *_outside(where, core, missed, first))


def _outside(where: Setting, core: Core, missed: Missed, first: int) -> Iterable[Notice]:
    """Facts that no edition of a question reaches, though they are not older than the rules."""
    editions: dict[str, list[Production]] = {}
    for production in core.productions():
        if not isinstance(production, Derive):
            editions.setdefault(question_of(production.rule), []).append(production)
    left_out = {question_of(rule.id) for rule in where.left_out}
    by_span: dict[Span, tuple[set[str], set[str]]] = {}
    for production, row in missed:
        question = question_of(production.rule)
        others = editions.get(question, [])
        if production not in others or row.on < first or any(p.start <= row.on < p.end for p in others):
            continue
        rules, facts = by_span.setdefault((production.start, production.end, question in left_out), (set(), set()))
        rules.add(production.rule)
        facts.add(row.fact)
    for (start, end, known), (rules, facts) in sorted(by_span.items()):
        days = f"from {a_day(date.fromordinal(start))}"
        if end < FOREVER:
            days += f" up to {a_day(date.fromordinal(end - 1))}"
        them = "these rules" if len(rules) > 1 else "this rule"
        words = (
            f"Read in its source only {days}: {listed(sorted(rules))}. {counted(len(facts), 'facts')} outside those "
            f"days would have set {them} off, and nothing is judged on that."
        )
        if known:
            words += " An edition for other days is encoded, but nobody has read its source: it can be asked for."
        yield Notice("outside-edition", words, tuple(sorted(rules)), tuple(sorted(facts)))
