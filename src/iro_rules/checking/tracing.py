"""From a row back to what is recorded: which facts bring a rule about, and which fact starts its clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.rulebook.rules import AnyRule, Duty, Status
from iro_rules.rulebook.terms import Lookup, Pattern, Test


@attrs.frozen
class Root:
    """A recorded fact at the beginning of a rule: its pattern, and the date field that counts ("" for its own day).

    `narrowed` says that conditions lie between the fact and the rule; `passed` are the kinds of rows in between.
    """

    pattern: Pattern
    field: str = ""
    narrowed: bool = False
    passed: tuple[str, ...] = ()


class Tracer:
    """Follows rows back to facts, through the statuses and duties of rules whose readings are all chosen."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self._makers: dict[str, list[Status]] = {}
        self._duties: dict[str, Duty] = {}
        self._known: dict[tuple[str, object], tuple[Root, ...]] = {}
        for rule in rules:
            if isinstance(rule, Status):
                self._makers.setdefault(rule.kind or rule.id, []).append(rule)
            elif isinstance(rule, Duty):
                self._duties[rule.id] = rule

    def behind(self, pattern: Pattern) -> tuple[Root, ...]:
        """The facts that bring a row of a pattern about."""
        return self._once("behind", pattern, lambda: self._behind(pattern))

    def starts(self, duty: Duty) -> tuple[Root, ...]:
        """The facts from which a duty's clock runs."""
        lookups = (*duty.given, *duty.met_by)
        return self._once("starts", duty.id, lambda: self._dates(duty.trigger, lookups, duty.anchor))

    def met(self, duty: Duty) -> tuple[Root, ...]:
        """The facts that discharge a duty."""
        return self._once("met", duty.id, lambda: [r for lookup in duty.met_by for r in self._behind(lookup.pattern)])

    def _once(self, what: str, of: object, find: Callable[[], list[Root]]) -> tuple[Root, ...]:
        if (what, of) not in self._known:
            self._known[what, of] = tuple(dict.fromkeys(find()))
        return self._known[what, of]

    def _behind(self, pattern: Pattern) -> list[Root]:
        if pattern.kind in KIND_FIELDS:
            return _recorded(pattern)
        found: list[Root] = []
        for status in self._makers.get(pattern.kind, ()):
            narrowed = bool(status.when) or len(_asked(status, pattern)) < len(pattern.where)
            inner = self._behind(_asking(status, pattern))
            found += [_through(root, pattern.kind, narrowed) for root in inner]
        owner, _, how = pattern.kind.rpartition("/")
        duty = self._duties.get(owner)
        if duty is not None:
            within = [duty.trigger, *(lookup.pattern for lookup in duty.met_by if how == "met")]
            found += [_through(root, pattern.kind, True) for inner_ in within for root in self._behind(inner_)]
        return found

    def _dates(self, trigger: Pattern, lookups: Iterable[Lookup], path: str) -> list[Root]:
        name, _, field = path.partition(".")
        if name == "trigger":
            pattern = trigger
        else:
            pattern = next((lookup.pattern for lookup in lookups if lookup.name == name), trigger)
        if field:
            return [attrs.evolve(root, field=field) for root in self._behind(pattern)]
        return self._dated(pattern)

    def _dated(self, pattern: Pattern) -> list[Root]:
        if pattern.kind in KIND_FIELDS:
            return _recorded(pattern)
        found: list[Root] = []
        for status in self._makers.get(pattern.kind, ()):
            narrowed = bool(status.when) or len(_asked(status, pattern)) < len(pattern.where)
            dates = self._dates(_asking(status, pattern), status.given, status.moment)
            found += [_through(root, pattern.kind, narrowed) for root in dates]
        owner, _, how = pattern.kind.rpartition("/")
        duty = self._duties.get(owner)
        if duty is not None and how == "met":
            found += [_through(root, pattern.kind, True) for x in duty.met_by for root in self._dated(x.pattern)]
        return found


def _recorded(pattern: Pattern) -> list[Root]:
    """A recorded fact, without tests of fields it does not have; none where no value passes every test of a field."""
    has = KIND_FIELDS[pattern.kind]
    kept = Pattern(pattern.kind, tuple(test for test in pattern.where if test.field in has))
    fields = {test.field for test in kept.where}
    return [] if any(values(kept, field) == frozenset() for field in fields) else [Root(kept)]


def _asking(status: Status, pattern: Pattern) -> Pattern:
    """What a status must be brought about by for its row to pass the tests of a pattern.

    A row keeps the fields of what brings it about, but for those that the status takes from elsewhere.
    """
    return Pattern(status.trigger.kind, tuple(dict.fromkeys((*status.trigger.where, *_asked(status, pattern)))))


def _asked(status: Status, pattern: Pattern) -> tuple[Test, ...]:
    """The tests of a status's row that are tests of what brings it about."""
    elsewhere = {name for name, path in status.keep if path != f"trigger.{name}"}
    return tuple(test for test in pattern.where if test.field not in elsewhere)


def values(pattern: Pattern, field: str) -> frozenset[str] | None:
    """The values a pattern lets a field have, or None where it lets it have any."""
    found: frozenset[str] | None = None
    for test in pattern.where:
        if test.field == field and test.op in ("eq", "in", "has"):
            these = frozenset(str(v) for v in (test.value if test.op == "in" else (test.value,)))
            found = these if found is None or test.op == "has" else found & these
    return found


def _through(root: Root, kind: str, narrowed: bool) -> Root:
    return Root(root.pattern, root.field, root.narrowed or narrowed, (*root.passed, kind))
