"""Local clocks against the national clock for the same act from the same event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iro_rules.checking.chains import chains_to
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.matching import Pair, same_happening
from iro_rules.checking.reading import Choice, choices, under
from iro_rules.checking.spans import Comparison, Step, compare, step
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import Root, values
from iro_rules.checking.words import compared, lasts
from iro_rules.clock.timescale import Unit
from iro_rules.rulebook.rules import Duty

Found = list[tuple[Choice, Step, Step]]


def clock_findings(subject: Subject) -> Iterator[Finding]:
    """Laxer clocks, and clocks in another unit, each with the readings under which they are so."""
    for local, national in subject.candidates:
        rule, other = subject.book.by_id[local], subject.book.by_id[national]
        if isinstance(rule, Duty) and isinstance(other, Duty):
            yield from _of_pair(subject, rule, other)


def _of_pair(subject: Subject, rule: Duty, other: Duty) -> Iterator[Finding]:
    tried = choices(rule, other)
    compared_at: Found = []
    lax: list[tuple[Choice, Step, Step, Comparison]] = []
    for choice in tried:
        steps = _steps(subject, rule, other, choice)
        if steps is None:
            continue
        mine, theirs = steps
        compared_at.append((choice, mine, theirs))
        found = compare((mine,), theirs, subject.calendar)
        if found is not None and found.laxer:
            lax.append((choice, mine, theirs, found))
    yield from _another_actor(subject, rule, other)
    if lax:
        yield _laxer(subject, rule, other, lax, [choice for choice, _, _ in compared_at])
    yield from _other_unit(subject, rule, other, compared_at)


def _another_actor(subject: Subject, rule: Duty, other: Duty) -> Iterator[Finding]:
    """A clock that runs from the same happening, but from that of somebody else: another's receipt, another's word."""
    tracer = subject.default.tracer
    pair = subject.default.pair(rule.id, other.id)
    if pair is None or not pair.same_start or not isinstance(pair.local, Duty) or not isinstance(pair.national, Duty):
        return
    alike = [
        (a.pattern, b.pattern)
        for a in tracer.starts(pair.local)
        for b in tracer.starts(pair.national)
        if same_happening(a.pattern, b.pattern)
    ]
    if any(same_happening(a, b, who=True) for a, b in alike):
        return
    mine, theirs = (frozenset(v for p in side for v in values(p, "by") or ()) for side in zip(*alike, strict=True))
    here, there = (subject.titled(side) or "somebody else" for side in (mine, theirs))
    yield Finding(
        kind=Kind.OTHER_START,
        rules=(rule.id,),
        national=(other.id,),
        sentence=f"the clock runs from what {here} did or received here, and {there} nationally",
        rows=subject.rows((rule.id, other.id)),
    )


def _steps(subject: Subject, rule: Duty, other: Duty, choice: Choice) -> tuple[Step, Step] | None:
    """Both clocks' figures under some readings, where they run from the same happening."""
    pair = subject.read(choice).pair(rule.id, other.id)
    if pair is None or not comparable(subject, choice, pair):
        return None
    mine, theirs = (step(side.within) for side in (pair.local, pair.national) if isinstance(side, Duty))
    return None if mine is None or theirs is None else (mine, theirs)


def comparable(subject: Subject, choice: Choice, pair: Pair) -> bool:
    """Whether two clocks can be laid beside each other.

    They run from the same happening; or else what brings both rules about is the same and they ask for the same act,
    or the local rule names the national one and both start from, and are met by, facts of like kinds. Where a chain of
    local clocks lies between, the chain is what counts.
    """
    if pair.same_start:
        return True
    if not isinstance(pair.national, Duty) or not isinstance(pair.local, Duty):
        return False
    read = subject.read(choice)
    alike = pair.same_cause and pair.same_act
    if not alike and (pair.towards is None or not _of_like_kinds(read, pair.local, pair.national)):
        return False
    return not chains_to(read, pair.local.id, pair.national)


def _of_like_kinds(read: Read, local: Duty, national: Duty) -> bool:
    """Whether a rule that names a national one starts from, and is met by, facts of the same kinds."""

    def kinds(roots: Iterable[Root]) -> set[str]:
        return {root.pattern.kind for root in roots}

    starts = kinds(read.tracer.starts(local)) & kinds(read.tracer.starts(national))
    return bool(starts and kinds(read.tracer.met(local)) & kinds(read.tracer.met(national)))


def assumed(subject: Subject, choice: Choice, rule: Duty, other: Duty) -> tuple[str, ...]:
    """What laying two clocks beside each other takes for granted."""
    pair = subject.read(choice).pair(rule.id, other.id)
    if pair is None or pair.same_start:
        return ()
    return ("taken: both clocks start on one day, though they run from different facts",)


def _laxer(
    subject: Subject, rule: Duty, other: Duty, lax: list[tuple[Choice, Step, Step, Comparison]], tried: list[Choice]
) -> Finding:
    choice, mine, theirs, found = lax[0]
    how = "always later" if found.always else "later from some days"
    return Finding(
        kind=Kind.LAXER_CLOCK,
        rules=(rule.id,),
        national=(other.id,),
        sentence=f"{_side(mine)} here, {_side(theirs)} nationally: the local time ends {how}; "
        "the national clock stays in force",
        arithmetic=(
            lasts("local", (mine,), subject.calendar),
            lasts("national", (theirs,), subject.calendar),
            *assumed(subject, choice, rule, other),
            *compared(found),
        ),
        readings=under([held for held, *_ in lax], tried),
        rows=subject.rows((rule.id, other.id)),
    )


def _side(one: Step) -> str:
    return f"at least {one.words()} before" if one.direction == "before" else f"within {one.words()}"


def _other_unit(subject: Subject, rule: Duty, other: Duty, found: Found) -> Iterator[Finding]:
    found = [(choice, mine, theirs) for choice, mine, theirs in found if mine.direction == theirs.direction]
    differing = [(choice, mine, theirs) for choice, mine, theirs in found if mine.unit is not theirs.unit]
    if not differing:
        return
    choice, mine, theirs = differing[0]
    yield Finding(
        kind=Kind.OTHER_UNIT,
        rules=(rule.id,),
        national=(other.id,),
        sentence=f"{mine.words()} here, {theirs.words()} nationally",
        arithmetic=(
            lasts("local", (mine,), subject.calendar),
            lasts("national", (theirs,), subject.calendar),
            *assumed(subject, choice, rule, other),
            *([_stricter(mine, theirs)] if Unit.WORKING_DAYS in (mine.unit, theirs.unit) else []),
        ),
        readings=under([held for held, *_ in differing], [held for held, *_ in found]),
        rows=subject.rows((rule.id, other.id)),
    )


def _stricter(mine: Step, theirs: Step) -> str:
    if mine.count == theirs.count and {mine.unit, theirs.unit} == {Unit.DAYS, Unit.WORKING_DAYS}:
        shorter = "the local" if mine.unit is Unit.DAYS else "the national"
        return f"as many calendar days as working days are never the longer of the two: {shorter} time is the shorter"
    return "working days are lengthened by weekends and bank holidays, the other unit is not"
