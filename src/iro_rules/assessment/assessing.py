"""`assess`: one case, one day, every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
import pendulum

from iro_rules.assessment.answer import Answer, Engine, ask, engine_named
from iro_rules.assessment.assessment import Assessment, OnlyOtherwise, Provenance
from iro_rules.assessment.bundle import write_bundle
from iro_rules.assessment.finding import Deciding, Finding, Otherwise, Reach
from iro_rules.assessment.robustness import Readings, dependence, other_answers
from iro_rules.assessment.subject import Subject
from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.engines.rows import AsOf, CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CaseError
from iro_rules.facts import Case
from iro_rules.facts.fact import plain_fields
from iro_rules.national import rulebook as national_rulebook
from iro_rules.protocols import Protocol, Registry, combine
from iro_rules.rulebook import Conflict, Constraint, Duty, Gate, Power, Rulebook, StandingDuty, Status
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


@attrs.frozen(eq=False, kw_only=True)
class Setting:
    """The rulebook, calendar and directory that cases are judged under; build it with `setting(...)`."""

    rulebook: Rulebook
    calendar: Calendar
    registry: Registry
    authority: str


def setting(
    protocol: str | Protocol | Rulebook | None = None,
    *,
    registry: Registry | None = None,
    calendar: Calendar | None = None,
) -> Setting:
    """What a protocol's name (or value), the installed packages and the calendar come to.

    Without a protocol the national rules stand alone. Raises ProtocolError for an unknown or broken one.
    """
    found = registry if registry is not None else Registry.discover() if isinstance(protocol, str) else Registry()
    chosen = found.protocol(protocol) if isinstance(protocol, str) else protocol
    authority = chosen.authority if isinstance(chosen, Protocol) else ""
    days = england_and_wales() if calendar is None else calendar
    closures = found.closures(authority) if authority else {}
    book = chosen if isinstance(chosen, Rulebook) else rulebook_for(chosen)
    return Setting(
        rulebook=book,
        calendar=days.with_closures(closures) if closures else days,
        registry=found,
        authority=authority,
    )


@lru_cache(maxsize=32)
def rulebook_for(protocol: Protocol | None) -> Rulebook:
    """The national rulebook, with a protocol laid over it."""
    return combine(national_rulebook(), protocol) if protocol is not None else national_rulebook()


def assess(
    case: Case,
    *,
    as_of: date | datetime | str,
    protocol: str | Protocol | Rulebook | Setting | None = None,
    related: Iterable[Case] = (),
    engine: str = Engine.CHECKED,
    readings: Mapping[str, str] | None = None,
    robustness: bool = True,
    bundles: Path | None = None,
) -> Assessment:
    """What is owed in one case on a day, by whom, by when, under which rule, and how each thing stands.

    `as_of` is a date (the whole London day) or an aware datetime. `related` are the cases of brothers,
    sisters and parents. `readings` chooses readings of interpretations; `robustness=False` leaves out the
    comparison with other readings; `bundles` is the folder for what is kept if two readers differ.

    Raises CaseError for a fact the rulebook cannot read, CalendarError for a day it does not know,
    ProtocolError, InterpretationError and EngineError for choices that do not exist, and
    ReaderDisagreement where two readers differ.
    """
    where = protocol if isinstance(protocol, Setting) else setting(protocol)
    chosen = dict(readings or {})
    core = where.rulebook.core(chosen)
    others = {other.id: other for other in related}
    for one in (case, *others.values()):
        check_terms(one, where.rulebook)
    moment = AsOf.of(as_of)
    rows = prepare(case, as_of=moment, calendar=where.calendar, related=others)
    named = engine_named(engine)

    def columnar() -> tuple[Verdict, ...]:
        from iro_rules.engines import columnar as reader

        return reader.judge(core, case, as_of=moment, calendar=where.calendar, related=others)

    def disagreement(found: tuple[Verdict, ...], defined: tuple[Verdict, ...]) -> str:
        about = {
            "as_of": str(as_of),
            "readings": chosen,
            "rulebook": where.rulebook.name,
            "packages": [f"{p.name} {p.version}" for p in where.rulebook.packages],
            "calendar": where.calendar.edition,
        }
        return write_bundle(
            bundles, case=case, related=others, about=about, answers={"durable": found, "meaning": defined}
        )

    answer = ask(core, rows, where.calendar, engine=named, columnar=columnar, disagreement=disagreement)
    made = _assessment(case, others, rows, answer, where, chosen, as_of, robustness)
    where.registry.observe(made)
    return made


def check_terms(case: Case, rulebook: Rulebook) -> None:
    """Raises CaseError for the first fact that uses a term this rulebook does not have."""
    for fact in case.facts:
        for name, attribute in plain_fields(type(fact)).items():
            vocabulary = attribute.metadata.get("vocabulary")
            value = getattr(fact, name)
            if vocabulary is None or value is None:
                continue
            for term in value if isinstance(value, tuple) else (value,):
                if term not in rulebook.terms[vocabulary]:
                    raise CaseError(
                        f"{name} is not a {vocabulary.replace('_', ' ')} of this rulebook",
                        where=f"case {case.id}, fact {fact.id} ({fact.kind()})",
                        value=term,
                        right="one of " + ", ".join(sorted(rulebook.terms[vocabulary])),
                    )


def _assessment(
    case: Case,
    related: Mapping[str, Case],
    rows: CaseRows,
    answer: Answer,
    where: Setting,
    chosen: Mapping[str, str],
    as_of: date | datetime | str,
    robustness: bool,
) -> Assessment:
    book = where.rulebook
    subject = Subject(case, related, book, where.calendar, chosen, rows)
    build = _Findings(subject, where, chosen)
    position = {rule.id: n for n, rule in enumerate(book.rules)}
    verdicts = sorted(answer.verdicts, key=lambda v: (position[v.rule], v.about))
    otherwise: dict[tuple[str, str], list[Otherwise]] = {}
    arising: dict[tuple[str, str], list[Otherwise]] = {}
    if robustness:
        known = {(v.rule, v.about): v for v in verdicts}
        for rules, readings, found in other_answers(book, rows, where.calendar, chosen):
            _compare(rules, readings, known, found, otherwise, arising)
    findings = tuple(
        build.finding(v, tuple(otherwise.get((v.rule, v.about), ())) if robustness else None) for v in verdicts
    )
    only = tuple(
        OnlyOtherwise(f"{rule}:{about}", rule, about, book.by_id[rule].act, tuple(others))
        for (rule, about), others in sorted(arising.items(), key=lambda item: (position[item[0][0]], item[0][1]))
    )
    return Assessment(
        case=case.id,
        subject=case.subject,
        as_of=str(as_of),
        findings=findings,
        only_otherwise=only,
        provenance=Provenance(
            rulebook=book.name,
            packages=book.packages,
            calendar=where.calendar.edition,
            reader=answer.reader,
            readings=tuple((i.id, chosen.get(i.id, i.default)) for i in book.interpretations),
            coverage=tuple(sorted(case.coverage.kinds)),
        ),
    )


def _compare(
    rules: frozenset[str],
    readings: Readings,
    known: Mapping[tuple[str, str], Verdict],
    found: Mapping[tuple[str, str], Verdict],
    otherwise: dict[tuple[str, str], list[Otherwise]],
    arising: dict[tuple[str, str], list[Otherwise]],
) -> None:
    """Note what one combination of readings changes; a combination that adds nothing to a smaller one is left out."""
    for key in {k for k in known if k[0] in rules} | set(found):
        here, there = known.get(key), found.get(key)
        if here is not None and there is not None and here.standing == there.standing:
            continue
        standing = there.standing if there is not None else ""
        due = None if there is None else due_of(there)
        into = otherwise if here is not None else arising
        noted = into.setdefault(key, [])
        if not any(o.standing == standing and set(o.readings) <= set(readings) for o in noted):
            noted[:] = [o for o in noted if not (o.standing == standing and set(readings) <= set(o.readings))]
            noted.append(Otherwise(readings, str(standing), due))


def due_of(verdict: Verdict) -> pendulum.Date | pendulum.DateTime | None:
    """A verdict's deadline as a date, or as an instant in London time."""
    if verdict.due_at is not None:
        return pendulum.from_timestamp(verdict.due_at, tz="Europe/London")
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
        instead = self.subject.title(wanted) if wanted and wanted != verdict.contact else ""
        details = self.where.registry.contact(self.where.authority, verdict.contact) if self.where.authority else None
        return Reach(verdict.contact, self.subject.title(verdict.contact), instead, details or "")
