"""What a protocol leaves unsaid: figures for its duties, the reading of its text, and names of its own for things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from iro_rules.assessment.words import listed
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.gates import leaves
from iro_rules.checking.reading import choices, under
from iro_rules.checking.spans import step
from iro_rules.checking.subject import Subject
from iro_rules.clock.timescale import AgreedDate, Soft
from iro_rules.readings import Interpretation, interpretations_in, resolve
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import AnyRule, Duty

TURNS = {
    "trigger": "what brings it about",
    "anchor": "where counting starts",
    "given": "what it looks at",
    "when": "when it applies",
    "met_by": "what meets it",
    "needs": "whether all or any of the acts meet it",
    "first": "what must come first",
    "permission": "whose leave it needs",
    "moment": "the day that counts",
    "bearer": "who must act",
}
"""What differs between two readings of a rule, by the field that differs."""


def unsaid_findings(subject: Subject) -> Iterator[Finding]:
    """Duties without a figure, open questions, contacts nobody holds."""
    yield from _no_clock(subject)
    yield from _left_open(subject)
    yield from _unheld(subject)


def _no_clock(subject: Subject) -> Iterator[Finding]:
    for local, national in subject.candidates:
        rule, other = subject.book.by_id[local], subject.book.by_id[national]
        if not isinstance(rule, Duty) or not isinstance(other, Duty):
            continue
        tried = choices(rule, other)
        held = []
        figure = None
        for choice in tried:
            pair = subject.read(choice).pair(local, national)
            if pair is None or not pair.same_start or not pair.same_act:
                continue
            mine, theirs = (
                step(side.within) if isinstance(side, Duty) else None for side in (pair.local, pair.national)
            )
            if mine is None and theirs is not None:
                held.append(choice)
                figure = theirs
        if held and figure is not None:
            yield Finding(
                kind=Kind.NO_CLOCK,
                rules=(local,),
                national=(national,),
                sentence=f"no figure here, {figure.words()} nationally; the national clock binds",
                readings=under(held, tried),
                rows=subject.rows((local, national)),
            )
    none, soft, agreed = [], [], []
    made = {name for ladder in subject.ladders for name in _made(ladder)}
    for found in subject.default.local:
        if isinstance(found, Duty) and found.id not in made and step(found.within) is None:
            match found.within:
                case Soft():
                    soft.append(found)
                case AgreedDate():
                    agreed.append(found)
                case _:
                    none.append(found)
    for about, duties in (
        ("no time", none),
        ("words of time without a figure", soft),
        ("a date agreed in the case", agreed),
    ):
        if duties:
            names = tuple(duty.id for duty in duties)
            yield Finding(
                kind=Kind.NO_CLOCK,
                rules=names,
                about=about,
                sentence=f"duties of the protocol with {about}: {len(names)}",
                arithmetic=tuple(f"{d.id}: {d.within.words}" for d in duties if isinstance(d.within, Soft)),
                rows=subject.rows(names),
            )


def _made(ladder: Ladder) -> set[str]:
    """The ids of the duties that a ladder's silences and disagreements become."""
    return {f"{ladder.id}.{stage.id}.{what}" for stage in ladder.stages for what in ("silence", "not-agreed")}


def _left_open(subject: Subject) -> Iterator[Finding]:
    national = {i.id for i in subject.national.interpretations}
    found: dict[str, tuple[Interpretation, list[AnyRule]]] = {}
    for rule in subject.local:
        for interpretation in interpretations_in(rule):
            if interpretation.id not in national:
                found.setdefault(interpretation.id, (interpretation, []))[1].append(rule)
    for name, (interpretation, rules) in sorted(found.items()):
        names = tuple(rule.id for rule in rules)
        what = dict.fromkeys(words for rule in rules for words in turning(rule, interpretation))
        turns = f"On it turns {listed(list(what))}." if what else "No rule turns on it by itself."
        yield Finding(
            kind=Kind.LEFT_OPEN,
            rules=names,
            about=name,
            sentence=f"{interpretation.question} {turns}",
            arithmetic=tuple(
                f"{reading}: {meaning}{' (used unless chosen otherwise)' if reading == interpretation.default else ''}"
                for reading, meaning in interpretation.readings
            ),
            rows=subject.rows(names),
        )


def turning(rule: AnyRule, interpretation: Interpretation) -> tuple[str, ...]:
    """What of a rule differs between the readings of one open question, in words."""
    read = [resolve(rule, {interpretation.id: name}) for name in interpretation.names()]
    found = [words for field, words in TURNS.items() if len({repr(getattr(one, field, None)) for one in read}) > 1]
    clocks: list[Any] = [getattr(one, "within", None) for one in read]
    if len({repr(clock) for clock in clocks}) > 1:
        found += _of_clocks(clocks)
    return tuple(found)


def _of_clocks(clocks: list[Any]) -> list[str]:
    if len({type(clock) for clock in clocks}) > 1:
        return ["whether it has a clock"]
    said = {"unit": "the unit", "direction": "whether it counts forward or back", "tight": "the first day counted"}
    fields = [a.name for a in attrs.fields(type(clocks[0]))] if clocks[0] is not None else []
    differing = [name for name in fields if len({repr(getattr(clock, name)) for clock in clocks}) > 1]
    return [said.get(name, "the number") for name in differing]


def _unheld(subject: Subject) -> Iterator[Finding]:
    held = {contact.role for contact in subject.book.contacts}
    wanted: dict[str, list[str]] = {}
    for rule in subject.local:
        contact = getattr(rule, "contact", None)
        if contact is not None:
            wanted.setdefault(contact, []).append(rule.id)
    for ladder in subject.ladders:
        for stage in ladder.stages:
            for role in stage.escalator:
                wanted.setdefault(role, [])
    for contact in subject.protocol.contacts:
        if contact.stand_in:
            wanted.setdefault(contact.stand_in, [])
    for leave in leaves(subject.default):
        for role in leave.holders:
            wanted.setdefault(role, []).append(leave.rule.id)
    for role, names in wanted.items():
        if role not in held:
            rules = tuple(dict.fromkeys(names))
            yield Finding(
                kind=Kind.CONTACT_UNHELD,
                rules=rules,
                about=role,
                sentence=f"people are sent to the role {role.replace('_', ' ')}, which no contact holds",
                rows=subject.rows(rules),
            )
