"""Worked examples: for each rule a scenario or two, told as facts, a day and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from iro_rules.assessment import Finding, Setting, assess
from iro_rules.assessment.words import a_day, plain, tell
from iro_rules.facts import Case
from iro_rules.rulebook import Duty, Gate, Standing
from iro_rules.testing.scenarios import Scenario

WANTING = (
    Standing.OVERDUE,
    Standing.BREACHED,
    Standing.NOT_IN_PLACE,
    Standing.HOLDS,
    Standing.CONFLICT,
    Standing.AVAILABLE,
    Standing.AFTER_PERMISSION,
    Standing.OPEN,
    Standing.MET_LATE,
)
SETTLED = (Standing.MET, Standing.KEPT, Standing.IN_PLACE)
MOST_FACTS = 8
"""A longer story is told only where there is no shorter one."""


@attrs.frozen
class Example:
    """One scenario as a reader is told it: the facts in order, the day asked about, and the answer with its reason."""

    facts: tuple[str, ...]
    asked: str
    answer: str
    read_as: tuple[str, ...] = ()

    def words(self) -> str:
        """The example as one paragraph."""
        first = f"Read so that {'; '.join(self.read_as)}: " if self.read_as else ""
        facts = "; ".join(self.facts)
        return (
            f"{first}{facts[:1].upper() if not first else facts[:1]}{facts[1:]}. Asked on {self.asked}: {self.answer}"
        )


def examples(where: Setting, scenarios: Iterable[Scenario]) -> Mapping[str, tuple[Example, ...]]:
    """For each rule that scenarios expect something of: one where there is something to see to, one where all is well.

    The second only for duties and gates, which an act settles. Shorter stories are taken first, and those that
    choose no reading.
    """
    told = tuple(scenarios)
    found = {}
    for rule in where.rulebook.rules:
        kinds = (WANTING, SETTLED) if isinstance(rule, Duty | Gate) else ((*WANTING, *SETTLED),)
        chosen = [choice for wanted in kinds if (choice := _best(rule.id, wanted, told)) is not None]
        found[rule.id] = tuple(_example(*choice, where, counted=not n) for n, choice in enumerate(chosen))
    return found


def _best(rule: str, wanted: tuple[Standing, ...], scenarios: tuple[Scenario, ...]) -> tuple[Scenario, str] | None:
    """The scenario to tell of a rule, and the finding in it."""
    ranked = []
    for number, scenario in enumerate(scenarios):
        for name, expected in scenario.expect.items():
            length = len(scenario.case.case.facts) + sum(len(c.facts) for c in scenario.case.related.values())
            if name.partition(":")[0] == rule and expected.standing in wanted:
                order = wanted.index(Standing(expected.standing))
                long = length > MOST_FACTS
                ranked.append(((long, len(scenario.readings), order, length, number), scenario, name))
    return min(ranked, key=lambda choice: choice[0])[1:] if ranked else None


def _example(scenario: Scenario, name: str, where: Setting, *, counted: bool) -> Example:
    file = scenario.case
    made = assess(
        file.case,
        as_of=scenario.as_of,
        protocol=where,
        related=file.related.values(),
        engine="meaning",
        readings=scenario.readings,
        robustness=False,
    )
    finding = next(f for f in made.findings if f.id.removesuffix(":") == name)
    known = {i.id: i for i in where.rulebook.interpretations}
    return Example(
        facts=tuple(_facts(file.case, finding, ""))
        + tuple(
            line
            for other in file.related.values()
            for line in _facts(other, finding, f"in the related case {other.id}, ")
        ),
        asked=a_day(scenario.as_of),
        answer=_answer(finding, counted=counted),
        read_as=tuple(known[i].meaning(reading) for i, reading in sorted(scenario.readings.items())),
    )


def _facts(case: Case, finding: Finding, before: str) -> list[str]:
    """Each fact of a case in words, in the order of time."""
    subject = finding.subject
    assert subject is not None
    ordered = sorted(case.facts, key=lambda fact: (fact.on, fact.id))
    return [
        before + tell(fact, lambda role: subject.title(role, finding.rule)).rpartition(" (fact ")[0] for fact in ordered
    ]


def _answer(finding: Finding, *, counted: bool) -> str:
    """The standing and the deadline, and where that is asked how it was counted."""
    clock = finding.explain().clock if counted else ()
    due = f", due {a_day(finding.due)}" if finding.due is not None else ""
    return f"**{plain(finding.standing)}**{due}.{''.join(f' {sentence}' for sentence in clock)}"
