"""A notebook shows cases, assessments, findings, rulebooks and ladders, and runs nothing that stands in them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import iro_rules
from iro_rules import setting
from iro_rules.report.displays import (
    assessment_display,
    case_display,
    finding_display,
    ladder_display,
    rulebook_display,
)
from tests.report.report_help import dispute, hostile, reviews_only
from tests.report.test_html import Read


def finding(made: Any) -> Any:
    """One finding."""
    return made.findings[0]


def case(made: Any) -> Any:
    """The case behind an assessment."""
    return made.findings[0].subject.case


DISPLAYS: dict[str, Callable[[], str]] = {
    "case": lambda: case_display(case(dispute())),
    "hostile case": lambda: case_display(case(hostile())),
    "assessment": lambda: assessment_display(dispute()),
    "assessment that knows little": lambda: assessment_display(reviews_only()),
    "hostile assessment": lambda: assessment_display(hostile()),
    "finding": lambda: finding_display(finding(dispute())),
    "hostile finding": lambda: finding_display(finding(hostile())),
    "rulebook": lambda: rulebook_display(setting("rochdale").rulebook),
    "ladder": lambda: ladder_display(setting("rochdale").rulebook.ladders[0]),
}


@pytest.mark.parametrize("display", DISPLAYS)
def test_a_display_is_whole_and_runs_nothing(display: str) -> None:
    """Every element closes, nothing is fetched, and no text is markup."""
    html = DISPLAYS[display]()
    read = Read(html)
    assert read.open == []
    assert not {tag for tag, _ in read.elements} & {"script", "img", "iframe", "link", "form"}
    assert not any(name.startswith("on") or name in ("src", "href") for _, found in read.elements for name in found)


def test_an_assessment_shows_every_finding_and_a_case_every_fact() -> None:
    """None is left out."""
    shown = Read(assessment_display(dispute())).text
    assert [f.id for f in dispute() if f.about and f.id not in shown] == []
    facts = Read(case_display(case(dispute()))).text
    assert [fact.id for fact in case(dispute()).facts if f"(fact {fact.id})" not in facts] == []


def test_a_ladder_shows_every_stage_and_a_rulebook_what_it_holds() -> None:
    """With who answers and what silence does."""
    book = setting("rochdale").rulebook
    for ladder in book.ladders:
        shown = Read(ladder_display(ladder)).text
        assert [stage.title for stage in ladder.stages if stage.title not in shown] == []
    shown = Read(rulebook_display(book)).text
    assert f"{len(book.ladders)} ladders" in shown
    assert book.packages[0].version in shown


def test_the_extension_gives_a_notebook_its_displays() -> None:
    """`%load_ext iro_rules` calls this with the notebook's shell."""
    given: dict[type, Callable[[Any], str]] = {}
    formatter = SimpleNamespace(for_type=given.__setitem__)
    iro_rules.load_ipython_extension(
        SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    )
    assert given[type(dispute())](dispute()) == assessment_display(dispute())
    assert len(given) == 5
