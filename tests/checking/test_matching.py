"""When two facts are the same happening, and what follows on what."""

from __future__ import annotations

import pytest

from iro_rules.checking.matching import covers, leads_to, same_happening
from iro_rules.checking.spans import Step, step
from iro_rules.checking.tracing import Tracer, values
from iro_rules.clock import Chosen, Number
from iro_rules.clock.timescale import AgreedDate, Soft, Unit
from iro_rules.rulebook import KNOWN, UNKNOWN, Pattern, Present, Status, fact, has, seek
from tests.checking.made import law

TOLD = fact("told", by="iro", to="team_manager", about="dispute")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (TOLD, fact("told", by="social_worker", to="iro", about="dispute"), True),
        (TOLD, fact("told", about="concern"), False),
        (TOLD, fact("told"), False),
        (fact("told"), fact("told"), True),
        (TOLD, fact("told", about=("concern", "dispute")), True),
        (TOLD, fact("requested", about="dispute"), False),
        (TOLD, fact("told", about="dispute", dispute=KNOWN), True),
        (fact("told", about="dispute", manner="verbally"), TOLD, True),
        (fact("told", about="dispute", manner="verbally"), fact("told", about="dispute", manner="by_email"), False),
    ],
)
def test_two_facts_are_one_happening_if_they_are_about_the_same(one: Pattern, other: Pattern, same: bool) -> None:
    """Whoever acts; what one says of its subject the other must say too."""
    assert same_happening(one, other) is same
    assert same_happening(other, one) is same


def test_who_acts_matters_where_it_is_asked() -> None:
    """Then both must be able to be of one person."""
    assert same_happening(TOLD, fact("told", by=("iro", "iro_manager"), about="dispute"), who=True)
    assert not same_happening(TOLD, fact("told", by="social_worker", about="dispute"), who=True)


@pytest.mark.parametrize(
    ("done", "start", "leads"),
    [
        (TOLD, TOLD, True),
        (TOLD, fact("received", by="team_manager", about="dispute"), True),
        (TOLD, fact("received", by="iro", about="dispute"), False),
        (TOLD, fact("received", by="team_manager", about="concern"), False),
        (fact("provided", document="care_plan", to="iro"), fact("received", by="iro", document="care_plan"), True),
        (fact("provided", document="care_plan", to="iro"), fact("received", by="iro", document="judgment"), False),
        (fact("told", about="dispute"), fact("received", by="iro", about="dispute"), False),
        (fact("recorded", about="dispute"), fact("received", by="iro", about="dispute"), False),
    ],
)
def test_what_is_sent_starts_what_runs_from_its_arrival(done: Pattern, start: Pattern, leads: bool) -> None:
    """With whoever it was sent to, and about the same."""
    assert leads_to(done, start) is leads


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        (fact("became_looked_after"), fact("became_looked_after", status="care"), True),
        (fact("became_looked_after", status="care"), fact("became_looked_after"), False),
        (fact("became_looked_after", status=UNKNOWN), fact("became_looked_after"), False),
        (fact("became_looked_after", status=UNKNOWN), fact("became_looked_after", status=UNKNOWN), True),
        (fact("told", about="dispute", dispute=KNOWN), fact("told", about="dispute"), True),
        (fact("told", by="iro", about="dispute"), fact("told", about="dispute"), True),
        (fact("told", about=("dispute", "concern")), fact("told", about="dispute"), True),
        (fact("told"), fact("requested"), False),
    ],
)
def test_a_pattern_covers_another_if_each_of_its_facts_is_one(wide: Pattern, narrow: Pattern, covered: bool) -> None:
    """As far as values go: that a key must be known loses no case, that a value must not be known does."""
    assert covers(wide, narrow) is covered


def test_values_of_several_tests_are_those_that_pass_them_all() -> None:
    """And a list field may hold any of the values asked for."""
    both = Pattern("told", (*fact("told", about=("dispute", "concern")).where, *fact("told", about="dispute").where))
    assert values(both, "about") == frozenset(("dispute",))
    assert values(TOLD, "manner") is None
    assert values(fact("told", cc=has("iro")), "cc") == frozenset(("iro",))


def test_a_row_that_no_fact_can_bring_about_has_no_root() -> None:
    """A test of the row that contradicts what brings it about leaves nothing; a field from elsewhere is not asked."""
    lawful = law("M-1")
    statuses = (
        Status(id="plain", law=lawful, act="it is", trigger=fact("told", about="dispute")),
        Status(
            id="from-elsewhere", law=lawful, act="it is", trigger=fact("told", about="dispute"),
            given=(seek("other", fact("told", about="concern")),), when=(Present("other"),),
            keep=(("about", "other.about"),),
        ),
    )  # fmt: skip
    tracer = Tracer(statuses)
    assert tracer.behind(fact("plain", about="concern")) == ()
    (root,) = tracer.behind(fact("plain", about="dispute"))
    assert (root.narrowed, root.passed) == (False, ("plain",))
    (root,) = tracer.behind(fact("from-elsewhere", about="concern"))
    assert values(root.pattern, "about") == frozenset(("dispute",))
    assert root.narrowed


def test_the_figure_of_a_timescale() -> None:
    """A chosen window has two; words, a date to be agreed and nothing have none."""
    window = Chosen("trigger.window", Number("low", 1), Number("high", 7), Number("usual", 5))
    assert step(window) == Step(7, Unit.WORKING_DAYS)
    assert step(window, longest=False) == Step(1, Unit.WORKING_DAYS)
    assert [step(Soft("soon")), step(AgreedDate("agreed.due")), step(None)] == [None, None, None]
