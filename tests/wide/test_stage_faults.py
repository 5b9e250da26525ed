"""Every fault planted in the stages of the small ladders is noticed: in silence, in who escalates, in ways in."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest

from iro_rules.clock import Calendar
from iro_rules.rulebook import Answer, Ladder, Silence, Stage, fact
from iro_rules.testing.planting import Ground
from iro_rules.testing.stage_faults import StageFault, faults_of_ladder
from tests.wide.books import BOOKS, scenarios_of
from tests.wide.made import LAW, days

NOBODY_ASKS = {
    "aldbury.ask": ("settled",),
    "eastmere.concern.from-2026": ("settled",),
    "halmere.about-iro": ("settled",),
    "halmere.praise": ("counted",),
    "thornmere.action": ("settled",),
    "thornmere.query": ("settled",),
}
"""Faults that change no answer: any outcome of a single stage ends what is owed there, and whether these matters are
open is asked by no rule; one that ends where it starts is never open."""


def changes_nothing(fault: StageFault) -> bool:
    """Whether a fault is one of those that change no answer."""
    return fault.name.startswith(NOBODY_ASKS.get(fault.ladder, ("nothing",)))


@pytest.mark.parametrize("name", BOOKS)
def test_every_fault_in_a_stage_is_noticed(name: str, calendar: Calendar) -> None:
    """A scenario answers otherwise, or the rulebook is refused; a fault said to change nothing does not."""
    ground = Ground(BOOKS[name], scenarios_of(name), calendar, lines=None, figures={})
    planted = [ground.plant(fault) for ladder in BOOKS[name].ladders for fault in ground.stage_faults(ladder)]
    assert [p.fault.where for p in planted if not p.by and not changes_nothing(p.fault)] == []  # type: ignore[arg-type]
    assert [p.fault.where for p in planted if p.by and changes_nothing(p.fault)] == []  # type: ignore[arg-type]
    assert len(planted) >= 10


def test_without_its_scenarios_a_fault_is_not_noticed(calendar: Calendar) -> None:
    """What notices is the scenarios: the planting does not find a fault by itself."""
    ground = Ground(BOOKS["aldbury"], (), calendar, lines=None, figures={})
    (dispute, _, _) = BOOKS["aldbury"].ladders
    found = Counter(ground.plant(fault).by for fault in faults_of_ladder(dispute))
    assert found[""] > 50
    assert set(found) <= {"", "refused"}


def ladder(**changes: Any) -> Ladder:
    """Two stages, the first with something changed."""
    first: dict[str, Any] = {
        "id": "team",
        "title": "the team",
        "entered_by": "opening",
        "answers": Answer(by="team_manager", within=days("made.within", 5)),
        "silence": Silence.ESCALATE,
        "escalator": "iro",
    }
    return Ladder(
        id="made",
        title="the matter",
        law=LAW,
        opens=fact("raised", about="dispute"),
        stages=(Stage(**(first | changes)), Stage(id="head", title="the head", entered_by=("step", "team"))),
    )


@pytest.mark.parametrize(
    "name",
    [
        "settled: not agreed",
        "settled: refused too",
        "topic",
        "counted",
        "team: silence: consider",
        "team: silence: deemed accepted",
        "team: silence: unspecified",
        "team: disagreement: escalate",
        "team: escalator: parent instead of iro",
        "team: satisfied: the IRO and the child",
        "team: entered_by.0: step",
        "team: answers.0: by parent, not team_manager",
        "team: answers.0: no clock",
        "team: answers.0: left out",
        "head: entered_by.0: silence team",
        "head: entered_by.1: on refused",
        "head: entered_by.1: left out",
        "head: ends",
    ],
)
def test_a_fault_is_one_thing_changed(name: str) -> None:
    """Each option of a stage is tried with another value, and the fault says which."""
    faults = {fault.name: fault for fault in faults_of_ladder(ladder())}
    assert faults[name].changed != ladder()
    assert faults[name].where == f"made: {name}"
    assert faults[name].rule == "made"


def test_no_fault_leaves_the_rules_as_they_were() -> None:
    """What a change does not touch is not planted, and names are told apart."""
    faults = faults_of_ladder(ladder())
    assert all(fault.changed.expand() != ladder().expand() for fault in faults)
    assert len({fault.name for fault in faults}) == len(faults)


def test_a_duty_that_answers_can_be_taken_away_or_exchanged() -> None:
    """Where a duty written out is the answer, silence is that duty's lateness and no other's."""
    own = ladder(answers=(), answered_by="made.first")
    stages = (own.stages[0], attrs.evolve(own.stages[1], answered_by="made.second"))
    names = [fault.name for fault in faults_of_ladder(attrs.evolve(own, stages=stages))]
    assert {"team: answered_by: nobody", "team: answered_by: made.second", "head: answered_by: made.first"} <= {*names}
