"""Cases made at random: few keys and few days, so that facts collide, join, tie and straddle deadlines."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, final

import attrs

from iro_rules.clock.calendar import FIRST_YEAR, LAST_YEAR
from iro_rules.facts import Case, Coverage, Fact, Related
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import KINDS, RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED
from iro_rules.facts.vocabulary import VOCABULARIES, Stage, Term
from iro_rules.rulebook.terms import Pattern, Test
from iro_rules.testing.choices import Choices, Seeded, some


class MadeUpStage(Term):
    """Stages for generated rulebooks, since the national vocabulary has none."""

    FIRST = "made_up_first"
    SECOND = "made_up_second"


PLAIN_KEYS = ("1", "2", "3")
HOSTILE_KEYS = (
    "01", "1.0", "1e3", "0x1F", "99999999999999999999", "null", "None", "true", "nan", "Infinity",
    "a b", "A", "a", "a.b", "a:b", "a/b", "a//..", "a+-", "2026-03-02", "trigger", "sid", "id", "k" * 80,
)  # fmt: skip
"""Keys that a careless reader takes for numbers, dates, nothing, paths or each other."""

HOSTILE_TEXT = ("", "null", "\x00", "\"}{'", "Zoë \U0001f9d2", "\u2028", "=1+1", "x" * 300)

DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        "2026-03-02", "2026-03-29", "2025-10-26", "2025-12-24", "2026-04-02", "2024-02-28", "2022-06-01",
        "2022-09-18", "2023-05-05", "2024-12-31", "2023-01-30", "2028-12-27", "1990-01-06",
    )
)  # fmt: skip
"""Days around which time is awkward: clock changes, holidays, month ends, leap days, the calendar's ends."""

TERMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(term.value for term in (MadeUpStage if family is Stage else family))[:3]
        for name, family in VOCABULARIES.items()
    }
)
"""The few terms of each vocabulary that generated rules and cases use."""

_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_NOT_BEFORE, _NOT_AFTER = _FIRST + timedelta(days=3), _LAST - timedelta(days=3)


def _kinds_of(subject: str) -> tuple[str, ...]:
    return tuple(name for name, cls in KINDS.items() if subject == cls.SUBJECT)


CHILD_KINDS = _kinds_of("child")
AUTHORITY_KINDS = _kinds_of("authority")


@final
@attrs.frozen(kw_only=True)
class CaseSize:
    """Dials for a generated case: how many facts, days, keys, related cases; percent timed, covered, with first days.

    `kinds` limits the kinds of facts (default: any of the subject); `around` is the day it plays at. Facts are
    made to fit one of `patterns` (see `patterns_of`), where there are any, `fitting` times in a hundred.
    """

    facts: int = 25
    days: int = 5
    keys: int = 3
    related: int = 2
    timed: int = 40
    whole_coverage: int = 60
    from_a_day: int = 30
    kinds: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    fitting: int = 60
    around: date | None = None


@final
@attrs.frozen
class CaseAndRelated:
    """A case with the cases of related children that are at hand, by their id."""

    case: Case
    related: dict[str, Case]


def make_case(choices: Choices, size: CaseSize | None = None, *, subject: str | None = None) -> CaseAndRelated:
    """A case of 0 to `size.facts` facts about a child or an authority, with related cases for a child."""
    size = size or CaseSize()
    if subject is None:
        subject = "authority" if choices.chance(15) else "child"
    whole = CHILD_KINDS if subject == "child" else AUTHORITY_KINDS
    kinds = tuple(kind for kind in size.kinds if kind in whole) or whole
    world = World(choices, size)
    case_id = choices.one(("c1", *world.keys))
    patterns = tuple(pattern for pattern in size.patterns if pattern.kind in kinds)
    facts = []
    for _ in range(choices.whole(0, size.facts)):
        fits = patterns and choices.chance(size.fitting)
        facts.append(world.fact(choices.one(patterns) if fits else Pattern(choices.one(kinds))))
    related: dict[str, Case] = {}
    wants_related = subject == "child" and (not size.kinds or set(size.kinds) & _RELATED)
    for number in range(choices.whole(0, size.related) if wants_related else 0):
        other = f"s{number}"
        facts.append(Related(world.when(), relation=choices.one(TERMS["relation"]), child=other))
        if choices.chance(85):
            moves = [
                world.fact(Pattern(choices.one(("appointed", "ended", "told")))) for _ in range(choices.whole(0, 5))
            ]
            related[other] = Case(other, moves, coverage=world.coverage(("appointed", "ended")))
    return CaseAndRelated(Case(case_id, facts, coverage=world.coverage(kinds), subject=subject), related)


_RELATED = {RELATED_CASE, RELATED_APPOINTED, RELATED_ENDED, "related"}


def random_case(rng: random.Random, size: CaseSize | None = None, *, subject: str | None = None) -> CaseAndRelated:
    """A case from a seeded generator: the same seed gives the same case."""
    return make_case(Seeded(rng), size, subject=subject)


class World:
    """The few days, keys and ids one case is made of."""

    def __init__(self, choices: Choices, size: CaseSize) -> None:
        self.choices, self.size = choices, size
        around = size.around or choices.one(DAYS)
        spread = choices.one((4, 12, 40))
        self.days = [
            within_calendar(around, choices.whole(-spread, spread)) for _ in range(choices.whole(1, size.days))
        ]
        keys = PLAIN_KEYS if choices.chance(70) else (*PLAIN_KEYS, *HOSTILE_KEYS)
        self.keys = [choices.one(keys) for _ in range(choices.whole(1, size.keys))]
        self.used: set[str] = set()

    def day(self) -> date:
        """One of the days, or now and then the day before or after."""
        day = self.choices.one(self.days)
        return within_calendar(day, self.choices.whole(-1, 1)) if self.choices.chance(10) else day

    def when(self) -> date | datetime:
        """A day, or an instant at one of the awkward times."""
        choices, day = self.choices, self.day()
        if not choices.chance(self.size.timed):
            return day
        hour, minute, second = choices.one(_TIMES)
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)

    def fact(
        self, pattern: Pattern, *, when: date | datetime | None = None, fixed: Mapping[str, Any] | None = None
    ) -> Fact:
        """A fact that fits a pattern; at a moment and with some values that are given, or at random."""
        values: dict[str, Any] = dict(fixed or {})
        for name, written, required in _PLAN[pattern.kind]:
            if name in values:
                continue
            tests = [test for test in pattern.where if test.field == name]
            blank = any(test.op == "unknown" for test in tests)
            if tests and not blank:
                values[name] = self.fitting(written, tests[0])
            elif required or (not blank and self.choices.chance(75)):
                values[name] = self.value(written)
        if when is None and self.choices.chance(20):
            fact_id = self.choices.one(_FACT_IDS)
            if fact_id not in self.used:
                self.used.add(fact_id)
                values["id"] = fact_id
        return KINDS[pattern.kind](self.when() if when is None else when, **values)

    def fitting(self, written: str, test: Test) -> Any:
        """A value that passes a test, or for a number just misses it."""
        match test.op:
            case "known":
                return self.value(written)
            case "gt" | "lt":
                return min(max(test.value + self.choices.one((1 if test.op == "gt" else -1, 0)), 0), 10_000)
            case "has":
                return (LookedUp(test.value),)
        value = self.choices.one(test.value) if test.op == "in" else test.value
        return LookedUp(value) if isinstance(value, str) else value

    def value(self, written: str) -> Any:
        """A value of a type."""
        holds, _, vocabulary = written.partition(":")
        match holds:
            case "key":
                return self.choices.one(self.keys)
            case "term":
                return LookedUp(self.choices.one(TERMS[vocabulary]))
            case "terms":
                return tuple(LookedUp(value) for value in some(self.choices, TERMS[vocabulary], 3))
            case "date":
                return self.day()
            case "int":
                return self.choices.one(_NUMBERS)
            case _:
                return self.choices.one(HOSTILE_TEXT)

    def coverage(self, kinds: Sequence[str]) -> Coverage:
        """What the record covers: everything, all but a few of these kinds, or only a few; some from a day on."""
        if self.choices.chance(self.size.whole_coverage):
            return Coverage.everything()
        mine = sorted(set(kinds))
        covered = Coverage.everything().without(*some(self.choices, mine, 3))
        if self.choices.chance(50):
            covered = Coverage.only(*some(self.choices, mine, 6))
        if self.choices.chance(self.size.from_a_day):
            covered = covered.recorded_from({kind: self.day() for kind in some(self.choices, mine, 4)})
        return covered


_TIMES = (
    (12, 0, 0), (0, 0, 0), (0, 30, 0), (1, 0, 0), (1, 30, 0), (2, 0, 0), (9, 0, 1), (22, 59, 59), (23, 0, 0),
    (23, 59, 59),
)  # fmt: skip
_NUMBERS = (0, 1, 2, 3, 5, 10, 15, 20, 100, 10_000)
_FACT_IDS = ("1", "2", "10", "01", "a", "A", "Z", "a.b", "a:b", "null", "zzz", "0", "z" * 80)


def _plan(kind: str) -> tuple[tuple[str, str, bool], ...]:
    plan = []
    for name, attribute in plain_fields(KINDS[kind]).items():
        holds, vocabulary = attribute.metadata["kind"], attribute.metadata.get("vocabulary")
        written = f"{holds}:{vocabulary}" if vocabulary else holds
        plan.append((name, written, attribute.default is attrs.NOTHING))
    return tuple(plan)


_PLAN = {kind: _plan(kind) for kind in KINDS}


def within_calendar(day: date, move: int) -> date:
    """A day so many days later, or the nearest that can be judged."""
    inside = min(max(day, _FIRST), _LAST)
    return min(max(inside + timedelta(days=move), _NOT_BEFORE), _NOT_AFTER)


def moments(cases: Iterable[Case]) -> list[date | datetime]:
    """Days and instants worth asking about: each fact's day and time, just before it and just after it."""
    found: set[str] = set()
    kept: list[date | datetime] = []
    for fact in (fact for case in cases for fact in case.facts):
        near: list[date | datetime] = [within_calendar(fact.on, move) for move in (0, -1, 1)]
        if fact.at is not None:
            instant = datetime.fromtimestamp(fact.at.timestamp(), UTC)
            near += [instant + timedelta(seconds=move) for move in (0, -1, 1)]
        for moment in near:
            if moment.isoformat() not in found:
                found.add(moment.isoformat())
                kept.append(moment)
    return kept or [DAYS[0]]
