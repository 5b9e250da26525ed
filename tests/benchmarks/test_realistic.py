"""The cohorts the benchmarks run on: repeatable, of the size asked for, and the same as columns and as objects."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from benchmarks import numpy_floor
from benchmarks.arrays import STANDINGS, Tables
from benchmarks.slice import slice_rules
from benchmarks.tables import case_table, event_table
from iro_rules.assessment import setting
from iro_rules.clock import Calendar
from iro_rules.engines import columnar
from iro_rules.rulebook import Standing
from iro_rules.rulebook.core import Derive
from iro_rules.testing.realistic import AS_OF, Cohort, cases, cohort, related_to


def same(one: Cohort, other: Cohort) -> bool:
    """Whether two cohorts hold the same facts."""
    return one.columns.keys() == other.columns.keys() and all(
        np.array_equal(column, other.columns[name]) for name, column in one.columns.items()
    )


@pytest.mark.parametrize("ladders", [True, False])
def test_the_table_and_the_objects_are_the_same_cases(ladders: bool) -> None:
    """The table made without objects is the table that the objects make, value for value and in order."""
    made = cohort(40, seed=7, ladders=ladders)
    assert_frame_equal(event_table(made), columnar.event_table(cases(made)))
    assert_frame_equal(case_table(made), columnar.case_table(cases(made)))


def test_some_cases_of_a_cohort_are_those_of_the_whole() -> None:
    """Objects can be had for a few cases of a large cohort."""
    made = cohort(1_100, seed=7)
    assert cases(made, 1_003, 1_006) == cases(made)[1_003:1_006]


def test_a_seed_gives_the_same_cases_again() -> None:
    """The same seed gives the same facts, another seed others."""
    assert same(cohort(30, seed=1), cohort(30, seed=1))
    assert not same(cohort(30, seed=1), cohort(30, seed=2))


def test_a_smaller_cohort_is_the_beginning_of_a_larger_one() -> None:
    """Case for case the first cases do not depend on how many follow."""
    assert cases(cohort(4, seed=3)) == cases(cohort(1_050, seed=3), 0, 4)


@pytest.mark.parametrize("facts", [50, 60, 100, 150])
@pytest.mark.parametrize("ladders", [True, False])
def test_cases_have_the_facts_asked_for_on_average(facts: int, ladders: bool) -> None:
    """The average is within a tenth of what was asked for, and at the usual sixty within two facts."""
    made = cohort(4_000, facts=facts, ladders=ladders)
    average = len(made) / len(made.cases)
    assert abs(average - facts) <= (2 if facts == 60 else facts / 10)


def test_cases_differ_in_length() -> None:
    """Some cases are short and some long, as in an authority."""
    made = cohort(2_000)
    sizes = np.bincount(made.columns["case"])
    assert np.percentile(sizes, 5) < 40
    assert np.percentile(sizes, 95) > 80


def test_nothing_is_recorded_after_the_day_asked_about() -> None:
    """Every fact had happened by then; what is planned may lie ahead."""
    as_of = date(2024, 6, 14)
    made = cohort(500, as_of=as_of)
    assert made.columns["on"].max() <= as_of.toordinal()
    assert made.columns["planned_for"].max() > as_of.toordinal()


def test_related_cases_are_at_hand_in_pairs() -> None:
    """In an even number of cases every case that is named is there."""
    some = cases(cohort(60, seed=5))
    known = {case.id: case for case in some}
    named = [(case, fact.child) for case in some for fact in case.facts if fact.kind() == "related"]  # type: ignore[attr-defined]
    assert named
    assert all(child in related_to(case, known) for case, child in named)


def test_a_cohort_of_no_cases_is_empty() -> None:
    """Nothing asked for gives nothing."""
    made = cohort(0)
    assert (len(made), made.cases, cases(made)) == (0, (), ())


def test_the_cases_bring_about_every_finding_there_is(calendar: Calendar) -> None:
    """Every rule of the slice that is about a child has findings, and every standing that can arise arises."""
    pytest.importorskip("iro_rules_rochdale")
    core = setting("rochdale").rulebook.core()
    found = numpy_floor.judge(cohort(20_000), Tables(calendar), AS_OF.toordinal())
    judged = {p.rule for p in core.productions() if not isinstance(p, Derive) and core.subjects[p.rule] == "child"}
    assert set(found.rules) == judged & slice_rules()
    elsewhere = {Standing.NOT_EVALUABLE, Standing.IN_PLACE, Standing.STALE, Standing.NOT_IN_PLACE}
    assert {STANDINGS[place] for place in np.unique(found.standing)} == set(Standing) - elsewhere
