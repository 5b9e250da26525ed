"""How binding local rules are and on whom, beside the national rule for the same act and beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.gates import OUTSIDE, about_advice
from iro_rules.checking.matching import same_happening, towards_the_same
from iro_rules.checking.spans import compare, step
from iro_rules.checking.subject import Read, Subject
from iro_rules.facts.vocabulary import Role
from iro_rules.rulebook.law import Modality, Towards
from iro_rules.rulebook.rules import AnyRule, Duty, Power

RANK = {Modality.MAY: 1, Modality.CONSIDER: 2, Modality.SHOULD: 3, Modality.MUST: 4, Modality.MUST_NOT: 4}
"""How strong a word is; what is only a condition has no strength."""

OTHERS = OUTSIDE | {str(Role.IRO), str(Role.LOCAL_AUTHORITY)}
"""Roles through which the authority does not act for itself, or that say no more than that it acts."""


def binding_findings(subject: Subject) -> Iterator[Finding]:
    """Weaker words and other bearers than nationally, then unlike words for one act within the protocol."""
    read = subject.default
    standing_for: dict[str, list[str]] = {}
    for local, national in subject.candidates:
        if type(read.by_id[local]) is type(read.by_id[national]):
            standing_for.setdefault(national, []).append(local)
    for national, names in standing_for.items():
        yield from _weaker(subject, read, national, names)
        for name in names:
            yield from _other_bearer(subject, read, name, national)
    yield from _uneven(subject, read)


def _weaker(subject: Subject, read: Read, national: str, names: list[str]) -> Iterator[Finding]:
    names = [name for name in names if not _sooner(subject, read, name, national)]
    asked = RANK.get(read.by_id[national].law.modality)
    given = [RANK.get(read.by_id[name].law.modality) for name in names]
    if asked is None or not names or any(rank is None or rank >= asked for rank in given):
        return
    words = sorted({str(read.by_id[name].law.modality) for name in names})
    yield Finding(
        kind=Kind.WEAKER_FORCE,
        rules=tuple(names),
        national=(national,),
        sentence=f"{' or '.join(words)} here, {read.by_id[national].law.modality} nationally",
        rows=subject.rows((*names, national)),
    )


def _sooner(subject: Subject, read: Read, local: str, national: str) -> bool:
    """Whether a local rule asks, in softer words, for what is to be done sooner: the national must stands beside it."""
    pair = read.pair(local, national)
    if pair is None or pair.towards is Towards.IMPLEMENTS or not isinstance(pair.local, Duty):
        return False
    mine, theirs = step(pair.local.within), step(pair.national.within if isinstance(pair.national, Duty) else None)
    if mine is None or theirs is None or mine == theirs:
        return mine is not None and theirs is None
    found = compare((mine,), theirs, subject.calendar)
    return found is not None and not found.laxer and mine.direction == theirs.direction


def _other_bearer(subject: Subject, read: Read, local: str, national: str) -> Iterator[Finding]:
    pair = read.pair(local, national)
    mine, theirs = frozenset(read.by_id[local].bearer), frozenset(read.by_id[national].bearer)
    if pair is None or not pair.same_act or not mine or not theirs or mine & theirs:
        return
    if str(Role.LOCAL_AUTHORITY) in theirs and not mine <= OTHERS:
        return
    yield Finding(
        kind=Kind.OTHER_BEARER,
        rules=(local,),
        national=(national,),
        sentence=f"{subject.titled(mine, 'and')} here, {subject.titled(theirs, 'and')} nationally",
        rows=subject.rows((local, national)),
    )


def _uneven(subject: Subject, read: Read) -> Iterator[Finding]:
    rules = [rule for rule in read.local if isinstance(rule, Duty | Power) and rule.law.modality in RANK]
    for one, other in combinations(rules, 2):
        if one.law.modality is other.law.modality or not frozenset(one.bearer) & frozenset(other.bearer):
            continue
        if _one_act(subject, read, one, other):
            yield Finding(
                kind=Kind.UNEVEN_FORCE,
                rules=(one.id, other.id),
                sentence=f"{one.law.modality} in one place, {other.law.modality} in the other",
                rows=subject.rows((one.id, other.id)),
            )


def _asks(read: Read, rule: AnyRule) -> bool:
    """Whether a duty is to ask somebody for something, which is what a power to turn to them allows."""
    return isinstance(rule, Duty) and {root.pattern.kind for root in read.tracer.met(rule)} == {"requested"}


def _one_act(subject: Subject, read: Read, one: AnyRule, other: AnyRule) -> bool:
    """Whether two rules ask for, or allow, one act towards one person."""
    if isinstance(one, Duty) and isinstance(other, Duty):
        return any(
            same_happening(a.pattern, b.pattern, who=True) and towards_the_same(a.pattern, b.pattern)
            for a in read.tracer.met(one)
            for b in read.tracer.met(other)
        )
    if not frozenset(one.to) & frozenset(other.to):
        return False
    if frozenset(one.to) == frozenset(other.to) and any(_asks(read, rule) for rule in (one, other)):
        return True
    return one.act == other.act or (about_advice(subject, one) and about_advice(subject, other))
