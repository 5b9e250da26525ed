"""A scenario compares the whole answer: what is expected and absent, found and not expected, or other than it said."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.clock import Calendar
from iro_rules.national import rulebook
from iro_rules.testing.scenario_files import read_scenarios
from iro_rules.testing.scenarios import answer, differences, readers, rules_without_scenario

STORY = """
[[scenario]]
title = "A story."
as_of = 2026-02-03
rules = ["handbook.iro-appointed", "regulations.first-review", "regulations.second-review"]
facts = [{ kind = "became_looked_after", when = 2026-01-05, id = "care" }]
[scenario.expect]
"""
REVIEW = '"regulations.first-review:care"'
APPOINTMENT = '"handbook.iro-appointed:care"'


def compared(folder: Path, calendar: Calendar, expected: str) -> str:
    path = folder / "story.toml"
    path.write_text(STORY + expected, encoding="utf-8")
    (scenario,) = read_scenarios(path, {"": rulebook()}.__getitem__)
    return "\n".join(differences(scenario, answer(scenario, rulebook(), readers()["meaning"], calendar)))


def test_the_right_answer_has_no_differences(tmp_path: Path, calendar: Calendar) -> None:
    """Both findings as expected, one said in a word and one in full."""
    full = '{ standing = "overdue", due = 2026-02-02, contact = "none" }'
    assert compared(tmp_path, calendar, f'{REVIEW} = {full}\n{APPOINTMENT} = "overdue"\n') == ""


def test_a_finding_that_was_not_expected_is_a_difference(tmp_path: Path, calendar: Calendar) -> None:
    """An answer may not hold more than was said."""
    told = compared(tmp_path, calendar, f'{REVIEW} = "overdue"\n')
    assert told.startswith("handbook.iro-appointed:care: not expected, found overdue, due 2026-01-12")


def test_a_finding_that_is_not_there_is_a_difference(tmp_path: Path, calendar: Calendar) -> None:
    """An answer may not hold less than was said."""
    other = '"regulations.second-review:r1" = "open"\n'
    told = compared(tmp_path, calendar, f'{REVIEW} = "overdue"\n{APPOINTMENT} = "overdue"\n{other}')
    assert told == "regulations.second-review:r1: expected open, found nothing"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('"open"', "expected open; found overdue"),
        ('{ standing = "overdue", due = 2026-02-03 }', "expected due 2026-02-03; found overdue, due 2026-02-02"),
        ('{ standing = "overdue", due = "none" }', "expected due none"),
        ('{ standing = "overdue", contact = "iro" }', "expected contact iro"),
        ('{ standing = "not_evaluable", missing = ["told"] }', "expected not_evaluable, missing told"),
    ],
)
def test_each_part_that_was_said_is_compared(tmp_path: Path, calendar: Calendar, given: str, told: str) -> None:
    """Standing, deadline, contact and what is missing each count."""
    assert told in compared(tmp_path, calendar, f'{REVIEW} = {given}\n{APPOINTMENT} = "overdue"\n')


def test_every_rule_that_gives_findings_needs_a_scenario(tmp_path: Path) -> None:
    """A rule is covered once a finding of it is expected; a status that is not reported gives none."""
    path = tmp_path / "story.toml"
    path.write_text(f'{STORY}{REVIEW} = "overdue"\n{APPOINTMENT} = "overdue"\n', encoding="utf-8")
    without = rules_without_scenario(rulebook(), read_scenarios(path, {"": rulebook()}.__getitem__))
    assert "regulations.first-review" not in without
    assert "handbook.iro-appointed" not in without
    assert {"regulations.second-review", "plo.plan-not-endorsed", "facts.review-after-care"} <= set(without)
    assert "review.held" not in without


def test_the_definition_is_the_first_of_the_readers() -> None:
    """Scenarios are judged by the meaning, and by every other reader of this tree."""
    assert next(iter(readers())) == "meaning"
