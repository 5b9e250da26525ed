"""From verdicts to an assessment: each finding with its law, its facts, its contact and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs
import pendulum

from iro_rules.assessment.answer import Answer
from iro_rules.assessment.assessment import Assessment, OnlyOtherwise, Provenance
from iro_rules.assessment.finding import Deciding, Finding, Otherwise, Reach
from iro_rules.assessment.notices import notices
from iro_rules.assessment.robustness import Readings, dependence, other_answers
from iro_rules.assessment.settings import Setting
from iro_rules.assessment.subject import Subject
from iro_rules.engines.rows import CaseRows
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import Case
from iro_rules.facts.fields import in_london, to_moment
from iro_rules.rulebook import Conflict, Constraint, Duty, Gate, Power, StandingDuty, Status
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Standing

KIND_OF = {
    Duty: "obligation",
    Power: "power",
    Gate: "gate",
    Constraint: "constraint",
    StandingDuty: "arrangement",
    Status: "status",
    Conflict: "conflict",
}

Key = tuple[str, str]


def make_assessment(
    case: Case,
    related: Mapping[str, Case],
    rows: CaseRows,
    answer: Answer,
    where: Setting,
    chosen: Mapping[str, str],
    as_of: date | datetime | str,
    *,
    robustness: bool,
) -> Assessment:
    """The verdicts of an answer as findings in the rulebook's order, and what other readings would change."""
    book = where.rulebook
    core = book.core(chosen)
    build = _Findings(Subject(case, related, book, where.calendar, chosen, rows), where, chosen)
    position = {rule.id: n for n, rule in enumerate(book.rules)}
    verdicts = sorted(answer.verdicts, key=lambda v: (position[v.rule], v.about))
    otherwise: dict[Key, list[Otherwise]] = {}
    arising: dict[Key, list[Otherwise]] = {}
    if robustness:
        known = {(v.rule, v.about): v for v in verdicts}
        for rules, readings, found in other_answers(book, rows, where.calendar, chosen):
            compare(rules, readings, known, found, otherwise, arising)
    tried = dependence(book).tried if robustness else frozenset()
    findings = tuple(
        build.finding(v, tuple(otherwise.get((v.rule, v.about), ())) if v.rule in tried else None) for v in verdicts
    )
    only = tuple(
        OnlyOtherwise(f"{rule}:{about}", rule, about, book.by_id[rule].act, tuple(others))
        for (rule, about), others in sorted(arising.items(), key=lambda item: (position[item[0][0]], item[0][1]))
    )
    return Assessment(
        case=case.id,
        subject=case.subject,
        as_of=to_moment(as_of, name="as_of").isoformat(),
        findings=findings,
        only_otherwise=only,
        notices=notices(where, core, rows, case, answer.missed),
        provenance=Provenance(
            rulebook=book.name,
            packages=book.packages,
            calendar=where.calendar.edition,
            reader=answer.reader,
            readings=tuple((i.id, chosen.get(i.id, i.default)) for i in book.interpretations),
            coverage=tuple(sorted(case.coverage.kinds)),
            since=tuple((kind, day.isoformat()) for kind, day in case.coverage.since),
            left_out=len(where.left_out),
        ),
    )


def compare(
    rules: frozenset[str],
    readings: Readings,
    known: Mapping[Key, Verdict],
    found: Mapping[Key, Verdict],
    otherwise: dict[Key, list[Otherwise]],
    arising: dict[Key, list[Otherwise]],
) -> None:
    """Note what one combination of readings changes; a combination that adds nothing to a smaller one is left out.

    What is still open is another answer where its deadline is another; what is settled, only where it
    stands otherwise.
    """
    for key in {k for k in known if k[0] in rules} | set(found):
        here, there = known.get(key), found.get(key)
        if _outcome(here) == _outcome(there):
            continue
        changed = Otherwise(
            readings, "" if there is None else str(there.standing), None if there is None else due_of(there)
        )
        into = otherwise if here is not None else arising
        noted = into.setdefault(key, [])
        if not any(_told_by(changed, smaller) for smaller in noted):
            noted[:] = [larger for larger in noted if not _told_by(larger, changed)]
            noted.append(changed)


def _outcome(verdict: Verdict | None) -> tuple[str, int | None, int | None] | None:
    if verdict is None:
        return None
    pending = verdict.standing == Standing.OPEN
    return verdict.standing, verdict.due_on if pending else None, verdict.due_at if pending else None


def _told_by(larger: Otherwise, smaller: Otherwise) -> bool:
    """Whether some of the same readings already lead to the same answer."""
    same = larger.standing == smaller.standing and (larger.standing != Standing.OPEN or larger.due == smaller.due)
    return same and set(smaller.readings) <= set(larger.readings)


def due_of(verdict: Verdict) -> pendulum.Date | pendulum.DateTime | None:
    """A verdict's deadline as a date, or as an instant in London time."""
    if verdict.due_at is not None:
        return in_london(pendulum.from_timestamp(verdict.due_at))
    if verdict.due_on is None:
        return None
    day = date.fromordinal(verdict.due_on)
    return pendulum.Date(day.year, day.month, day.day)


@attrs.frozen(eq=False)
class _Findings:
    """Turns verdicts into findings."""

    subject: Subject
    where: Setting
    chosen: Mapping[str, str]

    def finding(self, verdict: Verdict, otherwise: tuple[Otherwise, ...] | None) -> Finding:
        rule: AnyRule = self.where.rulebook.by_id[verdict.rule]
        rests_on = dependence(self.where.rulebook).rests_on[rule.id]
        return Finding(
            id=verdict.id,
            rule=rule.id,
            kind=KIND_OF[type(rule)],
            about=verdict.about,
            standing=Standing(verdict.standing),
            act=rule.act,
            bearer=rule.bearer,
            joint=rule.joint,
            to=rule.to,
            law=rule.law,
            due=due_of(verdict),
            decided_by=tuple(self._deciding(part, fact) for part, fact in verdict.facts),
            missing=verdict.missing_names(),
            contact=self._reach(verdict, rule),
            readings=tuple((i.id, self.chosen.get(i.id, i.default)) for i in rests_on),
            otherwise=otherwise,
            note=rule.note,
            subject=self.subject,
        )

    def _deciding(self, part: str, fact_id: str) -> Deciding:
        fact = self.subject.facts.get(fact_id)
        return Deciding(part, fact_id, "" if fact is None else fact.kind(), None if fact is None else fact.when)

    def _reach(self, verdict: Verdict, rule: Any) -> Reach | None:
        if verdict.contact is None:
            return None
        wanted = getattr(rule, "contact", None)
        instead = self.subject.title(wanted, rule.id) if wanted and wanted != verdict.contact else ""
        known = self.where.registry.contact(self.where.authority, verdict.contact) if self.where.authority else None
        contact = self.subject.contacts.get(verdict.contact)
        channel = contact.channel if contact is not None else ""
        details = "; ".join(said for said in (known, channel) if said)
        return Reach(verdict.contact, self.subject.title(verdict.contact, rule.id), instead, details)
