"""The fine print of what a rule means, each clause by an example that was worked out by hand."""

from __future__ import annotations

from typing import Any

import pendulum
import pytest

from iro_rules.clock import AgreedDate, Clock, Number, Unit
from iro_rules.facts import (
    Agreed,
    Appointed,
    BecameLookedAfter,
    Case,
    Coverage,
    Decided,
    Ended,
    Fact,
    OrderMade,
    Raised,
    Related,
    ReviewHeld,
    ReviewPlanned,
    Told,
    Unavailable,
)
from iro_rules.facts.kinds import FIELD_NOT_GIVEN
from iro_rules.rulebook import Constraint, Rulebook, terms
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.core import Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import KNOWN, UNKNOWN, Absent, Compare, Pattern, Present, fact, has, more_than, seek
from iro_rules.testing.random_rules import term_table
from iro_rules.testing.saved import Situation
from tests.readers.agreement import READERS, agrees, answer
from tests.rulebooks import LAW

ALL = Coverage.everything()
HELD, PLANNED, RAISED, TOLD = fact("review_held"), fact("review_planned"), fact("raised"), fact("told")
BECAME = fact("became_looked_after")


def held(day: str, review: str = "r", **more: Any) -> ReviewHeld:
    return ReviewHeld(day, review=review, **more)


def planned(day: str, review: str = "r", to: str = "2026-03-20", **more: Any) -> ReviewPlanned:
    return ReviewPlanned(day, review=review, planned_for=pendulum.Date.fromisoformat(to), **more)


def raised(window: int | None = None, dispute: str = "d", **more: Any) -> Raised:
    return Raised("2026-03-02", by="iro", about="dispute", dispute=dispute, window=window, **more)


def told(**more: Any) -> Told:
    return Told("2026-03-02", by="iro", to="child", about="review", **more)


def found(
    *rules: Production, facts: tuple[Fact, ...], coverage: Coverage = ALL, as_of: str = "2026-06-01"
) -> list[Any]:
    """Standing, what is missing and the facts in hand, of each verdict; every reader must say the same."""
    contacts = [
        Contact(role="iro", title="a", stand_in="iro_manager"),
        Contact(role="iro_manager", title="b", stand_in="court"),
    ]
    core = order(list(rules), contacts=contacts, terms=term_table())
    moment = pendulum.Date.fromisoformat(as_of)
    situation = Situation(core=core, case=Case("c", facts, coverage=coverage), related={}, as_of=moment)
    for name in READERS:
        agrees(name, situation)
    return [(v.about, str(v.standing), v.missing_names(), dict(v.facts), v) for v in answer(situation)]


def matched(pattern: Pattern, *facts: Fact) -> list[str]:
    """The ids of the facts that fit a pattern."""
    judge = Judge(rule="r", trigger=pattern, otherwise="holds")
    return sorted(about for about, *_ in found(judge, facts=facts))


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        (fact("raised", window=5), ["five"]),
        (fact("raised", window=more_than(5)), ["six"]),
        (Pattern("raised", (terms.Test("window", "lt", 6),)), ["five"]),
        (fact("raised", window=KNOWN), ["five", "six"]),
        (fact("raised", window=UNKNOWN), ["none"]),
    ],
)
def test_a_pattern_of_a_number(pattern: Pattern, fits: list[str]) -> None:
    """More and less leave the number itself out; a number not given passes only `unknown`."""
    assert matched(pattern, raised(5, "a", id="five"), raised(6, "b", id="six"), raised(None, "c", id="none")) == fits


def test_a_pattern_of_one_of_several_values_and_of_a_list() -> None:
    """A field not given is none of the values, and an empty list has nothing."""
    facts = (told(id="a", review="1", cc=("iro",)), told(id="b", review="2", cc=("child", "parent")), told(id="c"))
    assert matched(fact("told", review=("1", "9")), *facts) == ["a"]
    assert matched(fact("told", cc=has("child")), *facts) == ["b"]
    assert matched(fact("told", cc=UNKNOWN), *facts) == ["c"]


def looked_up(lookup: Any, *facts: Fact, trigger: Pattern = PLANNED, **more: Any) -> str | None:
    """The id of the fact that a look-up finds."""
    judge = Judge(rule="r", trigger=trigger, lookups=(lookup,), otherwise="holds")
    ((_, _, _, hand, _),) = found(judge, facts=facts, **more)
    name: str | None = hand.get(lookup.name)
    return name


def test_a_look_up_bounded_by_days_takes_the_bounds_themselves() -> None:
    """Since and until are not before and not after."""
    on = held("2026-03-10", id="on")
    assert looked_up(seek("x", HELD, since="trigger"), planned("2026-03-10"), on) == "on"
    assert looked_up(seek("x", HELD, until="trigger"), planned("2026-03-10"), on) == "on"
    assert looked_up(seek("x", HELD, since="trigger"), planned("2026-03-11"), on) is None
    assert looked_up(seek("x", HELD, until="trigger"), planned("2026-03-09"), on) is None
    assert looked_up(seek("x", HELD, since="trigger.planned_for"), planned("2026-03-01", to="2026-03-10"), on) == "on"
    assert looked_up(seek("x", HELD, until="as_of"), planned("2026-03-01"), on, as_of="2026-03-10") == "on"


def test_after_and_before_are_strict_and_break_ties_by_time_then_identity() -> None:
    """A day without a time comes after all its times; of two alike, the order is that of their ids."""
    day, noon = held("2026-03-10", id="b-day"), held("2026-03-10T12:00:00+00:00", id="c-noon", review="s")
    later = held("2026-03-10", id="c-day", review="t")
    after, before = seek("x", HELD, after="trigger"), seek("x", HELD, before="trigger", pick="last")
    only = fact("review_held", review="r")
    assert looked_up(after, day, trigger=only) is None
    assert looked_up(before, day, trigger=only) is None
    assert looked_up(before, day, noon, trigger=only) == "c-noon"
    assert looked_up(after, day, noon, trigger=only) is None
    assert looked_up(after, day, later, trigger=only) == "c-day"
    assert looked_up(before, day, later, trigger=only) is None


def test_the_first_and_the_last_are_those_in_time() -> None:
    """Whatever their ids, and the order they were given in."""
    facts = (held("2026-03-11", id="a"), held("2026-03-09", id="z"), held("2026-03-10", id="m"))
    assert looked_up(seek("x", HELD), planned("2026-03-01"), *facts) == "z"
    assert looked_up(seek("x", HELD, pick="last"), planned("2026-03-01"), *facts) == "a"


def test_fields_are_joined_only_where_both_are_known() -> None:
    """Two blanks are not the same."""
    again = seek("x", fact("agreed"), "ref")
    blank = Decided("2026-03-02", by="iro", about="review")
    assert looked_up(again, blank, Agreed("2026-03-02", by="iro", about="review"), trigger=fact("decided")) is None
    both = (
        Decided("2026-03-02", by="iro", about="review", ref="1"),
        Agreed("2026-03-02", by="iro", about="review", ref="1"),
    )
    assert looked_up(again, *both, trigger=fact("decided")) == both[1].id


def condition(when: Any, *facts: Fact, coverage: Coverage = ALL, lookups: tuple[Any, ...] = ()) -> Any:
    """Whether a condition holds: True, False, or the names of what keeps it from being known."""
    judge = Judge(rule="r", trigger=PLANNED, lookups=lookups, when=(when,), otherwise="holds")
    verdicts = found(judge, facts=(planned("2026-03-02"), *facts), coverage=coverage)
    return (verdicts[0][2] or True) if verdicts else False


def test_what_is_absent_outside_coverage_is_not_known() -> None:
    """Present and absent are true or false where something was found, or the record would show it."""
    x, here, nowhere = (seek("x", HELD),), held("2026-03-10"), Coverage.only("review_planned")
    for coverage in (ALL, nowhere):
        assert condition(Present("x"), here, coverage=coverage, lookups=x) is True
        assert condition(Absent("x"), here, coverage=coverage, lookups=x) is False
    assert condition(Present("x"), lookups=x) is False
    assert condition(Absent("x"), lookups=x) is True
    assert condition(Present("x"), coverage=nowhere, lookups=x) == ("review_held",)
    assert condition(Absent("x"), coverage=nowhere, lookups=x) == ("review_held",)


@pytest.mark.parametrize(
    ("op", "truths"),
    [
        ("eq", (False, True, False)),
        ("ne", (True, False, True)),
        ("lt", (True, False, False)),
        ("le", (True, True, False)),
        ("gt", (False, False, True)),
        ("ge", (False, True, True)),
    ],
)
def test_a_comparison_of_numbers(op: str, truths: tuple[bool, ...]) -> None:
    """Below, at and above the number; unknown where it is blank, false where there is no such fact."""
    x, compare = (seek("x", RAISED),), Compare("x.window", op, constant=5)
    assert tuple(condition(compare, raised(n), lookups=x) for n in (4, 5, 6)) == truths
    assert condition(compare, raised(None), lookups=x) == ("a field left blank",)
    assert condition(compare, lookups=x) is False
    assert condition(compare, coverage=Coverage.only("review_planned"), lookups=x) == ("raised",)


def test_one_false_condition_outweighs_what_is_not_known() -> None:
    """Only where none is false is something missing, and then all that is."""
    lookups = (seek("x", HELD), seek("y", RAISED))
    never = Compare("trigger.review", "eq", constant="another")
    judge = Judge(rule="r", trigger=PLANNED, lookups=lookups, otherwise="holds", when=(Absent("x"), Absent("y")))
    nothing = Coverage.only("review_planned")
    ((_, standing, missing, _, _),) = found(judge, facts=(planned("2026-03-02"),), coverage=nothing)
    assert (standing, missing) == ("not_evaluable", ("raised", "review_held"))
    judge = Judge(rule="r", trigger=PLANNED, lookups=lookups, otherwise="holds", when=(Absent("x"), never))
    assert found(judge, facts=(planned("2026-03-02"),), coverage=nothing) == []


def test_a_judgement_stops_at_the_first_standing_it_cannot_decide() -> None:
    """Later standings are not tried; earlier ones that hold are given."""
    verdicts = (((Present("x"),), "kept"), ((Present("y"),), "excused"))
    judge = Judge(rule="r", trigger=PLANNED, lookups=(seek("x", HELD), seek("y", RAISED)), verdicts=verdicts)
    no_held = ALL.without("review_held")
    assert found(judge, facts=(planned("2026-03-02"), raised()))[0][1] == "excused"
    assert found(judge, facts=(planned("2026-03-02"), raised()), coverage=no_held)[0][1:3] == (
        "not_evaluable",
        ("review_held",),
    )
    assert found(judge, facts=(planned("2026-03-02"), held("2026-03-02")), coverage=no_held)[0][1] == "kept"
    assert found(judge, facts=(planned("2026-03-02"),)) == []


def test_a_trigger_that_the_record_would_not_show_is_told_of() -> None:
    """What is known is judged, and beside it stands that there may be more."""
    judge = Judge(rule="r", trigger=PLANNED, otherwise="holds")
    verdicts = found(judge, facts=(planned("2026-03-02", id="p"),), coverage=Coverage.only())
    assert [(about, standing, missing) for about, standing, missing, _, _ in verdicts] == [
        ("", "not_evaluable", ("review_planned",)),
        ("p", "holds", ()),
    ]


def reader_of(kind: str) -> Judge:
    return Judge(rule="z", trigger=Pattern(kind), otherwise="holds")


def test_of_rows_with_one_identity_the_first_stays() -> None:
    """The first trigger in time, and of several makers the one that stands first."""
    by_review = Derive(rule="a", trigger=PLANNED, kind="k", identity="trigger.review")
    facts = (planned("2026-03-05", id="a"), planned("2026-03-02", id="z"), held("2026-03-01", id="h"))
    ((about, _, _, hand, _),) = found(by_review, reader_of("k"), facts=facts)
    assert (about, hand) == ("r", {"trigger": "z"})
    other = Derive(rule="b", trigger=HELD, kind="k", identity="trigger.review")
    for first, second, wanted in ((by_review, other, "z"), (other, by_review, "h")):
        ((_, _, _, hand, _),) = found(first, second, reader_of("k"), facts=facts)
        assert hand == {"trigger": wanted}


def test_a_row_dated_by_a_date_has_no_time() -> None:
    """The row keeps the fact and, as its day, the date; hours cannot run from it."""
    moved = Derive(rule="a", trigger=PLANNED, kind="k", moment="trigger.planned_for")
    hours = Owe(
        rule="z",
        trigger=Pattern("k"),
        lookups=(seek("x", RAISED),),
        done=("x",),
        within=Clock(Number("n", 24), Unit.HOURS),
    )
    at_noon = planned("2026-03-02T12:00:00+00:00", to="2026-03-20", id="p")
    ((_, standing, missing, hand, _),) = found(moved, hours, facts=(at_noon,))
    assert (standing, missing, hand) == ("not_evaluable", ("time of day",), {"trigger": "p"})
    kept = Derive(rule="a", trigger=PLANNED, kind="k")
    assert found(kept, hours, facts=(at_noon,))[0][1] == "overdue"


def test_a_kept_field_that_is_blank_leaves_the_triggers_own() -> None:
    """What is kept under the name of a field of the trigger takes its place only where it is known."""
    given = seek("x", fact("agreed"), pick="last")
    kept = Derive(rule="a", trigger=fact("decided"), lookups=(given,), kind="k", keep=(("ref", "x.ref"),))
    mine = Judge(rule="z", trigger=Pattern("k", fact("k", ref="mine").where), otherwise="holds")
    decided = Decided("2026-03-02", by="iro", about="review", ref="mine")
    assert len(found(kept, mine, facts=(decided, Agreed("2026-03-02", by="iro", about="review")))) == 1
    assert found(kept, mine, facts=(decided, Agreed("2026-03-02", by="iro", about="review", ref="its"))) == []


def test_nothing_is_derived_from_what_is_not_known() -> None:
    """A row comes about only where its conditions are known to hold; what reads it is told why there may be one."""
    made = Derive(rule="a", trigger=PLANNED, lookups=(seek("x", HELD),), when=(Absent("x"),), kind="k")
    known = found(made, reader_of("k"), facts=(planned("2026-03-02", id="p"),))
    assert [v[0] for v in known] == ["p"]
    unknown = found(made, reader_of("k"), facts=(planned("2026-03-02"),), coverage=ALL.without("review_held"))
    assert [v[0:3] for v in unknown] == [("", "not_evaluable", ("review_held",))]


def owed(needs: str = "all", **more: Any) -> Owe:
    lookups = (seek("x", HELD), seek("y", RAISED), seek("stop", fact("decided")))
    within = Clock(Number("n", 5), Unit.DAYS)
    return Owe(
        rule="r", trigger=PLANNED, lookups=lookups, done=("x", "y"), needs=needs, lapse="stop", within=within, **more
    )


@pytest.mark.parametrize(
    ("needs", "standing"), [("all", "met_late"), ("any", "met")], ids=["by the last of all", "by the first of any"]
)
def test_an_obligation_is_met_by_the_last_of_all_or_the_first_of_any(needs: str, standing: str) -> None:
    """The deadline is 7 March: one act before it and one after."""
    facts = (planned("2026-03-02"), held("2026-03-20"), raised())
    assert found(owed(needs), facts=facts)[0][1] == standing


@pytest.mark.parametrize(
    ("ended", "late", "standing"),
    [
        ("2026-03-07", False, "lapsed"),
        ("2026-03-08", False, "overdue"),
        ("2026-03-07", True, "lapsed"),
        ("2026-03-08", True, "lapsed"),
        ("2026-05-31", True, "lapsed"),
        (None, True, "overdue"),
    ],
)
def test_what_ends_an_obligation_ends_it_up_to_its_deadline_or_whenever_it_comes(
    ended: str | None, late: bool, standing: str
) -> None:
    """The deadline is 7 March; one that lapses late is no longer overdue once it has ended, and till then it is."""
    ends = () if ended is None else (Decided(ended, by="iro", about="review"),)
    assert found(owed(lapse_late=late), facts=(planned("2026-03-02"), *ends))[0][1] == standing


def test_an_act_that_is_found_needs_no_coverage() -> None:
    """What was done was done; only what was not found may be hidden. One missing act of two is named alone."""
    nothing = Coverage.only("review_planned")
    assert found(owed(), facts=(planned("2026-03-02"), held("2026-03-03"), raised()), coverage=nothing)[0][1] == "met"
    ((_, standing, missing, _, _),) = found(owed(), facts=(planned("2026-03-02"), held("2026-03-03")), coverage=nothing)
    assert (standing, missing) == ("not_evaluable", ("decided", "raised"))


def test_a_deadline_that_stands_in_a_fact_the_record_would_not_show_is_not_known() -> None:
    """Nor is a clock that runs from one; inside coverage there is no deadline, for nothing was agreed."""
    agreed = seek("agreed", fact("agreed"))
    base: dict[str, Any] = {"rule": "r", "trigger": PLANNED, "lookups": (agreed, seek("x", HELD)), "done": ("x",)}
    for rule in (
        Owe(within=AgreedDate("agreed.due"), **base),
        Owe(within=Clock(Number("n", 5), Unit.DAYS), anchor="agreed", **base),
        Owe(within=Clock(Number("n", 5), Unit.HOURS), anchor="agreed", **base),
    ):
        facts = (planned("2026-03-02"), held("2026-03-10"))
        assert found(rule, facts=facts)[0][1:3] == ("met", ())
        assert found(rule, facts=facts, coverage=ALL.without("agreed"))[0][1:3] == ("not_evaluable", ("agreed",))


def test_a_look_up_that_leans_on_one_that_is_unknown_is_unknown_too() -> None:
    """Narrowing coverage never makes anything overdue, however far down a chain of look-ups it bites."""
    plan = seek("plan", fact("agreed", about="review"))
    facts = (BecameLookedAfter("2026-01-05", id="b"), held("2026-01-20", id="h"))
    agreed = Agreed("2026-01-10", id="a", by="iro", about="review", ref="r")
    leaning = (
        seek("held", HELD, "period", since="plan"),
        seek("held", HELD, "period", until="plan"),
        seek("held", HELD, "period", after="plan"),
        seek("held", HELD, "period", before="plan"),
        seek("held", HELD, on={"review": "plan.ref"}),
    )
    for look_up in leaning:
        rule = Owe(
            rule="r", trigger=BECAME, lookups=(plan, look_up), done=("held",), within=Clock(Number("n", 5), Unit.DAYS)
        )
        assert found(rule, facts=facts)[0][1:3] == ("overdue", ())
        assert found(rule, facts=facts, coverage=ALL.without("agreed"))[0][1:3] == ("not_evaluable", ("agreed",))
        assert found(rule, facts=(*facts, agreed), coverage=ALL.without("agreed"))[0][1] != "not_evaluable"


LAST_K = seek("last", Pattern("k"), pick="last")
SOON = Clock(Number("n", 20), Unit.DAYS)


@pytest.mark.parametrize("pick", ["first", "last"])
def test_a_row_that_may_be_there_is_not_passed_over_for_one_that_is(pick: str) -> None:
    """Where the record would not show which review counts last, a clock from the last that counts has no known start.

    The same holds through a second row that rests on the first. One in doubt that would not be chosen changes nothing.
    """
    plans = Derive(rule="a", trigger=PLANNED, kind="k")
    held_untold = Derive(rule="b", trigger=HELD, lookups=(seek("t", TOLD),), when=(Absent("t"),), kind="k")
    again = Derive(rule="c", trigger=Pattern("k"), kind="again")
    for kind in ("k", "again"):
        last = seek("last", Pattern(kind), pick=pick)
        owes = Owe(rule="r", trigger=BECAME, lookups=(last, seek("x", RAISED)), anchor="last", within=SOON, done=("x",))
        facts = (BecameLookedAfter("2026-01-05", id="b"), planned("2026-01-12", id="p"), held("2026-05-20", id="h"))
        rules = (plans, held_untold, again, owes)
        known = found(*rules, facts=facts)[-1]
        assert known[1:3] == (("overdue", ()) if pick == "first" else ("open", ()))
        doubtful = found(*rules, facts=facts, coverage=ALL.without("told"))[-1]
        assert doubtful[1:3] == (("overdue", ()) if pick == "first" else ("not_evaluable", ("told",)))
        assert "last" not in doubtful[3] or pick == "first"


def test_a_certain_row_of_one_identity_leaves_none_in_doubt() -> None:
    """Whether another rule would give the row as well makes no difference to its being there."""
    untold = Derive(rule="a", trigger=HELD, lookups=(seek("t", TOLD),), when=(Absent("t"),), kind="k")
    surely = Derive(rule="b", trigger=HELD, kind="k")
    owes = Owe(rule="r", trigger=PLANNED, lookups=(LAST_K,), done=("last",), within=SOON)
    facts = (planned("2026-01-12"), held("2026-01-20"))
    for rules in ((untold, surely), (surely, untold)):
        assert found(*rules, owes, facts=facts, coverage=ALL.without("told"))[-1][1:3] == ("met", ())


def test_what_hangs_on_a_blank_field_is_not_taken_for_absent() -> None:
    """A status that compares a field left blank may hold: what asks for its absence, or rests on it, is not known."""
    short = Derive(rule="a", trigger=RAISED, when=(Compare("trigger.window", "lt", constant=5),), kind="short")
    chained = Derive(rule="b", trigger=Pattern("short"), kind="chained")
    for kind in ("short", "chained"):
        seeks = seek("s", Pattern(kind))
        absent = Judge(rule="r", trigger=HELD, lookups=(seeks,), when=(Absent("s"),), otherwise="holds")
        rests = Judge(rule="z", trigger=Pattern(kind), otherwise="holds")
        for window, answers in (
            (6, [("h", "holds", ())]),
            (4, [("d", "holds", ())]),
            (None, [("h", "not_evaluable", (FIELD_NOT_GIVEN,)), ("", "not_evaluable", (FIELD_NOT_GIVEN,))]),
        ):
            facts = (raised(window, id="d"), held("2026-03-03", id="h"))
            assert [v[0:3] for v in found(short, chained, absent, rests, facts=facts)] == answers


def test_an_obligation_that_hangs_on_a_blank_field_may_be_met_or_overdue() -> None:
    """What asks for its being overdue, or for its being met, does not know."""
    owes = Owe(rule="o", trigger=RAISED, lookups=(seek("x", TOLD, "review"),), done=("x",), within=SOON)
    late = Judge(rule="z", trigger=Pattern("o/overdue"), otherwise="holds")
    unmet = seek("met", Pattern("o/met"))
    waiting = Judge(rule="w", trigger=HELD, lookups=(unmet,), when=(Absent("met"),), otherwise="holds")
    facts = (raised(None, id="d"), held("2026-03-03", id="h"))
    assert [v[0:3] for v in found(owes, late, waiting, facts=facts)] == [
        (about, "not_evaluable", (FIELD_NOT_GIVEN,)) for about in ("d", "h", "")
    ]


@pytest.mark.parametrize(
    "look_up",
    [
        seek("x", TOLD, "review"),
        seek("x", TOLD, since="trigger.due"),
        seek("x", TOLD, until="trigger.due"),
        seek("x", TOLD, on={"review": "trigger.review", "dispute": "trigger.dispute"}),
    ],
    ids=["joined", "from a day", "up to a day", "joined twice"],
)
def test_an_act_that_cannot_be_matched_for_a_blank_field_is_not_missing(look_up: Any) -> None:
    """Nobody is overdue because the record does not say which review it is about; nor is a gate shut for that."""
    facts = (raised(id="d"), told(id="t", review="r", dispute="d"))
    owes = Owe(rule="r", trigger=RAISED, lookups=(look_up,), done=("x",), within=Clock(Number("n", 5), Unit.DAYS))
    assert found(owes, facts=facts)[0][1:3] == ("not_evaluable", (FIELD_NOT_GIVEN,))
    lapses = Owe(
        rule="r", trigger=RAISED, lookups=(seek("y", HELD), look_up), done=("y",), lapse="x",
        within=Clock(Number("n", 5), Unit.DAYS),
    )  # fmt: skip
    assert found(lapses, facts=facts)[0][1:3] == ("not_evaluable", (FIELD_NOT_GIVEN,))
    verdicts = (((Present("x"),), "available"),)
    gate = Judge(rule="r", trigger=RAISED, lookups=(look_up,), verdicts=verdicts, otherwise="after_permission")
    assert found(gate, facts=facts)[0][1:3] == ("not_evaluable", (FIELD_NOT_GIVEN,))
    there = raised(id="d", review="r", due=pendulum.Date(2026, 3, 2))
    assert found(owes, facts=(there, facts[1]))[0][1:3] == ("met", ())


def test_whether_anything_is_owed_takes_what_cannot_be_matched_for_absent() -> None:
    """An appointment of somebody unnamed stands, whoever is recorded as having gone."""
    ended = seek("ended", fact("ended"), "person")
    stands = Judge(rule="r", trigger=fact("appointed"), lookups=(ended,), when=(Absent("ended"),), otherwise="holds")
    nameless = Appointed("2026-01-05", id="a", role="iro")
    assert found(stands, facts=(nameless, Ended("2026-02-02", role="iro", person="p")))[0][0:3] == ("a", "holds", ())


def test_an_overdue_row_is_dated_by_the_deadline_and_not_by_its_trigger() -> None:
    """What came between the trigger and the deadline came before the row; what came after it came after."""
    owed_by_25 = Owe(
        rule="r", trigger=PLANNED, lookups=(seek("held", HELD),), done=("held",),
        within=Clock(Number("n", 5), Unit.DAYS),
    )  # fmt: skip
    late = Judge(
        rule="z", trigger=Pattern("r/overdue"), lookups=(seek("x", TOLD, since="trigger"),), otherwise="conflict"
    )
    between = Told("2026-02-21", id="between", by="iro", to="child", about="review")
    later = Told("2026-02-25", id="later", by="iro", to="child", about="review")
    verdicts = found(owed_by_25, late, facts=(planned("2026-02-20", id="p"), between, later))
    assert [(v[4].rule, v[3]) for v in verdicts] == [("r", {"trigger": "p"}), ("z", {"trigger": "p", "x": "later"})]


def test_rows_of_an_obligation_are_dated_by_what_happened_to_it() -> None:
    """Met: by the act. Overdue: by the deadline, which the row keeps as `due`."""
    late = Judge(
        rule="z", trigger=Pattern("r/overdue"), lookups=(seek("x", TOLD, since="trigger"),),
        when=(Compare("trigger.due", "lt", right="as_of.day"),), otherwise="conflict",
    )  # fmt: skip
    met = Judge(rule="y", trigger=Pattern("r/met"), lookups=(seek("x", TOLD, since="trigger"),), otherwise="holds")
    notice = told(id="t")
    verdicts = found(owed(), late, met, facts=(planned("2026-02-20", id="p"), notice))
    assert [(v[4].rule, v[1], v[3]) for v in verdicts] == [
        ("r", "overdue", {"trigger": "p"}),
        ("z", "conflict", {"trigger": "p", "x": "t"}),
    ]
    verdicts = found(
        owed(), late, met, facts=(planned("2026-03-01", id="p"), raised(id="s"), held("2026-03-04", id="h"), notice)
    )
    assert [(v[4].rule, v[1], v[3]) for v in verdicts] == [
        ("r", "met", {"trigger": "p", "x": "h", "y": "s"}),
        ("y", "holds", {"trigger": "h"}),
    ]


def test_a_rule_is_in_force_from_its_first_day_to_the_day_before_its_end() -> None:
    """The trigger's day decides."""
    day = pendulum.Date(2026, 3, 2).toordinal()
    judge = Judge(rule="r", trigger=HELD, otherwise="holds", start=day, end=day + 2)
    facts = [held(f"2026-03-0{n}", f"r{n}", id=f"h{n}") for n in range(1, 5)]
    assert [v[0] for v in found(judge, facts=tuple(facts))] == ["h2", "h3"]


@pytest.mark.parametrize(
    ("away", "contact"),
    [
        ((), "iro"),
        (("iro",), "iro_manager"),
        (("iro_manager",), "iro"),
        (("iro", "iro_manager"), "court"),
        (("iro", "iro_manager", "court"), "court"),
    ],
)
def test_the_contact_is_the_first_in_the_chain_who_can_be_reached(away: tuple[str, ...], contact: str) -> None:
    """Or the last of all, where nobody can be."""
    judge = Judge(rule="r", trigger=PLANNED, otherwise="holds", contact="iro")
    gone = tuple(Unavailable("2026-03-01", role=role) for role in away)
    assert found(judge, facts=(planned("2026-03-02"), *gone))[0][4].contact == contact


def test_somebody_is_away_until_the_last_day_given() -> None:
    """On that day still, the day after no longer; before the first day not yet."""
    judge = Judge(rule="r", trigger=BECAME, otherwise="holds", contact="iro")
    gone = Unavailable("2026-03-05", role="iro", until=pendulum.Date(2026, 3, 10))
    asked = ("2026-03-04", "2026-03-05", "2026-03-10", "2026-03-11")
    contacts = [found(judge, facts=(BecameLookedAfter("2026-03-01"), gone), as_of=day)[0][4].contact for day in asked]
    assert contacts == ["iro", "iro_manager", "iro_manager", "iro"]


def test_a_fact_with_a_time_is_known_from_that_second() -> None:
    """Asked about a whole day, everything that day counts, to midnight in London."""
    judge = Judge(rule="r", trigger=fact("order_made"), otherwise="holds")
    late = OrderMade("2026-07-01T22:59:59+00:00", order="care_order", id="a")
    after_midnight = OrderMade("2026-07-01T23:00:00+00:00", order="care_order", id="b")
    assert [v[0] for v in found(judge, facts=(late, after_midnight), as_of="2026-07-01")] == ["a"]
    assert [v[0] for v in found(judge, facts=(late, after_midnight), as_of="2026-07-02")] == ["a", "b"]


def test_a_case_is_never_compared_with_itself() -> None:
    """A child named as their own sibling has no other case, whatever cases are at hand."""
    same = Constraint(id="same-iro", law=LAW, act="a", relation="sibling", role="iro", same=True)
    core = Rulebook(name="siblings", parts=(same,)).core()
    facts = (Related("2026-03-01", relation="sibling", child="c"), Appointed("2026-03-01", role="iro", person="p"))
    case = Case("c", facts, coverage=ALL)
    itself = Situation(core=core, case=case, related={"c": case}, as_of=pendulum.Date(2026, 3, 2))
    for name in READERS:
        agrees(name, itself)
    assert answer(itself) == ()
