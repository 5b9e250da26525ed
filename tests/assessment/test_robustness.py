"""Which answers depend on how an open question is read: the same as trying every combination of every reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import attrs
import pytest

from iro_rules import Assessment, Case, Coverage, Finding, InterpretationError, Setting, assess, setting
from iro_rules.assessment import robustness
from iro_rules.clock import Number, Unit, within
from iro_rules.facts import (
    Appointed,
    BecameLookedAfter,
    Decided,
    Filed,
    Outcome,
    ProceedingsIssued,
    Provided,
    Published,
    Raised,
    Received,
    RecordsBegin,
    ReviewHeld,
    ReviewPlanned,
    Told,
)
from iro_rules.facts.fields import LookedUp
from iro_rules.national import rulebook
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.terms import Pattern
from tests.assessment.made import RAISED, book, day, duty, finding, judged, only, told_on

Answers = dict[str, tuple[str, Any]]

PLAN = (
    BecameLookedAfter("2025-11-03"),
    ProceedingsIssued("2025-12-01", proceedings="p"),
    ReviewHeld("2026-01-05", review="r1"),
    Received("2026-02-02", by="iro", document="final_evidence", proceedings="p"),
    Filed("2026-02-16", document="final_evidence", proceedings="p", id="filed"),
)
REVIEWS = (
    BecameLookedAfter("2026-01-05", id="start"),
    Appointed("2026-02-02", role="iro", person="p1"),
    ReviewPlanned("2026-01-12", review="r1", planned_for=day("2026-02-02")),
    Provided("2026-01-28", document="care_plan", to="iro", review="r1"),
    Provided("2026-01-30", document="health_plan", to="iro", review="r1"),
    Told("2026-01-12", by="iro", to="social_worker", about="review", review="r1"),
    ReviewHeld("2026-02-02", review="r1"),
    ReviewPlanned("2026-02-09", review="r2", planned_for=day("2026-05-01")),
)
CONCERN = (
    Raised("2026-01-05", by="iro", about="concern", dispute="c"),
    Told("2026-01-07", by="iro", to="social_worker", about="concern", dispute="c"),
    Told("2026-01-14", by="iro", to="team_manager", about="concern", dispute="c"),
    Outcome("2026-01-15", stage=LookedUp("step_2"), result="not_agreed", dispute="c"),
    Decided("2026-01-19", by="iro", about=LookedUp("representations"), dispute="c"),
    Told("2026-01-28", by="iro", to=LookedUp("head_of_service"), about=LookedUp("representations"), dispute="c"),
)


def concern_alone(where: Setting) -> Setting:
    """The first steps of the ladder of concerns and what follows them: few enough questions to try all readings."""
    known = where.rulebook
    (whole,) = (ladder for ladder in known.ladders if ladder.id == "rochdale.concern")
    later = ("-record", "step-3-contact", "step-4-contact")
    ladder = attrs.evolve(whole, rules=tuple(rule for rule in whole.rules if not rule.id.endswith(later)))
    return setting(Rulebook(name="concern", parts=(ladder,), contacts=known.contacts, vocabulary=known.vocabulary))


def national(*names: str) -> Setting:
    """Some national rules and what they read, so few that every combination of all their readings can be tried."""
    book = rulebook()
    wanted = frozenset().union(*(robustness.dependence(book).upstream[name] for name in names))
    parts = tuple(rule for rule in book.rules if rule.id in wanted)
    return setting(Rulebook(name="some national rules", parts=parts, contacts=book.contacts))


ENDORSED = ("plo.plan-not-endorsed", "plo.filed-without-proceedings")
BEFORE_REVIEWS = (
    "act.iro-before-first-review", "regulations.first-review", "regulations.second-review", "regulations.later-review",
    "handbook.iro-appointed", "handbook.contact-before-review", "handbook.care-plan-before-review",
    "handbook.health-plan-before-review",
)  # fmt: skip


def answers(assessment: Assessment) -> Answers:
    """What counts as the answer: how each thing stands, and for what is open by when."""
    return {f.id: outcome(f) for f in assessment}


def outcome(found: Any) -> tuple[str, Any]:
    """A standing, with the deadline where it is still ahead."""
    return str(found.standing), found.due if found.standing == "open" else None


def every_combination(case: Case, as_of: str, where: Setting) -> dict[frozenset[tuple[str, str]], Answers]:
    """The answers under each combination of all readings, by the readings that are not the defaults."""
    known = where.rulebook.interpretations
    found = {}
    for names in product(*(i.names() for i in known)):
        readings = {i.id: name for i, name in zip(known, names, strict=True)}
        other = frozenset((i.id, name) for i, name in zip(known, names, strict=True) if name != i.default)
        made = assess(case, as_of=as_of, protocol=where, readings=readings, engine="meaning", robustness=False)
        found[other] = answers(made)
    return found


def smaller(readings: frozenset[tuple[str, str]]) -> Iterator[frozenset[tuple[str, str]]]:
    """Every part of some readings that is less than all of them and more than none."""
    for size in range(1, len(readings)):
        yield from map(frozenset, combinations(readings, size))


def others_of(assessment: Assessment) -> dict[str, dict[frozenset[tuple[str, str]], tuple[str, Any]]]:
    """What an assessment says of other readings, by finding and readings."""
    told: list[Any] = [*assessment, *assessment.only_otherwise]
    return {found.id: {frozenset(o.readings): outcome(o) for o in found.otherwise} for found in told}


@pytest.mark.parametrize(
    ("facts", "as_of", "subject", "names"),
    [
        (PLAN, "2026-03-02", "child", ENDORSED),
        (REVIEWS, "2026-01-29", "child", BEFORE_REVIEWS),
        (REVIEWS, "2026-05-04", "child", BEFORE_REVIEWS),
        ((RecordsBegin("2024-01-01"), Published("2024-11-04", publication="annual_report")), "2025-11-17",
         "authority", ("handbook.annual-report",)),
        (CONCERN, "2026-01-27", "child", ()),
    ],
    ids=["a plan filed", "a review ahead", "a review past", "a yearly report", "a concern"],
)  # fmt: skip
def test_what_is_told_of_other_readings_is_what_trying_them_all_gives(
    facts: tuple[Any, ...], as_of: str, subject: str, names: tuple[str, ...], rochdale: Setting
) -> None:
    """Every other answer is told, by the fewest readings that lead to it, and nothing else is."""
    where = national(*names) if names else concern_alone(rochdale)
    case = Case("c1", facts, coverage=Coverage.everything(), subject=subject)
    assessment = assess(case, as_of=as_of, protocol=where, engine="meaning")
    told, tried = others_of(assessment), every_combination(case, as_of, where)
    here = tried[frozenset()]
    assert here == answers(assessment)
    arising = {name for found in tried.values() for name in found} - set(here)
    assert {only.id for only in assessment.only_otherwise} == arising
    nothing = ("", None)
    for name in here.keys() | arising:
        own, listed = here.get(name, nothing), told[name]
        reached = {found.get(name, nothing) for found in tried.values()}
        assert reached == {own, *listed.values()}
        for readings, answer in listed.items():
            assert tried[readings].get(name, nothing) == answer != own
            assert all(tried[part].get(name, nothing) != answer for part in smaller(readings))
        for readings, there in tried.items():
            answer = there.get(name, nothing)
            assert answer == own or any(r <= readings and a == answer for r, a in listed.items())
    assert any(told.values())
    for found in assessment:
        assert found.holds_under_every_reading is (not told[found.id])


def test_working_or_calendar_days_may_change_the_answer() -> None:
    """On 29 January reports for a review on Monday 2 February are late in working days, not in calendar days."""
    found = finding(assess_children(*REVIEWS[:3], as_of="2026-01-29"), "handbook.health-plan-before-review:r1")
    assert (found.standing, str(found.due)) == ("overdue", "2026-01-28")
    assert found.otherwise is not None
    assert [(o.readings, o.standing, str(o.due)) for o in found.otherwise] == [
        ((("handbook.reports-before-review.days", "calendar"),), "open", "2026-01-30"),
        (
            (("counting.clear-days", "clear"), ("handbook.reports-before-review.days", "calendar")),
            "open",
            "2026-01-29",
        ),
    ]
    assert "Read as “three calendar days”, it would be open (due Friday 30 January 2026)." in found.why()


def assess_children(*facts: Any, as_of: str, readings: Mapping[str, str] | None = None) -> Assessment:
    """A case under the national rules."""
    case = Case("c1", facts, coverage=Coverage.everything())
    return assess(case, as_of=as_of, engine="meaning", readings=readings)


def test_a_reading_chosen_by_the_caller_is_the_one_that_counts() -> None:
    """Read in calendar days the reports are still open; the default is then the other reading."""
    readings = {"handbook.reports-before-review.days": "calendar"}
    assessment = assess_children(*REVIEWS[:3], as_of="2026-01-29", readings=readings)
    found = finding(assessment, "handbook.health-plan-before-review:r1")
    assert (found.standing, str(found.due)) == ("open", "2026-01-30")
    assert dict(found.readings)["handbook.reports-before-review.days"] == "calendar"
    assert dict(assessment.provenance.readings)["handbook.reports-before-review.days"] == "calendar"
    assert dict(assessment.provenance.readings)["counting.clear-days"] == "counted_back"
    assert found.otherwise is not None
    assert ("overdue", (("handbook.reports-before-review.days", "working"),)) in [
        (o.standing, o.readings) for o in found.otherwise
    ]
    assert "Read here: three calendar days." in found.why()


def test_a_plan_that_counts_as_not_endorsed_only_if_read_otherwise_is_not_lost() -> None:
    """A review in proceedings, but before the IRO had the evidence: the status arises under that reading alone."""
    assessment = assess_children(*PLAN, as_of="2026-03-02")
    assert assessment.finding("plo.plan-not-endorsed:filed") is None
    (found,) = (only for only in assessment.only_otherwise if only.rule == "plo.plan-not-endorsed")
    assert (found.id, found.rule, found.about) == ("plo.plan-not-endorsed:filed", "plo.plan-not-endorsed", "filed")
    assert [(o.readings, o.standing) for o in found.otherwise] == [
        ((("plo.plan-not-endorsed.review", "with_evidence"),), "holds")
    ]
    readings = {"plo.plan-not-endorsed.review": "with_evidence"}
    other = assess_children(*PLAN, as_of="2026-03-02", readings=readings)
    assert finding(other, "plo.plan-not-endorsed:filed").standing == "holds"
    assert "plo.plan-not-endorsed" not in {only.rule for only in other.only_otherwise}
    assert finding(other, "plo.plan-not-endorsed:filed").holds_under_every_reading is False


def test_what_would_not_arise_under_another_reading_says_so(example: Assessment) -> None:
    """The record of the informal stage is owed only under one of two readings."""
    found = finding(example, "rochdale.dispute.record-informal:f16")
    assert found.otherwise is not None
    assert [(o.readings, o.standing, o.due) for o in found.otherwise] == [
        ((("rochdale.dispute.informal-record", "agreement"),), "", None)
    ]
    assert "Read as “only when the IRO agrees with the response”, it would not arise." in found.why()


def test_a_change_that_needs_two_readings_together_is_told_by_both(example: Assessment) -> None:
    """The three-way meeting is late only if it must be held and its first day is that of the outcome."""
    found = finding(example, "rochdale.dispute.three-way-meeting:f16")
    assert found.otherwise is not None
    (other,) = found.otherwise
    assert dict(other.readings) == {
        "counting.first-day": "event_day",
        "rochdale.dispute.three-way-meeting": "held",
    }
    assert (other.standing, str(other.due)) == ("met_late", "2026-01-26")


def test_findings_rest_on_the_questions_of_the_rules_they_read(rochdale: Setting) -> None:
    """Step 2 of a concern starts from step 1, so it rests on how step 1 is read."""
    known = robustness.dependence(rochdale.rulebook)
    rests_on = {i.id for i in known.rests_on["rochdale.concern.step-2-contact"]}
    assert {"rochdale.concern.step-2-start", "rochdale.concern.step-1-window", "counting.first-day"} <= rests_on
    assert known.rests_on["handbook.child-told-of-iro"] == ()


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({"counting.first-day": "third_day"}, ["counting.first-day", "third_day", "next_day, event_day"]),
        ({"counting.first": "next_day"}, ["no such interpretation", "counting.first", "counting.first-day"]),
    ],
)
def test_a_reading_that_does_not_exist_is_refused(readings: dict[str, str], words: list[str]) -> None:
    """The error names the question, the reading given and those there are; nothing is judged."""
    with pytest.raises(InterpretationError) as raised:
        assess_children(*PLAN, as_of="2026-03-02", readings=readings)
    assert all(word in str(raised.value) for word in words)


def questions(number: int) -> Any:
    """A duty whose deadline depends on so many questions with two answers each."""
    value: Any = Number("made.days.0", 2)
    for n in range(1, number + 1):
        question = Interpretation(f"made.q{n}", f"Question {n}?", (("no", "no"), ("yes", "yes")), "no", "-")
        value = by_reading(question, no=value, yes=Number(f"made.days.{n}", n + 2))
    return duty(within=within(value, Unit.HOURS))


def test_too_many_readings_to_try_are_not_claimed_to_make_no_difference() -> None:
    """Eight questions are all tried; with a ninth nothing is said of other readings, here or in the sentences."""
    trigger = told_on("2026-01-05T12:00:00+00:00")
    raised = Raised("2026-01-05T09:00:00+00:00", by="iro", about="dispute", dispute="d1")
    tried = only(judged(book(questions(8)), raised, trigger))
    assert tried.holds_under_every_reading is False
    untried = only(judged(book(questions(9)), raised, trigger))
    assert untried.standing == tried.standing == "met_late"
    assert untried.otherwise is None
    assert untried.holds_under_every_reading is None
    assert len(untried.readings) == 9
    assert "Whether another reading would change the answer was not worked out." in untried.why()


def test_another_hour_is_another_answer_only_while_it_is_still_ahead() -> None:
    """Two hours or three, on one day: that matters to what is open, and not to what was done in time either way."""
    raised = Raised("2026-03-02T09:00:00+00:00", by="iro", about="dispute", dispute="d1")
    asked = "2026-03-02T10:00:00+00:00"
    ahead = only(judged(book(questions(1)), raised, as_of=asked))
    assert ahead.standing == "open"
    assert ahead.otherwise is not None
    assert [(o.standing, str(o.due)) for o in ahead.otherwise] == [("open", "2026-03-02 12:00:00+00:00")]
    met = only(judged(book(questions(1)), raised, told_on("2026-03-02T09:30:00+00:00"), as_of=asked))
    assert (met.standing, met.otherwise) == ("met", ())


def test_readings_are_told_in_the_order_of_their_questions(example: Assessment, rochdale: Setting) -> None:
    """By id, in each finding and in the provenance."""
    for readings in (*(f.readings for f in example), example.provenance.readings):
        assert list(readings) == sorted(readings)


def test_rules_that_read_each_other_under_different_readings_are_compared() -> None:
    """Under one reading the first rule waits for the second, under the other the second for the first."""
    question = Interpretation("made.order", "Who first?", (("a", "the one"), ("b", "the other")), "a", "-")
    raised = duty().trigger
    first = duty(id="made.first", trigger=by_reading(question, a=raised, b=Pattern("made.second/met")))
    second = duty(id="made.second", trigger=by_reading(question, a=Pattern("made.first/met"), b=raised))
    assessment = judged(book(first, second), RAISED, told_on("2026-01-06"))
    assert [f.id for f in assessment] == ["made.first:f1", "made.second:f1"]
    assert all(f.holds_under_every_reading for f in assessment)


def test_without_robustness_nothing_is_compared(dispute: Case, rochdale: Setting, example: Assessment) -> None:
    """The findings are the same but for what they say of other readings."""
    plain = assess(dispute, as_of="2026-03-02", protocol=rochdale, robustness=False)
    assert [bare(f) for f in plain] == [bare(f) for f in example]
    assert all(f.otherwise is None for f in plain)
    assert plain.only_otherwise == ()


def bare(found: Finding) -> tuple[Any, ...]:
    """A finding without what it says of other readings."""
    return found.id, found.standing, found.due, found.decided_by, found.missing, found.contact, found.readings
