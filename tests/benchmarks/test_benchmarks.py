"""The benchmarks time nothing until all findings are known to be equal, and write only when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from click.testing import CliRunner, Result

from benchmarks import __main__ as command
from benchmarks import numpy_floor
from benchmarks.arrays import MET, OVERDUE
from benchmarks.slice import cut, slice_rules
from benchmarks.timing import Contender, Times, machine, measure
from iro_rules.assessment import setting
from iro_rules.engines import columnar, meaning
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.rulebook.compile import reads
from iro_rules.rulebook.core import makes

pytest.importorskip("iro_rules_rochdale")

TIMED = "median"
READERS = ("--only", "numpy", "--only", "columnar", "--only", "meaning", "--only", "durable")
WHOLE = ("--only", "columnar-whole", "--only", "meaning-whole", "--only", "durable-whole")


def run(*options: str) -> Result:
    """One small run of the benchmarks."""
    return CliRunner().invoke(command.main, ["--cases", "20", "--runs", "1", *options])


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "RESULTS", tmp_path / "results.json")


def test_a_run_checks_that_all_find_the_same_and_then_times_them(tmp_path: Path) -> None:
    """A run says how many findings are equal, gives a line for each contender, and leaves no file."""
    result = run(*READERS)
    assert result.exit_code == 0, result.output
    assert "equal findings: " in result.output
    for words in (TIMED, "NumPy by hand", "columnar, from", "meaning, from", "ratio"):
        assert words in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("protocol", ["none", "rochdale"])
def test_the_floor_finds_what_the_rules_mean(protocol: str) -> None:
    """The version written by hand gives every finding of the rulebook, on the national rules alone too."""
    result = run("--protocol", protocol, "--only", "numpy", "--seed", "4", "--cases", "300")
    assert result.exit_code == 0, result.output


def test_the_readers_are_timed_on_the_slice_and_on_the_whole_rulebook() -> None:
    """Each has a line for the foundation slice and one for all rules; the bars may be for the processors' time."""
    result = run(*READERS, *WHOLE, "--time", "processor")
    assert result.exit_code == 0, result.output
    for words in ("durable, from prepared", "durable, the whole", "columnar, the whole", "bars are of processor time"):
        assert words in result.output


def test_the_slice_is_of_rules_that_there_are() -> None:
    """Every rule named in the slice is in Rochdale's rulebook."""
    core = setting("rochdale").rulebook.core()
    assert slice_rules() <= {production.rule for production in core.productions()}


def test_a_slice_keeps_what_makes_the_rows_that_it_reads() -> None:
    """Rules that nothing in the slice leans on are left out, those beneath it stay, and so does their order."""
    core = setting("rochdale").rulebook.core()
    some = cut(core, {"regulations.second-review"}).productions()
    assert {kind for p in some for kind in reads(p) if kind not in KIND_FIELDS} == {k for p in some for k in makes(p)}
    assert "regulations.first-review" not in {p.rule for p in some}
    assert list(some) == [p for p in core.productions() if p in some]


def test_what_stands_around_the_readers_is_timed_too() -> None:
    """Preparing, whole assessments and the process of the command line have their own lines."""
    result = run("--only", "prepare", "--only", "assess", "--only", "robust", "--only", "help")
    assert result.exit_code == 0, result.output
    for words in ("preparing the rows", "robustness left out", "assess, whole", "--help, the process"):
        assert words in result.output


def test_a_standing_that_differs_is_reported_and_nothing_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the floor takes one obligation for overdue that is met, the run names it and ends with 1."""
    judge = numpy_floor.judge

    def wrong(*args: Any) -> Any:
        found = judge(*args)
        found.standing[(found.standing == MET).argmax()] = OVERDUE
        return found

    monkeypatch.setattr(numpy_floor, "judge", wrong)
    result = run(*READERS)
    assert result.exit_code == 1
    assert "numpy differs" in result.output
    assert "1 found only here" in result.output
    assert "1 missing here" in result.output
    assert TIMED not in result.output


def test_a_finding_that_is_left_out_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the columnar reader lacks a finding, the run says which."""
    judge = columnar.judge_table
    monkeypatch.setattr(columnar, "judge_table", lambda *args, **options: judge(*args, **options)[1:])
    result = run("--only", "columnar")
    assert result.exit_code == 1
    assert "columnar differs" in result.output
    assert "act.iro-before-first-review" in result.output


def test_a_finding_given_twice_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the columnar reader gives a finding twice, the run says so."""
    judge = columnar.judge_table

    def twice(*args: Any, **options: Any) -> pl.DataFrame:
        found = judge(*args, **options)
        return pl.concat([found, found[:1]])

    monkeypatch.setattr(columnar, "judge_table", twice)
    result = run("--only", "columnar")
    assert result.exit_code == 1
    assert "given twice" in result.output


def test_a_deadline_that_differs_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal standings with another deadline are not equal findings."""
    judge = meaning.judge

    def later(*args: Any) -> Any:
        first, *others = judge(*args)
        return (first._replace(due_on=(first.due_on or 0) + 1), *others)

    monkeypatch.setattr(meaning, "judge", later)
    result = run("--only", "columnar")
    assert result.exit_code == 1
    assert "columnar differs" in result.output


def test_the_floor_is_left_out_where_it_does_not_know_the_protocol() -> None:
    """With another council's rules the run goes on without the version written by hand."""
    pytest.importorskip("iro_rules_derby")
    result = run("--protocol", "derby", "--only", "numpy", "--only", "meaning")
    assert result.exit_code == 0, result.output
    assert "numpy is left out" in result.output


def test_a_protocol_that_is_not_there_is_named() -> None:
    """An unknown protocol ends the run with a sentence, not with a traceback."""
    result = run("--protocol", "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_results_are_written_when_asked(tmp_path: Path) -> None:
    """The file holds the machine, the cases and every time, and names no host and no path."""
    result = run("--only", "numpy", "--write")
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert set(written["machine"]) == {"cores", "processor", "system", "python", "libraries"}
    assert written["cases"]["protocol"] == "rochdale"
    assert [time["name"] for time in written["times"]] == ["numpy"]
    assert written["times"][0]["min"] <= written["times"][0]["median"] <= written["times"][0]["max"]


def test_times_are_medians_of_runs() -> None:
    """The median, and whether it is within the bar."""
    times = Times(Contender(name="x", title="x", cases=1, run=int, bar=3.0), (9.0, 2.0, 3.0), (4.0, 1.0, 4.0))
    assert (times.median, times.within) == (3.0, True)
    of_processors = attrs.evolve(times, held_to="processor")
    assert (of_processors.median, of_processors.within) == (4.0, False)
    assert measure([times.contender], 3)[0].contender is times.contender
    assert "python" in machine()
