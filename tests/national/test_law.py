"""Every national rule says where it comes from and how far that was read; every open question, how it may be read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from iro_rules.national import rulebook
from iro_rules.readings import Interpretation
from iro_rules.rulebook import Rule, Status, Verified
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.transcription import law_line, read_transcription

with (Path(__file__).parent / "rows.csv").open(encoding="utf-8", newline="") as _file:
    # Every source row by its number, with how far it was read; of the rows themselves only numbers are kept here.
    ROWS = {row["row"]: row["verified"] for row in csv.DictReader(_file)}

RULES = rulebook().rules


LAW = read_transcription(Path(__file__).parent / "law")
"""What the sources say of each rule, set down apart from the rules, from the numbered rows."""
FIGURES = {
    "placement.first-year": 1,
    "regulations.area-notice.emergency.within": 5,
    "regulations.visits.first.within": 1,
    "regulations.visits.weekly": 1,
    "regulations.visits.usual-interval": 6,
    "regulations.visits.short-interval": 4,
    "regulations.visits.long-interval": 3,
    "regulations.short-breaks.first-review.within": 3,
    "regulations.short-breaks.later-review.within": 6,
    "short-breaks.longest-stay": 17,
    "short-breaks.days-in-a-year": 75,
    "care.section-20.first-day-not-counted": 1,
    "child.eighteenth-birthday.age": 18,
    "child.tenth-birthday.age": 10,
    "counting.before.day-before": 1,
    "counting.before.same-day": 0,
    "handbook.annual-report.every": 1,
    "handbook.caseload.least": 50,
    "handbook.caseload.most": 70,
    "handbook.contact-before-review.at-least": 15,
    "handbook.court-documents.within": 5,
    "handbook.formal-dispute.within": 20,
    "handbook.decisions-answered.within": 5,
    "handbook.decisions-distributed.within": 10,
    "handbook.decisions-written-up.within": 5,
    "handbook.iro-appointed.within": 5,
    "handbook.iro-service-told.within": 2,
    "handbook.reports-before-review.at-least": 3,
    "plo.already-looked-after.days-before": 1,
    "plo.at-the-event.within": 0,
    "plo.final-evidence-to-iro.at-least": 5,
    "plo.iro-allocated.within": 5,
    "handbook.review-record-completed.within": 15,
    "handbook.review-record-distributed.within": 20,
    "regulations.adjourned-review.not-the-same-day": 1,
    "regulations.adjourned-review.within": 20,
    "regulations.first-review.within": 20,
    "regulations.later-review.within": 6,
    "regulations.second-review.within": 3,
    "responsible.gone.not-the-same-day": 1,
    "review.awaited.days-before": 1,
    "review.awaited.years": 100,
    "service.evidence.for": 1,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_cites_rows_that_exist(rule: Rule) -> None:
    """Each row a rule names stands in one of the lists of what the sources say."""
    assert [row for row in rule.law.rows if row not in ROWS] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_claims_no_more_than_was_read(rule: Rule) -> None:
    """A rule is no further verified than any national row it cites, and without one only as the seeds have it."""
    order = list(Verified)
    codes = [Verified(ROWS[row]) for row in rule.law.rows if row.startswith("N-")]
    assert all(order.index(code) <= order.index(rule.law.verified) for code in codes)
    assert codes or rule.law.verified in (Verified.S, Verified.M)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_rests_on_memory_says_so(rule: Rule) -> None:
    """What nobody has read is marked, and its citation says that it was not read; no other rule's does."""
    assert (rule.law.verified is Verified.M) == ("not read" in rule.law.citation)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_is_to_be_done_in_words(rule: Rule) -> None:
    """The act is a phrase that a sentence can take up, and the citation names an instrument."""
    assert len(rule.act.split()) >= 3
    assert not rule.act.endswith(".")
    assert len(rule.law.citation.split()) >= 3
    assert rule.law.verb


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_is_older_than_the_regulations(rule: Rule) -> None:
    """Regulations and Handbook took effect together on 1 April 2011; what only retells the record knows no start."""
    begins = rule.law.start.isoformat()
    assert begins >= "2011-04-01" or (isinstance(rule, Status) and not rule.reported and begins == "1900-01-01")


@pytest.mark.parametrize("interpretation", rulebook().interpretations, ids=lambda i: i.id)
def test_an_open_question_has_readings_and_a_reason(interpretation: Interpretation) -> None:
    """It asks something, offers two or more different answers, and says why one is taken unless told otherwise."""
    assert interpretation.question.endswith("?")
    meanings = [meaning for _, meaning in interpretation.readings]
    assert len(set(meanings)) == len(meanings) >= 2
    assert interpretation.default in interpretation.names()
    assert interpretation.why.endswith(".")


def test_the_figures_are_those_of_the_law() -> None:
    """No number has slipped: each is the one its source gives, on any day since it took effect."""
    today = rulebook().numbers["regulations.first-review.within"].values[0][0] + 5_000
    assert {name: number.at(today) for name, number in rulebook().numbers.items()} == FIGURES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_who_owes_what_to_whom_and_how_bindingly_as_its_source_does(rule: AnyRule) -> None:
    """Rows, force, modality, verb, edition, bearer and counterparty are those set down apart from the rule."""
    assert LAW.get(rule.id) == law_line(rule)


def test_nothing_is_set_down_of_a_rule_that_is_gone() -> None:
    """Each line of the transcription is about a rule there is."""
    assert sorted(set(LAW) - {rule.id for rule in RULES}) == []
