"""The three readers agree on made-up cohorts under every rulebook: a sample of what `tools/agree_cohort.py` does."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from iro_rules.assessment import setting
from iro_rules.clock.calendar import Calendar
from iro_rules.engines.columnar import judge_table
from iro_rules.lab.synthetic import generate_cohort
from iro_rules.lab.synthetic.cohort import AS_OF
from iro_rules.protocols import Registry
from iro_rules.rulebook.core import Core
from tools.agree_cohort import differences, parts, parts_of_return

NAMES = ["", *(protocol.name for protocol in Registry.discover().protocols)]


@pytest.mark.parametrize("protocol", NAMES, ids=lambda name: name or "national")
def test_readers_agree_on_a_made_up_cohort(protocol: str) -> None:
    """Whole cases of many kinds, some of them with a record that covers little, related children among them."""
    (part,) = parts(protocol, 60, seed=9)
    count, verdicts, wrong = differences(part)
    assert wrong == []
    assert (count, verdicts > 60 * 50) == (60, True)
    assert part.events.filter(part.events["kind"] == "related").height


def test_very_many_children_at_once_are_judged_as_few_are() -> None:
    """Under the last protocol: what the readers agree on in small parts holds of parts where Polars goes other ways."""
    every = list(parts(NAMES[-1], 20_000, seed=4))
    where = setting(NAMES[-1])
    core, around = where.rulebook.core({}), every[0].around
    small = [_judged(part.events, part.cases, core, where.calendar, around) for part in every]
    events, cases = (pl.concat([getattr(part, name) for part in every], how="diagonal") for name in ("events", "cases"))
    large = _judged(events, cases, core, where.calendar, around)
    assert len(every) > 10
    assert_frame_equal(pl.concat(small), large, categorical_as_str=True)


def _judged(
    events: pl.DataFrame, cases: pl.DataFrame, core: Core, calendar: Calendar, around: tuple[pl.DataFrame, pl.DataFrame]
) -> pl.DataFrame:
    return judge_table(
        core, events=events, cases=cases, as_of=AS_OF, calendar=calendar, related=around, cases_at_once=len(cases)
    )


@pytest.mark.parametrize("protocol", NAMES, ids=lambda name: name or "national")
def test_readers_agree_on_a_return(tmp_path: Path, protocol: str) -> None:
    """Children of whom only periods of care, placements and reviews are known, this year's return with last year's."""
    generate_cohort(tmp_path / "made", cases=70, seed=2, count=2, shape="ssda903")
    last = tmp_path / "made" / "2025"
    (part,) = parts_of_return(protocol, tmp_path / "made" / "2026", 2026, last, tmp_path / "spool")
    count, verdicts, wrong = differences(part)
    assert wrong == []
    assert (count > 50, verdicts > 50 * 50) == (True, True)
