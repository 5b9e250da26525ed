"""A hypothetical case differs from the case in what was supposed, and says what that changes and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from iro_rules import Case, CaseError, Coverage, FieldError, assess
from iro_rules.facts import Appointed, ReviewHeld
from iro_rules.lab import what_if
from tests.lab.lab_help import AS_OF, child, dispute, under

FIRST = "regulations.first-review:start"
SECOND = "regulations.second-review:first"


def suppose(**options: Any) -> Any:
    """What changes in the small case."""
    return what_if(child(), as_of=AS_OF, protocol=under(), **options)


def test_the_two_answers_are_those_of_the_two_cases() -> None:
    """As if each had been asked about by itself."""
    found = suppose(move={"held": "2026-02-10"})
    later = Case("c1", [f if f.id != "held" else ReviewHeld("2026-02-10", id="held", review="first")
                        for f in child().facts], coverage=Coverage.everything())  # fmt: skip
    options: dict[str, Any] = {"as_of": AS_OF, "protocol": under(), "robustness": False}
    assert found.before == assess(child(), **options)
    assert found.after == assess(later, **options)


def test_a_review_held_later_is_late_and_moves_the_next() -> None:
    """The first was due on 2 February; the second is due three months after the first."""
    found = suppose(move={"held": "2026-02-10"})
    rows = {row["finding"]: row for row in found.frame().iter_rows(named=True)}
    assert (rows[FIRST]["standing_before"], rows[FIRST]["standing_after"]) == ("met", "met_late")
    assert (rows[SECOND]["due_before"], rows[SECOND]["due_after"]) == (date(2026, 5, 2), date(2026, 5, 10))
    assert {row["because"] for row in rows.values()} == {"held"}


def test_each_change_names_only_the_facts_that_make_it() -> None:
    """Two edits at once: the planned day has no part in whether the first review was in time."""
    found = suppose(move={"held": "2026-02-10"}, change={"plan": {"planned_for": "2026-05-04"}})
    assert found.because[FIRST] == ("held",)
    assert found.because["handbook.contact-before-review:second"] == ("plan",)


def test_where_only_two_facts_together_decide_both_are_named() -> None:
    """Either of two appointments meets the duty, so that it takes the loss of both to leave it open."""
    new = [Appointed("2026-01-06", role="iro", person=f"p{n}", id=f"iro{n}") for n in (1, 2)]
    case = attrs.evolve(child(), facts=[*child().facts, *new])
    found = what_if(case, as_of=AS_OF, protocol=under(), without=["iro1", "iro2", "plan"])
    assert found.because["act.appoint-iro:start"] == ("iro1", "iro2")


def test_a_fact_added_appears_and_a_fact_taken_away_goes() -> None:
    """The frame says which."""
    assert set(suppose(without=["held"]).frame()["change"]) >= {"goes", "changes"}
    added = suppose(add=[Appointed("2026-01-06", role="iro", person="p1", id="iro")]).frame()
    assert "act.monitor-authority:iro" in added.filter(change="appears")["finding"]


def test_nothing_supposed_changes_nothing() -> None:
    """And a fact that is there already is no supposition."""
    found = suppose(add=[child().facts[0]])
    assert not found
    assert found.edits == ()
    assert found.frame().is_empty()
    assert found.why() == "\nNothing would change."


def test_the_case_itself_stays_as_it_is() -> None:
    """Suppositions are made on a copy."""
    case = child()
    what_if(case, as_of=AS_OF, protocol=under(), without=["held"], move={"plan": "2026-02-20"})
    assert case == child()


def test_a_change_is_told_in_sentences() -> None:
    """What is supposed, how it is, and how it would be."""
    told = suppose(move={"held": "2026-02-10"}).why()
    assert told.startswith("Suppose review first was held on Tuesday 10 February 2026")
    assert f"{FIRST}, because of held:" in told
    assert "It is: The local authority must hold the first review" in told
    assert "It would be: The local authority must hold the first review" in told


def test_a_case_in_the_words_of_a_protocol_can_be_supposed_otherwise() -> None:
    """With everything a protocol adds."""
    found = what_if(dispute(), as_of=AS_OF, protocol="rochdale", without=["f36"])
    assert found.frame()["finding"].to_list() == ["handbook.court-documents:f36"]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"without": ["hold"]}, CaseError, "held, perhaps"),
        ({"move": {"nothing": "2026-01-01"}}, CaseError, "there is no such fact"),
        ({"move": {"held": "2026-02-30"}}, FieldError, "not a day that exists"),
        ({"change": {"plan": {"planned": "2026-05-04"}}}, CaseError, "planned_for, perhaps"),
        ({"change": {"plan": {"planned_for": 7}}}, FieldError, "planned_for"),
        ({"without": ["held"], "move": {"held": "2026-02-10"}}, CaseError, "edited in two ways"),
        ({"without": ["held", "held"]}, CaseError, "edited in two ways"),
        ({"add": [ReviewHeld("2026-02-10", id="held", review="x")], "without": ["held"]}, CaseError, "two ways"),
    ],
)
def test_what_cannot_be_supposed_is_refused(options: dict[str, Any], error: type[Exception], words: str) -> None:
    """With what would be right, and nothing judged."""
    with pytest.raises(error, match=words):
        suppose(**options)
