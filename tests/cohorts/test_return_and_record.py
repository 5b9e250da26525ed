"""What is said from a return or a dataset is what the whole record says, where that does not contradict itself.

The same made-up children are written as event tables, in which everything is; as a return of two years, which holds
episodes and reviews alone; and as tables of the dataset that go two years back. So each answer from one of the latter
has one from the record to be held against.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

from iro_rules.assessment import setting
from iro_rules.cohorts import FactSource, ReadOptions, open_source
from iro_rules.engines.columnar import judge_table
from iro_rules.lab.synthetic import generate_cohort
from tests.cohorts.reading import read

AS_OF = date(2026, 3, 31)
REVIEWS = ("regulations.first-review", "regulations.second-review", "regulations.later-review")


Judged = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What the record, the return and the dataset say of reviews: `case`, `rule`, `due_on` and `standing`."""
    folder = tmp_path_factory.mktemp("both")
    for shape in ("parquet", "ssda903"):
        generate_cohort(folder / shape, cases=6_000, seed=8, count=3, shape=shape)
    events = pl.read_parquet(folder / "parquet" / "events.parquet").with_columns(pl.col("kind").cast(pl.String))
    maps = _as_dataset(events, folder / "ssd")
    given: dict[str, tuple[str, Path, dict[str, Any]]] = {
        "record": ("events", folder / "parquet", {}),
        "return": (
            "ssda903", folder / "ssda903" / "2026", {"year": 2026, "last_year": folder / "ssda903" / "2025"},
        ),
        "dataset": ("ssd", folder / "ssd", {"years": 2, "maps": maps}),
    }  # fmt: skip
    found = {}
    for name, (reader, path, more) in given.items():
        (folder / f"{name}-spool").mkdir()
        options = ReadOptions(spool=folder / f"{name}-spool", extracted=AS_OF, more=more)
        if name == "record":
            options = attrs.evolve(options, extracted=None)
        found[name] = _of_reviews(open_source(reader, path, options), folder / name)
    contradictory = _contradictory(events)
    return {name: table.join(contradictory, on="case", how="anti") for name, table in found.items()}


def _as_dataset(events: pl.DataFrame, folder: Path) -> dict[str, dict[str, str]]:
    """The tables that hold what was so in the last two years, as a folder; gives what their texts mean."""
    folder.mkdir()
    first = AS_OF.replace(year=AS_OF.year - 2)
    known = events.filter(pl.col("on") <= AS_OF)
    of = {kind: known.filter(pl.col("kind") == kind) for kind in set(known["kind"])}
    ends = of["ceased_to_be_looked_after"].select("case", "period", over="on")
    care = of["became_looked_after"].join(ends, on=["case", "period"], how="left", maintain_order="left")
    care = care.filter(pl.col("over").is_null() | (pl.col("over") >= first))
    cla = pl.format("{}/{}", "case", "period")
    now = pl.lit(None, pl.Date)
    tables = {
        "ssd_person": of["born"].select(pers_person_id="case", pers_dob="on"),
        "ssd_cla_episodes": care.select(
            clae_person_id="case", clae_cla_id=cla, clae_cla_episode_start_date="on", clae_entered_care_date="on",
            clae_cla_episode_ceased_date="over",
            clae_cla_episode_ceased_reason=pl.when(pl.col("over").is_not_null()).then(pl.lit("E8")),
        ),
        "ssd_cla_reviews": of["review_held"].filter(pl.col("on") >= first).join(
            care.select("case", "period"), on=["case", "period"], how="semi", maintain_order="left"
        ).select(
            clar_cla_review_id=pl.format("{}/{}", "case", "id"), clar_cla_id=cla, clar_cla_review_date="on"
        ),
        "ssd_legal_status": pl.concat(
            some.select(
                lega_person_id="case", lega_legal_status=pl.col("status").cast(pl.String),
                lega_legal_status_start_date="on", lega_legal_status_end_date=now,
            )
            for some in (care, of["legal_status"])
        ).sort("lega_person_id", "lega_legal_status_start_date"),
    }  # fmt: skip
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    statuses = tables["ssd_legal_status"]["lega_legal_status"].drop_nulls().unique().to_list()
    return {"legal_status": {status: status for status in statuses}}


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


@pytest.mark.parametrize("source", ["return", "dataset"])
def test_what_a_source_shows_is_so(judged: Judged, source: str) -> None:
    """Met, late, overdue, open or lapsed: the record says the same of the same child, rule and day."""
    known = judged[source].filter(pl.col("standing") != "not_evaluable")
    wrong = known.join(judged["record"], on=["case", "rule", "due_on", "standing"], how="anti")
    assert wrong.rows() == []


@pytest.mark.parametrize("source", ["return", "dataset"])
def test_a_source_shows_each_kind_of_lateness_often(judged: Judged, source: str) -> None:
    """Otherwise that what it shows is so would say little; later reviews that never came are among them."""
    often = {(rule, standing): n for rule, standing, n in judged[source].group_by("rule", "standing").len().iter_rows()}
    for rule, least in zip(REVIEWS, (10, 30, 200), strict=True):
        assert often.get((rule, "overdue"), 0) >= least, rule
        assert often.get((rule, "met_late"), 0) >= 100, rule
