"""When two facts are the same happening, and when a local rule and a national one are about the same act."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from iro_rules.checking.spans import step
from iro_rules.checking.tracing import Root, Tracer, values
from iro_rules.rulebook.law import Towards
from iro_rules.rulebook.rules import AnyRule, Duty
from iro_rules.rulebook.terms import Pattern

SUBJECTS = frozenset(
    {
        "about", "document", "event", "meeting", "order", "role", "name", "publication", "stage", "hearing", "relation",
    }
)  # fmt: skip
"""Fields that say what a fact is about; two facts are one happening only if these agree."""

WHO = frozenset({"by", "to", "cc"})
"""Fields that say who acts and towards whom."""

MIRRORS = {"received": ("told", "provided")}
"""What reaches somebody was told or given to them before: the kind of the arrival, and the kinds of the sending."""


def same_happening(one: Pattern, other: Pattern, *, who: bool = False) -> bool:
    """Whether one fact can be of both patterns; unless `who` is asked, it does not matter who acts towards whom."""
    if one.kind != other.kind:
        return False
    fields = {test.field for pattern in (one, other) for test in pattern.where}
    for field in fields - (frozenset() if who else WHO):
        a, b = values(one, field), values(other, field)
        if a is None or b is None:
            if field in SUBJECTS and (a is None) != (b is None):
                return False
        elif not a & b:
            return False
    return True


def leads_to(done: Pattern, start: Pattern) -> bool:
    """Whether an act starts what runs from another fact: the same fact, or its arrival with whom it was sent to."""
    if same_happening(done, start, who=True):
        return True
    if done.kind not in MIRRORS.get(start.kind, ()):
        return False
    for there, here in (("by", "to"), ("about", "about"), ("document", "document")):
        a, b = values(start, there), values(done, here)
        if a is not None and (b is None or not a & b):
            return False
    return True


def covers(wide: Pattern, narrow: Pattern) -> bool:
    """Whether every fact of one pattern is also one of the other, whoever acts, as far as the values of fields say."""
    if wide.kind != narrow.kind:
        return False
    for test in wide.where:
        if test.field in WHO:
            continue
        if test.op == "unknown" and test not in narrow.where:
            return False
        if test.op in ("eq", "in", "has"):
            allowed, given = values(wide, test.field), values(narrow, test.field)
            if given is None or (allowed is not None and not given <= allowed):
                return False
    return True


@attrs.frozen
class Pair:
    """A local rule and the national one it stands for: by what it says itself (`towards`), or by its shape.

    `same_start` says that both clocks run from the same happening, `same_cause` that both rules are brought about by
    the same, `same_act` that they ask for the same act.
    """

    local: AnyRule
    national: AnyRule
    towards: Towards | None
    same_start: bool
    same_cause: bool
    same_act: bool


def pairs(local: Iterable[AnyRule], national: Iterable[AnyRule], tracer: Tracer) -> tuple[Pair, ...]:
    """Every local rule with each national rule that it says it stands for, or that asks the same from the same event.

    The readings of all rules are chosen. National rules that are not in force together with the local one give no
    pair; a rule that says that it only adds to a national one is a pair with it where it asks the same after all.
    """
    nationals = tuple(national)
    found: list[Pair] = []
    for rule in local:
        linked = {name: towards for towards, name in rule.law.national}
        for other in nationals:
            towards = linked.get(other.id)
            if not in_force_together(rule, other):
                continue
            start, cause, act = _alike(rule, other, tracer)
            alike = cause and act and not limits_a_process(other, tracer)
            if towards in (None, Towards.ADDS_TO) and not alike:
                continue
            found.append(Pair(rule, other, towards, start, cause, act))
    return tuple(found)


def limits_a_process(rule: AnyRule, tracer: Tracer) -> bool:
    """Whether a duty's clock is one that a step of a ladder starts and an outcome ends: a limit on a whole process."""
    if not isinstance(rule, Duty) or (clock := step(rule.within)) is None or clock.direction != "after":
        return False
    starts = {root.pattern.kind for root in tracer.behind(rule.trigger)}
    ends = {root.pattern.kind for root in tracer.met(rule)}
    return "step_taken" in starts and "outcome" in ends


def in_force_together(one: AnyRule, other: AnyRule) -> bool:
    """Whether there is a day on which both rules are in force."""
    a, b = one.law, other.law
    return (a.end is None or b.start < a.end) and (b.end is None or a.start < b.end)


def _alike(rule: AnyRule, other: AnyRule, tracer: Tracer) -> tuple[bool, bool, bool]:
    """Whether two duties run from the same happening, are brought about by the same, and ask for the same act."""
    if not isinstance(rule, Duty) or not isinstance(other, Duty):
        return False, False, False
    start = any_same(tracer.starts(rule), tracer.starts(other))
    cause = start or any_same(tracer.behind(rule.trigger), tracer.behind(other.trigger))
    act = any(
        same_happening(a.pattern, b.pattern) and towards_the_same(a.pattern, b.pattern)
        for a in tracer.met(rule)
        for b in tracer.met(other)
    )
    return start, cause, act


def any_same(ones: Iterable[Root], others: Iterable[Root]) -> bool:
    """Whether some fact of the one list is the same happening as some fact of the other, on the same day of it."""
    return any(a.field == b.field and same_happening(a.pattern, b.pattern) for a in ones for b in others)


def towards_the_same(one: Pattern, other: Pattern) -> bool:
    """Whether both acts are towards the same person, as far as they say."""
    a, b = values(one, "to"), values(other, "to")
    return a is None or b is None or bool(a & b)
