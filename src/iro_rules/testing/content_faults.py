"""Every small fault that the content of a rule can have: another number, unit, term, bearer, one thing less.

A fault is the rule with one thing changed, and a name that says which. Nothing here knows what finds a fault;
`planting` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Number, Soft, Unit
from iro_rules.errors import RulebookError
from iro_rules.facts.kinds import FIELDS
from iro_rules.readings import ByReading, Interpretation, parts
from iro_rules.rulebook.law import Force, Law, Modality, Verified
from iro_rules.rulebook.rules import AnyRule, Constraint, Duty, Power, Status
from iro_rules.rulebook.terms import Absent, Compare, Lookup, Pattern, Present, Test

Terms = Mapping[str, Mapping[str, str]]
Change = tuple[str, Any]
"""What is changed, in words, and the value with it."""

UNITS = {
    Unit.WORKING_DAYS: (Unit.DAYS, Unit.WEEKS),
    Unit.DAYS: (Unit.WORKING_DAYS, Unit.WEEKS),
    Unit.WEEKS: (Unit.DAYS, Unit.MONTHS),
    Unit.HOURS: (Unit.DAYS, Unit.WORKING_DAYS),
    Unit.MONTHS: (Unit.WEEKS, Unit.YEARS),
    Unit.YEARS: (Unit.MONTHS, Unit.YEAR_ENDS),
    Unit.YEAR_ENDS: (Unit.YEARS, Unit.MONTHS),
}
OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
SEVERAL = ("met_by", "first")
"""Lists of look-ups that may lose one, but not the last."""
ANY_NUMBER = ("when", "on", "unless", "keep")
"""Lists that may lose any of what they hold."""
PICKED = ("the first instead of the last", "the last instead of the first")
UNTOUCHED = ("id", "act", "note", "law", "rests_on", "bearer", "joint", "to", "contact", "name", "field", "kind")
"""Fields that hold a name, words or law: `law_faults` changes law, bearers and counterparties."""


@attrs.frozen
class Fault:
    """One thing changed in one rule."""

    rule: str
    name: str
    changed: AnyRule

    @property
    def where(self) -> str:
        """The rule and the change."""
        return f"{self.rule}: {self.name}"


def faults_of(rule: AnyRule, terms: Terms) -> tuple[Fault, ...]:
    """Every fault of a rule: those of its law first, then those of what it says. Names are unlike within a rule."""
    found: dict[str, AnyRule] = {}
    for name, changed in (*law_changes(rule), *content_changes(rule, terms)):
        if changed != rule:
            found.setdefault(name, changed)
    return tuple(Fault(rule.id, name, changed) for name, changed in found.items())


def law_changes(rule: AnyRule) -> Iterator[tuple[str, AnyRule]]:
    """The rule with another bearer, counterparty, force, modality, verb, code, row or day of taking effect."""
    law = rule.law
    laws: list[Change] = [
        ("force", {"force": _other(law.force, tuple(Force))}),
        ("modality", {"modality": _other(law.modality, tuple(Modality))}),
        ("verb", {"verb": "may" if law.verb != "may" else "must"}),
        ("verified code", {"verified": _other(law.verified, tuple(Verified))}),
        ("first day in force", {"start": law.start.subtract(days=1)}),
        ("one row less", {"rows": law.rows[:-1]}) if len(law.rows) > 1 else ("another row", {"rows": ("X-01",)}),
    ]
    if law.end is not None:
        laws.append(("no last day in force", {"end": None}))
    for name, fields in laws:
        yield f"law: {name}", attrs.evolve(rule, law=attrs.evolve(law, **fields))
    for field in ("bearer", "to"):
        roles = getattr(rule, field)
        other = "parent" if "parent" not in roles else "child"
        changed: dict[str, Any] = {field: (other, *roles[1:])}
        yield f"{field}: {other}", attrs.evolve(rule, **changed)
        if len(roles) > 1:
            changed = {field: roles[:-1]}
            yield f"{field}: one less", attrs.evolve(rule, **changed)
    if len(rule.bearer) > 1:
        yield "joint", attrs.evolve(rule, joint="both" if rule.joint == "either" else "either")


def content_changes(rule: AnyRule, terms: Terms) -> Iterator[tuple[str, AnyRule]]:
    """The rule with one thing changed in what it says of facts, days and acts."""
    yield from _whole(rule)
    matter, implied = _whose_row_matters(rule), _implied(rule)
    for name, changed in _inside(rule, "", "", terms):
        if name.endswith(PICKED) and name.partition(":")[0].rpartition(".")[2] not in matter:
            continue
        if name.endswith(": left out") and name.partition(": ")[0].rpartition("present ")[2] in implied:
            continue
        yield name, changed


def _whose_row_matters(rule: AnyRule) -> frozenset[str]:
    """The look-ups of which it matters whether the first row or the last is taken, not only that there is one.

    Not so for what a rule lapses by: of two facts after which an act is no longer owed, either shows it.
    """
    paths: list[Any] = []
    for part in parts(rule):
        match part:
            case Lookup():
                paths += part.leans_on()
            case Compare():
                paths += [part.left, part.right or ""]
            case Chosen() | AgreedDate():
                paths.append(part.path)
            case Duty():
                paths.append(part.anchor)
                if not isinstance(part.within, Soft | None):
                    paths += [inner.name for inner in parts(part.met_by) if isinstance(inner, Lookup)]
            case Status():
                paths += [part.identity, part.moment, *(path for _, path in part.keep)]
            case _:
                pass
    return _names_in(paths)


def _implied(rule: AnyRule) -> frozenset[str]:
    """The look-ups that must have found a row wherever a rule applies, whether or not it says that they are present.

    Another that is present leans on them, a comparison needs a field of theirs, or they date or name a derived row.
    """
    paths: list[Any] = []
    present = {part.name for part in parts(rule) if isinstance(part, Present)}
    for part in parts(rule):
        match part:
            case Lookup() if part.name in present:
                paths += part.leans_on()
            case Compare():
                paths += [part.left, part.right or ""]
            case Status():
                paths += [part.identity, part.moment]
            case _:
                pass
    return _names_in(paths)


def _names_in(paths: list[Any]) -> frozenset[str]:
    """What each path begins with; a path that depends on a reading, under each."""
    found = [
        under for path in paths for under in ([v for _, v in path.values] if isinstance(path, ByReading) else [path])
    ]
    return frozenset(str(path).partition(".")[0] for path in found)


def _whole(rule: AnyRule) -> Iterator[tuple[str, Any]]:
    """Changes that concern a rule's own fields."""
    match rule:
        case Duty():
            if not isinstance(rule.within, Soft | None):
                yield "no clock", attrs.evolve(rule, within=None)
            if rule.lapses is not None:
                yield "never lapses", attrs.evolve(rule, lapses=None)
                if rule.lapses_late is not False:
                    yield "lapses only before it is due", attrs.evolve(rule, lapses_late=False)
                    yield "lapses even once it is overdue", attrs.evolve(rule, lapses_late=True)
            if _more_than_one(rule.met_by) and not isinstance(rule.needs, ByReading):
                yield "needs", attrs.evolve(rule, needs="any" if rule.needs == "all" else "all")
            if rule.anchor != "trigger":
                yield "counted from the trigger", attrs.evolve(rule, anchor="trigger")
        case Status():
            if rule.identity != "trigger":
                yield "identity of the trigger", attrs.evolve(rule, identity="trigger")
            if rule.moment != "trigger":
                yield "dated by the trigger", attrs.evolve(rule, moment="trigger")
            if rule.shift is not None:
                yield "not shifted", attrs.evolve(rule, shift=None)
            if rule.reported:
                yield "not reported", attrs.evolve(rule, reported=False)
        case Power() if rule.permission is not None:
            yield "no permission", attrs.evolve(rule, permission=None)
        case Constraint():
            yield "same or different", attrs.evolve(rule, same=not rule.same)
        case _:
            pass


def _more_than_one(value: Any) -> bool:
    if isinstance(value, ByReading):
        return any(_more_than_one(under) for _, under in value.values)
    return len(value) > 1


def _inside(value: Any, field: str, path: str, terms: Terms) -> Iterator[Change]:
    """A value with one thing in it changed; `field` is what holds it, `path` says where it stands."""
    yield from _here(value, field, path, terms)
    match value:
        case ByReading():
            for n, (reading, under) in enumerate(value.values):
                within = f"{path}[{reading}]"
                where = _part(within, under, 0) if isinstance(under, Lookup) else within
                for name, changed in _inside(under, field, where, terms):
                    values = (*value.values[:n], (reading, changed), *value.values[n + 1 :])
                    yield name, attrs.evolve(value, values=values)
        case tuple():
            for n, item in enumerate(value):
                for name, changed in _inside(item, "", _part(path, item, n), terms):
                    yield name, (*value[:n], changed, *value[n + 1 :])
        case Interpretation() | Number() | Test() | Compare() | AgreedDate() | Soft() | Law():
            pass
        case _ if attrs.has(type(value)):
            for attribute in attrs.fields(type(value)):
                if attribute.init and attribute.name not in UNTOUCHED:
                    held = getattr(value, attribute.name)
                    inner = _part(path, None, attribute.name)
                    for name, changed in _inside(held, attribute.name, inner, terms):
                        try:
                            yield name, attrs.evolve(value, **{attribute.name: changed})
                        except RulebookError:
                            continue
        case _:
            pass


def _part(path: str, item: Any, name: str | int) -> str:
    """Where a part stands: look-ups by their own names, other things by their field or their number."""
    if isinstance(item, Lookup):
        name = item.name
    elif isinstance(item, Test):
        name = item.field
    elif isinstance(item, Present | Absent | Compare):
        name = _words(item)
    return f"{path}.{name}" if path else str(name)


def _words(condition: Any) -> str:
    if isinstance(condition, Compare):
        return f"{condition.left} {condition.op} {condition.right or condition.constant or condition.number}"
    return f"{type(condition).__name__.lower()} {condition.name}"


def _here(value: Any, field: str, path: str, terms: Terms) -> Iterator[Change]:
    """The value itself changed."""
    match value:
        case Number() if not value.id.startswith("counting."):
            yield from _numbers(value, path)
        case ByReading():
            values = [under for _, under in value.values]
            turned = tuple(zip(value.interpretation.names(), (*values[1:], values[0]), strict=True))
            yield f"{path}: readings of {value.interpretation.id} exchanged", attrs.evolve(value, values=turned)
        case Unit():
            yield from ((f"{path}: {unit} instead of {value}", unit) for unit in UNITS[value])
        case Clock():
            if value.unit not in (Unit.HOURS, Unit.YEAR_ENDS):
                other = "before" if value.direction == "after" else "after"
                yield f"{path}: {other} the anchor", attrs.evolve(value, direction=other)
        case Chosen():
            yield f"{path}: nothing chosen", Clock(value.unless_chosen, Unit.WORKING_DAYS, "after", value.tight)
        case Lookup():
            if value.pick in ("first", "last"):
                other = "last" if value.pick == "first" else "first"
                yield f"{path}: {PICKED[value.pick == 'first']}", attrs.evolve(value, pick=other)
            for bound in ("since", "until", "after", "before"):
                if getattr(value, bound) is not None:
                    without: dict[str, Any] = {bound: None}
                    yield f"{path}: no {bound}", attrs.evolve(value, **without)
        case Pattern():
            for n, test in enumerate(value.where):
                if len(_terms(test.field, terms)) != 1:
                    rest = (*value.where[:n], *value.where[n + 1 :])
                    yield f"{path}: any {test.field}", attrs.evolve(value, where=rest)
        case Test():
            yield from _tests(value, path, terms)
        case Present():
            yield f"{path}: turned round", Absent(value.name)
        case Absent():
            yield f"{path}: turned round", Present(value.name)
        case Compare():
            yield f"{path}: turned round", attrs.evolve(value, op=OPPOSITE[value.op])
            if value.number is not None:
                for name, number in _numbers(value.number, path):
                    yield name, attrs.evolve(value, number=number)
        case tuple() if field in ANY_NUMBER or (field in SEVERAL and len(value) > 1):
            for n, item in enumerate(value):
                yield f"{_part(path, item, _pair(item, n))}: left out", (*value[:n], *value[n + 1 :])
        case str() if field in ("relation", "role", "arrangement"):
            known = tuple(terms[field].values())
            yield f"{path}: {_other(value, known)}", _other(value, known)
        case _:
            pass


def _pair(item: Any, n: int) -> str | int:
    return item[0] if isinstance(item, tuple) else n


def _numbers(value: Number, path: str) -> Iterator[Change]:
    """A number one more and one less, in each of its editions."""
    for n, (day, count) in enumerate(value.values):
        for other in (count + 1, count - 1):
            if other >= 0:
                values = (*value.values[:n], (day, other), *value.values[n + 1 :])
                yield f"{path}: {other} instead of {count}", attrs.evolve(value, values=values)


def _tests(test: Test, path: str, terms: Terms) -> Iterator[Change]:
    """A test for another term, for one term less, or for the opposite."""
    known = _terms(test.field, terms)
    match test.op:
        case "eq" | "has" if known and test.value in known:
            other = _other(test.value, known)
            yield f"{path}: {other} instead of {test.value}", attrs.evolve(test, value=other)
        case "in":
            for value in test.value if len(test.value) > 1 else ():
                yield f"{path}: not {value}", attrs.evolve(test, value=tuple(v for v in test.value if v != value))
        case "known" | "unknown":
            yield f"{path}: turned round", attrs.evolve(test, op="unknown" if test.op == "known" else "known")
        case "gt" | "lt":
            for other in (test.value + 1, test.value - 1):
                yield f"{path}: {other} instead of {test.value}", attrs.evolve(test, value=other)
        case _:
            pass


def _terms(field: str, terms: Terms) -> tuple[str, ...]:
    return tuple(terms.get(FIELDS.get(field, "").partition(":")[2], {}))


def _other(value: Any, known: tuple[Any, ...]) -> Any:
    """The next of what is known, round about; nothing is ever exchanged for itself where there are two."""
    return known[(known.index(value) + 1) % len(known)]
