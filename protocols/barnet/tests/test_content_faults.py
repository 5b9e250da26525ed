"""A small fault in the content of a rule of Barnet's does not pass."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

TOOL = Path(__file__).resolve().parents[3] / "tools" / "plant_content_faults.py"


@cache
def tool() -> ModuleType:
    """tools/plant_content_faults.py as a module."""
    spec = importlib.util.spec_from_file_location("planting_tool_barnet", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_fault_planted_in_the_rules_is_found() -> None:
    """Each is noticed by a scenario, the transcription, the figures or the checks, or listed with a reason."""
    where, known = tool().ground("barnet"), tool().equivalent("barnet")
    missed = {fault.where for fault in tool().planted_in(where, "barnet") if not where.plant(fault).by}
    assert missed == set(known)
