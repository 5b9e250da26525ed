"""Barnet's rules say where they come from, whom they name, and how they stand to the national ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import iro_rules_barnet
from iro_rules.national import rulebook
from iro_rules.protocols import Registry, combine
from iro_rules.rulebook import Force, Rule, Verified
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.planting import law_line

PROTOCOL = iro_rules_barnet.iro_protocol()
RULEBOOK = combine(rulebook(), PROTOCOL)
LOCAL = tuple(rule for rule in RULEBOOK.rules if rule.id not in rulebook().by_id)
ROWS = {f"B-{n:02}" for n in range(1, 47)}
FIGURES = {
    "barnet.shared-list.every": 1,
    "barnet.recommendation.within": 5,
    "barnet.initial-documents.within": 5,
    "barnet.later-documents.within": 5,
    "barnet.draft-evidence.at-least": 5,
    "barnet.draft-returned.within": 24,
    "barnet.draft-returned.days": 1,
    "barnet.concern.same-day": 0,
    "barnet.iro-details.within": 5,
    "barnet.order-notice.within": 48,
}


def test_the_package_is_taken_by_the_registry() -> None:
    """It passes every check that an installed package is held to."""
    registry = Registry().including("barnet", iro_rules_barnet, core="0.1.0")
    assert registry.protocol("barnet") == PROTOCOL


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_encodes_rows_of_its_own_source(rule: Rule) -> None:
    """Its rows stand in the protocol's own document, and it claims no more than that the document was read."""
    assert set(rule.law.rows) <= ROWS
    assert rule.law.verified is Verified.S
    assert rule.law.force is Force.LOCAL_PROTOCOL


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_that_names_a_national_one_names_one_that_exists(rule: Rule) -> None:
    """What it implements, tightens or adds to is in the national rulebook."""
    assert [known for _, known in rule.law.national if known not in rulebook().by_id] == []


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_whoever_a_rule_points_to_can_be_named(rule: Rule) -> None:
    """Each contact of a rule has a title in the protocol or nationally."""
    contact = getattr(rule, "contact", None)
    assert contact is None or contact in {c.role for c in RULEBOOK.contacts}


def test_the_figures_are_those_of_the_document() -> None:
    """No number has slipped."""
    local = {name: number for name, number in RULEBOOK.numbers.items() if name not in rulebook().numbers}
    assert {name: number.values[-1][1] for name, number in local.items()} == FIGURES


def test_an_open_question_has_readings_and_a_reason() -> None:
    """Each asks something, offers different answers and says why one is taken unless told otherwise."""
    for interpretation in RULEBOOK.interpretations:
        assert interpretation.question.endswith("?")
        assert len({meaning for _, meaning in interpretation.readings}) == len(interpretation.readings) >= 2
        assert interpretation.why.endswith(".")


with (Path(__file__).parent / "law" / "barnet.csv").open(encoding="utf-8", newline="") as _file:
    # What the document says of each rule, set down apart from the rules, from its numbered rows.
    LAW = {row["rule"]: row for row in csv.DictReader(_file)}


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_says_who_owes_what_to_whom_and_how_bindingly_as_its_source_does(rule: AnyRule) -> None:
    """Rows, modality, verb, edition, bearer and counterparty are those set down apart from the rule."""
    assert LAW.get(rule.id) == law_line(rule)


def test_nothing_is_set_down_of_a_rule_that_is_gone() -> None:
    """Each line of the transcription is about a rule there is."""
    assert sorted(set(LAW) - {rule.id for rule in LOCAL}) == []
