"""Rulebook cores made at random: valid by the static checks, with every feature the readers must agree on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, final

import attrs

from iro_rules.clock.timescale import ALWAYS, AgreedDate, Chosen, Clock, Number, Soft, Timescale, Unit
from iro_rules.facts.kinds import FIELDS, KIND_FIELDS, subject_of
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Absent, Compare, Condition, Lookup, Pattern, Present, Standing, Test
from iro_rules.testing.choices import Choices, Seeded, some
from iro_rules.testing.random_cases import DAYS, PLAIN_KEYS, TERMS

ROLES = ("social_worker", "team_manager", "director_of_childrens_services", *TERMS["role"])
STANDINGS = tuple(str(s) for s in Standing if s is not Standing.NOT_EVALUABLE)


@final
@attrs.frozen(kw_only=True)
class CoreSize:
    """Dials for a generated core: how many steps, raw kinds, look-ups, joins, tests and conditions at most.

    Each step adds one kind of derived row (with one to three makers), one obligation or one judgement.
    `authority` is the percentage of cores about an authority's facts as well; `around` the day it changes at;
    without `made`, rules read recorded facts only, never the rows that rules make. `firm` is the percentage of
    productions that read no field or day of what they look up (see `rulebook.days`), beside those that happen not to.
    """

    steps: int = 8
    kinds: int = 4
    lookups: int = 3
    joins: int = 2
    tests: int = 2
    conditions: int = 2
    authority: int = 25
    made: bool = True
    firm: int = 0
    around: date | None = None


def random_core(rng: random.Random, size: CoreSize | None = None) -> Core:
    """A core from a seeded generator: the same seed gives the same core."""
    return make_core(Seeded(rng), size)


def make_core(choices: Choices, size: CoreSize | None = None) -> Core:
    """A core that passes every static check of `rulebook.compile.order`."""
    size = size or CoreSize()
    productions, contacts = make_productions(choices, size)
    return order(productions, contacts=contacts, terms=term_table())


def term_table() -> dict[str, dict[str, str]]:
    """The few terms of each vocabulary that are used, as `rulebook.compile.order` wants them."""
    return {name: {value: value for value in values} for name, values in TERMS.items()}


def make_productions(choices: Choices, size: CoreSize) -> tuple[list[Production], list[Contact]]:
    """Productions and contacts that fit together, not yet in order."""
    maker = _Maker(choices, size)
    for number in range(choices.whole(1, size.steps)):
        maker.step(number)
    productions = maker.made
    if choices.chance(50):
        productions = productions[::-1]
    return productions, _contacts(choices)


def raw_kinds(core: Core) -> tuple[str, ...]:
    """The recorded kinds of facts a core reads, for `CaseSize(kinds=...)`."""
    read = {k for p in core.productions() for k in (p.trigger.kind, *(x.pattern.kind for x in p.lookups))}
    return tuple(sorted(kind for kind in read if kind in KIND_FIELDS))


def patterns_of(core: Core) -> tuple[Pattern, ...]:
    """The patterns over recorded facts that a core looks for, and those of contacts who are away; for `CaseSize`."""
    found = {pattern: None for p in core.productions() for pattern in (p.trigger, *(x.pattern for x in p.lookups))}
    roles = sorted({p.contact for p in core.productions() if isinstance(p, Owe | Judge) and p.contact})
    away = tuple(Pattern("unavailable", (Test("role", "eq", role),)) for role in roles if role in core.fallbacks)
    return (*(pattern for pattern in found if pattern.kind in KIND_FIELDS), *away[:2])


_KINDS = {
    "child": (
        "raised", "raised", "raised", "review_planned", "told", "told", "became_looked_after", "agreed", "order_made",
        "decided", "happened", "outcome", "step_taken", "unavailable", "appointed", "ended", "related_appointed",
        "related_ended", "related_case", "related", "hearing_listed", "filing_due", "review_held", "meeting_planned",
        "received",
    ),
    "authority": ("arrangement", "records_begin", "published"),
}  # fmt: skip

_COUNTS = {
    Unit.WORKING_DAYS: (0, 1, 2, 3, 5, 10, 20),
    Unit.DAYS: (0, 1, 2, 7, 10, 40),
    Unit.WEEKS: (0, 1, 2, 6),
    Unit.HOURS: (0, 1, 2, 24, 48, 72),
    Unit.MONTHS: (0, 1, 2, 6, 13),
    Unit.YEARS: (0, 1, 2),
    Unit.YEAR_ENDS: (0, 1),
}
_SHIFTS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.YEAR_ENDS)


class _Maker:
    """Keeps the kinds that may be read so far, with the types of their fields."""

    def __init__(self, choices: Choices, size: CoreSize) -> None:
        self.choices, self.size = choices, size
        self.around = size.around or choices.one(DAYS)
        self.types = {kind: {f: FIELDS[f] for f in sorted(fields)} for kind, fields in KIND_FIELDS.items()}
        self.pools: dict[str, list[str]] = {}
        subjects = ("child", "authority") if choices.chance(size.authority) else ("child",)
        for subject in subjects:
            kinds = _KINDS[subject]
            self.pools[subject] = [choices.one(kinds) for _ in range(choices.whole(1, size.kinds))]
        self.made: list[Production] = []
        self.narrow = False

    def step(self, number: int) -> None:
        """One more kind of derived row, obligation or judgement."""
        choices, rule = self.choices, f"r{number}"
        subject = choices.one(tuple(self.pools))
        what = choices.one(("owe", "owe", "derive", "derive", "judge"))
        if what == "owe":
            owed = self.owe(rule, subject)
            self.made.append(owed)
            fields = {**self.types[owed.trigger.kind], "due": "date"}
            for kind in (f"{rule}/met", f"{rule}/overdue"):
                if self.size.made and choices.chance(40):
                    self.types[kind] = fields
                    self.pools[subject].append(kind)
                    if choices.chance(40):
                        self.made.append(self.judge(f"{kind}-read", subject, kind=kind))
        elif what == "judge":
            self.made.append(self.judge(rule, subject))
        else:
            kind = f"k{number}"
            makers = [self.derive(rule, kind, subject) for _ in range(choices.one((1, 1, 2, 3)))]
            self.types[kind] = {}
            for maker, fields in makers:
                self.types[kind] |= fields
                self.made.append(maker)
            if self.size.made:
                self.pools[subject].append(kind)
            if self.size.made and choices.chance(30):
                self.made.append(self.judge(rule, subject, kind=kind))

    def base(
        self, rule: str, subject: str, least: int, kind: str | None = None, *, of_record: bool = False
    ) -> dict[str, Any]:
        """What every production has; `of_record` where it may ask for what is on record, whatever that covers."""
        choices = self.choices
        trigger = self.pattern(kind or self.kind(subject))
        hand = {"trigger": trigger.kind}
        self.narrow = self.size.firm > 0 and choices.chance(self.size.firm)
        lookups = []
        for number in range(choices.whole(least, max(least, self.size.lookups))):
            found = self.lookup(f"x{number}", subject, hand)
            if of_record and found.pattern.kind in KIND_FIELDS and choices.chance(10):
                found = attrs.evolve(found, on_record=True)
            lookups.append(found)
            hand[f"x{number}"] = lookups[-1].pattern.kind
        span = {}
        if choices.chance(12):
            span["start"] = self.around.toordinal() + choices.whole(-5, 0)
        if choices.chance(12):
            span["end"] = self.around.toordinal() + choices.whole(1, 6)
        when = self.conditions(hand)
        return {"rule": rule, "trigger": trigger, "lookups": tuple(lookups), "when": when, **span}

    def kind(self, subject: str) -> str:
        return self.choices.one(self.pools[subject][::-1])

    def hand(self, base: dict[str, Any]) -> dict[str, str]:
        return {"trigger": base["trigger"].kind, **{x.name: x.pattern.kind for x in base["lookups"]}}

    def derive(self, rule: str, kind: str, subject: str) -> tuple[Derive, dict[str, str]]:
        choices, base = self.choices, self.base(rule, subject, 0, of_record=True)
        hand = self.hand(base)
        keys, dates = self.paths(hand, "key"), self.paths(hand, "date")
        identity = choices.one(keys) if keys and choices.chance(40) else "trigger"
        moment = choices.one([*self.readable(hand), *dates]) if choices.chance(40) else "trigger"
        shift = self.shift(rule) if choices.chance(25) else None
        fields, keep = dict(self.types[base["trigger"].kind]), {}
        paths = [*self.paths(hand), "as_of.day"]
        for path in some(choices, paths, 2) if choices.chance(50) else ():
            written = self.type_of(path, hand)
            same = [name for name, holds in fields.items() if holds == written]
            name = choices.one(same) if same and choices.chance(25) else f"kept_{written.replace(':', '_')}"
            keep[name] = path
            fields[name] = written
        made = Derive(kind=kind, identity=identity, moment=moment, shift=shift, keep=tuple(keep.items()), **base)
        return made, fields

    def shift(self, rule: str) -> Clock:
        unit = self.choices.one(_SHIFTS)
        back = unit is not Unit.YEAR_ENDS and self.choices.chance(30)
        values = [(ALWAYS, self.choices.one((*_COUNTS[unit], 60)))]
        if self.choices.chance(15):
            values.append((self.around.toordinal(), self.choices.one(_COUNTS[unit])))
        return Clock(
            Number(f"{rule}.shift", tuple(values)), unit, "before" if back else "after", self.choices.chance(20)
        )

    def owe(self, rule: str, subject: str) -> Owe:
        choices, base = self.choices, self.base(rule, subject, 1)
        hand = self.hand(base)
        names = [lookup.name for lookup in base["lookups"]]
        last = choices.whole(1, len(names))
        done = tuple(names[-last:])
        before = [name for name in names if name not in done]
        within = self.timescale(rule, hand)
        hours = isinstance(within, Clock) and within.unit is Unit.HOURS
        rows = self.readable(hand)
        anchors = [*rows] if hours else [*rows, *self.paths(hand, "date")]
        return Owe(
            anchor=choices.one(anchors) if choices.chance(50) else "trigger",
            within=within,
            done=done,
            needs=choices.one(("all", "any")),
            lapse=(lapse := choices.one(before) if before and choices.chance(50) else None),
            lapse_late=lapse is not None and choices.chance(30),
            contact=self.contact(),
            **base,
        )

    def judge(self, rule: str, subject: str, kind: str | None = None) -> Judge:
        choices, base = self.choices, self.base(rule, subject, 0, kind, of_record=True)
        hand = self.hand(base)
        verdicts = tuple((self.conditions(hand), choices.one(STANDINGS)) for _ in range(choices.whole(0, 3)))
        otherwise = choices.one(STANDINGS) if choices.chance(60) else None
        return Judge(verdicts=verdicts, otherwise=otherwise, contact=self.contact(), **base)

    def contact(self) -> str | None:
        return self.choices.one(ROLES) if self.choices.chance(40) else None

    def timescale(self, rule: str, hand: dict[str, str]) -> Timescale | None:
        choices = self.choices
        dates, numbers = self.paths(hand, "date"), self.paths(hand, "int")
        kinds = ["clock"] * 5 + ["soft", "none"] + ["agreed"] * bool(dates) + ["chosen"] * 2 * bool(numbers)
        match choices.one(kinds):
            case "clock":
                unit = choices.one((*_COUNTS, Unit.HOURS, Unit.HOURS))
                back = unit not in (Unit.HOURS, Unit.YEAR_ENDS) and choices.chance(30)
                number = self.number(f"{rule}.within", _COUNTS[unit])
                return Clock(number, unit, "before" if back else "after", choices.chance(40))
            case "chosen":
                low, high = (self.number(f"{rule}.{name}", _WINDOWS) for name in ("low", "high"))
                usual = Number(f"{rule}.usual", choices.one(_WINDOWS))
                return Chosen(choices.one(numbers), low, high, usual, choices.chance(40))
            case "agreed":
                return AgreedDate(choices.one(dates))
            case "soft":
                return Soft("without delay")
            case _:
                return None

    def number(self, name: str, counts: Sequence[int]) -> Number:
        count = self.choices.one(counts)
        if not self.choices.chance(15):
            return Number(name, count)
        changes: dict[str, int] = {self.around.isoformat(): count}
        if self.choices.chance(50):
            changes["1900-01-01"] = self.choices.one(counts)
        return Number(name, changes)

    def pattern(self, kind: str) -> Pattern:
        choices, types = self.choices, self.types[kind]
        rare = [name for name, holds in types.items() if holds == "int" or holds.startswith("terms:")]
        fields = some(choices, [*rare, *rare, *types], self.size.tests) if choices.chance(50) else ()
        return Pattern(kind, tuple(self.test(kind, name) for name in fields))

    def test(self, kind: str, name: str) -> Test:
        choices = self.choices
        holds, _, vocabulary = self.types[kind][name].partition(":")
        ops = {"key": ("eq", "in"), "term": ("eq", "in"), "terms": ("has",), "int": ("gt", "lt", "eq", "in")}
        op = choices.one((*ops.get(holds, ()), "known", "unknown"))
        if op in ("known", "unknown"):
            return Test(name, op)
        values: Sequence[str | int] = _NUMBERS if holds == "int" else TERMS[vocabulary] if vocabulary else PLAIN_KEYS
        if op == "in":
            return Test(name, op, tuple(some(choices, values, 2)) or (values[0],))
        return Test(name, op, choices.one(values))

    def lookup(self, name: str, subject: str, hand: dict[str, str]) -> Lookup:
        choices = self.choices
        other = choices.chance(3) and len(self.pools) > 1
        pattern = self.pattern(self.kind(choices.one(tuple(self.pools)) if other else subject))
        pairs = []
        fields = [f for f, holds in self.types[pattern.kind].items() if not holds.startswith("terms:")]
        for field in some(choices, fields, self.size.joins) if choices.chance(75) else ():
            written = self.types[pattern.kind][field]
            paths = [*self.paths(hand, written), *(["as_of.day"] if written == "date" else [])]
            same = [path for path in paths if path.endswith(f".{field}")]
            if paths:
                pairs.append((field, choices.one(same if same and choices.chance(70) else paths)))
        rows = self.readable(hand)
        days = [*rows, "as_of", "as_of.day", *self.paths(hand, "date")]
        return Lookup(
            name,
            pattern,
            tuple(pairs),
            since=choices.one(days) if choices.chance(30) else None,
            until=choices.one(days) if choices.chance(20) else None,
            after=choices.one(list(rows)) if choices.chance(15) else None,
            before=choices.one(list(rows)) if choices.chance(15) else None,
            pick=choices.one(("first", "last")),
        )

    def conditions(self, hand: dict[str, str]) -> tuple[Condition, ...]:
        return tuple(self.condition(hand) for _ in range(self.choices.whole(0, self.size.conditions)))

    def condition(self, hand: dict[str, str]) -> Condition:
        choices, names = self.choices, [name for name in hand if name != "trigger"]
        what = choices.one(("present", "absent", "compare")) if names else "compare"
        if what != "compare":
            return (Present if what == "present" else Absent)(choices.one(names))
        lists = set(self.paths(hand, "terms"))
        lefts = [path for path in self.paths(hand) if path not in lists] + ["as_of.day"]
        left = choices.one(lefts)
        written = self.type_of(left, hand)
        ordered = ("lt", "le", "gt", "ge") if written in ("date", "int") else ()
        op = choices.one(("eq", "ne", *ordered))
        if written != "date" and choices.chance(50):
            vocabulary = written.partition(":")[2]
            values: Sequence[str | int] = (
                _NUMBERS if written == "int" else TERMS[vocabulary] if vocabulary else PLAIN_KEYS
            )
            return Compare(left, op, constant=choices.one(values))
        rights = [*self.paths(hand, written), *(["as_of.day"] if written == "date" else [])]
        return Compare(left, op, right=choices.one(rights))

    def paths(self, hand: dict[str, str], written: str = "") -> list[str]:
        """Paths to the fields of the rows in hand; those of one type, or (for "terms") all that hold lists."""
        return [
            f"{name}.{field}"
            for name, kind in self.readable(hand).items()
            for field, holds in self.types[kind].items()
            if not written or holds == written or (written == "terms" and holds.startswith("terms:"))
        ]

    def readable(self, hand: dict[str, str]) -> dict[str, str]:
        """The rows in hand of which a day or a field is read."""
        return {"trigger": hand["trigger"]} if self.narrow else hand

    def type_of(self, path: str, hand: dict[str, str]) -> str:
        name, _, field = path.partition(".")
        return "date" if name == "as_of" else self.types[hand[name]][field]


_WINDOWS = (0, 1, 2, 5, 10, 20)
_NUMBERS = (0, 1, 2, 5, 10, 10_000)


def _contacts(choices: Choices) -> list[Contact]:
    """Roles in a chain of stand-ins, which may be cut short."""
    roles = list(dict.fromkeys(ROLES))
    chain = roles[: choices.whole(0, len(roles))]
    stand_ins = dict(pairwise(chain))
    return [Contact(role=role, title=role, stand_in=stand_ins.get(role, "")) for role in roles]


def subjects_of(core: Core) -> tuple[str, ...]:
    """The subjects a core judges, in alphabetical order."""
    return tuple(sorted(set(core.subjects.values()) | {subject_of(kind) for kind in raw_kinds(core)}))
