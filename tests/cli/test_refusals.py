"""Bad usage and bad input: exit code 2, one clear message, nothing half-printed, never a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from iro_rules.engines import durable, meaning
from tests.cli.conftest import ASKED, EXAMPLE, Install, Run

Refused = Callable[[Sequence[str]], str]

GOOD = {"format": "iro-rules/case/1", "case": "c1", "coverage": "everything", "facts": []}
FACT = {"kind": "review_held", "id": "f1", "when": "2026-03-02", "review": "r1"}


def written(tmp_path: Path, content: Any) -> str:
    """A case file with some content: bytes, text, or plain values."""
    path = tmp_path / "case.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("   \n", "the file is empty"),
        ("{", "this is not JSON"),
        ("not json", r"line 1, column 1.*this is not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("[]", "a case is not an object"),
        ("3", "a case is not an object"),
        ("{}", "the format is not said"),
        ("[" * 5000, "nested too deeply"),
        ({**GOOD, "format": "iro-rules/case/99"}, "version of the format that is not known"),
        ({**GOOD, "case": ""}, "no usable id"),
        ({**GOOD, "coverage": "most"}, "coverage is not a list"),
        ({**GOOD, "fact": []}, "there is no such field"),
        ({**GOOD, "facts": [{"kind": "review_hold"}]}, r"no such kind of fact.*review_held"),
        ({**GOOD, "facts": [{**FACT, "when": "2026-02-30"}]}, r"f1.*not a day that exists"),
        ({**GOOD, "facts": [{**FACT, "when": "2026-03-02T10:00:00"}]}, "without a time zone"),
        ({**GOOD, "facts": [{**FACT, "when": "2051-03-02"}]}, "outside the known calendar"),
        ({**GOOD, "facts": [FACT, {**FACT, "review": "r2"}]}, "two different facts have one id"),
        ({"format": "iro-rules/cases/1", "cases": [GOOD]}, "the file may hold many cases"),
    ],
)
def test_a_file_that_is_not_a_case_is_refused(tmp_path: Path, refused: Refused, content: Any, words: str) -> None:
    """Each fault has its own message, and points to the page that explains it."""
    error = refused(["assess", written(tmp_path, content), "--as-of", "2026-03-02"])
    assert re.search(words, error), error
    assert re.search(r"\(See docs/reference/errors\.md#(case|field)\)", error)


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_refused(refused: Refused, tmp_path: Path, name: str) -> None:
    """Not there, or a folder."""
    assert "the file cannot be read" in refused(["assess", str(tmp_path / name), "--as-of", "2026-03-02"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((EXAMPLE,), "Missing option '--as-of'"),
        (("--as-of", "2026-03-02"), "Missing argument 'CASE.json'"),
        ((*ASKED, "--protocol", "rochdle"), "there is no such protocol.*'rochdle'.*rochdale"),
        ((*ASKED, "--protocol", ""), "there is no such protocol"),
        ((*ASKED, "--engine", "clips"), "there is no such engine.*'clips'.*checked, durable, meaning, columnar"),
        ((*ASKED, "--format", "xml"), "'xml' is not one of"),
        ((*ASKED, "--fail-on", "late"), "'late' is not one of"),
        ((*ASKED, "--read", "counting.first-day"), "needs the form INTERPRETATION=READING"),
        ((*ASKED, "--read", "counting.first-day=third"), "counting.first-day: there is no such reading.*'third'"),
        ((*ASKED, "--read", "counting=next_day"), "no such interpretation.*'counting'"),
        (
            (*ASKED, "--read", "counting.first-day=next_day", "--read", "counting.first-day=event_day"),
            "given twice, with different readings",
        ),
        ((*ASKED[:-1], "2026-03-02T10:00"), "as_of is a time without a time zone"),
        ((*ASKED[:-1], "02/03/2026"), "as_of is neither a date nor a time"),
        ((*ASKED[:-1], "2026-02-30"), "as_of is not a day that exists"),
        ((*ASKED[:-1], "1989-12-31"), "outside the known calendar.*1990-01-01 to 2028-12-31"),
        ((*ASKED[:-1], "2029-01-01"), "outside the known calendar.*1990-01-01 to 2028-12-31"),
        ((*ASKED[:-1], "9999-12-31"), "as_of is out of range"),
        ((*ASKED, "--nothing"), "No such option"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(refused: Refused, arguments: Sequence[str], words: str) -> None:
    """Choices that do not exist, days that cannot be asked about, and usage that makes no sense."""
    error = " ".join(refused(["assess", *arguments]).split())
    assert re.search(words, error), error


def test_a_case_with_a_protocols_terms_needs_that_protocol(refused: Refused) -> None:
    """Every fault is told, up to a limit, with its fact."""
    error = refused(["assess", EXAMPLE, "--as-of", "2026-03-02"])
    assert "things are wrong" in error
    assert "fact f13" in error
    assert "and 5 more" in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("explain", "handbook.nothing"), "national: there is no such rule.*'handbook.nothing'.*handbook"),
        (("explain", "no.such.rule", "--case", *ASKED), "there is no such finding.*'no.such.rule'.*regulations"),
        (("explain", "x", "--case", EXAMPLE), "--case needs --as-of"),
        (("explain", "regulations.first-review", "--days"), "name it with --case"),
        (("explain", "regulations.first-review", "--as-of", "2026-03-02"), "name it with --case"),
        (("explain", "regulations.first-review", "--read", "a=b"), "name it with --case"),
        (("explain",), "Missing argument"),
        (("rules", "--protocol", "nowhere"), "there is no such protocol"),
        (("rules", "--format", "html"), "'html' is not one of"),
        (("protocol", "lost"), "No such command 'lost'"),
        (("asess",), "No such command 'asess'"),
    ],
)
def test_the_other_commands_refuse_what_is_not_there(refused: Refused, arguments: Sequence[str], words: str) -> None:
    """With what is there instead."""
    error = " ".join(refused(arguments).split())
    assert re.search(words, error), error


def test_a_case_without_findings_has_none_to_explain(refused: Refused) -> None:
    """The error does not offer rules that are not there."""
    error = refused(["explain", "regulations.first-review", "--case", *ASKED[:-1], "1999-01-01"])
    assert "there is no such finding" in error
    assert "nothing: it has none" in error


def test_a_broken_protocol_is_refused_by_name_and_listed_with_the_reason(
    install: Install, refused: Refused, run: Run
) -> None:
    """Its import fails: whoever asks for it is told why, and nobody else is troubled."""
    install("brokenshire", "raise RuntimeError('no such county')\n")
    error = refused(["assess", *ASKED, "--protocol", "brokenshire"])
    assert "brokenshire (brokenshire 1.0): it cannot be imported: RuntimeError: no such county" in error
    listed = " ".join(run("protocol", "list").stdout.split())
    assert "brokenshire 1.0" in listed
    assert "no such county" in listed
    assert "rochdale" in listed
    assert run("assess", *ASKED).exit_code == 0


def test_a_package_that_breaks_when_asked_is_named(install: Install, refused: Refused) -> None:
    """An observer that fails is an error of that package, and no answer is printed."""
    install(
        "deafshire",
        "from iro_rules.protocols import hookimpl\n\n"
        "@hookimpl\ndef iro_observer(assessment: object) -> None:\n    raise OSError('deaf')\n",
    )
    assert "deafshire (deafshire 1.0): its iro_observer failed: OSError: deaf" in refused(["assess", *ASKED])


def test_two_readers_that_differ_give_no_answer(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the file in the folder asked for."""
    monkeypatch.setattr(durable, "available", lambda: "")
    monkeypatch.setattr(durable, "judge", lambda *given: meaning.judge(*given)[1:])
    error = refused(["assess", *ASKED, "--bundles", str(tmp_path / "kept")])
    (kept,) = (tmp_path / "kept").iterdir()
    assert "two readers gave different findings, so none is given" in error
    assert str(kept) in error


def test_bad_input_is_refused_whole_before_anything_is_printed(refused: Refused, tmp_path: Path) -> None:
    """Many faults in one file are told together, as many as are useful."""
    facts = [{**FACT, "id": f"f{n}", "when": "never"} for n in range(50)]
    error = refused(["assess", written(tmp_path, {**GOOD, "facts": facts}), "--as-of", "2026-03-02"])
    assert "50 things are wrong" in error
    assert error.count("\n  - ") == 21


@pytest.mark.parametrize("more", [(), ("--protocol", "barnet")], ids=["national", "barnet"])
@pytest.mark.parametrize("command", ["assess", "report"])
def test_words_of_another_protocol_name_it(refused: Refused, command: str, more: tuple[str, ...]) -> None:
    """Beside the words that are not known; where the file is wrong in another way, no protocol is named."""
    said = refused([command, str(EXAMPLE), "--as-of", "2026-03-02", *more])
    assert "stage is not a known stage" in said
    assert said.rstrip().endswith("Every word of this file is known under --protocol rochdale.")


def test_a_case_that_no_protocol_can_read_names_none(refused: Refused, tmp_path: Path) -> None:
    """A word that nobody knows is not blamed on the choice of a protocol."""
    case = written(tmp_path, {**GOOD, "facts": [{**FACT, "kind": "told", "about": "no such topic"}]})
    assert "is known under" not in refused(["assess", case, "--as-of", "2026-03-02"])
