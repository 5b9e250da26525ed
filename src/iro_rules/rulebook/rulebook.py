"""A rulebook: a frozen value of rules, contacts and vocabulary, checked when it is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, final

import attrs

from iro_rules.clock.timescale import Number
from iro_rules.errors import FACTS, RulebookError, nearest
from iro_rules.facts.vocabulary import VOCABULARIES, Term
from iro_rules.readings import Interpretation, interpretations_in, parts, resolve
from iro_rules.rulebook.compile import compile_core
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.core import Core
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.law import Verified
from iro_rules.rulebook.ledger import SourceRow
from iro_rules.rulebook.once import once_for_each
from iro_rules.rulebook.rules import AnyRule

UNUSABLE = re.compile(r"[\s:\"'`]")
"""What cannot stand in the id of a rule: a finding's id is the rule's, a colon, and what it is about."""


@final
@attrs.frozen
class Package:
    """Where a part of a rulebook comes from: its distribution, version and source document."""

    name: str
    version: str
    source: str


@final
@attrs.frozen(eq=False, kw_only=True, slots=False)
class Rulebook:
    """Rules, ladders and contacts that are judged together, and the rows of the sources they were read from.

    Raises RulebookError from its static checks: every rule must name kinds and fields that exist, in
    types that fit, in strata without a cycle; and whoever must act is a role.
    """

    name: str
    parts: tuple[AnyRule | Ladder, ...]
    contacts: tuple[Contact, ...] = ()
    vocabulary: tuple[tuple[str, type[Term]], ...] = ()
    packages: tuple[Package, ...] = ()
    ledger: tuple[SourceRow, ...] = ()

    def __attrs_post_init__(self) -> None:
        for rule in self.rules:
            if UNUSABLE.search(rule.id) or not rule.id:
                right = 'letters, digits, ".", "-" and "_": "kent.answer"'
                raise RulebookError("a rule cannot have this id", where=self.name, value=rule.id, right=right)
        core_of(self, ())
        for where, role in self._roles():
            if role not in self.terms["role"]:
                right = nearest(role, self.terms["role"], page=FACTS)
                raise RulebookError("there is no such role", where=where, value=role, right=right)

    def _roles(self) -> Iterator[tuple[str, str]]:
        """Every role that must act, or that people are sent to, with the place; an act may be owed to anybody."""
        for rule in self.rules:
            yield from ((f"{rule.id}, bearer", role) for role in rule.bearer)
            contact = getattr(rule, "contact", None)
            if isinstance(contact, str):
                yield f"{rule.id}, contact", contact
        for contact in self.contacts:
            yield f"contact {contact.role}", contact.role
            if contact.stand_in:
                yield f"contact {contact.role}, stand_in", contact.stand_in

    @cached_property
    def rules(self) -> tuple[AnyRule, ...]:
        """Every rule, ladders expanded, in order."""
        return tuple(r for part in self.parts for r in (part.expand() if isinstance(part, Ladder) else (part,)))

    @cached_property
    def unverified(self) -> tuple[AnyRule, ...]:
        """The rules that rest on something nobody has read in a source (code M)."""
        return tuple(rule for rule in self.rules if rule.law.verified is Verified.M)

    @cached_property
    def strict(self) -> Rulebook:
        """This rulebook without its unverified rules: itself where it has none.

        Raises RulebookError where a verified rule reads rows that only unverified ones make.
        """
        if not self.unverified:
            return self
        kept = (_verified(part) for part in self.parts if part.law.verified is not Verified.M)
        return attrs.evolve(self, parts=tuple(kept))

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """The ladders."""
        return tuple(part for part in self.parts if isinstance(part, Ladder))

    @cached_property
    def by_id(self) -> Mapping[str, AnyRule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def interpretations(self) -> tuple[Interpretation, ...]:
        """Every interpretation a rule depends on, by id. Raises RulebookError where one id has two meanings."""
        found: dict[str, Interpretation] = {}
        for interpretation in (i for rule in self.rules for i in interpretations_in(rule)):
            if found.setdefault(interpretation.id, interpretation) != interpretation:
                raise RulebookError("two interpretations share an id", where=interpretation.id)
        return tuple(found[i] for i in sorted(found))

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """Every number, by id. Raises RulebookError where one id has two values."""
        found: dict[str, Number] = {}
        for number in (p for rule in self.rules for p in parts(rule) if isinstance(p, Number)):
            if found.setdefault(number.id, number) != number:
                raise RulebookError("two numbers share an id", where=number.id)
        return {i: found[i] for i in sorted(found)}

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, str]]:
        """The values of each vocabulary, national and added; raises RulebookError where one is added twice."""
        values = {name: {m.value: m.value for m in family} for name, family in VOCABULARIES.items()}
        for name, family in self.vocabulary:
            if name not in values:
                raise RulebookError("no such vocabulary", where=self.name, value=name, right=", ".join(values))
            for member in family:
                if member.value in values[name]:
                    raise RulebookError(f"the {name} term exists already", where=self.name, value=member.value)
                values[name][member.value] = member.value
        return values

    def core(self, readings: Mapping[str, str] | None = None) -> Core:
        """The compiled rulebook, each interpretation read as chosen or else by its default.

        Raises InterpretationError for an unknown interpretation or reading.
        """
        return core_of(self, tuple(sorted((readings or {}).items())))


def _verified(part: AnyRule | Ladder) -> AnyRule | Ladder:
    """A part without the unverified rules in it."""
    if not isinstance(part, Ladder):
        return part
    stages = tuple(
        attrs.evolve(stage, answers=_kept(stage.answers), notices=_kept(stage.notices)) for stage in _kept(part.stages)
    )
    return attrs.evolve(part, stages=stages, rules=_kept(part.rules))


def _kept(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """Those whose own law, where they have one, was verified."""
    return tuple(one for one in found if one.law is None or one.law.verified is not Verified.M)


@once_for_each(at_most=32)
def core_of(rulebook: Rulebook, choices: tuple[tuple[str, str], ...]) -> Core:
    """The core of a rulebook under some readings; compiled once, and gone with the rulebook."""
    from iro_rules.errors import InterpretationError

    known = {i.id: i for i in rulebook.interpretations}
    for name, reading in choices:
        if name not in known:
            raise InterpretationError("no such interpretation", value=name, right=nearest(name, known))
        known[name].check(reading)
    return compile_rules(rulebook, rulebook.rules, dict(choices))


def compile_rules(rulebook: Rulebook, rules: Iterable[AnyRule], choices: Mapping[str, str]) -> Core:
    """The core of some of a rulebook's rules, with the rulebook's contacts and vocabulary."""
    resolved = tuple(resolve(rule, choices) for rule in rules)
    _ = rulebook.numbers
    return compile_core(resolved, contacts=rulebook.contacts, terms=rulebook.terms)
