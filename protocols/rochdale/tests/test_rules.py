"""Rochdale's rules are what every protocol package must be, and say what the document says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import iro_rules_rochdale
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.rulebook import Verified
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.conformance import conforms
from iro_rules.testing.planting import law_line

PROTOCOL = iro_rules_rochdale.iro_protocol()
RULEBOOK = combine(rulebook(), PROTOCOL)
LOCAL = tuple(rule for rule in RULEBOOK.rules if rule.id not in rulebook().by_id)
FIGURES = {
    "rochdale.appointment.within": 5,
    "rochdale.concern.outcome-told.within": 1,
    "rochdale.concern.representations.within": 7,
    "rochdale.concern.window.longest": 7,
    "rochdale.concern.window.shortest": 1,
    "rochdale.dispute.director-decision.within": 3,
    "rochdale.dispute.escalate-to-service-director.within": 1,
    "rochdale.dispute.formal-length.within": 20,
    "rochdale.dispute.managers-discussion.within": 1,
    "rochdale.dispute.raise-with-team-manager.within": 2,
    "rochdale.dispute.team-manager-response.within": 5,
    "rochdale.dispute.three-way-meeting.within": 5,
    "rochdale.role.at-the-review.within": 0,
}


TestProtocol = conforms(iro_rules_rochdale, scenarios=Path(__file__).parent.parent / "scenarios", figures=FIGURES)


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_claims_no_more_than_that_the_document_was_read(rule: AnyRule) -> None:
    """Nobody has verified it against anything else."""
    assert rule.law.verified is Verified.S


def _transcribed() -> dict[str, dict[str, str]]:
    """What the procedure says of each rule, set down apart from the rules, from the numbered rows."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "law").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["rule"] not in found, f"{row['rule']} stands twice"
                found[row["rule"]] = row
    return found


LAW = _transcribed()


@pytest.mark.parametrize("rule", LOCAL, ids=lambda rule: rule.id)
def test_a_rule_says_who_owes_what_to_whom_and_how_bindingly_as_its_source_does(rule: AnyRule) -> None:
    """Rows, force, modality, verb, edition, bearer and counterparty are those set down apart from the rule."""
    assert LAW.get(rule.id) == law_line(rule)


def test_nothing_is_set_down_of_a_rule_that_is_gone() -> None:
    """Each line of the transcription is about a rule there is."""
    assert sorted(set(LAW) - {rule.id for rule in LOCAL}) == []
