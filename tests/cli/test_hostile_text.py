"""Text from outside is shown as text: no markup, no escape codes, no text turned around, however long."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from iro_rules import Assessment, Protocol, Setting, assess, setting
from iro_rules.facts import Appointed, BecameLookedAfter, Decided
from iro_rules.formats.assessment_json import assessment_to_json
from iro_rules.protocols import SourceDocument
from iro_rules.report.console import console_for, show
from iro_rules.report.explanation import show_findings
from iro_rules.report.rules import show_rule, show_rules
from iro_rules.report.visible import visible, visible_json
from iro_rules.rulebook import Contact
from tests.assessment.made import RAISED, case, duty
from tests.cli.conftest import ASKED, Install, Run

MARKUP = "[bold red]x[/] :bomb: [/]"
CODES = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\r\n\u2028\u202edlrow\u2066"
HOSTILE = f"{MARKUP} {CODES}"
ACTS = [chr(n) for n in (*range(10), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0x202E, 0x2066)]

TITLED = """
from iro_rules.protocols import Protocol, SourceDocument, hookimpl

@hookimpl
def iro_protocol() -> Protocol:
    return Protocol(
        name="hostile", title={text!r}, authority={text!r}, version="1.0",
        source=SourceDocument({text!r}), parts=(),
    )

@hookimpl
def iro_contact_directory(authority: str, role: str) -> str:
    return {text!r}
"""


def harmless(text: str) -> bool:
    """Whether nothing in a text would act on a terminal; the ends of lines are its own."""
    return not any(character in text for character in ACTS)


@pytest.fixture(name="where", scope="module")
def _where() -> Setting:
    """A protocol in which everything that is free text is hostile."""
    return setting(
        Protocol(
            name="hostile",
            title=HOSTILE,
            authority=HOSTILE,
            version="1.0",
            source=SourceDocument(HOSTILE),
            parts=(duty(id="hostile.tell", act=HOSTILE, note=HOSTILE, contact="iro_manager"),),
            contacts=(Contact(role="iro_manager", title=HOSTILE), Contact(role="iro", title=HOSTILE)),
        )
    )


@pytest.fixture(name="made", scope="module")
def _made(where: Setting) -> Assessment:
    """A case under that protocol."""
    return assess(case(RAISED), as_of="2026-03-02", protocol=where, engine="meaning")


def shown(show_it: Callable[[Console], None]) -> str:
    """What is shown on a console in a pipe."""
    console = console_for()
    with console.capture() as capture:
        show_it(console)
    return capture.get()


def test_a_hostile_protocol_is_shown_as_it_is_written(made: Assessment, where: Setting) -> None:
    """In the table, the explanation, and the rules: brackets and colons stay, codes are written out."""
    for page in (
        shown(lambda console: show(made, console)),
        shown(lambda console: show_findings(made, "hostile.tell", console, days=True)),
        shown(lambda console: show_rules(where.rulebook, console)),
        shown(lambda console: show_rule(where.rulebook, "hostile.tell", console)),
    ):
        assert harmless(page)
        words = " ".join(page.split())
        assert "[bold red]x[/]" in words
        assert ":bomb:" in words
        assert "\\x1b[31mred" in words
        assert "\\u202edlrow" in "".join(page.split())


def test_a_hostile_protocol_in_json_is_the_same_text_without_its_codes(made: Assessment) -> None:
    """Whoever parses the JSON has the text as it was; a terminal that shows the JSON is not moved by it."""
    plain = assessment_to_json(made)
    text = visible_json(json.dumps(plain, indent=2, ensure_ascii=False))
    assert harmless(text)
    assert json.loads(text) == json.loads(json.dumps(plain))
    assert HOSTILE in {finding["act"] for finding in json.loads(text)["findings"]}


def test_a_hostile_package_is_listed_harmlessly(install: Install, run: Run) -> None:
    """Its title, and the reason why another cannot be imported."""
    install("hostile", TITLED.format(text=HOSTILE))
    install("broken", f"raise RuntimeError({HOSTILE!r})\n")
    result = run("protocol", "list")
    assert harmless(result.stdout)
    words = "".join(result.stdout.split())
    assert "[boldred]x[/]" in words
    assert "\\x1b[31mred" in words
    error = run("rules", "--protocol", "broken")
    assert error.exit_code == 2
    assert harmless(error.stderr)
    assert "\\x1b[31mred" in error.stderr


def test_a_hostile_directory_is_quoted_harmlessly(install: Install, run: Run) -> None:
    """What it says stands in the explanation of whom to turn to."""
    install("hostile", TITLED.format(text=HOSTILE))
    for arguments in (
        ("explain", "rochdale.dispute.cafcass-referral", "--case", *ASKED[:-1], "2026-02-10"),
        ("assess", *ASKED[:-1], "2026-02-10", "--format", "json"),
    ):
        result = run(*arguments)
        assert result.exit_code == 0
        assert harmless(result.stdout)
        assert "[bold red]x[/]" in " ".join(result.stdout.split())


@pytest.mark.parametrize("text", [HOSTILE, MARKUP, "x" * 100_000, "\x1b" * 5_000])
@pytest.mark.parametrize("field", ["id", "kind", "review", "when", "unknown field", "case", "coverage"])
def test_a_hostile_value_in_a_case_file_is_refused_in_a_short_harmless_message(
    tmp_path: Path, run: Run, field: str, text: str
) -> None:
    """Wherever it stands in the file; nothing of it is printed as markup or codes, nor at great length."""
    fact = {"kind": "review_held", "id": "f1", "when": "2026-03-02", "review": "r1"}
    given: dict[str, Any] = {"format": "iro-rules/case/1", "case": "c1", "coverage": "everything", "facts": [fact]}
    if field in given:
        given[field] = [text] if field == "coverage" else text
    else:
        fact[text if field == "unknown field" else field] = text
    path = tmp_path / "case.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    result = run("assess", str(path), "--as-of", "2026-03-02")
    assert (result.exit_code, result.stdout) == (2, "")
    assert harmless(result.stderr)
    assert len(result.stderr) < 3_000


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", HOSTILE, "--as-of", "2026-03-02"),
        ("assess", ASKED[0], "--as-of", HOSTILE),
        ("assess", *ASKED, "--engine", HOSTILE),
        ("assess", *ASKED, "--protocol", HOSTILE),
        ("assess", *ASKED, "--read", HOSTILE),
        ("assess", *ASKED, "--read", f"{HOSTILE}=x"),
        ("assess", *ASKED, "--read", f"counting.first-day={HOSTILE}"),
        ("explain", HOSTILE),
        ("explain", HOSTILE, "--case", *ASKED),
        ("explain", "x" * 100_000),
        ("assess", *ASKED, "--engine", "x" * 100_000),
        ("assess", *ASKED, "--read", "x" * 100_000),
    ],
    ids=range(12),
)
def test_a_hostile_argument_is_refused_in_a_short_harmless_message(run: Run, arguments: Sequence[str]) -> None:
    """Even what is typed is not printed raw: a script may have got it from somewhere."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert harmless(result.stderr)
    assert len(result.stderr) < 5_000


def test_free_text_of_a_case_is_never_shown(run: Run, tmp_path: Path) -> None:
    """Reasons are carried along, and stand in no answer."""
    facts = [
        {"kind": "decided", "id": "f1", "when": "2026-01-05", "by": "iro", "about": "failure_not_addressed",
         "result": "holds", "ref": "r", "reasons": HOSTILE},
        {"kind": "decided", "id": "f2", "when": "2026-01-05", "by": "iro", "about": "significant_failure",
         "result": "holds", "ref": "r", "reasons": HOSTILE},
        {"kind": "told", "id": "f3", "when": "2026-01-05", "by": "iro", "to": "senior_manager",
         "about": "significant_failure", "ref": "r"},
    ]  # fmt: skip
    path = tmp_path / "case.json"
    given = {"format": "iro-rules/case/1", "case": "c1", "coverage": "everything", "facts": facts}
    path.write_text(json.dumps(given), encoding="utf-8")
    name = "regulations.consider-cafcass-referral"
    for arguments in (
        ("assess", str(path), "--as-of", "2026-03-02"),
        ("assess", str(path), "--as-of", "2026-03-02", "--format", "json"),
        ("explain", name, "--case", str(path), "--as-of", "2026-03-02"),
    ):
        result = run(*arguments)
        assert result.exit_code == 0
        assert name in result.stdout
        assert harmless(result.stdout)
        assert "bold red" not in result.stdout


def test_the_longest_ids_there_may_be_are_shown_whole() -> None:
    """Folded over lines, no character of them lost."""
    long = ("k" * 39 + " ") * 2
    facts = (
        BecameLookedAfter("2026-01-05", id="f" * 80, period=long.strip()),
        Appointed("2026-01-06", id="a" * 80, role="iro", person="p" * 80, period=long.strip()),
        Decided("2026-01-07", by="iro", about="cafcass_referral", ref=long.strip()),
    )
    made = assess(case(*facts), as_of="2026-03-02", engine="meaning")
    page = shown(lambda console: show(made, console))
    assert "f" * 80 in "".join(page.split())
    assert max(map(len, page.splitlines())) <= 120
    explained = shown(lambda console: show_findings(made, "handbook.iro-appointed", console))
    assert "p" * 80 in "".join(explained.split())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain – “text” é 🧒 \u200d", "plain – “text” é 🧒 \u200d"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x9b\x7f", "\\x9b\\x7f"),
        ("\u202e\u2029", "\\u202e\\u2029"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_acts_is_written_out_and_what_does_not_is_left(text: str, safe: str) -> None:
    """Letters of any script, dashes and emoji stay; controls, separators and halves of characters do not."""
    assert visible(text) == safe
    assert visible(text, lines=True) == safe.replace("\\n", "\n")
    assert json.loads(visible_json(json.dumps(text, ensure_ascii=False))) == text
