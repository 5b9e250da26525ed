"""What follows from one trigger and the rows found for it: a derived row, an obligation's standing, a judgement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import due_day, due_instant, london_day
from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Unit
from iro_rules.engines.durable.plan import FALSE, TRIGGER, TRUE, Held, Path, Plan, Unseen, Weighed, weigh, weighing
from iro_rules.engines.rows import AsOf, Row
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, FIELD_NOT_GIVEN, TIME_OF_DAY
from iro_rules.rulebook.core import Derive, Judge, Owe
from iro_rules.rulebook.terms import Standing

Answer = tuple[str, int | None, int | None, int]
"""A standing, the day and the instant something is due, and what is missing."""


@attrs.frozen(eq=False)
class Deriving:
    """Makes rows of a kind."""

    kind: str
    identity: Path | None
    moment: Path
    keep: tuple[tuple[str, Path], ...]

    @classmethod
    def of(cls, plan: Plan, production: Derive) -> Deriving:
        """From a production."""
        return cls(
            production.kind,
            None if production.identity == "trigger" else plan.path(production.identity),
            plan.path(production.moment),
            tuple((name, plan.path(path)) for name, path in production.keep),
        )

    def row(self, held: Held) -> Row | None:
        """The derived row, or None where its identity or its day is not known."""
        trigger = held[TRIGGER]
        dated = held[self.moment.place]
        day = self.moment.day(held)
        if trigger is None or dated is None or day is None:
            return None
        origin: Any = trigger.origin if self.identity is None else self.identity.value(held)
        if origin is None:
            return None
        values = dict(trigger.values)
        for name, path in self.keep:
            kept = path.value(held)
            if kept is not None:
                values[name] = kept
        return Row(origin, dated.fact, day, None if self.moment.field else dated.at, values)


@attrs.frozen(eq=False)
class Weighing:
    """Gives the first verdict that holds."""

    verdicts: tuple[tuple[tuple[Weighed, ...], str], ...]
    otherwise: str | None

    @classmethod
    def of(cls, plan: Plan, production: Judge) -> Weighing:
        """From a production."""
        return cls(
            tuple((weighing(conditions, plan.places), standing) for conditions, standing in production.verdicts),
            production.otherwise,
        )

    def answer(self, held: Held, unseen: Unseen, missing: int) -> Answer | None:
        """The standing, or None where there is no finding; `missing` keeps it from being known at all."""
        if missing:
            return Standing.NOT_EVALUABLE, None, None, missing
        for conditions, standing in self.verdicts:
            came_to = weigh(conditions, held, unseen)
            if came_to == TRUE:
                return standing, None, None, 0
            if came_to != FALSE:
                return Standing.NOT_EVALUABLE, None, None, came_to
        return None if self.otherwise is None else (self.otherwise, None, None, 0)


@attrs.frozen(eq=False)
class Owing:
    """Judges an obligation, and makes the rows that other productions read of it."""

    due: Callable[[Held, Unseen, Calendar], tuple[int | None, int | None, int]]
    done: tuple[int, ...]
    needs_all: bool
    lapse: int | None
    met: str | None
    overdue: str | None

    @classmethod
    def of(cls, plan: Plan, production: Owe) -> Owing:
        """From a production."""
        met, overdue = f"{production.rule}/met", f"{production.rule}/overdue"
        return cls(
            due=_deadline(plan, production),
            done=tuple(plan.places[name] for name in production.done),
            needs_all=production.needs == "all",
            lapse=plan.places[production.lapse] if production.lapse else None,
            met=met if met in production.emits else None,
            overdue=overdue if overdue in production.emits else None,
        )

    def answer(
        self, held: Held, unseen: Unseen, missing: int, as_of: AsOf, calendar: Calendar
    ) -> tuple[Answer, Row | None]:
        """How it stands, and the row by which it was done where it was."""
        due_on, due_at, unclear = self.due(held, unseen, calendar)
        missing |= unclear
        act = self._act(held)
        if missing:
            return (Standing.NOT_EVALUABLE, due_on, due_at, missing), act
        if act is None:
            return self._not_done(held, unseen, due_on, due_at, as_of), None
        if due_at is not None and act.on == due_on:
            if act.at is None:
                return (Standing.NOT_EVALUABLE, due_on, due_at, BITS[TIME_OF_DAY]), act
            late = act.at > due_at
        else:
            late = due_on is not None and act.on > due_on
        return (Standing.MET_LATE if late else Standing.MET, due_on, due_at, 0), act

    def _act(self, held: Held) -> Row | None:
        rows = [row for place in self.done if (row := held[place]) is not None]
        if not rows or (self.needs_all and len(rows) < len(self.done)):
            return None
        return (max if self.needs_all else min)(rows, key=lambda row: row.order)

    def _not_done(self, held: Held, unseen: Unseen, due_on: int | None, due_at: int | None, as_of: AsOf) -> Answer:
        missing = 0
        for place in self.done:
            missing |= unseen[place]
        lapsed = None
        if self.lapse is not None:
            missing |= unseen[self.lapse]
            lapsed = held[self.lapse]
        if missing:
            return Standing.NOT_EVALUABLE, due_on, due_at, missing
        if lapsed is not None and (due_on is None or lapsed.on <= due_on):
            return Standing.LAPSED, due_on, due_at, 0
        past = as_of.second > due_at if due_at is not None else due_on is not None and as_of.day > due_on
        return Standing.OVERDUE if past else Standing.OPEN, due_on, due_at, 0

    def rows(self, held: Held, answer: Answer, act: Row | None) -> list[tuple[str, Row]]:
        """The rows an obligation gives rise to, each with its kind."""
        trigger = held[TRIGGER]
        standing, due_on, _, _ = answer
        if trigger is None:
            return []
        if self.met and act is not None and standing in (Standing.MET, Standing.MET_LATE):
            values = trigger.values if due_on is None else {**trigger.values, "due": due_on}
            return [(self.met, Row(trigger.origin, act.fact, act.on, act.at, values))]
        if self.overdue and standing == Standing.OVERDUE and due_on is not None:
            values = {**trigger.values, "due": due_on}
            return [(self.overdue, Row(trigger.origin, trigger.fact, due_on, None, values))]
        return []


Conclusion = Deriving | Weighing | Owing


def conclusion_of(plan: Plan) -> Conclusion:
    """What a plan's production concludes."""
    match plan.production:
        case Derive() as production:
            return Deriving.of(plan, production)
        case Judge() as production:
            return Weighing.of(plan, production)
        case Owe() as production:
            return Owing.of(plan, production)
        case other:
            raise AssertionError(f"{other} is none of the three productions")


def _deadline(plan: Plan, production: Owe) -> Callable[..., tuple[int | None, int | None, int]]:
    """How the day an obligation falls due is found: the day, the instant for hours, and what is missing."""
    within = production.within
    if isinstance(within, AgreedDate):
        agreed = plan.path(within.path)
        return lambda held, unseen, _: (agreed.day(held), None, unseen[agreed.place])
    if not isinstance(within, Clock | Chosen):
        return lambda *_: (None, None, 0)
    anchor = plan.path(production.anchor)
    count = _counted(within, plan)

    def due(held: Held, unseen: Unseen, calendar: Calendar) -> tuple[int | None, int | None, int]:
        start, day = held[anchor.place], anchor.day(held)
        if start is None:
            return None, None, unseen[anchor.place]
        if day is None:
            return None, None, BITS[FIELD_NOT_GIVEN]
        number, unit, direction, tight = count(held)
        if number is None:
            return None, None, 0
        if unit is Unit.HOURS:
            if start.at is None or anchor.field:
                return None, None, BITS[TIME_OF_DAY]
            instant = due_instant(start.at, number)
            on = london_day(instant)
            return (on, instant, 0) if calendar.knows(on) else (None, None, BITS[BEYOND_CALENDAR])
        reached = due_day(day, number, unit, direction, tight, calendar)
        return reached, None, BITS[BEYOND_CALENDAR] if reached is None else 0

    return due


def _counted(within: Clock | Chosen, plan: Plan) -> Callable[[Held], tuple[int | None, Any, str, bool]]:
    """How many of which unit, in which direction, counted how; the law's numbers are those of the trigger's day."""
    any_within: Any = within
    if isinstance(within, Clock):
        return lambda held: (
            any_within.number.at(_day(held)), any_within.unit, any_within.direction, any_within.tight
        )  # fmt: skip
    path = plan.path(within.path)

    def chosen(held: Held) -> tuple[int | None, Any, str, bool]:
        day, number = _day(held), path.value(held)
        if number is None:
            found = any_within.unless_chosen.at(day)
        else:
            low, high = within.low.at(day), within.high.at(day)
            found = int(str(number))
            found = found if low is None else max(low, found)
            found = found if high is None else min(high, found)
        return found, Unit.WORKING_DAYS, "after", any_within.tight

    return chosen


def _day(held: Held) -> int:
    trigger = held[TRIGGER]
    assert trigger is not None
    return trigger.on
