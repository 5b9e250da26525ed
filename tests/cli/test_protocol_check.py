"""`iro-rules protocol check`: what a protocol leaves open and where it collides, on a page or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from iro_rules.checking import Kind, Severity, check
from iro_rules.formats.check_json import check_to_json
from iro_rules.formats.check_schema import check_schema
from iro_rules.formats.schema import shipped
from iro_rules.kit import new_protocol
from iro_rules.protocols import Registry
from iro_rules.report.check import show_check
from iro_rules.report.rules import packages_to_json
from tests.checking.made import national, protocol
from tests.cli.conftest import Install, Run

NAMES = sorted(found.name for found in Registry.discover().protocols)

CLOSED = """
from datetime import date
from iro_rules.protocols import hookimpl

@hookimpl
def iro_closures(authority: str) -> dict[date, str]:
    return {date(2026, 12, 29): "between the years"}
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_protocol_installed_can_be_checked_on_a_page_and_as_json(name: str, run: Run) -> None:
    """Both say the same findings, and the JSON follows the published schema."""
    page = run("protocol", "check", name)
    told = run("protocol", "check", name, "--format", "json")
    assert (page.exit_code, told.exit_code) == (0, 0)
    report = json.loads(told.stdout)
    Draft202012Validator(shipped("check-1")).validate(report)
    assert report["findings"]
    for finding in report["findings"]:
        assert finding["kind"] in page.stdout
    assert sum(report["counts"]["by_kind"].values()) == len(report["findings"])
    assert sum(report["counts"]["by_severity"].values()) == len(report["findings"])


def test_the_page_says_what_was_found_how_and_what_to_do(run: Run) -> None:
    """The weight, the sentence, the rules, the arithmetic and the remedy."""
    page = run("protocol", "check", "rochdale").stdout
    joined = " ".join(page.split())
    assert f"Gaps: {Severity.GAP.words()}" in joined
    assert "10 working days are stated and 3 gaps have no clock" in joined
    assert "20 - 10 = 10 working days left for the gaps together" in joined
    assert "national: handbook.formal-dispute.length" in joined
    assert Kind.CAP_NOT_PROVABLE.remedy in joined


def test_a_protocol_without_findings_has_a_short_page() -> None:
    """Nothing but the head and the counts."""
    console = Console(width=200, no_color=True)
    with console.capture() as page:
        show_check(check(protocol(), national()), console)
    head, _, counts = page.get().splitlines()
    assert head == "Protocol made 1 of Nowhere, checked without any case"
    assert "0 collisions, 0 gaps and 0 notes" in counts


def test_the_exit_code_is_one_only_for_a_kind_that_was_asked_about(run: Run) -> None:
    """Without the option the exit code is 0 whatever is found; with it, only where that kind is there."""
    assert run("protocol", "check", "rochdale", "--fail-on", "cap-not-provable").exit_code == 1
    assert run("protocol", "check", "rochdale", "--fail-on", "broken-link").exit_code == 0
    both = run("protocol", "check", "rochdale", "--fail-on", "broken-link", "--fail-on", "cap-not-provable")
    assert both.exit_code == 1
    assert "10 working days" in both.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("protocol", "check", "rochdle"), "did you mean rochdale?"),
        (("protocol", "check", "rochdale", "--fail-on", "lax"), "lax is no kind of finding; one of laxer-clock"),
        (("protocol", "check", "rochdale", "--format", "svg"), "svg"),
        (("protocol", "check"), "NAME"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    arguments: Sequence[str], said: str, refused: Callable[[Sequence[str]], str]
) -> None:
    """With exit code 2 and the right words."""
    assert said in refused(arguments)


def test_the_authoritys_own_closures_count(run: Run, install: Install) -> None:
    """The calendar by which clocks are compared has the days on which a package says that offices are closed."""
    install("closing", CLOSED)
    told = json.loads(run("protocol", "check", "rochdale", "--format", "json").stdout)
    assert "closed 2026-12-29 between the years" in told["calendar"]


def test_the_schema_knows_every_kind_and_weight() -> None:
    """A kind added in code stands in the schema."""
    schema = check_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["finding"]["properties"]["kind"]["enum"] == [str(kind) for kind in Kind]
    made = check_to_json(check(protocol(cafcass={"act": "\x1b[31m[bold]x"}), national()))
    Draft202012Validator(schema).validate(made)


def test_hostile_text_of_a_protocol_is_shown_as_text() -> None:
    """Markup and escape codes in an act or a title do nothing."""
    made = protocol(cafcass={"act": "\x1b[31m[bold]x\nend"}, without=("cafcass",))
    report = check(attrs.evolve(made, authority="\x1b[2J[red]Nowhere"), national())
    console = Console(width=100, no_color=True)
    with console.capture() as page:
        show_check(report, console)
    assert "\x1b" not in page.get()
    assert "[red]Nowhere" in page.get()


def test_a_protocol_with_a_misspelt_role_is_listed_as_broken_and_refused_with_its_line(
    tmp_path: Path, install: Install, run: Run
) -> None:
    """It can be read but not laid over the national rules: “ok” in the list would send its officer elsewhere."""
    made = new_protocol("wold", tmp_path) / "src" / "iro_rules_wold"
    text = (made / "protocol.toml").read_text(encoding="utf-8").replace('by = "team_manager"', 'by = "team_manger"')
    install("wold", (made / "__init__.py").read_text(encoding="utf-8"))
    text = text.replace('version = "2026.1"', 'version = "1.0"')
    (tmp_path / "site-wold" / "wold" / "protocol.toml").write_text(text, encoding="utf-8")
    (tmp_path / "site-wold" / "wold" / "rows.csv").write_bytes((made / "rows.csv").read_bytes())
    line = next(n for n, said in enumerate(text.splitlines(), 1) if "team_manger" in said)
    listed = " ".join(run("protocol", "list").stdout.split())
    assert "broken: protocol.toml, line" in listed
    (told,) = [one for one in packages_to_json(Registry.discover())["protocols"] if one["name"] == "wold"]
    assert f"protocol.toml, line {line}, wold.concern.team" in told["error"]
    for command in (["protocol", "check", "wold"], ["protocol", "draw", "wold"], ["rules", "--protocol", "wold"]):
        result = run(*command)
        assert result.exit_code == 2
        assert f"protocol.toml, line {line}, wold.concern.team" in result.stderr
        assert "team_manager, perhaps" in result.stderr
