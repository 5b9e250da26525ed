"""Cases that bring a rule about, made from the rulebook alone, so that its clock can be tried at its boundary.

`witness` writes down a fact for every pattern that leads to a duty, with one key for all of them, and tries
variations until the duty stands open or overdue with a deadline. What it finds is cut down to what is needed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.timescale import Clock, Number, Unit
from iro_rules.engines.held import Held, moment_of
from iro_rules.engines.meaning import judge, steps
from iro_rules.engines.rows import CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.rulebook.core import Core, Derive, Owe
from iro_rules.rulebook.terms import Absent, Compare, Pattern, Standing, Test

DUE = (Standing.OPEN, Standing.OVERDUE)
KEY = "k"
OTHER_KEYS = ("l", "m")
DAYS = {Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}
"""About so many days has one of each unit; one has none or one of those not named."""


@attrs.frozen(kw_only=True)
class Edge:
    """One value of one number of one duty's clock, in force from the ordinal `start` to before `end`."""

    production: Owe
    number: Number
    count: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The number, and the day from which this value of it is in force."""
        return f"{self.number.id} from {date.fromordinal(self.start).isoformat()}"


@attrs.frozen(kw_only=True)
class Witness:
    """A case in which a duty is owed: the verdict's trigger, its deadline, and the moment its clock starts."""

    core: Core
    edge: Edge
    case: Case
    about: str
    due_on: int
    due_at: int | None
    anchor_on: int
    anchor_at: int | None

    def verdict(self, as_of: date | datetime, calendar: Calendar, case: Case | None = None) -> Verdict | None:
        """How the duty stands at a moment, in this case or another."""
        return _find(self.core, self.edge.production.rule, case or self.case, as_of, calendar, self.about)


def edges(core: Core, calendar: Calendar) -> list[Edge]:
    """Every value of every number of every duty that has a clock, so far as it is ever in force."""
    found = []
    for production in core.productions():
        if not isinstance(production, Owe) or not isinstance(production.within, Clock):
            continue
        number = production.within.number
        assert isinstance(number, Number)
        starts = [start for start, _ in number.values]
        for (start, count), end in zip(number.values, [*starts[1:], calendar.last], strict=True):
            first, last = max(start, production.start, calendar.first), min(end, production.end, calendar.last)
            if first < last:
                found.append(Edge(production=production, number=number, count=count, start=first, end=last))
    return found


def witness(core: Core, edge: Edge, calendar: Calendar, *, seed: int = 0, tries: int = 3000) -> Witness | None:
    """The first case found that brings the duty about within the dates of the edge, or None."""
    rng = random.Random(seed)
    small = _only(core, edge.production.rule)
    search = _Search(core, edge, calendar, rng)
    for _ in range(tries):
        case = search.case()
        found = search.owed(small, case)
        if found is not None:
            return search.cut_down(small, case, found)
    return None


def discharged(found: Witness, on: date | datetime, calendar: Calendar, *, seed: int = 0) -> Verdict | None:
    """How the duty stands long afterwards if the acts that discharge it are all dated so; None if none fits."""
    rng = random.Random(seed)
    search = _Search(found.core, found.edge, calendar, rng)
    search.share(found.case.facts)
    small = _only(found.core, found.edge.production.rule)
    wanted = [x.pattern for x in found.edge.production.lookups if x.name in found.edge.production.done]
    as_of = min(calendar.last, found.due_on + 90)
    for _ in range(300):
        acts = [fact for p in wanted for fact in search.leading_to(p, on)]
        if rng.random() < 0.3:
            acts += [fact for p in wanted for fact in search.leading_to(p, on)]
        case = _case(found.case.id, (*found.case.facts, *acts), found.case.subject)
        if case is None:
            continue
        rule = found.edge.production.rule
        verdict = _find(small, rule, case, date.fromordinal(as_of), calendar, found.about)
        met = (Standing.MET, Standing.MET_LATE)
        if verdict is not None and verdict.standing in met and verdict.due_on == found.due_on:
            return verdict
    return None


def around(found: Witness) -> tuple[Sequence[date | datetime], Sequence[date | datetime]]:
    """The last moments at which the duty is still in time, and the first moments after them."""
    if found.due_at is not None:
        due = datetime.fromtimestamp(found.due_at, UTC)
        return (due - timedelta(seconds=1), due), (due + timedelta(seconds=1),)
    day = date.fromordinal(found.due_on)
    return (day - timedelta(days=1), day), (day + timedelta(days=1),)


class _Search:
    """Variations on the facts that lead to one duty."""

    def __init__(self, core: Core, edge: Edge, calendar: Calendar, rng: random.Random) -> None:
        self.core, self.edge, self.calendar, self.rng = core, edge, calendar, rng
        self.makers: dict[str, list[Derive]] = {}
        self.owes = {p.rule: p for p in core.productions() if isinstance(p, Owe)}
        self.hints: dict[str, list[Any]] = {}
        for production in core.productions():
            if isinstance(production, Derive):
                self.makers.setdefault(production.kind, []).append(production)
            for condition in production.when:
                if isinstance(condition, Compare) and condition.constant is not None:
                    self.hints.setdefault(condition.left.partition(".")[2], []).append(condition.constant)
        hours = isinstance(edge.production.within, Clock) and edge.production.within.unit is Unit.HOURS
        self.timed = hours
        self.key = KEY
        self.day = edge.start

    def case(self) -> Case | None:
        """One attempt: the facts that lead to the trigger and to each row that must be there."""
        production, rng = self.edge.production, self.rng
        low, high = self.edge.start, min(self.edge.end - 1, self.calendar.last - 1500)
        self.day = rng.randint(low, max(low, min(high, low + 2500)))
        facts = self.leading_to(production.trigger, self.day)
        for lookup in production.lookups:
            given = lookup.name not in production.done and lookup.name != production.lapse
            if given and not self.unwanted(production.when, lookup.name):
                facts += self.leading_to(lookup.pattern, self.day)
        return _case("c", facts, self.core.subjects[production.rule])

    def share(self, facts: Iterable[Fact]) -> None:
        """Try the terms of these facts in others too: an act may have to agree with its trigger in one."""
        for fact in facts:
            for name, attribute in plain_fields(type(fact)).items():
                value = getattr(fact, name)
                if attribute.metadata["kind"] == "term" and value is not None:
                    self.hints.setdefault(name, []).append(value)

    def unwanted(self, when: Iterable[object], name: str) -> bool:
        """Whether a look-up had better find nothing."""
        absent = any(isinstance(c, Absent) and c.name == name for c in when)
        return self.rng.random() < (0.95 if absent else 0.15)

    def leading_to(self, pattern: Pattern, day: int | date | datetime, depth: int = 0) -> list[Fact]:
        """Facts from which a row of a pattern may come."""
        if pattern.kind in KINDS:
            return [self.fact(pattern, day)]
        if depth > 8:
            return []
        rule, _, row = pattern.kind.rpartition("/")
        if pattern.kind in self.makers:
            maker = self.rng.choice(self.makers[pattern.kind])
            day = self.before(maker, day)
            facts = self.leading_to(self.narrowed(maker.trigger, pattern.where), day, depth + 1)
            for lookup in maker.lookups:
                if not self.unwanted(maker.when, lookup.name):
                    facts += self.leading_to(lookup.pattern, day, depth + 1)
            return facts
        if rule in self.owes and row in ("met", "overdue"):
            owed = self.owes[rule]
            facts = self.leading_to(self.narrowed(owed.trigger, pattern.where), day, depth + 1)
            for lookup in owed.lookups:
                if (lookup.name in owed.done) == (row == "met") and lookup.name != owed.lapse:
                    facts += self.leading_to(lookup.pattern, day, depth + 1)
            return facts
        return []

    def before(self, maker: Derive, day: int | date | datetime) -> int | date | datetime:
        """About the day from which a row is dated so much later, or earlier, that it stands on the day given."""
        if not isinstance(maker.shift, Clock) or not isinstance(day, int):
            return day
        number = maker.shift.number
        assert isinstance(number, Number)
        days = number.values[-1][1] * DAYS.get(maker.shift.unit, 1)
        return day - days if maker.shift.direction == "after" else day + days

    def narrowed(self, pattern: Pattern, more: tuple[Test, ...]) -> Pattern:
        """A pattern with the tests of a row made from it, so far as its own fields can pass them."""
        fields = self.core.fields[pattern.kind]
        return Pattern(pattern.kind, (*pattern.where, *(test for test in more if test.field in fields)))

    def fact(self, pattern: Pattern, day: int | date | datetime) -> Fact:
        """One fact that passes the tests, on about that day; exactly then where a date or instant is given."""
        cls, values = KINDS[pattern.kind], {}
        self.key = self.rng.choice(OTHER_KEYS) if self.rng.random() < 0.25 else KEY
        for name, attribute in plain_fields(cls).items():
            tests = [test for test in pattern.where if test.field == name]
            value = self.value(name, attribute, tests)
            if value is not None:
                values[name] = value
        if isinstance(day, int):
            spread = self.rng.choice((0, 0, 1, 3, 30))
            on = date.fromordinal(max(self.calendar.first, day + self.rng.randint(-spread, spread)))
            noon = datetime(on.year, on.month, on.day, self.rng.randint(1, 22), 0, tzinfo=UTC)
            return cls(noon if self.timed else on, **values)
        return cls(day, **values)

    def value(self, name: str, attribute: attrs.Attribute[Any], tests: list[Test]) -> Any:
        """A value that passes the tests, or one that joins with everything."""
        holds, vocabulary = attribute.metadata["kind"], attribute.metadata.get("vocabulary", "")
        optional = attribute.default is not attrs.NOTHING
        if any(test.op == "unknown" for test in tests):
            return None
        wanted = [test.value if test.op != "in" else self.rng.choice(test.value) for test in tests if test.value]
        match holds:
            case "key":
                return wanted[0] if wanted else self.rng.choice((KEY, self.key))
            case "term":
                usual = [m.value for m in VOCABULARIES[vocabulary]][:3]
                choices = wanted or [*self.hints.get(name, ()), *usual]
                return LookedUp(self.rng.choice(choices)) if choices else None
            case "terms":
                return tuple(LookedUp(value) for value in wanted)
            case "date":
                ahead = self.rng.choice((0, 1, 10, 45, 400, -10))
                day = min(max(self.day + ahead, self.calendar.first), self.calendar.last)
                return None if optional and not tests and self.rng.random() < 0.3 else date.fromordinal(day)
            case "int":
                more = [v + 1 for v in wanted] or self.hints.get(name, [None, 5])
                return self.rng.choice(more)
            case _:
                return None

    def owed(self, core: Core, case: Case | None) -> Verdict | None:
        """The verdict on the duty if its clock runs in this case, from within the edge's dates."""
        if case is None:
            return None
        as_of = date.fromordinal(min(self.calendar.last, max(f.on.toordinal() for f in case.facts) + 400))
        verdict = _find(core, self.edge.production.rule, case, as_of, self.calendar)
        if verdict is None or verdict.due_on is None or verdict.standing not in DUE:
            return None
        trigger = dict(verdict.facts)["trigger"]
        days = [f.on.toordinal() for f in case.facts if f.id == trigger]
        return verdict if days and self.edge.start <= days[0] < self.edge.end else None

    def cut_down(self, core: Core, case: Case | None, found: Verdict) -> Witness:
        """The same with every fact left out that can be."""
        assert case is not None
        for fact in case.facts:
            fewer = attrs.evolve(case, facts=tuple(f for f in case.facts if f is not fact))
            verdict = self.owed(core, fewer) if fewer.facts else None
            if verdict is not None and verdict.about == found.about:
                case, found = fewer, verdict
        as_of = date.fromordinal(min(self.calendar.last, max(f.on.toordinal() for f in case.facts) + 400))
        rows = prepare(case, as_of=as_of, calendar=self.calendar)
        moment = moment_of(self.edge.production.anchor)(_held(core, rows, self.calendar, found))
        assert moment is not None
        assert found.due_on is not None
        return Witness(
            core=core,
            edge=self.edge,
            case=case,
            about=found.about,
            due_on=found.due_on,
            due_at=found.due_at,
            anchor_on=moment[1],
            anchor_at=moment[2],
        )


def _held(core: Core, rows: CaseRows, calendar: Calendar, found: Verdict) -> Held:
    """What the duty had in hand when it was judged."""
    for production, held in steps(core, rows, calendar, []):
        trigger = held["trigger"]
        owed = isinstance(production, Owe) and production.rule == found.rule
        if owed and trigger is not None and trigger.origin == found.about:
            return held
    raise AssertionError(f"{found.rule} was judged a moment ago")


def _only(core: Core, rule: str) -> Core:
    """The productions that a rule rests on, and its own."""
    wanted, kept = {rule}, []
    for production in reversed(core.productions()):
        made = {production.kind} if isinstance(production, Derive) else set(getattr(production, "emits", ()))
        if production.rule in wanted or made & wanted:
            wanted |= {production.trigger.kind, *(lookup.pattern.kind for lookup in production.lookups)}
            kept.append(production)
    return attrs.evolve(core, strata=tuple((production,) for production in reversed(kept)))


def _case(name: str, facts: Iterable[Fact], subject: str) -> Case | None:
    try:
        return Case(name, facts, coverage=Coverage.everything(), subject=subject)
    except CaseError:
        return None


def _find(
    core: Core, rule: str, case: Case, as_of: date | datetime, calendar: Calendar, about: str | None = None
) -> Verdict | None:
    """The verdict of a rule on one trigger, or on the first whose deadline is known."""
    verdicts = [v for v in judge(core, prepare(case, as_of=as_of, calendar=calendar), calendar) if v.rule == rule]
    if about is not None:
        return next((v for v in verdicts if v.about == about), None)
    return next((v for v in verdicts if v.due_on is not None and v.standing in DUE), None)
