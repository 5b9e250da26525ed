"""Whose a row is: empty rows, rounded numbers, and one child under two names."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from iro_rules.cohorts import Cohort, Part, ReadOptions, open_source
from iro_rules.cohorts.whose import alike
from iro_rules.facts import Coverage

EVENTS = "case,kind,when,period\na,became_looked_after,2026-01-05,\n"
EPISODES = "CHILD;DECOM;RNE;LS;CIN;PLACE;DEC;REC\r\na;05/05/2025;S;V2;N1;U4;;\r\n"


def _events(folder: Path, text: str, ending: str = "csv") -> tuple[Cohort, Part]:
    (folder / f"events.{ending}").write_text(text, encoding="utf-8")
    options = ReadOptions(spool=folder / "spool", coverage=Coverage.everything())
    return _one(Cohort.of([open_source("events", folder / f"events.{ending}", options)], spool=folder / "laid"))


def _return(folder: Path, text: str) -> tuple[Cohort, Part]:
    (folder / "in").mkdir()
    (folder / "in" / "episodes.csv").write_text(text, encoding="utf-8-sig", newline="")
    source = open_source("ssda903", folder / "in", ReadOptions(spool=folder / "spool", more={"year": 2026}))
    return _one(Cohort.of([source], spool=folder / "laid"))


def _one(cohort: Cohort) -> tuple[Cohort, Part]:
    (part,) = cohort.parts()
    return cohort, part


def _codes(part: Part) -> list[tuple[int, str]]:
    return part.rejects.select("row", "code").rows()


def test_an_empty_row_is_no_row_without_a_child(tmp_path: Path) -> None:
    """Spreadsheets leave rows of separators at the end, and lines of nothing: nothing needs doing about them."""
    _, part = _return(tmp_path, EPISODES + ";;;;;;;\r\n ; ;;;;;;\r\n;05/05/2025;S;V2;N1;U4;;\r\n\r\n")
    assert _codes(part) == [(3, "empty-row"), (4, "empty-row"), (5, "no-case"), (6, "empty-row")]
    _, part = _events(tmp_path, EVENTS + ",,,\n,born,2026-01-05,\n")
    assert _codes(part) == [(3, "empty-row"), (4, "no-case")]


def test_a_line_that_is_no_json_is_told_as_that(tmp_path: Path) -> None:
    """Whose it is cannot be told, and that is not what is wrong with it."""
    line = '{"case": "a", "kind": "became_looked_after", "when": "2026-01-05"}\n'
    _, part = _events(tmp_path, line + "a line cut o\n{}\n", "jsonl")
    assert part.rejects.select("row", "value", "code").rows() == [
        (2, "a line cut o", "bad-json"),
        (3, None, "empty-row"),
    ]


def test_a_number_that_a_spreadsheet_has_rounded_is_no_child(tmp_path: Path) -> None:
    """The rows of several children would become one child's."""
    rows = "1.23457E+11;05/05/2025;S;V2;N1;U4;;\r\n1.2e+5;05/05/2025;S;V2;N1;U4;;\r\n"
    cohort, part = _return(tmp_path, EPISODES + rows)
    assert _codes(part) == [(3, "rounded-case"), (4, "rounded-case")]
    assert part.cases["case"].to_list() == ["a"]
    cohort, part = _events(tmp_path, EVENTS + "9E+11,became_looked_after,2026-01-05,\n")
    assert _codes(part) == [(3, "rounded-case")]
    assert [span.cases for span in cohort.spans] == [1]


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["a", "b", "0", "10", "1.0E"], None),
        (["Ab1", "AB1", "c"], "2 cases differ .* different children: AB1 and Ab1"),
        (["007", "7", "7.0"], "3 cases differ .*: 007 and 7 and 7.0"),
        (["x 1", "x1"], "2 cases differ .*: x 1 and x1"),
        ([f"{letter}{n}" for n in range(5) for letter in "aA"], "10 cases differ .*: A0 and a0; .*; and 2 more"),
    ],
)
def test_children_who_may_be_one_are_named(ids: list[str], said: str | None) -> None:
    """They are not taken for one, and not passed over either."""
    notes = alike([pl.Series("case", ids[:1]), pl.Series("case", ids)])
    assert len(notes) == (said is not None)
    if said is not None:
        assert re.search(said, notes[0])


def test_a_cohort_says_which_children_may_be_one(tmp_path: Path) -> None:
    """Also where each stands in a source of its own."""
    (tmp_path / "return").mkdir()
    (tmp_path / "events").mkdir()
    cohorts = [
        _return(tmp_path / "return", EPISODES)[0],
        _events(tmp_path / "events", EVENTS.replace("\na,", "\nA,"))[0],
    ]
    both = Cohort.of([source for one in cohorts for source in one.sources], spool=tmp_path / "laid")
    assert both.notes[-1].endswith("taken for different children: A and a")
    assert not any("different children" in note for note in cohorts[0].notes)
