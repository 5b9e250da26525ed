"""Static checks of one production: every name, field and type in it must fit, before any case is judged."""

from __future__ import annotations

from collections.abc import Mapping

from iro_rules.clock.timescale import ALWAYS, AgreedDate, Chosen, Clock, Unit
from iro_rules.errors import FACTS, RulebookError, nearest
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.readings import ByReading, parts
from iro_rules.rulebook.core import Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Absent, Compare, Pattern, Present

Types = Mapping[str, Mapping[str, str]]
Terms = Mapping[str, Mapping[str, str]]
ORDERED = ("lt", "le", "gt", "ge")


def check_production(production: Production, types: Types, terms: Terms) -> None:
    """Raises RulebookError, naming rule and place, at the first thing that does not fit."""
    _Check(production, types, terms).run()


class _Check:
    def __init__(self, production: Production, types: Types, terms: Terms) -> None:
        self.production, self.types, self.terms = production, types, terms
        self.kinds: dict[str, str] = {}

    def run(self) -> None:
        p = self.production
        if any(isinstance(part, ByReading) for part in parts(p)):
            raise self.wrong("a reading was left unchosen")
        if p.start >= p.end:
            raise self.wrong("the rule is never in force")
        self.pattern(p.trigger)
        self.kinds["trigger"] = p.trigger.kind
        for lookup in p.lookups:
            self.pattern(lookup.pattern)
            for field, path in lookup.on:
                if self.field(lookup.pattern.kind, field) != self.path_type(path):
                    raise self.wrong(f"{field} and {path} hold different things")
                if self.field(lookup.pattern.kind, field).startswith("terms"):
                    raise self.wrong("lists cannot be joined", field)
            for day in (lookup.since, lookup.until):
                if day is not None:
                    self.day(day)
            for row in (lookup.after, lookup.before):
                if row is not None and row not in self.kinds:
                    raise self.wrong("after and before need a row", row, self.in_hand())
            if lookup.on_record and (isinstance(p, Owe) or lookup.pattern.kind not in KIND_FIELDS):
                right = "a look-up of recorded facts, in a status or a judgement"
                raise self.wrong(
                    "only of recorded facts, and not for what is owed, is it asked what is on record",
                    lookup.name,
                    right,
                )
            if lookup.pick not in ("first", "last"):
                raise self.wrong("pick must be first or last", lookup.pick)
            if lookup.name in self.kinds or lookup.name == "as_of" or "." in lookup.name:
                raise self.wrong("this name is taken or unusable", lookup.name)
            self.kinds[lookup.name] = lookup.pattern.kind
        self.conditions(p.when)
        match p:
            case Derive():
                self.derive(p)
            case Owe():
                self.owe(p)
            case Judge():
                for conditions, _ in p.verdicts:
                    self.conditions(conditions)

    def wrong(self, what: str, value: object = None, right: str = "") -> RulebookError:
        return RulebookError(what, where=self.production.rule, value=value, right=right)

    def in_hand(self) -> str:
        return f"one of {', '.join(self.kinds)}"

    def pattern(self, pattern: Pattern) -> None:
        for test in pattern.where:
            written = self.field(pattern.kind, test.field)
            values = test.value if test.op == "in" else (test.value,)
            if test.op == "has" and not written.startswith("terms:"):
                raise self.wrong("only a list can be asked whether it has something", test.field)
            if test.op in ("gt", "lt") and (written != "int" or not isinstance(test.value, int)):
                raise self.wrong("only whole numbers can be more or less", test.field)
            if test.op in ("eq", "in"):
                if written.split(":")[0] not in ("key", "term", "int") or not values:
                    raise self.wrong("this field cannot be tested for a value", test.field)
                if (written == "int") != all(isinstance(value, int) for value in values):
                    raise self.wrong(f"{test.field} is tested for the wrong type", test.value)
            if test.op in ("eq", "in", "has") and ":" in written:
                vocabulary = written.split(":")[1]
                for value in values:
                    if value not in self.terms[vocabulary]:
                        what = f"there is no such {vocabulary} in {pattern.kind}.{test.field}"
                        raise self.wrong(what, value, nearest(value, self.terms[vocabulary], page=FACTS))
            if test.op not in ("eq", "in", "has", "known", "unknown", "gt", "lt"):
                raise self.wrong("there is no such test", test.op)

    def field(self, kind: str, field: str) -> str:
        if field not in self.types[kind]:
            raise self.wrong(f"{kind} has no field {field}", field, nearest(field, self.types[kind]))
        return self.types[kind][field]

    def path_type(self, path: str) -> str:
        name, _, field = path.partition(".")
        if path == "as_of.day":
            return "date"
        if name not in self.kinds:
            raise self.wrong("a path starts with a name that is not in hand", path, self.in_hand())
        return self.field(self.kinds[name], field)

    def day(self, path: str) -> None:
        if path in self.kinds or path == "as_of":
            return
        if "." not in path or self.path_type(path) != "date":
            raise self.wrong("a day is needed here", path, f"{self.in_hand()}, or a date of one of them")

    def conditions(self, conditions: object) -> None:
        assert isinstance(conditions, tuple)
        for condition in conditions:
            if isinstance(condition, Present | Absent):
                if condition.name not in self.kinds or condition.name == "trigger":
                    raise self.wrong("there is no such look-up", condition.name, nearest(condition.name, self.kinds))
            elif isinstance(condition, Compare):
                self.compare(condition)
            else:
                raise self.wrong("this is not a condition", condition)

    def compare(self, condition: Compare) -> None:
        left = self.path_type(condition.left)
        if (condition.right is None) == (condition.constant is None):
            raise self.wrong("a comparison needs either a path or a constant", condition.left)
        if condition.op not in ("eq", "ne", *ORDERED):
            raise self.wrong("there is no such comparison", condition.op)
        if condition.op in ORDERED and left not in ("date", "int"):
            raise self.wrong("only dates and numbers have an order", condition.left)
        if left.startswith("terms"):
            raise self.wrong("lists cannot be compared", condition.left)
        if condition.right is not None:
            if self.path_type(condition.right) != left:
                raise self.wrong(f"{condition.left} and {condition.right} hold different things")
        elif isinstance(condition.constant, int) != (left == "int") or left == "date":
            raise self.wrong(f"{condition.left} is compared with the wrong type", condition.constant)

    def derive(self, p: Derive) -> None:
        if p.identity != "trigger" and self.path_type(p.identity) != "key":
            raise self.wrong("an identity must be a key", p.identity)
        self.day(p.moment)
        if p.moment == "as_of" or p.moment == "as_of.day":
            raise self.wrong("a row cannot be dated by the day asked about", p.moment)
        for _, path in p.keep:
            self.path_type(path)
        if p.shift is not None:
            if p.shift.unit in (Unit.HOURS, Unit.WORKING_DAYS):
                raise self.wrong("a row's day is moved by calendar days, weeks, months or years", str(p.shift.unit))
            if p.shift.number.values[0][0] > max(p.start, ALWAYS):
                raise self.wrong("the number is not in force when the rule is", p.shift.number.id)

    def owe(self, p: Owe) -> None:
        self.day(p.anchor)
        if p.anchor.startswith("as_of"):
            raise self.wrong("a clock cannot start on the day asked about", p.anchor)
        for name in (*p.done, *((p.lapse,) if p.lapse else ())):
            if name not in self.kinds or name == "trigger":
                raise self.wrong("there is no such look-up", name)
        if not p.done or p.needs not in ("all", "any"):
            raise self.wrong("an obligation needs facts that discharge it, all or any of them", p.needs)
        match p.within:
            case AgreedDate(path):
                if "." not in path or self.path_type(path) != "date":
                    raise self.wrong("an agreed date must be a date field", path)
            case Chosen():
                if "." not in p.within.path or self.path_type(p.within.path) != "int":
                    raise self.wrong("a chosen window must be a whole-number field", p.within.path)
            case Clock(unit=Unit.HOURS) if "." in p.anchor:
                raise self.wrong("hours run from an instant, not from a date field", p.anchor)
