"""What is asked, and of whom: cases, related cases, rulebooks and protocols that can be used, and those that cannot."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules import (
    CalendarError,
    Case,
    CaseError,
    Coverage,
    FieldError,
    Protocol,
    ProtocolError,
    Setting,
    assess,
    setting,
)
from iro_rules.clock import Calendar, england_and_wales
from iro_rules.facts import Appointed, BecameLookedAfter, Related
from iro_rules.formats.case_reader import CaseFile
from tests.assessment.made import RAISED, book, case, duty, finding, only

SIBLING = (
    Appointed("2026-01-06", role="iro", person="p1"),
    Related("2026-01-06", relation="sibling", child="c2", id="r"),
)


def other(name: str, person: str) -> Case:
    """A related child's case."""
    return Case(name, [Appointed("2026-01-06", role="iro", person=person)], coverage=Coverage.everything())


def test_a_setting_is_built_once_and_used_again(rochdale: Setting, dispute: Case) -> None:
    """By name or by setting, the answer is the same."""
    by_name = assess(dispute, as_of="2026-03-02", protocol="rochdale", engine="meaning")
    assert by_name == assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="meaning")
    assert setting("rochdale").rulebook is rochdale.rulebook


@pytest.mark.parametrize("given", [5, ["rochdale"], b"rochdale", Protocol])
def test_what_is_no_protocol_is_refused_in_words(given: Any) -> None:
    """Not as a fault somewhere inside."""
    with pytest.raises(ProtocolError, match=r"this is not a protocol.*the name of a protocol"):
        assess(case(RAISED), as_of="2026-03-02", protocol=given)


def test_a_rulebook_and_a_protocol_may_be_given_as_values(rochdale: Setting, dispute: Case) -> None:
    """A protocol as a value is the one found by name; a rulebook stands alone."""
    protocol = rochdale.registry.protocol("rochdale")
    by_value = assess(dispute, as_of="2026-03-02", protocol=protocol, engine="meaning")
    assert by_value == assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="meaning")
    assert only(assess(case(RAISED), as_of="2026-03-02", protocol=book(duty()), engine="meaning")).rule == "made.tell"


def test_without_a_protocol_the_national_rules_stand_alone() -> None:
    """No council's rule is among the findings."""
    made = assess(case(BecameLookedAfter("2026-01-05", id="s")), as_of="2026-03-02", engine="meaning")
    assert made.provenance.rulebook == "national"
    assert {f.rule.split(".")[0] for f in made} == {"act", "regulations", "handbook"}


def test_an_unknown_protocol_is_refused_with_those_there_are() -> None:
    """A near miss is offered."""
    with pytest.raises(ProtocolError, match=r"there is no such protocol.*rochdle.*did you mean rochdale"):
        setting("rochdle")


def test_a_calendar_of_ones_own_is_counted_by() -> None:
    """With every Tuesday closed, five working days are more than a week."""
    plain = england_and_wales()
    closed = {day: "a Tuesday" for day in range(plain.first, plain.last + 1) if (day - 1) % 7 == 1}
    mine = Calendar(plain.first, plain.last, {**plain.closures, **closed}, "no Tuesdays")
    where = setting(calendar=mine)
    made = assess(case(BecameLookedAfter("2026-02-02", id="s")), as_of="2026-03-02", protocol=where, engine="meaning")
    assert str(finding(made, "handbook.iro-appointed:s").due) == "2026-02-11"
    assert made.provenance.calendar == "no Tuesdays"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("rochdale-dispute.json", "this is not a case.*str"),
        (None, "this is not a case.*NoneType"),
        (CaseFile(case(RAISED)), r"this is not a case.*CaseFile.*\.case"),
    ],
)
def test_what_is_not_a_case_is_refused(given: Any, words: str) -> None:
    """A path, nothing, or a whole file: the error says what would do."""
    with pytest.raises(CaseError, match=words):
        assess(given, as_of="2026-03-02")
    with pytest.raises(CaseError, match=words):
        assess(case(RAISED), as_of="2026-03-02", related=[given])


def test_related_cases_may_come_in_any_iterable_and_twice() -> None:
    """The same case twice is one case."""
    asked = case(*SIBLING)
    same = assess(asked, as_of="2026-03-02", related=iter([other("c2", "p1"), other("c2", "p1")]))
    assert finding(same, "handbook.siblings-share-iro:r").standing == "kept"


def test_two_different_cases_of_one_id_are_refused() -> None:
    """Neither of two related cases is preferred, and none may pass for the case itself."""
    asked = case(*SIBLING)
    with pytest.raises(CaseError, match=r"two cases have one id.*c2"):
        assess(asked, as_of="2026-03-02", related=[other("c2", "p1"), other("c2", "p2")])
    with pytest.raises(CaseError, match=r"two cases have one id.*c1"):
        assess(asked, as_of="2026-03-02", related=[other("c1", "p1")])


def test_a_fact_with_another_protocols_term_is_refused(dispute: Case) -> None:
    """The error names case, fact, field and value, and the terms there are."""
    words = r"case rochdale-0417, fact f13 \(told\): about is not a topic of this rulebook.*advice_steps_exhausted"
    with pytest.raises(CaseError, match=words):
        assess(dispute, as_of="2026-03-02")


def test_a_related_case_is_held_to_the_same_terms(dispute: Case) -> None:
    """The error names the related case."""
    with pytest.raises(CaseError, match="case rochdale-0417, fact f13"):
        assess(case(*SIBLING), as_of="2026-03-02", related=[dispute])


def test_a_stage_without_its_protocol_is_refused_with_what_would_help(dispute: Case) -> None:
    """Nationally there is one stage; a council's own take its protocol."""
    outcome = [fact for fact in dispute.facts if fact.kind() == "outcome"]
    with pytest.raises(CaseError, match="or the protocol it comes from, which was not asked for"):
        assess(case(*outcome), as_of="2026-03-02")


@pytest.mark.parametrize(
    ("as_of", "error", "words"),
    [
        ("1989-12-31", CalendarError, "1989-12-31.*1990-01-01 to 2028-12-31"),
        ("2029-01-01", CalendarError, "2029-01-01.*1990-01-01 to 2028-12-31"),
        ("9999-12-31", FieldError, "as_of is out of range"),
        ("2026-03-02T10:00:00", FieldError, "without a time zone"),
        ("2026-02-30", FieldError, "not a day that exists"),
        ("today", FieldError, "neither a date nor a time"),
        (20260302, FieldError, "as_of is not a date"),
    ],
)
def test_a_day_that_cannot_be_asked_about_is_refused(as_of: Any, error: type[Exception], words: str) -> None:
    """Outside the calendar, without a zone, or not a day at all."""
    with pytest.raises(error, match=words):
        assess(case(RAISED), as_of=as_of)


def test_an_authoritys_own_case_is_judged_by_the_rules_for_authorities() -> None:
    """No child's duty is found there, and a child's fact is refused."""
    from iro_rules.facts import RecordsBegin

    service = Case("la", [RecordsBegin("2025-01-01", id="b")], coverage=Coverage.everything(), subject="authority")
    made = assess(service, as_of="2026-03-02", engine="meaning")
    found = {f.rule: str(f.standing) for f in made}
    assert found.pop("handbook.annual-report") == "overdue"
    assert found.pop("handbook.training") == found.pop("handbook.transition-protocol-published") == "open"
    assert "handbook.independent-legal-advice" in found
    assert set(found.values()) == {"not_in_place"}
    assert made.subject == "authority"
