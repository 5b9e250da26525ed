"""What is left to do in Python for one production when the engine has come to rest: which rows it seeks and takes.

The engine finds rows by pattern and equality; day bounds, order, and first or last are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter

import attrs

from iro_rules.engines.durable.hand import AS_OF, BLANK, TRIGGER, Held, Path, Unseen, Valued, Weighed, weighing
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.rulebook.core import Core, Judge, Owe, Production, makes
from iro_rules.rulebook.terms import Lookup, Pattern

RuleFor = Callable[[Pattern, tuple[str, ...]], str]

in_time = attrgetter("order")
"""By which rows are sorted: day, time and identity."""


@attrs.frozen(eq=False)
class Search:
    """One look-up: the engine rule that finds its rows, the values they are sought by, and how one is chosen.

    `shape` are the fields that must have the values of `sought`: one value, a tuple of several, or None.
    """

    place: int
    kind: str
    rule: str
    shape: tuple[str, ...]
    joins: tuple[Path, ...]
    sought: Valued
    since: Path | None
    until: Path | None
    after: int | None
    before: int | None
    last: bool
    hidden_by: int
    by_day: int
    leans_on: tuple[int, ...]
    matched_by: tuple[Path, ...]

    def shown(self, held: Held, case: CaseRows) -> int:
        """The bits of what is recorded from a day on that lies no later than where this look-up begins to look."""
        begins = [] if self.since is None else [self.since.day(held)]
        if self.after is not None:
            earlier = held[self.after]
            begins.append(None if earlier is None else earlier.on)
        days = [day for day in begins if day is not None]
        return self.by_day & case.shown_from(max(days)) if len(days) == len(begins) and days else 0

    def unmatched(self, held: Held, unseen: Unseen) -> int:
        """What a row is not known for, that was not found: a blank field it is joined to or bounded by, or another."""
        bits = 0
        for path in self.matched_by:
            row = held[path.place]
            if row is not None and row.values.get(path.field) is None:
                bits = BLANK
        for other in self.leans_on:
            bits |= unseen[other]
        return bits

    def chosen(self, found: list[Row], held: Held) -> Row | None:
        """The first or last of the rows found, which are in order of time, that lies within the bounds."""
        if self.since is not None:
            low = self.since.day(held)
            found = [] if low is None else [row for row in found if row.on >= low]
        if self.until is not None:
            high = self.until.day(held)
            found = [] if high is None else [row for row in found if row.on <= high]
        if self.after is not None:
            earlier = held[self.after]
            found = [] if earlier is None else [row for row in found if row.order > earlier.order]
        if self.before is not None:
            later = held[self.before]
            found = [] if later is None else [row for row in found if row.order < later.order]
        return found[-1 if self.last else 0] if found else None

    def bounded_by(self) -> set[int]:
        """The places of the rows that bound the choice."""
        days = {path.place for path in (self.since, self.until) if path is not None}
        return days | {place for place in (self.after, self.before) if place is not None}


@attrs.frozen(eq=False)
class Plan:
    """One production: the engine rule for its triggers, its look-ups by round, and when it applies.

    In each round some look-ups are asked and, once answered, some are chosen; a look-up sought by a field of
    another one's row has to wait for the round after that one. `names` are those of the places; `empty` and
    `all_seen` are what the look-ups' places and what may hide their rows are before anything is known.
    """

    production: Production
    name: str
    rule: str
    start: int
    end: int
    rounds: tuple[tuple[tuple[Search, ...], tuple[Search, ...]], ...]
    parts: tuple[tuple[int, str], ...]
    empty: tuple[None, ...]
    all_seen: tuple[int, ...]
    places: Mapping[str, int]
    when: tuple[Weighed, ...]
    hidden_by: int
    emits: tuple[str, ...]
    makes: tuple[str, ...]
    searches: tuple[Search, ...]
    """The look-ups in the order they are written, which is an order in which each comes after those it leans on."""

    def unmatched(self, held: Held, unseen: Unseen) -> None:
        """Note of each look-up that found nothing whether it is for want of a value to match or to bound it by."""
        for search in self.searches:
            if held[search.place] is None:
                unseen[search.place] |= search.unmatched(held, unseen)

    def path(self, text: str) -> Path:
        """A path of this production."""
        return Path.of(text, self.places)


def plan_of(production: Production, core: Core, rule_for: RuleFor) -> Plan:
    """The plan of a production, with a rule of the engine for its trigger and for each look-up."""
    names = ("trigger", *(lookup.name for lookup in production.lookups))
    places = {"as_of": AS_OF} | {name: place for place, name in enumerate(names)}
    asked: dict[int, list[Search]] = {}
    chosen: dict[int, list[Search]] = {}
    round_of = {AS_OF: -1, TRIGGER: -1}
    searches = []
    for lookup in production.lookups:
        search = _search(production, lookup, places, core, rule_for)
        ask = max([0, *(round_of[path.place] + 1 for path in search.joins)])
        choose = max([ask, *(round_of[place] for place in search.bounded_by())])
        round_of[search.place] = choose
        searches.append(search)
        asked.setdefault(ask, []).append(search)
        chosen.setdefault(choose, []).append(search)
    return Plan(
        production=production,
        name=production.rule,
        start=production.start,
        end=production.end,
        rule=rule_for(production.trigger, ()),
        rounds=tuple(
            (tuple(asked.get(at, ())), tuple(chosen.get(at, ()))) for at in range(max(chosen, default=-1) + 1)
        ),
        parts=tuple(enumerate(names)),
        empty=(None,) * len(production.lookups),
        all_seen=(0,) * (len(names) + 1),
        places=places,
        when=weighing(production.when, places),
        hidden_by=core.sources[production.trigger.kind],
        emits=production.emits if isinstance(production, Owe) else (),
        makes=makes(production),
        searches=tuple(searches) if concludes_on_them(production) else (),
    )


def concludes_on_them(production: Production) -> bool:
    """Whether how something stands can hang on look-ups, and not just whether it is so at all."""
    return isinstance(production, Owe) or (isinstance(production, Judge) and bool(production.verdicts))


def _search(production: Production, lookup: Lookup, places: Mapping[str, int], core: Core, rule_for: RuleFor) -> Search:
    shape = tuple(field for field, _ in lookup.on)
    joins = tuple(Path.of(path, places) for _, path in lookup.on)
    since = None if lookup.since is None else Path.of(lookup.since, places)
    until = None if lookup.until is None else Path.of(lookup.until, places)
    return Search(
        place=places[lookup.name],
        kind=lookup.pattern.kind,
        rule=rule_for(lookup.pattern, shape),
        shape=shape,
        joins=joins,
        sought=_sought(joins),
        since=since,
        until=until,
        after=None if lookup.after is None else places[lookup.after],
        before=None if lookup.before is None else places[lookup.before],
        last=lookup.pick == "last",
        hidden_by=core.hiding(lookup),
        by_day=core.by_day(production, lookup),
        leans_on=tuple(sorted(places[name] for name in lookup.leans_on() - {"as_of", "trigger"})),
        matched_by=tuple(Path.of(path, places) for path in lookup.matched_by()),
    )


def _sought(joins: tuple[Path, ...]) -> Valued:
    """Reads the value, or for several joins the tuple of values, by which rows are sought."""
    values = [path.value() for path in joins]
    if len(values) == 1:
        return values[0]

    def sought(held: Held) -> tuple[object, ...] | None:
        found = tuple([value(held) for value in values])
        return None if None in found else found

    return sought
