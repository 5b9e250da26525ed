"""National powers on the way of a ladder: those the protocol drops, and those it holds up."""

from __future__ import annotations

from collections.abc import Iterator

from iro_rules.checking.climb import entered
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.matching import any_same, in_force_together
from iro_rules.checking.reading import Choice, choices, under
from iro_rules.checking.spans import step
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import Root, values
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import AnyRule, Duty, Gate, Power

Held = list[tuple[Choice, Power]]


def power_findings(subject: Subject) -> Iterator[Finding]:
    """Dropped powers, ladder by ladder, then powers held up, rule by rule."""
    for ladder in subject.ladders:
        yield from _dropped(subject, ladder)
    for rule in subject.local:
        if isinstance(rule, Duty | Gate | Power):
            yield from _held_up(subject, rule)


def _dropped(subject: Subject, ladder: Ladder) -> Iterator[Finding]:
    read = subject.default
    matter = [*read.tracer.behind(ladder.opens), *(r for stage in ladder.stages for r in entered(read, ladder, stage))]
    for power in read.national:
        if not isinstance(power, Power) or not any_same(read.tracer.behind(power.trigger), matter):
            continue
        if not in_force_together(power, ladder.expand()[0]) or any(stands_for(read, r, power) for r in read.local):
            continue
        yield Finding(
            kind=Kind.DROPPED_POWER,
            about=ladder.id,
            rules=(),
            national=(power.id,),
            sentence=f"the protocol does not mention that {' or '.join(power.bearer) or 'somebody'} may {power.act}; "
            "the power stays",
            rows=power.law.rows,
        )


def stands_for(read: Read, rule: AnyRule, power: Power) -> bool:
    """Whether a local rule says that it stands for a national power, or allows the same towards the same."""
    if power.id in {name for _, name in rule.law.national}:
        return True
    return (
        isinstance(rule, Power)
        and bool(frozenset(rule.bearer) & frozenset(power.bearer))
        and bool(frozenset(rule.to) & frozenset(power.to))
        and any_same(read.tracer.behind(rule.trigger), read.tracer.behind(power.trigger))
    )


def _held_up(subject: Subject, rule: Duty | Gate | Power) -> Iterator[Finding]:
    tried = choices(rule)
    held: Held = []
    for choice in tried:
        read = subject.read(choice)
        found = read.by_id[rule.id]
        for power in read.national:
            if isinstance(power, Power) and power.permission is None and _holds_up(read, found, power):
                held.append((choice, power))
    if not held:
        return
    powers = tuple(dict.fromkeys(power.id for _, power in held))
    yield Finding(
        kind=Kind.HELD_UP_POWER,
        rules=(rule.id,),
        national=powers,
        sentence=f"{_how(rule)} before what national rules allow at any time: {held[0][1].act}",
        readings=under([choice for choice, _ in held], tried),
        rows=subject.rows((rule.id, *powers)),
    )


def _how(rule: Duty | Gate | Power) -> str:
    if isinstance(rule, Duty):
        return f"the protocol asks to {rule.act}"
    return "the protocol wants somebody's leave" if isinstance(rule, Power) else f"the protocol asks to {rule.act},"


def _holds_up(read: Read, rule: AnyRule, power: Power) -> bool:
    """Whether a rule makes somebody wait with the very act that a power allows."""
    if isinstance(rule, Power):
        return rule.permission is not None and stands_for(read, rule, power)
    waiting: tuple[Root, ...] = ()
    if isinstance(rule, Gate):
        waiting = read.tracer.behind(rule.trigger)
    elif isinstance(rule, Duty):
        clock = step(rule.within)
        if clock is not None and clock.direction == "before":
            waiting = read.tracer.starts(rule)
    return any(_is_act(root, power) for root in waiting)


def _is_act(root: Root, power: Power) -> bool:
    """Whether a fact is somebody with the power turning to the one it is towards."""
    by, to = values(root.pattern, "by"), values(root.pattern, "to")
    return bool(by and by & frozenset(power.bearer) and to and to & frozenset(power.to))
