"""The three readers never differ, whatever the rulebook and the case."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.facts import Case
from iro_rules.testing.random_cases import CaseAndRelated, CaseSize, random_case
from iro_rules.testing.random_rules import CoreSize, patterns_of, raw_kinds, subjects_of
from iro_rules.testing.saved import Situation
from iro_rules.testing.strategies import deadlines, random_situation, situations
from tests.readers.agreement import CALENDAR, READERS, agrees, answer, module, plain

WIDE = CoreSize(steps=10, kinds=6, lookups=4, joins=3, tests=3, conditions=3)
BUSY = CaseSize(facts=25, days=3, keys=2, timed=60)


def dials(seed: int) -> tuple[random.Random, CoreSize, CaseSize]:
    """A generator with the sizes it is to make, small and large by turns."""
    rng = random.Random(seed)
    core = CoreSize(
        steps=rng.choice((4, 8, 12)), kinds=rng.choice((2, 4, 6)), lookups=rng.choice((2, 3, 5)),
        joins=rng.choice((1, 3)), tests=rng.choice((1, 3)),
    )  # fmt: skip
    case = CaseSize(
        facts=rng.choice((5, 15, 30)),
        days=rng.choice((2, 5)),
        keys=rng.choice((1, 2, 3)),
        timed=rng.choice((0, 50, 90)),
    )
    return rng, core, case


def test_durable_agrees_on_a_sweep_of_seeded_situations() -> None:
    """The same few hundred situations each time: quick to make, so that this looks furthest."""
    for seed in range(600):
        rng, core, case = dials(seed)
        agrees("durable", random_situation(rng, CALENDAR, core=core, case=case))


def test_columnar_agrees_on_a_sweep_of_seeded_cohorts() -> None:
    """The same few dozen rulebooks each time, each on a dozen cases at once, at one case's deadline."""
    columnar = module("columnar")
    for seed in range(120):
        rng, core_size, case = dials(seed)
        made = random_situation(rng, CALENDAR, core=core_size, case=case)
        core, as_of, related = made.core, made.as_of, made.related
        others = [random_situation(rng, CALENDAR, core=core, case=case).case for _ in range(11)]
        cohort = [attrs.evolve(case, id=f"c{number}") for number, case in enumerate([made.case, *others])]
        found = columnar.judge_cases(core, cohort, as_of=as_of, calendar=CALENDAR, related=related)
        for case_of in cohort:
            situation = Situation(core=core, case=case_of, related=related, as_of=as_of)
            if plain(found[case_of.id]) != plain(answer(situation)):
                agrees("columnar", situation)
                pytest.fail(f"columnar differs on {case_of.id} of cohort {seed}, and not on it alone")


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


@given(first=situations(CALENDAR, core=CoreSize(steps=5)), seed=st.integers(0, 2**16), size=st.integers(1, 12))
def test_a_cohort_is_judged_as_each_of_its_cases_alone(first: Situation, seed: int, size: int) -> None:
    """Side by side, in parts or in another order, each case has the answer it has by itself; some name each other."""
    columnar = module("columnar")
    core, rng = first.core, random.Random(seed)
    about = attrs.evolve(BUSY, kinds=raw_kinds(core), patterns=patterns_of(core))
    made = [random_case(rng, about, subject=rng.choice(subjects_of(core))).case for _ in range(size)]
    ids = [f"s{number}" for number in range(size)]
    cohort = {name: attrs.evolve(case, id=name) for name, case in zip(ids, made, strict=True)}
    alone = {name: answer(attrs.evolve(first, case=case, related=cohort)) for name, case in cohort.items()}
    shuffled = rng.sample(list(cohort.values()), size)
    asked = {"as_of": first.as_of, "calendar": CALENDAR}
    together = columnar.judge_cases(core, shuffled, related=cohort, **asked)
    assert {name: plain(found) for name, found in together.items()} == {n: plain(v) for n, v in alone.items()}
    tables = {"events": columnar.event_table(shuffled), "cases": columnar.case_table(shuffled)}
    parts = columnar.judge_table(core, **tables, cases_at_once=rng.randint(1, size), **asked)
    assert columnar.to_verdicts(parts) == {name: found for name, found in alone.items() if found}
