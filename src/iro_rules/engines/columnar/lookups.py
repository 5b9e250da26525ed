"""Finding for each trigger the one row a look-up seeks: the first or last of its group, within bounds of time.

The rows of a pattern are put in order of group (the case, or the code of the key they are joined on) and
time once; then a row is found at an end of its group, or by halving the group where that one lies out of bounds.
"""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.columnar.conditions import passing
from iro_rules.engines.columnar.plan import CODE, Plan, view_of
from iro_rules.engines.columnar.rows import Hand, Rows, indices, nulls, there, where, which
from iro_rules.engines.columnar.scale import Scale, put_in_order
from iro_rules.rulebook.terms import Lookup, Pattern


@attrs.frozen(eq=False)
class Groups:
    """Rows by group: `index` says which row of the kind stands at each place, `order` when, `ends` where groups end.

    Where every group has one row (`single`) the places are in no order, else in order of group and time. `ends`
    goes from a group to its first or last place.
    """

    index: pl.Series
    order: pl.Series
    ends: dict[str, pl.Series]
    single: bool

    @classmethod
    def of(cls, rows: Rows, group: pl.Series, mask: pl.Series | None, domain: int, bits: int) -> Groups:
        """From the group of each row (null for none, else below `domain`); an order takes so many bits."""
        if group.null_count():
            known = there(group)
            mask = known if mask is None else mask & known
        index = indices(rows.size) if mask is None else which(mask)
        if mask is not None:
            group = group[index]
        # Of several places written for one group Polars keeps the last.
        places = indices(len(index))
        ends = nulls(domain, pl.UInt32).scatter(group, places)
        order = rows.row("order")[index]
        if domain - ends.null_count() == len(index):
            return cls(index, order, {"first": ends, "last": ends}, True)
        put = put_in_order(group, order, domain, bits)
        if put is not None:
            index, group, order = index[put], group[put], order[put]
            ends = nulls(domain, pl.UInt32).scatter(group, places)
        first = nulls(domain, pl.UInt32).scatter(group.reverse(), places.reverse())
        return cls(index, order, {"first": first, "last": ends}, False)

    def within(self, places: pl.Series, ours: pl.Series, bound: pl.Series, *, forward: bool) -> pl.Series:
        """The same places of some groups, or the next in the group that is not before (or, backward, after) a bound."""
        order = self.order[places]
        fits = order >= bound if forward else order <= bound
        found, again = where(fits, places), which(~fits)
        if self.single or again.is_empty():
            return found
        near, bound = places[again], bound[again]
        far = self.ends["last" if forward else "first"][ours[again]]
        order = self.order[far]
        fits = order >= bound if forward else order <= bound
        near, far, bound, again = (column.filter(fits) for column in (near, far, bound, again))
        # All of `far` fit and none of `near` does; halve what is between until they are neighbours.
        while len(again):
            apart = far - near if forward else near - far
            beside = apart == 1
            if beside.any():
                found = found.scatter(again.filter(beside), far.filter(beside))
                near, far, bound, again, apart = (c.filter(~beside) for c in (near, far, bound, again, apart))
            half = near + apart // 2 if forward else near - apart // 2
            order = self.order[half]
            fits = order >= bound if forward else order <= bound
            near, far = near.zip_with(fits, half), half.zip_with(fits, far)
        return found


class Finder:
    """Finds rows in one cohort, and keeps the groups it has made."""

    def __init__(self, plan: Plan, scale: Scale, *, cases: int, domains: list[int]) -> None:
        self.plan, self.scale, self.cases, self.domains = plan, scale, cases, domains
        self._groups: dict[tuple[Pattern, str], Groups] = {}

    def find(self, lookup: Lookup, rows: Rows, hand: Hand) -> pl.Series:
        """For each trigger the row found, null where there is none."""
        pattern = lookup.pattern
        views = [view_of(self.plan.holds(pattern.kind, field)) for field, _ in lookup.on]
        if len(views) > 1 or (views and views != [CODE]):
            return self._join(lookup, views, rows, hand)
        key, path = lookup.on[0] if lookup.on else ("", "")
        theirs = rows.column(CODE, key) if key else rows.row("case")
        ours = hand.column(CODE, path) if key else hand.held["trigger"].row("case")
        if theirs is None or ours is None:
            return nulls(hand.size, pl.UInt32)
        if (pattern, key) not in self._groups:
            mask, family = passing(self.plan, pattern, rows), self.plan.family(pattern.kind, key) if key else None
            domain = self.cases if family is None else self.domains[family]
            self._groups[pattern, key] = Groups.of(rows, theirs, mask, domain, self.scale.all_bits)
        return self._pick(self._groups[pattern, key], ours, lookup, hand)

    def _join(self, lookup: Lookup, views: list[str], rows: Rows, hand: Hand) -> pl.Series:
        """A join on more than one field, or on days or numbers: the groups are made for this look-up alone."""
        theirs, ours = rows.row("case"), hand.held["trigger"].row("case")
        for (field, path), view in zip(lookup.on, views, strict=True):
            left, right = rows.column(view, field), hand.column(view, path)
            if left is None or right is None:
                return nulls(hand.size, pl.UInt32)
            pairs = pl.concat([theirs, ours]).cast(pl.Int64) * (1 << 32) + pl.concat([left, right])
            ranks = pairs.rank("dense").cast(pl.UInt32)
            theirs, ours = ranks[: rows.size], ranks[rows.size :]
        mask, domain = passing(self.plan, lookup.pattern, rows), rows.size + hand.size + 1
        return self._pick(Groups.of(rows, theirs, mask, domain, self.scale.all_bits), ours, lookup, hand)

    def _pick(self, groups: Groups, ours: pl.Series, lookup: Lookup, hand: Hand) -> pl.Series:
        """From the ends of the groups to the rows that lie within the look-up's bounds."""
        low, high, possible = self._bounds(lookup, hand)
        if not possible:
            return nulls(hand.size, pl.UInt32)
        places = groups.ends[lookup.pick][ours]
        if lookup.pick == "first":
            if low is not None:
                places = groups.within(places, ours, low, forward=True)
            if high is not None:
                places = where(groups.order[places] <= high, places)
        else:
            if high is not None:
                places = groups.within(places, ours, high, forward=False)
            if low is not None:
                places = where(groups.order[places] >= low, places)
        return groups.index[places]

    def _bounds(self, lookup: Lookup, hand: Hand) -> tuple[pl.Series | None, pl.Series | None, bool]:
        """The lowest and highest order a row may have (null where none may), and whether any row may at all."""
        low: pl.Series | None = None
        high: pl.Series | None = None
        for path, early in ((lookup.since, True), (lookup.until, False)):
            if path is not None:
                days = hand.day(path)
                if days is None:
                    return None, None, False
                if early:
                    low = self.scale.day(days)
                else:
                    high = self.scale.day(days) + (self.scale.whole_day - 1)
        if lookup.after is not None:
            later = hand.held[lookup.after].row("order") + 1
            low = later if low is None else _stricter(low, later, low >= later)
        if lookup.before is not None:
            earlier = hand.held[lookup.before].row("order") - 1
            high = earlier if high is None else _stricter(high, earlier, high <= earlier)
        return low, high, True


def _stricter(one: pl.Series, other: pl.Series, mask: pl.Series) -> pl.Series:
    """One bound where the mask is true, else the other; null where either is."""
    return where(there(one), one.zip_with(mask, other))
