"""The national rules give each scenario its whole answer, whichever reader is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.clock import Calendar
from iro_rules.national import rulebook
from iro_rules.rulebook import Rulebook
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import Scenario, answer, differences, readers, rules_without_scenario


def _rulebook(protocol: str) -> Rulebook:
    assert protocol == "", "a national scenario names no protocol"
    return rulebook()


SCENARIOS = read_folder(Path(__file__).parent / "scenarios", _rulebook)
READERS = readers()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.where)
def test_a_scenario_gets_its_whole_answer(scenario: Scenario, reader: str, calendar: Calendar) -> None:
    """Every finding is as the scenario says, and there is no other."""
    wrong = differences(scenario, answer(scenario, rulebook(), READERS[reader], calendar))
    assert not wrong, "\n".join((scenario.where, *wrong))


def test_every_national_rule_has_a_scenario() -> None:
    """No rule stands in the national rulebook without a story of what it comes to."""
    assert rules_without_scenario(rulebook(), SCENARIOS) == ()
