"""The three readers never differ, whatever the rulebook and the case."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.facts import Case
from iro_rules.testing.random_cases import CaseAndRelated, CaseSize
from iro_rules.testing.random_rules import CoreSize
from iro_rules.testing.saved import Situation
from iro_rules.testing.strategies import deadlines, situations
from tests.readers.agreement import CALENDAR, READERS, agrees

WIDE = CoreSize(steps=10, kinds=6, lookups=4, joins=3, tests=3, conditions=3)
BUSY = CaseSize(facts=25, days=3, keys=2, timed=60)


@pytest.mark.parametrize("name", READERS)
@given(situation=situations(CALENDAR))
def test_readers_agree_on_any_rulebook_and_case(name: str, situation: Situation) -> None:
    """Every reader gives the verdicts of the meaning, value for value."""
    agrees(name, situation)


@pytest.mark.parametrize("name", READERS)
@given(situation=situations(CALENDAR, core=WIDE, case=BUSY))
def test_readers_agree_where_many_facts_collide(name: str, situation: Situation) -> None:
    """Ties of day, time and key are broken alike by every reader."""
    agrees(name, situation)


@pytest.mark.parametrize("name", READERS)
@given(situation=situations(CALENDAR, core=CoreSize(steps=4)))
def test_readers_agree_just_before_at_and_after_every_deadline(name: str, situation: Situation) -> None:
    """No reader is a day or a second out at a deadline."""
    moments = deadlines(situation.core, CaseAndRelated(situation.case, situation.related), CALENDAR)
    for moment in dict.fromkeys(moments[:18]):
        agrees(name, attrs.evolve(situation, as_of=moment))


@pytest.mark.parametrize("name", READERS)
@given(situation=situations(CALENDAR), seed=st.integers(0, 2**16))
def test_readers_agree_when_facts_come_shuffled_and_twice(name: str, situation: Situation, seed: int) -> None:
    """Neither the order in which facts are given nor giving one twice makes a reader differ."""
    facts = [*situation.case.facts, *situation.case.facts]
    random.Random(seed).shuffle(facts)
    agrees(name, attrs.evolve(situation, case=attrs.evolve(situation.case, facts=facts)))


@pytest.mark.parametrize("name", READERS)
@given(first=situations(CALENDAR), second=situations(CALENDAR))
def test_one_case_leaves_nothing_behind_for_the_next(name: str, first: Situation, second: Situation) -> None:
    """A reader that has judged another case and another rulebook answers as if it had not."""
    agrees(name, first)
    agrees(name, second)
    crossed = Case(first.case.id, second.case.facts, coverage=second.case.coverage, subject=second.case.subject)
    agrees(name, attrs.evolve(second, case=crossed))
    agrees(name, first)
