"""A ledger is read whole or refused in words, and counts what rules encode."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules.errors import RulebookError
from iro_rules.report.ledger import account_of, closing, ledger_to_json, share
from iro_rules.rulebook import Duty, Rulebook, Status, fact
from iro_rules.rulebook.ledger import COLUMNS, RowStanding, SourceRow, ledger_of, read_rows
from tests.rulebook.spoiling import HELD, LAW, PLANNED

HEAD = ",".join(COLUMNS)
TEXT = "\n".join(
    (
        HEAD,
        "T-01,A test,para 1,must,IRO,hold the review,,,",
        "T-02,A test,para 2,should,IRO,hold it well,not encoded,,Nobody can tell.",
        'T-03,A test,para 3,must,IRO,"hold the review, again",duplicate,T-01,The same words as paragraph 1.',
        "T-04,A test,para 4,condition,,why reviews are held,rationale,,It asks nothing.",
        "T-05,A test,para 5,may,IRO,hold two,,,",
    )
)


def book(*parts: Any) -> Rulebook:
    """A rulebook with the ledger above."""
    return Rulebook(name="test", parts=parts, ledger=read_rows(TEXT))


DUTY = Duty(id="test.hold", law=LAW, act="hold the review", trigger=PLANNED, met_by=(HELD,))


def test_a_row_is_encoded_by_the_rules_that_name_it() -> None:
    """A row that repeats it counts with it; one that neither a rule nor a reason accounts for is said to be so."""
    ledger = ledger_of(book(DUTY))
    assert [row.standing.value for row in ledger.rows] == [
        "encoded", "not encoded", "duplicate", "rationale", "unaccounted for",
    ]  # fmt: skip
    assert [account_of(row) for row in ledger.rows] == [
        "test.hold",
        "not encoded: Nobody can tell.",
        "repeats T-01: The same words as paragraph 1.",
        "rationale: It asks nothing.",
        "unaccounted for",
    ]
    assert share(ledger) == 0.5
    assert closing(ledger) == (
        "5 rows: 1 encoded, 1 rationale, 1 duplicate, 1 not encoded, 1 unaccounted for. "
        "Of the 4 that say must, should or may, rules encode 2 (50%), 1 of them as repeats of another row."
    )
    assert ledger.counts()[RowStanding.JUDGEMENT] == 0


def test_a_status_that_only_prepares_encodes_no_duty() -> None:
    """It is told as naming the row, and the row still needs a rule."""
    prepared = Status(id="test.prepared", law=LAW, act="a review is planned", trigger=fact("review_planned"))
    row = ledger_of(book(prepared)).rows[0]
    assert row.standing is RowStanding.UNACCOUNTED
    assert row.helping == ("test.prepared",)
    assert ledger_to_json(ledger_of(book(prepared)), "test")["rows"][0]["rules"] == ["test.prepared"]


def test_rows_that_rules_name_and_no_ledger_has_are_told() -> None:
    """They are another document's, or a slip."""
    bare = Rulebook(name="test", parts=(DUTY,))
    assert ledger_of(bare).elsewhere == ("T-01",)
    assert ledger_of(bare, read_rows(TEXT)).elsewhere == ()
    assert share(ledger_of(bare)) == 1.0


def line(**change: str) -> str:
    """The first row with something changed."""
    sound = dict(zip(COLUMNS, ("T-01", "A test", "para 1", "must", "IRO", "hold it", "", "", ""), strict=True))
    return ",".join({**sound, **change}.values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("row,source", "the ledger has other columns"),
        (f"{HEAD}\nT-01,A test", "ledger, line 2: a row has too many or too few columns.*stands in quotation marks"),
        (f"{HEAD}\n{line()},more", "too many or too few columns"),
        (f"{HEAD}\n{line()}\n{line()}", "a row is given twice"),
        (f"{HEAD}\n{line(asks='')}", "ledger, line 2, T-01: a row of the ledger has no asks"),
        (f"{HEAD}\n{line(modality='shall')}", "there is no such modality"),
        (f"{HEAD}\n{line(standing='encoded', reason='by hand')}", "a row cannot stand so"),
        (f"{HEAD}\n{line(standing='rationale')}", "a standing and its reason go together"),
        (f"{HEAD}\n{line(reason='none')}", "a standing and its reason go together"),
        (f"{HEAD}\n{line(standing='duplicate', reason='the same')}", "a duplicate names the row it repeats"),
        (f"{HEAD}\n{line(same_as='T-02')}", "a duplicate names the row it repeats"),
    ],
)
def test_a_ledger_of_another_shape_is_refused(text: str, words: str) -> None:
    """Nothing is passed over, and no row is called encoded by hand."""
    with pytest.raises(RulebookError, match=words):
        read_rows(text)


def test_what_a_spreadsheet_leaves_in_a_ledger_changes_nothing() -> None:
    """Rows of nothing but commas, where rows were deleted, and a space after a number that nobody sees."""
    plain = read_rows(f"{HEAD}\n{line()}")
    blank = "," * (len(COLUMNS) - 1)
    assert read_rows(f"{HEAD}\n{blank}\n{line()}\n{blank}\n") == plain
    assert read_rows(f"{HEAD}\n{line().replace('T-01', ' T-01 ', 1)}") == plain


def test_a_row_can_be_written_as_a_value() -> None:
    """With no standing it waits for a rule."""
    row = SourceRow(row="K-01", source="An example", where="section 1", modality="must", asks="an answer")
    assert (row.bearer, row.standing, row.same_as, row.reason) == ("", "", "", "")
