"""A row that could not be read may have been the fact that is missed: its absence is then no evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iro_rules import assess_cohort
from iro_rules.cohorts import Cohort, Part, ReadOptions, open_source
from iro_rules.cohorts.coverage import coverage_in, covered_by
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import KINDS, names_of
from tests.cohorts.returns import episode, header, review, write_csv

CASES = "case,subject,coverage\na,child,everything\nb,child,everything\n"
EVENTS = "case,kind,when,review,period\na,became_looked_after,2026-01-05,,1\nb,became_looked_after,2026-01-05,,1\n"


def _part(folder: Path, *sources: tuple[str, Path, dict[str, object]], coverage: Coverage | None = None) -> Part:
    opened = [
        open_source(name, path, ReadOptions(spool=folder / f"spool-{n}", coverage=coverage, more=more))
        for n, (name, path, more) in enumerate(sources)
    ]
    (part,) = Cohort.of(opened, spool=folder / "laid").parts()
    return part


def _events(folder: Path, *rows: str, cases: str | None = CASES) -> tuple[str, Path, dict[str, object]]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.csv").write_text(EVENTS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    if cases is not None:
        (folder / "cases.csv").write_text(cases, encoding="utf-8")
    return "events", folder, {}


def _return(folder: Path, *reviews: tuple[str, str]) -> tuple[str, Path, dict[str, object]]:
    episodes = [episode(child, "05/05/2025", "S") for child in ("a", "b")]
    tables = {"episodes": episodes, "header": header("a", "b"), "reviews": [review(*one) for one in reviews]}
    return "ssda903", write_csv(folder, tables), {"year": 2026}


def _missing(part: Part) -> dict[str, set[str]]:
    """Of each case the kinds its record does not cover."""
    return {case: set(KINDS) - set(names_of(bits)) for case, bits in part.cases.select("case", "covered").iter_rows()}


def _standing(part: Part, rule: str) -> dict[str, str]:
    found = assess_cohort(part.events, part.cases, as_of="2026-03-31")
    one = found.filter(pl.col("rule") == rule).select("case", pl.col("standing").cast(pl.String))
    return dict(one.iter_rows())


def test_a_review_whose_date_cannot_be_read_makes_no_review_overdue(tmp_path: Path) -> None:
    """Of the child it is about nothing can be told of reviews; of the others everything can."""
    part = _part(tmp_path, _return(tmp_path / "return", ("a", "30-05-25"), ("b", "30/05/2025")))
    assert part.rejects["code"].to_list() == ["bad-date"]
    assert "review_held" in _missing(part)["a"]
    assert "review_held" not in _missing(part)["b"]
    assert _standing(part, "regulations.first-review") == {"a": "not_evaluable", "b": "met"}


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ("a,review_held,2026-02-30,r1,1", {"review_held"}),
        ("a,review_held,,r1,1", {"review_held"}),
        ("a,review_held,2026-01-20,,1", {"review_held"}),
        ("a,review_helt,2026-01-20,r1,1", set(KINDS)),
        ("a,review_held,2026-01-20,r1,1,more", {"review_held"}),
        ("a,became_looked_after,2026-01-05,,1", set()),
        ("zz,review_held,2026-02-30,r1,1", set()),
    ],
)
@pytest.mark.parametrize("told", ["in a table of cases", "for everyone"])
def test_an_event_that_cannot_be_read_takes_its_kind_out_of_the_record(
    tmp_path: Path, row: str, lost: set[str], told: str
) -> None:
    """All kinds where its own is not known; none for a row that says again what another says, or of an unknown case."""
    for_everyone = told == "for everyone"
    source = _events(tmp_path / "events", row, cases=None if for_everyone else CASES)
    part = _part(tmp_path, source, coverage=Coverage.everything() if for_everyone else None)
    assert len(part.rejects) == 1
    found = _missing(part)
    assert (found["a"], found["b"]) == (lost, set())


def test_what_one_source_could_not_read_another_may_cover(tmp_path: Path) -> None:
    """The council's own table holds every review, so the return's unreadable one is not missed."""
    events = _events(tmp_path / "events", "a,review_held,2025-05-30,r1,1")
    unread = _return(tmp_path / "return", ("a", "30-05-25"))
    assert "review_held" not in _missing(_part(tmp_path / "one", unread, events))["a"]
    assert "review_held" in _missing(_part(tmp_path / "two", unread))["a"]


def _of_one(part: Part, kind: str) -> str:
    """Of case a: whether a kind is covered whole, from which day on, or not at all."""
    (covered,) = (one for case, one in zip(part.cases["case"], covered_by(part.cases), strict=True) if case == "a")
    return "whole" if kind in covered.kinds else str(dict(covered.since).get(kind, "no"))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("review_held", "review_held>=2025-04-01", "whole"),
        ("review_held>=2025-04-01", "everything", "whole"),
        ("review_held>=2025-04-01", "review_held>=2024-04-01", "2024-04-01"),
        ("review_held>=2025-04-01", "born", "2025-04-01"),
        ("nothing", "everything review_held>=2025-04-01", "2025-04-01"),
        ("nothing", "born", "no"),
    ],
)
@pytest.mark.parametrize("told", ["in a table of cases", "for everyone", "in both ways"])
def test_several_sources_cover_what_any_of_them_does(
    tmp_path: Path, one: str, other: str, together: str, told: str
) -> None:
    """Whole where one holds all of a kind, or else from the earliest day of any: each is whole from its own day on."""
    ways = {"in a table of cases": (1, 1), "for everyone": (0, 0), "in both ways": (0, 1)}[told]
    sources = []
    for number, (said, listed) in enumerate(zip((one, other), ways, strict=True)):
        cases = f"case,coverage\na,{said}\nb,nothing\n" if listed else None
        name, path, more = _events(tmp_path / str(number), "a,review_held,2026-01-20,r1,1", cases=cases)
        coverage = None if listed else coverage_in(said)
        options = ReadOptions(spool=tmp_path / f"spool{number}", more=more, coverage=coverage)
        options.spool.mkdir()
        sources.append(open_source(name, path, options))
    (part,) = Cohort.of(sources, spool=tmp_path / "laid").parts()
    assert _of_one(part, "review_held") == together


def test_a_source_that_could_not_read_a_row_gives_no_first_day(tmp_path: Path) -> None:
    """Neither whole nor from a day on; what another source covers stands."""
    cases = "case,coverage\na,review_held>=2025-04-01\nb,nothing\n"
    unread = _events(tmp_path / "1", "a,review_held,2026-02-30,r1,1", cases=cases)
    sound = _events(tmp_path / "2", "a,review_held,2026-02-20,r1,1", cases=cases)
    assert _of_one(_part(tmp_path / "one", unread), "review_held") == "no"
    assert _of_one(_part(tmp_path / "two", sound), "review_held") == "2025-04-01"
    assert _of_one(_part(tmp_path / "both", unread, sound), "review_held") == "2025-04-01"


def test_a_source_that_ends_before_the_day_asked_about_says_so(tmp_path: Path) -> None:
    """A return knows nothing of what came after its year; asked about its last day it has nothing to add."""
    name, path, more = _return(tmp_path / "return", ("a", "30/05/2025"))
    source = open_source(name, path, ReadOptions(spool=tmp_path / "spool", more=more))
    assert source.asked(date(2026, 3, 31)).notes == source.notes
    (said,) = set(source.asked(date(2026, 4, 1)).notes) - set(source.notes)
    assert said == "it ends on 2026-03-31: what is told as overdue may have been done between then and 2026-04-01"
