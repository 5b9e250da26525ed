"""A scenario file is read whole or refused, in words that say what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.errors import CaseError
from iro_rules.national import rulebook
from iro_rules.testing.scenario_files import read_folder, read_scenarios
from iro_rules.testing.scenarios import Scenario

GOOD = """
[[scenario]]
title = "Day 20 is still in time."
as_of = 2026-02-02
rules = ["regulations.first-review"]
facts = [{ kind = "became_looked_after", when = 2026-01-05, id = "care" }]
[scenario.expect]
"regulations.first-review:care" = { standing = "open", due = 2026-02-02 }
"""


def read(folder: Path, text: str) -> tuple[Scenario, ...]:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return read_scenarios(path, {"": rulebook()}.__getitem__)


def test_a_scenario_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Title, day, facts, coverage and the answer expected come out of the file unchanged."""
    (scenario,) = read(tmp_path, GOOD)
    assert scenario.where == "story.toml: Day 20 is still in time."
    assert scenario.as_of.isoformat() == "2026-02-02"
    assert [fact.id for fact in scenario.case.case.facts] == ["care"]
    assert "told" in scenario.case.case.coverage.kinds
    assert [(name, e.standing, str(e.due)) for name, e in scenario.expect.items()] == [
        ("regulations.first-review:care", "open", "2026-02-02")
    ]


def test_what_stands_at_the_head_of_a_file_holds_for_every_scenario(tmp_path: Path) -> None:
    """Rules and coverage given once need not be repeated, and a scenario's own go before them."""
    other = GOOD.replace("Day 20", "The last day").replace("rules", 'coverage = ["became_looked_after"]\nrules')
    first, second = read(tmp_path, 'coverage = { without = ["told"] }\n' + GOOD + other)
    assert "told" not in first.case.case.coverage.kinds
    assert "appointed" in first.case.case.coverage.kinds
    assert second.case.case.coverage.kinds == {"became_looked_after"}


def test_one_set_of_facts_is_asked_about_on_several_days(tmp_path: Path) -> None:
    """Facts given at the head of a file are the case of each scenario that has none of its own."""
    told, facts = GOOD.split("facts = ")[0], GOOD.split("facts = ")[1].splitlines()[0]
    later = GOOD.replace("Day 20", "The last day").replace('id = "care"', 'id = "other"')
    head = told + GOOD.split(facts)[1]
    first, second = read(tmp_path, f"facts = {facts}\n{head}{later}")
    assert [fact.id for fact in first.case.case.facts] == ["care"]
    assert [fact.id for fact in second.case.case.facts] == ["other"]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """Scenarios come in the order of the files' names; other files are left alone."""
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a scenario", encoding="utf-8")
    found = read_folder(tmp_path, {"": rulebook()}.__getitem__)
    assert [scenario.file for scenario in found] == ["a.toml", "b.toml"]


WRONG = {
    "a file that is not TOML": ("title = ", "title = = ", ("story.toml", "not TOML")),
    "no title": ('title = "Day 20 is still in time."', "", ("scenario no. 1", "no title", "a sentence")),
    "a title that is no sentence": ("in time.", "in time", ("scenario no. 1", "title is no sentence", "a sentence")),
    "a date as it is said": ("as_of = 2026-02-02", "as_of = 02/02/2026", ("not TOML", "2026-02-02")),
    "no day": ("as_of = 2026-02-02", "", ("Day 20", "as_of is missing")),
    "a day that is none": ("as_of = 2026-02-02", 'as_of = "soon"', ("Day 20", "as_of", "2026-03-02")),
    "no facts": ("facts =", "fact =", ("Day 20", "no such field", "facts, perhaps")),
    "a field that does not exist": ("as_of =", "coverages = 1\nas_of =", ("Day 20", "coverages", "coverage, perhaps")),
    "a kind of fact that does not exist": ("became_looked", "become_looked", ("Day 20", "fact", "became_looked_after")),
    "a fact with a time that has no offset": ("2026-01-05", "2026-01-05T10:00:00", ("Day 20", "care", "time zone")),
    "a rule that does not exist": (
        'rules = ["regulations.first',
        'rules = ["regulations.frist',
        ("first-review, perh",),
    ),
    "a finding of no rule": ('"regulations.first-review:care"', '"regulations.first:care"', ("no such rule", "Day 20")),
    "a finding outside the rules compared": ("rules = [", 'rules = ["handbook"] #', ("`rules` leaves out", "Day 20")),
    "a standing that does not exist": ('"open"', '"late"', ("no such standing", "first-review:care", "late")),
    "something missing where all is known": ("due = 2026-02-02 }", 'missing = ["told"] }', ("missing does not fit",)),
    "nothing missing where something must be": ('"open"', '"not_evaluable"', ("missing does not fit", "Day 20")),
    "a protocol that is not here": ("as_of =", 'protocol = "leeds"\nas_of =', ("no such protocol", "leeds")),
    "a reading that does not exist": (
        "as_of =",
        'readings = { "counting.first-day" = "noon" }\nas_of =',
        ("no such reading", "counting.first-day", "next_day"),
    ),
    "an interpretation that does not exist": (
        "as_of =",
        "readings = { day = 'x' }\nas_of =",
        ("no such interpretation",),
    ),
    "coverage of a kind that does not exist": (
        "as_of =",
        'coverage = { without = ["review"] }\nas_of =',
        ("coverage", "review_held, perhaps"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_faulty_scenario_is_refused_in_words(tmp_path: Path, name: str) -> None:
    """The error names the place and says what would be right."""
    old, new, words = WRONG[name]
    assert old in GOOD
    with pytest.raises(CaseError) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert [word for word in words if word not in str(refused.value)] == []


def test_a_file_without_scenarios_is_refused(tmp_path: Path) -> None:
    """A file of which nothing would be tested is a mistake."""
    with pytest.raises(CaseError, match="holds no scenario"):
        read(tmp_path, 'protocol = "leeds"\n')


def test_one_title_stands_for_one_scenario(tmp_path: Path) -> None:
    """Two scenarios of one file cannot be told apart by one title."""
    with pytest.raises(CaseError, match="two scenarios have one title"):
        read(tmp_path, GOOD + GOOD)


def test_something_missing_must_have_a_name(tmp_path: Path) -> None:
    """What is missing is one of the things that can be."""
    text = GOOD.replace('standing = "open"', 'standing = "not_evaluable", missing = ["tolds"]')
    with pytest.raises(CaseError, match=r"nothing of this name.*told, perhaps"):
        read(tmp_path, text)
