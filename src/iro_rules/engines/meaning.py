"""What a rule means, in plain Python: the definition every other reader is held to.

Read `steps` first; it is the whole of it. A row is a fact or a derived fact; `held` is what a rule has in
hand for one trigger: the trigger and one row or none for each look-up. Nothing is true because it is
absent unless the record covers it: then the answer is the bits of what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import due_day, due_instant, london_day, moved_day
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Soft, Unit
from iro_rules.engines.rows import CaseRows, Row, Rows
from iro_rules.engines.verdict import Verdict, in_order
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, FIELD_NOT_GIVEN, TIME_OF_DAY
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Compare, Condition, Lookup, Present, Standing, Test

Held = dict[str, Row | None]
Order = tuple[Any, ...]
Moment = tuple[str, int, int | None]
"""The fact a row is dated by, its day and its time."""

EARLIEST: Order = (-1,)
LATEST: Order = (1 << 40,)


def judge(core: Core, case: CaseRows, calendar: Calendar) -> tuple[Verdict, ...]:
    """Every verdict of a rulebook on one case, in order."""
    verdicts: list[Verdict] = []
    for _ in steps(core, case, calendar, verdicts):
        pass
    return in_order(verdicts)


def steps(core: Core, case: CaseRows, calendar: Calendar, verdicts: list[Verdict]) -> Iterator[tuple[Production, Held]]:
    """Each production on each of its triggers in turn; verdicts are added as they are reached."""
    rows = Rows(case.rows)
    as_of = Row("", "", case.as_of.day, None, {"day": case.as_of.day})
    for production in core.productions():
        if core.subjects[production.rule] != case.subject:
            continue
        for trigger in rows.of(production.trigger.kind):
            if production.start <= trigger.on < production.end and passes(trigger, production.trigger.where):
                held: Held = {"as_of": as_of, "trigger": trigger}
                unknown = look_up(production, held, rows, core, case)
                applies, missing = all_hold(production.when, held, unknown)
                if applies or missing:
                    conclude(production, held, unknown, missing, rows, verdicts, core, case, calendar)
                    yield production, held
        unseen = core.sources[production.trigger.kind] & case.uncovered
        if unseen and not isinstance(production, Derive):
            verdicts.append(Verdict(production.rule, "", Standing.NOT_EVALUABLE, None, None, (), unseen, None))


def origin_of(held: Held) -> str:
    """The identity of the trigger in hand."""
    trigger = held["trigger"]
    assert trigger is not None
    return trigger.origin


def conclude(
    production: Production,
    held: Held,
    unknown: dict[str, int],
    missing: int,
    rows: Rows,
    verdicts: list[Verdict],
    core: Core,
    case: CaseRows,
    calendar: Calendar,
) -> None:
    """What follows for one trigger: a derived row (only where nothing is missing), or a verdict."""
    match production:
        case Derive() if not missing:
            derive(production, held, rows, calendar)
        case Owe():
            verdicts.append(owe(production, held, unknown, missing, rows, core, case, calendar))
        case Judge():
            verdict = first_verdict(production, held, unknown, missing, core, case)
            if verdict is not None:
                verdicts.append(verdict)


def passes(row: Row, tests: tuple[Test, ...]) -> bool:
    """Whether a row's fields pass every test; a missing field passes only `unknown`."""
    for test in tests:
        value = row.values.get(test.field)
        match test.op:
            case "eq":
                ok = value == test.value
            case "in":
                ok = value in test.value
            case "has":
                ok = value is not None and test.value in value
            case "known":
                ok = value is not None
            case "unknown":
                ok = value is None
            case "gt":
                ok = value is not None and value > test.value
            case _:
                ok = value is not None and value < test.value
        if not ok:
            return False
    return True


def look_up(production: Production, held: Held, rows: Rows, core: Core, case: CaseRows) -> dict[str, int]:
    """Take in hand one row or none for each look-up; for each that found none, the bits that might hide one."""
    unknown: dict[str, int] = {}
    for lookup in production.lookups:
        found = held[lookup.name] = find(lookup, held, rows)
        unknown[lookup.name] = 0 if found is not None else core.sources[lookup.pattern.kind] & case.uncovered
        if found is None and any(unknown.values()):
            # A row may be missed for want of another: one that is not known leaves this one unknown too.
            for name in lookup.leans_on():
                unknown[lookup.name] |= unknown.get(name, 0)
    return unknown


def find(lookup: Lookup, held: Held, rows: Rows) -> Row | None:
    """The first or the last row that a look-up seeks, given what is already in hand, or None."""
    pattern = lookup.pattern
    if not rows.of(pattern.kind):
        return None
    values = tuple([field_of(held, path) for _, path in lookup.on])
    found = rows.joined(pattern.kind, lookup.on, values)
    if not found or None in values:
        return None
    since = 0 if lookup.since is None else day_of(held, lookup.since)
    until = 10**9 if lookup.until is None else day_of(held, lookup.until)
    after = EARLIEST if lookup.after is None else order_of(held, lookup.after)
    before = LATEST if lookup.before is None else order_of(held, lookup.before)
    if since is None or until is None or after is None or before is None:
        return None
    for row in found if lookup.pick == "first" else reversed(found):
        if since <= row.on <= until and after < row.order < before and passes(row, pattern.where):
            return row
    return None


def field_of(held: Held, path: str) -> Any:
    """The field a path names, or None."""
    name, _, field = path.partition(".")
    row = held[name]
    return None if row is None else row.values.get(field)


def day_of(held: Held, path: str) -> int | None:
    """The day of the row, or the date field, that a path names."""
    if "." in path:
        value = field_of(held, path)
        return value if isinstance(value, int) else None
    row = held[path]
    return None if row is None else row.on


def order_of(held: Held, path: str) -> Order | None:
    """Where the row that a path names stands in the order of rows."""
    row = held[path]
    return None if row is None else row.order


def all_hold(conditions: tuple[Condition, ...], held: Held, unknown: dict[str, int]) -> tuple[bool, int]:
    """Whether all conditions hold; where none is false but some cannot be known, the bits that are missing."""
    missing = 0
    for condition in conditions:
        true, unseen = holds(condition, held, unknown)
        if not true and not unseen:
            return False, 0
        missing |= unseen
    return not missing, missing


def holds(condition: Condition, held: Held, unknown: dict[str, int]) -> tuple[bool, int]:
    """Whether one condition holds, or the bits that keep it from being known."""
    if not isinstance(condition, Compare):
        found = held[condition.name] is not None
        if not found and unknown[condition.name]:
            return False, unknown[condition.name]
        return found is isinstance(condition, Present), 0
    values = []
    for path in (condition.left, condition.right):
        if path is not None:
            name = path.partition(".")[0]
            if held[name] is None:
                return False, unknown[name]
            values.append(field_of(held, path))
    if condition.right is None:
        values.append(condition.constant)
    if values[0] is None or values[1] is None:
        return False, BITS[FIELD_NOT_GIVEN]
    return compare(values[0], condition.op, values[1]), 0


def compare(left: Any, op: str, right: Any) -> bool:
    """One comparison of two known values of one type."""
    match op:
        case "eq":
            return bool(left == right)
        case "ne":
            return bool(left != right)
        case "lt":
            return bool(left < right)
        case "le":
            return bool(left <= right)
        case "gt":
            return bool(left > right)
        case _:
            return bool(left >= right)


def derive(production: Derive, held: Held, rows: Rows, calendar: Calendar) -> None:
    """One derived row, unless its kind already has one of that identity, or its identity or moment is not known."""
    trigger = held["trigger"]
    assert trigger is not None
    origin = trigger.origin if production.identity == "trigger" else field_of(held, production.identity)
    moment = moment_of(held, production.moment)
    if origin is None or moment is None:
        return
    kept = {name: value for name, path in production.keep if (value := field_of(held, path)) is not None}
    values = {**trigger.values, **kept}
    if (shift := production.shift) is not None:
        number = shift.number.at(trigger.on) or 0
        moment = moment[0], moved_day(moment[1], number, shift.unit, shift.direction, shift.tight, calendar), None
    rows.add(production.kind, Row(origin, *moment, values))


def moment_of(held: Held, path: str) -> Moment | None:
    """The fact, day and time of the row a path names; a date field has its row's fact and no time."""
    row = held[path.partition(".")[0]]
    day = day_of(held, path)
    if row is None or day is None:
        return None
    return row.fact, day, None if "." in path else row.at


def first_verdict(
    production: Judge, held: Held, unknown: dict[str, int], missing: int, core: Core, case: CaseRows
) -> Verdict | None:
    """The first standing whose conditions hold; not evaluable where that cannot be known."""
    standing: str | None = production.otherwise
    for conditions, candidate in production.verdicts if not missing else ():
        true, missing = all_hold(conditions, held, unknown)
        if missing:
            break
        if true:
            standing = candidate
            break
    if missing:
        standing = Standing.NOT_EVALUABLE
    if standing is None:
        return None
    return verdict(production, held, standing, None, None, missing, core, case)


def verdict(
    production: Owe | Judge,
    held: Held,
    standing: str,
    due_on: int | None,
    due_at: int | None,
    missing: int,
    core: Core,
    case: CaseRows,
) -> Verdict:
    """One verdict, with the fact of each row in hand and whom to turn to."""
    facts = tuple([(name, row.fact) for name, row in held.items() if row is not None and name != "as_of"])
    contact = reachable(production.contact, core, case)
    return Verdict(production.rule, origin_of(held), standing, due_on, due_at, facts, missing, contact)


def reachable(role: str | None, core: Core, case: CaseRows) -> str | None:
    """The contact, or whoever stands in for them; the last in the chain where nobody can be reached."""
    while role in case.unavailable and role in core.fallbacks:
        role = core.fallbacks[role]
    return role


def owe(
    production: Owe,
    held: Held,
    unknown: dict[str, int],
    missing: int,
    rows: Rows,
    core: Core,
    case: CaseRows,
    calendar: Calendar,
) -> Verdict:
    """How one obligation stands; its rows `RULE/met` and `RULE/overdue` where other productions read them."""
    due_on, due_at, unclear = deadline(production, held, unknown, calendar)
    missing |= unclear
    done = [row for name in production.done if (row := held[name]) is not None]
    act = discharge(production.needs, done, len(production.done))
    lapse = held[production.lapse] if production.lapse else None
    if missing:
        standing = Standing.NOT_EVALUABLE
    elif act is not None:
        late = is_late(act, due_on, due_at)
        standing = Standing.MET_LATE if late else Standing.MET
        if late is None:
            standing, missing = Standing.NOT_EVALUABLE, BITS[TIME_OF_DAY]
    else:
        for name in (*production.done, *([production.lapse] if production.lapse else [])):
            missing |= unknown[name]
        if missing:
            standing = Standing.NOT_EVALUABLE
        elif lapse is not None and (due_on is None or lapse.on <= due_on):
            standing = Standing.LAPSED
        elif has_passed(due_on, due_at, case):
            standing = Standing.OVERDUE
        else:
            standing = Standing.OPEN
    follow(production, held, standing, act, due_on, rows)
    return verdict(production, held, standing, due_on, due_at, missing, core, case)


def deadline(
    production: Owe, held: Held, unknown: dict[str, int], calendar: Calendar
) -> tuple[int | None, int | None, int]:
    """The day (and for hours the instant) an obligation falls due, and the bits that keep it from being known."""
    within, trigger = production.within, held["trigger"]
    assert trigger is not None
    if isinstance(within, AgreedDate):
        name = within.path.partition(".")[0]
        if held[name] is None:
            return None, None, unknown[name]
        return day_of(held, within.path), None, 0
    if within is None or isinstance(within, Soft):
        return None, None, 0
    moment = moment_of(held, production.anchor)
    if moment is None:
        name = production.anchor.partition(".")[0]
        return None, None, (BITS[FIELD_NOT_GIVEN] if held[name] is not None else unknown[name])
    _, day, at = moment
    number, unit, direction = count(within, held, trigger)
    if number is None:
        return None, None, 0
    if unit is Unit.HOURS:
        if at is None:
            return None, None, BITS[TIME_OF_DAY]
        due_at = due_instant(at, number)
        reached = london_day(due_at)
        return (reached, due_at, 0) if calendar.knows(reached) else (None, None, BITS[BEYOND_CALENDAR])
    due_on = due_day(day, number, unit, direction, within.tight, calendar)
    return due_on, None, 0 if due_on is not None else BITS[BEYOND_CALENDAR]


def count(within: Clock | Chosen, held: Held, trigger: Row) -> tuple[int | None, Unit, str]:
    """How many of which unit in which direction, by the numbers in force on the trigger's day."""
    if isinstance(within, Clock):
        return within.number.at(trigger.on), within.unit, within.direction
    chosen = field_of(held, within.path)
    if chosen is None:
        return within.unless_chosen.at(trigger.on), Unit.WORKING_DAYS, "after"
    return clamp(chosen, within.low.at(trigger.on), within.high.at(trigger.on)), Unit.WORKING_DAYS, "after"


def clamp(chosen: Any, low: int | None, high: int | None) -> int:
    """The number chosen, moved to the nearer bound where it lies outside."""
    number = int(chosen)
    number = number if low is None else max(number, low)
    return number if high is None else min(number, high)


def discharge(needs: str, done: list[Row], wanted: int) -> Row | None:
    """The row by which the act was done: the last of all that are needed, or the first where any will do."""
    if not done or (needs == "all" and len(done) < wanted):
        return None
    return (max if needs == "all" else min)(done, key=lambda row: row.order)


def is_late(act: Row, due_on: int | None, due_at: int | None) -> bool | None:
    """Whether an act came after its deadline; None where only its time of day could tell."""
    if due_on is None:
        return False
    if due_at is None or act.on != due_on:
        return act.on > due_on
    return None if act.at is None else act.at > due_at


def has_passed(due_on: int | None, due_at: int | None, case: CaseRows) -> bool:
    """Whether a deadline lies behind the moment asked about."""
    if due_at is not None:
        return case.as_of.second > due_at
    return due_on is not None and case.as_of.day > due_on


def follow(production: Owe, held: Held, standing: str, act: Row | None, due_on: int | None, rows: Rows) -> None:
    """The rows an obligation gives rise to."""
    trigger = held["trigger"]
    assert trigger is not None
    if not production.emits:
        return
    values = trigger.values if due_on is None else {**trigger.values, "due": due_on}
    met, overdue = f"{production.rule}/met", f"{production.rule}/overdue"
    if met in production.emits and act is not None and standing in (Standing.MET, Standing.MET_LATE):
        rows.add(met, Row(trigger.origin, act.fact, act.on, act.at, values))
    if overdue in production.emits and standing is Standing.OVERDUE and due_on is not None:
        rows.add(overdue, Row(trigger.origin, trigger.fact, due_on, None, values))
