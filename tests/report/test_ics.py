"""The calendar file says to an independent parser what the assessment says, and a later one updates it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject

from iro_rules import Assessment, assess, read_case, setting
from iro_rules.report.ics import calendar_of, uid_of
from tests.report.report_help import EXAMPLES, dispute, hostile, reviews_only, siblings, timed


def events(made: Any) -> list[Any]:
    """The events of a calendar file, as the package vobject reads them."""
    read = vobject.readOne(calendar_of(made).decode())
    return list(getattr(read, "vevent_list", []))


@pytest.mark.parametrize("made", [dispute, reviews_only, siblings, timed, hostile], ids=lambda made: made.__name__)
def test_every_deadline_comes_back_from_an_independent_parser(made: Any) -> None:
    """Its day or instant, its words, whether it is still to be done, and nothing that has no deadline."""
    assessment: Assessment = made()
    due = {uid_of(assessment.case, f.id): f for f in assessment if f.due is not None}
    found = {event.uid.value: event for event in events(assessment)}
    assert found.keys() == due.keys()
    for uid, finding in due.items():
        event = found[uid]
        when = event.dtstart.value
        if isinstance(when, datetime):
            assert when == finding.due
        else:
            assert finding.due is not None
            assert when == date(finding.due.year, finding.due.month, finding.due.day)
        assert event.status.value == ("CONFIRMED" if finding.standing in ("open", "overdue") else "CANCELLED")
        assert event.categories.value == [str(finding.standing)]


def test_a_clock_in_hours_ends_at_an_instant() -> None:
    """48 hours from 16:30 in winter time on the Saturday the clocks change: 17:30 in summer time on Monday."""
    instants = [event.dtstart.value for event in events(timed()) if isinstance(event.dtstart.value, datetime)]
    assert datetime(2026, 3, 30, 16, 30, tzinfo=UTC) in instants


def test_a_later_export_updates_the_events_of_an_earlier_one() -> None:
    """The same names, a higher sequence number, and no event that depends on when it was written."""
    where = setting("rochdale")
    case = read_case(EXAMPLES / "rochdale-dispute.json", terms=where.rulebook.terms).case
    later = assess(case, as_of="2026-03-20", protocol=where)
    before = {event.uid.value: event for event in events(dispute())}
    after = {event.uid.value: event for event in events(later)}
    assert before.keys() <= after.keys()
    for uid, event in before.items():
        assert int(after[uid].sequence.value) - int(event.sequence.value) == 18
    assert calendar_of(dispute()) == calendar_of(dispute())


def test_a_name_tells_nothing_of_the_case_and_no_two_are_alike() -> None:
    """Neither the child's id nor what is owed can be read from it, and the parts cannot run together."""
    uid = uid_of("rochdale-0417", "regulations.first-review:f01")
    assert "0417" not in uid
    assert "review" not in uid
    assert uid_of("a", "bc") != uid_of("ab", "c")


def test_several_cases_make_one_calendar_in_order_of_day() -> None:
    """Whatever order they are given in."""
    together = events([siblings(), dispute()])
    assert len(together) == len(events(siblings())) + len(events(dispute()))
    assert calendar_of([siblings(), dispute()]) == calendar_of([dispute(), siblings()])


def test_no_deadlines_make_an_empty_calendar() -> None:
    """Which is a calendar all the same."""
    assert events([]) == []
    assert b"BEGIN:VCALENDAR" in calendar_of([])
