"""What follows from one trigger and the rows found for it: a derived row, an obligation's standing, a judgement."""

from __future__ import annotations

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.clock.deadline import moved_day
from iro_rules.clock.timescale import Clock
from iro_rules.engines.durable.due import Due, due_of
from iro_rules.engines.durable.hand import FALSE, TRIGGER, TRUE, Held, Path, Unseen, Valued, Weighed, weigh, weighing
from iro_rules.engines.durable.plan import Plan, in_time
from iro_rules.engines.rows import AsOf, Row
from iro_rules.facts.kinds import BITS, TIME_OF_DAY
from iro_rules.rulebook.core import Derive, Judge, Owe
from iro_rules.rulebook.terms import Standing

Answer = tuple[str, int | None, int | None, int]
"""A standing, the day and the instant something is due, and what is missing."""
NOT_EVALUABLE, LAPSED, OPEN, OVERDUE = Standing.NOT_EVALUABLE, Standing.LAPSED, Standing.OPEN, Standing.OVERDUE
MET, MET_LATE = Standing.MET, Standing.MET_LATE


@attrs.frozen(eq=False)
class Deriving:
    """Makes rows of a kind."""

    kind: str
    identity: Valued | None
    moment: Path
    shift: Clock | None
    keep: tuple[tuple[str, Valued], ...]

    @classmethod
    def of(cls, plan: Plan, production: Derive) -> Deriving:
        """From a production."""
        return cls(
            production.kind,
            None if production.identity == "trigger" else plan.path(production.identity).value(),
            plan.path(production.moment),
            production.shift,
            tuple((name, plan.path(path).value()) for name, path in production.keep),
        )

    def row(self, held: Held, calendar: Calendar) -> Row | None:
        """The derived row, or None where its identity or its day is not known."""
        trigger = held[TRIGGER]
        dated = held[self.moment.place]
        day = self.moment.day(held)
        if trigger is None or dated is None or day is None:
            return None
        origin = trigger.origin if self.identity is None else self.identity(held)
        if origin is None:
            return None
        values = dict(trigger.values)
        for name, value in self.keep:
            kept = value(held)
            if kept is not None:
                values[name] = kept
        if self.shift is None:
            return Row(origin, dated.fact, day, None if self.moment.field else dated.at, values)
        shift, number = self.shift, self.shift.number.at(trigger.on)
        assert number is not None, "checked when the rulebook was built"
        moved = moved_day(day, number, shift.unit, shift.direction, shift.tight, calendar)
        return Row(origin, dated.fact, moved, None, values)


@attrs.frozen(eq=False)
class Weighing:
    """Gives the first verdict that holds."""

    verdicts: tuple[tuple[tuple[Weighed, ...], str], ...]
    otherwise: str | None
    contact: str | None

    @classmethod
    def of(cls, plan: Plan, production: Judge) -> Weighing:
        """From a production."""
        return cls(
            tuple((weighing(conditions, plan.places), standing) for conditions, standing in production.verdicts),
            production.otherwise,
            production.contact,
        )

    def answer(self, held: Held, unseen: Unseen, missing: int, as_of: AsOf, calendar: Calendar) -> Answer | None:
        """The standing, or None where there is no finding; `missing` keeps it from being known at all."""
        if missing:
            return NOT_EVALUABLE, None, None, missing
        for conditions, standing in self.verdicts:
            came_to = weigh(conditions, held, unseen)
            if came_to == TRUE:
                return standing, None, None, 0
            if came_to != FALSE:
                return NOT_EVALUABLE, None, None, came_to
        return None if self.otherwise is None else (self.otherwise, None, None, 0)

    def rows(self, held: Held, answer: Answer) -> tuple[tuple[str, Row], ...]:
        """A judgement makes no rows."""
        return ()


@attrs.frozen(eq=False)
class Owing:
    """Judges an obligation, and makes the rows that other productions read of it."""

    due: Due
    done: tuple[int, ...]
    needs_all: bool
    lapse: int | None
    lapse_late: bool
    met: str | None
    overdue: str | None
    contact: str | None

    @classmethod
    def of(cls, plan: Plan, production: Owe) -> Owing:
        """From a production."""
        met, overdue = f"{production.rule}/met", f"{production.rule}/overdue"
        return cls(
            due=due_of(plan, production),
            done=tuple(plan.places[name] for name in production.done),
            needs_all=production.needs == "all",
            lapse=plan.places[production.lapse] if production.lapse else None,
            lapse_late=production.lapse_late,
            met=met if met in production.emits else None,
            overdue=overdue if overdue in production.emits else None,
            contact=production.contact,
        )

    def answer(self, held: Held, unseen: Unseen, missing: int, as_of: AsOf, calendar: Calendar) -> Answer:
        """How it stands."""
        due_on, due_at, unclear = self.due(held, unseen, calendar)
        missing |= unclear
        if missing:
            return NOT_EVALUABLE, due_on, due_at, missing
        act = self._act(held)
        if act is None:
            return self._not_done(held, unseen, due_on, due_at, as_of)
        late = due_on is not None and act.on > due_on
        if due_at is not None and act.on == due_on:
            if act.at is None:
                return NOT_EVALUABLE, due_on, due_at, BITS[TIME_OF_DAY]
            late = act.at > due_at
        return MET_LATE if late else MET, due_on, due_at, 0

    def rows(self, held: Held, answer: Answer) -> tuple[tuple[str, Row], ...]:
        """The rows that an answer gives rise to, each with its kind."""
        standing, due_on, _, _ = answer
        trigger = held[TRIGGER]
        assert trigger is not None
        values = trigger.values if due_on is None else {**trigger.values, "due": due_on}
        if self.met and standing in (MET, MET_LATE):
            act = self._act(held)
            assert act is not None
            return ((self.met, Row(trigger.origin, act.fact, act.on, act.at, values)),)
        if self.overdue and standing is OVERDUE and due_on is not None:
            return ((self.overdue, Row(trigger.origin, trigger.fact, due_on, None, values)),)
        return ()

    def _act(self, held: Held) -> Row | None:
        if len(self.done) == 1:
            return held[self.done[0]]
        rows = [row for place in self.done if (row := held[place]) is not None]
        if not rows or (self.needs_all and len(rows) < len(self.done)):
            return None
        return max(rows, key=in_time) if self.needs_all else min(rows, key=in_time)

    def _not_done(self, held: Held, unseen: Unseen, due_on: int | None, due_at: int | None, as_of: AsOf) -> Answer:
        missing = 0
        for place in self.done:
            missing |= unseen[place]
        lapsed = None
        if self.lapse is not None:
            missing |= unseen[self.lapse]
            lapsed = held[self.lapse]
        if missing:
            return NOT_EVALUABLE, due_on, due_at, missing
        if lapsed is not None and (self.lapse_late or due_on is None or lapsed.on <= due_on):
            return LAPSED, due_on, due_at, 0
        past = as_of.second > due_at if due_at is not None else due_on is not None and as_of.day > due_on
        return OVERDUE if past else OPEN, due_on, due_at, 0


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
