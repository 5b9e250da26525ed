"""The pages in a real browser: accessible, readable at every width, worked by keyboard alone, and printable."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from iro_rules.report.html import audit_page, case_page, cohort_page
from tests.browser.conftest import WIDTHS, Open
from tests.report.report_help import audit, dispute, hostile, reviews_only, siblings

PAGES: dict[str, Callable[[], str]] = {
    "case": lambda: case_page(dispute()),
    "case that knows little": lambda: case_page(reviews_only()),
    "case of hostile text": lambda: case_page(hostile()),
    "cohort": lambda: cohort_page([dispute(), reviews_only(), siblings()]),
    "audit": lambda: audit_page(audit()),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(tab: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(tab, options={"runOnly": {"type": "tag", "values": RULES}})
    return [f"{one['id']}: {json.dumps(one['nodes'][0]['html'])}" for one in found.response["violations"]]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_accessible(page: str, width: str, opened: Open) -> None:
    """No rule of WCAG 2.2 AA that a machine can check is broken, folded or unfolded."""
    tab = opened(PAGES[page](), width=width, script=True)
    assert violations(tab) == []
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(tab) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_does_not_run_over_its_edge(page: str, width: str, opened: Open) -> None:
    """Nothing needs scrolling sideways but a wide table in its own box."""
    tab = opened(PAGES[page](), width=width, script=True)
    assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


def test_an_explanation_is_reached_and_unfolded_by_keyboard_alone(opened: Open) -> None:
    """Tab to the finding, Enter to unfold it; scripts are off."""
    tab = opened(case_page(dispute()))
    why = tab.get_by_text("5 working days are allowed from Monday 16 February 2026").first
    assert not why.is_visible()
    for _ in range(30):
        tab.keyboard.press("Tab")
        if "court document" in (tab.locator(":focus").text_content() or ""):
            break
    tab.keyboard.press("Enter")
    assert why.is_visible()


def test_hostile_text_runs_nothing(opened: Open) -> None:
    """Not even where scripts may run and the page's own policy is set aside."""
    tab = opened(case_page(hostile()), script=True)
    assert tab.locator("script, img").count() == 0


def test_on_paper_what_is_to_be_done_is_unfolded_and_what_is_done_is_not(opened: Open) -> None:
    """Without anybody opening anything."""
    tab = opened(case_page(dispute()), width="paper")
    tab.emulate_media(media="print")
    assert tab.get_by_text("This is overdue: it should have been done by Monday 23 February 2026.").is_visible()
    done = tab.locator("section[aria-labelledby=done] .why").first
    assert not done.is_visible()
