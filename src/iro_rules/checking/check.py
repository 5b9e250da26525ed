"""Check a protocol against the national rules without any case: every kind of finding, in order."""

from __future__ import annotations

from collections.abc import Iterable

from iro_rules.checking.binding import binding_findings
from iro_rules.checking.chains import chain_findings
from iro_rules.checking.clocks import clock_findings
from iro_rules.checking.findings import Kind, Report
from iro_rules.checking.gates import gate_findings
from iro_rules.checking.ladders import ladder_findings
from iro_rules.checking.names import name_findings
from iro_rules.checking.powers import power_findings
from iro_rules.checking.sources import source_findings
from iro_rules.checking.stages import stage_findings
from iro_rules.checking.starts import start_findings
from iro_rules.checking.subject import Subject
from iro_rules.checking.triggers import trigger_findings
from iro_rules.checking.unsaid import unsaid_findings
from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.national import rulebook
from iro_rules.protocols import Protocol, combine
from iro_rules.protocols.overlay import whole_of
from iro_rules.rulebook.rulebook import Rulebook

ORDER = {kind: number for number, kind in enumerate(Kind)}


def subject_of(protocol: Protocol, national: Rulebook | None = None, *, calendar: Calendar | None = None) -> Subject:
    """A protocol laid over national rules, ready to be reasoned over; arguments and errors are those of `check`."""
    base = rulebook() if national is None else national
    days = england_and_wales() if calendar is None else calendar
    return Subject(protocol=whole_of(protocol), national=base, book=combine(base, protocol), calendar=days)


def check(
    protocol: Protocol,
    national: Rulebook | None = None,
    *,
    calendar: Calendar | None = None,
    beside: Iterable[Protocol] = (),
) -> Report:
    """What a protocol leaves open, and where it asks less, later or harder than the national rules.

    `national` is the national rulebook of this library unless another is given, `calendar` that of England and
    Wales; `beside` are other protocols, for names that collide. Raises what laying the protocol over the national
    rules raises: ProtocolError or RulebookError.
    """
    days = england_and_wales() if calendar is None else calendar
    subject = subject_of(protocol, national, calendar=days)
    found = (
        *clock_findings(subject),
        *chain_findings(subject),
        *trigger_findings(subject),
        *binding_findings(subject),
        *power_findings(subject),
        *ladder_findings(subject),
        *stage_findings(subject),
        *start_findings(subject),
        *gate_findings(subject),
        *source_findings(subject),
        *unsaid_findings(subject),
        *name_findings(subject, beside),
    )
    return Report(
        protocol=protocol.name,
        version=protocol.version,
        authority=protocol.authority,
        calendar=days.edition,
        rules=len(subject.local),
        findings=tuple(sorted(found, key=lambda f: (ORDER[f.kind], f.id))),
    )
