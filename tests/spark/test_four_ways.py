"""All four doors say the same of the same cases: a sample of what `python -m tools.four_ways` does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iro_rules.lab.synthetic.cohort import AS_OF
from tests.http.serving import Service, service
from tools import four_ways
from tools.four_ways import Compared, compared, where
from tools.four_ways_cases import made

DAY = AS_OF.isoformat()


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Service]:
    """A service on loopback."""
    with service("--processes", "1") as found:
        yield found


def through_all(spark: Any, running: Service, folder: Path, protocol: str, cases: int) -> Compared:
    """Some cases through all four doors."""
    plain = made(cases, where(protocol), as_of=AS_OF, seed=5)
    return compared(
        plain, protocol=protocol, as_of=DAY, folder=folder, spark=spark, address=running.address,
        processes=0, partitions=3,
    )  # fmt: skip


def test_assess_batch_spark_and_http_say_the_same(spark: Any, running: Service, tmp_path: Path) -> None:
    """The same findings in the same bytes, the same refusals, the same rejects."""
    pytest.importorskip("iro_rules_rochdale")
    found = through_all(spark, running, tmp_path, "rochdale", 60)
    assert found.wrong == ()
    assert (found.cases, found.refused) == (60, 1)
    assert found.findings > 60 * 30
    assert found.rejects


@pytest.mark.parametrize("door", ["by_batch", "by_spark", "by_http", "rejects", "by_assess"])
def test_a_door_that_says_something_else_is_seen(
    running: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """One standing changed, one reject less, or another day asked about: each is told, whichever door it was."""
    whole, asked, called = four_ways.by_batch, four_ways.by_http, four_ways.by_assess

    def standing(protocol: str, as_of: str, folder: Path) -> tuple[bytes, list[str]]:
        findings, rejects = whole(protocol, as_of, folder)
        first, rest = findings.split(b"\n", 1)
        return json.dumps(json.loads(first) | {"standing": "met?"}).encode() + b"\n" + rest, rejects

    def fewer(protocol: str, as_of: str, folder: Path) -> tuple[bytes, list[str]]:
        findings, rejects = whole(protocol, as_of, folder)
        return findings, rejects[1:]

    batch = {"by_batch": standing, "rejects": fewer}.get(door, whole)
    cluster = standing if door == "by_spark" else whole
    monkeypatch.setattr(four_ways, "by_batch", batch)
    monkeypatch.setattr(four_ways, "by_spark", lambda spark, protocol, day, folder, _: cluster(protocol, day, folder))
    if door == "by_http":
        monkeypatch.setattr(four_ways, door, lambda address, book, _, plain: asked(address, book, "2026-03-30", plain))
    if door == "by_assess":
        monkeypatch.setattr(four_ways, door, lambda book, _, plain: called(book, "2026-03-30", plain))
    wrong = through_all(None, running, tmp_path, "", 8).wrong
    words = {
        "by_batch": "batch adds", "by_spark": "Spark adds", "by_http": "assess and HTTP",
        "by_assess": "assess and HTTP",
        "rejects": "a reject of batch or of Spark alone",
    }  # fmt: skip
    assert any(words[door] in line for line in wrong)


def test_the_cases_made_are_awkward(tmp_path: Path) -> None:
    """Ids that look alike, brothers and sisters, a case that names itself or nobody, authorities, facts said twice."""
    cases = made(300, where(""), as_of=AS_OF, seed=0)
    names = {case["case"] for case in cases}
    assert len(names) == 300
    assert {"1", "01", "1.0", "A", "a", "null"} <= names
    assert {case["subject"] for case in cases} == {"child", "authority"}
    named = [(case["case"], fact["child"]) for case in cases for fact in case["facts"] if fact["kind"] == "related"]
    assert any(case == child for case, child in named)
    assert any(child not in names for _, child in named)
    assert sum(bool(case.get("related")) for case in cases) > 30
    assert any(len(case["facts"]) > len({fact.get("id") for fact in case["facts"]}) for case in cases)
    assert {case["coverage"] == "everything" for case in cases} == {True, False}
    assert cases == made(300, where(""), as_of=AS_OF, seed=0)
