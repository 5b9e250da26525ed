"""From rules to the core: which rows each production makes and reads, in what order, and whether it all fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from iro_rules.errors import RulebookError, nearest
from iro_rules.facts.kinds import BITS, FIELDS, KIND_FIELDS, subject_of
from iro_rules.rulebook.checks import check_production
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production, makes
from iro_rules.rulebook.days import first_days
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Compare, Condition

Terms = Mapping[str, Mapping[str, str]]
Types = dict[str, dict[str, str]]


def compile_core(rules: tuple[AnyRule, ...], *, contacts: Iterable[Contact] = (), terms: Terms) -> Core:
    """The core of rules whose readings are all chosen.

    Raises RulebookError for a rule id used twice, an unknown kind or field, types that do not fit, or a
    rule that depends on its own result.
    """
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RulebookError("two rules share an id", where=rule.id)
        seen.add(rule.id)
    productions = [with_figures(p) for rule in rules for p in rule.productions()]
    return order(productions, contacts=contacts, terms=terms)


def order(productions: list[Production], *, contacts: Iterable[Contact] = (), terms: Terms) -> Core:
    """Productions in strata: each kind of row is finished before anything reads it."""
    read = {kind for p in productions for kind in reads(p)}
    productions = [emitting(p, read) for p in productions]
    makers: dict[str, list[Production]] = {}
    for production in productions:
        for kind in makes(production):
            makers.setdefault(kind, []).append(production)
    for kind in makers:
        if kind in KIND_FIELDS:
            raise RulebookError("a rule may not make facts of a recorded kind", where=makers[kind][0].rule, value=kind)
    levels = _levels(productions, makers)
    strata = tuple(
        tuple(p for p, at in zip(productions, levels, strict=True) if at == level)
        for level in range(max(levels, default=-1) + 1)
    )
    types: Types = {kind: {f: FIELDS[f] for f in fields} for kind, fields in KIND_FIELDS.items()}
    sources = {kind: BITS[kind] for kind in KIND_FIELDS}
    subjects: dict[str, str] = {}
    kind_subject = {kind: subject_of(kind) for kind in KIND_FIELDS}
    for production in (p for stratum in strata for p in stratum):
        check_production(production, types, terms)
        subject = kind_subject[production.trigger.kind]
        if subjects.setdefault(production.rule, subject) != subject:
            raise RulebookError("a rule mixes a child's facts with an authority's", where=production.rule)
        for kind in makes(production):
            _made(production, kind, types, sources)
            kind_subject.setdefault(kind, subject)
    contacts = tuple(contacts)
    for role, times in Counter(contact.role for contact in contacts).items():
        if times > 1:
            raise RulebookError("two contacts are given for one role", value=role, right="one contact for each role")
    stand_ins = {c.role: c.stand_in for c in contacts if c.stand_in}
    _no_circle(stand_ins)
    dated, firm = first_days((p for stratum in strata for p in stratum), sources)
    fields = {kind: frozenset(held) for kind, held in types.items()}
    return Core(
        strata=strata, sources=sources, dated=dated, firm=firm, fields=fields, subjects=subjects, fallbacks=stand_ins
    )


def with_figures(production: Production) -> Production:
    """The production with each number it compares with put in as a constant."""

    def figured(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(figure(condition) for condition in conditions)

    def figure(condition: Condition) -> Condition:
        if not isinstance(condition, Compare) or condition.number is None:
            return condition
        values = condition.number.values
        if len(values) > 1 or condition.right is not None or condition.constant is not None:
            raise RulebookError(
                "a comparison takes one number",
                where=production.rule,
                value=condition.number.id,
                right="a number with one value; another edition of the rule for another value",
            )
        return attrs.evolve(condition, constant=values[0][1], number=None)

    production = attrs.evolve(production, when=figured(production.when))
    if isinstance(production, Judge):
        verdicts = tuple((figured(conditions), standing) for conditions, standing in production.verdicts)
        production = attrs.evolve(production, verdicts=verdicts)
    return production


def reads(production: Production) -> tuple[str, ...]:
    """The kinds of rows a production reads."""
    return (production.trigger.kind, *(lookup.pattern.kind for lookup in production.lookups))


def emitting(production: Production, read: set[str]) -> Production:
    """An obligation that makes just those of its rows that something reads."""
    if not isinstance(production, Owe):
        return production
    rows = (f"{production.rule}/met", f"{production.rule}/overdue")
    return attrs.evolve(production, emits=tuple(kind for kind in rows if kind in read))


def _levels(productions: list[Production], makers: Mapping[str, list[Production]]) -> list[int]:
    """For each production the length of the longest chain of rules beneath it."""
    level: dict[int, int] = {}

    def visit(production: Production, path: tuple[Production, ...]) -> int:
        if any(production is earlier for earlier in path):
            circle = " -> ".join(p.rule for p in (*path, production))
            raise RulebookError("a rule depends on its own result", where=production.rule, value=circle)
        if id(production) not in level:
            beneath = [-1]
            for kind in reads(production):
                if kind not in KIND_FIELDS and kind not in makers:
                    raise RulebookError(
                        "a rule reads a kind of row that nothing makes",
                        where=production.rule,
                        value=kind,
                        right=nearest(kind, (*KIND_FIELDS, *makers)),
                    )
                beneath += [visit(maker, (*path, production)) for maker in makers.get(kind, ())]
            level[id(production)] = 1 + max(beneath)
        return level[id(production)]

    return [visit(p, ()) for p in productions]


def _made(production: Production, kind: str, types: Types, sources: dict[str, int]) -> None:
    """Note the fields and the sources of a kind of row that a production makes."""
    fields = dict(types[production.trigger.kind])
    if isinstance(production, Derive):
        fields |= {name: _type_of(path, production, types) for name, path in production.keep}
    else:
        fields["due"] = "date"
    hidden = sources[production.trigger.kind]
    for lookup in production.lookups:
        hidden |= 0 if lookup.on_record else sources[lookup.pattern.kind]
    for name, written in types.setdefault(kind, fields).items():
        if fields.get(name, written) != written:
            raise RulebookError(f"two rules give {name} of {kind} different types", where=production.rule)
    types[kind] |= fields
    sources[kind] = sources.get(kind, 0) | hidden


def _type_of(path: str, production: Production, types: Types) -> str:
    name, _, field = path.partition(".")
    kinds = {"trigger": production.trigger.kind} | {x.name: x.pattern.kind for x in production.lookups}
    return "date" if path == "as_of.day" else types[kinds[name]][field]


def _no_circle(stand_ins: Mapping[str, str]) -> None:
    for role in stand_ins:
        seen = {role}
        while (role := stand_ins.get(role, "")) and role not in seen:
            seen.add(role)
        if role:
            raise RulebookError("contacts stand in for each other in a circle", value=role)
