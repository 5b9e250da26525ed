"""Local rules that stand for a national one and are brought about in fewer cases."""

from __future__ import annotations

from collections.abc import Iterator

from iro_rules.assessment.words import listed, plain
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.matching import covers
from iro_rules.checking.subject import Subject
from iro_rules.checking.tracing import Root, values
from iro_rules.rulebook.rules import Duty, Gate, Power
from iro_rules.rulebook.terms import Pattern

WITH_TRIGGER = (Duty, Power, Gate)


def trigger_findings(subject: Subject) -> Iterator[Finding]:
    """For each national rule, the cases in which no local rule that stands for it is brought about."""
    read = subject.default
    standing_for: dict[str, list[str]] = {}
    for local, national in subject.candidates:
        if type(read.by_id[local]) is type(read.by_id[national]):
            standing_for.setdefault(national, []).append(local)
    for national, locals_ in standing_for.items():
        rule = read.by_id[national]
        rules = [found for name in locals_ if isinstance(found := read.by_id[name], WITH_TRIGGER)]
        if not isinstance(rule, WITH_TRIGGER) or not rules:
            continue
        wanted = read.tracer.behind(rule.trigger)
        given = [root for one in rules for root in read.tracer.behind(one.trigger)]
        kinds = {root.pattern.kind for root in given}
        lost = [r for r in wanted if r.pattern.kind in kinds and not any(covers(g.pattern, r.pattern) for g in given)]
        direct = [g for g in given if g.pattern.kind in {r.pattern.kind for r in wanted} and not _after_an_act(g)]
        conditional = direct and not lost and not any(r.narrowed for r in wanted) and all(g.narrowed for g in given)
        if lost or conditional:
            yield Finding(
                kind=Kind.NARROWED_TRIGGER,
                rules=tuple(locals_),
                national=(national,),
                sentence=f"nationally it is owed in more cases: {_what(lost, given)}; there the national rule stays in "
                "force alone",
                rows=subject.rows((*locals_, national)),
            )


def _after_an_act(root: Root) -> bool:
    """Whether the rule waits for what another duty asks: that is an order of acts, and no narrower case."""
    return any(kind.endswith("/met") for kind in root.passed)


def _what(lost: list[Root], given: list[Root]) -> str:
    """In which field the local rules ask for less, and for what."""
    if not lost:
        return "locally further conditions must hold"
    pattern = lost[0].pattern
    said = []
    alike = [root.pattern for root in given if root.pattern.kind == pattern.kind]
    for field in sorted({test.field for other in alike for test in other.where}):
        allowed = [_allowed(other, field) for other in alike]
        these = {value for some in allowed for value in some or ()}
        wide = _allowed(pattern, field)
        if None not in allowed and (wide is None or not wide <= these):
            said.append(
                f"locally only where {plain(field)} is {listed([plain(value) for value in sorted(these)], 'or')}"
            )
    return " and ".join(said) or "locally further conditions must hold"


def _allowed(pattern: Pattern, field: str) -> frozenset[str] | None:
    """The values a pattern lets a field have; that it is not recorded counts as one."""
    if any(test.field == field and test.op == "unknown" for test in pattern.where):
        return frozenset(("not recorded",))
    return values(pattern, field)
