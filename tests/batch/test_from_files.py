"""Jobs over files as councils have them: what is told of them beside the findings."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from iro_rules.batch import Job, Result, Terms
from iro_rules.batch.inputs import Input, identity

EVENTS = "case,id,kind,when,period,review\na,,became_looked_after,2026-01-05,,\nb,,became_looked_after,2026-01-05,,\n"
CASES = "case,subject,coverage\na,child,everything\nb,child,everything\n"


def _written(folder: Path, *rows: str, cases: str = CASES) -> Path:
    """Event tables with two children, and some rows more."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.csv").write_text(EVENTS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    (folder / "cases.csv").write_text(cases, encoding="utf-8")
    return folder


def _run(
    folder: Path,
    *paths: Path,
    readers: tuple[str, ...] = ("events",),
    rejects: str = "rejects.jsonl",
    as_of: str = "2026-03-31",
    coverage: str | None = None,
    **options: str,
) -> Result:
    given = Input(paths=paths, readers=readers, options=options, coverage=coverage)
    terms = Terms(as_of=as_of)
    job = Job(
        cohort=given.opener(terms),
        identity=identity(given),
        terms=terms,
        out=folder / "findings.jsonl",
        rejects=folder / rejects,
        workers=1,
        reads=given.read,
    )
    return job.run()


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_rejects_can_be_opened_in_a_spreadsheet(tmp_path: Path) -> None:
    """As CSV they say the same as in JSON lines, and no value is run as a formula; their folder is made."""
    read = _written(tmp_path / "read", "a,=1+1,review_held,2026-01-20,,r1", 'a,,review_held,"02/03/2026, noon",,r2')
    for name in ("rejects.jsonl", "new/rejects.csv"):
        assert _run(tmp_path, read, rejects=name).set_aside == 2
    lines = _lines(tmp_path / "rejects.jsonl")
    table = pl.read_csv(tmp_path / "new" / "rejects.csv", infer_schema=False)
    assert table.columns == list(lines[0])
    assert table["value"].to_list() == ["'=1+1", "02/03/2026, noon"]
    for column in ("table", "case", "field", "code", "reason", "remedy"):
        assert table[column].to_list() == [line[column] for line in lines]
    assert table["row"].to_list() == ["4", "5"]
    assert set(table["used"]) == {"false"}


def test_what_came_after_the_day_asked_about_is_counted(tmp_path: Path) -> None:
    """A review whose year is mistyped looks as if it had not been held, and nothing else would show why."""
    read = _written(tmp_path / "read", "a,,review_held,2027-01-20,,r1", "b,,review_held,2026-01-20,,r1")
    result = _run(tmp_path, read)
    assert (result.later, result.facts) == (1, 4)
    assert _run(tmp_path, read, as_of="2026-01-10").later == 2
