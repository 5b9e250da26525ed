"""What lies ahead is counted from the findings themselves."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from iro_rules import Assessment, CaseError, assess
from iro_rules.lab import due_within, findings_frame, workload
from tests.lab.lab_help import AS_OF, child, dispute, under


def made() -> Assessment:
    """The shipped example, judged."""
    return assess(dispute(), as_of=AS_OF, protocol=under("rochdale"), robustness=False)


def test_a_frame_has_one_row_a_finding_and_only_plain_values() -> None:
    """In the assessment's order, with nothing to unpack; several assessments stand one after the other."""
    frame = findings_frame(made())
    assert frame["finding"].to_list() == [finding.id for finding in made()]
    assert not any(dtype.is_nested() for dtype in frame.dtypes)
    other = assess(child(), as_of=AS_OF, protocol=under(), robustness=False)
    assert findings_frame([made(), other]).height == len(made()) + len(other)
    assert findings_frame([]).schema == frame.schema


def test_a_day_ahead_is_ahead_until_it_has_passed() -> None:
    """What is due today has no days left; the last day asked about is in, the day after it is not."""
    every = due_within(made(), 1000, as_of=AS_OF)
    assert every["due"].is_sorted()
    assert set(every["standing"]) == {"open"}
    for row in every.iter_rows(named=True):
        assert row["due"] == date(2026, 3, 2) + timedelta(days=row["days_left"])
        assert row["finding"] in due_within(made(), row["days_left"], as_of=AS_OF)["finding"]
        if row["days_left"]:
            assert row["finding"] not in due_within(made(), row["days_left"] - 1, as_of=AS_OF)["finding"]


def test_what_is_overdue_is_not_ahead_but_is_this_week_s_work() -> None:
    """The court document that is late falls to the legal department now."""
    assert "handbook.court-documents:f36" not in due_within(made(), 1000, as_of=AS_OF)["finding"]
    work = workload(made(), as_of=AS_OF)
    late = work.filter(role="legal_department", week=date(2026, 3, 2))
    assert late["overdue"].to_list() == [1]


def test_work_is_counted_for_each_who_bears_it() -> None:
    """Everything still to be done, once for each bearer."""
    frame = findings_frame(made()).filter(pl.col("standing").is_in(["open", "overdue"]))
    work = workload(made(), as_of=AS_OF)
    counted = sum(work["open"].to_list()) + sum(work["overdue"].to_list())
    assert counted == sum(len(bearers.split(", ")) for bearers in frame["bearer"].to_list())
    assert all(week.weekday() == 0 for week in work["week"].drop_nulls())


def test_a_frame_of_one_s_own_will_do() -> None:
    """As long as it has the columns that are read."""
    frame = findings_frame(made()).select("case", "finding", "standing", "due", "bearer")
    assert due_within(frame, 30, as_of=AS_OF)["finding"].to_list() == (
        due_within(made(), 30, as_of=AS_OF)["finding"].to_list()
    )
    with pytest.raises(CaseError, match="bearer"):
        workload(frame.drop("bearer"), as_of=AS_OF)


def test_fewer_than_no_days_are_refused() -> None:
    """Nothing lies ahead of yesterday."""
    with pytest.raises(CaseError, match="0 or more"):
        due_within(made(), -1, as_of=AS_OF)
