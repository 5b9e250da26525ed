"""Barnet's rules give each scenario its whole answer, whichever reader is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import iro_rules_barnet
from iro_rules.clock import england_and_wales
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import Scenario, answer, differences, readers, rules_without_scenario

PROTOCOL = iro_rules_barnet.iro_protocol()
RULEBOOK = combine(rulebook(), PROTOCOL)
SCENARIOS = read_folder(Path(__file__).parent.parent / "scenarios", {PROTOCOL.name: RULEBOOK}.__getitem__)
READERS = readers()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.where)
def test_a_scenario_gets_its_whole_answer(scenario: Scenario, reader: str) -> None:
    """Every finding is as the scenario says, and there is no other."""
    wrong = differences(scenario, answer(scenario, RULEBOOK, READERS[reader], england_and_wales()))
    assert not wrong, "\n".join((scenario.where, *wrong))


def test_every_rule_of_the_protocol_has_a_scenario() -> None:
    """No rule stands in the protocol without a story of what it comes to."""
    without = rules_without_scenario(RULEBOOK, SCENARIOS)
    assert [rule for rule in without if rule not in rulebook().by_id] == []
