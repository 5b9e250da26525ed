"""A standing duty: in place, stale or not in place, by how long a record is good."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules import Case, Coverage, assess
from iro_rules.clock import Clock, Number, Unit
from iro_rules.facts import Arrangement, RecordsBegin
from iro_rules.rulebook import StandingDuty
from iro_rules.rulebook.rules import EVIDENCE, YEARLY
from tests.rulebook.spoiling import LAW, book

MONTH = Clock(Number("made.evidence", 1), Unit.MONTHS)


def standing(as_of: str, *facts: Arrangement, **fields: Any) -> str:
    """How an arrangement stands on a day, judged with the national law's form of the rule."""
    rule = StandingDuty(id="advice", law=LAW, act="have advice", arrangement="independent_legal_advice", **fields)
    begun = RecordsBegin("2024-01-01", id="begin")
    case = Case("la", [begun, *facts], coverage=Coverage.everything(), subject="authority")
    (found,) = assess(case, as_of=as_of, protocol=book(rule), engine="meaning")
    return str(found.standing)


def advice(when: str, **fields: Any) -> Arrangement:
    """The arrangement, from a day on."""
    return Arrangement(when, name="independent_legal_advice", **fields)


@pytest.mark.parametrize(
    ("as_of", "evidence", "expected"),
    [
        ("2024-04-30", MONTH, "in_place"),
        ("2024-05-01", MONTH, "stale"),
        ("2025-03-31", YEARLY, "in_place"),
        ("2025-04-01", YEARLY, "stale"),
        ("2028-12-29", None, "in_place"),
    ],
)
def test_a_record_is_good_for_as_long_as_the_rule_says(as_of: str, evidence: Any, expected: str) -> None:
    """A month, a year unless said otherwise, or without end; from 31 March a month ends on 30 April."""
    assert standing(as_of, advice("2024-03-31"), evidence=evidence) == expected


def test_a_rule_that_says_nothing_of_evidence_takes_the_librarys_reading() -> None:
    """A year, under an interpretation with a name and another reading."""
    assert standing("2025-03-31", advice("2024-03-31")) == "in_place"
    assert standing("2025-04-01", advice("2024-03-31")) == "stale"
    assert EVIDENCE.names() == ("yearly", "until_ended")


def test_what_has_ended_is_not_fresh_however_lately_it_was_checked() -> None:
    """A check says nothing of the days after the end."""
    assert standing("2025-04-01", advice("2024-03-31", until="2025-03-31", checked="2025-03-30")) == "not_in_place"


def test_the_end_of_one_arrangement_is_not_the_end_of_another() -> None:
    """The one that goes on counts, stale or not."""
    ended = advice("2024-06-03", until="2024-12-31")
    assert standing("2025-02-03", advice("2024-03-04"), ended) == "in_place"
    assert standing("2025-04-01", advice("2024-03-04"), ended) == "stale"
