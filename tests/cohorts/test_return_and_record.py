"""What is said from a return is what the whole record says, of children whose record is without contradiction.

The same made-up children are written as event tables, in which everything is, and as a return of two years, which
holds episodes and reviews alone. So each answer from the return has one from the record to be held against.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iro_rules.assessment import setting
from iro_rules.cohorts import FactSource, ReadOptions, open_source
from iro_rules.engines.columnar import judge_table
from iro_rules.lab.synthetic import generate_cohort
from tests.cohorts.reading import read

AS_OF = date(2026, 3, 31)
REVIEWS = ("regulations.first-review", "regulations.second-review", "regulations.later-review")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the record and what the return say of reviews: `case`, `rule`, `due_on` and `standing`."""
    folder = tmp_path_factory.mktemp("both")
    for shape in ("parquet", "ssda903"):
        generate_cohort(folder / shape, cases=6_000, seed=8, count=3, shape=shape)
    record = open_source("events", folder / "parquet", ReadOptions(spool=folder / "a"))
    years = {"year": 2026, "last_year": folder / "ssda903" / "2025"}
    (folder / "b").mkdir()
    found = open_source("ssda903", folder / "ssda903" / "2026", ReadOptions(spool=folder / "b", more=years))
    contradictory = _contradictory(pl.read_parquet(folder / "parquet" / "events.parquet"))
    left, right = (_of_reviews(source, folder / name) for source, name in ((record, "a"), (found, "b")))
    return left.join(contradictory, on="case", how="anti"), right.join(contradictory, on="case", how="anti")


def _contradictory(events: pl.DataFrame) -> pl.DataFrame:
    """The children with a review recorded of a period of care that was over: a return tells it by its day alone."""
    of = pl.col("kind").cast(pl.String)
    ends = events.filter(of == "ceased_to_be_looked_after").select("case", "period", over="on")
    held = events.filter(of == "review_held").select("case", "period", "on")
    return held.join(ends, on=["case", "period"]).filter(pl.col("on") > pl.col("over")).select("case").unique()


def _of_reviews(source: FactSource, folder: Path) -> pl.DataFrame:
    part, where = read(source, spool=folder, cases_at_once=10**6), setting()
    found = judge_table(
        where.rulebook.core({}), events=part.events, cases=part.cases, as_of=AS_OF, calendar=where.calendar
    )  # fmt: skip
    named = found.select("case", pl.col("rule").cast(pl.String), "due_on", pl.col("standing").cast(pl.String))
    return named.filter(pl.col("rule").is_in(REVIEWS))


def test_what_a_return_shows_is_so(judged: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """Met, late, overdue, open or lapsed: the record says the same of the same child, rule and day."""
    record, found = judged
    known = found.filter(pl.col("standing") != "not_evaluable")
    wrong = known.join(record, on=["case", "rule", "due_on", "standing"], how="anti")
    assert wrong.rows() == []


def test_a_return_shows_each_kind_of_lateness_often(judged: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """Otherwise that what it shows is so would say little; later reviews that never came are among them."""
    often = {(rule, standing): n for rule, standing, n in judged[1].group_by("rule", "standing").len().iter_rows()}
    for rule, least in zip(REVIEWS, (10, 30, 200), strict=True):
        assert often.get((rule, "overdue"), 0) >= least, rule
        assert often.get((rule, "met_late"), 0) >= 100, rule
