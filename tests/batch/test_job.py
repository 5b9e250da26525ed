"""A job from parts to one file: the same bytes however it went, nothing lost, and what cannot be done said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from iro_rules import BatchError, assess_cohort
from iro_rules.assessment import setting
from iro_rules.batch import FrameCohort, Job, Progress, Terms, sheet, table
from iro_rules.batch import driver as driver_module
from iro_rules.batch.judging import Judging
from iro_rules.batch.summary import OTHERWISE_SHOWN
from iro_rules.batch.work import Work
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.national import rulebook as national_rulebook
from iro_rules.rulebook import Rulebook
from tests.batch.made import AS_OF, cohort, job, protocols

SHAPES = ("parquet", "csv", "jsonl", "xlsx")


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, and nothing else may be there."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def whole() -> pl.DataFrame:
    """The findings on the small cohort, judged at once."""
    events, cases, known = cohort()
    return assess_cohort(events, cases, as_of=AS_OF, protocols=protocols(known))


def test_the_parts_together_are_the_whole(tmp_path: Path, whole: pl.DataFrame) -> None:
    """Also where brothers and sisters fall into different parts, and whatever the size of the parts."""
    for size in (33, 1000):
        result = job(tmp_path, frames=FrameCohort(*_tables(), size)).run()
        assert_frame_equal(pl.read_parquet(tmp_path / "findings.parquet"), whole)
        assert result.findings == len(whole)


def _tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    events, cases, _ = cohort()
    return events, cases.drop("authority")


@pytest.mark.parametrize("shape", SHAPES)
def test_running_twice_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path, shape: str) -> None:
    """One worker or two, in every format."""
    found = []
    for workers in (1, 2):
        job(tmp_path, f"findings.{shape}", workers=workers).run()
        found.append(files(tmp_path))
    assert found[0] == found[1]
    assert set(found[0]) == {f"findings.{shape}", "rejects.jsonl"}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_format_holds_every_finding(tmp_path: Path, whole: pl.DataFrame, shape: str) -> None:
    """Row for row in the same order."""
    job(tmp_path, f"findings.{shape}").run()
    path = tmp_path / f"findings.{shape}"
    ids = list(zip(whole["case"], whole["id"], whole["standing"], strict=True))
    match shape:
        case "parquet":
            assert_frame_equal(pl.read_parquet(path), whole)
        case "csv":
            read = pl.read_csv(path, infer_schema=False)
            assert list(zip(read["case"], read["id"], read["standing"], strict=True)) == ids
            assert read.columns == whole.columns
        case "jsonl":
            lines = [json.loads(line) for line in path.read_text().splitlines()]
            assert [(line["case"], line["id"], line["standing"]) for line in lines] == ids
            assert [line["facts"] for line in lines] == whole["facts"].to_list()
        case "xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            assert book.sheetnames == ["Findings", "Summary", "Rules"]
            rows = list(book["Findings"].iter_rows(values_only=True))
            places = [rows[0].index(name) for name in ("case", "id", "standing")]
            assert [tuple(row[place] for place in places) for row in rows[1:]] == ids


class Stopped(BaseException):
    """As if the process were gone: nothing handles it."""


def stop_after(count: int) -> Callable[[Progress], None]:
    """Stops a job once so many parts are done."""

    def told(progress: Progress) -> None:
        if progress.parts == count:
            raise Stopped

    return told


@pytest.mark.parametrize(("shape", "done"), [("parquet", 1), ("parquet", 3), ("csv", 2), ("jsonl", 1), ("xlsx", 2)])
def test_a_job_goes_on_where_it_was_stopped(tmp_path: Path, shape: str, done: int) -> None:
    """With the bytes of a job that was not, and without judging again what was done."""
    name = f"findings.{shape}"
    job(tmp_path, name).run()
    wanted = files(tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(Stopped):
        job(tmp_path, name).run(told=stop_after(done))
    assert not (tmp_path / name).exists()
    result = job(tmp_path, name).run(resume=True)
    assert result.kept >= done
    assert files(tmp_path) == wanted


def test_a_part_half_written_is_done_again(tmp_path: Path) -> None:
    """A part counts only where its files are as they were noted."""
    job(tmp_path).run()
    wanted = files(tmp_path)
    with pytest.raises(Stopped):
        job(tmp_path).run(told=stop_after(3))
    work = Work.beside(tmp_path / "findings.parquet")
    broken, noted = work.paths(0)[0], work.folder / "part-000002.json"
    broken.write_bytes(broken.read_bytes()[:-1])
    noted.write_bytes(noted.read_bytes()[:9])
    (work.folder / "part-000002.findings.tmp").write_bytes(b"half")
    result = job(tmp_path).run(resume=True)
    assert result.kept == 1
    assert files(tmp_path) == wanted


def test_another_job_is_not_gone_on_with(tmp_path: Path) -> None:
    """Another day, another input, other findings asked for: the message says what differs."""
    with pytest.raises(Stopped):
        job(tmp_path).run(told=stop_after(1))
    _, _, known = cohort()
    others: dict[str, dict[str, Any]] = {
        "terms": {"terms": Terms(as_of="2026-03-30", protocols=protocols(known))},
        "input": {"identity": "another"},
        "only": {"only": ("overdue",)},
        "parts": {"cases_at_once": 41},
        "authorities": {"authorities": None},
    }
    for differs, options in others.items():
        with pytest.raises(BatchError, match=f"of another job.*{differs}"):
            job(tmp_path, **options).run(resume=True)
    assert job(tmp_path, identity="another").run().kept == 0


def test_resuming_where_nothing_was_left_begins_anew(tmp_path: Path) -> None:
    """So the same command line can stand in a nightly job."""
    assert job(tmp_path).run(resume=True).kept == 0
    assert job(tmp_path).run(resume=True).kept == 0


def test_two_jobs_do_not_write_one_output(tmp_path: Path) -> None:
    """The second is told, and the first goes on."""
    pytest.importorskip("fcntl")
    with Work.beside(tmp_path / "findings.parquet").held(), pytest.raises(BatchError, match="another job is writing"):
        job(tmp_path).run()
    job(tmp_path).run()


def test_only_some_standings_are_written_and_all_are_counted(tmp_path: Path, whole: pl.DataFrame) -> None:
    """A list of what is overdue, with the summary of everything."""
    result = job(tmp_path, only=("overdue", "breached")).run()
    read = pl.read_parquet(tmp_path / "findings.parquet")
    assert_frame_equal(read, whole.filter(pl.col("standing").is_in(["overdue", "breached"])))
    assert sum(count for rule in result.counts.values() for count in rule.values()) == len(whole)


def test_the_summary_adds_up(tmp_path: Path, whole: pl.DataFrame) -> None:
    """Rule by rule, each finding is owed, not evaluable or something else."""
    rows = table(job(tmp_path).run().counts)
    assert [row.rule for row in rows] == sorted(whole["rule"].cast(pl.String).unique())
    for row in rows:
        found = whole.filter(pl.col("rule") == row.rule)
        assert row.owed == row.met + row.late + row.overdue + row.open
        assert row.owed + row.not_evaluable + row.other == len(found)
        assert row.overdue == (found["standing"] == "overdue").sum()
        assert row.late == (found["standing"] == "met_late").sum()
        assert row.not_evaluable == (found["standing"] == "not_evaluable").sum()


def test_a_case_that_cannot_be_judged_does_not_stop_the_others(tmp_path: Path, whole: pl.DataFrame) -> None:
    """It is set aside with its reason; rows in are rows used and rows set aside."""
    events, cases = _tables()
    names = cases["case"]
    twice, late = str(names[10]), str(names[50])
    broken = events.with_columns(
        id=pl.when(pl.col("case") == twice).then(pl.lit("one")).otherwise("id"),
        on=pl.when((pl.col("case") == late) & (pl.col("id") == "born"))
        .then(pl.lit("1901-01-01").str.to_date())
        .otherwise("on"),
    )
    result = job(tmp_path, frames=FrameCohort(broken, cases, 40)).run()
    told = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [line["case"] for line in told] == [twice, late]
    assert "same id" in told[0]["reason"]
    assert "calendar" in told[1]["reason"]
    assert result.rows_in == len(events) == result.rows_used + result.set_aside
    assert result.set_aside == events.filter(pl.col("case").is_in([twice, late])).height
    assert result.cases == len(cases) - 2
    read = pl.read_parquet(tmp_path / "findings.parquet")
    apart = {twice, late, *_related(twice), *_related(late)}
    assert_frame_equal(read.filter(~pl.col("case").is_in(apart)), whole.filter(~pl.col("case").is_in(apart)))


def test_an_event_of_no_case_is_refused_and_not_left_out() -> None:
    """Of a cohort in memory no row may be in no part, since nobody would be told of it."""
    events, cases = _tables()
    with pytest.raises(CaseError, match=f"lacks.*{cases['case'][3]}"):
        FrameCohort(events, cases.filter(pl.col("case") != cases["case"][3]))


def _related(case: str) -> set[str]:
    events, _ = _tables()
    return set(events.filter(pl.col("child") == case)["case"])


@pytest.mark.parametrize("shape", SHAPES)
def test_only_the_columns_asked_for_are_written(tmp_path: Path, whole: pl.DataFrame, shape: str) -> None:
    """With `case`, in the order of the findings table, and counted as ever; a workbook keeps all of them."""
    result = job(tmp_path, f"findings.{shape}", columns=("standing", "rule", "due_on")).run()
    names = ["case", "rule", "standing", "due_on"]
    assert result.counts == job(tmp_path, f"all.{shape}").run().counts
    match shape:
        case "parquet":
            assert_frame_equal(pl.read_parquet(tmp_path / "findings.parquet"), whole.select(names))
        case "csv":
            assert pl.read_csv(tmp_path / "findings.csv", infer_schema=False).columns == names
        case "jsonl":
            assert pl.read_ndjson(tmp_path / "findings.jsonl").columns == names
        case _:
            assert (tmp_path / "findings.xlsx").read_bytes() == (tmp_path / "all.xlsx").read_bytes()


def test_a_column_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """The message names the nearest one there is."""
    with pytest.raises(BatchError, match=r"no such column.*standng.*standing"):
        job(tmp_path, columns=("standng",)).run()


def test_a_job_judges_by_rules_of_ones_own(tmp_path: Path) -> None:
    """Rules given with the job are the ones judged by, and a job under others is not gone on with."""
    national = national_rulebook()
    own = attrs.evolve(national.by_id["handbook.iro-appointed"], id="own.iro-appointed")
    mine, other = (
        Judging.of(AS_OF, {}, {"": setting(Rulebook(name="own", parts=(*national.parts, *more)))})
        for more in ((own,), ())
    )
    job(tmp_path, rules=mine).run()
    rules = pl.read_parquet(tmp_path / "findings.parquet")["rule"].cast(pl.String)
    assert (rules == own.id).sum() == (rules == "handbook.iro-appointed").sum() > 0
    with pytest.raises(Stopped):
        job(tmp_path, rules=mine).run(told=stop_after(1))
    with pytest.raises(BatchError, match=r"of another job.*own"):
        job(tmp_path, rules=other).run(resume=True)
    assert job(tmp_path, rules=mine).run(resume=True).kept >= 1


def test_too_many_findings_for_a_worksheet_are_refused_with_what_would_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of the format is said; nothing is cut off."""
    assert sheet.MOST_ROWS == 2**20 - 1
    monkeypatch.setattr(driver_module, "MOST_ROWS", 100)
    with pytest.raises(BatchError, match=r"do not fit in a worksheet.*--only overdue"):
        job(tmp_path, "findings.xlsx").run()
    assert not (tmp_path / "findings.xlsx").exists()


def test_no_text_is_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    """Whatever a case or a fact is called, a spreadsheet shows it and runs nothing."""
    events, cases = _tables()
    first = str(cases["case"][0])
    wicked = "=1+1"
    renamed = pl.when(pl.col("case") == first).then(pl.lit(wicked)).otherwise("case").alias("case")
    some = FrameCohort(events.with_columns(renamed), cases.with_columns(renamed).sort("case"), 1000)
    for shape in ("csv", "xlsx"):
        job(tmp_path, f"findings.{shape}", frames=some, authorities=None, terms=Terms(as_of=AS_OF)).run()
    text = (tmp_path / "findings.csv").read_text()
    assert f"\n'{wicked}," in text
    assert f"\n{wicked}," not in text
    book = openpyxl.load_workbook(tmp_path / "findings.xlsx")
    cells = [cell for row in book["Findings"].iter_rows() for cell in row]
    assert any(cell.value in (wicked, f"'{wicked}") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


@attrs.frozen
class Raises:
    """A reader that fails at one of its spans."""

    frames: FrameCohort
    error: Exception

    def read(self, span: Any) -> Any:
        if span.number == 2:
            raise self.error
        return self.frames.read(span)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.frames, name)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "events.csv"), r"events\.csv: the job stopped: Permission denied"),
        (pl.exceptions.ComputeError("parquet: File out of specification"), "the job stopped: parquet: File out of"),
        (
            CaseError("the table lacks a column", where="reviews.csv", value="REVIEW"),
            "reviews.csv: the job stopped: the",
        ),
        (
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
            r"the job stopped: UnicodeDecodeError: .*invalid start byte",
        ),
        (ValueError("a vendor's reader is wrong"), "the job stopped: ValueError: a vendor's reader is wrong"),
    ],
)
def test_a_reader_that_fails_stops_the_job_and_what_is_done_is_kept(
    tmp_path: Path, error: Exception, words: str
) -> None:
    """The message says how much is done and how to go on; and then it goes on."""
    job(tmp_path).run()
    wanted = files(tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    failing = Raises(FrameCohort(*_tables(), 40), error)
    with pytest.raises(BatchError, match=words) as raised:
        job(tmp_path, frames=failing).run()
    assert "2 parts with 80 cases are done" in str(raised.value)
    assert "--resume" in str(raised.value)
    assert not (tmp_path / "findings.parquet").exists()
    result = job(tmp_path).run(resume=True)
    assert result.kept >= 2
    assert files(tmp_path) == wanted


def test_an_output_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    """A folder that is a file, a name without a format."""
    (tmp_path / "file").touch()
    with pytest.raises(BatchError, match="cannot be made"):
        job(tmp_path / "file").run()
    with pytest.raises(BatchError, match="does not say its format"):
        job(tmp_path, "findings.txt").run()


@pytest.mark.parametrize(
    ("out", "rejects", "words"),
    [
        ("read/events.csv", "rejects.jsonl", "would be written into what is read"),
        ("findings.csv", "read/rejects.jsonl", "would be written into what is read"),
        ("read/below/findings.csv", "rejects.jsonl", "would be written into what is read"),
        ("alone.csv", "rejects.jsonl", "would be written into what is read"),
        ("findings.csv", "alone.csv", "would be written into what is read"),
        ("both.jsonl", "read/../both.jsonl", "cannot be one file"),
        ("read", "rejects.jsonl", "does not say its format"),
        ("folder.csv", "rejects.jsonl", "a folder stands where a file"),
        ("findings.csv", "folder.csv", "a folder stands where a file"),
        ("findings.csv", "rejects.txt", "does not say its format"),
        ("findings.csv", "alone.csv/rejects.csv", "the folder for the rejects cannot be made"),
    ],
)
def test_nothing_is_written_over_what_is_read(tmp_path: Path, out: str, rejects: str, words: str) -> None:
    """Nor over the other file of the job; that is said before anything is judged, and nothing has changed."""
    for name in ("read", "folder.csv"):
        (tmp_path / name).mkdir()
    for name in ("read/events.csv", "alone.csv"):
        (tmp_path / name).write_text("an input")
    before = sorted(tmp_path.rglob("*"))
    reads = (tmp_path / "read", tmp_path / "alone.csv")
    with pytest.raises(BatchError, match=words):
        job(tmp_path, reads=reads, out=tmp_path / out, rejects=tmp_path / rejects).run()
    assert sorted(tmp_path.rglob("*")) == before
    assert {path.read_text() for path in (tmp_path / "read/events.csv", tmp_path / "alone.csv")} == {"an input"}


def test_findings_are_in_their_place_only_with_their_rejects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rejects cannot be written is said at once; and where they fail in the end, no findings stand alone."""
    with monkeypatch.context() as closed:
        closed.setattr("iro_rules.batch.outputs.os.access", lambda path, mode: path != tmp_path / "closed")
        with pytest.raises(BatchError, match=r"closed: the rejects cannot be written there"):
            job(tmp_path, rejects=tmp_path / "closed" / "rejects.jsonl").run()
    assert not (tmp_path / "findings.parquet.unfinished").exists()
    (tmp_path / "rejects.jsonl.tmp").mkdir()
    with pytest.raises(BatchError, match="the job stopped"):
        job(tmp_path).run()
    assert not (tmp_path / "findings.parquet").exists()


def test_a_workbook_without_the_library_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is judged, with what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Exception, match=r"iro-rules\[sheets\]"):
        job(tmp_path, "findings.xlsx").run()
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_part_by_part(tmp_path: Path) -> None:
    """How many of how many, and what is in them."""
    told: list[Progress] = []
    result = job(tmp_path).run(told=told.append)
    assert [(one.parts, one.of) for one in told] == [(1, 3), (2, 3), (3, 3)]
    assert (told[-1].cases, told[-1].findings) == (result.cases, result.findings)


def test_a_job_is_a_value() -> None:
    """Nothing of it changes while it runs."""
    assert attrs.has(Job)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        job(Path("x")).workers = 3  # type: ignore[misc]


def test_a_case_of_no_authority_is_judged_under_the_protocol_of_all(tmp_path: Path) -> None:
    """Whom the table of authorities leaves out is not left out of the findings."""
    _, cases, _ = cohort()
    some = cases.select("case", "authority").head(50)
    job(tmp_path, authorities=some).run()
    found = pl.read_parquet(tmp_path / "findings.parquet")
    assert found["case"].n_unique() == len(cases)
    without = found.filter(pl.col("authority").is_null())
    assert without["case"].n_unique() == len(cases) - 50
    assert without["local_code"].null_count() == len(without)


def test_of_everything_that_can_be_missing_something_is_said_that_would_show_it() -> None:
    """A kind of fact is shown by a table of the cohort's; for the rest there are words."""
    assert set(OTHERWISE_SHOWN) == set(BITS) - set(KINDS)
