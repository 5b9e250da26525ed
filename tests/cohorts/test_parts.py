"""What every reader hands over: parts that are whole by case, and rows that are all accounted for."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iro_rules.cohorts import Cohort, Count, FactSource, Part, layout, rejects_schema
from iro_rules.cohorts.parts import explained
from iro_rules.cohorts.sources import Tables
from iro_rules.engines.columnar import cases_schema, events_schema
from iro_rules.errors import CaseError
from iro_rules.facts import Coverage

COVERAGE = Coverage.only("related", "appointed", "ended")


def _part(tables: Tables, ids: pl.Series) -> Part:
    rows = tables.get("t", pl.DataFrame(schema={"case": pl.String, "row": pl.Int64}))
    bad = rows.filter(~pl.col("case").is_in(ids.implode()) | pl.col("case").is_null())
    schema = events_schema()
    used = rows.join(bad, on="row", how="anti")
    given = [pl.col(name).cast(schema[name]) for name in used.columns if name in schema]
    events = pl.concat([pl.DataFrame(schema=schema), used.select(given)], how="diagonal")
    told = explained(
        bad.select("row", table=pl.lit("t"), case=None, field=pl.lit("case"), value="case", code=pl.lit("bad-case"))
    )
    cases = pl.DataFrame({"case": ids}).with_columns(subject=pl.lit("child"), covered=pl.lit(0, pl.Int64))
    return Part(events.sort("case", "id"), cases, told, told.clear(), {"t": Count(len(rows), len(used))})


def _source(rows: pl.LazyFrame) -> FactSource:
    wanted = ["related", "appointed", "ended"]
    return FactSource(
        name="throw-away",
        tables={"t": rows},
        to_part=_part,
        coverage=COVERAGE,
        everyone=COVERAGE,
        neighbourly=lambda tables: {"t": tables["t"].filter(pl.col("kind").is_in(wanted))},
        shown_by={"appointed": "the table t"},
    )


def _rows(order: int) -> pl.DataFrame:
    rows = pl.DataFrame(
        {
            "case": [f"c{n // 3:02}" for n in range(60)] + ["", "?"],
            "id": [f"f{n:02}" for n in range(62)],
            "kind": ["appointed", "related", "born"] * 20 + ["born", "born"],
            "on": ["2026-01-05"] * 62,
            "role": ["iro", None, None] * 20 + [None, None],
            "person": ["p", None, None] * 20 + [None, None],
            "relation": [None, "sibling", None] * 20 + [None, None],
            "child": [None, "c03", None] * 20 + [None, None],
        }
    ).with_row_index("row", offset=2)
    rows = rows.with_columns(pl.col("row").cast(pl.Int64), pl.col("on").str.to_date())
    return rows.sample(fraction=1, shuffle=True, seed=order) if order else rows


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize("cases_at_once", [1, 7, 20, 100])
def test_the_parts_together_hold_every_row_once(tmp_path: Path, order: int, cases_at_once: int) -> None:
    """In whatever order the rows come and however the cases are parted; rows without a usable case are told."""
    path = tmp_path / "t.parquet"
    _rows(order).write_parquet(path)
    cohort = Cohort.of([_source(pl.scan_parquet(path))], spool=tmp_path / "spool", cases_at_once=cases_at_once)
    parts = list(cohort.parts())
    assert [span.cases for span in cohort.spans] == [len(part.cases) for part in parts]
    assert max(span.cases for span in cohort.spans) <= cases_at_once
    events = pl.concat(part.events for part in parts)
    assert events["id"].to_list() == [f"f{n:02}" for n in range(60)]
    assert events.filter(pl.col("kind") == "appointed")["period"].unique().to_list() == ["1"]
    assert events.filter(pl.col("kind") == "born")["period"].null_count() == 20
    rejects = pl.concat(part.rejects for part in parts)
    assert sorted(rejects["row"]) == [62, 63]
    assert sum(part.rows_in for part in parts) == 62 == sum(part.rows_used for part in parts) + len(rejects)
    again = cohort.read(cohort.spans[-1])
    assert again.events.equals(parts[-1].events)


@pytest.mark.parametrize(
    ("rows", "cases", "sizes"), [(1000, 99, [20]), (31, 99, [10, 10]), (16, 99, [5] * 4), (31, 3, [3] * 6)]
)
def test_a_part_is_as_large_as_its_rows_allow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, cases: int, sizes: list[int]
) -> None:
    """Of 62 rows of 20 cases; where a case has few rows, a most number of cases is what counts."""
    monkeypatch.setattr(layout, "ROWS_AT_ONCE", rows)
    cohort = Cohort.of([_source(_rows(0).lazy())], spool=tmp_path / "spool", cases_at_most=cases)
    assert [span.cases for span in cohort.spans][: len(sizes)] == sizes
    assert sum(span.cases for span in cohort.spans) == 20


def test_neighbours_are_the_named_cases_and_who_was_appointed_there(tmp_path: Path) -> None:
    """Small, and the same however the cases are parted."""
    cohort = Cohort.of([_source(_rows(0).lazy())], spool=tmp_path, cases_at_once=4)
    events, cases = cohort.neighbours()
    assert events["id"].to_list() == ["f09"]
    assert cases["case"].to_list() == ["c03"]
    assert cases["covered"].to_list() != [0]


def test_a_source_without_rows_is_one_empty_part(tmp_path: Path) -> None:
    """There is always a part to tell that nothing was found."""
    cohort = Cohort.of([_source(_rows(0).clear().lazy())], spool=tmp_path)
    assert [len(part.cases) for part in cohort.parts()] == [0]
    assert [len(table) for table in cohort.neighbours()] == [0, 0]


def test_a_reader_that_loses_a_row_is_refused() -> None:
    """Rows in are rows used and rows set aside, or there is no part."""
    told = pl.DataFrame(schema=rejects_schema())
    with pytest.raises(CaseError, match="lost count"):
        Part(pl.DataFrame(schema=events_schema()), pl.DataFrame(schema=cases_schema()), told, told, {"t": Count(2, 1)})


def test_what_would_show_a_kind_is_said(tmp_path: Path) -> None:
    """By the source, or else as rows of an event table."""
    cohort = Cohort.of([_source(_rows(0).lazy())], spool=tmp_path)
    assert cohort.would_show("appointed") == "the table t"
    assert cohort.would_show("told") == "an event table with rows of kind told"


def test_only_what_can_be_sliced_is_read_in_place(tmp_path: Path) -> None:
    """A table that is joined or filtered on the way is written anew, or each part would do all of it again."""
    path = tmp_path / "t.parquet"
    _rows(0).slice(0, 60).write_parquet(path)
    plain = pl.scan_parquet(path)
    others = pl.LazyFrame({"person": ["p"], "team": ["t"]})
    for number, (frame, anew) in enumerate(
        [
            (plain, False),
            (plain.select("case", "row", "id", "kind", "on"), False),
            (plain.filter(pl.col("row") > 0), True),
            (plain.join(others, on="person", how="left", maintain_order="left"), True),
        ]
    ):
        spool = tmp_path / str(number)
        Cohort.of([_source(frame)], spool=spool, cases_at_once=4)
        assert spool.exists() is anew
