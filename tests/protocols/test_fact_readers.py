"""Readers that packages bring, found like everything else of a package."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from iro_rules.cohorts import Cohort, ReadOptions, open_source, readers
from iro_rules.errors import CaseError, ProtocolError
from iro_rules.protocols import FactReader, Registry
from tests.protocols.conftest import Install

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "hooks.md"


def _example() -> str:
    """The reader that the page of hooks shows."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert found
    return found[1]


def _reviews(folder: Path) -> Path:
    path = folder / "reviews.parquet"
    rows = {"case": ["b", "a", "a"], "held_on": ["2026-01-05", "2026-02-05", "2026-01-05"]}
    pl.DataFrame(rows).with_columns(pl.col("held_on").str.to_date()).write_parquet(path)
    return path


def test_a_package_brings_a_reader(install: Install, tmp_path: Path) -> None:
    """A distribution with the reader that the page shows: its name is known, and it reads."""
    install("vendor-reader", _example(), entry="vendor-reader")
    assert readers()["vendor"].title == "Reviews as our system exports them"
    source = open_source("vendor", _reviews(tmp_path), ReadOptions(spool=tmp_path / "spool"))
    cohort = Cohort.of([source], spool=tmp_path / "laid", cases_at_once=1)
    assert [part.events["id"].to_list() for part in cohort.parts()] == [["v-2", "v-3"], ["v-1"]]


def test_two_readers_of_one_name_are_refused(install: Install) -> None:
    """Both packages are named."""
    install("vendor-reader", _example(), entry="one")
    install("other-reader", _example(), entry="two")
    with pytest.raises(ProtocolError, match=r"two packages bring.*one \(vendor-reader 1.0\)"):
        readers()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('FactReader("vendor"', 'FactReader("events"'), "comes with iro-rules"),
        (('FactReader("vendor"', 'FactReader("Our Vendor"'), "no usable name"),
        (('system exports them", open_vendor', 'system exports them", "open"'), "cannot be called"),
        (('"Reviews as our system exports them"', '""'), "does not say what it reads"),
        (('return FactReader("vendor", "Reviews as our system exports them", open_vendor)', 'return 1'), "reader"),
    ],
)  # fmt: skip
def test_a_reader_that_cannot_be_used_is_told_with_its_package(
    install: Install, change: tuple[str, str], words: str
) -> None:
    """Before anything is read."""
    assert change[0] in _example()
    install("vendor-reader", _example().replace(*change), entry="broken-reader")
    with pytest.raises(ProtocolError, match=rf"broken-reader \(vendor-reader 1.0\).*{words}"):
        readers()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("    reviews = pl", "    reviews = 1 / 0\n    reviews = pl"), "ZeroDivisionError"),
        (("return FactSource(", "return dict("), "does not open a source"),
        (("    usable = rows", "    usable = 1 / 0\n    usable = rows"), "ZeroDivisionError"),
        (("    return Part(", "    return tuple, ("), "does not make parts"),
    ],
)
def test_a_reader_that_fails_is_told_with_its_package(
    install: Install, tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    """While it opens a source, and while it makes a part."""
    assert change[0] in _example()
    install("vendor-reader", _example().replace(*change), entry="failing-reader")
    with pytest.raises(ProtocolError, match=rf"failing-reader \(vendor-reader 1.0\).*{words}"):  # noqa: PT012
        source = open_source("vendor", _reviews(tmp_path), ReadOptions(spool=tmp_path / "spool"))
        list(Cohort.of([source], spool=tmp_path / "laid").parts())


def test_a_reader_that_loses_a_row_is_refused(install: Install, tmp_path: Path) -> None:
    """The count of what came in and what was used is held against the rejects."""
    install("vendor-reader", _example().replace("Count(len(rows), len(usable))", "Count(9, 8)"), entry="losing-reader")
    source = open_source("vendor", _reviews(tmp_path), ReadOptions(spool=tmp_path / "spool"))
    with pytest.raises(CaseError, match="lost count"):
        list(Cohort.of([source], spool=tmp_path / "laid").parts())


def test_each_reader_is_given_its_own_options(tmp_path: Path) -> None:
    """A cohort of several sources has options for several readers; one that is nobody's is refused."""
    (tmp_path / "episodes.csv").write_text("CHILD,DECOM,RNE,LS,DEC,REC\n", encoding="utf-8")
    more = {"year": "2026", "schema": "other", "extracted": "2026-01-31"}
    source = open_source("ssda903", tmp_path, ReadOptions(spool=tmp_path / "spool", more=more), registry=Registry())
    assert source.notes[0].startswith("collection year 2025/26")
    with pytest.raises(CaseError, match="year, perhaps"):
        open_source("ssda903", tmp_path, ReadOptions(spool=tmp_path, more={"yaer": 1}), registry=Registry())


def test_an_unknown_reader_is_told_with_the_nearest(tmp_path: Path) -> None:
    """As every name is."""
    with pytest.raises(CaseError, match="events, perhaps"):
        open_source("event", tmp_path, ReadOptions(spool=tmp_path), registry=Registry())


def test_a_reader_of_the_hosts_own_is_found() -> None:
    """A host may put one in front without installing it."""

    class Own:
        @staticmethod
        def iro_fact_reader() -> FactReader:
            return FactReader("own", "Ours", lambda source, options: None)

    from iro_rules.protocols import hookimpl

    Own.iro_fact_reader = staticmethod(hookimpl(Own.iro_fact_reader))  # type: ignore[method-assign]
    assert "own" in readers(Registry().including("own-reader", Own()))
