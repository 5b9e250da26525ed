"""What a record covers, in the words of a table of cases and of the command line."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from iro_rules.batch import Terms
from iro_rules.cohorts import ReadOptions
from iro_rules.cohorts.coverage import coverage_in, covered_by, words_of
from iro_rules.cohorts.event_tables import open_events
from iro_rules.engines.columnar import case_table
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage
from iro_rules.testing.random_cases import CaseSize, random_case
from tests.cohorts.reading import read, told

SINCE = {"review_held": "2025-04-01"}


@pytest.mark.parametrize(
    ("said", "coverage"),
    [
        ("everything", Coverage.everything()),
        ("nothing", Coverage.only()),
        ("born told", Coverage.only("told", "born")),
        ("born review_held>=2025-04-01", Coverage.only("born", since=SINCE)),
        ("review_held>=2025-04-01", Coverage.only(since=SINCE)),
        ("everything review_held>=2025-04-01", Coverage.everything().recorded_from(SINCE)),
        ("review_held>=2025-04-01 everything", Coverage.everything().recorded_from(SINCE)),
    ],
)
def test_coverage_is_said_in_kinds_and_first_days(said: str, coverage: Coverage) -> None:
    """Kinds with spaces between them, each with a day or without; or everything, but for those with a day."""
    assert coverage_in(said) == coverage
    assert coverage_in(words_of(coverage)) == coverage


WRONG = {
    "": "coverage is not said",
    "everything told": "does not exist",
    "nothing told>=2025-04-01": "does not exist",
    "tol": "does not exist",
    "tol>=2025-04-01": "does not exist",
    "told>=": "do not stand together",
    "told>=April": "is not a date",
    "told>=2025-02-30": "is not a day that exists",
    "told>2025-04-01": "does not exist",
    "told >= 2025-04-01": "do not stand together",
    "told told": "names a kind of fact twice",
    "told told>=2025-04-01": "names a kind of fact twice",
    "told>=2025-04-01 told>=2024-04-01": "names a kind of fact twice",
}


@pytest.mark.parametrize("said", WRONG)
def test_what_does_not_say_what_is_covered_is_refused_or_set_aside(tmp_path: Path, said: str) -> None:
    """With what is wrong; in a table of cases the row is set aside, and the case is not judged."""
    with pytest.raises(CaseError, match=WRONG[said]):
        coverage_in(said)
    (tmp_path / "events.csv").write_text("case,kind,when\na,born,2020-01-01\nb,born,2020-01-01\n", encoding="utf-8")
    (tmp_path / "cases.csv").write_text(f"case,coverage\na,{said}\nb,told>=2025-04-01\n", encoding="utf-8")
    part = read(open_events(tmp_path, ReadOptions(spool=tmp_path / "spool")), spool=tmp_path, cases_at_once=5)
    assert covered_by(part.cases) == [Coverage.only(since={"told": "2025-04-01"})]
    assert ("cases", 2, "a", "coverage", "bad-coverage") in told(part)


def test_a_case_table_says_what_each_record_covers() -> None:
    """Whole, from a day on, or not: any coverage there is, in words and in columns."""
    rng = random.Random(3)
    made = [random_case(rng, CaseSize(from_a_day=70, whole_coverage=20)).case for _ in range(60)]
    cases = [Case(f"c{number}", (), coverage=case.coverage) for number, case in enumerate(made)]
    table = case_table(cases)
    assert covered_by(table) == [case.coverage for case in cases]
    assert [coverage_in(words_of(case.coverage)) for case in cases] == [case.coverage for case in cases]
    assert sum(bool(case.coverage.since) for case in cases) > 10
    assert all(table[name].dtype == pl.Date for name in table.columns[3:])


def test_executors_of_a_cluster_are_told_the_same() -> None:
    """As words, which travel well."""
    partitions = pytest.importorskip("iro_rules.spark.partitions")
    coverage = Coverage.only("born", since=SINCE)
    terms = Terms(as_of="2026-03-31")
    orders = partitions.Orders(terms=terms, packages=(), columns={}, coverage=words_of(coverage), cases_at_once=1)
    assert orders.options.coverage == coverage
