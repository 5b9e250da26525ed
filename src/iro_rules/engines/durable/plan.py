"""What is left to do in Python for each production when the engine has come to rest: choose, and weigh.

A plan holds one production's rows by number (`AS_OF`, `TRIGGER`, then its look-ups), and its paths, conditions
and look-ups worked out beforehand. The engine finds rows by pattern and equality; day bounds, order, first or
last, and what cannot be known are decided here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from iro_rules.engines.rows import Row
from iro_rules.facts.kinds import BITS, FIELD_NOT_GIVEN
from iro_rules.rulebook.core import Production
from iro_rules.rulebook.terms import Compare, Condition, Lookup, Pattern, Present

Held = list[Row | None]
Unseen = list[int]
"""For each place that holds no row, the bits that may hide one; 0 elsewhere."""

AS_OF, TRIGGER = 0, 1
TRUE, FALSE = 0, -1
"""What a condition comes to; above 0 it is the bits that keep it from being known."""

Weighed = Callable[[Held, Unseen], int]
RuleFor = Callable[[Pattern, tuple[str, ...]], str]


@attrs.frozen
class Path:
    """A place and a field of the row there, or the row itself where `field` is empty."""

    place: int
    field: str

    def value(self, held: Held) -> object:
        """What the field holds; None where there is no row or no such field."""
        row = held[self.place]
        return None if row is None else row.values.get(self.field)

    def day(self, held: Held) -> int | None:
        """The row's day, or the day its field holds."""
        row = held[self.place]
        if row is None:
            return None
        if not self.field:
            return row.on
        day = row.values.get(self.field)
        return day if isinstance(day, int) else None


@attrs.frozen
class Search:
    """One look-up: the engine rule that finds its rows, the values they are sought by, and how one is chosen."""

    place: int
    kind: str
    rule: str
    shape: tuple[str, ...]
    joins: tuple[Path, ...]
    since: Path | None
    until: Path | None
    after: int | None
    before: int | None
    last: bool
    hidden_by: int

    def choose(self, found: list[Row], held: Held) -> Row | None:
        """The first or last of the rows found that lies within the bounds."""
        bounded = found
        for path, early in ((self.since, True), (self.until, False)):
            if path is not None:
                day = path.day(held)
                if day is None:
                    return None
                bounded = [row for row in bounded if (row.on >= day if early else row.on <= day)]
        for place, later in ((self.after, True), (self.before, False)):
            if place is not None:
                other = held[place]
                if other is None:
                    return None
                order = other.order
                bounded = [row for row in bounded if (row.order > order if later else row.order < order)]
        if len(bounded) < 2:
            return bounded[0] if bounded else None
        return (max if self.last else min)(bounded, key=_order)


def _order(row: Row) -> tuple[int, int, str]:
    return row.order


@attrs.frozen(eq=False)
class Plan:
    """One production: the engine rule for its triggers, its look-ups by round, and when it applies.

    In each round some look-ups are asked and, once answered, some are chosen; a look-up sought by a field of
    another one's row has to wait for the round after that one.
    """

    production: Production
    rule: str
    rounds: tuple[tuple[tuple[Search, ...], tuple[Search, ...]], ...]
    names: tuple[str, ...]
    when: tuple[Weighed, ...]
    places: Mapping[str, int]
    hidden_by: int

    def path(self, text: str) -> Path:
        """A path of this production."""
        return path_of(text, self.places)


def path_of(text: str, places: Mapping[str, int]) -> Path:
    """A written path as a place and a field."""
    name, _, field = text.partition(".")
    return Path(places[name], field)


def plan_of(production: Production, sources: Mapping[str, int], rule_for: RuleFor) -> Plan:
    """The plan of a production, with a rule of the engine for its trigger and for each look-up."""
    names = ("as_of", "trigger", *(lookup.name for lookup in production.lookups))
    places = {name: place for place, name in enumerate(names)}
    asked: dict[int, list[Search]] = {}
    chosen: dict[int, list[Search]] = {}
    round_of = {AS_OF: -1, TRIGGER: -1}
    for lookup in production.lookups:
        search = _search(lookup, places, sources, rule_for)
        bounds = {path.place for path in (search.since, search.until) if path is not None}
        bounds |= {place for place in (search.after, search.before) if place is not None}
        at = max([0, *(round_of[path.place] + 1 for path in search.joins)])
        asked.setdefault(at, []).append(search)
        round_of[search.place] = max([at, *(round_of[place] for place in bounds)])
        chosen.setdefault(round_of[search.place], []).append(search)
    return Plan(
        production=production,
        rule=rule_for(production.trigger, ()),
        rounds=tuple(
            (tuple(asked.get(at, ())), tuple(chosen.get(at, ()))) for at in range(max(chosen, default=-1) + 1)
        ),
        names=names,
        when=weighing(production.when, places),
        places=places,
        hidden_by=sources[production.trigger.kind],
    )


def _search(lookup: Lookup, places: Mapping[str, int], sources: Mapping[str, int], rule_for: RuleFor) -> Search:
    shape = tuple(field for field, _ in lookup.on)
    return Search(
        place=places[lookup.name],
        kind=lookup.pattern.kind,
        rule=rule_for(lookup.pattern, shape),
        shape=shape,
        joins=tuple(path_of(path, places) for _, path in lookup.on),
        since=None if lookup.since is None else path_of(lookup.since, places),
        until=None if lookup.until is None else path_of(lookup.until, places),
        after=None if lookup.after is None else places[lookup.after],
        before=None if lookup.before is None else places[lookup.before],
        last=lookup.pick == "last",
        hidden_by=sources[lookup.pattern.kind],
    )


def weigh(conditions: tuple[Weighed, ...], held: Held, unseen: Unseen) -> int:
    """All conditions together: FALSE as soon as one is false, else everything that keeps one from being known."""
    missing = TRUE
    for condition in conditions:
        came_to = condition(held, unseen)
        if came_to == FALSE:
            return FALSE
        missing |= came_to
    return missing


def weighing(conditions: tuple[Condition, ...], places: Mapping[str, int]) -> tuple[Weighed, ...]:
    """Conditions as functions of the rows held."""
    return tuple(_weighed(condition, places) for condition in conditions)


def _weighed(condition: Condition, places: Mapping[str, int]) -> Weighed:
    if isinstance(condition, Compare):
        return _compared(condition, places)
    place = places[condition.name]
    if isinstance(condition, Present):
        return lambda held, unseen: TRUE if held[place] is not None else unseen[place] or FALSE
    return lambda held, unseen: unseen[place] if held[place] is None else FALSE


_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_BLANK = BITS[FIELD_NOT_GIVEN]


def _compared(condition: Compare, places: Mapping[str, int]) -> Weighed:
    left = path_of(condition.left, places)
    right = None if condition.right is None else path_of(condition.right, places)
    constant, compare = condition.constant, _COMPARISONS[condition.op]

    def weighed(held: Held, unseen: Unseen) -> int:
        if held[left.place] is None:
            return unseen[left.place] or FALSE
        if right is not None and held[right.place] is None:
            return unseen[right.place] or FALSE
        one = left.value(held)
        other = constant if right is None else right.value(held)
        if one is None or other is None:
            return _BLANK
        return TRUE if compare(one, other) else FALSE

    return weighed
