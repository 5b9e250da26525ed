"""Planting faults in the content of rules, one at a time, and asking whether scenarios or tables notice.

Only the rule at fault, the rules that read what it makes, and those they all read are judged, by `meaning`, on the
scenarios that compare one of their findings: so hundreds of faults take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.timescale import Number
from iro_rules.engines import meaning
from iro_rules.engines.rows import CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import RulebookError
from iro_rules.readings import parts, resolve
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.compile import compile_core
from iro_rules.rulebook.core import Core
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import AnyRule, Duty, Status
from iro_rules.rulebook.terms import Pattern
from iro_rules.testing.content_faults import Fault, faults_of
from iro_rules.testing.scenarios import Scenario, covers, differences
from iro_rules.testing.stage_faults import StageFault, faults_of_ladder
from iro_rules.testing.transcription import Line, law_line


@attrs.frozen
class Planted:
    """A fault and what found it: "refused", "transcription", "figures", a scenario, or "" for nothing."""

    fault: Fault | StageFault
    by: str


class Ground:
    """A rulebook with all that can notice a fault in it.

    `lines` is a transcription of the law by rule id (None where a rulebook has none: then faults of law are not
    planted), `figures` the numbers by id as its sources give them.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        scenarios: Iterable[Scenario],
        calendar: Calendar,
        *,
        lines: Mapping[str, Line] | None,
        figures: Mapping[str, int],
    ) -> None:
        self.rulebook, self.calendar, self.lines, self.figures = rulebook, calendar, lines, figures
        self.scenarios = tuple(scenarios)
        self._prepared: dict[int, CaseRows] = {}
        self._reads = {rule.id: _reads(rule) for rule in rulebook.rules}
        self._makers: dict[str, set[str]] = {}
        for rule in rulebook.rules:
            for kind in _makes(rule):
                self._makers.setdefault(kind, set()).add(rule.id)

    def faults(self, rule: AnyRule) -> tuple[Fault, ...]:
        """The faults of a rule that something here could notice."""
        every = faults_of(rule, self.rulebook.terms)
        if isinstance(rule, Status) and not rule.reported and self._touched(rule.id) == {rule.id}:
            # No answer there is rests on this status: only its law can be wrong.
            every = tuple(fault for fault in every if law_line(fault.changed) != law_line(rule))
        return tuple(fault for fault in every if self.lines is not None or law_line(fault.changed) == law_line(rule))

    def plant(self, fault: Fault | StageFault) -> Planted:
        """Plant one fault, in a rule or in the stages of a ladder: what notices it first."""
        return self._in_ladder(fault) if isinstance(fault, StageFault) else self._in_rule(fault)

    def _in_rule(self, fault: Fault) -> Planted:
        """What notices a fault in a rule. Scenarios are asked before the figures, which see no use of them."""
        if self.lines is not None and self.lines.get(fault.rule) != law_line(fault.changed):
            return Planted(fault, "transcription")
        try:
            found = self._wrong(fault.rule, fault.changed)
        except RulebookError:
            return Planted(fault, "refused")
        if found:
            return Planted(fault, f"scenario {found}")
        for number in (part for part in parts(fault.changed) if isinstance(part, Number)):
            known = self.rulebook.numbers.get(number.id)
            if number != known and number.values[-1][1] != self.figures.get(number.id):
                return Planted(fault, "figures")
        return Planted(fault, "")

    def stage_faults(self, ladder: Ladder) -> tuple[StageFault, ...]:
        """The faults of a ladder's stages that some answer rests on."""
        return tuple(fault for fault in faults_of_ladder(ladder) if self._answers_rest_on(fault))

    def _answers_rest_on(self, fault: StageFault) -> bool:
        """Whether what a fault changes bears on a finding; what is refused counts as if it did."""
        planted = self._with(fault)
        if planted is None:
            return True
        for where in (self, planted):
            known = where.rulebook.by_id
            differing = {name for name in known if self.rulebook.by_id.get(name) != planted.rulebook.by_id.get(name)}
            for rule in (known[name] for other in differing for name in where._touched(other)):
                if not isinstance(rule, Status) or rule.reported:
                    return True
        return False

    def _with(self, fault: StageFault) -> Ground | None:
        """The same ground with a fault in a ladder and without what could notice it; None where it is refused."""
        parts = tuple(fault.changed if part.id == fault.ladder else part for part in self.rulebook.parts)
        try:
            book = attrs.evolve(self.rulebook, parts=parts)
        except RulebookError:
            return None
        return Ground(book, (), self.calendar, lines=None, figures={})

    def _in_ladder(self, fault: StageFault) -> Planted:
        """What notices a fault in the stages of a ladder."""
        faulty = self._with(fault)
        if faulty is None:
            return Planted(fault, "refused")
        before, after = self.rulebook.by_id, faulty.rulebook.by_id
        differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        for name in sorted(differing) if self.lines is not None else ():
            line = law_line(after[name]) if name in after else None
            if self.lines is not None and self.lines.get(name) != line:
                return Planted(fault, "transcription")
        touched = frozenset(
            other for name in differing for where in (self, faulty) if name in where.rulebook.by_id
            for other in where._touched(name)
        )  # fmt: skip
        for scenario in self._asked(touched):
            core = faulty._core_of(touched & after.keys(), scenario.readings)
            verdicts = meaning.judge(core, self._rows(scenario), self.calendar)
            if self._differs(scenario, verdicts, touched):
                return Planted(fault, f"scenario {scenario.where}")
        return Planted(fault, "")

    def unsound(self, beginnings: Sequence[str] = ()) -> tuple[str, ...]:
        """The rules (those named so, where some are) of which a scenario fails without any fault, each with one."""
        asked = [r for r in self.rulebook.rules if not beginnings or any(covers(b, r.id) for b in beginnings)]
        found = ((rule.id, self._wrong(rule.id, rule)) for rule in asked)
        return tuple(f"{name}: {scenario}" for name, scenario in found if scenario)

    def _wrong(self, name: str, changed: AnyRule) -> str:
        """The first scenario whose answer differs, in what a rule bears on, with the rule changed; or nothing."""
        touched = self._touched(name)
        cores: dict[tuple[tuple[str, str], ...], Core] = {}
        for scenario in self._asked(touched):
            readings = tuple(sorted(scenario.readings.items()))
            if readings not in cores:
                cores[readings] = self.core_with(name, changed, scenario.readings)
            verdicts = meaning.judge(cores[readings], self._rows(scenario), self.calendar)
            if self._differs(scenario, verdicts, touched):
                return scenario.where
        return ""

    def _differs(self, scenario: Scenario, verdicts: Iterable[Verdict], touched: frozenset[str]) -> bool:
        """Whether an answer is another than a scenario expects, in the findings of these rules."""
        expect = {i: e for i, e in scenario.expect.items() if i.partition(":")[0] in touched}
        return bool(differences(attrs.evolve(scenario, expect=expect), (v for v in verdicts if v.rule in touched)))

    def asked(self, name: str) -> list[Scenario]:
        """The scenarios that compare a finding which a rule bears on."""
        return self._asked(self._touched(name))

    def rests(self, name: str, other: str) -> bool:
        """Whether another rule's findings can change with a rule."""
        return other in self._touched(name)

    def core_with(self, name: str, changed: AnyRule, readings: Mapping[str, str]) -> Core:
        """The core of a rule as it is given here, the rules it bears on, and all that they rest on."""
        return self._core_of(self._touched(name), readings, changed)

    def _core_of(self, names: Iterable[str], readings: Mapping[str, str], changed: AnyRule | None = None) -> Core:
        """The core of some rules and all that they rest on, one of them as it is given here."""
        needed = self._needed(names)
        rules = [
            changed if changed and rule.id == changed.id else rule for rule in self.rulebook.rules if rule.id in needed
        ]
        resolved = tuple(resolve(rule, readings) for rule in rules)
        return compile_core(resolved, contacts=self.rulebook.contacts, terms=self.rulebook.terms)

    def answers(self, core: Core, scenario: Scenario, name: str, *, every: bool = False) -> tuple[Verdict, ...]:
        """The verdicts on a scenario's case that a rule bears on, or all of them."""
        file = scenario.case
        rows = prepare(file.case, as_of=scenario.as_of, calendar=self.calendar, related=file.related)
        touched = self._touched(name)
        return tuple(v for v in meaning.judge(core, rows, self.calendar) if every or v.rule in touched)

    def _asked(self, touched: frozenset[str]) -> list[Scenario]:
        """The scenarios that compare a finding of one of these rules; those that expect one come first."""
        asked = [s for s in self.scenarios if any(s.compares(rule) for rule in touched)]
        return sorted(asked, key=lambda s: not any(i.partition(":")[0] in touched for i in s.expect))

    def _touched(self, name: str) -> frozenset[str]:
        """A rule and every rule that reads, by whatever way, what it makes."""
        found, waiting = {name}, [name]
        while waiting:
            made = set(_makes(self.rulebook.by_id[waiting.pop()]))
            for other, read in self._reads.items():
                if other not in found and made & read:
                    found.add(other)
                    waiting.append(other)
        return frozenset(found)

    def _needed(self, names: Iterable[str]) -> frozenset[str]:
        """Rules and every rule whose rows they read, by whatever way."""
        found, waiting = set(names), list(names)
        while waiting:
            for kind in self._reads[waiting.pop()]:
                for maker in self._makers.get(kind, ()):
                    if maker not in found:
                        found.add(maker)
                        waiting.append(maker)
        return frozenset(found)

    def _rows(self, scenario: Scenario) -> CaseRows:
        if id(scenario) not in self._prepared:
            self._prepared[id(scenario)] = prepare(
                scenario.case.case, as_of=scenario.as_of, calendar=self.calendar, related=scenario.case.related
            )
        return self._prepared[id(scenario)]


def _reads(rule: AnyRule) -> frozenset[str]:
    return frozenset(part.kind for part in parts(rule) if isinstance(part, Pattern))


def _makes(rule: AnyRule) -> tuple[str, ...]:
    match rule:
        case Status():
            return (rule.kind or rule.id,)
        case Duty():
            return (f"{rule.id}/met", f"{rule.id}/overdue")
        case _:
            return ()
