"""Event tables: what is written is read back, and what cannot be used is told with its row and its reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iro_rules.cohorts import Cohort, ReadOptions
from iro_rules.cohorts.event_columns import COLUMNS
from iro_rules.cohorts.event_tables import open_events
from iro_rules.cohorts.event_writing import cases_template, formula_safe, template, write_events
from iro_rules.engines.columnar import case_table, event_table
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.testing.random_cases import MadeUpStage, random_case
from tests.cohorts.reading import read, told, whole

TERMS = {
    name: {term.value: term.value for term in (*family, *(MadeUpStage if name == "stage" else ()))}
    for name, family in VOCABULARIES.items()
}


def _options(folder: Path, **more: object) -> ReadOptions:
    return ReadOptions(spool=folder / "spool", **{"terms": TERMS, **more})  # type: ignore[arg-type]


def _cases(seed: int) -> list[Case]:
    rng = random.Random(seed)
    found: dict[str, Case] = {}
    for number in range(30):
        case = random_case(rng).case
        name = f"{case.id[:70]}-{number}"
        found[name] = Case(name, case.facts, coverage=case.coverage, subject=case.subject)
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_written_is_read_back(tmp_path: Path, ending: str, seed: int) -> None:
    """Every kind of fact, hostile keys and times of day among them, however the cases are parted."""
    cases = _cases(seed)
    events, listed = event_table(cases), case_table(cases)
    write_events(events.sample(fraction=1, shuffle=True, seed=seed), listed, tmp_path / "in", ending)
    source = open_events(tmp_path / "in", _options(tmp_path))
    part = read(source, spool=tmp_path, cases_at_once=7)
    assert told(part) == []
    assert sorted(part.cases.columns) == sorted(listed.columns)
    assert part.cases.select(listed.columns).equals(listed.sort("case"))
    expected = events.sort("case", "id")
    for name in expected.columns:
        found = part.events[name] if name in part.events.columns else pl.Series([None] * len(expected))
        assert found.to_list() == expected[name].to_list(), name
    assert part.rows_in == part.rows_used == len(events) + len(cases)


AROUND = (" ", "  ", "\t", "\u00a0", "\u2003")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "categorical parquet"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_spaces_around_what_a_cell_says_change_nothing(tmp_path: Path, ending: str, *, everywhere: bool) -> None:
    """Around case ids, kinds, keys, terms, days and numbers, in every row or in some, of both tables.

    A case's rows stay together, its neighbours find it, and its row of the case table is its own.
    """
    shape, rng = ending.split()[-1], random.Random(3)
    cases = [case for seed in range(3) for case in _cases(seed)]
    write_events(event_table(cases), case_table(cases).unique("case", maintain_order=True), tmp_path / "plain", "csv")
    children = [case.id for case in cases if case.subject == "child"]
    near = [
        {"case": children[0], "kind": "related", "when": "2026-01-05", "relation": "sibling", "child": children[-1]},
        {"case": children[-1], "kind": "appointed", "when": "2026-01-05", "role": "iro", "person": "p"},
    ]
    for name in ("events", "cases"):
        plain = pl.read_csv(tmp_path / "plain" / f"{name}.csv", infer_schema=False)
        if name == "events":
            plain = pl.concat([plain, pl.DataFrame(near)], how="diagonal")
        for kind in ("plain", "padded"):
            table = plain if kind == "plain" else _padded(plain, rng, everywhere=everywhere)
            target = tmp_path / ending / kind / f"{name}.{shape}"
            target.parent.mkdir(parents=True, exist_ok=True)
            match ending:
                case "csv":
                    table.write_csv(target)
                case "jsonl":
                    table.write_ndjson(target)
                case "parquet":
                    table.write_parquet(target)
                case _:
                    table.cast(pl.Categorical).write_parquet(target)
    found = []
    for kind in ("plain", "padded"):
        source = open_events(tmp_path / ending / kind, _options(tmp_path / kind))
        cohort = Cohort.of([source], spool=tmp_path / kind / "laid", cases_at_once=4)
        found.append((whole(cohort), cohort.neighbours(), cohort.spans))
    (plain_part, neighbours, spans), (part, others, own_spans) = found
    assert own_spans == spans
    assert part.rejects.equals(plain_part.rejects)
    assert (part.rows_in, part.rows_used) == (plain_part.rows_in, plain_part.rows_used)
    assert part.cases.equals(plain_part.cases)
    assert part.events.rows() == plain_part.events.rows()
    assert all(len(table) for table in neighbours)
    assert [table.sort("case").rows() for table in others] == [table.sort("case").rows() for table in neighbours]


def _padded(table: pl.DataFrame, rng: random.Random, *, everywhere: bool) -> pl.DataFrame:
    def around(text: str | None) -> str | None:
        if text is None or not (everywhere or rng.random() < 0.3):
            return text
        return rng.choice(["", *AROUND]) + text + rng.choice(AROUND)

    return pl.DataFrame({name: [around(text) for text in column] for name, column in table.to_dict().items()})


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_case_of_nothing_but_spaces_is_told_once_and_the_rest_is_read(tmp_path: Path, ending: str) -> None:
    """One case written in two ways is one case; what has no case, or one that is no identifier, is set aside."""
    row = {"kind": "review_held ", "when": "2026-01-05", "review": "1"}
    said = ["b", " a", "a", " \t", "=a", " b "]
    _write(tmp_path / f"events.{ending}", [{**row, "case": case, "id": f"f{n}"} for n, case in enumerate(said)])
    source = open_events(tmp_path / f"events.{ending}", _options(tmp_path, coverage=Coverage.everything()))
    cohort = Cohort.of([source], spool=tmp_path / "laid", cases_at_once=1)
    part, first = whole(cohort), 2 if ending == "csv" else 1
    assert [span.first for span in cohort.spans] == ["a", "b"]
    assert part.events.select("case", "id").rows() == [("a", "f1"), ("a", "f2"), ("b", "f0"), ("b", "f5")]
    assert sorted(told(part), key=lambda one: one[1]) == [
        ("events", first + 3, None, "case", "no-case"),
        ("events", first + 4, "=a", "case", "bad-case"),
    ]


SPOILT = [
    ("no-case", {"case": " "}, "case"),
    ("bad-case", {"case": "=cmd|' /C calc'!A0"}, "case"),
    ("bad-case", {"case": "x" * 81}, "case"),
    ("no-kind", {"kind": ""}, "kind"),
    ("unknown-kind", {"kind": "review_hold"}, "kind"),
    ("wrong-subject", {"kind": "published"}, "kind"),
    ("no-date", {"when": ""}, "when"),
    ("bad-date", {"when": "2026-02-30"}, "when"),
    ("bad-date", {"when": "03/02/2026"}, "when"),
    ("bad-date", {"when": "yesterday"}, "when"),
    ("time-without-offset", {"when": "2026-01-05T10:00"}, "when"),
    ("beyond-calendar", {"when": "1907-01-05"}, "when"),
    ("future-date", {"when": "2026-03-03"}, "when"),
    ("unknown-code", {"chair": "chairman"}, "chair"),
    ("not-of-this-kind", {"result": "agreed"}, "result"),
    ("missing-value", {"review": ""}, "review"),
    ("bad-key", {"review": "@SUM(A1)"}, "review"),
    ("bad-id", {"id": "two words"}, "id"),
    ("same-id", {"id": "held-1", "review": "another"}, "id"),
    ("duplicate", {"id": "held-1"}, "id"),
    ("ragged-row", {"__": "more"}, ""),
    ("unknown-code", {"kind": "told", "by": "iro", "to": "child", "about": "review", "cc": "iro nobody",
                      "review": "", "chair": ""}, "cc"),
    ("bad-number", {"kind": "raised", "by": "iro", "about": "concern", "dispute": "d", "window": "many",
                    "review": "", "chair": ""}, "window"),
    ("bad-date", {"kind": "review_planned", "planned_for": "soon", "chair": ""}, "planned_for"),
    ("beyond-calendar", {"kind": "review_planned", "planned_for": "9999-12-31", "chair": ""}, "planned_for"),
    ("long-text", {"kind": "decided", "by": "iro", "about": "concern", "reasons": "x" * 10_001, "review": "",
                   "chair": ""}, "reasons"),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize(("code", "change", "field"), SPOILT)
def test_a_row_that_cannot_be_used_is_set_aside_with_its_reason(
    tmp_path: Path, ending: str, code: str, change: dict[str, str], field: str
) -> None:
    """The other rows are used, and every row is accounted for."""
    if code == "ragged-row" and ending != "csv":
        pytest.skip("only CSV has rows of different lengths")
    good = {
        "case": "child-1",
        "id": "held-1",
        "kind": "review_held",
        "when": "2026-01-05",
        "review": "1",
        "chair": "iro",
    }
    bad = {**good, "id": "held-2", **change}
    _write(tmp_path / f"events.{ending}", [good, bad, {**good, "id": "held-3", "case": "child-2"}])
    options = _options(tmp_path, coverage=Coverage.everything(), extracted=date(2026, 3, 2))
    part = read(open_events(tmp_path / f"events.{ending}", options), spool=tmp_path, cases_at_once=1)
    row = {"csv": 3, "jsonl": 2, "parquet": 2}[ending]
    case = None if code == "no-case" else bad["case"]
    assert told(part) == [("events", row, case, field, code)]
    assert (part.rows_in, part.rows_used) == (3, 2)
    shown = part.rejects.row(0, named=True)
    assert shown["reason"]
    assert shown["remedy"]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    columns = [name for name in COLUMNS if any(name in row for row in rows)]
    if path.suffix == ".csv":
        import csv

        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(
                [*[row.get(name, "") for name in columns], *([row["__"]] if "__" in row else [])] for row in rows
            )
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        pl.DataFrame({name: [row.get(name) for row in rows] for name in columns}).write_parquet(path)


def test_a_fact_without_an_id_is_named_by_its_row_and_told_once(tmp_path: Path) -> None:
    """The same row twice is one fact, and the second row is set aside."""
    row = {"case": "c", "kind": "review_held", "when": "2026-01-05", "review": "1"}
    _write(tmp_path / "events.csv", [row, row, {**row, "review": "2"}])
    part = read(
        open_events(tmp_path / "events.csv", _options(tmp_path, coverage=Coverage.everything())), spool=tmp_path
    )
    assert part.events["id"].to_list() == ["row-000000002", "row-000000004"]
    assert told(part) == [("events", 3, "c", "kind", "duplicate")]


def test_damaged_bytes_spoil_their_row_alone(tmp_path: Path) -> None:
    """A file in mixed encodings is read; what it says where it is damaged is not guessed."""
    head = b"case,kind,when,reasons,by,about\n"
    good = "c,decided,2026-01-05,Zo\u00eb,iro,concern\n".encode()
    (tmp_path / "events.csv").write_bytes(head + good + b"c,decided,2026-01-06,Zo\xeb,iro,concern\n")
    source = open_events(tmp_path / "events.csv", _options(tmp_path, coverage=Coverage.everything()))
    part = read(source, spool=tmp_path)
    assert told(part) == [("events", 3, "c", "", "damaged-text")]
    assert "not UTF-8" in source.notes[0]


def test_utf_16_and_semicolons_are_read(tmp_path: Path) -> None:
    """As spreadsheets write them."""
    text = "\ufeffcase;kind;when;review\r\nc;review_held;2026-01-05;1\r\n"
    (tmp_path / "events.csv").write_bytes(text.encode("utf-16-le"))
    source = open_events(tmp_path / "events.csv", _options(tmp_path, coverage=Coverage.everything()))
    assert len(read(source, spool=tmp_path).events) == 1


def test_lines_that_are_no_plain_objects_are_set_aside(tmp_path: Path) -> None:
    """Nested too deeply, with a name twice, with an object for a value, cut off."""
    good = '{"case":"c","kind":"review_held","when":"2026-01-05","review":"1"}\n'
    deep = "[" * 5000 + "]" * 5000 + "\n"
    bad = [deep, '{"case":"c","case":"d"}\n', '{"case":"c","kind":{"a":1}}\n', '{"case":"c"', '"text"\n', "NaN\n"]
    (tmp_path / "events.jsonl").write_text(good + "".join(line.rstrip("\n") + "\n" for line in bad), encoding="utf-8")
    part = read(
        open_events(tmp_path / "events.jsonl", _options(tmp_path, coverage=Coverage.everything())), spool=tmp_path
    )
    assert (part.rows_in, part.rows_used) == (7, 1)
    assert set(part.rejects["code"]) <= {"bad-json", "no-case"}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "events.parquet").write_bytes(b"PAR1 and no more"), "Parquet"),
        (lambda folder: _truncate(folder), "Parquet"),
        (lambda folder: (folder / "events.csv").write_text("case,kind\n"), "lacks a column, when.*'case, kind'"),
        (lambda folder: (folder / "events.csv").write_text("Case,KIND,when,Review,review\n"), "one name.*'review'"),
        (lambda folder: [(folder / name).touch() for name in ("Events.CSV", "events-1.parquet")], "two files hold"),
        (lambda folder: (folder / "events.csv").write_text("case,kind,when,when\n"), "one name"),
        (lambda folder: (folder / "events.csv").write_text(""), "empty"),
        (lambda folder: (folder / "events.csv").write_text('case,kind,when\nc,"born,2026-01-01\n'), "cannot be read"),
        (lambda folder: pl.DataFrame({"case": [1], "kind": ["born"], "when": ["2026-01-05"]}).write_parquet(
            folder / "events.parquet"), "another type"),
        (lambda folder: None, "no event table"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_event_table_is_refused(tmp_path: Path, spoil: Callable[[Path], object], words: str) -> None:
    """With what is wrong with it, before any part is given."""
    spoil(tmp_path)
    with pytest.raises(CaseError, match=words):
        read(open_events(tmp_path, _options(tmp_path, coverage=Coverage.everything())), spool=tmp_path)


def _truncate(folder: Path) -> None:
    pl.DataFrame({"case": ["c"] * 99, "kind": "born", "when": "2026-01-05"}).write_parquet(folder / "events.parquet")
    data = (folder / "events.parquet").read_bytes()
    (folder / "events.parquet").write_bytes(data[: len(data) // 2])


def test_what_the_record_covers_has_to_be_said(tmp_path: Path) -> None:
    """By a table of cases or by an option, never by default."""
    _write(tmp_path / "events.csv", [{"case": "c", "kind": "born", "when": "2026-01-05"}])
    with pytest.raises(CaseError, match="covers"):
        open_events(tmp_path / "events.csv", _options(tmp_path))


def test_the_table_of_cases_is_looked_at_row_by_row(tmp_path: Path) -> None:
    """Unknown kinds, an unknown subject, a case twice; and events of a case that is then missing."""
    _write(tmp_path / "events.csv", [{"case": c, "kind": "born", "when": "2026-01-05"} for c in "abcd"])
    cases = "case,subject,coverage\na,,everything\nb,council,everything\nc,child,born boren\na,child,born\n"
    cases += "d,child,nothing\n"
    (tmp_path / "cases.csv").write_text(cases, encoding="utf-8")
    part = read(open_events(tmp_path, _options(tmp_path)), spool=tmp_path)
    assert part.cases["case"].to_list() == ["a", "d"]
    assert part.cases["covered"].to_list()[1] == 0
    assert sorted(told(part)) == [
        ("cases", 3, "b", "subject", "bad-subject"),
        ("cases", 4, "c", "coverage", "bad-coverage"),
        ("cases", 5, "a", "case", "case-twice"),
        ("events", 3, "b", "case", "no-case-row"),
        ("events", 4, "c", "case", "no-case-row"),
    ]


def test_columns_that_are_not_known_are_named(tmp_path: Path) -> None:
    """They are not read, and nobody is left to wonder."""
    (tmp_path / "events.csv").write_text("case,kind,when,LA,YEAR\nc,born,2026-01-05,x,y\n", encoding="utf-8")
    source = open_events(tmp_path / "events.csv", _options(tmp_path, coverage=Coverage.everything()))
    assert "LA, YEAR" in source.notes[0]
    assert len(read(source, spool=tmp_path).events) == 1


def test_the_templates_are_event_tables(tmp_path: Path) -> None:
    """Filled in as they are, every row is used."""
    (tmp_path / "events.csv").write_text(template(), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(cases_template(), encoding="utf-8")
    part = read(open_events(tmp_path, _options(tmp_path)), spool=tmp_path)
    assert (part.rows_in, part.rows_used) == (5, 5)


def test_related_cases_are_found_across_parts(tmp_path: Path) -> None:
    """The neighbours hold what the whole tables hold of the named cases."""
    rows = [
        {"case": "a", "kind": "related", "when": "2026-01-05", "relation": "sibling", "child": "c"},
        {"case": "c", "kind": "appointed", "when": "2026-01-05", "role": "iro", "person": "p"},
        {"case": "b", "kind": "appointed", "when": "2026-01-05", "role": "iro", "person": "q"},
    ]
    _write(tmp_path / "events.csv", rows)
    source = open_events(tmp_path / "events.csv", _options(tmp_path, coverage=Coverage.everything()))
    events, cases = Cohort.of([source], spool=tmp_path / "laid", cases_at_once=1).neighbours()
    assert events["person"].to_list() == ["p"]
    assert cases["case"].to_list() == ["c"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx"])
def test_no_cell_of_a_written_csv_is_a_formula(text: str) -> None:
    """It gets an apostrophe in front, which a spreadsheet does not show."""
    assert pl.DataFrame({"a": [text, "a=b"]}).select(formula_safe("a"))["a"].to_list() == [f"'{text}", "a=b"]


@pytest.mark.parametrize(("table", "text"), [("events", template()), ("cases", cases_template())])
def test_the_command_line_prints_the_templates(table: str, text: str) -> None:
    """As they are, to be sent into a file."""
    from click.testing import CliRunner

    from iro_rules.cli import main

    result = CliRunner().invoke(main, ["template", table])
    assert (result.exit_code, result.output) == (0, text)


def test_names_and_headings_may_be_in_capitals(tmp_path: Path) -> None:
    """Spreadsheets and people write them so; files that look like tables of events and are none are named."""
    (tmp_path / "Events.CSV").write_text('Case, Kind ,WHEN,"LA"\nc,born,2020-01-05,x\n', encoding="utf-8")
    (tmp_path / "CASES.csv").write_text("CASE,Subject,Coverage\nc,Child,Everything\n", encoding="utf-8")
    for name in ("events-2.csv", "cases (old).csv", "Reviews.xlsx", "readme.txt"):
        (tmp_path / name).touch()
    source = open_events(tmp_path, _options(tmp_path))
    part = read(source, spool=tmp_path)
    assert part.events.select("case", "kind").rows() == [("c", "born")]
    assert part.cases["covered"].to_list() == [sum(BITS[kind] for kind in KINDS)]
    assert source.notes[0] == "Events.CSV has columns that are not read: LA"
    assert source.notes[1].startswith("not read: Reviews.xlsx, cases (old).csv, events-2.csv (")
    alone = open_events(tmp_path / "Events.CSV", _options(tmp_path, coverage=Coverage.everything()))
    assert len(alone.notes) == 1
