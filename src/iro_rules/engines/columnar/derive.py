"""The rows that derivations and obligations make, as columns worked out from what is in hand."""

from __future__ import annotations

import polars as pl

from iro_rules.engines.columnar.days import Days, number_at
from iro_rules.engines.columnar.deadlines import Due
from iro_rules.engines.columnar.names import Names
from iro_rules.engines.columnar.obligations import Act
from iro_rules.engines.columnar.plan import NAME, NUMBER
from iro_rules.engines.columnar.rows import DOUBT, ROW, Hand, Rows, starts, there, union, which
from iro_rules.engines.columnar.scale import Scale, put_in_order
from iro_rules.rulebook.core import Derive

Columns = dict[str, pl.Series | None]


class Made:
    """The rows made so far, by kind; of two rows with one identity the first stays."""

    def __init__(self, recorded: dict[str, Rows]) -> None:
        self._parts = {kind: [rows] for kind, rows in recorded.items()}

    def get(self, kind: str) -> Rows | None:
        """All rows of a kind; None where there is none."""
        parts = [part for part in self._parts.get(kind, ()) if part.size]
        if not parts:
            return None
        self._parts[kind] = [union(parts)]
        return self._parts[kind][0]

    def add(self, kind: str, rows: Rows) -> None:
        """More rows, less those whose identity their kind has already."""
        for part in self._parts.get(kind, ()):
            rows = without(rows, part)
        self._parts.setdefault(kind, []).append(rows)


def without(rows: Rows, others: Rows) -> Rows:
    """The rows less those whose identity one of the others has."""
    twice = rows.row("origin").is_in(others.row("origin").implode())
    return rows.take(which(~twice)) if twice.any() else rows


def derived(production: Derive, hand: Hand, names: Names, scale: Scale, calendar: Days) -> Rows | None:
    """One row for each trigger whose identity and moment are known, the earliest of each identity; or one in doubt."""
    days = hand.day(production.moment)
    origins = hand.held["trigger"].row("origin")
    if production.identity != "trigger":
        named = hand.column(NAME, production.identity)
        if named is None:
            return None
        origins = named
    if days is None:
        return None
    if days.null_count() or origins.null_count():
        both = which(there(days) & there(origins))
        hand, days, origins = hand.take(both), days[both], origins[both]
    if production.identity != "trigger":
        first = _first_of_each(origins, hand.held["trigger"].row("order"), names.size, scale.all_bits)
        if first is not None:
            hand, days, origins = hand.take(first), days[first], origins[first]
    name, dot, _ = production.moment.partition(".")
    trigger, dated = hand.held["trigger"], hand.held[name]
    cases = trigger.row("case")
    if production.shift is not None:
        days = calendar.moved(days, number_at(production.shift.number, trigger.row("day")), production.shift)
    at = None if dot or production.shift is not None else dated.column(ROW, "at")
    every = {"case": cases, "origin": origins, "fact": dated.row("fact"), "day": days, "at": at}
    every[DOUBT] = hand.unknown.get(DOUBT)
    kept = dict(production.keep)

    def make(view: str, field: str) -> pl.Series | None:
        if view == ROW and field == "order":
            if production.identity == production.moment == "trigger" and production.shift is None:
                return trigger.row("order")
            ranks = names.ranks(origins, cases)
            fresh = dot or production.shift is not None
            return scale.order(days, None, ranks) if fresh else scale.renamed(dated.row("order"), ranks)
        if view == ROW:
            return every[field]
        own = trigger.column(view, field)
        new = hand.column(view, kept[field]) if field in kept else None
        if new is None or own is None:
            return own if new is None else new
        return new.zip_with(there(new), own)

    return Rows(hand.size, make)


def _first_of_each(origins: pl.Series, orders: pl.Series, size: int, bits: int) -> pl.Series | None:
    """The earliest row of each origin, in order of origin; None where that is every row as it stands."""
    put = put_in_order(origins, orders, size, bits)
    placed = origins if put is None else origins[put]
    fresh = starts(placed)
    if fresh.all():
        return put
    return which(fresh) if put is None else put.filter(fresh)


def met_rows(hand: Hand, act: Act, due: Due, which: pl.Series, names: Names, scale: Scale) -> Rows:
    """The rows `RULE/met` of some triggers, dated by the discharge."""
    at = act.column("at")
    fact, day, order = (act.row(name)[which] for name in ("fact", "day", "order"))
    return _consequences(
        hand.take(which), due, which, names, scale, fact, day, None if at is None else at[which], order
    )


def overdue_rows(hand: Hand, due: Due, which: pl.Series, names: Names, scale: Scale) -> Rows:
    """The rows `RULE/overdue` of some triggers, dated by the deadline."""
    assert due.on is not None
    some = hand.take(which)
    return _consequences(some, due, which, names, scale, some.held["trigger"].row("fact"), due.on[which], None, None)


def _consequences(
    hand: Hand,
    due: Due,
    which: pl.Series,
    names: Names,
    scale: Scale,
    facts: pl.Series,
    days: pl.Series,
    at: pl.Series | None,
    orders: pl.Series | None,
) -> Rows:
    trigger = hand.held["trigger"]
    cases, origins = trigger.row("case"), trigger.row("origin")
    ranks = names.ranks(origins, cases)
    ordered = scale.order(days, None, ranks) if orders is None else scale.renamed(orders, ranks)
    every: Columns = {
        "case": cases, "origin": origins, "fact": facts, "day": days, "at": at, "order": ordered
    }  # fmt: skip
    due_on = None if due.on is None else due.on[which]

    def make(view: str, field: str) -> pl.Series | None:
        if view == ROW:
            return every[field]
        own = trigger.column(view, field)
        if (view, field) != (NUMBER, "due") or due_on is None:
            return own
        return due_on if own is None else due_on.zip_with(there(due_on), own)

    return Rows(hand.size, make)
