"""What an explanation is drawn from: the case, the rulebook and the calendar behind a set of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import attrs
import pendulum

from iro_rules.assessment.words import role_words
from iro_rules.clock.calendar import Calendar
from iro_rules.engines.held import Held, moment_of
from iro_rules.engines.meaning import steps
from iro_rules.engines.rows import CaseRows
from iro_rules.facts import Case, Fact
from iro_rules.facts.fields import in_london
from iro_rules.readings import parts, resolve
from iro_rules.rulebook import Contact, Duty, Rulebook
from iro_rules.rulebook.compile import reads
from iro_rules.rulebook.core import Derive, Owe, Production, makes
from iro_rules.rulebook.once import once_for_each
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Compare


@attrs.frozen(eq=False)
class Subject:
    """One case as it was judged. `facts` finds a fact by id, a related case's as CASE/FACT."""

    case: Case
    related: Mapping[str, Case]
    rulebook: Rulebook
    calendar: Calendar
    readings: Mapping[str, str]
    rows: CaseRows
    contacts: Mapping[str, Contact] = attrs.field(init=False)
    facts: Mapping[str, Fact] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "contacts", {c.role: c for c in self.rulebook.contacts})
        found = {fact.id: fact for fact in self.case.facts}
        for other in self.related.values():
            found |= {f"{other.id}/{fact.id}": fact for fact in other.facts}
        object.__setattr__(self, "facts", found)

    @property
    def rules(self) -> Mapping[str, AnyRule]:
        """Every rule by its id, as it was read: with its readings chosen."""
        return _as_read(self.rulebook, tuple(sorted(self.readings.items())))

    @cached_property
    def _steps(self) -> tuple[tuple[Production, Held], ...]:
        """What each production had in hand for each trigger it was concluded on."""
        return tuple(steps(self.rulebook.core(self.readings), self.rows, self.calendar, []))

    @cached_property
    def _in_hand(self) -> Mapping[tuple[str, str], Held]:
        """What each rule had in hand for each trigger it was judged on."""
        return {
            (production.rule, held["trigger"].origin): held  # type: ignore[union-attr]
            for production, held in self._steps
            if not isinstance(production, Derive)
        }

    def blanks(self, rule: str, about: str) -> Mapping[str, tuple[str, ...]]:
        """By fact, the fields left blank that a rule asked for: its own, or else those of the statuses beneath it."""
        own = self._in_hand.get((rule, about))
        some = [(p, own) for p in self._productions if p.rule == rule] if own else []
        return _blank_in(some) or _blank_in(self._beneath(rule))

    @property
    def _productions(self) -> tuple[Production, ...]:
        return self.rulebook.core(self.readings).productions()

    def _beneath(self, rule: str) -> list[tuple[Production, Held]]:
        """The statuses that a rule rests on, however far down, each with what it had in hand."""
        found: list[tuple[Production, Held]] = []
        read = {kind for p in self._productions if p.rule == rule for kind in reads(p)}
        for production in reversed(self._productions):
            if read & {*makes(production)}:
                read |= {*reads(production)}
                found += [step for step in self._steps if step[0] is production]
        return found

    def triggered_on(self, rule: str, about: str) -> int | None:
        """The day (an ordinal) of the row that triggered a rule: numbers are those in force on it."""
        trigger = self._in_hand.get((rule, about), {}).get("trigger")
        return None if trigger is None else trigger.on

    def anchor(self, rule: str, about: str) -> pendulum.Date | pendulum.DateTime | None:
        """The day, or the instant, from which the clock of one obligation runs."""
        duty = self.rules[rule]
        held = self._in_hand.get((rule, about))
        moment = moment_of(duty.anchor)(held) if isinstance(duty, Duty) and held else None
        if moment is None:
            return None
        _, day, at = moment
        if at is not None:
            return in_london(pendulum.from_timestamp(at))
        found = date.fromordinal(day)
        return pendulum.Date(found.year, found.month, found.day)

    def title(self, role: str, rule: str) -> str:
        """A role in words, as the rulebook's contacts name it, on a rule's own ladder if they do so there."""
        contact = self.contacts.get(role)
        if contact is None:
            return role_words(role)
        own = (name for ladder, name in contact.aliases if rule.startswith(f"{ladder}."))
        return next(own, contact.words())


def _blank_in(some: Iterable[tuple[Production, Held]]) -> Mapping[str, tuple[str, ...]]:
    """The fields that productions match, compare or count from, and that the facts they had in hand leave blank.

    Others may be blank without harm: a date that was never agreed, or what a row keeps where there was something.
    """
    found: dict[str, dict[str, None]] = {}
    for production, held in some:
        paths = [path for lookup in production.lookups for path in lookup.matched_by()]
        for one in parts(production):
            if isinstance(one, Compare):
                paths += [one.left, *([one.right] if one.right else [])]
        if isinstance(production, Owe):
            paths.append(production.anchor)
        for name, _, field in (path.partition(".") for path in paths):
            row = held.get(name)
            if field and row is not None and row.fact and row.values.get(field) is None:
                found.setdefault(row.fact, {})[field] = None
    return {fact: tuple(fields) for fact, fields in found.items()}


@once_for_each(at_most=32)
def _as_read(rulebook: Rulebook, choices: tuple[tuple[str, str], ...]) -> Mapping[str, AnyRule]:
    readings = dict(choices)
    return {name: resolve(rule, readings) for name, rule in rulebook.by_id.items()}
