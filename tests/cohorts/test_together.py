"""Coverage of the same cases from two sources, put together with and without looking for the cases."""

from __future__ import annotations

from datetime import date

import polars as pl
from polars.testing import assert_frame_equal

from iro_rules.cohorts.coverage import earliest, together
from iro_rules.facts.kinds import BITS

HELD, TOLD = BITS["review_held"], BITS["told"]


def cases(covered: list[int], **since: list[date | None]) -> pl.DataFrame:
    """Three cases; `since` by kind."""
    days = {f"since.{kind}": pl.Series(column, dtype=pl.Date) for kind, column in since.items()}
    return pl.DataFrame({"case": ["a", "b", "c"], "subject": "child", "covered": covered, **days})


def test_tables_in_one_order_come_to_what_any_tables_do() -> None:
    """The bits of both, and of two first days the earlier; also where one table has no such day at all."""
    early, late = date(2020, 4, 1), date(2024, 4, 1)
    one = cases([HELD, 0, 0], told=[early, late, None], visited=[None, early, None])
    other = cases([TOLD, HELD, 0], told=[None, early, late], review_held=[None, None, late])
    for left, right in ((one, other), (other, one), (one, cases([0, 0, TOLD]))):
        assert_frame_equal(together(left, right), earliest([left, right]), check_column_order=False)
    assert together(one, other)["since.told"].to_list() == [early, early, late]
    assert together(one, other)["covered"].to_list() == [HELD | TOLD, HELD, 0]
