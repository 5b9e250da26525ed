"""Which answers depend on how an open question of the text is read.

For each group of rules that rest on the same interpretations, every combination of readings is judged by
`meaning` over just those rules and what they read. A finding that changes is told how; one that arises only
under other readings is not lost. Where there are too many combinations to try, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.engines import meaning
from iro_rules.engines.rows import CaseRows
from iro_rules.engines.verdict import Verdict
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.readings import Interpretation, interpretations_in, resolve
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.compile import reads
from iro_rules.rulebook.core import Core, makes
from iro_rules.rulebook.once import once_for_each
from iro_rules.rulebook.rulebook import compile_rules
from iro_rules.rulebook.rules import AnyRule

MOST_COMBINATIONS = 256

Readings = tuple[tuple[str, str], ...]


@attrs.frozen(eq=False)
class Dependence:
    """For each rule the interpretations its answer rests on, its own and those of the rules it reads.

    `tried` are the rules whose readings are few enough for every combination of them to be judged.
    """

    upstream: Mapping[str, frozenset[str]]
    rests_on: Mapping[str, tuple[Interpretation, ...]]
    tried: frozenset[str]

    def groups(self) -> dict[tuple[Interpretation, ...], list[str]]:
        """The rules that are tried, by the interpretations they share."""
        found: dict[tuple[Interpretation, ...], list[str]] = {}
        for rule, interpretations in self.rests_on.items():
            if interpretations and rule in self.tried:
                found.setdefault(interpretations, []).append(rule)
        return found


@once_for_each()
def dependence(rulebook: Rulebook) -> Dependence:
    """What each rule of a rulebook reads under any reading, and so what its answers rest on."""
    makers: dict[str, set[str]] = {}
    read: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        for variant in _variants(rule):
            for production in variant.productions():
                for kind in (*makes(production), f"{rule.id}/met", f"{rule.id}/overdue"):
                    makers.setdefault(kind, set()).add(rule.id)
                read.setdefault(rule.id, set()).update(reads(production))
    upstream = {rule.id: _beneath(rule.id, read, makers) for rule in rulebook.rules}
    own = {rule.id: interpretations_in(rule) for rule in rulebook.rules}
    rests = {}
    for rule in rulebook.rules:
        found = {i.id: i for name in upstream[rule.id] for i in own[name]}
        rests[rule.id] = tuple(found[name] for name in sorted(found))
    tried = frozenset(name for name, some in rests.items() if prod(len(i.readings) for i in some) <= MOST_COMBINATIONS)
    return Dependence(upstream, rests, tried)


def _beneath(rule: str, read: Mapping[str, set[str]], makers: Mapping[str, set[str]]) -> frozenset[str]:
    """A rule and every rule whose rows it reads, directly or through others."""
    found, waiting = {rule}, [rule]
    while waiting:
        kinds = read[waiting.pop()]
        new = {maker for kind in kinds for maker in makers.get(kind, ())} - found
        found |= new
        waiting += new
    return frozenset(found)


def _variants(rule: AnyRule) -> Iterator[AnyRule]:
    """A rule under every combination of its own readings."""
    own = interpretations_in(rule)
    for names in product(*(i.names() for i in own)):
        yield resolve(rule, {i.id: name for i, name in zip(own, names, strict=True)})


@attrs.frozen(eq=False)
class _Trial:
    """One other combination of readings: the rules it is tried on, what differs, and their core under it.

    `begins` are the recorded kinds of fact that can set any of it off: without one there is nothing to be judged.
    """

    rules: frozenset[str]
    differs: Readings
    core: Core
    begins: frozenset[str]


@once_for_each(at_most=4)
def _trials(rulebook: Rulebook, chosen: Readings) -> tuple[_Trial, ...]:
    """Every other combination of readings, for each group of rules that share them."""
    known, choice = dependence(rulebook), dict(chosen)
    found = []
    for interpretations, group in known.groups().items():
        rules = frozenset(group)
        names = frozenset().union(*(known.upstream[rule] for rule in rules))
        some = tuple(rule for rule in rulebook.rules if rule.id in names)
        here = tuple(choice.get(i.id, i.default) for i in interpretations)
        for combination in product(*(i.names() for i in interpretations)):
            if combination == here:
                continue
            readings = {i.id: name for i, name in zip(interpretations, combination, strict=True)}
            core = compile_rules(rulebook, some, choice | readings)
            differs = tuple(r for r, was in zip(readings.items(), here, strict=True) if r[1] != was)
            begins = frozenset(production.trigger.kind for production in core.productions()) & KIND_FIELDS.keys()
            found.append(_Trial(rules, differs, core, begins))
    return tuple(found)


def other_answers(
    rulebook: Rulebook, case: CaseRows, calendar: Calendar, chosen: Mapping[str, str]
) -> Iterator[tuple[frozenset[str], Readings, dict[tuple[str, str], Verdict]]]:
    """For each group of rules and each other combination of its readings: the rules, what differs, the verdicts."""
    for trial in _trials(rulebook, tuple(sorted(chosen.items()))):
        # Where the record is not whole, rules that nothing sets off may still not be evaluable.
        if case.uncovered or not trial.begins.isdisjoint(case.rows):
            found = meaning.judge(trial.core, case, calendar)
            yield trial.rules, trial.differs, {(v.rule, v.about): v for v in found if v.rule in trial.rules}
        else:
            yield trial.rules, trial.differs, {}
