"""Disputes and concerns that go up a ladder, in the words of whatever protocol the ladder belongs to."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from iro_rules.lab.synthetic.block import NEVER, Block, Ints, OneOf
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.stages import By


@attrs.frozen
class Steps:
    """What a ladder asks to be told: what opens it, its stages and which of them a step leads to, what settles it."""

    about: str
    stages: tuple[tuple[str, bool], ...]
    settled: str

    @classmethod
    def of(cls, ladder: Ladder) -> Steps | None:
        """From a ladder; None for one that something else than a raised matter opens."""
        about = [test.value for test in ladder.opens.where if test.field == "about" and test.op == "eq"]
        if ladder.opens.kind != "raised" or not about or not ladder.settled:
            return None
        stages = tuple((stage.id, any(way.by is By.STEP for way in stage.entered_by)) for stage in ladder.stages)
        return cls(str(about[0]), stages, ladder.settled[0])


def climb(block: Block, start: Ints, steps: Steps, number: int) -> None:
    """One matter for some of the cases: raised, taken up stage by stage, settled or not, each written down or not."""
    key: dict[str, Any] = {"dispute": f"d{number + 1}"}
    name = f"dispute-{number + 1}"
    at = block.soon(start, 20, 500, 22)
    block.add(f"{name}.raised", "raised", at, by="iro", about=steps.about, **key)
    for stage, by_step in steps.stages:
        if by_step:
            at = block.soon(at, 0, 6, 90)
            block.add(f"{name}.{stage}.step", "step_taken", at, stage=stage, by="iro", **key)
        over = block.soon(at, 0, 9, 85)
        agreed = block.chance(45)
        result = OneOf((steps.settled, "not_agreed"), np.where(agreed, 0, 1))
        block.add(f"{name}.{stage}.outcome", "outcome", over, stage=stage, result=result, **key)
        block.add(
            f"{name}.{stage}.record", "recorded", block.soon(over, 0, 5, 80), by="iro", about=steps.about, stage=stage,
            **key,
        )  # fmt: skip
        at = np.where(agreed, NEVER, over)
