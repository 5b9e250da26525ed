"""The example that ships with the library is judged as it always was, finding by finding."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from iro_rules import Assessment, Case, CaseError, Setting, Standing, assess

with (Path(__file__).parent / "example-findings.csv").open(encoding="utf-8", newline="") as _file:
    FOUND = {row["finding"]: (row["standing"], row["due"] or None) for row in csv.DictReader(_file)}


def test_the_whole_table_of_findings_is_as_pinned(example: Assessment) -> None:
    """Every finding, in the rulebook's order, with its standing and its deadline."""
    found = {f.id: (str(f.standing), f.due.isoformat() if f.due else None) for f in example}
    assert found == FOUND
    assert list(found) == list(FOUND)


def test_one_stage_was_late_one_document_is_overdue_and_one_thing_cannot_be_told(example: Assessment) -> None:
    """The example shows each of the three once; and all its formal stages together took a day too long.

    Of the sister's case nothing is at hand, so neither who is her IRO nor whether that had to be told is known.
    """
    assert [f.id for f in example.where("met_late")] == [
        "handbook.formal-dispute.length:contact-plan",
        "rochdale.dispute.formal-length:contact-plan",
        "rochdale.dispute.team-manager-response:f14",
    ]
    assert [f.id for f in example.overdue] == ["handbook.court-documents:f36"]
    unclear = example.where(Standing.NOT_EVALUABLE)
    assert [f.id for f in unclear] == ["handbook.siblings-share-iro:f04", "rochdale.appointment.siblings-told:f04"]
    assert [f.missing for f in unclear] == [("related_appointed", "related_case"), ("related_appointed",)]


def test_the_facts_that_decided_are_told_with_their_kind_and_day(example: Assessment, dispute: Case) -> None:
    """As they stand in the case."""
    known = {fact.id: (fact.kind(), fact.when) for fact in dispute.facts}
    for found in example:
        assert [(d.kind, d.when) for d in found.decided_by] == [known[d.fact] for d in found.decided_by]


def test_an_assessment_can_be_asked_by_id_standing_and_rule(example: Assessment) -> None:
    """Asking narrows; asking for nothing gives everything; an id that is not there gives None."""
    assert example.finding("regulations.first-review:f01") in example.where("met", rule="regulations.first-review")
    assert example.finding("regulations.first-review:f99") is None
    assert example.where() == example.findings == tuple(example)
    assert len(example) == len(FOUND)
    assert [f.id for f in example.where(rule="rochdale.dispute.record-stage")] == [
        "rochdale.dispute.record-stage:f27",
        "rochdale.dispute.record-stage:f33",
    ]


def test_asking_for_a_standing_that_does_not_exist_is_refused(example: Assessment) -> None:
    """A slip of the pen does not look like nothing being overdue."""
    with pytest.raises(CaseError, match=r"there is no such standing.*over_due.*overdue"):
        example.where("over_due")


def test_findings_that_someone_must_put_right_are_urgent(example: Assessment) -> None:
    """Overdue is urgent; late, open and unclear are not."""
    assert [f.id for f in example if f.urgent] == ["handbook.court-documents:f36"]


def test_the_answer_says_what_it_rests_on(example: Assessment, rochdale: Setting) -> None:
    """Rulebook, packages with versions, calendar, reader, every reading, and what the record covered."""
    provenance = example.provenance
    assert provenance.rulebook == "national + rochdale"
    assert [p.name for p in provenance.packages] == ["iro-rules", "rochdale"]
    assert all(p.version for p in provenance.packages)
    assert "holidays" in provenance.calendar
    assert "2028-12-31" in provenance.calendar
    assert provenance.reader
    assert dict(provenance.readings) == {i.id: i.default for i in rochdale.rulebook.interpretations}
    assert "review_held" in provenance.coverage
    assert list(provenance.coverage) == sorted(provenance.coverage)
    assert (example.case, example.subject, example.as_of) == ("rochdale-0417", "child", "2026-03-02")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02 16:30Z", "2026-03-02T16:30:00+00:00"),
        ("2026-06-01T16:30:00+00:00", "2026-06-01T17:30:00+01:00"),
    ],
)
def test_the_day_asked_about_is_said_in_one_form(dispute: Case, rochdale: Setting, asked: str, said: str) -> None:
    """A day as a date; an instant in London time with its offset, however it was written."""
    assert assess(dispute, as_of=asked, protocol=rochdale, engine="meaning", robustness=False).as_of == said


def test_the_same_question_has_the_same_answer(dispute: Case, rochdale: Setting, example: Assessment) -> None:
    """Two assessments of one case are equal, whatever order the facts are given in."""
    other = Case(dispute.id, dispute.facts[::-1], coverage=dispute.coverage)
    assert assess(other, as_of="2026-03-02", protocol=rochdale) == example
