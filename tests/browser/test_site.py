"""The documentation site in a real browser: accessible, whole, and asking nothing of anybody.

`IRO_RULES_SITE` names the folder in which `python -m sphinx docs FOLDER` has built it.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from tests.browser.conftest import WIDTHS, Open
from tests.browser.test_reports import violations

SITE = Path(os.environ.get("IRO_RULES_SITE", ""))
PAGES = (
    "index.html", "tutorial/first-answer.html", "how-to/test-a-hypothetical.html", "how-to/write-a-protocol.html",
    "notebooks/first-answer.html", "reference/cli.html", "reference/errors.html", "reference/rules-rochdale.html",
    "explanation/limits.html",
)  # fmt: skip

pytestmark = pytest.mark.skipif("IRO_RULES_SITE" not in os.environ, reason="no site was built (IRO_RULES_SITE)")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_site_is_accessible(page: str, opened: Open) -> None:
    """No rule of WCAG 2.2 AA that a machine can check is broken."""
    assert violations(opened(SITE / page, script=True)) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_of_the_site_does_not_run_over_its_edge(page: str, width: str, opened: Open) -> None:
    """Only a wide table or a block of code scrolls, in its own box."""
    tab = opened(SITE / page, width=width, script=True)
    assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


def test_every_page_of_the_site_leads_only_where_there_is_something(opened: Open) -> None:
    """Each link to another page, and each picture, style and script, is a file of the site."""
    pages = sorted(SITE.rglob("*.html"))
    assert len(pages) > 30
    tab = opened(SITE / "index.html", script=True)
    for page in pages:
        tab.goto(page.as_uri())
        targets = tab.eval_on_selector_all(
            "a[href], img[src], script[src], link[href]", "all => all.map(one => one.href || one.src)"
        )
        for target in {str(one).partition("#")[0] for one in targets}:
            if urlparse(target).scheme == "file":
                assert Path(unquote(urlparse(target).path)).exists(), f"{page.name}: {target}"
