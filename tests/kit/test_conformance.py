"""The checks every package is held to fail where the package and what was set down apart from it differ."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import iro_rules_derby
from iro_rules.errors import RulebookError
from iro_rules.testing.conformance import conforms

DERBY = Path(__file__).resolve().parents[2] / "protocols" / "derby"
ROWS = [f"D-{n:02}" for n in range(1, 17)]


@pytest.fixture(name="law")
def _law(tmp_path: Path) -> Path:
    """A copy of what was set down of Derby's document, to be spoilt."""
    return Path(shutil.copytree(DERBY / "tests" / "law", tmp_path / "law"))


def checks(**options: Any) -> Any:
    """Derby's checks."""
    return conforms(iro_rules_derby, scenarios=DERBY / "scenarios", figures={}, **options)()


def spoil(law: Path, sound: str, spoilt: str) -> None:
    path = law / "derby.csv"
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, spoilt, 1), encoding="utf-8")


def test_a_rule_that_binds_otherwise_than_its_document_does_is_named(law: Path) -> None:
    """The modality set down is another than the rule's."""
    checks(law=law).test_the_law_is_as_the_document_says()
    spoil(law, ",should,", ",must,")
    with pytest.raises(AssertionError, match=r"derby\.[^:]*: .*should.*set down: .*must"):
        checks(law=law).test_the_law_is_as_the_document_says()


def test_a_line_about_no_rule_is_named(law: Path) -> None:
    """As when a rule was taken out, and what was set down of it stayed."""
    spoil(law, "\nderby.", "\nderby.gone,D-01,local_protocol,must,must,S,2014-01-01,,iro,,\nderby.")
    with pytest.raises(AssertionError, match=r"derby\.gone: nothing; set down:"):
        checks(law=law).test_the_law_is_as_the_document_says()


def test_a_rule_set_down_twice_is_refused(law: Path) -> None:
    """Neither line is taken in place of the other."""
    shutil.copy(law / "derby.csv", law / "again.csv")
    with pytest.raises(RulebookError, match="transcribed twice"):
        checks(law=law)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (ROWS[:-1], "the document does not have: D-16"),
        ([*ROWS, "D-17"], "the ledger leaves out: D-17"),
        (ROWS[::-1], "another order"),
    ],
)
def test_a_ledger_that_has_other_rows_than_the_document_fails(rows: list[str], words: str) -> None:
    """One left out, one made up, or another order."""
    checks(rows=ROWS).test_the_rows_are_those_of_the_document()
    with pytest.raises(AssertionError, match=words):
        checks(rows=rows).test_the_rows_are_those_of_the_document()


@pytest.mark.parametrize("check", ["test_the_rows_are_those_of_the_document", "test_the_law_is_as_the_document_says"])
def test_what_a_package_does_not_say_is_passed_over_aloud(check: str) -> None:
    """A package without a transcription or numbered rows is told so, and is held to the rest."""
    with pytest.raises(pytest.skip.Exception, match="conforms"):
        getattr(checks(), check)()


def test_a_figure_that_slipped_is_told_with_both_numbers() -> None:
    """A council reads what the rules say and what was set down, without opening either."""
    made = conforms(iro_rules_derby, scenarios=DERBY / "scenarios", figures={"derby.within": 5})()
    with pytest.raises(AssertionError, match=r"derby\.within: nothing; set down: 5"):
        made.test_the_figures_are_those_of_the_document()
