"""A cluster gives what `iro-rules batch` gives, however the cases are shared out among its tasks."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from iro_rules.batch import Job, judge_batch
from iro_rules.batch.inputs import Input
from iro_rules.errors import BatchError, CaseError, ProtocolError
from iro_rules.facts import Coverage
from iro_rules.spark import JudgedOnSpark, assess_on_spark, assessing
from iro_rules.spark.executors import same_everywhere
from tests.batch.made import AS_OF, cohort
from tests.spark.messy import terms, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables, and in `out` what a batch job makes of them."""
    made = tmp_path_factory.mktemp("messy")
    write(made)
    plain = made / "in"
    plain.mkdir()
    pl.read_parquet(made / "events.parquet").drop("row").write_parquet(plain / "events.parquet")
    cases = pl.read_parquet(made / "cases.parquet")
    cases.drop("row", "authority").write_parquet(plain / "cases.parquet")
    (made / "out").mkdir()
    Job(
        cohort=Input(paths=(plain,), readers=("events",), options={}, cases_at_once=40).opener(terms()),
        identity="messy",
        terms=terms(),
        out=made / "out" / "findings.jsonl",
        rejects=made / "out" / "rejects.jsonl",
        authorities=cases.unique("case", keep="first").select("case", "authority"),
        workers=1,
    ).run()
    return made


def judged(spark: Any, folder: Path, *, numbered: bool = True, **options: Any) -> JudgedOnSpark:
    """The tables of a folder judged on Spark."""
    events, cases = (spark.read.parquet(str(folder / f"{name}.parquet")) for name in ("events", "cases"))
    if not numbered:
        events, cases = events.drop("row"), cases.drop("row")
    given: dict[str, Any] = {"as_of": AS_OF, "protocols": dict(terms().protocols), "cases_at_once": 20} | options
    return assess_on_spark(events, cases, **given)


def lines(table: pl.DataFrame) -> list[str]:
    """A table as lines of JSON."""
    return table.write_ndjson().splitlines()


@pytest.mark.parametrize("partitions", [1, 5])
def test_findings_and_rejects_are_those_of_a_batch_job(spark: Any, folder: Path, partitions: int) -> None:
    """The findings byte for byte, the rejects line for line, and every row accounted for, in any partitioning."""
    found = judged(spark, folder, partitions=partitions)
    found.whole.persist()
    wanted = (folder / "out" / "findings.jsonl").read_bytes()
    assert found.collected().write_ndjson().encode() == wanted
    told = lines(pl.DataFrame(found.rejects.toArrow()))
    assert sorted(told) == sorted((folder / "out" / "rejects.jsonl").read_text(encoding="utf-8").splitlines())
    assert {"unknown-kind", "no-case", "bad-case", "no-case-row", "bad-date", "duplicate"} <= {
        code for line in told for code in pl.read_ndjson(line.encode())["code"]
    }
    counts = pl.DataFrame(found.rows.toArrow())
    aside = sum('"used":false' in line for line in told)
    assert counts.select(pl.sum("rows_in") - pl.sum("rows_used")).item() == aside
    assert dict(counts.select("table", "rows_in").iter_rows())["events"] == len(
        pl.read_parquet(folder / "events.parquet")
    )
    found.whole.unpersist()


def test_a_worker_builds_the_rulebook_once(spark: Any, folder: Path) -> None:
    """However many tasks it is given: what is built is counted in the workers, which other tests used too."""

    def counted(batches: Any) -> Any:
        import os

        import pyarrow as pa

        from iro_rules.batch.judging import judging

        for _ in batches:
            pass
        info = judging.cache_info()
        yield pa.RecordBatch.from_pydict({"worker": [os.getpid()], "built": [info.misses], "again": [info.hits]})

    def workers() -> dict[int, tuple[int, int]]:
        told = spark.range(0, 4, 1, 4).mapInArrow(counted, "worker bigint, built bigint, again bigint").collect()
        return {row.worker: (row.built, row.again) for row in told}

    judged(spark, folder, partitions=3).rows.collect()
    before = workers()
    for _ in range(2):
        judged(spark, folder, partitions=3).rows.collect()
    after = workers()
    stayed = before.keys() & after.keys()
    assert stayed
    # One that had not yet been given a part of this cohort may build its rulebook now, and never again.
    assert all(after[worker][0] - before[worker][0] <= 1 for worker in stayed)
    built = sum(after[worker][0] - before[worker][0] for worker in stayed)
    again = sum(after[worker][1] - before[worker][1] for worker in stayed)
    assert again > 6 * max(built, 1)


def test_brothers_and_sisters_in_other_partitions_are_seen(folder: Path) -> None:
    """The cohort compared above has findings that depend on the cases of other children."""
    events, cases, _ = cohort()
    alone = (events.clear(), cases.clear())
    apart = [
        judge_batch(events.join(one, on="case", how="semi"), one, terms(), related=alone)
        for one in cases[:40].iter_slices(1)
    ]
    together = judge_batch(events, cases, terms()).filter(pl.col("case").is_in(cases["case"][:40].implode()))
    assert not pl.concat(apart).equals(together)


def test_rows_without_numbers_are_told_apart_by_what_they_say(spark: Any, folder: Path) -> None:
    """Facts without an id get the same ids wherever their rows stand and however they are shared out."""
    one, other = (judged(spark, folder, numbered=False, partitions=n).collected() for n in (1, 5))
    assert one.equals(other)
    assert len(one)


def test_a_package_that_an_executor_lacks_is_named_with_the_host(spark: Any, folder: Path, monkeypatch: Any) -> None:
    """One error, before anything is judged."""
    monkeypatch.setattr(assessing, "packages", lambda rules: (("iro-rules-nowhere", "2026.1"),))
    with pytest.raises(ProtocolError, match="executor") as told:
        judged(spark, folder)
    assert f"iro-rules-nowhere is not installed on {platform.node()}" in str(told.value)
    with pytest.raises(ProtocolError, match=r"polars 0\.1 on every executor"):
        same_everywhere(spark, (("polars", "0.1"),), 1)


def test_tables_that_are_no_event_tables_are_refused_before_anything_runs(spark: Any, folder: Path) -> None:
    """In the words of the reader of event tables."""
    events = spark.read.parquet(str(folder / "events.parquet"))
    with pytest.raises(CaseError, match="does not say what its record covers"):
        assess_on_spark(events, as_of=AS_OF)
    for wrong, words in (
        (events.drop("kind"), "lacks a column"),
        (events.withColumn("child", events["row"]), "column child: the column is of another type"),
        (events.withColumn("row", events["case"]), "column row: the column is of another type"),
    ):
        with pytest.raises(CaseError, match=words):
            assess_on_spark(wrong, as_of=AS_OF, coverage=Coverage.everything())
    with pytest.raises(ProtocolError, match="no such protocol"):
        assess_on_spark(events, as_of=AS_OF, coverage=Coverage.everything(), protocol="nowhere")
    with pytest.raises(BatchError, match="cases to judge at once"):
        judged(spark, folder, cases_at_once=0)
