"""`iro-rules compare` says how one case stands under several protocols."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from iro_rules.formats.schema import shipped
from tests.cli.conftest import EXAMPLE, EXAMPLES, Run

ASKED = ("compare", EXAMPLE, "--protocols", "national,barnet,rochdale", "--as-of", "2026-03-02")


def test_the_table_shows_what_does_not_stand_alike(run: Run) -> None:
    """And after it which words of the case a protocol does not have."""
    result = run(*ASKED)
    assert result.exit_code == 0
    assert result.stdout.startswith("Case rochdale-0417, as of 2026-03-02: national, barnet, rochdale")
    assert "[rochdale.dispute.team-manager-response:f14]" in result.stdout
    assert "met late, by" in result.stdout
    assert "does not arise" in result.stdout
    assert "[regulations.first-review:f01]" not in result.stdout
    assert "barnet has no word “informal”" in result.stdout.replace("\n", " ")


def test_with_all_the_table_shows_the_rest_too(run: Run) -> None:
    """Also what stands alike under all."""
    assert "[regulations.first-review:f01]" in run(*ASKED, "--all").stdout


def test_where_nothing_differs_it_says_so(run: Run, tmp_path: Path) -> None:
    """A case without anything that only one protocol asks about: in Derby, nothing before there is an IRO."""
    case = json.loads((EXAMPLES / "siblings.json").read_text(encoding="utf-8"))
    case["facts"] = [fact for fact in case["facts"] if fact["kind"] != "appointed"]
    alone = tmp_path / "no-iro-yet.json"
    alone.write_text(json.dumps(case), encoding="utf-8")
    result = run("compare", str(alone), "--protocols", "national,derby", "--as-of", "2026-03-02")
    assert "Every finding stands alike under all of them." in result.stdout


def test_json_is_one_document_of_the_published_shape(run: Run) -> None:
    """With every finding under every protocol."""
    found = json.loads(run(*ASKED, "--format", "json").stdout)
    Draft202012Validator(shipped("comparison-1")).validate(found)
    assert found["protocols"] == ["national", "barnet", "rochdale"]
    stands = {finding["id"]: finding["stands"] for finding in found["findings"]}
    assert stands["regulations.first-review:f01"]["barnet"] == {"standing": "met", "due": "2025-12-15", "missing": []}
    assert stands["rochdale.dispute.team-manager-response:f14"]["barnet"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--protocols", "rochdale"), "two or more"),
        (("--protocols", "rochdale,rochdale"), "with itself"),
        (("--protocols", "rochdale,nowhere"), "nowhere"),
        (("--protocols", "national,rochdale", "--read", "nothing=x"), "no protocol compared"),
    ],
)
def test_bad_choices_are_refused(refused: Callable[[Sequence[str]], str], options: tuple[str, ...], words: str) -> None:
    """In one line, with what would be right."""
    assert words in refused(("compare", EXAMPLE, *options, "--as-of", "2026-03-02"))
