"""What a path, a look-up and a condition mean: functions of what is held for one trigger.

Held are the trigger, one row or none for each look-up, and the day asked about. Nothing is true because it is absent
unless the record covers it: `unknown` has the bits of what might hide a row that was not found.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from iro_rules.engines.rows import CaseRows, Row
from iro_rules.engines.sifting import Rows, Sieves
from iro_rules.facts.kinds import BITS, FIELD_NOT_GIVEN
from iro_rules.rulebook.terms import Compare, Condition, Lookup, Present

Held = dict[str, Row | None]
Unknown = dict[str, int]
Weighs = Callable[[Held, Unknown], int]
Moment = tuple[str, int, int | None]
"""The fact a row is dated by, its day, and its time where it has one."""

TRUE, FALSE = 0, -1
"""What a condition comes to; above 0 it is the bits that keep it from being known. FALSE has every bit."""
BLANK = BITS[FIELD_NOT_GIVEN]


def look_up_means(lookup: Lookup, sieves: Sieves) -> Callable[[Held, Rows], Row | None]:
    """The first or the last row a look-up seeks, given what is already in hand, or None."""
    seek, bound, first = joined_means(lookup, sieves), bounds_mean(lookup), lookup.pick == "first"

    def find(held: Held, rows: Rows) -> Row | None:
        found = seek(held, rows)
        if not found:
            return None
        start, stop = (0, len(found)) if bound is None else bound(held, found)
        return found[start if first else stop - 1] if start < stop else None

    return find


def joined_means(lookup: Lookup, sieves: Sieves) -> Callable[[Held, Rows], list[Row]]:
    """The rows of a look-up's pattern that have in each joined field what is in hand for it; none match a blank."""
    sieve, join = sieves.of(lookup.pattern), sieves.join(lookup)
    if join is None:
        return lambda held, rows: rows.sifted(sieve)
    if len(lookup.on) > 1:
        sought = [field_of(path) for _, path in lookup.on]

        def match_all(held: Held, rows: Rows) -> list[Row]:
            values = tuple([value(held) for value in sought])
            return [] if None in values else rows.joined(join, values)

        return match_all
    name, _, field = lookup.on[0][1].partition(".")

    def match(held: Held, rows: Rows) -> list[Row]:
        row = held[name]
        if row is None or (value := row.values.get(field)) is None:
            return []
        return rows.joined(join, value)

    return match


def choice_means(lookup: Lookup) -> Callable[[Row, Row], bool]:
    """Whether a look-up would choose the one row before the other."""
    sooner = operator.lt if lookup.pick == "first" else operator.gt
    return lambda one, other: bool(sooner(one.order, other.order))


def bounds_mean(lookup: Lookup) -> Callable[[Held, list[Row]], tuple[int, int]] | None:
    """Where in some rows, which are in order, those within a look-up's bounds start and stop.

    They stop where they start if there are none, as where a bound is not known.
    """
    since, until = lookup.since and day_of(lookup.since), lookup.until and day_of(lookup.until)
    after, before = lookup.after, lookup.before
    if not (since or until or after or before):
        return None

    def bound(held: Held, rows: list[Row]) -> tuple[int, int]:
        start, stop = 0, len(rows)
        if since:
            if (first := since(held)) is None:
                return 0, 0
            while start < stop and rows[start].on < first:
                start += 1
        if until:
            if (last := until(held)) is None:
                return 0, 0
            while start < stop and rows[stop - 1].on > last:
                stop -= 1
        if after:
            if (earlier := held[after]) is None:
                return 0, 0
            while start < stop and rows[start].order <= earlier.order:
                start += 1
        if before:
            if (later := held[before]) is None:
                return 0, 0
            while start < stop and rows[stop - 1].order >= later.order:
                stop -= 1
        return start, stop

    return bound


def lowest_means(lookup: Lookup) -> Callable[[Held], int | None]:
    """The day before which no row lies that a look-up would take, as far as its lower bounds say; None if not known."""
    days = [day_of(path) for path in (lookup.since, lookup.after) if path is not None]

    def lowest(held: Held) -> int | None:
        found = [day for day_in in days if (day := day_in(held)) is not None]
        return max(found) if len(found) == len(days) else None

    return lowest


def shown_means(lookup: Lookup, dated: int) -> Callable[[Held, CaseRows], int] | None:
    """The kinds, as bits, of which a record shows that no row a look-up seeks is missing, for their first day.

    What is recorded from a day on hides no row on or after that day. None where `dated` has no bit (`Core.by_day`).
    """
    lowest = lowest_means(lookup)
    return (lambda held, case: dated & case.shown_from(lowest(held))) if dated else None


def unmatched_means(lookups: tuple[Lookup, ...], asked: set[str]) -> Callable[[Held, Unknown], None] | None:
    """Notes of each look-up asked for that found nothing whether that is for want of a value to match or bound it by.

    What decides whether something is owed takes a row that cannot be matched for one that is not there; how it stands
    takes it for one that is not known. So this is asked when the conditions of a rule have been weighed.
    """
    each = []
    asked = set(asked)
    for lookup in reversed(lookups):
        asked |= lookup.leans_on() if lookup.name in asked else frozenset()
    for lookup in (lookup for lookup in lookups if lookup.name in asked and (lookup.on or lookup.leans_on())):
        values = [(path.partition(".")[0], field_of(path)) for path in lookup.matched_by()]
        each.append((lookup.name, values, tuple(lookup.leans_on())))

    def note(held: Held, unknown: Unknown) -> None:
        for name, values, leans in each:
            if held[name] is None:
                bits = 0
                for row, value in values:
                    if held[row] is not None and value(held) is None:
                        bits |= BLANK
                for other in leans:
                    bits |= unknown.get(other, 0)
                if bits:
                    unknown[name] = unknown.get(name, 0) | bits

    return note if each else None


def field_of(path: str) -> Callable[[Held], Any]:
    """What the field a path names holds, or None."""
    name, _, field = path.partition(".")

    def field_in(held: Held) -> Any:
        row = held[name]
        return None if row is None else row.values.get(field)

    return field_in


def day_of(path: str) -> Callable[[Held], int | None]:
    """The day of the row, or the day in the date field, that a path names."""
    name, dot, field = path.partition(".")

    def day_in(held: Held) -> int | None:
        row = held[name]
        if row is None or not dot:
            return None if row is None else row.on
        day = row.values.get(field)
        return day if isinstance(day, int) else None

    return day_in


def moment_of(path: str) -> Callable[[Held], Moment | None]:
    """The fact, day and time of the row a path names; a date field has its row's fact and no time."""
    name, dot, _ = path.partition(".")
    day_in = day_of(path)

    def moment_in(held: Held) -> Moment | None:
        row, day = held[name], day_in(held)
        if row is None or day is None:
            return None
        return row.fact, day, None if dot else row.at

    return moment_in


def conditions_mean(conditions: tuple[Condition, ...]) -> Weighs | None:
    """All conditions together: FALSE where one is false, else the bits that keep one from being known."""
    each = [condition_means(condition) for condition in conditions]
    if len(each) < 2:
        return each[0] if each else None

    def weigh(held: Held, unknown: Unknown) -> int:
        missing = TRUE
        for condition in each:
            missing |= condition(held, unknown)
        return missing

    return weigh


def condition_means(condition: Condition) -> Weighs:
    """Whether one condition holds; outside coverage, what was not found is unknown."""
    if isinstance(condition, Compare):
        return comparison_means(condition)
    name = condition.name
    if isinstance(condition, Present):
        return lambda held, unknown: TRUE if held[name] is not None else unknown.get(name, 0) or FALSE
    return lambda held, unknown: FALSE if held[name] is not None else unknown.get(name, 0)


COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge
}  # fmt: skip


def comparison_means(condition: Compare) -> Weighs:
    """One comparison of two fields, or a field and a constant: false where a row is not there, unknown where blank."""
    compare, constant = COMPARISONS[condition.op], condition.constant
    name, left = condition.left.partition(".")[0], field_of(condition.left)
    other = None if condition.right is None else condition.right.partition(".")[0]
    right = (lambda _: constant) if condition.right is None else field_of(condition.right)

    def weigh(held: Held, unknown: Unknown) -> int:
        for each in (name, other):
            if each is not None and held[each] is None:
                return unknown.get(each, 0) or FALSE
        one, another = left(held), right(held)
        if one is None or another is None:
            return BLANK
        return TRUE if compare(one, another) else FALSE

    return weigh


def names_in(condition: Condition) -> set[str]:
    """The names a condition is about."""
    if not isinstance(condition, Compare):
        return {condition.name}
    return {path.partition(".")[0] for path in (condition.left, condition.right) if path is not None}


def ready(waiting: list[Condition], known: set[str]) -> tuple[Condition, ...]:
    """The conditions that can be weighed now that these names are in hand; they wait no longer."""
    now = tuple(condition for condition in waiting if names_in(condition) <= known)
    waiting[:] = [condition for condition in waiting if condition not in now]
    return now
