"""`iro-rules batch` and `iro-rules generate cohort`: from files to files, told in one table, and refused in words."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from iro_rules.protocols import Registry
from iro_rules.report.batch_page import progress
from tests.cli.conftest import Run

AS_OF = ("--as-of", "2026-03-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small cohort of two authorities as event tables; the first follows the last protocol installed."""
    from iro_rules.lab.synthetic import generate_cohort

    out = tmp_path_factory.mktemp("cohort") / "made"
    generate_cohort(out, cases=80, seed=4, count=2, protocols=Registry.discover().protocols[-1:])
    return out


def command(source: Path, out: Path, *more: str, name: str = "findings.parquet") -> list[str]:
    """The command for a job."""
    files = ["--out", str(out / name), "--rejects", str(out / "rejects.jsonl")]
    return ["batch", str(source), "--from", "events", *AS_OF, *files, *more]


def whose(folder: Path) -> tuple[str, ...]:
    """The options that say whose case is whose, and who follows which protocol."""
    return ("--authorities", str(folder / "authorities.csv"), "--protocols", str(folder / "protocols.csv"))


def test_a_job_from_files_to_files(run: Run, folder: Path, tmp_path: Path) -> None:
    """The table counts what is in the file, and the rows add up; in a pipe there is no progress."""
    result = run(*command(folder, tmp_path, *whose(folder), "--cases-at-once", "30"))
    assert result.exit_code == 0, result.output
    findings = pl.read_parquet(tmp_path / "findings.parquet")
    events = pl.read_parquet(folder / "events.parquet")
    assert f"{len(findings):,} findings on 80 cases with {len(events):,} facts." in result.stdout
    rows = f"{len(events) + 80:,}"
    assert f"Rows read {rows} = used {rows} + set aside 0." in result.stdout
    overdue = (findings["standing"] == "overdue").sum()
    assert f"{overdue:,}" in result.stdout.split("all rules")[1].splitlines()[0].split()
    assert result.stderr == ""
    assert {path.name for path in tmp_path.iterdir()} == {"findings.parquet", "rejects.jsonl"}
    assert findings["authority"].n_unique() == 2
    assert (
        findings.filter(pl.col("authority") == "la002")["local_code"].null_count()
        == (findings["authority"] == "la002").sum()
    )


def test_rules_that_nothing_can_be_said_of_stand_in_one_line(run: Run, folder: Path, tmp_path: Path) -> None:
    """It says how many they are; every rule is shown where that is asked for, and the sums stay the same."""
    (tmp_path / "events.csv").write_text("case,kind,when\nc1,born,2020-01-02\n", encoding="utf-8")
    job = command(tmp_path / "events.csv", tmp_path, "--coverage", "born", name="findings.csv")
    short, long = run(*job), run(*job, "--every-rule")
    assert short.exit_code == long.exit_code == 0, short.output + long.output
    rules = pl.read_csv(tmp_path / "findings.csv").group_by("rule").agg(pl.col("standing").unique())
    unknown = rules.filter(pl.col("standing").list.eval(pl.element() == "not_evaluable").list.all())["rule"]
    assert len(unknown) > 100
    assert f"{len(unknown)} rules are not evaluable in any case; --every-rule shows each" in short.stdout
    assert "--every-rule" not in long.stdout
    for rule in unknown:
        assert rule in long.stdout.split()
        assert rule not in short.stdout.split()
    sums = [result.stdout.split("all rules")[1].splitlines()[0].split() for result in (short, long)]
    assert sums[0] == sums[1]


def test_spaces_around_cases_and_authorities_change_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    """In the tables that say whose case is whose and who follows which protocol, as in the others."""
    padded = tmp_path / "padded"
    padded.mkdir()
    for name in ("authorities.csv", "protocols.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (padded / name).write_text(text.replace(",", " ,\t").replace("\nla", "\n la"), encoding="utf-8")
    head, *_ = (padded / "authorities.csv").read_text(encoding="utf-8").partition("\n")
    assert head == "case ,\tauthority"
    found = []
    for given in (folder, padded):
        result = run(*command(folder, tmp_path, *whose(given)))
        assert result.exit_code == 0, result.output
        found.append((tmp_path / "findings.parquet").read_bytes())
    assert found[0] == found[1]


def test_formats_of_event_tables_give_the_same_findings(run: Run, folder: Path, tmp_path: Path) -> None:
    """The same made-up cohort as Parquet and as CSV."""
    made = tmp_path / "csv"
    asked = ("--cases", "80", "--seed", "4", "--authorities", "2", "--format", "csv")
    protocol = Registry.discover().protocols[-1].name
    assert run("generate", "cohort", "--out", str(made), *asked, "--protocol", protocol).exit_code == 0
    found = []
    for source in (folder, made):
        result = run(*command(source, tmp_path, *whose(folder)))
        assert result.exit_code == 0, result.output
        assert "set aside 0" in result.stdout
        found.append((tmp_path / "findings.parquet").read_bytes())
    assert found[0] == found[1]


def test_rows_that_cannot_be_used_are_told_of(run: Run, folder: Path, tmp_path: Path) -> None:
    """Each with its table, row, field, value, reason and what to do; the others are judged."""
    events = pl.read_csv(_csv(run, tmp_path), infer_schema=False)
    broken = events.with_columns(
        when=pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("31/02/2026")).otherwise("when"),
        kind=pl.when(pl.int_range(pl.len()) == 9).then(pl.lit("rewiew_held")).otherwise("kind"),
    )
    broken.write_csv(tmp_path / "made" / "events.csv")
    result = run(*command(tmp_path / "made", tmp_path))
    assert result.exit_code == 0, result.output
    assert "set aside 2" in result.stdout
    told = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [(line["row"], line["field"], line["value"], line["used"]) for line in told] == [
        (9, "when", "31/02/2026", False),
        (11, "kind", "rewiew_held", False),
    ]
    assert all(line["reason"] and line["remedy"] and line["table"] == "events" for line in told)


def _csv(run: Run, folder: Path) -> Path:
    run("generate", "cohort", "--out", str(folder / "made"), "--cases", "20", "--authorities", "1", "--format", "csv")
    return folder / "made" / "events.csv"


def truncated(folder: Path) -> None:
    path = folder / "events.parquet"
    path.write_bytes(path.read_bytes()[:-2_000])


def without_a_column(folder: Path) -> None:
    pl.read_parquet(folder / "events.parquet").drop("kind").write_parquet(folder / "events.parquet")


def unreadable(folder: Path) -> None:
    (folder / "events.parquet").unlink()
    (folder / "events.parquet").mkdir()


def gone(folder: Path) -> None:
    (folder / "events.parquet").unlink()


@pytest.mark.parametrize("spoil", [truncated, without_a_column, unreadable, gone])
def test_a_file_that_cannot_be_read_ends_the_job_in_words(
    refused: Callable[[Sequence[str]], str], run: Run, folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Exit code 2, the file named, no output; with a whole file the same command then does it."""
    made = tmp_path / "made"
    made.mkdir()
    for name in ("events.parquet", "cases.parquet"):
        (made / name).write_bytes((folder / name).read_bytes())
    spoil(made)
    said = refused(command(made, tmp_path, "--resume"))
    assert "events" in said or str(made) in said
    assert not (tmp_path / "findings.parquet").exists()
    if spoil is not unreadable:
        (made / "events.parquet").write_bytes((folder / "events.parquet").read_bytes())
        assert run(*command(made, tmp_path, "--resume")).exit_code == 0


def test_rows_in_another_encoding_are_set_aside(run: Run, tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are told of, and the rows without them are judged."""
    path = _csv(run, tmp_path)
    lines = path.read_bytes().split(b"\n")
    lines[5] = lines[5].replace(lines[5].split(b",")[1], b"caf\xe9", 1)
    path.write_bytes(b"\n".join(lines))
    result = run(*command(tmp_path / "made", tmp_path))
    assert result.exit_code == 0, result.output
    assert "set aside 1" in result.stdout
    assert "UTF-8" in (tmp_path / "rejects.jsonl").read_text()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--protocol", "rochdle"), "there is no such protocol"),
        (("--only", "late"), "there is no such standing"),
        (("--protocols", "PROTOCOLS"), "--protocols needs --authorities"),
        (("--read", "x"), "needs the form NAME=VALUE"),
        (("--coverage", "everthing"), "coverage names a kind of fact that does not exist"),
        (("--coverage", "review_held>=April"), "the first day of review_held is not a date"),
        (("--coverage", "told review_held>=2025-04-01 told"), "coverage names a kind of fact twice"),
        (("--from", "ssda"), "--from is given once for all inputs"),
        (("--authorities", "PROTOCOLS"), "lacks a column, case. Given: 'authority, protocol'"),
        (("--with", "year=2026"), "no input has a reader with such an option"),
        (("--with", "extracted"), "needs the form NAME=VALUE"),
    ],
)
def test_choices_that_do_not_exist_are_refused(
    refused: Callable[[Sequence[str]], str], folder: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    """Before anything is read or written."""
    given = [str(folder / "protocols.csv") if option == "PROTOCOLS" else option for option in options]
    if options[0] == "--from":
        given = ["--from", "events"]
        asked = [*command(folder, tmp_path), str(folder), *given, *given]
    else:
        asked = [*command(folder, tmp_path), *given]
    assert words in refused(asked)
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_does_not_exist_is_refused(
    refused: Callable[[Sequence[str]], str], folder: Path, tmp_path: Path
) -> None:
    """Of the input or of the output, with those there are."""
    asked = command(folder, tmp_path)
    asked[asked.index("events")] = "event"
    assert "events, perhaps" in refused(asked)
    assert ".parquet, .csv, .jsonl, .xlsx" in refused(command(folder, tmp_path, name="findings.txt"))


def test_a_cohort_is_made_only_into_an_empty_folder(refused: Callable[[Sequence[str]], str], folder: Path) -> None:
    """Nothing is written over."""
    assert "the folder is not empty" in refused(["generate", "cohort", "--out", str(folder), "--cases", "20"])


def test_a_return_and_event_tables_make_one_cohort(run: Run, folder: Path, tmp_path: Path) -> None:
    """What the return cannot show, the events do; what neither shows is said, with the table that would."""
    made = tmp_path / "return"
    asked = ("--cases", "80", "--seed", "4", "--authorities", "2", "--format", "ssda903")
    protocol = Registry.discover().protocols[-1].name
    assert run("generate", "cohort", "--out", str(made), *asked, "--protocol", protocol).exit_code == 0
    year = ("--with", "year=2026", "--with", f"last_year={made / '2025'}")
    alone = command(made / "2026", tmp_path, *year)
    alone[alone.index("events")] = "ssda903"
    result = run(*alone)
    assert result.exit_code == 0, result.output
    lacking = result.stdout.split("Not evaluable for want of:")[1]
    assert "an event table with rows of kind appointed" in lacking
    first = _standings(tmp_path, "regulations.first-review")
    assert first["met"] > 20
    assert set(_standings(tmp_path, "handbook.iro-appointed")) == {"not_evaluable"}
    both = [*command(made / "2026", tmp_path, *whose(folder), *year)]
    both[2:4] = [str(folder), "--from", "ssda903", "--from", "events"]
    result = run(*both)
    assert result.exit_code == 0, result.output
    assert _standings(tmp_path, "handbook.iro-appointed")["met"] > 20


def _standings(folder: Path, rule: str) -> dict[str, int]:
    found = pl.read_parquet(folder / "findings.parquet").filter(pl.col("rule") == rule)
    return dict(found["standing"].cast(pl.String).value_counts().iter_rows())


def test_progress_is_shown_on_a_terminal_and_nowhere_else() -> None:
    """A bar with what is done, and nothing at all in a pipe."""
    for terminal in (True, False):
        stream = io.StringIO()
        console = Console(file=stream, force_terminal=terminal, width=100)
        with progress(console) as bar:
            bar.at(2, 5, 20_000, 1_234_567)
        shown = stream.getvalue()
        assert ("2/5" in shown and "20,000 cases, 1,234,567 findings" in shown) is terminal
        assert terminal or shown == ""


def test_a_job_says_what_came_too_late_and_that_nothing_was_judged(run: Run, folder: Path, tmp_path: Path) -> None:
    """An extract that came out empty is not taken for a quiet night."""
    result = run(*command(folder, tmp_path, "--as-of", "2015-03-31"))
    assert "facts came after the day asked about, and count for nothing." in result.stdout
    assert "No case was judged" not in result.stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "events.csv").write_text("case,kind,when\n", encoding="utf-8")
    (empty / "cases.csv").write_text("case,coverage\n", encoding="utf-8")
    result = run(*command(empty, tmp_path))
    assert result.exit_code == 0, result.output
    assert "No case was judged: look into the input and the rejects." in result.stdout
    assert "count for nothing" not in result.stdout


def test_who_is_of_no_authority_and_which_authority_has_nobody_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    """A name written in two ways leaves a protocol out, and the findings would not show it."""
    (tmp_path / "in").mkdir()
    lines = (folder / "authorities.csv").read_text(encoding="utf-8").splitlines()
    first, *rest = (line.replace(",la001", ";LA001").replace(",", ";") for line in lines)
    text = "\r\n".join([first.upper(), *rest[2:], ";", ""])
    (tmp_path / "in" / "whose.csv").write_text(text, encoding="utf-8-sig", newline="")
    whose_case = ("--authorities", str(tmp_path / "in" / "whose.csv"), "--protocols", str(folder / "protocols.csv"))
    result = run(*command(folder, tmp_path, *whose_case))
    assert result.exit_code == 0, result.output
    assert "2 cases have no authority" in result.stdout
    assert "no case is of these authorities that protocols.csv names: la001" in " ".join(result.stdout.split())
    result = run(*command(folder, tmp_path, *whose(folder)))
    assert "no authority" not in result.stdout
    assert "no case is of" not in result.stdout


def test_coverage_that_nobody_listens_to_is_refused_or_told(
    refused: Callable[[Sequence[str]], str], run: Run, folder: Path, tmp_path: Path
) -> None:
    """A return knows what it covers, and so does a table of cases."""
    asked = [*command(folder, tmp_path, "--coverage", "everything", "--with", "year=2026")]
    asked[asked.index("events")] = "ssda903"
    assert "not for --coverage to say" in refused(asked)
    result = run(*command(folder, tmp_path, "--coverage", "everything"))
    assert "cases.parquet says what the record covers; the option coverage is not used" in result.stdout
