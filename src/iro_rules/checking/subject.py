"""What is checked: a protocol's own rules laid over the national ones, under one choice of readings at a time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import attrs

from iro_rules.assessment.words import role_words
from iro_rules.checking.matching import Pair, pairs
from iro_rules.checking.reading import Choice, choices
from iro_rules.checking.tracing import Tracer
from iro_rules.clock.calendar import Calendar
from iro_rules.protocols.protocol import Protocol
from iro_rules.readings import interpretations_in, resolve
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rulebook import Rulebook
from iro_rules.rulebook.rules import AnyRule


@attrs.frozen(eq=False, slots=False, kw_only=True)
class Subject:
    """A protocol, the national rulebook, both together, and the calendar by which clocks are compared."""

    protocol: Protocol
    national: Rulebook
    book: Rulebook
    calendar: Calendar

    @cached_property
    def local(self) -> tuple[AnyRule, ...]:
        """The rules that the protocol brings, ladders expanded, with the protocol's own dates."""
        return tuple(rule for rule in self.book.rules if rule.id not in self.national.by_id)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the local rules."""
        return frozenset(rule.id for rule in self.local)

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """The ladders that the protocol brings."""
        return tuple(ladder for ladder in self.book.ladders if ladder not in self.national.ladders)

    @cached_property
    def default(self) -> Read:
        """Everything under the default readings."""
        return self.read({})

    @cached_property
    def _turning(self) -> dict[str, tuple[str, ...]]:
        """For each rule the interpretations it depends on."""
        return {rule.id: tuple(i.id for i in interpretations_in(rule)) for rule in self.book.rules}

    @cached_property
    def _reads(self) -> dict[tuple[tuple[str, str], ...], Read]:
        return {}

    @cached_property
    def _resolved(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], AnyRule]:
        return {}

    def read(self, choice: Choice) -> Read:
        """Everything under a choice of readings; what is not chosen is read by its default."""
        key = tuple(sorted(choice.items()))
        if key not in self._reads:
            self._reads[key] = Read(self, choice)
        return self._reads[key]

    def resolved(self, rule: AnyRule, choice: Choice) -> AnyRule:
        """One rule under a choice of readings."""
        own = tuple((name, choice[name]) for name in self._turning[rule.id] if name in choice)
        key = (rule.id, own)
        if key not in self._resolved:
            found: AnyRule = resolve(rule, dict(own))
            self._resolved[key] = found
        return self._resolved[key]

    @cached_property
    def candidates(self) -> tuple[tuple[str, str], ...]:
        """Each local rule with each national one that it stands for under some reading of its own text."""
        found: dict[tuple[str, str], None] = {}
        for rule in self.local:
            shape = tuple(getattr(rule, name, ()) for name in ("trigger", "given", "anchor", "met_by"))
            for choice in choices(*shape):
                read = self.read(choice)
                for pair in pairs((read.by_id[rule.id],), read.national, read.tracer):
                    found.setdefault((rule.id, pair.national.id))
        return tuple(found)

    def titled(self, roles: Iterable[str], between: str = "or") -> str:
        """Roles in words, as the contacts of the protocol or else the library name them."""
        titles = {contact.role: contact.title for contact in self.book.contacts}
        return f" {between} ".join(titles.get(role) or role_words(role) for role in sorted(roles))

    def rows(self, rules: Iterable[str]) -> tuple[str, ...]:
        """The rows that rules encode."""
        return tuple(dict.fromkeys(row for name in rules for row in self.book.by_id[name].law.rows))


class Read:
    """A subject with every reading chosen."""

    def __init__(self, subject: Subject, choice: Choice) -> None:
        self.by_id: dict[str, AnyRule] = {rule.id: subject.resolved(rule, choice) for rule in subject.book.rules}
        self.local: tuple[AnyRule, ...] = tuple(self.by_id[rule.id] for rule in subject.local)
        self.national: tuple[AnyRule, ...] = tuple(self.by_id[rule.id] for rule in subject.national.rules)
        self.tracer = Tracer(self.by_id.values())

    def pair(self, local: str, national: str) -> Pair | None:
        """A local rule with a national one, where it stands for it under these readings."""
        found = pairs((self.by_id[local],), (self.by_id[national],), self.tracer)
        return found[0] if found else None
