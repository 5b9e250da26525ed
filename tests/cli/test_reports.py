"""The command line writes the pages and the calendar that the library makes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from iro_rules.report.html import _templates, audit_page, case_page, cohort_page
from iro_rules.report.ics import calendar_of
from tests.cli.conftest import ASKED, EXAMPLES, Run
from tests.report.report_help import audit, dispute, reviews_only, siblings

AUTHORITY = ("audit", str(EXAMPLES / "authority.json"), "--as-of", "2026-03-02")


def test_html_is_the_page_of_the_case(run: Run) -> None:
    """In UTF-8, whatever the terminal's encoding."""
    result = run("assess", *ASKED, "--format", "html")
    assert result.exit_code == 0
    assert result.stdout_bytes.decode("utf-8") == case_page(dispute())


def test_ics_is_the_calendar_of_the_case(run: Run) -> None:
    """Byte for byte."""
    assert run("assess", *ASKED, "--format", "ics").stdout_bytes == calendar_of(dispute())


def test_the_cases_of_a_file_can_be_one_page_or_one_calendar(run: Run, tmp_path: Path) -> None:
    """As the library makes them."""
    lines = [json.dumps(json.loads((EXAMPLES / f"{name}.json").read_text())) for name in ("siblings", "reviews-only")]
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines))
    asked = ("report", str(file), "--as-of", "2026-03-02", "--title", "Mine")
    made = [siblings(), reviews_only()]
    assert run(*asked).stdout_bytes.decode("utf-8") == cohort_page(made, title="Mine")
    assert run(*asked, "--format", "ics").stdout_bytes == calendar_of(made)


def test_an_audit_can_be_a_page(run: Run) -> None:
    """To take to a meeting."""
    assert run(*AUTHORITY, "--format", "html").stdout_bytes.decode("utf-8") == audit_page(audit())


@pytest.mark.parametrize(("module", "shape"), [("jinja2", "html"), ("icalendar", "ics")])
def test_without_the_extra_it_says_how_to_install_it(
    module: str, shape: str, refused: Callable[[Sequence[str]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And prints nothing else."""
    _templates.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    assert "pip install 'iro-rules[reports]'" in refused(("assess", *ASKED, "--format", shape))
