"""Facts, days and numbers in plain words."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from iro_rules import Registry
from iro_rules.assessment.words import ARTICLES, MISSING, SAYINGS, a_day, counted, listed, one, tell, what_is_missing
from iro_rules.facts import Decided, MeetingPlanned, Raised, Received, Related, Told
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.testing.random_cases import MadeUpStage
from tests.assessment.made import day

VALUES: dict[str, Any] = {"key": "k-1", "date": "2026-03-10", "int": 3, "text": "\x1b[31mreasons"}


def said(role: str) -> str:
    """A role in words, for a test."""
    return f"<{role}>"


def made(kind: str, *, full: bool) -> Any:
    """A fact of a kind with every field, or with only those it needs."""
    values: dict[str, Any] = {}
    for name, attribute in plain_fields(KINDS[kind]).items():
        if not full and attribute.default is not attrs.NOTHING:
            continue
        holds, vocabulary = attribute.metadata["kind"], attribute.metadata.get("vocabulary", "")
        if holds in ("term", "terms"):
            term = next(iter(MadeUpStage if vocabulary == "stage" else VOCABULARIES[vocabulary]))
            values[name] = term if holds == "term" else [term]
        else:
            values[name] = VALUES[holds]
    return KINDS[kind]("2026-03-02", id="f-1", **values)


def test_every_kind_of_fact_has_words() -> None:
    """There is a saying for each kind and none for anything else."""
    assert set(SAYINGS) == set(KINDS)
    assert set(ARTICLES) <= set(KINDS)


@pytest.mark.parametrize("full", [True, False], ids=["every field", "only what is needed"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_fact_is_told_in_words_with_its_day_and_its_id(kind: str, full: bool) -> None:
    """No blank is left in the sentence, no underscore, no free text; the fact can be found by its id."""
    fact = made(kind, full=full)
    words = tell(fact, said)
    assert words.endswith("on Monday 2 March 2026 (fact f-1)")
    assert "None" not in words
    assert "{" not in words
    assert "  " not in words
    assert ": on" not in words
    assert "_" not in words.replace("made_up_first", "").replace("<local_authority>", "")
    assert "reasons" not in words
    assert "\x1b" not in words


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_saying_uses_only_fields_its_kind_has(kind: str) -> None:
    """A misspelt field of a saying is found here, not by a social worker."""
    made_here = {"what", "outcome", "whose", "post", "lasting", "how", "on", "chaired"}
    used = {field for _, field, _, _ in string.Formatter().parse(SAYINGS[kind]) if field}
    assert used - made_here <= set(plain_fields(KINDS[kind]))


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            Told(
                "2026-01-05", by="iro", to="social_worker", about="dispute", cc=("iro_manager", "team_manager"), id="a"
            ),
            "<iro> told <social_worker> about: dispute, with a copy to <iro_manager> and <team_manager>"
            " on Monday 5 January 2026 (fact a)",
        ),
        (
            MeetingPlanned("2026-01-05", meeting="case_discussion", planned_for=day("2026-01-07"), id="a"),
            "a case discussion was arranged for Wednesday 7 January 2026 on Monday 5 January 2026 (fact a)",
        ),
        (
            Raised(datetime(2026, 7, 1, 8, 5, tzinfo=UTC), by="iro", about="iro_details", dispute="d 1", id="a"),
            "<iro> raised an iro details, d 1 on Wednesday 1 July 2026 at 09:05 (fact a)",
        ),
        (
            Decided("2026-01-05", by="iro", about="cafcass_referral", result="do_not_refer", reasons="Why.", id="a"),
            "<iro> came to a decision on: cafcass referral (do not refer) on Monday 5 January 2026 (fact a)",
        ),
        (
            Received("2026-01-05", by="iro", document="court_document", id="a"),
            "<iro> received a court document on Monday 5 January 2026 (fact a)",
        ),
        (
            Received("2026-01-05", by="iro", about="legal_query", id="a"),
            "<iro> received word about: legal query on Monday 5 January 2026 (fact a)",
        ),
        (
            Received("2026-01-05", by="iro", id="a"),
            "<iro> received something that is not named on Monday 5 January 2026 (fact a)",
        ),
        (
            Related("2026-01-05", relation="sibling", child="c 2", id="a"),
            "case c 2 was recorded as that of a sibling on Monday 5 January 2026 (fact a)",
        ),
    ],
)
def test_facts_are_told_so(fact: Any, words: str) -> None:
    """Who, what, to whom, with copies, when, and by which fact."""
    assert tell(fact, said) == words


def test_whatever_can_be_missing_has_words() -> None:
    """A kind of fact by its name, anything else by a phrase of its own."""
    for name in BITS:
        words = what_is_missing((name,))
        assert "_" not in words
        assert words == MISSING[name] if name not in KINDS else name.replace("_", " ") in words
    assert what_is_missing(("told", "time of day")) == (
        "facts of the kind “told” and the time of day that would decide it"
    )


def test_numbers_lists_and_days_are_said_as_people_say_them() -> None:
    """One day, two days; one, two and three; the weekday before the day; the time where there is one."""
    assert [counted(n, "working days") for n in (0, 1, 2)] == ["0 working days", "1 working day", "2 working days"]
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(("a", "b"), "or") == "a or b"
    assert [one("plan"), one("annual report")] == ["a plan", "an annual report"]
    assert a_day(date(2026, 3, 2)) == "Monday 2 March 2026"


def test_the_terms_of_every_installed_protocol_can_be_told() -> None:
    """A protocol's own words have no character that a sentence cannot hold."""
    for protocol in Registry.discover().protocols:
        for _, family in protocol.vocabulary:
            assert all(term.value.replace("_", " ").isprintable() for term in family)
