"""A deadline is told in words and counted day by day, with every day left out by name."""

from __future__ import annotations

import itertools
import pickle
from datetime import datetime
from typing import Any

import attrs
import pendulum
import pytest

from iro_rules import Assessment
from iro_rules.clock import (
    AgreedDate,
    Clock,
    Number,
    Soft,
    Unit,
    at_least_before,
    before_the_event,
    chosen_window,
    within,
)
from iro_rules.facts import Agreed, BecameLookedAfter, CeasedToBeLookedAfter, MeetingHeld, ReviewPlanned
from iro_rules.rulebook import fact, seek
from tests.assessment.made import (
    RAISED,
    TOLD,
    book,
    day,
    duty,
    finding,
    judge_children,
    judged,
    only,
    sentences,
    told_on,
)


def test_the_count_goes_day_by_day_over_christmas_and_names_the_holidays() -> None:
    """20 working days from 15 December 2025: Christmas Day, Boxing Day and New Year's Day are left out by name."""
    found = finding(judge_children(BecameLookedAfter("2025-12-15", id="s")), "regulations.first-review:s")
    explanation = found.explain()
    left_out = {day.day.isoformat(): day.reason for day in explanation.days if day.counted is None}
    assert {day: reason for day, reason in left_out.items() if reason not in ("Saturday", "Sunday")} == {
        "2025-12-25": "Christmas Day",
        "2025-12-26": "Boxing Day",
        "2026-01-01": "New Year's Day",
    }
    assert [day.counted for day in explanation.days if day.counted] == list(range(1, 21))
    assert explanation.days[0].day.isoformat() == "2025-12-16"
    assert explanation.days[-1].day.isoformat() == "2026-01-15"
    assert (
        "Not counted: 8 weekend days, Thursday 25 December 2025 (Christmas Day), Friday 26 December 2025 (Boxing Day)"
        " and Thursday 1 January 2026 (New Year's Day)."
    ) in explanation.sentences


def test_good_friday_and_easter_monday_are_left_out_by_name() -> None:
    """20 working days from 24 March 2026 end on 23 April."""
    found = finding(judge_children(BecameLookedAfter("2026-03-24", id="s")), "regulations.first-review:s")
    why = "\n".join(sentences(found))
    assert "Friday 3 April 2026 (Good Friday)" in why
    assert "Monday 6 April 2026 (Easter Monday)" in why
    assert "so until Thursday 23 April 2026" in why


def test_every_day_from_the_anchor_to_the_deadline_is_in_the_count_once(example: Assessment) -> None:
    """The days are unbroken, the numbers run from one, and the last is the deadline."""
    counted = [found for found in example if found.explain().days]
    assert len(counted) > 10
    for found in counted:
        days = found.explain().days
        steps = {(b.day - a.day).days if b.day > a.day else -(a.day - b.day).days for a, b in itertools.pairwise(days)}
        assert len(steps) <= 1
        assert steps <= {1, -1}
        assert [day.counted for day in days if day.counted is not None] == list(
            range(1, 1 + sum(day.counted is not None for day in days))
        )
        assert days[-1].day == found.due
        assert all(bool(day.reason) == (day.counted is None) for day in days)


def test_a_count_back_from_a_review_goes_back_day_by_day(example: Assessment) -> None:
    """Three working days before Tuesday 10 March, over a weekend."""
    days = finding(example, "handbook.health-plan-before-review:second").explain().days
    assert [(str(day.day), day.counted, day.reason) for day in days] == [
        ("2026-03-09", 1, ""),
        ("2026-03-08", None, "Sunday"),
        ("2026-03-07", None, "Saturday"),
        ("2026-03-06", 2, ""),
        ("2026-03-05", 3, ""),
    ]


def test_months_are_not_counted_day_by_day(example: Assessment) -> None:
    """A period of months ends on the same day of a later month."""
    explanation = finding(example, "regulations.second-review:first").explain()
    assert (
        "3 months are allowed from Friday 12 December 2025, so until Thursday 12 March 2026." in explanation.sentences
    )
    assert explanation.days == ()


NUMBER = Number("made.within", 24)
AGREED = Agreed("2026-01-05", by="iro", about="dispute", due=day("2026-01-30"), dispute="d1", id="f1")


@pytest.mark.parametrize(
    ("timescale", "trigger", "sentence"),
    [
        (
            within(NUMBER, Unit.HOURS),
            attrs.evolve(RAISED, when="2025-10-25T11:00:00+00:00"),
            "24 hours are allowed from Saturday 25 October 2025 at 12:00, so until Sunday 26 October 2025 at 11:00,"
            " weekends and holidays included.",
        ),
        (
            within(Number("made.one", 1), Unit.WORKING_DAYS),
            RAISED,
            "1 working day is allowed from Monday 5 January 2026, so until Tuesday 6 January 2026.",
        ),
        (
            within(Number("made.one", 1), Unit.WORKING_DAYS),
            attrs.evolve(RAISED, when="2026-01-05T16:30:00+00:00"),
            "1 working day is allowed from Monday 5 January 2026, so until Tuesday 6 January 2026.",
        ),
        (
            within(Number("made.none", 0), Unit.WORKING_DAYS),
            RAISED,
            "0 working days are allowed from Monday 5 January 2026, so until Monday 5 January 2026.",
        ),
        (
            within(Number("made.two", 2), Unit.WEEKS),
            RAISED,
            "2 weeks are allowed from Monday 5 January 2026, so until Monday 19 January 2026.",
        ),
        (
            Clock(Number("made.year", 1), Unit.YEAR_ENDS),
            RAISED,
            "1 calendar year is allowed from Monday 5 January 2026, so until Friday 31 December 2027.",
        ),
        (
            at_least_before(Number("made.days", 2), Unit.DAYS),
            RAISED,
            "It must come at least 2 calendar days before Monday 5 January 2026, so by Saturday 3 January 2026.",
        ),
        (before_the_event(), RAISED, "It must come before the event, which is dated Monday 5 January 2026."),
        (
            chosen_window("trigger.window", Number("made.low", 1), Number("made.high", 7), Number("made.else", 7)),
            attrs.evolve(RAISED, window=3),
            "3 working days (the window may be 1 to 7, as chosen for the risk) are allowed"
            " from Monday 5 January 2026, so until Thursday 8 January 2026.",
        ),
        (
            chosen_window("trigger.window", Number("made.low", 1), Number("made.high", 7), Number("made.else", 7)),
            attrs.evolve(RAISED, window=30),
            "7 working days (the window may be 1 to 7, as chosen for the risk) are allowed"
            " from Monday 5 January 2026, so until Wednesday 14 January 2026.",
        ),
        (Soft("as soon as practicable"), RAISED, "The source gives no figure, only: as soon as practicable."),
        (None, RAISED, "The source gives no time for it."),
        (AgreedDate("trigger.due"), AGREED, "The date agreed for it is Friday 30 January 2026."),
        (AgreedDate("trigger.due"), attrs.evolve(AGREED, due=None), "No date has been agreed for it."),
    ],
)
def test_each_kind_of_timescale_is_said_in_words(timescale: Any, trigger: Any, sentence: str) -> None:
    """Hours, days, weeks, years, windows, agreed dates, and words without a figure."""
    rule = duty(within=timescale, trigger=fact(trigger.kind(), about="dispute"))
    assert sentence in sentences(only(judged(book(rule), trigger)))


def test_a_number_that_changed_is_told_as_it_stood_when_the_duty_arose() -> None:
    """A dispute raised before the change has the old number, though the event it counts back from comes after."""
    number = Number("made.changed", {"2011-04-01": 4, "2026-02-01": 2})
    rule = duty(
        trigger=fact("review_planned"),
        anchor="trigger.planned_for",
        within=at_least_before(number, Unit.DAYS),
        met_by=(seek("held", fact("review_held"), "review"),),
    )
    found = only(judged(book(rule), ReviewPlanned("2026-01-05", review="r1", planned_for=day("2026-03-20"))))
    assert "at least 4 calendar days before Friday 20 March 2026, so by Monday 16 March 2026." in found.why()


def test_a_deadline_with_a_time_tells_lateness_within_the_day() -> None:
    """An act on the last day, after the hour."""
    rule = duty(within=within(Number("made.hours", 2), Unit.HOURS))
    trigger = attrs.evolve(RAISED, when="2026-01-05T12:00:00+00:00")
    found = only(judged(book(rule), trigger, told_on("2026-01-05T15:00:00+00:00")))
    assert found.standing == "met_late"
    assert "It came later that day." in sentences(found)


def test_a_deadline_with_a_time_tells_lateness_in_days_of_the_calendar() -> None:
    """Due in the afternoon, done in the night after: that is the next day."""
    rule = duty(within=within(Number("made.hours", 2), Unit.HOURS))
    trigger = attrs.evolve(RAISED, when="2026-01-05T12:00:00+00:00")
    found = only(judged(book(rule), trigger, told_on("2026-01-06T01:00:00+00:00")))
    assert "It came 1 calendar day after that." in sentences(found)


def test_lateness_is_that_of_the_last_act_where_all_are_needed() -> None:
    """The first of two came in time; what was owed was both."""
    meeting = seek("meeting", fact("meeting_held"), "dispute")
    rule = duty(within=within(Number("made.five", 5), Unit.DAYS), met_by=(*TOLD, meeting))
    held = MeetingHeld("2026-01-20", meeting="case_discussion", dispute="d1", id="f3")
    found = only(judged(book(rule), RAISED, told_on("2026-01-06"), held))
    assert found.standing == "met_late"
    assert "It came 10 calendar days after that." in sentences(found)


def test_lateness_is_that_of_the_first_act_where_any_will_do() -> None:
    """A second act that came later still changes nothing, and a fact that is no discharge counts for nothing."""
    meeting = seek("meeting", fact("meeting_held"), "dispute")
    agreed = seek("agreed", fact("agreed"), "dispute", pick="last")
    rule = duty(within=within(Number("made.one", 1), Unit.DAYS), given=(agreed,), met_by=(*TOLD, meeting), needs="any")
    facts = (
        RAISED,
        told_on("2026-01-09"),
        MeetingHeld("2026-01-20", meeting="case_discussion", dispute="d1", id="f3"),
        Agreed("2026-02-20", by="iro", about="dispute", dispute="d1", id="f4"),
    )
    why = sentences(only(judged(book(rule), *facts)))
    assert "It came 3 calendar days after that." in why
    assert any(
        s.startswith(("Also taken into account: the child's IRO agreed", "Also taken into account: the iro agreed"))
        for s in why
    )


def test_too_short_notice_is_said() -> None:
    """A review arranged for two days ahead leaves no 15 working days for anybody."""
    assessment = judge_children(
        BecameLookedAfter("2026-03-02"), ReviewPlanned("2026-03-09", review="r1", planned_for=day("2026-03-11"))
    )
    late = finding(assessment, "handbook.contact-before-review:r1")
    sentence = "That day had already passed when the review was arranged, so it could no longer be kept to."
    assert sentence in sentences(late)
    for planned_for in ("2026-03-30", "2026-04-30"):
        in_time = judge_children(
            BecameLookedAfter("2026-03-02"), ReviewPlanned("2026-03-09", review="r1", planned_for=day(planned_for))
        )
        found = finding(in_time, "handbook.contact-before-review:r1")
        assert found.due is not None
        assert (str(found.due) == "2026-03-09") is (planned_for == "2026-03-30")
        assert sentence not in sentences(found)


def test_what_lapsed_says_what_ended_it() -> None:
    """A child who left care before the first review was due."""
    assessment = judge_children(BecameLookedAfter("2026-03-02", id="s"), CeasedToBeLookedAfter("2026-03-09", id="e"))
    why = sentences(finding(assessment, "regulations.first-review:s"))
    assert why[1] == "This is no longer owed: it ended before it fell due."
    assert "What ended it: the child ceased to be looked after on Monday 9 March 2026 (fact e)." in why


def test_what_fell_away_once_it_was_late_says_that_its_day_had_passed() -> None:
    """A child who left care between the day for reports and the review they were for."""
    assessment = judge_children(
        BecameLookedAfter("2026-01-05"),
        ReviewPlanned("2026-01-07", review="r1", planned_for=day("2026-02-02")),
        CeasedToBeLookedAfter("2026-01-30", id="e"),
    )
    why = sentences(finding(assessment, "handbook.care-plan-before-review:r1"))
    told = "it had not been done by its day, Wednesday 28 January 2026, and has fallen away since."
    assert why[1] == f"This is no longer owed: {told}"
    assert "What ended it: the child ceased to be looked after on Friday 30 January 2026 (fact e)." in why


def test_counted_from_the_first_day_the_event_itself_is_day_one() -> None:
    """Read so, one working day ends on the day of the event, and that is the only day counted."""
    readings = {"counting.first-day": "event_day"}
    one = duty(within=within(Number("made.one", 1), Unit.WORKING_DAYS))
    days = only(judged(book(one), RAISED, readings=readings)).explain().days
    assert [(str(d.day), d.counted) for d in days] == [("2026-01-05", 1)]
    six = duty(within=within(Number("made.six", 6), Unit.WORKING_DAYS))
    days = only(judged(book(six), RAISED, readings=readings)).explain().days
    assert [(str(d.day), d.counted) for d in days][:2] == [("2026-01-05", 1), ("2026-01-06", 2)]
    assert (str(days[-1].day), days[-1].counted) == ("2026-01-12", 6)


def test_counted_back_in_clear_days_the_deadline_is_the_day_before_the_last_counted() -> None:
    """The days between are all there are to count; the act must come before them."""
    readings = {"counting.clear-days": "clear"}
    before = duty(within=at_least_before(Number("made.two", 2), Unit.DAYS))
    found = only(judged(book(before), RAISED, readings=readings))
    assert str(found.due) == "2026-01-02"
    assert [(str(d.day), d.counted, d.reason) for d in found.explain().days] == [
        ("2026-01-04", 1, ""),
        ("2026-01-03", 2, ""),
        ("2026-01-02", None, "the last day in time, before the clear days counted"),
    ]
    assert (
        "It must come at least 2 clear calendar days before Monday 5 January 2026, so by Friday 2 January 2026."
    ) in sentences(found)
    assert "Not counted" not in found.why()


def test_a_deadline_beyond_the_calendar_is_not_told_as_a_day() -> None:
    """20 working days from 20 December 2028 end where no bank holiday is known."""
    assessment = judge_children(BecameLookedAfter("2028-12-20", id="s"), as_of="2028-12-31")
    found = finding(assessment, "regulations.first-review:s")
    assert (found.standing, found.due, found.missing) == ("not_evaluable", None, ("working-day calendar",))
    assert found.explain().days == ()
    assert "working days that far ahead, where the known calendar ends" in found.why()
    assert not any(sentence.startswith("20 working days") for sentence in sentences(found))


@pytest.mark.parametrize(("number", "told"), [(400, 400), (401, 0)])
def test_a_count_longer_than_a_year_or_so_is_not_told_day_by_day(number: int, told: int) -> None:
    """The deadline is; hundreds of lines help nobody."""
    rule = duty(within=within(Number("made.long", number), Unit.DAYS))
    found = only(judged(book(rule), RAISED))
    assert len(found.explain().days) == told
    assert f"{number} calendar days are allowed from Monday 5 January 2026" in found.why()


@pytest.mark.parametrize("offset", ["+01:00", "+00:00"])
def test_a_deadline_in_the_hour_that_clocks_go_through_twice_is_kept_by_a_copy(offset: str) -> None:
    """An answer that another process has worked out comes by pickle; its deadline is still that instant."""
    raised = attrs.evolve(RAISED, when=f"2026-10-24T01:30:00{offset}")
    found = judged(book(duty(within=within(NUMBER, Unit.HOURS))), raised, as_of="2026-11-02")
    due, again = only(found).due, only(pickle.loads(pickle.dumps(found))).due
    assert isinstance(due, pendulum.DateTime)
    assert isinstance(again, pendulum.DateTime)
    assert due.timestamp() == datetime.fromisoformat(f"2026-10-25T01:30:00{offset}").timestamp()
    assert again.timestamp() == due.timestamp()
