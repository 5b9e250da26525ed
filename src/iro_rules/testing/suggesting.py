"""A scenario that would find a fault no scenario finds: one that there is, with a fact more, less or changed.

What is looked for is a small change of a case after which the sound rule and the faulty one answer differently. A
change that leaves the sound answer as it was is preferred: then the new fact comes close to what counts, and is not it.
The answer written is the one the rules give, so whoever keeps the scenario must see that it is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import attrs
import pendulum

from iro_rules.engines.verdict import Verdict
from iro_rules.errors import IroRulesError
from iro_rules.facts import Coverage, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.kinds import KINDS
from iro_rules.readings import parts
from iro_rules.rulebook import Pattern, Rulebook
from iro_rules.rulebook.core import Core
from iro_rules.testing.content_faults import Fault
from iro_rules.testing.planting import Ground
from iro_rules.testing.scenarios import Expected, Scenario, covers

MOST_BASES = 12
"""So many scenarios are changed in search of one that finds a fault."""
SHIFTS = (-1, 1, -40, 40, -200, 200)
"""By so many days a fact's day is moved."""


@attrs.frozen
class Edit:
    """One change of a case: the facts it adds and those it takes away."""

    added: tuple[Fact, ...] = ()
    gone: tuple[Fact, ...] = ()

    def of(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """The facts after the change."""
        return (*(fact for fact in facts if fact not in self.gone), *self.added)


@attrs.frozen
class Suggestion:
    """A scenario, the one it was made from, the change, whether the answer stayed as it was, and what it finds."""

    scenario: Scenario
    base: Scenario
    edits: tuple[Edit, ...]
    same: bool
    finds: tuple[Fault, ...]


def suggest(where: Ground, survivors: Sequence[Fault]) -> tuple[list[Suggestion], list[Fault]]:
    """Scenarios for faults of one rule that nothing finds, and the faults for which none was come upon."""
    found: list[tuple[Scenario, Edit, bool, Fault]] = []
    left = []
    for fault in survivors:
        made = _one(where, fault, [(base, edit) for base, edit, _, _ in found])
        if made is None:
            left.append(fault)
        else:
            found.append((*made, fault))
    return _merged(where, found), left


def _one(where: Ground, fault: Fault, known: list[tuple[Scenario, Edit]]) -> tuple[Scenario, Edit, bool] | None:
    trial = _Trial(where, fault)
    second = None
    for base, edit in (*known, *_edits_of_bases(where, fault)):
        outcome = trial.outcome(base, edit)
        if outcome is None:
            continue
        if outcome:
            return base, edit, True
        second = second or (base, edit, False)
    return second


def _edits_of_bases(where: Ground, fault: Fault) -> Iterator[tuple[Scenario, Edit]]:
    whole = Coverage.everything()
    bases = sorted(where.asked(fault.rule), key=lambda s: (s.case.case.coverage != whole, len(s.case.case.facts)))
    telling = [s for s in bases if any(where.rests(fault.rule, name.partition(":")[0]) for name in s.expect)]
    for base in telling[:MOST_BASES]:
        for edit in edits(base, fault, where.rulebook):
            yield base, edit


class _Trial:
    """The sound rule and a faulty one, asked about changed cases."""

    def __init__(self, where: Ground, fault: Fault) -> None:
        self.where, self.fault = where, fault
        self._cores: dict[Any, tuple[Core, Core]] = {}

    def outcome(self, base: Scenario, edit: Edit) -> bool | None:
        """None where both answer alike; else whether the sound answer is that of the scenario before the change."""
        changed = altered(base, (edit,))
        if changed is None:
            return None
        key = tuple(sorted(base.readings.items()))
        if key not in self._cores:
            sound = self.where.rulebook.by_id[self.fault.rule]
            self._cores[key] = tuple(  # type: ignore[assignment]
                self.where.core_with(self.fault.rule, rule, base.readings) for rule in (sound, self.fault.changed)
            )
        sound_core, faulty_core = self._cores[key]
        try:
            right = self.where.answers(sound_core, changed, self.fault.rule)
            wrong = self.where.answers(faulty_core, changed, self.fault.rule)
        except IroRulesError:
            return None
        if shown(right) == shown(wrong):
            return None
        return shown(right) == shown(self.where.answers(sound_core, base, self.fault.rule))


def shown(verdicts: Iterable[Verdict]) -> dict[str, tuple[Any, ...]]:
    """What a scenario can see of verdicts."""
    return {v.id: (v.standing, v.due_on, v.due_at, v.missing) for v in verdicts}


def altered(base: Scenario, changes: Iterable[Edit]) -> Scenario | None:
    """A scenario with its case changed, or None where no case can hold these facts."""
    facts = base.case.case.facts
    for edit in changes:
        facts = edit.of(facts)
    try:
        case = attrs.evolve(base.case.case, facts=facts)
        return attrs.evolve(base, case=attrs.evolve(base.case, case=case))
    except IroRulesError:
        return None


def edits(base: Scenario, fault: Fault, book: Rulebook) -> Iterator[Edit]:
    """Small changes of a scenario's case that may matter to a rule: facts more first, then facts changed, then less."""
    facts = base.case.case.facts
    made = list(_new_facts(base, fault, book))
    variants = [(fact, other) for fact in facts for other in _variants(fact, facts, fault, book)]
    yield from (Edit(added=(new,)) for new in made)
    yield from (Edit(added=(other,)) for _, other in variants)
    yield from (Edit(added=(other,), gone=(fact,)) for fact, other in variants)
    yield from (Edit(gone=(fact,)) for fact in facts)


def _new_facts(base: Scenario, fault: Fault, book: Rulebook) -> Iterator[Fact]:
    """A fact of each pattern of a rule, on each day of the story, and the same with one field changed."""
    facts = base.case.case.facts
    asked = base.as_of.date() if isinstance(base.as_of, pendulum.DateTime) else base.as_of
    told = sorted({fact.on for fact in facts} | {asked}, reverse=True)
    days = list(dict.fromkeys([*told[1:], asked, *(day.add(days=n) for day in told for n in (-1, 1))]))
    for pattern in dict.fromkeys(
        p for p in parts(book.by_id[fault.rule]) if isinstance(p, Pattern) and p.kind in KINDS
    ):
        values: dict[str, Any] = {}
        for test in pattern.where:
            if test.op == "eq":
                values[test.field] = test.value
            elif test.op in ("in", "has"):
                values[test.field] = test.value[0] if test.op == "in" else [test.value]
        for name, attribute in plain_fields(KINDS[pattern.kind]).items():
            if name not in values and attribute.metadata["kind"] in ("key", "date"):
                same = [getattr(fact, name) for fact in facts if getattr(fact, name, None) is not None]
                default = attribute.default
                if same and (default is attrs.NOTHING or default is None or name == "period"):
                    values[name] = same[0]
        for day in days:
            fact = _made(pattern.kind, day, values)
            if fact is not None:
                yield fact
                yield from _variants(fact, facts, fault, book, moved=False)


def _variants(fact: Fact, facts: Sequence[Fact], fault: Fault, book: Rulebook, *, moved: bool = True) -> Iterator[Fact]:
    """A fact with one field changed, or on another day."""
    content = {n: v for n, v in fact.content().items() if n != "when"}
    kind = fact.kind()
    terms = {str(v) for p in parts(fault.changed) if isinstance(p, Pattern) for t in p.where for v in _values(t.value)}
    for name, attribute in plain_fields(type(fact)).items():
        holds = attribute.metadata["kind"]
        others: list[Any] = []
        if holds == "term":
            known = book.terms[attribute.metadata["vocabulary"]]
            others = [term for term in known if term in terms] + [term for term in known if term not in terms][:2]
        elif holds == "terms":
            others = [[]]
        elif holds == "key":
            others = [
                *dict.fromkeys(str(v) for f in facts if (v := getattr(f, name, None)) is not None),
                f"other-{name}",
            ]
        elif holds == "date" and content.get(name) is not None:
            others = [content[name].add(days=n) for n in SHIFTS]
        elif holds == "int" and content.get(name) is not None:
            others = [content[name] + 1, content[name] - 1]
        if attribute.default is None:
            others.append(None)
        for other in others:
            if other != content.get(name):
                new = _made(kind, fact.when, {**content, name: other})
                if new is not None:
                    yield new
    for shift in SHIFTS if moved else ():
        new = _made(kind, fact.when.add(days=shift), content)
        if new is not None:
            yield new


def _values(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _made(kind: str, when: Any, values: dict[str, Any]) -> Fact | None:
    try:
        return KINDS[kind](when, **{name: value for name, value in values.items() if value is not None})
    except (IroRulesError, TypeError):
        return None


def _merged(where: Ground, found: list[tuple[Scenario, Edit, bool, Fault]]) -> list[Suggestion]:
    """Additions to one scenario that leave its answer as it was, put into one; every other change by itself."""
    groups: list[tuple[Scenario, list[Edit], bool, list[Fault]]] = []
    for base, edit, same, fault in found:
        for group in groups:
            if group[0] is base and edit in group[1]:
                group[3].append(fault)
                break
            if group[0] is base and same and group[2] and not edit.gone and not any(e.gone for e in group[1]):
                joined = [*group[1], edit]
                if _still(where, base, joined, [*group[3], fault]):
                    group[1].append(edit)
                    group[3].append(fault)
                    break
        else:
            groups.append((base, [edit], same, [fault]))
    suggestions = []
    for base, changes, same, faults in groups:
        scenario = altered(base, changes)
        assert scenario is not None
        suggestions.append(Suggestion(_answered(where, scenario, faults), base, tuple(changes), same, tuple(faults)))
    return suggestions


def _still(where: Ground, base: Scenario, changes: list[Edit], faults: list[Fault]) -> bool:
    """Whether the changes together leave the answer as it was and still find each fault."""
    changed = altered(base, changes)
    if changed is None:
        return False
    rule = faults[0].rule
    sound = where.core_with(rule, where.rulebook.by_id[rule], base.readings)
    right = shown(where.answers(sound, changed, rule))
    if right != shown(where.answers(sound, base, rule)):
        return False
    return all(
        shown(where.answers(where.core_with(rule, f.changed, base.readings), changed, rule)) != right for f in faults
    )


def _answered(where: Ground, scenario: Scenario, faults: list[Fault]) -> Scenario:
    """The scenario with the answer of the rules, for the rule at fault or those that show it."""
    name = faults[0].rule
    core = where.rulebook.core(scenario.readings)
    verdicts = where.answers(core, scenario, name, every=True)
    seen: set[str] = set()
    for fault in faults:
        wrong = shown(where.answers(where.core_with(name, fault.changed, scenario.readings), scenario, name))
        right = shown(
            where.answers(where.core_with(name, where.rulebook.by_id[name], scenario.readings), scenario, name)
        )
        seen |= {i.partition(":")[0] for i in wrong.keys() | right.keys() if wrong.get(i) != right.get(i)}
    rules = tuple(rule.id for rule in where.rulebook.rules if rule.id in seen)
    expect = {
        v.id.removesuffix(":"): Expected(
            standing=v.standing,
            due=None if v.due_on is None else _due(v),
            missing=v.missing_names(),
        )
        for v in verdicts
        if any(covers(rule, v.rule) for rule in rules)
    }
    return attrs.evolve(scenario, rules=rules, expect=expect)


def _due(verdict: Verdict) -> Any:
    if verdict.due_at is not None:
        return pendulum.from_timestamp(verdict.due_at, tz="Europe/London")
    assert verdict.due_on is not None
    day = date.fromordinal(verdict.due_on)
    return pendulum.Date(day.year, day.month, day.day)


def toml_of(suggestion: Suggestion, title: str) -> str:
    """A suggestion as a scenario file has it, with what it was made from and what it finds as comments."""
    s = suggestion.scenario
    kept = "its answer stays" if suggestion.same else "CHECK the answer"
    lines = [f"# From: {suggestion.base.title} ({kept})"]
    lines += [f"#   {line}" for line in wrap("; ".join(f.name for f in suggestion.finds), 114)]
    rules = ", ".join(f'"{rule}"' for rule in s.rules)
    lines += ["[[scenario]]", f'title = "{title}"', f"rules = [{rules}]", f"as_of = {s.as_of.isoformat()}"]
    if s.case.case.subject != "child":
        lines.append(f'subject = "{s.case.case.subject}"')
    if s.readings:
        chosen = ", ".join(f'"{name}" = "{reading}"' for name, reading in sorted(s.readings.items()))
        lines.append(f"readings = {{ {chosen} }}")
    covered = s.case.case.coverage
    without = sorted(set(KINDS) - covered.kinds)
    if covered.since:
        days = ", ".join(f'{kind} = "{day}"' for kind, day in covered.since)
        kinds = ", ".join(f'"{kind}"' for kind in sorted(covered.kinds))
        lines.append(f"coverage = {{ kinds = [{kinds}], since = {{ {days} }} }}")
    elif without:
        lines.append("coverage = { without = [" + ", ".join(f'"{kind}"' for kind in without) + "] }")
    ordered = sorted(s.case.case.facts, key=lambda f: (f.on, f.id))
    lines += ["facts = [", *(f"  {_fact(fact)}," for fact in ordered), "]"]
    for name, other in s.case.related.items():
        lines += ["[[scenario.related]]", f'case = "{name}"', "facts = ["]
        lines += [*(f"  {_fact(fact)}," for fact in sorted(other.facts, key=lambda f: (f.on, f.id))), "]"]
    lines.append("[scenario.expect]")
    return "\n".join([*lines, *(_expectation(name, wanted) for name, wanted in s.expect.items())]) + "\n"


def _expectation(name: str, wanted: Expected) -> str:
    told = [f'standing = "{wanted.standing}"']
    if isinstance(wanted.due, date):
        told.append(f"due = {wanted.due.isoformat()}")
    if wanted.missing:
        told.append("missing = [" + ", ".join(f'"{missing}"' for missing in wanted.missing) + "]")
    return f'"{name}" = {{ {", ".join(told)} }}' if len(told) > 1 else f'"{name}" = "{wanted.standing}"'


def _fact(fact: Fact) -> str:
    content = {n: v for n, v in fact.content().items() if n != "when"}
    plain = type(fact)(fact.when, **content)
    own = [] if plain.id == fact.id else [f'id = "{fact.id}"']
    fields = [f"{name} = {_value(value)}" for name, value in content.items() if not (name == "period" and value == "1")]
    return "{ " + ", ".join([f'kind = "{fact.kind()}"', f"when = {fact.when.isoformat()}", *own, *fields]) + " }"


def _value(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else f'"{value}"'
