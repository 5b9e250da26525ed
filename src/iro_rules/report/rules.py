"""Rules as lists and pages: their sources, forces and clocks; and the packages they come from."""

from __future__ import annotations

import difflib
from typing import Any

from rich.console import Console

from iro_rules.assessment.settings import setting
from iro_rules.assessment.words import a_day, counted, listed, plain
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Soft
from iro_rules.errors import IroRulesError, RulebookError
from iro_rules.protocols import Record, Registry
from iro_rules.readings import ByReading, interpretations_in
from iro_rules.report.console import cell, say, table_of
from iro_rules.rulebook import Conflict, Constraint, Duty, Gate, Power, Rulebook, StandingDuty, Status
from iro_rules.rulebook.rules import AnyRule

KIND_OF = {
    Duty: "duty",
    Power: "power",
    Gate: "gate",
    Constraint: "constraint",
    StandingDuty: "standing_duty",
    Status: "status",
    Conflict: "conflict",
}


def shown_rules(book: Rulebook) -> tuple[AnyRule, ...]:
    """The rules that give findings: all but the statuses that only prepare them."""
    return tuple(rule for rule in book.rules if not isinstance(rule, Status) or rule.reported)


def clock_of(rule: AnyRule) -> str:
    """A rule's timescale in words; every reading's where the text is open."""
    if not isinstance(rule, Duty) or rule.within is None:
        return ""
    return _clock(rule.within)


def _clock(within: Any) -> str:
    match within:
        case ByReading():
            return " or ".join(dict.fromkeys(_clock(value) for _, value in within.values))
        case Soft():
            return within.words
        case AgreedDate():
            return "by the date agreed in the case"
        case Chosen():
            return f"{within.low.values[-1][1]} to {within.high.values[-1][1]} working days, as chosen for the risk"
        case Clock():
            counts = [value.values[-1][1] for value in _readings_of(within.number)]
            if within.direction == "before" and set(counts) <= {0, 1}:
                return "before the event"
            span = " or ".join(counted(counts[0], str(unit)) for unit in _readings_of(within.unit))
            return f"within {span}" if within.direction == "after" else f"at least {span} before"
    return ""


def _readings_of(value: Any) -> list[Any]:
    """A value under each reading it depends on, or the value itself."""
    return [v for _, v in value.values] if isinstance(value, ByReading) else [value]


def show_rules(book: Rulebook, console: Console) -> None:
    """One row a rule."""
    table = table_of("Rule", "Asks", "Clock", "Source")
    for column, ratio in zip(table.columns, (2, 3, 2, 2), strict=True):
        column.ratio = ratio
    for rule in shown_rules(book):
        source = f"{rule.law.citation} ({rule.law.force}; {', '.join(rule.law.rows)}; {rule.law.verified})"
        table.add_row(cell(rule.id), cell(f"{rule.law.modality}: {rule.act}"), cell(clock_of(rule)), cell(source))
    console.print(table)
    say(console, "")
    say(console, f"{len(shown_rules(book))} rules; {len(book.interpretations)} open questions of interpretation.")


def rules_to_json(book: Rulebook) -> dict[str, Any]:
    """Every rule, number and interpretation as plain values."""
    return {
        "format": "iro-rules/rules/1",
        "rulebook": book.name,
        "packages": [{"name": p.name, "version": p.version, "source": p.source} for p in book.packages],
        "rules": [
            {
                "id": rule.id,
                "kind": KIND_OF[type(rule)],
                "act": rule.act,
                "bearer": list(rule.bearer),
                "joint": rule.joint,
                "to": list(rule.to),
                "clock": clock_of(rule),
                "rows": list(rule.law.rows),
                "citation": rule.law.citation,
                "force": str(rule.law.force),
                "modality": str(rule.law.modality),
                "verb": rule.law.verb,
                "verified": str(rule.law.verified),
                "in_force_from": rule.law.start.isoformat(),
                "in_force_to": None if rule.law.end is None else rule.law.end.isoformat(),
                "national": [{"towards": str(towards), "rule": other} for towards, other in rule.law.national],
                "interpretations": [i.id for i in interpretations_in(rule)],
                "note": rule.note,
            }
            for rule in shown_rules(book)
        ],
        "numbers": {name: dict(_dated(number)) for name, number in book.numbers.items()},
        "interpretations": [
            {"id": i.id, "question": i.question, "readings": dict(i.readings), "default": i.default, "why": i.why}
            for i in book.interpretations
        ],
    }


def _dated(number: Any) -> list[tuple[str, int]]:
    from datetime import date

    return [(date.fromordinal(day).isoformat(), count) for day, count in number.values]


def show_rule(book: Rulebook, name: str, console: Console) -> None:
    """One rule in full. Raises RulebookError for an unknown one, with the nearest that exist."""
    rule = book.by_id.get(name)
    if rule is None:
        near = difflib.get_close_matches(name, book.by_id, n=3) or sorted(r.id for r in shown_rules(book))[:3]
        raise RulebookError("there is no such rule", where=book.name, value=name, right=listed(near, "or"))
    law = rule.law
    say(console, rule.id, "bold")
    lines = [
        rule.act[:1].upper() + rule.act[1:] + ".",
        *([f"Who: {listed([plain(role) for role in rule.bearer], _and(rule))}."] if rule.bearer else []),
        *([f"Owed to: {listed([plain(role) for role in rule.to])}."] if rule.to else []),
        *([f"Clock: {clock_of(rule)}."] if clock_of(rule) else ["Clock: none is given."]),
        f"Source: {law.citation}. Rows: {', '.join(law.rows)}.",
        f"Force: {law.force}; {law.modality} (the source's verb: {law.verb}); {law.verified.words()}.",
        f"In force from {a_day(law.start)}" + (f" until {a_day(law.end)}." if law.end else "."),
        *[f"It {towards} {other}." for towards, other in law.national],
        *([f"Note: {rule.note}"] if rule.note else []),
    ]
    for interpretation in interpretations_in(rule):
        readings = "; ".join(
            f"{name}{' (used unless chosen otherwise)' if name == interpretation.default else ''}: {meaning}"
            for name, meaning in interpretation.readings
        )
        lines.append(f"Open question {interpretation.id}: {interpretation.question} {readings}. {interpretation.why}")
    for line in lines:
        say(console, line)


def _and(rule: AnyRule) -> str:
    return "or" if rule.joint == "either" else "and"


def packages_to_json(registry: Registry) -> dict[str, Any]:
    """The packages found as plain values; `error` says why one of them cannot be used, or is null."""
    return {
        "format": "iro-rules/protocols/1",
        "protocols": [
            {
                "name": record.name,
                "version": record.version,
                "distribution": record.distribution,
                "title": "" if record.protocol is None else record.protocol.title,
                "authorities": [] if record.protocol is None else list(record.protocol.authorities),
                "error": None if error is None else str(error),
            }
            for record in registry.records
            for error in (_refused(registry, record),)
        ],
    }


def _refused(registry: Registry, record: Record) -> IroRulesError | None:
    """Why a package cannot be used, or its protocol not be laid over the national rules, if so."""
    if record.protocol is None:
        return record.error
    try:
        setting(record.name, registry=registry)
    except IroRulesError as error:
        return error
    return None


def show_packages(registry: Registry, console: Console) -> None:
    """The packages found, their versions, and why any of them cannot be used."""
    table = table_of("Protocol", "Version", "Distribution", "State")
    for record in registry.records:
        error = _refused(registry, record)
        state = "ok" if error is None else f"broken: {error}"
        title = record.protocol.title if record.protocol is not None else ""
        table.add_row(*map(cell, (record.name, record.version, record.distribution, f"{state} {title}".strip())))
    if registry.records:
        console.print(table)
    else:
        say(console, "No protocol package is installed.")
