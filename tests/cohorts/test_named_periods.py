"""Which period of care a row belongs to: the one it names, the one begun last; and one that nobody knows is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iro_rules.cohorts import Cohort, Part, ReadOptions, open_source
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import BITS
from tests.cohorts.returns import episode, header, review, write_csv

HEAD = "case,kind,when,period,role,person,review\n"
OWN = Coverage.only("appointed", "ended", "review_held")


def _both(folder: Path, *rows: str) -> Part:
    """A return of two children, the second in care for years, with a council's own events."""
    episodes = [episode("a", "05/05/2025", "S"), episode("b", "07/01/2020", "S")]
    tables = {"episodes": episodes, "reviews": [review("a", "02/06/2025")], "header": header("a", "b")}
    (folder / "own.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    options = ReadOptions(spool=folder / "spool", coverage=OWN, more={"year": 2026})
    sources = [open_source("ssda903", write_csv(folder / "in", tables), options)]
    sources.append(open_source("events", folder / "own.csv", options))
    (part,) = Cohort.of(sources, spool=folder / "laid").parts()
    return part


def _covers(part: Part, case: str) -> list[str]:
    bits = dict(part.cases.select("case", "covered").iter_rows())[case]
    return sorted(kind for kind in OWN.kinds if bits & BITS[kind])


def test_a_period_that_nobody_knows_is_told_and_makes_nothing_overdue(tmp_path: Path) -> None:
    """A return calls periods by their days; an appointment in a period called 1 is joined to nothing."""
    part = _both(tmp_path, "a,appointed,2025-05-06,1,iro,x,", "b,appointed,2025-05-06,2020-01-07,iro,x,")
    told = part.notices.select("table", "case", "field", "value", "code").rows()
    assert told == [("events", "a", "period", "1", "unknown-period")]
    assert _covers(part, "a") == ["ended", "review_held"]
    assert _covers(part, "b") == sorted(OWN.kinds)


@pytest.mark.parametrize(
    "rows",
    [
        ["a,appointed,2025-05-06,2025-05-05,iro,x,", "a,appointed,2025-05-07,,iro,y,"],
        ["a,became_looked_after,2024-01-08,p0,,,", "a,appointed,2024-01-09,p0,iro,x,"],
        ["c,became_looked_after,2024-01-08,p0,,,", "c,appointed,2024-01-09,p1,iro,x,"],
    ],
)
def test_a_period_that_some_source_begins_is_known(tmp_path: Path, rows: list[str]) -> None:
    """The return's, the events' own; of a child whom the return does not have, the events alone say what there is."""
    part = _both(tmp_path, *rows)
    assert "unknown-period" not in part.notices["code"].to_list()
    assert "appointed" in _covers(part, rows[0][0])


def test_an_iro_named_before_care_begins_is_of_the_period_to_come(tmp_path: Path) -> None:
    """Children come into care as planned; it had been called overdue that nobody was appointed."""
    part = _both(tmp_path, "a,appointed,2025-05-01,,iro,x,", "a,ended,2025-05-02,,iro,x,")
    own = part.events.filter(pl.col("kind").cast(pl.String).is_in(["appointed", "ended"]))
    assert own["period"].cast(pl.String).to_list() == ["2025-05-05"] * 2


def test_rows_without_a_period_belong_to_the_one_begun_last_in_one_source_too(tmp_path: Path) -> None:
    """Where the starts name their periods; where nobody names any, all are one."""
    starts = "a,became_looked_after,2024-01-08,p1,,,\na,became_looked_after,2025-05-05,p2,,,\n"
    rest = "a,appointed,2023-12-30,,iro,w,\na,review_held,2024-01-30,,,,r1\na,review_held,2025-06-02,,,,r2\n"
    for number, (text, periods) in enumerate(
        [
            (starts + rest, ["p1", "p1", "p2"]),
            (rest, ["1", "1", "1"]),
            (starts + rest.replace(",,,,r2", ",p1,,,r2"), ["p1"] * 3),
        ]
    ):
        path = tmp_path / f"own-{number}.csv"
        path.write_text(HEAD + text, encoding="utf-8")
        options = ReadOptions(spool=tmp_path / f"spool-{number}", coverage=Coverage.everything())
        (part,) = Cohort.of([open_source("events", path, options)], spool=tmp_path / f"laid-{number}").parts()
        others = part.events.filter(pl.col("kind").cast(pl.String) != "became_looked_after").sort("on")
        assert others["period"].cast(pl.String).to_list() == periods
        assert part.events["id"].is_sorted()
