"""A small fault in the content of a rule of Rochdale's does not pass."""

from __future__ import annotations

import importlib.util
import random
from functools import cache
from pathlib import Path
from types import ModuleType

TOOL = Path(__file__).resolve().parents[3] / "tools" / "plant_content_faults.py"
SAMPLE = 400
"""So many of about 2500 in each run of the tests; `.ci/run` plants them all."""


@cache
def tool() -> ModuleType:
    """tools/plant_content_faults.py as a module."""
    spec = importlib.util.spec_from_file_location("planting_tool_rochdale", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_faults_planted_in_the_rules_are_found() -> None:
    """Of a sample, each is noticed by a scenario, the transcription, the figures or the checks, or has a reason."""
    where, known = tool().ground("rochdale"), tool().equivalent("rochdale")
    chosen = random.Random(17).sample(tool().planted_in(where, "rochdale"), SAMPLE)
    assert [fault.where for fault in chosen if not where.plant(fault).by and fault.where not in known] == []


def test_what_is_listed_as_changing_no_answer_is_there_and_is_not_found() -> None:
    """No reason stands for a change that is gone, or that a scenario does notice."""
    where = tool().ground("rochdale")
    faults = {fault.where: fault for fault in tool().planted_in(where, "rochdale")}
    assert [name for name in tool().equivalent("rochdale") if name not in faults or where.plant(faults[name]).by] == []
