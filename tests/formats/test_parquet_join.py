"""Parquet files put together are the file that all their rows would have made, and nothing else is taken for one."""

from __future__ import annotations

import contextlib
import io
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from iro_rules.errors import CaseError
from iro_rules.formats.parquet_join import footer, join_parquet
from iro_rules.formats.thrift import BINARY, DOUBLE, I64, LIST, STRUCT, TRUE, Struct, parse, written

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String, "day": pl.Date, "time": pl.Datetime("ms", "Europe/London"), "word": pl.Enum(["a", "b"]),
    "flag": pl.Boolean, "number": pl.Float64, "list": pl.List(pl.Struct({"name": pl.Enum(["x"]), "id": pl.String})),
}  # fmt: skip
ROW = ("one", date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC), "a", True, 0.5, [{"name": "x", "id": "1"}])
NOTHING = (None,) * len(SCHEMA)


def files(folder: Path, sizes: list[int]) -> tuple[list[Path], pl.DataFrame]:
    """Files of so many rows each, and all rows together."""
    frames = [pl.DataFrame([ROW if n % 3 else NOTHING for n in range(size)], SCHEMA, orient="row") for size in sizes]
    paths = [folder / f"{number}.parquet" for number in range(len(sizes))]
    for frame, path in zip(frames, paths, strict=True):
        frame.write_parquet(path, row_group_size=5, statistics="full")
    return paths, pl.concat(frames)


@pytest.mark.parametrize("sizes", [[7], [1, 0, 12], [0], [3, 3, 3, 40]])
def test_files_put_together_hold_all_their_rows_in_order(tmp_path: Path, sizes: list[int]) -> None:
    """Of every type, with nulls, lists and empty files; also when only some of the rows are asked for."""
    paths, wanted = files(tmp_path, sizes)
    out = tmp_path / "all.parquet"
    with out.open("wb") as file:
        assert join_parquet(paths, file) == len(wanted)
    assert_frame_equal(pl.read_parquet(out), wanted)
    some = (
        pl.scan_parquet(out).filter(pl.col("text") == "one", pl.col("day") == date(2026, 3, 2)).select("word", "list")
    )
    assert_frame_equal(some.collect(), wanted.filter(pl.col("text") == "one").select("word", "list"))
    assert_frame_equal(pl.scan_parquet(out).slice(4, 5).collect(), wanted[4:9])


def test_one_file_put_together_again_is_the_same(tmp_path: Path) -> None:
    """The bytes depend on the parts alone, so a job that was interrupted makes the same file."""
    paths, _ = files(tmp_path, [12, 3])
    found = []
    for _ in range(2):
        into = io.BytesIO()
        join_parquet(paths, into)
        found.append(into.getvalue())
    assert found[0] == found[1]


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    """At any byte, so that half a part is never taken for one."""
    (path,), _ = files(tmp_path, [9])
    whole = path.read_bytes()
    for size in [*range(0, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(CaseError, match=r"not a whole Parquet file|cannot be read"):
            join_parquet([path], io.BytesIO())


def test_parts_with_other_columns_are_refused(tmp_path: Path) -> None:
    """One schema, or no file; and no file of no parts."""
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    pl.DataFrame({"a": [1]}).write_parquet(one)
    pl.DataFrame({"b": [1]}).write_parquet(other)
    with pytest.raises(CaseError, match=r"other\.parquet: a part has other columns"):
        join_parquet([one, other], io.BytesIO())
    with pytest.raises(CaseError, match="there is no part"):
        join_parquet([], io.BytesIO())


WHOLE = st.integers(-(2**63), 2**63 - 1)
SIMPLE = st.one_of(
    st.tuples(st.just(I64), WHOLE),
    st.tuples(st.just(BINARY), st.binary(max_size=200)),
    st.tuples(st.just(DOUBLE), st.binary(min_size=8, max_size=8)),
    st.tuples(st.just(TRUE), st.just(True)),
    st.tuples(st.just(TRUE + 1), st.just(False)),
)


def structs(inner: st.SearchStrategy[tuple[int, object]]) -> st.SearchStrategy[Struct]:
    """Structures with some fields."""
    return st.dictionaries(st.integers(1, 40), inner, max_size=5).map(lambda found: Struct(dict(sorted(found.items()))))


NESTED = structs(SIMPLE).flatmap(
    lambda struct: structs(
        st.one_of(
            SIMPLE,
            st.just((STRUCT, struct)),
            st.tuples(st.just(LIST), st.tuples(st.just(I64), st.lists(WHOLE, max_size=20))),
            st.just((LIST, (STRUCT, [struct] * 16))),
        )
    )
)


@given(NESTED)
def test_what_is_written_is_read_again(struct: Struct) -> None:
    """Every kind of field, near and far apart, short lists and long ones."""
    assert parse(written(struct)) == struct


@given(st.binary(max_size=200))
def test_bytes_that_are_no_structure_are_refused_or_read(data: bytes) -> None:
    """Whatever the bytes, there is a structure or an error of ours, never a hang or a crash."""
    with contextlib.suppress(CaseError):
        assert isinstance(parse(data), Struct)


def test_structures_too_deep_in_one_another_are_refused() -> None:
    """A file made to exhaust the stack is only an unreadable one."""
    with pytest.raises(CaseError, match="too deep"):
        parse(bytes([0x1C]) * 5000)


def test_a_footer_says_where_the_rows_end(tmp_path: Path) -> None:
    """So that exactly the row groups are copied."""
    (path,), _ = files(tmp_path, [3])
    with path.open("rb") as file:
        found = footer(file, "x")
    assert 4 < found.end < path.stat().st_size - 8
