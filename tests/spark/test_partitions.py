"""What an executor does with the rows of a partition; no cluster is needed to see it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.batch.judging import Terms, judging
from iro_rules.errors import BatchError, ProtocolError
from iro_rules.spark.executors import packages, same_here
from iro_rules.spark.gathering import FOR, TABLE
from iro_rules.spark.partitions import Orders, judged_batches, judged_chunk, numbered, whole_cases


def batches(keys: list[str | None], cuts: list[int]) -> Iterator[pl.DataFrame]:
    """The rows of some cases in record batches that end anywhere."""
    frame = pl.DataFrame({FOR: pl.Series(keys, dtype=pl.String), "n": range(len(keys))})
    edges = [0, *sorted(cut for cut in cuts if cut < len(keys)), len(keys)]
    for start, end in pairwise(edges):
        yield frame[start:end]


@given(
    st.lists(st.sampled_from([None, *"abcdefgh"]), max_size=40),
    st.lists(st.integers(0, 40), max_size=8),
    st.integers(1, 4),
)
def test_no_case_is_torn_apart_and_no_row_lost(keys: list[str | None], cuts: list[int], most: int) -> None:
    """However the record batches are cut, and however many cases are judged together."""
    order = sorted(keys, key=lambda key: (key is not None, key or ""))
    chunks = list(whole_cases(batches(order, cuts), most))
    assert [n for chunk in chunks for n in chunk["n"]] == list(range(len(order)))
    seen: set[str | None] = set()
    for chunk in chunks:
        own = set(chunk[FOR])
        assert own
        assert not own & seen
        seen |= own


@pytest.mark.parametrize("cuts", [[], [1], [2]])
def test_rows_out_of_order_are_refused(cuts: list[int]) -> None:
    """Within a record batch and between two: half a case would be judged as if it were all of it."""
    with pytest.raises(BatchError, match="not in order of case"):
        list(whole_cases(batches(["a", "b", "a"], cuts), 1))


@pytest.mark.parametrize(("rows", "words"), [([1, None], "has no number"), ([7, 7], "two rows of a case")])
def test_rows_that_their_numbers_do_not_tell_apart_are_refused(rows: list[int | None], words: str) -> None:
    """Where a table numbers its rows, each needs a number of its own."""
    columns = {"events": ("case", "kind", "when"), "cases": ("case", "coverage")}
    terms = Terms(as_of="2026-03-31")
    orders = Orders(terms=terms, packages=(), columns=columns, coverage=None, cases_at_once=1)
    events = pl.DataFrame({"case": ["a", "a"], "kind": ["born", "born"], "when": ["2020-01-01", "2020-01-02"]})
    events = events.with_columns(pl.Series("row", rows, pl.Int64), pl.lit("events").alias(TABLE))
    cases = pl.DataFrame({"case": ["a"], "__cases_coverage": ["everything"], "row": [1], TABLE: ["cases"]})
    chunk = pl.concat([events, cases], how="diagonal").with_columns(pl.col("case").alias(FOR))
    with pytest.raises(BatchError, match=words):
        judged_chunk(orders, chunk)


def test_a_task_on_a_machine_without_a_package_judges_nothing() -> None:
    """The same error, also where an executor joined the cluster after the others were asked."""
    orders = Orders(
        terms=Terms(as_of="2026-03-31"),
        packages=(("iro-rules-nowhere", "1.0"),),
        columns={},
        coverage=None,
        cases_at_once=1,
    )
    with pytest.raises(ProtocolError, match="iro-rules-nowhere is not installed"):
        next(judged_batches(orders, iter(())))


@pytest.mark.parametrize("protocol", ["derby", "barnet", "rochdale"])
def test_the_packages_of_a_protocol_are_asked_for(protocol: str) -> None:
    """The distribution that a council would install, and the library."""
    pytest.importorskip(f"iro_rules_{protocol}")
    wanted = packages(judging(Terms(as_of="2026-03-31", protocol=protocol)))
    assert {"iro-rules", f"iro-rules-{protocol}"} <= {name for name, _ in wanted}
    same_here(wanted)


@given(st.permutations(range(8)), st.booleans())
def test_rows_without_numbers_get_those_of_their_case_also_where_they_are_brought(
    order: list[int], lists: bool
) -> None:
    """A case that is named shows the same ids of its facts to itself and to the case that names it."""
    kinds = ["appointed", "visited", "ended", "born", None, "appointed", "review_held", "ended"]
    days = [f"2026-01-{day:02}" for day in (9, 1, 5, 1, 2, 3, 9, 4)]
    events = pl.DataFrame({"case": "a", "kind": kinds, "when": days, FOR: "a", TABLE: "events"})
    events = events.with_columns(row=pl.lit(None, pl.Int64), about=pl.lit(["x", "y"] if lists else "x"))
    beside = events.filter(pl.col("kind").is_in(["appointed", "ended"])).with_columns(
        pl.lit("b").alias(FOR), pl.lit("related events").alias(TABLE)
    )
    columns = {"events": ("case", "kind", "when", "about")}
    terms = Terms(as_of="2026-03-31")
    orders = Orders(terms=terms, packages=(), columns=columns, coverage=None, cases_at_once=1, numbered=())
    found = numbered(orders, pl.concat([events[order], beside.reverse()]))
    own, brought = (found.filter(pl.col(FOR) == who).sort("row") for who in "ab")
    assert own["row"].to_list() == list(range(1, 9))
    assert brought["row"].to_list() == [1, 2, 3, 4]
    said = ["row", "kind", "when"]
    assert own[:4].select(said).equals(brought.select(said))
