"""How the inputs of a job are put into parts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iro_rules.batch import Terms, inputs
from iro_rules.batch.inputs import Input
from iro_rules.national import rulebook as national_rulebook


@pytest.mark.parametrize(("coverage", "sizes"), [("everything", [40]), ("became_looked_after review_held", [8] * 5)])
def test_parts_are_small_where_the_record_covers_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coverage: str, sizes: list[int]
) -> None:
    """Nearly every rule is then not evaluable in every case: forty children have a finding of all."""
    monkeypatch.setattr(inputs, "FINDINGS_AT_ONCE", 8 * len(national_rulebook().by_id))
    path = tmp_path / "events.parquet"
    rows = {"case": [f"c{n:02}" for n in range(40)], "kind": "review_held", "when": "2026-01-05"}
    pl.DataFrame(rows).write_parquet(path)
    given = Input(paths=(path,), readers=("events",), options={}, coverage=coverage)
    spool = tmp_path / "spool"
    spool.mkdir()
    assert [span.cases for span in given.opener(Terms(as_of="2026-03-02"))(spool).spans] == sizes
