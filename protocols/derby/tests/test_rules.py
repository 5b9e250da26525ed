"""Derby's rules are what every protocol package must be, and say what the document says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import iro_rules_derby
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.rulebook import Verified
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.conformance import conforms
from iro_rules.testing.planting import law_line

PROTOCOL = iro_rules_derby.iro_protocol()
RULEBOOK = combine(rulebook(), PROTOCOL)
LOCAL = tuple(rule for rule in RULEBOOK.rules if rule.id not in rulebook().by_id)
FIGURES: dict[str, int] = {}


TestProtocol = conforms(iro_rules_derby, scenarios=Path(__file__).parent.parent / "scenarios", figures=FIGURES)


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_claims_no_more_than_that_the_document_was_read(rule: AnyRule) -> None:
    """Nobody has verified it against anything else."""
    assert rule.law.verified is Verified.S


def test_the_way_to_a_court_is_not_made_a_power() -> None:
    """The procedure speaks of going to court (D-14), but no law was found that gives an IRO that way."""
    assert [rule.id for rule in LOCAL if "court" in rule.to] == []


with (Path(__file__).parent / "law" / "derby.csv").open(encoding="utf-8", newline="") as _file:
    # What the document says of each rule, set down apart from the rules, from its numbered rows.
    LAW = {row["rule"]: row for row in csv.DictReader(_file)}


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_says_who_owes_what_to_whom_and_how_bindingly_as_its_source_does(rule: AnyRule) -> None:
    """Rows, modality, verb, edition, bearer and counterparty are those set down apart from the rule."""
    assert LAW.get(rule.id) == law_line(rule)


def test_nothing_is_set_down_of_a_rule_that_is_gone() -> None:
    """Each line of the transcription is about a rule there is."""
    assert sorted(set(LAW) - {rule.id for rule in LOCAL}) == []
