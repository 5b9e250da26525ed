"""A small fault in the content of a rule does not pass: scenarios, transcription, figures or checks say so."""

from __future__ import annotations

import importlib.util
import random
from functools import cache
from pathlib import Path
from types import ModuleType

import attrs

from iro_rules.clock import Calendar
from iro_rules.national import rulebook
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Duty
from iro_rules.testing.content_faults import faults_of
from iro_rules.testing.planting import Ground
from iro_rules.testing.scenario_files import read_scenarios
from iro_rules.testing.suggesting import suggest, toml_of

ROOT = Path(__file__).resolve().parents[2]


@cache
def tool() -> ModuleType:
    """tools/plant_content_faults.py as a module."""
    spec = importlib.util.spec_from_file_location("planting_tool", ROOT / "tools" / "plant_content_faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FOUND = 1.0
"""The share of a small sample that must be found. What is not found is a story still to be told."""


def test_faults_planted_in_rules_are_found() -> None:
    """Of a sample of faults every one is noticed, or listed as changing no answer with the reason."""
    where, known = tool().ground(""), tool().equivalent("")
    faults = tool().planted_in(where, "")
    chosen = random.Random(22).sample(faults, 80)
    missed = [f.where for f in chosen if not where.plant(f).by and f.where not in known]
    assert len(missed) <= (1 - FOUND) * len(chosen), missed


def test_what_is_listed_as_changing_no_answer_is_there_and_is_not_found() -> None:
    """No reason stands for a change that is gone, or that a scenario does notice."""
    where = tool().ground("")
    faults = {fault.where: fault for fault in tool().planted_in(where, "")}
    for name, why in tool().equivalent("").items():
        assert name in faults, name
        assert not where.plant(faults[name]).by, name
        assert why.endswith(".")


def test_without_scenarios_only_the_law_and_the_figures_are_watched(calendar: Calendar) -> None:
    """The means of this test: what finds a wrong term is a scenario and nothing else."""
    rule = rulebook().by_id["regulations.first-review"]
    bare = Ground(rulebook(), (), calendar, lines=None, figures={"regulations.first-review.within": 20})
    named = {fault.name: bare.plant(fault).by for fault in bare.faults(rule)}
    assert {name for name, by in named.items() if by == "figures"} == {
        "within.number: 21 instead of 20",
        "within.number: 19 instead of 20",
    }
    assert {name.partition(":")[0] for name, by in named.items() if by == ""} == {
        "no clock", "never lapses", "within", "within.unit", "within.tight", "met_by.review", "met_by.review.on.period",
        "lapses.on.period",
    }  # fmt: skip


def test_a_scenario_is_suggested_that_finds_what_nothing_found(calendar: Calendar, tmp_path: Path) -> None:
    """It is written as scenario files are; a fact that comes close leaves the answer as it was, and finds the fault."""
    rule = "handbook.court-documents"
    near = [s for s in tool().ground("").scenarios if s.file == "handbook-court-documents.toml"][:2]
    bare = Ground(rulebook(), near, calendar, lines=None, figures={})
    missed = [f for f in bare.faults(rulebook().by_id[rule]) if f.name == "met_by.copy.pattern: any to"]
    assert [bare.plant(fault).by for fault in missed] == [""]
    (suggestion,), left = suggest(bare, missed)
    assert left == []
    assert suggestion.same
    file = tmp_path / "near.toml"
    file.write_text(toml_of(suggestion, "A copy given to somebody else does not count."), encoding="utf-8")
    (read,) = read_scenarios(file, {"": rulebook()}.__getitem__)
    assert read.expect.keys() <= suggestion.base.expect.keys()
    more = Ground(rulebook(), [*near, read], calendar, lines=None, figures={})
    assert more.unsound([rule]) == ()
    assert more.plant(missed[0]).by.startswith("scenario near.toml")


def test_a_fault_changes_one_rule_and_has_a_name_of_its_own() -> None:
    """Each can be named in a report, and each differs from the rule it is a fault of."""
    for rule in rulebook().rules:
        faults = faults_of(rule, rulebook().terms)
        assert len({fault.name for fault in faults}) == len(faults) > 0
        assert all(fault.changed != rule and fault.rule == fault.changed.id == rule.id for fault in faults)


def test_an_anchor_that_depends_on_a_reading_is_changed_like_any_other() -> None:
    """Its look-ups are told apart under each reading, and its readings can be exchanged."""
    rule = rulebook().by_id["plo.iro-allocated"]
    assert isinstance(rule, Duty)
    readings = Interpretation("x.from", "From which day?", (("a", "the start"), ("b", "the trigger")), "a", "It is so.")
    names = {f.name for f in faults_of(attrs.evolve(rule, anchor=by_reading(readings, a="start", b="trigger")), {})}
    assert "anchor: readings of x.from exchanged" in names
    assert "counted from the trigger" in names
    assert "given.0[order].start: the last instead of the first" in names
