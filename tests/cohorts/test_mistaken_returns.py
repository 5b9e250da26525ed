"""Returns with the mistakes people make: of another year, of the same child twice, with days that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iro_rules import assess_cohort
from iro_rules.cohorts import Cohort, FactSource, Part, ReadOptions, open_source
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import BITS
from tests.cohorts.reading import told
from tests.cohorts.returns import Row, episode, header, review, write_csv

OF_2025 = [review("a", "20/06/2024"), review("a", "10/12/2024")]
OF_2026 = [review("a", "02/06/2025"), review("a", "10/11/2025")]


def _folder(folder: Path, reviews: list[Row], *episodes: Row) -> Path:
    rows = list(episodes) or [episode("a", "05/05/2024", "S")]
    return write_csv(folder, {"episodes": rows, "reviews": reviews, "header": header("a", "b")})


def _opened(folder: Path, name: str, reviews: list[Row], *episodes: Row, **more: object) -> FactSource:
    extracted = more.pop("extracted", None)
    options = ReadOptions(spool=folder / f"spool-{name}", more={"year": 2026, **more}, extracted=extracted)  # type: ignore[arg-type]
    return open_source("ssda903", _folder(folder / name, reviews, *episodes), options)


def _read(folder: Path, reviews: list[Row], *episodes: Row, **more: object) -> Part:
    (part,) = Cohort.of([_opened(folder, "this", reviews, *episodes, **more)], spool=folder / "laid").parts()
    return part


def _standings(part: Part, rule: str) -> list[tuple[str, str]]:
    found = assess_cohort(part.events, part.cases, as_of="2026-03-31").filter(pl.col("rule") == rule)
    return found.select("case", pl.col("standing").cast(pl.String)).rows()


@pytest.mark.parametrize(
    ("this", "last", "words"),
    [
        (OF_2025, None, r"the collection year 2025/26 .*2024-06-20 to 2024-12-10"),
        (OF_2026, OF_2026, r"last: the reviews are not of the collection year 2024/25 .*2025-06-02 to 2025-11-10"),
        (OF_2025, OF_2026, r"this: the reviews are not of the collection year 2025/26"),
        ([review("a", "02/06/2026")], None, r"the collection year 2025/26 .*2026-06-02'"),
    ],
)
def test_a_return_of_another_year_is_refused(
    tmp_path: Path, this: list[Row], last: list[Row] | None, words: str
) -> None:
    """Last year's given as this year's, this year's as last year's, the two swapped, next year's."""
    more = {} if last is None else {"last_year": _folder(tmp_path / "last", last)}
    with pytest.raises(CaseError, match=words):
        _opened(tmp_path, "this", this, **more)


def test_one_return_is_not_taken_for_two_years(tmp_path: Path) -> None:
    """Its reviews of the year before would be missed: the first review held in the year would be called late."""
    folder = _folder(tmp_path / "this", [])
    options = ReadOptions(spool=tmp_path / "spool", more={"year": 2026, "last_year": f"{folder}/../this"})
    with pytest.raises(CaseError, match="this year's return was given as last year's, too"):
        open_source("ssda903", folder, options)


def test_early_in_a_year_no_review_of_it_need_be_there(tmp_path: Path) -> None:
    """An extract of April may hold reviews of before alone; that is said. Wrong days beside right ones matter not."""
    early = _opened(tmp_path, "early", OF_2025, extracted=date(2025, 4, 5))
    assert "is this the return of another year?" in early.notes[1]
    assert len(_opened(tmp_path, "mixed", [*OF_2025, *OF_2026, review("a", "02/06/2026")]).notes) == 1


def test_last_years_files_know_nothing_of_this_year(tmp_path: Path) -> None:
    """What is dated after the end of its year is set aside there, and counts where this year's files say it too."""
    last = _folder(
        tmp_path / "last", [*OF_2025, OF_2026[0]], episode("a", "05/05/2024", "S"), episode("b", "01/05/2025", "S")
    )
    part = _read(tmp_path, OF_2026, last_year=last)
    assert [one for one in told(part) if one[4] == "future-date"] == [
        ("episodes_last_year", 3, "b", "DECOM", "future-date"),
        ("reviews_last_year", 4, "a", "REVIEW", "future-date"),
    ]
    assert part.events.filter(kind="review_held")["on"].to_list() == [
        date(2024, 6, 20), date(2024, 12, 10), date(2025, 6, 2), date(2025, 11, 10)
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["02/06/2024", "05/05/2025", "04/05/2025", "02/06/2026"])
def test_a_review_on_a_day_that_cannot_be_makes_no_review_overdue(tmp_path: Path, day: str) -> None:
    """Its day is mistyped, and the right one may have been in time: nothing is told of reviews until it is mended."""
    episodes = [episode("a", "05/05/2025", "S"), episode("b", "05/05/2025", "S")]
    part = _read(tmp_path, [review("a", day), review("b", "03/06/2025")], *episodes)
    assert len(part.rejects) == 1
    assert _standings(part, "regulations.first-review") == [("a", "not_evaluable"), ("b", "met")]


def test_a_review_after_care_ended_is_of_no_consequence_to_others(tmp_path: Path) -> None:
    """It is set aside, and the first review had been held in time."""
    left = episode("a", "05/05/2025", "S", dec="01/08/2025", rec="E4A")
    part = _read(tmp_path, [review("a", "02/06/2025"), review("a", "03/08/2025")], left)
    assert [code for table, *_, code in told(part) if table == "reviews"] == ["outside-care"]
    assert ("a", "met") in _standings(part, "regulations.first-review")


def test_two_episodes_of_one_day_are_not_one_row_twice(tmp_path: Path) -> None:
    """One says the child left; which of them is right cannot be told, so neither is used."""
    stays, left = episode("a", "05/05/2025", "S"), episode("a", "05/05/2025", "S", dec="20/05/2025", rec="E4A")
    for first, second in ((stays, left), (left, stays)):
        part = _read(tmp_path / str(first is stays), [review("a", "03/06/2025")], first, second)
        rows = [("episodes", row, "a", "DECOM", "same-day") for row in (2, 3)]
        assert [one for one in told(part) if one[0] == "episodes"] == rows
        assert {standing for _, standing in _standings(part, "regulations.first-review")} == {"not_evaluable"}
    again = _read(tmp_path / "again", [], left, {**left, "REC": "e4a", "CIN": "N2"})
    assert [code for table, *_, code in told(again) if table == "episodes"] == ["duplicate"]
    assert ("a", "lapsed") in _standings(again, "regulations.first-review")


@pytest.mark.parametrize("reason", ["S", "P"])
def test_an_episode_after_one_that_has_not_ended_is_told(tmp_path: Path, reason: str) -> None:
    """It is used; the day on which the earlier one ended is missing."""
    part = _read(tmp_path, [], episode("a", "05/05/2025", "S"), episode("a", "01/08/2025", reason))
    assert part.notices.select("table", "row", "field", "code").rows() == [("episodes", 3, "DECOM", "not-ended")]
    mistyped = episode("a", "05/05/2025", "S", dec="31/06/2025", rec="X1")
    part = _read(tmp_path / "typed", [], mistyped, episode("a", "30/06/2025", reason))
    assert "not-ended" not in part.notices["code"].to_list()


def test_a_row_without_a_review_says_that_none_was_held(tmp_path: Path) -> None:
    """Returns have such rows, with neither day nor code; a code without its day is of a review all the same."""
    episodes = [episode("a", "05/05/2025", "S"), episode("b", "05/05/2025", "S")]
    part = _read(tmp_path, [review("a", "", ""), review("b", "", "PN1")], *episodes)
    assert [(case, code) for _, _, case, _, code in told(part)] == [("a", "no-review"), ("b", "no-date")]
    assert _standings(part, "regulations.first-review") == [("a", "overdue"), ("b", "not_evaluable")]


def _xml(folder: Path, text: str, encoding: str = "utf-8") -> Part:
    folder.mkdir()
    (folder / "return.xml").write_text(text, encoding=encoding)
    options = ReadOptions(spool=folder / "spool", more={"year": 2026})
    (part,) = Cohort.of([open_source("ssda903", folder, options)], spool=folder / "laid").parts()
    return part


HEADER = "<HEADER><CHILDID>a</CHILDID><DOB>01/02/2012</DOB></HEADER>"
EPISODE = "<EPISODE><DECOM>05/05/2025</DECOM><RNE>S</RNE><LS>V2</LS><PL>U4</PL></EPISODE>"


def test_an_element_of_no_child_is_set_aside_and_not_lost(tmp_path: Path) -> None:
    """Rows in are rows used and rows set aside in XML, too."""
    child = f"<CHILD>{HEADER}{EPISODE}</CHILD>"
    part = _xml(
        tmp_path / "one", f"<EXPSSDA903>{EPISODE}{child}<AREVIEW><REVIEW>02/06/2025</REVIEW></AREVIEW></EXPSSDA903>"
    )
    assert told(part) == [("episodes", 1, None, "CHILD", "no-case"), ("reviews", 1, None, "CHILD", "no-case")]
    assert (part.rows_in, part.rows_used) == (4, 2)


def test_xml_that_is_no_return_is_refused(tmp_path: Path) -> None:
    """A page, a report, an empty return: nobody would be judged, and nobody would know why."""
    for number, text in enumerate(("<html><body/></html>", "<EXPSSDA903/>", "<EXPSSDA903><CHILD/></EXPSSDA903>")):
        with pytest.raises(CaseError, match=r"return\.xml: no child stands in the XML"):
            _xml(tmp_path / str(number), text)


def test_what_a_folder_has_beside_the_return_is_named(tmp_path: Path) -> None:
    """A table left as a workbook would be missed without a word."""
    folder = _folder(tmp_path / "this", OF_2026)
    (folder / "OC2.xlsx").touch()
    source = open_source("ssda903", folder, ReadOptions(spool=tmp_path / "spool", more={"year": 2026}))
    assert "not read, since they are neither CSV nor XML: OC2.xlsx" in source.notes


def test_a_return_without_any_review_is_told(tmp_path: Path) -> None:
    """A table that came out empty makes every review look as if it had not been held."""
    told_of = "the reviews of 2025/26 name no day: every review of it looks as if it was not held"
    assert told_of in _opened(tmp_path, "none", []).notes
    assert told_of in _opened(tmp_path, "wrong", [review("a", "summer")]).notes
    assert told_of not in _opened(tmp_path, "one", OF_2026).notes


@pytest.mark.parametrize(("status", "code"), [("C22", "unknown-code"), ("", "no-code")])
def test_a_legal_status_that_is_not_known_cuts_no_period_and_is_not_taken_for_none(
    tmp_path: Path, status: str, code: str
) -> None:
    """Care goes on, and what is owed with it; of the status alone nothing can be told."""
    chain = [episode("a", "05/05/2025", "S", dec="01/08/2025", rec="X1"), episode("a", "01/08/2025", "L", status)]
    part = _read(tmp_path, [review("a", "02/06/2025")], *chain)
    assert part.notices.select("row", "field", "code").rows() == [(3, "LS", code)]
    assert ("a", "overdue") in _standings(part, "regulations.second-review")
    covered = dict(part.cases.select("case", "covered").iter_rows())["a"]
    kinds = ("became_looked_after", "ceased_to_be_looked_after", "legal_status", "review_held")
    assert [kind for kind in kinds if not covered & BITS[kind]] == ["legal_status"]


def test_a_child_who_is_born_after_coming_into_care_has_no_age(tmp_path: Path) -> None:
    """Which of the two days is wrong cannot be told; what is owed of reviews does not hang on it."""
    births = [*header("a", dob="01/02/2026"), *header("b", dob="05/05/2025")]
    episodes = [episode(child, "05/05/2025", "S") for child in ("a", "b")]
    tables = {"episodes": episodes, "reviews": [review("a", "02/06/2025")], "header": births}
    folder = write_csv(tmp_path / "in", tables)
    source = open_source("ssda903", folder, ReadOptions(spool=tmp_path / "spool", more={"year": 2026}))
    (part,) = Cohort.of([source], spool=tmp_path / "laid").parts()
    assert told(part) == [("header", 2, "a", "DOB", "born-after")]
    assert part.events.filter(kind="born")["case"].to_list() == ["b"]
    assert [not covered & BITS["born"] for covered in part.cases["covered"]] == [True, False]
    assert _standings(part, "regulations.first-review") == [("a", "met"), ("b", "overdue")]


def test_a_review_with_another_date_of_birth_is_told(tmp_path: Path) -> None:
    """Two children may have been swapped; the review counts for the child it names."""
    swapped = {**review("b", "02/06/2025"), "DOB": "2015-01-31"}
    same = {**review("a", "02/06/2025"), "DOB": "2012-02-01"}
    episodes = [episode(child, "05/05/2025", "S") for child in ("a", "b")]
    part = _read(tmp_path, [same, swapped], *episodes)
    found = part.notices.select("table", "row", "case", "field", "value", "code").rows()
    assert found == [("reviews", 3, "b", "DOB", "2015-01-31", "birth-differs")]
    assert part.events.filter(kind="review_held")["case"].to_list() == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty, or its first line is"),
        ("\nHEAD\n", "the file is empty, or its first line is"),
        ("HEAD\rROW\r", "the lines end as on a Macintosh"),
        ("sep=,\nHEAD\nROW\n", "the first line says only what stands between values. Given: 'sep=,'"),
        ('HEAD\nROW\n"a,secret\n', "a quotation mark is opened, and not closed before the end of the file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words_of_ours(tmp_path: Path, text: str, words: str) -> None:
    """Without a stack, without what a programmer might try, and without what stands in a row."""
    folder = _folder(tmp_path / "in", OF_2026)
    head, row = (folder / "episodes.csv").read_text(encoding="utf-8").splitlines()[:2]
    (folder / "episodes.csv").write_text(text.replace("HEAD", head).replace("ROW", row), encoding="utf-8", newline="")
    options = ReadOptions(spool=tmp_path / "spool", more={"year": 2026})
    with pytest.raises(CaseError) as raised:
        Cohort.of([open_source("ssda903", folder, options)], spool=tmp_path / "laid")
    assert words in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)
