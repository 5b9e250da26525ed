"""Made-up cohorts: repeatable, national in shape, on edges on purpose, and the same children in facts and returns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iro_rules.clock import england_and_wales
from iro_rules.clock.deadline import add_months
from iro_rules.engines.columnar.tables import case_table, event_table
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.lab.synthetic import authorities, generate_cohort, made_parts
from iro_rules.lab.synthetic.cohort import AS_OF
from iro_rules.lab.synthetic.ssda903 import of_year
from iro_rules.protocols import Registry
from iro_rules.testing.from_tables import cases_of

CASES = 3_000


@pytest.fixture(scope="module")
def events() -> pl.DataFrame:
    """The facts of a cohort of four authorities, of which the first follow the protocols installed."""
    cohort = authorities(CASES, 4, Registry.discover().protocols)
    return pl.concat([part.events for part in made_parts(cohort, seed=3)])


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("shape", ["parquet", "csv", "ssda903"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, shape: str) -> None:
    """In every format; another seed gives others."""
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        generate_cohort(tmp_path / name, cases=300, seed=seed, shape=shape, count=3)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert files(tmp_path / "one") != files(tmp_path / "other")


def test_a_cohort_has_about_sixty_facts_a_child_and_the_children_asked_for(events: pl.DataFrame) -> None:
    """Five million facts for England's children in care."""
    assert events["case"].n_unique() == CASES
    assert 55 <= len(events) / CASES <= 65


def test_facts_stand_in_order_of_case_and_id(events: pl.DataFrame) -> None:
    """So that they can be read part by part."""
    assert events.select("case", "id").equals(events.select("case", "id").sort("case", "id"))


def test_nothing_is_recorded_after_the_day_of_the_record(events: pl.DataFrame) -> None:
    """What was done lies behind; what is planned may lie ahead."""
    assert events["on"].max() == AS_OF
    assert events["planned_for"].max() > AS_OF  # type: ignore[operator]


def test_children_differ_as_they_do_in_england(events: pl.DataFrame) -> None:
    """Ages, legal statuses, placements, second periods of care, proceedings, brothers and sisters, and blanks."""
    born = events.filter(pl.col("kind") == "born").select("case", born="on")
    start = events.filter(pl.col("id") == "care.start").join(born, on="case")
    ages = (start["on"] - start["born"]).dt.total_days() / 365.25
    assert ages.min() < 0.2 < 17 < ages.max() < 18  # type: ignore[operator]
    assert 0.1 < (ages < 1).mean() < 0.35  # type: ignore[operator]
    started = events.filter(pl.col("kind") == "became_looked_after")
    assert set(started["period"].cast(pl.String)) == {"1", "2"}
    assert started["status"].n_unique() == 6
    assert started["status"].null_count() > 0
    for kind in ("proceedings_issued", "legal_status", "placement_started", "visited", "related", "order_made"):
        assert (events["kind"] == kind).any(), kind
    assert events.filter(pl.col("kind") == "related")["relation"].n_unique() == 2


def test_disputes_use_the_words_of_the_authoritys_own_ladders(events: pl.DataFrame) -> None:
    """Where a protocol has ladders, its stages occur; nowhere else does any."""
    protocols = Registry.discover().protocols
    cohort = authorities(CASES, 4, protocols)
    ladders = {one.code: {stage for steps in one.ladders for stage, _ in steps.stages} for one in cohort}
    if not any(ladders.values()):
        pytest.skip("no protocol with a ladder is installed")
    steps = events.filter(pl.col("stage").is_not_null()).select(code=pl.col("case").str.slice(0, 5), stage="stage")
    for code, stages in ladders.items():
        assert set(steps.filter(pl.col("code") == code)["stage"].cast(pl.String)) <= stages
    assert steps.height


def test_what_a_ladders_duties_ask_for_is_done_in_some_matters_and_not_in_others(events: pl.DataFrame) -> None:
    """Mostly whoever is to be told is told, and whoever is to answer does; so duties are met, met late and overdue."""
    cohort = authorities(CASES, 4, Registry.discover().protocols)
    asked = {answer.duty for one in cohort for steps in one.ladders for answer in steps.answers}
    if not asked:
        pytest.skip("no protocol with a ladder is installed")
    answered = events.filter(pl.col("id").cast(pl.String).str.contains(r"^dispute-\d+\..*\.done$"))
    assert set(answered["kind"].cast(pl.String)) == {"told", "meeting_held", "decided"}
    assert answered["dispute"].null_count() == 0
    raised = events.filter(pl.col("kind") == "raised").height
    first = "rochdale.dispute.tell-social-worker"
    if first in asked:
        told = answered.filter(pl.col("id").cast(pl.String).str.contains(first)).height
        assert 0 < told < raised


def test_some_cases_stand_on_an_edge_on_purpose(events: pl.DataFrame) -> None:
    """First reviews on the twentieth working day and the one after, second ones at three months to the day and past."""
    calendar = england_and_wales()
    start = events.filter(pl.col("id") == "care.start").select("case", start="on")
    first = events.filter(pl.col("id") == "review-01.held").select("case", first="on")
    second = events.filter(pl.col("id") == "review-02.held").select("case", second="on")
    found = set()
    for _, began, held, again in start.join(first, on="case").join(second, on="case").iter_rows():
        due = calendar.working_day_after(began.toordinal(), 20)
        months = add_months(held.toordinal(), 3)
        assert due is not None
        assert months is not None
        found |= {("first", held.toordinal() - due), ("second", again.toordinal() - months)}
    assert {("first", 0), ("second", 0), ("second", 1)} <= found
    assert any(which == "first" and late > 0 for which, late in found)


def test_every_fact_is_one_that_a_case_could_hold(events: pl.DataFrame) -> None:
    """Built as objects, which check every field, the facts of some children give the same table."""
    names = events["case"].unique(maintain_order=True)[::97]
    some = events.filter(pl.col("case").is_in(names.implode()))
    covered = sum(BITS[kind] for kind in KINDS)
    cases = pl.DataFrame({"case": names}).with_columns(subject=pl.lit("child"), covered=pl.lit(covered, pl.Int64))
    made = list(cases_of(some, cases))
    assert event_table(made).equals(some.select(event_table(made).columns))
    assert case_table(made).equals(cases)


@pytest.mark.parametrize("year", [AS_OF.year - 1, AS_OF.year])
def test_a_return_is_coherent(events: pl.DataFrame, year: int) -> None:
    """Episodes follow each other without gap or overlap, start with S, end with a reason, and all lie in the year."""
    tables = of_year(events, year)
    opens, closes = date(year - 1, 4, 1), date(year, 3, 31)
    episodes = tables["episodes"]
    assert (episodes["DEC"].is_null() == episodes["REC"].is_null()).all()
    ended = episodes.drop_nulls("DEC")
    assert (ended["DEC"] > ended["DECOM"]).all()
    assert ended["DEC"].is_between(opens, closes).all()
    after = episodes.with_columns(
        last=pl.col("DEC").shift(1).over("CHILD"), how=pl.col("REC").shift(1).over("CHILD")
    ).drop_nulls("how")
    goes_on = after.filter(pl.col("how") == "X1")
    assert (goes_on["DECOM"] == goes_on["last"]).all()
    assert (goes_on["RNE"] != "S").all()
    anew = after.filter(pl.col("how") != "X1")
    assert (anew["RNE"] == "S").all()
    assert (anew["DECOM"] > anew["last"]).all()
    header = tables["header"]
    assert header["CHILD"].is_unique().all()
    assert header["UPN"].is_unique().all()
    assert set(episodes["CHILD"]) == set(header["CHILD"])
    reviews = tables["reviews"]
    assert set(reviews["CHILD"]) <= set(header["CHILD"])
    assert reviews["REVIEW"].is_between(opens, closes).all()
    young = reviews["REVIEW"] <= reviews["DOB"].dt.offset_by("4y")
    assert ((reviews["REVIEW_CODE"] == "PN0") == young).all()


def test_last_years_return_goes_on_in_this_years(events: pl.DataFrame) -> None:
    """An episode open at the end of one year is the first of the next, unchanged but for its end."""
    last, this = (of_year(events, year)["episodes"] for year in (AS_OF.year - 1, AS_OF.year))
    same = ["CHILD", "DECOM", "RNE", "LS", "PLACE", "CIN"]
    still_open = last.filter(pl.col("DEC").is_null()).select(same)
    assert len(still_open) > 500
    assert len(still_open.join(this, on=same, how="anti")) == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"shape": "xml"}, "no such format of cohorts"),
        ({"cases": 3, "count": 2}, "cannot be shared out"),
        ({"out": "."}, "the folder is not empty"),
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, wrong: dict[str, object], words: str) -> None:
    """With what would be right."""
    (tmp_path / "something").touch()
    options = {"out": tmp_path / "new", "cases": 40, "count": 2} | wrong
    if options["out"] == ".":
        options["out"] = tmp_path
    with pytest.raises(CaseError, match=words):
        generate_cohort(**options)  # type: ignore[arg-type]
