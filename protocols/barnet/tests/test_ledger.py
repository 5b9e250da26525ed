"""Barnet's ledger: every row of the document has a standing, and every rule has a row."""

from __future__ import annotations

import pytest

import iro_rules_barnet
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.report.ledger import share
from iro_rules.rulebook.ledger import LedgerRow, RowStanding, ledger_of

PROTOCOL = iro_rules_barnet.iro_protocol()
LEDGER = ledger_of(combine(rulebook(), PROTOCOL), PROTOCOL.ledger)
LAST = 46
NEARLY_EVERY = 0.95


def test_every_row_of_the_document_stands_in_the_ledger_once() -> None:
    """The rows are numbered through, with none left out."""
    assert [row.id for row in LEDGER.rows] == [f"B-{n:02}" for n in range(1, LAST + 1)]
    assert [row for row in LEDGER.elsewhere if row.startswith("B-")] == []


@pytest.mark.parametrize("row", LEDGER.rows, ids=lambda row: row.id)
def test_a_row_is_encoded_or_explained_and_never_both(row: LedgerRow) -> None:
    """Each is encoded by a rule, or the ledger says how else it stands and why; a repeat repeats an encoded one."""
    assert row.standing is not RowStanding.UNACCOUNTED
    assert (row.standing is RowStanding.ENCODED) is not bool(row.source.standing)
    assert bool(row.source.same_as) is bool(row.through)


def test_nearly_every_row_that_says_must_should_or_may_is_encoded() -> None:
    """At least 95 in a hundred: for the others the ledger gives the reason."""
    assert share(LEDGER) >= NEARLY_EVERY
