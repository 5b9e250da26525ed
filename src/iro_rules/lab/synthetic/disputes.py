"""Disputes and concerns that go up a ladder, in the words of whatever protocol the ladder belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from iro_rules.lab.synthetic.block import NEVER, Block, Ints, OneOf
from iro_rules.readings import resolve
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import Duty
from iro_rules.rulebook.stages import By
from iro_rules.rulebook.terms import Pattern

ANSWERS = ("told", "meeting_held", "decided")
"""The kinds of fact that show a duty of a ladder done, beside the steps, outcomes and records of its stages."""


@attrs.frozen
class Answer:
    """What a duty on a ladder asks for once something has happened: a fact, by the default readings of its rule."""

    duty: str
    after: Pattern
    kind: str
    fields: Mapping[str, Any]


@attrs.frozen
class Steps:
    """What a ladder asks to be told: what opens it, its stages and which of them a step leads to, what settles it."""

    about: str
    stages: tuple[tuple[str, bool], ...]
    settled: str
    answers: tuple[Answer, ...]

    @classmethod
    def of(cls, ladder: Ladder) -> Steps | None:
        """From a ladder; None for one that something else than a raised matter opens."""
        about = [test.value for test in ladder.opens.where if test.field == "about" and test.op == "eq"]
        if ladder.opens.kind != "raised" or not about or not ladder.settled:
            return None
        stages = tuple((stage.id, any(way.by is By.STEP for way in stage.entered_by)) for stage in ladder.stages)
        return cls(str(about[0]), stages, ladder.settled[0], tuple(_answers(ladder)))


def _answers(ladder: Ladder) -> Iterator[Answer]:
    """Of each duty the first fact that would show it done, of those that can be written down from the rule alone."""
    for rule in (resolve(rule, {}) for rule in ladder.rules):
        if isinstance(rule, Duty):
            shown = [
                look.pattern
                for look in rule.met_by
                if look.pattern.kind in ANSWERS and all(test.op == "eq" for test in look.pattern.where)
            ]
            if shown:
                fields = {test.field: str(test.value) for test in shown[0].where}
                yield Answer(rule.id, rule.trigger, shown[0].kind, fields)


def climb(block: Block, start: Ints, steps: Steps, number: int) -> None:
    """One matter for some of the cases: raised, taken up stage by stage, settled or not, each written down or not."""
    matter = _Matter(block, steps, f"dispute-{number + 1}", {"dispute": f"d{number + 1}"})
    at = block.soon(start, 20, 500, 22)
    matter.add("raised", "raised", at, by="iro", about=steps.about)
    for stage, by_step in steps.stages:
        if by_step:
            at = block.soon(at, 0, 6, 90)
            matter.add(f"{stage}.step", "step_taken", at, stage=stage, by="iro")
        over = block.soon(at, 0, 9, 85)
        agreed = block.chance(45)
        result = OneOf((steps.settled, "not_agreed"), np.where(agreed, 0, 1))
        matter.add(f"{stage}.outcome", "outcome", over, stage=stage, result=result)
        matter.add(
            f"{stage}.record", "recorded", block.soon(over, 0, 5, 80), by="iro", about=steps.about, stage=stage
        )  # fmt: skip
        at = np.where(agreed, NEVER, over)


@attrs.define
class _Matter:
    """One dispute or concern while it is told, with what its ladder's duties bring after each thing that happens."""

    block: Block
    steps: Steps
    name: str
    key: Mapping[str, Any]
    answered: set[str] = attrs.field(factory=set)

    def add(self, name: str, kind: str, day: Ints, **fields: Any) -> None:
        """A fact of the matter, and what follows from it; each duty is answered once."""
        self.block.add(f"{self.name}.{name}", kind, day, **fields, **self.key)
        for answer in self.steps.answers:
            where = _follows(answer.after, kind, {**fields, **self.key})
            if where is not None:
                self._answer(answer, np.where(where, day, NEVER))

    def _answer(self, answer: Answer, day: Ints) -> None:
        if answer.duty not in self.answered:
            self.answered.add(answer.duty)
            soon = self.block.soon(day, 0, 8, 85)
            self.add(f"{answer.duty}.done", answer.kind, soon, **answer.fields)
            for other in self.steps.answers:
                if other.after.kind == f"{answer.duty}/met":
                    self._answer(other, soon)


def _follows(after: Pattern, kind: str, fields: Mapping[str, Any]) -> Any:
    """In which cases a fact is what a duty waits for: a mask, True for all of them, or None for none."""
    if after.kind != kind:
        return None
    where: Any = True
    for test in after.where:
        value = fields.get(test.field)
        if test.op == "known" and value is not None:
            continue
        if isinstance(value, OneOf) and test.op == "eq" and test.value in value.words:
            where = where & (value.places == value.words.index(test.value))
        elif test.op != "eq" or value != test.value:
            return None
    return where
