"""Facts put just where they make a difference: at, before and after what bounds a look-up or ends a time.

A fact at random seldom falls on the very day or second of a deadline. Here a case is judged first; then facts
are added that a look-up would find, dated by what that look-up is measured against.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.held import Held, day_of, field_of, lowest_means
from iro_rules.engines.meaning import steps
from iro_rules.engines.rows import Row, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import Fact
from iro_rules.facts.kinds import FIELDS, KINDS, names_of
from iro_rules.rulebook.core import Core, Owe, Production
from iro_rules.rulebook.terms import Lookup
from iro_rules.testing.choices import Choices
from iro_rules.testing.random_cases import CaseAndRelated, CaseSize, World, within_calendar

Moment = date | datetime


def sharpened(
    choices: Choices, core: Core, found: CaseAndRelated, calendar: Calendar, *, most: int = 3, size: CaseSize
) -> CaseAndRelated:
    """The same case with up to `most` further facts, each on the edge of something."""
    case = found.case
    if not case.facts:
        return found
    rows = prepare(case, as_of=max(f.on for f in case.facts), calendar=calendar, related=found.related)
    verdicts: list[Verdict] = []
    spots = [(p, held) for p, held in steps(core, rows, calendar, verdicts) if places(p, case.subject)]
    due = {(v.rule, v.about): v for v in verdicts}
    world, more = World(choices, size), []
    for _ in range(choices.whole(0, most) if spots else 0):
        production, held = choices.one(spots)
        lookup = choices.one(places(production, case.subject))
        when = choices.one(_edges(production, lookup, held, due))
        more.append(world.fact(lookup.pattern, when=_moved(choices, when), fixed=_joined(lookup, held)))
    given = {fact.id for fact in case.facts}
    added: dict[str, Fact] = {fact.id: fact for fact in more if fact.id not in given}
    return attrs.evolve(found, case=attrs.evolve(case, facts=(*case.facts, *added.values())))


def dated(choices: Choices, core: Core, found: CaseAndRelated, calendar: Calendar, *, most: int = 3) -> CaseAndRelated:
    """The same case, of whose kinds of facts some are recorded from a day on: where a look-up begins to look, or near.

    A first day at random seldom decides anything. Where no look-up can profit from one, the case stays as it is.
    """
    case = found.case
    if not case.facts:
        return found
    rows = prepare(case, as_of=max(f.on for f in case.facts), calendar=calendar, related=found.related)
    spots = [
        (bits, held, lookup)
        for production, held in steps(core, rows, calendar, [])
        for lookup in production.lookups
        if held[lookup.name] is None and (bits := core.by_day(production, lookup))
    ]
    days: dict[str, date] = {}
    for _ in range(choices.whole(1, most) if spots else 0):
        bits, held, lookup = choices.one(spots)
        low = lowest_means(lookup)(held)
        if low is not None:
            day = within_calendar(date.fromordinal(low), choices.one((0, -1, 1)))
            days |= dict.fromkeys((kind for kind in names_of(bits) if kind in KINDS), day)
    return attrs.evolve(found, case=attrs.evolve(case, coverage=case.coverage.recorded_from(days)))


def places(production: Production, subject: str) -> list[Lookup]:
    """The look-ups of a production that a recorded fact of the case could answer."""
    kinds = {name for name, cls in KINDS.items() if subject == cls.SUBJECT}
    return [lookup for lookup in production.lookups if lookup.pattern.kind in kinds]


def _edges(production: Production, lookup: Lookup, held: Held, due: dict[tuple[str, str], Verdict]) -> list[Moment]:
    """The days and instants that matter to a look-up: its bounds, the deadline, and the trigger itself."""
    edges: list[Moment] = []
    for path in (lookup.since, lookup.until):
        day = None if path is None else day_of(path)(held)
        edges += [] if day is None else [date.fromordinal(day)]
    for name in (lookup.after, lookup.before):
        row = None if name is None else held[name]
        edges += [] if row is None else [_moment(row)]
    trigger = held["trigger"]
    assert trigger is not None
    verdict = due.get((production.rule, trigger.origin))
    if isinstance(production, Owe) and verdict is not None and verdict.due_on is not None:
        edges.append(date.fromordinal(verdict.due_on))
        if verdict.due_at is not None:
            edges += [datetime.fromtimestamp(verdict.due_at, UTC)] * 3
    return edges or [_moment(trigger)]


def _moment(row: Row) -> Moment:
    return date.fromordinal(row.on) if row.at is None else datetime.fromtimestamp(row.at, UTC)


def _moved(choices: Choices, when: Moment) -> Moment:
    """The same moment, or now and then just before or after it."""
    move = choices.one((0, 0, -1, 1))
    if isinstance(when, datetime):
        return when + timedelta(seconds=move) if within_calendar(when.date(), 0) == when.date() else when.date()
    return within_calendar(when, move)


def _joined(lookup: Lookup, held: Held) -> dict[str, Any]:
    """The values that join a fact to what is in hand."""
    values = {field: field_of(path)(held) for field, path in lookup.on}
    tested = {test.field for test in lookup.pattern.where}
    return {
        field: date.fromordinal(value) if FIELDS[field] == "date" else value
        for field, value in values.items()
        if value is not None and field not in tested
    }
