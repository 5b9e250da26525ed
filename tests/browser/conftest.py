"""A real browser for the tests of pages: Debian's Chromium, driven by Playwright, never allowed out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
WIDTHS = {"phone": 390, "laptop": 1280, "paper": 794}
QUIET = (
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-gpu",
)  # fmt: skip

Open = Callable[..., Any]


# For a module and no longer: while Playwright runs, nothing else in this thread can run an event loop.
@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Any]:
    """One headless Chromium for the tests of a module; skipped, with the reason, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra test)")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIET])
        yield browser
        browser.close()


@pytest.fixture(name="opened")
def _opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens an HTML text, or a file, at a width; anything it would fetch from elsewhere fails the test."""
    asked: list[str] = []
    contexts = []

    def opened(page: str | Path, *, width: str = "laptop", script: bool = False) -> Any:
        path = page if isinstance(page, Path) else tmp_path / "page.html"
        if isinstance(page, str):
            path.write_text(page, encoding="utf-8")
        context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, java_script_enabled=script,
                                      bypass_csp=script)  # fmt: skip
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(path.as_uri())
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith("file:")] == []
