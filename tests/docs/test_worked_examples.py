"""The pages of rules tell each rule in words, with examples that are the library's own answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.assessment import setting
from iro_rules.report.patterns import arises, met_by, pattern_words
from iro_rules.report.rules import shown_rules
from iro_rules.rulebook import KNOWN, UNKNOWN, Pattern, fact, has, more_than
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.worked import examples

ROOT = Path(__file__).resolve().parents[2]
SETTING = setting(unverified=True)
BOOK = SETTING.rulebook
WORKED = examples(SETTING, read_folder(ROOT / "tests" / "national" / "scenarios", {"": BOOK}.__getitem__))


def test_an_example_is_facts_a_day_and_the_answer() -> None:
    """First where somebody has something to do, with the deadline counted; then where all is well."""
    wanting, settled = WORKED["regulations.first-review"]
    assert wanting.words() == (
        "The child became looked after on Monday 5 January 2026. Asked on Tuesday 3 February 2026: **overdue**, due"
        " Monday 2 February 2026. 20 working days are allowed from Monday 5 January 2026, so until Monday 2 February"
        " 2026. Not counted: 8 weekend days."
    )
    assert settled.words().endswith("**met**, due Monday 2 February 2026.")


@pytest.mark.parametrize("rule", shown_rules(BOOK), ids=lambda rule: rule.id)
def test_every_national_rule_has_an_example(rule: object) -> None:
    """At least one, at most two."""
    found = WORKED[rule.id]  # type: ignore[attr-defined]
    assert 1 <= len(found) <= 2
    assert all("(fact" not in example.words() for example in found)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (fact("review_held"), "“review held”"),
        (
            fact("told", about="review", to=("iro", "child"), by="iro"),
            "“told” with by iro, to child or iro and about review",
        ),
        (fact("told", cc=has("iro_manager")), "“told” with cc with iro manager in it"),
        (fact("received", ref=KNOWN, document=UNKNOWN), "“received” with no document and a ref"),
        (fact("raised", window=more_than(7)), "“raised” with window above 7"),
        (Pattern("regulations.first-review/overdue"), "`regulations.first-review` is overdue"),
        (Pattern("regulations.first-review/met"), "`regulations.first-review` is met"),
        (Pattern("review.held"), "a review was held"),
    ],
)
def test_a_pattern_is_told_as_it_is_recorded(pattern: Pattern, words: str) -> None:
    """Kinds of facts stand in quotation marks; rows that rules make are told as what they say."""
    assert pattern_words(pattern, BOOK) == words


def test_a_rule_says_what_brings_it_about_and_what_meets_it() -> None:
    """A rule between cases, or about an arrangement, says so in its act."""
    assert arises(BOOK.by_id["handbook.court-documents"], BOOK).startswith("“received” with by legal department")
    assert met_by(BOOK.by_id["handbook.court-documents"], BOOK) == "“provided” with to iro and document court document"
    assert arises(BOOK.by_id["handbook.siblings-share-iro"], BOOK) == ""
    assert met_by(BOOK.by_id["handbook.independent-legal-advice"], BOOK) == ""
