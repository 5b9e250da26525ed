"""What a rule means, in plain Python: the definition every other reader is held to.

The meaning of each part of a rule is a function, made once for each rulebook: of a pattern, which rows it lets through
(`sifting`); of a look-up, the row it finds, and of a condition, whether it holds (`held`); here, of a timescale, when
something is due, and of a production, what follows. Read `production_means` first; it is the whole of it.

A row is a fact or a derived fact; what is `held` for one trigger is the trigger, one row or none for each look-up,
and the day asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import due_day, due_instant, london_day, moved_day
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Number, Unit
from iro_rules.engines.held import (
    BLANK,
    FALSE,
    TRUE,
    Held,
    Unknown,
    choice_means,
    conditions_mean,
    day_of,
    field_of,
    look_up_means,
    moment_of,
    names_in,
    ready,
    shown_means,
    unmatched_means,
)
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.engines.sifting import Rows, Sieves
from iro_rules.engines.verdict import Verdict, in_order
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, TIME_OF_DAY
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production, makes
from iro_rules.rulebook.once import once_for_each
from iro_rules.rulebook.terms import Standing

Deadline = tuple[int | None, int | None, int]
"""The day something is due, the instant where it is due within hours, and the bits that keep them from being known."""


def judge(core: Core, case: CaseRows, calendar: Calendar) -> tuple[Verdict, ...]:
    """Every verdict of a rulebook on one case, in order."""
    return in_order(read(core, case, calendar).verdicts)


def read(core: Core, case: CaseRows, calendar: Calendar) -> Reading:
    """A rulebook read over one case: its verdicts as they were come to, and what no rule was in force for."""
    reading = Reading(core, case, calendar)
    for _, means in meaning_of(core)[case.subject]:
        means(reading)
    return reading


def steps(core: Core, case: CaseRows, calendar: Calendar, verdicts: list[Verdict]) -> Iterator[tuple[Production, Held]]:
    """Each production with what it held for each trigger it was concluded on; verdicts are added on the way."""
    reading = Reading(core, case, calendar)
    reading.verdicts = verdicts
    for production, means in meaning_of(core)[case.subject]:
        yield from ((production, held) for held in means(reading))


class Reading:
    """One case on its way through a rulebook: the rows so far, the verdicts, and triggers no rule was in force for."""

    def __init__(self, core: Core, case: CaseRows, calendar: Calendar) -> None:
        self.case, self.calendar, self.fallbacks = case, calendar, core.fallbacks
        self.rows = Rows(case.rows)
        self.doubts = Rows({}, self.rows)
        """Rows of which it is not known whether there are any: they set no duty off, and where one of them would have
        been chosen, what is sought is not known."""
        self.as_of = Row("", "", case.as_of.day, None, {"day": case.as_of.day})
        self.verdicts: list[Verdict] = []
        self.missed: list[tuple[Production, Row]] = []
        self.clouded: dict[str, int] = {}
        """By kind, what keeps rows of it from being known apart from coverage: a blank field on which one hung."""

    def cloud(self, kind: str, missing: int) -> None:
        """A row of a kind may be, for want of these bits; only a blank field counts, which no coverage tells of."""
        if missing & BLANK:
            self.clouded[kind] = BLANK


Means = Callable[[Reading], list[Held]]
"""Takes a case through a production, and gives what was held for each trigger it was concluded on."""
Concludes = Callable[[Held, Unknown, int, Reading], None]
Counts = Callable[[Held], int | None]


@once_for_each()
def meaning_of(core: Core) -> Mapping[str, list[tuple[Production, Means]]]:
    """What each production of a core means, in order, for a case about a child and for one about an authority."""
    sieves = Sieves()
    means: dict[str, list[tuple[Production, Means]]] = {"child": [], "authority": []}
    for production in core.productions():
        means[core.subjects[production.rule]].append((production, production_means(production, core, sieves)))
    return means


def production_means(production: Production, core: Core, sieves: Sieves) -> Means:
    """For each row that triggers it: take the look-ups in hand one by one and, unless a condition is false, conclude.

    Where the record would not show every trigger, that is a verdict of its own.
    """
    rule, start, end = production.rule, production.start, production.end
    triggers, kind = sieves.of(production.trigger), production.trigger.kind
    hides, derives = core.sources[kind], isinstance(production, Derive)
    waiting, known = list(production.when), {"as_of", "trigger"}
    at_once = conditions_mean(ready(waiting, known))
    look_ups = []
    for lookup in production.lookups:
        known.add(lookup.name)
        sought, leans = lookup.pattern.kind, tuple(lookup.leans_on())
        weigh = conditions_mean(ready(waiting, known))
        find, sooner = look_up_means(lookup, sieves), choice_means(lookup)
        shown = shown_means(lookup, core.by_day(production, lookup))
        look_ups.append((lookup.name, find, sooner, sought, core.hiding(lookup), shown, leans, weigh))
    conclude = conclusion_means(production)

    def means(reading: Reading) -> list[Held]:
        concluded: list[Held] = []
        rows, doubts, in_doubt = reading.rows, reading.doubts, reading.doubts.made
        uncovered, clouded = reading.case.uncovered, reading.clouded
        doubtful, from_a_day = bool(uncovered or clouded), bool(reading.case.since)
        begins = rows.sifted(triggers)
        if derives and kind in in_doubt:
            begins = [*begins, *doubts.sifted(triggers)]
        for trigger in begins:
            if not start <= trigger.on < end:
                reading.missed.append((production, trigger))
                continue
            held: Held = {"trigger": trigger, "as_of": reading.as_of}
            unknown: Unknown = {}
            missing = trigger.doubt if at_once is None else trigger.doubt | at_once(held, unknown)
            if missing == FALSE:
                continue
            for name, find, sooner, sought, source, shown, leans, weigh in look_ups:
                row = held[name] = find(held, rows)
                if row is None and doubtful:
                    hiding = source & uncovered
                    if from_a_day and shown is not None:
                        hiding &= ~shown(held, reading.case)
                    unseen = hiding | clouded.get(sought, 0)
                    # A row may be missed for want of another: one that is not known leaves this one unknown too.
                    for other in leans:
                        unseen |= unknown.get(other, 0)
                    unknown[name] = unseen
                if sought in in_doubt and (rival := find(held, doubts)) and (row is None or sooner(rival, row)):
                    held[name], unknown[name] = None, unknown.get(name, 0) | rival.doubt
                if weigh is not None:
                    missing |= weigh(held, unknown)
                    if missing == FALSE:
                        break
            else:
                conclude(held, unknown, missing, reading)
                concluded.append(held)
        if doubtful and (hidden := (hides & uncovered) | clouded.get(kind, 0)):
            for made in makes(production):
                reading.cloud(made, hidden)
            if not derives:
                reading.verdicts.append(Verdict(rule, "", Standing.NOT_EVALUABLE, None, None, (), hidden, None))
        return concluded

    return means


def conclusion_means(production: Production) -> Concludes:
    """What follows for one trigger: a derived row (only where nothing is missing), or a verdict."""
    match production:
        case Derive():
            return derivation_means(production)
        case Owe():
            return obligation_means(production)
        case Judge():
            return judgement_means(production)
        case _:
            raise AssertionError(f"{type(production).__name__} has no meaning")


def derivation_means(production: Derive) -> Concludes:
    """One derived row, unless its kind already has one of that identity, or its identity or moment is not known.

    Where something is missing it is a row in doubt. Where that is a blank field, which no coverage tells of, its kind
    is under a cloud as well: what seeks such a row and finds none does not know that there is none.
    """
    kind, shift, kept = production.kind, production.shift, [(name, field_of(path)) for name, path in production.keep]
    identity = None if production.identity == "trigger" else field_of(production.identity)
    moment_in = moment_of(production.moment)

    def conclude(held: Held, unknown: Unknown, missing: int, reading: Reading) -> None:
        trigger, moment = held["trigger"], moment_in(held)
        assert trigger is not None
        origin = trigger.origin if identity is None else identity(held)
        if origin is None or moment is None:
            return reading.cloud(kind, missing)
        if shift is not None:
            number = shift.number.at(trigger.on) or 0
            day = moved_day(moment[1], number, shift.unit, shift.direction, shift.tight, reading.calendar)
            moment = moment[0], day, None
        new = {name: value for name, found in kept if (value := found(held)) is not None}
        rows = reading.rows
        if missing:
            reading.cloud(kind, missing)
            rows = reading.doubts
        rows.add(kind, Row(origin, *moment, {**trigger.values, **new} if new else trigger.values, missing))

    return conclude


def judgement_means(production: Judge) -> Concludes:
    """The first standing whose conditions hold; not evaluable where that cannot be known."""
    each = [(conditions_mean(conditions), standing) for conditions, standing in production.verdicts]
    asked = {name for conditions, _ in production.verdicts for one in conditions for name in names_in(one)}
    otherwise, unmatched = production.otherwise, unmatched_means(production.lookups, asked)

    def conclude(held: Held, unknown: Unknown, missing: int, reading: Reading) -> None:
        if unmatched is not None:
            unmatched(held, unknown)
        standing: str | None = otherwise
        for weigh, candidate in () if missing else each:
            came_to = TRUE if weigh is None else weigh(held, unknown)
            if came_to != FALSE:
                standing, missing = candidate, came_to
                break
        if missing:
            standing = Standing.NOT_EVALUABLE
        if standing is not None:
            reading.verdicts.append(verdict(production, held, standing, (None, None, missing), reading))

    return conclude


def verdict(production: Owe | Judge, held: Held, standing: str, due: Deadline, reading: Reading) -> Verdict:
    """One verdict, with the fact of each row in hand and whom to turn to."""
    about = held["trigger"].origin  # type: ignore[union-attr]
    facts = tuple([(name, row.fact) for name, row in held.items() if row is not None and row.fact])
    contact, unavailable = production.contact, reading.case.unavailable
    while contact in unavailable and contact in reading.fallbacks:
        contact = reading.fallbacks[contact]
    return Verdict(production.rule, about, standing, due[0], due[1], facts, due[2], contact)


def obligation_means(production: Owe) -> Concludes:
    """How one obligation stands; its rows `RULE/met` and `RULE/overdue` where other productions read them."""
    done, lapse, all_needed = production.done, production.lapse, production.needs == "all"
    whenever = production.lapse_late
    alone = len(done) == 1
    discharges = (*done, *((lapse,) if lapse else ()))
    clocks = {path.partition(".")[0] for path in (production.anchor, getattr(production.within, "path", "trigger"))}
    due, unmatched = deadline_means(production), unmatched_means(production.lookups, {*discharges, *clocks})
    clocked = clocks != {"trigger"}

    def conclude(held: Held, unknown: Unknown, missing: int, reading: Reading) -> None:
        act = held[done[0]] if alone else discharge(done, all_needed, held)
        if unmatched is not None and (act is None or clocked):
            unmatched(held, unknown)
        due_on, due_at, unclear = due(held, unknown, reading.calendar)
        missing |= unclear
        ended = held[lapse] if lapse else None
        if missing:
            standing = Standing.NOT_EVALUABLE
        elif act is not None:
            late = is_late(act, due_on, due_at)
            standing = Standing.MET_LATE if late else Standing.MET
            if late is None:
                standing, missing = Standing.NOT_EVALUABLE, BITS[TIME_OF_DAY]
        else:
            for name in discharges:
                missing |= unknown.get(name, 0)
            if missing:
                standing = Standing.NOT_EVALUABLE
            elif ended is not None and (whenever or due_on is None or ended.on <= due_on):
                standing = Standing.LAPSED
            elif has_passed(due_on, due_at, reading.case):
                standing = Standing.OVERDUE
            else:
                standing = Standing.OPEN
        if production.emits:
            for made in production.emits if missing else ():
                reading.cloud(made, missing)
            follow(production, held, standing, act, due_on, reading.rows)
        reading.verdicts.append(verdict(production, held, standing, (due_on, due_at, missing), reading))

    return conclude


def deadline_means(production: Owe) -> Callable[[Held, Unknown, Calendar], Deadline]:
    """When an obligation falls due: an agreed date, or so many units from its anchor; never, under words alone."""
    within, anchor = production.within, production.anchor
    match within:
        case AgreedDate():
            agreed, name = day_of(within.path), within.path.partition(".")[0]
            return lambda held, unknown, _: (agreed(held), None, unknown.get(name, 0))
        case Clock(unit=Unit.HOURS):
            return hours_mean(anchor, in_force(within.number))
        case Clock():
            return days_mean(anchor, in_force(within.number), within.unit, within.direction, within.tight)
        case Chosen():
            return days_mean(anchor, chosen(within), Unit.WORKING_DAYS, "after", within.tight)
        case _:
            return lambda *_: (None, None, 0)


def days_mean(
    anchor: str, count: Counts, unit: Unit, direction: str, tight: bool
) -> Callable[[Held, Unknown, Calendar], Deadline]:
    """So many days, weeks, months or years after or before the anchor's day."""
    day_in, start = day_of(anchor), anchor.partition(".")[0]

    def due(held: Held, unknown: Unknown, calendar: Calendar) -> Deadline:
        day, number = day_in(held), count(held)
        if day is None:
            return None, None, BLANK if held[start] is not None else unknown.get(start, 0)
        if number is None:
            return None, None, 0
        due_on = due_day(day, number, unit, direction, tight, calendar)
        return due_on, None, 0 if due_on is not None else BITS[BEYOND_CALENDAR]

    return due


def hours_mean(anchor: str, count: Counts) -> Callable[[Held, Unknown, Calendar], Deadline]:
    """So many elapsed hours after the anchor's instant."""

    def due(held: Held, unknown: Unknown, calendar: Calendar) -> Deadline:
        row, number = held[anchor], count(held)
        if row is None:
            return None, None, unknown.get(anchor, 0)
        if number is None:
            return None, None, 0
        if row.at is None:
            return None, None, BITS[TIME_OF_DAY]
        reached = london_day(due_at := due_instant(row.at, number))
        return (reached, due_at, 0) if calendar.knows(reached) else (None, None, BITS[BEYOND_CALENDAR])

    return due


def in_force(number: Number) -> Counts:
    """The number in force on the trigger's day."""
    return lambda held: number.at(held["trigger"].on)  # type: ignore[union-attr]


def chosen(within: Chosen) -> Counts:
    """The number of working days chosen in the case, moved to the nearer bound; or the one for want of a choice."""
    choice, otherwise = field_of(within.path), in_force(within.unless_chosen)
    low, high = in_force(within.low), in_force(within.high)

    def count(held: Held) -> int | None:
        made = choice(held)
        if made is None:
            return otherwise(held)
        least, most = low(held), high(held)
        made = made if least is None else max(made, least)
        return int(made if most is None else min(made, most))

    return count


def discharge(done: tuple[str, ...], all_needed: bool, held: Held) -> Row | None:
    """The row by which the act was done: the last of all that are needed, or the first where any will do."""
    acts = [row for name in done if (row := held[name]) is not None]
    if not acts or (all_needed and len(acts) < len(done)):
        return None
    return (max if all_needed else min)(acts, key=attrgetter("order"))


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
    values = trigger.values if due_on is None else {**trigger.values, "due": due_on}
    met, overdue = f"{production.rule}/met", f"{production.rule}/overdue"
    if met in production.emits and act is not None and standing in (Standing.MET, Standing.MET_LATE):
        rows.add(met, Row(trigger.origin, act.fact, act.on, act.at, values))
    if overdue in production.emits and standing is Standing.OVERDUE and due_on is not None:
        rows.add(overdue, Row(trigger.origin, trigger.fact, due_on, None, values))
