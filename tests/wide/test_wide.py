"""Small protocols of made-up councils say what real ones elsewhere say, and every reader gives the same answers."""

from __future__ import annotations

import pytest

from iro_rules.clock import Calendar
from iro_rules.rulebook import By, Move
from iro_rules.testing.scenarios import Scenario, answer, differences, readers, rules_without_scenario
from tests.wide.books import BOOKS, SCENARIOS, scenarios_of

READERS = readers()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.where)
def test_a_scenario_gets_its_whole_answer(scenario: Scenario, reader: str, calendar: Calendar) -> None:
    """Every finding is as the scenario says, and there is no other."""
    wrong = differences(scenario, answer(scenario, BOOKS[scenario.protocol], READERS[reader], calendar))
    assert not wrong, "\n".join((scenario.where, *wrong))


@pytest.mark.parametrize("name", BOOKS)
def test_every_rule_of_a_small_protocol_has_a_scenario(name: str) -> None:
    """No rule that a ladder becomes goes without a story of what it comes to."""
    assert rules_without_scenario(BOOKS[name], scenarios_of(name)) == ()


@pytest.mark.parametrize("name", BOOKS)
def test_the_moves_of_a_ladder_are_those_its_stages_say(name: str) -> None:
    """Every stage is reached by a move, and each move is between stages that exist or out of the ladder."""
    for ladder in BOOKS[name].ladders:
        known = {"", *ladder.names()}
        moves = ladder.moves()
        assert len(set(moves)) == len(moves)
        assert {move.start for move in moves} | {move.to for move in moves} <= known
        assert set(ladder.names()) <= {move.to for move in moves}
        for stage in ladder.stages:
            if any(way.by is By.SILENCE for way in stage.entered_by):
                assert any(move.by == "silence" and move.to == stage.id for move in moves)


def test_the_moves_of_a_ladder_can_be_drawn() -> None:
    """What leads where is data: from the opening, by steps, by outcomes, by silence, to the end."""
    (dispute, plan, _) = BOOKS["aldbury"].ladders
    assert {move for move in dispute.moves() if move.to == "director"} == {
        Move("head", "silence", "director"),
        Move("head", "not_agreed", "director"),
        *(Move(start, "step", "director") for start in ("team", "service", "head")),
    }
    assert plan.moves() == (Move("", "opening", "plan"), Move("plan", "agreed", ""), Move("plan", "silence", ""))
