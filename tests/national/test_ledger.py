"""The ledger of the national sources: every row has a standing, and every rule has a row."""

from __future__ import annotations

import csv
from pathlib import Path

from iro_rules.national import rulebook
from iro_rules.national.ledger import rows
from iro_rules.report.ledger import share
from iro_rules.rulebook import Conflict, Status
from iro_rules.rulebook.ledger import RowStanding, ledger_of

with (Path(__file__).parent / "rows.csv").open(encoding="utf-8", newline="") as _file:
    LISTED = [row["row"] for row in csv.DictReader(_file)]

LEDGER = ledger_of(rulebook())
NATIONAL = ("N", "F", "P")
NEARLY_EVERY = 0.95


def test_every_national_row_stands_in_the_ledger_once() -> None:
    """The rows are those numbered for the national sources, apart from the ledger."""
    assert sorted(row.row for row in rows()) == sorted(row for row in LISTED if row.partition("-")[0] in NATIONAL)


def test_no_row_is_without_a_standing() -> None:
    """Each is encoded by a rule, or the ledger says how else it stands and why."""
    assert [row.id for row in LEDGER.rows if row.standing is RowStanding.UNACCOUNTED] == []


def test_no_row_is_both_encoded_and_explained_away() -> None:
    """A standing written down while a rule encodes the row would be read by nobody, and would be wrong."""
    assert [r.id for r in LEDGER.rows if r.standing is RowStanding.ENCODED and r.source.standing] == []


def test_no_rule_is_without_a_row() -> None:
    """Each national rule names a row of the ledger, and every other row it names is one of the councils' documents."""
    known = {row.row for row in rows()}
    assert [rule.id for rule in rulebook().rules if not known & set(rule.law.rows)] == []
    assert [row for row in LEDGER.elsewhere if row not in LISTED or row.partition("-")[0] in NATIONAL] == []


def test_a_row_that_asks_something_is_encoded_only_by_rules_that_say_how_it_stands() -> None:
    """A status that prepares an answer, or a conflict in the facts, encodes no duty by naming it."""
    for row in LEDGER.rows:
        naming = [rule for rule in rulebook().rules if row.id in rule.law.rows]
        saying = [r for r in naming if not isinstance(r, Conflict) and not (isinstance(r, Status) and not r.reported)]
        assert (row.standing is RowStanding.ENCODED) is bool(saying if row.binding else naming), row.id
        assert row.rules == tuple(rule.id for rule in saying)


def test_nearly_every_row_that_says_must_should_or_may_is_encoded() -> None:
    """At least 95 in a hundred: for the others the ledger gives the reason."""
    assert share(LEDGER) >= NEARLY_EVERY


def test_a_row_that_repeats_another_repeats_one_that_is_there() -> None:
    """And that one is encoded, or the repeat could not lean on it."""
    by_id = {row.id: row for row in LEDGER.rows}
    for row in LEDGER.rows:
        if row.source.same_as:
            assert by_id[row.source.same_as].standing is RowStanding.ENCODED
