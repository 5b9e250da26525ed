"""Gates: whose leave is needed before what, whether a refusal can be got round, and how independent advice is."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import values
from iro_rules.facts.vocabulary import ArrangementName, Role, Topic
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import AnyRule, Conflict, Duty, Gate, Power, StandingDuty
from iro_rules.rulebook.terms import Lookup

LEAVE = ("agreed", "decided")
"""The kinds of facts by which somebody gives leave."""

OUTSIDE = frozenset(
    str(role)
    for role in (
        Role.CAFCASS, Role.CAFCASS_MANAGER, Role.PANEL_MANAGER, Role.COURT, Role.GUARDIAN, Role.ADVOCATE, Role.CHILD,
        Role.PARENT, Role.REPRESENTATIVE, Role.INDEPENDENT_VISITOR,
    )
)  # fmt: skip
"""National roles that sit outside every authority."""


@attrs.frozen
class Leave:
    """Somebody's leave that a rule needs: who may give it, about what, and whether anything excuses its lack."""

    rule: AnyRule
    holders: frozenset[str]
    about: frozenset[str]
    excused: bool


def leaves(read: Read) -> tuple[Leave, ...]:
    """Every leave that a local gate or power needs, one for each look-up that only somebody's leave is found by."""
    found: list[Leave] = []
    for rule in read.local:
        if isinstance(rule, Gate):
            found += _leaves(rule, rule.first, bool(rule.unless))
        elif isinstance(rule, Power) and rule.permission is not None:
            found += _leaves(rule, (rule.permission,), False)
    return tuple(found)


def _leaves(rule: AnyRule, lookups: tuple[Lookup, ...], excused: bool) -> Iterator[Leave]:
    for lookup in lookups:
        holders = values(lookup.pattern, "by")
        if lookup.pattern.kind in LEAVE and holders and not holders & frozenset(rule.bearer):
            yield Leave(rule, holders, values(lookup.pattern, "about") or frozenset(), excused)


def gate_findings(subject: Subject) -> Iterator[Finding]:
    """Gates of advice held inside a ladder, gates that cannot be got round, and advice from inside the authority."""
    read = subject.default
    grouped: dict[tuple[frozenset[str], frozenset[str]], list[Leave]] = {}
    for leave in leaves(read):
        grouped.setdefault((leave.holders, leave.about), []).append(leave)
    for (holders, about), group in grouped.items():
        rules = tuple(dict.fromkeys(leave.rule.id for leave in group))
        if any(_before_advice(subject, leave) for leave in group):
            yield from _in_ladder(subject, read, holders, rules)
        if len(holders) == 1 and not any(leave.excused for leave in group) and not _appeal(read, holders, about):
            yield Finding(
                kind=Kind.NO_WAY_ROUND_REFUSAL,
                rules=rules,
                sentence=f"the leave of {subject.titled(holders)} is needed, and nothing says what can be done when "
                "it is refused or not given",
                rows=subject.rows(rules),
            )
    yield from _not_independent(subject, read)


def advice_rules(subject: Subject) -> frozenset[str]:
    """The national rules on independent legal advice."""
    wanted = str(ArrangementName.INDEPENDENT_LEGAL_ADVICE)
    return frozenset(r.id for r in subject.national.rules if isinstance(r, StandingDuty) and r.arrangement == wanted)


def about_advice(subject: Subject, rule: AnyRule) -> bool:
    """Whether a rule links to the national one on legal advice, or its facts are about legal advice."""
    if {name for _, name in rule.law.national} & advice_rules(subject):
        return True
    trigger = getattr(rule, "trigger", None)
    patterns = [trigger] if trigger is not None and trigger.kind == "requested" else []
    patterns += [lookup.pattern for lookup in getattr(rule, "met_by", ())]
    patterns += [leave.pattern for leave in (getattr(rule, "permission", None),) if leave is not None]
    return any(str(Topic.LEGAL_ADVICE) in (values(pattern, "about") or ()) for pattern in patterns)


def _before_advice(subject: Subject, leave: Leave) -> bool:
    return str(Topic.LEGAL_ADVICE) in leave.about or about_advice(subject, leave.rule)


def _in_ladder(subject: Subject, read: Read, holders: frozenset[str], rules: tuple[str, ...]) -> Iterator[Finding]:
    for ladder in subject.ladders:
        parts = _part_in(read, ladder, holders, rules)
        if parts:
            yield Finding(
                kind=Kind.GATEKEEPER_IN_LADDER,
                rules=rules,
                about=f"{'+'.join(rules)} in {ladder.id}",
                national=tuple(sorted(advice_rules(subject))),
                sentence=f"legal advice about {ladder.title} needs the leave of {subject.titled(holders)}, who takes "
                "part in that ladder",
                arithmetic=parts,
                rows=subject.rows(rules),
            )


def _part_in(read: Read, ladder: Ladder, holders: frozenset[str], rules: tuple[str, ...]) -> tuple[str, ...]:
    """What the holders of a gate do on a ladder, the gate itself left out."""
    found = [f"moves the matter on from {stage.title}" for stage in ladder.stages if holders & {*stage.escalator}]
    for rule in ladder.expand():
        resolved = read.by_id.get(rule.id)
        if isinstance(resolved, Duty) and rule.id not in rules and holders & frozenset(resolved.bearer):
            found.append(f"must {resolved.act} ({rule.id})")
    return tuple(dict.fromkeys(found))


def _appeal(read: Read, holders: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a rule that asks or allows something follows on a refusal by the holders."""
    for rule in read.local:
        if isinstance(rule, Conflict) or not isinstance(rule, Duty | Power | Gate):
            continue
        for root in read.tracer.behind(rule.trigger):
            refused = "refused" in (values(root.pattern, "result") or ())
            same = (values(root.pattern, "by") or holders) & holders and (
                values(root.pattern, "about") or about
            ) & about
            if root.pattern.kind == "decided" and refused and same:
                return True
    return False


def _not_independent(subject: Subject, read: Read) -> Iterator[Finding]:
    organisations = {contact.role: contact.organisation for contact in subject.book.contacts}
    found: dict[str, list[str]] = {}
    for rule in read.local:
        if not isinstance(rule, Duty | Power) or str(Role.IRO) not in rule.bearer or not about_advice(subject, rule):
            continue
        for role in rule.to:
            if role not in OUTSIDE and not organisations.get(role):
                found.setdefault(role, []).append(rule.id)
    for role, rules in found.items():
        yield Finding(
            kind=Kind.ADVICE_NOT_INDEPENDENT,
            rules=tuple(rules),
            about=role,
            national=tuple(sorted(advice_rules(subject))),
            sentence=f"the IRO turns for legal advice to {subject.titled((role,))}, for whom no "
            "organisation outside the authority is given",
            rows=subject.rows(rules),
        )
