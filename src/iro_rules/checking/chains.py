"""Local clocks that follow one another, against a national clock that has been running all the while."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.matching import any_same, in_force_together, leads_to
from iro_rules.checking.reading import Choice, choices, under
from iro_rules.checking.spans import Comparison, Step, added, compare, step
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import Root, values
from iro_rules.checking.words import compared, lasts
from iro_rules.rulebook.rules import Duty

LONGEST = 8
"""A chain of more local duties than this is not followed."""


@attrs.frozen
class Chain:
    """Local duties, each of which starts the next, from the event that starts a national duty to its act."""

    duties: tuple[Duty, ...]
    national: Duty

    def steps(self) -> tuple[Step, ...]:
        """The figures of those that have one."""
        return tuple(found for duty in self.duties if (found := step(duty.within)) is not None)

    def without_clock(self) -> tuple[Duty, ...]:
        """Those that have none."""
        return tuple(duty for duty in self.duties if step(duty.within) is None)


def chain_findings(subject: Subject) -> Iterator[Finding]:
    """Chains that overrun a national clock, chains that cannot be shown to keep it, and clocks that start elsewhere."""
    for local, national in subject.candidates:
        rule, other = subject.book.by_id[local], subject.book.by_id[national]
        if isinstance(rule, Duty) and isinstance(other, Duty) and other.within is not None:
            yield from _of_pair(subject, rule, other)


def _of_pair(subject: Subject, rule: Duty, other: Duty) -> Iterator[Finding]:
    tried = choices(rule, other, *_leading(subject, rule))
    over: list[tuple[Choice, Chain, Comparison]] = []
    open_ended: list[tuple[Choice, Chain]] = []
    elsewhere: list[Choice] = []
    for choice in tried:
        read = subject.read(choice)
        pair = read.pair(rule.id, other.id)
        if pair is None or pair.same_start or not isinstance(pair.national, Duty):
            continue
        clock = step(pair.national.within)
        if clock is None or clock.direction != "after":
            continue
        chains = chains_to(read, rule.id, pair.national)
        for chain in chains:
            if chain.without_clock():
                open_ended.append((choice, chain))
                continue
            found = compare(chain.steps(), clock, subject.calendar)
            if found is not None and found.laxer:
                over.append((choice, chain, found))
        if not chains and not (pair.same_cause and pair.same_act):
            elsewhere.append(choice)
    if over:
        yield _overrun(subject, over, tried)
    elif open_ended:
        yield _open_ended(subject, open_ended, tried)
    elif elsewhere:
        yield _elsewhere(subject, rule, other, elsewhere, tried)


def _leading(subject: Subject, rule: Duty) -> tuple[object, ...]:
    """What the readings of a chain may turn on: the rules that make the rows it reads, back to recorded facts."""
    by_kind: dict[str, list[object]] = {}
    for other in subject.local:
        kind = getattr(other, "kind", "") or other.id
        by_kind.setdefault(kind, []).append(other)
    found: list[object] = []
    for choice in choices(rule.trigger):
        read = subject.read(choice)
        chosen = read.by_id[rule.id]
        assert isinstance(chosen, Duty)
        for root in read.tracer.behind(chosen.trigger):
            for kind in root.passed:
                found += by_kind.get(kind.removesuffix("/met"), ())
    return tuple(dict.fromkeys(found))


def chains_to(read: Read, last: str, national: Duty) -> tuple[Chain, ...]:
    """Every chain of local duties with clocks that run forward, ending in one duty, from a national duty's start."""
    end = read.by_id[last]
    assert isinstance(end, Duty)
    cause = read.tracer.behind(national.trigger)
    duties = [r for r in read.local if isinstance(r, Duty) and not _backward(r)]
    found: list[Chain] = []

    def back(path: tuple[Duty, ...]) -> None:
        starts = read.tracer.starts(path[0])
        if len(path) > 1 and any_same(starts, read.tracer.starts(national)):
            found.append(Chain(path, national))
            return
        here = [d for d in duties if d not in path and in_force_together(d, path[0])]
        before = [d for d in here if any(_follows(read, d, start) for start in starts)]
        if len(path) > 1 and not before and any_same(read.tracer.behind(path[0].trigger), cause):
            found.append(Chain(path, national))
        for duty in before if len(path) < LONGEST else ():
            back((duty, *path))

    if not _backward(end):
        back((end,))
    return tuple(found)


def _backward(duty: Duty) -> bool:
    found = step(duty.within)
    return found is not None and found.direction == "before"


def _follows(read: Read, duty: Duty, start: Root) -> bool:
    """Whether what a duty asks for, once done, starts a clock."""
    if start.field:
        return False
    for done in read.tracer.met(duty):
        named = any(values(done.pattern, f) is not None for f in ("about", "document", "meeting", "stage", "role"))
        if named and leads_to(done.pattern, start.pattern):
            return True
    return False


def _overrun(subject: Subject, over: list[tuple[Choice, Chain, Comparison]], tried: tuple[Choice, ...]) -> Finding:
    _, chain, found = over[0]
    clock = step(chain.national.within)
    assert clock is not None
    names = [duty.id for duty in chain.duties]
    total = " + ".join(one.words() for one in chain.steps())
    return Finding(
        kind=Kind.CHAIN_OVERRUN,
        rules=tuple(names),
        national=(chain.national.id,),
        sentence=f"{total}, one after another, can end later than the {clock.words()} that the national clock gives "
        f"for the whole; the national clock stays in force",
        arithmetic=(
            *(f"{duty.id}: {one.words()}" for duty, one in zip(chain.duties, chain.steps(), strict=True)),
            lasts("local, one after another", chain.steps(), subject.calendar),
            lasts("national", (clock,), subject.calendar),
            *_assumed(subject, chain),
            *compared(found),
        ),
        readings=under([choice for choice, *_ in over], tried),
        rows=subject.rows((*names, chain.national.id)),
    )


def _assumed(subject: Subject, chain: Chain) -> tuple[str, ...]:
    """What the arithmetic takes for granted: that different facts fall on one day, and that sending is arrival."""
    read = subject.default
    lines = []
    if not any_same(read.tracer.starts(chain.duties[0]), read.tracer.starts(chain.national)):
        lines.append("taken: the event that starts the first local clock falls on the day that starts the national one")
    kinds = {root.pattern.kind for duty in chain.duties[1:] for root in read.tracer.starts(duty)}
    if "received" in kinds:
        lines.append("taken: what was sent arrives at once; every day it takes to arrive comes on top")
    return tuple(lines)


def _open_ended(subject: Subject, found: list[tuple[Choice, Chain]], tried: tuple[Choice, ...]) -> Finding:
    _, chain = found[0]
    clock = step(chain.national.within)
    assert clock is not None
    names = [duty.id for duty in chain.duties]
    missing = [duty.id for duty in chain.without_clock()]
    return Finding(
        kind=Kind.CHAIN_NOT_PROVABLE,
        rules=tuple(names),
        national=(chain.national.id,),
        sentence=f"the national clock of {clock.words()} runs over {len(names)} local steps, of which {len(missing)} "
        "without a clock; nothing shows that the whole keeps within it",
        arithmetic=(
            *(f"{d.id}: {s.words() if (s := step(d.within)) is not None else 'no clock'}" for d in chain.duties),
            f"stated: {added(chain.steps())}, and {len(missing)} without a figure",
        ),
        readings=under([choice for choice, _ in found], tried),
        rows=subject.rows((*names, chain.national.id)),
    )


def _elsewhere(
    subject: Subject, rule: Duty, other: Duty, elsewhere: list[Choice], tried: tuple[Choice, ...]
) -> Finding:
    return Finding(
        kind=Kind.OTHER_START,
        rules=(rule.id,),
        national=(other.id,),
        sentence="it stands for a national rule whose clock runs from another event, and no chain of local clocks "
        "leads from that event to it",
        readings=under(elsewhere, tried),
        rows=subject.rows((rule.id, other.id)),
    )
