"""One rulebook read over one cohort: production by production, for all triggers at once."""

from __future__ import annotations

import polars as pl

from iro_rules.engines.columnar.answers import Answers
from iro_rules.engines.columnar.cohort import Cohort
from iro_rules.engines.columnar.conditions import all_hold, passing, unmatched
from iro_rules.engines.columnar.days import Days
from iro_rules.engines.columnar.deadlines import Due, deadline
from iro_rules.engines.columnar.derive import Made, derived, met_rows, overdue_rows, without
from iro_rules.engines.columnar.judgements import first_verdict
from iro_rules.engines.columnar.lookups import Finder
from iro_rules.engines.columnar.obligations import discharge, owe
from iro_rules.engines.columnar.plan import Plan
from iro_rules.engines.columnar.rows import (
    DOUBT,
    ROW,
    TYPES,
    Hand,
    Held,
    Rows,
    either,
    filled,
    nulls,
    one,
    there,
    where,
    which,
    yes,
)
from iro_rules.engines.columnar.scale import EPOCH
from iro_rules.facts.kinds import BITS, FIELD_NOT_GIVEN
from iro_rules.rulebook.core import Derive, Judge, Owe, Production, makes
from iro_rules.rulebook.terms import Compare, Condition, Lookup, Standing

BLANK = BITS[FIELD_NOT_GIVEN]


class Reading:
    """One rulebook read over one cohort."""

    def __init__(self, plan: Plan, cohort: Cohort, days: Days, *, facts: bool = True) -> None:
        self.plan, self.cohort, self.days = plan, cohort, days
        self.made = Made(cohort.kinds)
        self.finder = Finder(plan, cohort.scale, cases=cohort.size, domains=cohort.domains)
        self.doubts = Made({})
        """Rows of which it is not known whether there are any: they set no duty off, and where one of them would have
        been chosen, what is sought is not known."""
        self.rivals = Finder(plan, cohort.scale, cases=cohort.size, domains=cohort.domains)
        self._rivals: dict[str, Rows | None] = {}
        self.answers = Answers(plan, cohort, facts=facts)
        self.subjects = {"child": cohort.child, "authority": ~cohort.child}
        self.clouded: dict[str, pl.Series] = {}
        """By kind and case, what keeps rows of it from being known apart from coverage: a blank field one hung on."""

    def run(self) -> pl.DataFrame:
        """Every verdict, in order."""
        for production in self.plan.productions:
            of_subject = self.subjects[self.plan.core.subjects[production.rule]]
            if of_subject.any():
                self._read(production, None if of_subject.all() else of_subject)
        return self.answers.table()

    def _read(self, production: Production, of_subject: pl.Series | None) -> None:
        kind = production.trigger.kind
        self._from(production, self.made.get(kind), of_subject)
        if isinstance(production, Derive):
            self._from(production, self._in_doubt(kind), of_subject, doubtful=True)
        if kind in self.clouded:
            for made in makes(production):
                self._cloud(made, self.clouded[kind])
        hidden = self._hides(kind)
        if hidden is not None and not isinstance(production, Derive):
            unseen = hidden != 0 if of_subject is None else (hidden != 0) & of_subject
            places = which(unseen)
            self.answers.unseen(production, places, hidden[places])

    def _from(
        self, production: Production, rows: Rows | None, of_subject: pl.Series | None, *, doubtful: bool = False
    ) -> None:
        """What follows from some rows of the kind that sets a production off."""
        hand = None if rows is None else self._triggers(production, rows, of_subject)
        if hand is not None and hand.size:
            hand, missing = self._look_up(production, hand, hand.held["trigger"].row(DOUBT) if doubtful else None)
            if hand.size:
                self._conclude(production, hand, missing)

    def _in_doubt(self, kind: str) -> Rows | None:
        """The rows in doubt of a kind that is complete, of identities that no certain row has."""
        if kind not in self._rivals:
            rows, certain = self.doubts.get(kind), self.made.get(kind)
            self._rivals[kind] = rows if rows is None or certain is None else without(rows, certain)
        return self._rivals[kind]

    def _hides(self, kind: str) -> pl.Series | None:
        """The bits of all that may hide a row of a kind, by case; None where nothing does."""
        return either(self.cohort.hides(self.plan.core.sources[kind]), self.clouded.get(kind))

    def _cloud(self, kind: str, missing: pl.Series | None, cases: pl.Series | None = None) -> None:
        """Rows of a kind may be, for want of these bits, by case; only a blank field counts here."""
        if missing is None:
            return
        blank = missing & BLANK
        if not (blank != 0).any():
            return
        if cases is not None:
            some = which(blank != 0)
            blank = filled(self.cohort.size, 0, pl.Int64).scatter(cases[some], one(BLANK, pl.Int64))
        self.clouded[kind] = blank if kind not in self.clouded else self.clouded[kind] | blank

    def _triggers(self, production: Production, rows: Rows, of_subject: pl.Series | None) -> Hand:
        """The rows that set a production off, and the day asked about."""
        mask = passing(self.plan, production.trigger, rows)
        calendar = self.cohort.calendar
        if production.start > 1 or production.end <= calendar.last:
            days = rows.row("day")
            low, high = days.min(), days.max()
            start, end = production.start - EPOCH, production.end - EPOCH
            if not (isinstance(low, int) and isinstance(high, int) and start <= low and high < end):
                in_force = (days >= start) & (days < end)
                mask = in_force if mask is None else mask & in_force
        if of_subject is not None:
            own = of_subject[rows.row("case")]
            mask = own if mask is None else mask & own
        index = None if mask is None else which(mask)
        size = rows.size if index is None else len(index)
        trigger = Held(rows, None if size == rows.size else index, sure=True)
        return Hand(size, {"as_of": self.cohort.moment(size), "trigger": trigger}, {})

    def _look_up(self, production: Production, hand: Hand, missing: pl.Series | None) -> tuple[Hand, pl.Series | None]:
        """All look-ups; triggers for which a condition is false are dropped as soon as that is known.

        With them the bits that keep the conditions from being known.
        """
        waiting = list(production.when)
        for lookup in (None, *production.lookups):
            if lookup is not None:
                hand = self._with(production, lookup, hand)
            ready = [c for c in waiting if _names(c) <= set(hand.held)]
            waiting = [c for c in waiting if c not in ready]
            if ready:
                true, unseen = all_hold(self.plan, production, tuple(ready), hand)
                if unseen is not None:
                    missing = unseen if missing is None else missing | unseen
                if not isinstance(true, bool):
                    possible = true if unseen is None else true | (unseen != 0)
                    if not possible.all():
                        keep = which(possible)
                        hand = hand.take(keep)
                        missing = None if missing is None else missing[keep]
        return hand, missing

    def _with(self, production: Production, lookup: Lookup, hand: Hand) -> Hand:
        """The hand with one more row for each trigger, or none, and the bits that might hide one."""
        kind = lookup.pattern.kind
        rows = self.made.get(kind)
        index = nulls(hand.size, pl.UInt32) if rows is None else self.finder.find(lookup, rows, hand)
        hidden_where, unknown = None if not index.null_count() else ~there(index), None
        rivals = self._in_doubt(kind)
        if rivals is not None and rivals.size:
            index, doubt = self._contested(lookup, hand, rows, index, rivals)
        else:
            doubt = None
        found = Held(Rows(0, _nothing) if rows is None else rows, index, sure=not index.null_count())
        if hidden_where is not None:
            bits = either(
                self._may_hide(production, lookup, hand),
                *(hand.unknown.get(name) for name in lookup.leans_on()),
            )
            unknown = None if bits is None else where(hidden_where, bits, one(0, pl.Int64))
        unknown = either(unknown, doubt)
        return Hand(hand.size, {**hand.held, lookup.name: found}, {**hand.unknown, lookup.name: unknown})

    def _may_hide(self, production: Production, lookup: Lookup, hand: Hand) -> pl.Series | None:
        """The bits of all that may hide a row a look-up seeks, by trigger; None where nothing does.

        What is recorded from a day on hides no row on or after that day.
        """
        kind = lookup.pattern.kind
        hidden = None if lookup.on_record else self._hides(kind)
        if hidden is None:
            return None
        cases = hand.held["trigger"].row("case")
        bits, dated = hidden[cases], self.plan.core.by_day(production, lookup) if self.cohort.since else 0
        counting = {bit: days for bit, days in self.cohort.since.items() if bit & dated}
        low = _lowest(lookup, hand) if counting else None
        if low is not None:
            for bit, days in counting.items():
                shown = yes(days[cases] <= low)
                bits = where(shown, bits & ~bit, bits)
        return bits

    def _contested(
        self, lookup: Lookup, hand: Hand, rows: Rows | None, index: pl.Series, rivals: Rows
    ) -> tuple[pl.Series, pl.Series | None]:
        """The rows found, less those before which one in doubt would have been chosen, and the bits of that doubt."""
        others = self.rivals.find(lookup, rivals, hand)
        theirs = rivals.row("order")[others]
        ours = nulls(hand.size, pl.Int64) if rows is None else rows.row("order")[index]
        sooner = yes(theirs < ours if lookup.pick == "first" else theirs > ours) | (there(others) & ~there(index))
        if not sooner.any():
            return index, None
        return where(~sooner, index), where(sooner, rivals.row(DOUBT)[others], one(0, pl.Int64))

    def _conclude(self, production: Production, hand: Hand, missing: pl.Series | None) -> None:
        names, scale = self.cohort.names, self.cohort.scale
        match production:
            case Derive():
                if missing is not None:
                    self._cloud(production.kind, missing, hand.held["trigger"].row("case"))
                    doubtful = Hand(hand.size, hand.held, {**hand.unknown, DOUBT: missing}).take(which(missing != 0))
                    rows = derived(production, doubtful, names, scale, self.days) if doubtful.size else None
                    if rows is not None:
                        self.doubts.add(production.kind, rows)
                    hand = hand.take(which(missing == 0))
                rows = derived(production, hand, names, scale, self.days)
                if rows is not None:
                    self.made.add(production.kind, rows)
            case Judge():
                hand = unmatched(self.plan, production, hand) if production.verdicts else hand
                outcome = first_verdict(self.plan, production, hand, missing)
                if outcome.standing.null_count():
                    stands = which(there(outcome.standing))
                    hand, outcome = hand.take(stands), outcome.take(stands)
                self.answers.add(production, hand, outcome, Due())
            case Owe():
                hand = unmatched(self.plan, production, hand)
                due, act = deadline(production, hand, self.days), discharge(production, hand)
                outcome = owe(
                    production, hand, act, due, missing, as_of=self.cohort.as_of, standings=self.plan.standings
                )
                self.answers.add(production, hand, outcome, due)
                for kind in production.emits:
                    self._cloud(kind, outcome.missing, hand.held["trigger"].row("case"))
                    met = kind.endswith("/met")
                    wanted = (Standing.MET, Standing.MET_LATE) if met else (Standing.OVERDUE,)
                    codes = [self.plan.standings[standing] for standing in wanted]
                    index = which(outcome.standing.is_in(codes))
                    if len(index):
                        rows = (
                            met_rows(hand, act, due, index, names, scale)
                            if met
                            else overdue_rows(hand, due, index, names, scale)
                        )
                        self.made.add(kind, rows)


def _lowest(lookup: Lookup, hand: Hand) -> pl.Series | None:
    """The day before which no row lies that a look-up would take, as far as its lower bounds say; null if not known."""
    bounds = [] if lookup.since is None else [hand.day(lookup.since)]
    if lookup.after is not None:
        bounds.append(hand.held[lookup.after].row("day"))
    low, *others = bounds
    for other in others:
        if low is None or other is None:
            return None
        low = where(there(low), low.zip_with(low > other, other))
    return low


def _nothing(view: str, field: str) -> pl.Series | None:
    return pl.Series([], dtype=TYPES[field]) if view == ROW else None


def _names(condition: Condition) -> set[str]:
    """The names of the rows that a condition reads."""
    if not isinstance(condition, Compare):
        return {condition.name}
    return {path.partition(".")[0] for path in (condition.left, condition.right) if path is not None}
