"""Deadlines as an iCalendar file; a later export of the same case updates what an earlier one put in a calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pendulum

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.explain import owed
from iro_rules.errors import needs
from iro_rules.facts.fields import to_moment
from iro_rules.report.visible import visible
from iro_rules.rulebook import Standing

if TYPE_CHECKING:
    from icalendar import Event

TO_DO = (Standing.OPEN, Standing.OVERDUE)


def calendar_of(assessments: Assessment | Iterable[Assessment]) -> bytes:
    """Every deadline of one or more assessments as an iCalendar file (RFC 5545), in order of day.

    An event is named by its case and finding, so that importing a later export moves it, and its sequence number is
    the day asked about. What is done or no longer owed is there as cancelled, so that it leaves a calendar it stood
    in. A deadline in days is an all-day event; one in hours is an event at its instant. Raises
    MissingExtra where the package icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        raise needs("icalendar", extra="reports", what="a calendar of deadlines") from error
    several = [assessments] if isinstance(assessments, Assessment) else list(assessments)
    made = Calendar()
    made.add("prodid", "-//iro_rules//deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    due = [(one, finding) for one in several for finding in one if finding.due is not None]
    for one, finding in sorted(due, key=lambda pair: (_day(pair[1]), pair[0].case, pair[1].id)):
        made.add_component(_event(one, finding))
    text: bytes = made.to_ical()
    return text


def uid_of(case: str, finding: str) -> str:
    """The name of an event: the same for the same finding of the same case, and telling nothing of either."""
    digest = hashlib.sha256(f"{len(case)}:{case}{finding}".encode()).hexdigest()
    return f"{digest[:32]}@iro-rules"


def _event(made: Assessment, finding: Finding) -> Event:
    from icalendar import Event

    asked = to_moment(made.as_of, name="as_of")
    stamp = asked if isinstance(asked, pendulum.DateTime) else datetime.combine(asked, time(), UTC)
    words = owed(finding, finding.subject) if finding.subject is not None else finding.act
    event = Event()
    event.add("uid", uid_of(made.case, finding.id))
    event.add("dtstamp", datetime.fromtimestamp(stamp.timestamp(), UTC))
    event.add("sequence", stamp.toordinal())
    event.add("summary", visible(f"{made.case}: {words}"))
    event.add("description", visible(finding.why() if finding.subject is not None else finding.act, lines=True))
    event.add("categories", [str(finding.standing)])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if finding.standing in TO_DO else "CANCELLED")
    if isinstance(finding.due, pendulum.DateTime):
        event.add("dtstart", datetime.fromtimestamp(finding.due.timestamp(), UTC))
    else:
        event.add("dtstart", _day(finding))
        event.add("dtend", _day(finding) + timedelta(days=1))
    return event


def _day(finding: Finding) -> date:
    assert finding.due is not None
    return date(finding.due.year, finding.due.month, finding.due.day)
