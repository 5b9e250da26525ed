"""The ledger of Rochdale's procedure: every row has a standing, and every rule has a row."""

from __future__ import annotations

import iro_rules_rochdale
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.report.ledger import share
from iro_rules.rulebook import Conflict, Status
from iro_rules.rulebook.ledger import RowStanding, ledger_of

PROTOCOL = iro_rules_rochdale.iro_protocol()
RULEBOOK = combine(rulebook(), PROTOCOL)
LOCAL = tuple(rule for rule in RULEBOOK.rules if rule.id not in rulebook().by_id)
LEDGER = ledger_of(RULEBOOK, PROTOCOL.ledger)
LENGTHS = {"R1": 16, "R2": 18, "R3": 4, "R4": 10, "R5": 14, "R6": 19, "R7": 35}
FIRST = {"R5": 0}
ROWS = [f"{part}-{n:02}" for part, last in LENGTHS.items() for n in range(FIRST.get(part, 1), last + 1)]
NEARLY_EVERY = 0.95


def test_every_row_of_the_procedure_stands_in_the_ledger_once_and_in_its_order() -> None:
    """The rows are those numbered for the procedure; section 5 begins with the open clause before its list."""
    assert [row.row for row in PROTOCOL.ledger] == ROWS


def test_no_row_is_without_a_standing() -> None:
    """Each is encoded by a rule, national or local, or the ledger says how else it stands and why."""
    assert [row.id for row in LEDGER.rows if row.standing is RowStanding.UNACCOUNTED] == []


def test_no_row_is_both_encoded_and_explained_away() -> None:
    """A standing written down while a rule encodes the row would be read by nobody, and would be wrong."""
    assert [r.id for r in LEDGER.rows if r.standing is RowStanding.ENCODED and r.source.standing] == []


def test_no_rule_is_without_a_row() -> None:
    """Each of the protocol's rules names rows of its own ledger and no others."""
    known = {row.row for row in PROTOCOL.ledger}
    assert [rule.id for rule in LOCAL if not set(rule.law.rows) <= known] == []
    assert LEDGER.elsewhere == ledger_of(rulebook(), (*rulebook().ledger, *PROTOCOL.ledger)).elsewhere


def test_a_row_that_asks_something_is_encoded_only_by_rules_that_say_how_it_stands() -> None:
    """A status that prepares an answer, or a conflict in the facts, encodes no duty by naming it."""
    for row in LEDGER.rows:
        naming = [rule for rule in RULEBOOK.rules if row.id in rule.law.rows]
        saying = [r for r in naming if not isinstance(r, Conflict) and not (isinstance(r, Status) and not r.reported)]
        assert (row.standing is RowStanding.ENCODED) is bool(saying if row.binding else naming), row.id


def test_nearly_every_row_that_says_must_should_or_may_is_encoded() -> None:
    """At least 95 in a hundred: for the others the ledger gives the reason."""
    assert share(LEDGER) >= NEARLY_EVERY


def test_a_row_that_repeats_another_repeats_one_that_is_encoded() -> None:
    """The Handbook's, where the procedure asks the same."""
    national = {row.id: row for row in ledger_of(RULEBOOK, rulebook().ledger).rows}
    repeated = [row for row in LEDGER.rows if row.source.same_as]
    assert [row.id for row in repeated] == ["R4-04"]
    assert all(national[row.source.same_as].standing is RowStanding.ENCODED for row in repeated)
