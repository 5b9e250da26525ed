"""The HTML pages show every finding and its explanation, need nothing else, and run nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import attrs
import pytest

from iro_rules import Assessment, CaseError, Standing
from iro_rules.report.html import GROUPS, MARKS, UNFOLDS, audit_page, case_page, cohort_page
from tests.report.report_help import HOSTILE, audit, dispute, hostile, reviews_only, siblings, timed

VOID = {"meta", "link", "br", "img", "input", "hr"}
PAGES: dict[str, Callable[[], str]] = {
    "case": lambda: case_page(dispute()),
    "case that knows little": lambda: case_page(reviews_only()),
    "case in hours": lambda: case_page(timed()),
    "case of hostile text": lambda: case_page(hostile()),
    "cohort": lambda: cohort_page([dispute(), reviews_only(), siblings()]),
    "audit": lambda: audit_page(audit()),
}


class Read(HTMLParser):
    """The elements of a page, its text, and whether every element is closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, with single spaces."""
        return re.sub(r"\s+", " ", "".join(self.texts))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_needs_nothing_else(page: str) -> None:
    """Every element closes, ids are unlike, nothing is fetched, and nothing runs."""
    read = Read(PAGES[page]())
    assert read.open == []
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in read.elements:
        assert tag not in ("script", "iframe", "object", "embed", "link", "img", "form", "base")
        assert not any(name.startswith("on") or name in ("src", "srcset", "action", "style") for name in attributes)
        assert attributes.get("href", "#") in ("#", "#main")
    style = re.search(r"<style>(.*?)</style>", PAGES[page](), re.DOTALL)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@pytest.mark.parametrize("made", [dispute, reviews_only, siblings, timed], ids=lambda made: made.__name__)
def test_a_case_page_has_every_finding_with_its_sentences(made: Callable[[], Assessment]) -> None:
    """Once each, folded under what is to be done, and what cannot be told at the end."""
    read = Read(case_page(made()))
    told = [finding for finding in made() if finding.about]
    assert sum(tag == "details" for tag, _ in read.elements) == len(told)
    for finding in told:
        assert finding.id in read.text
        for sentence in finding.explain().sentences:
            assert re.sub(r"\s+", " ", sentence) in read.text
    for _, rules in made().cannot_be_told:
        assert ", ".join(rules) in read.text


def test_what_is_urgent_stands_first() -> None:
    """What must be put right comes before what is to be done, and that before what was."""
    text = Read(case_page(dispute())).text
    ids = ["handbook.court-documents:f36", "regulations.second-review:first", "regulations.first-review:f01"]
    assert [text.index(id) for id in ids] == sorted(text.index(id) for id in ids)


def test_text_from_a_case_stays_text() -> None:
    """It is neither markup nor a template, and cannot turn the lines around."""
    page = case_page(hostile())
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "49" not in re.findall(r"x\.js.{0,80}", page)[0]
    assert HOSTILE[:-1] in Read(page).text.replace("\\u202e", "")


def test_a_cohort_page_counts_every_finding_and_shows_what_is_not_done() -> None:
    """The table adds up; only what is still open to somebody is listed."""
    several = [dispute(), reviews_only(), siblings()]
    page = Read(cohort_page(several))
    listed = [f for made in several for f in made if f.about and f.standing in _shown()]
    assert sum(tag == "details" for tag, _ in page.elements) == len(listed)
    for made in several:
        assert made.case in page.text


def _shown() -> set[Standing]:
    return {standing for id, _, standings in GROUPS if id in UNFOLDS for standing in standings}


def test_every_standing_has_its_section_and_its_mark() -> None:
    """None is left out and none stands in two."""
    placed = [standing for _, _, standings in GROUPS for standing in standings]
    assert sorted(placed) == sorted(Standing)
    assert sorted(MARKS) == sorted(Standing)


def test_a_page_is_about_one_day_and_each_case_once() -> None:
    """Anything else would be read wrongly."""
    with pytest.raises(CaseError, match="one day"):
        cohort_page([dispute(), attrs.evolve(siblings(), as_of="2026-03-03")])
    with pytest.raises(CaseError, match="one day"):
        cohort_page([])
    with pytest.raises(CaseError, match="twice"):
        cohort_page([dispute(), dispute()])


def test_an_audit_page_has_the_caseloads_and_what_would_show_what_is_missing() -> None:
    """With the figures advised."""
    text = Read(audit_page(audit())).text
    assert "Advised for a full-time post: 50 to 70 children" in text
    assert "What would show it:" in text
    for row in audit().caseloads:
        assert (row.person or "the service as a whole") in text
