"""The three councils' packages: nearly every row that binds is encoded, and a small fault in a rule does not pass."""

from __future__ import annotations

import importlib.util
import random
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from iro_rules.national import rulebook
from iro_rules.protocols import Registry, combine
from iro_rules.report.ledger import share
from iro_rules.rulebook.ledger import ledger_of

TOOL = Path(__file__).resolve().parents[2] / "tools" / "plant_content_faults.py"
SHIPPED = ("barnet", "derby", "rochdale")
SAMPLES = {"rochdale": 400}
"""So many of a protocol's faults in each run of the tests, where not all are planted; `.ci/run` plants all."""
NEARLY_EVERY = 0.95


@cache
def tool() -> ModuleType:
    """tools/plant_content_faults.py as a module."""
    spec = importlib.util.spec_from_file_location("planting_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SHIPPED)
def test_nearly_every_row_that_says_must_should_or_may_is_encoded(name: str) -> None:
    """At least 95 in a hundred: for the others the ledger gives the reason."""
    protocol = Registry.discover().protocol(name)
    assert share(ledger_of(combine(rulebook(), protocol), protocol.ledger)) >= NEARLY_EVERY


@pytest.mark.parametrize("name", SHIPPED)
def test_faults_planted_in_the_rules_are_found(name: str) -> None:
    """Each is noticed by a scenario, the transcription, the figures or the checks, or is listed with a reason."""
    where, known = tool().ground(name), tool().equivalent(name)
    faults = tool().planted_in(where, name)
    chosen = random.Random(17).sample(faults, SAMPLES.get(name, len(faults)))
    assert [fault.where for fault in chosen if not where.plant(fault).by and fault.where not in known] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_listed_as_changing_no_answer_is_there_and_is_not_found(name: str) -> None:
    """No reason stands for a change that is gone, or that a scenario does notice."""
    where = tool().ground(name)
    faults = {fault.where: fault for fault in tool().planted_in(where, name)}
    assert [known for known in tool().equivalent(name) if known not in faults or where.plant(faults[known]).by] == []
