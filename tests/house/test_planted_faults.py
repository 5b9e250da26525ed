"""The faults that are kept to be planted still fit the code they are to be planted in."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).resolve().parent.parent.parent / "tools" / "plant_faults.py"


@pytest.fixture(scope="module")
def tool() -> Any:
    """tools/plant_faults.py as a module."""
    spec = importlib.util.spec_from_file_location("plant_faults_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_planted_fault_has_its_line_once(tool: Any) -> None:
    """A line that moved takes its fault with it; the tool itself says which no longer fits."""
    assert len(tool.faults()) >= 100


def test_a_fault_of_one_reader_is_planted_in_that_reader(tool: Any) -> None:
    """The tests of an area are asked for it, and would not see a fault of another."""
    strayed = [
        fault.name
        for fault in tool.faults()
        if fault.area in ("durable", "columnar") and f"engines/{fault.area}/" not in fault.file
    ]
    assert strayed == []
