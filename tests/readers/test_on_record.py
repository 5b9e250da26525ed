"""A look-up of what is on record is answered by the record alone, whatever the record covers, by every reader."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest

from iro_rules.facts import Case, Coverage, ReviewHeld, ReviewPlanned
from iro_rules.rulebook import Absent, Present, fact, seek
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Derive, Judge
from iro_rules.rulebook.terms import Pattern, Standing
from iro_rules.testing.random_rules import term_table
from iro_rules.testing.saved import Situation
from tests.readers.agreement import READERS, agrees, answer

HELD = fact("review_held")


def situation(*covered: str, on_record: bool) -> Situation:
    """Two reviews, only one of which was planned; a row is made of each that was not, and each is judged."""
    plan = seek("plan", fact("review_planned"), "review", on_record=on_record)
    core = order(
        [
            Derive(rule="made", kind="unplanned", trigger=HELD, lookups=(plan,), when=(Absent("plan"),)),
            Judge(rule="of-the-made", trigger=Pattern("unplanned"), otherwise=Standing.CONFLICT),
            Judge(
                rule="of-each", trigger=HELD, lookups=(plan,),
                verdicts=(((Present("plan"),), Standing.KEPT),), otherwise=Standing.BREACHED,
            ),
        ],
        terms=term_table(),
    )  # fmt: skip
    facts = (
        ReviewHeld("2026-02-10", id="one", review="1"),
        ReviewHeld("2026-02-20", id="two", review="2"),
        ReviewPlanned("2026-02-01", id="plan", review="1", planned_for=pendulum.Date(2026, 2, 10)),
    )
    case = Case("c", facts, coverage=Coverage.only(*covered))
    return Situation(core=core, case=case, related={}, as_of=date(2026, 3, 2))


def stands(asked: Situation) -> dict[str, str]:
    """How each verdict stands."""
    return {verdict.id: verdict.standing for verdict in answer(asked)}


def test_what_is_not_on_record_is_known_whatever_the_record_covers() -> None:
    """Of the second review no plan is recorded; whether there was one is another question."""
    found = stands(situation("review_held", on_record=True))
    assert found == {"of-the-made:two": "conflict", "of-each:one": "kept", "of-each:two": "breached"}
    assert stands(situation("review_held", "review_planned", on_record=True)) == found


def test_whether_something_happened_is_not_known_where_the_record_does_not_cover_it() -> None:
    """The same look-up without `on_record`: nothing is made of the second review, and nothing said of it."""
    found = stands(situation("review_held", on_record=False))
    assert found == {"of-the-made:": "not_evaluable", "of-each:one": "kept", "of-each:two": "not_evaluable"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("covered", [(), ("review_held",), ("review_held", "review_planned")])
def test_every_reader_asks_the_record(reader: str, covered: tuple[str, ...]) -> None:
    """And what is made by what is on record is hidden only by what hides its trigger."""
    agrees(reader, situation(*covered, on_record=True))
    agrees(reader, situation(*covered, on_record=False))
