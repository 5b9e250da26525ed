"""Facts as the readers see them: flat rows, known on the day asked about, with days as plain numbers.

Shared by `meaning` and `durable`; `columnar` builds the same rows as columns of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs
import pendulum

from iro_rules.clock.calendar import Calendar
from iro_rules.errors import CalendarError, CaseError, FieldError
from iro_rules.facts import Case, Fact
from iro_rules.facts.fields import to_moment
from iro_rules.facts.kinds import BITS, RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED

NO_TIME = 1 << 40
"""Stands for the time of a row that has only a day: such a row comes after every time of that day."""

DAY = 86_400


class Row:
    """One fact or derived fact. `origin` is its identity within its kind, `fact` the id of the fact that dates it.

    A derived row of which it is not known whether there is one has in `doubt` the bits of what is missing.
    """

    __slots__ = ("at", "doubt", "fact", "on", "order", "origin", "values")

    def __init__(self, origin: str, fact: str, on: int, at: int | None, values: dict[str, Any], doubt: int = 0) -> None:
        self.origin, self.fact, self.on, self.at, self.values, self.doubt = origin, fact, on, at, values, doubt
        self.order = (on, NO_TIME if at is None else at, origin)


@attrs.frozen
class AsOf:
    """The moment asked about: the whole of a London day, or an instant.

    `day` is an ordinal, `second` since 1970 UTC.
    """

    day: int
    second: int
    whole_day: bool

    @classmethod
    def of(cls, value: date | datetime | str) -> AsOf:
        """From a date (judged at the end of that day in London), an aware datetime, or their ISO text."""
        moment = to_moment(value, name="as_of")
        if isinstance(moment, pendulum.DateTime):
            return cls(moment.toordinal(), int(moment.timestamp()), False)
        try:
            after = moment.add(days=1)
        except OverflowError:
            raise FieldError("as_of is out of range", value=str(moment), right="a day in this era") from None
        midnight = pendulum.datetime(after.year, after.month, after.day, tz="Europe/London")
        return cls(moment.toordinal(), int(midnight.timestamp()), True)

    def knows(self, on: int, at: int | None) -> bool:
        """Whether a fact of this day and time had happened by then."""
        if at is not None and not self.whole_day:
            return at <= self.second
        return on <= self.day


@attrs.frozen(eq=False)
class CaseRows:
    """One case ready for a reader: rows by kind in order, what the record covers, and the day asked about.

    `uncovered` has the bits of all kinds that are not recorded whole; of those `since` has the bit and the first day,
    an ordinal, of each that is recorded from a day on.
    """

    case: str
    subject: str
    rows: dict[str, list[Row]]
    uncovered: int
    as_of: AsOf
    unavailable: frozenset[str]
    since: tuple[tuple[int, int], ...] = ()

    def shown_from(self, day: int | None) -> int:
        """The bits of the kinds that are recorded from a first day on that is not after this one."""
        shown = 0
        for bit, first in self.since:
            if day is not None and first <= day:
                shown |= bit
        return shown


def prepare(
    case: Case,
    *,
    as_of: date | datetime | str | AsOf,
    calendar: Calendar,
    related: Mapping[str, Case] | None = None,
) -> CaseRows:
    """The rows of a case known on a day, with the appointments of the related cases that are at hand.

    Raises CaseError for a date outside the calendar, naming case, fact, field and value; CalendarError
    where `as_of` itself lies outside.
    """
    moment = as_of if isinstance(as_of, AsOf) else AsOf.of(as_of)
    if not calendar.knows(moment.day):
        raise CalendarError(
            "the day asked about lies outside the known calendar",
            where="as_of",
            value=date.fromordinal(moment.day).isoformat(),
            right=calendar.span(),
        )
    rows: dict[str, list[Row]] = {}
    for fact in case.facts:
        row = _row(case, fact, calendar)
        if moment.knows(row.on, row.at):
            rows.setdefault(type(fact).kind(), []).append(row)
    named = sorted({str(row.values["child"]) for row in rows.get("related", ())} - {case.id})
    others = [other for name in named if (other := (related or {}).get(name)) and _tells_appointments(other)]
    for other in others:
        _import(rows, other, moment, calendar)
    for found in rows.values():
        found.sort(key=lambda r: r.order)
    covered = sum(BITS[kind] for kind in case.coverage.kinds) | BITS[RELATED_ENDED]
    if len(others) == len(named):
        covered |= BITS[RELATED_APPOINTED]
    gone = {r.values["role"] for r in rows.get("unavailable", ()) if r.values.get("until", moment.day) >= moment.day}
    uncovered = ~covered & (2 * max(BITS.values()) - 1)
    since = tuple((BITS[kind], day.toordinal()) for kind, day in case.coverage.since)
    return CaseRows(case.id, case.subject, rows, uncovered, moment, frozenset(gone), since)


_TEXT = frozenset({"reasons", "provider"})


def _row(case: Case, fact: Fact, calendar: Calendar) -> Row:
    values: dict[str, Any] = {}
    for name, value in fact.content().items():
        if name == "when" or name in _TEXT:
            continue
        if isinstance(value, date):
            value = _known_day(case, fact, name, value, calendar)
        values[name] = value
    values |= {name: value for name in fact.WORKED_OUT if (value := getattr(fact, name)) is not None}
    on = _known_day(case, fact, "when", fact.on, calendar)
    at = fact.at
    return Row(fact.id, fact.id, on, None if at is None else int(at.timestamp()), values)


def _known_day(case: Case, fact: Fact, field: str, value: date, calendar: Calendar) -> int:
    day = value.toordinal()
    if not calendar.knows(day):
        raise CaseError(
            f"{field} lies outside the known calendar of working days",
            where=f"case {case.id}, fact {fact.id} ({fact.kind()})",
            value=value.isoformat(),
            right=calendar.span(),
        )
    return day


def _tells_appointments(other: Case) -> bool:
    """Whether another case's record would show who its IRO is."""
    return other.subject == "child" and {"appointed", "ended"} <= other.coverage.kinds


def _import(rows: dict[str, list[Row]], other: Case, moment: AsOf, calendar: Calendar) -> None:
    """The other child's IRO appointments, and a mark that they are known, as rows of this case."""
    rows.setdefault(RELATED_CASE, []).append(Row(other.id, other.id, 1, None, {"child": other.id}))
    for fact in other.facts:
        kind = {"appointed": RELATED_APPOINTED, "ended": RELATED_ENDED}.get(fact.kind())
        if kind is None:
            continue
        row = _row(other, fact, calendar)
        if moment.knows(row.on, row.at):
            origin = f"{other.id}/{row.origin}"
            rows.setdefault(kind, []).append(Row(origin, origin, row.on, row.at, {**row.values, "child": other.id}))
