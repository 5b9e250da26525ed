"""The identities rows may have, in one order: by case, then by code point."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.columnar.rows import filled, indices, nulls, starts, which


@attrs.frozen(eq=False)
class Names:
    """Every identity of every case in order, each with its place in that order.

    `facts` has the places of the facts' ids (None: as they come), `others` those of the other names.
    """

    facts: pl.Series | None
    others: pl.Series
    _bases: tuple[pl.Series, pl.Series]
    _texts: pl.Series
    _source: pl.Series | None
    _apart: int | None

    @property
    def size(self) -> int:
        """How many places there are."""
        return len(self._texts if self._source is None else self._source)

    @property
    def most(self) -> int:
        """More than any rank."""
        spans = [bases.diff().max() for bases in self._bases]
        return max([1, *(span for span in spans if isinstance(span, int))])

    def of_facts(self, index: pl.Series) -> pl.Series:
        """The places of the ids of some facts."""
        return index if self.facts is None else self.facts[index]

    def ranks(self, places: pl.Series, cases: pl.Series) -> pl.Series:
        """The places within their cases of the identities of rows of one kind."""
        named = self._apart is not None and len(places) and places[0] >= self._apart
        return places - self._bases[1 if named else 0][cases]

    def texts(self, places: pl.Series) -> pl.Series:
        """The names at some places; null where a place is null."""
        return self._texts[places if self._source is None else self._source[places]]


def apart(bounds: pl.Series, ids: pl.Series, other_cases: pl.Series, others: pl.Series) -> Names:
    """The ids of facts, then all other names: enough where no rule compares the one with the other.

    The ids are in order and each given once; the names need not be. `bounds` says where the ids of each case
    start, and at last where the last one's end.
    """
    key = _by_case_and_text(other_cases, others)
    put = key.arg_sort()
    fresh = starts(key[put])
    size = len(ids)
    places = filled(len(others), 0, pl.UInt32).scatter(
        put, (fresh.cum_sum().cast(pl.Int64) + (size - 1)).cast(pl.UInt32)
    )
    once = put.filter(fresh)
    firsts = other_cases[once].search_sorted(indices(len(bounds)), side="left").cast(pl.UInt32) + size
    texts = pl.concat([ids, others[once].cast(pl.String)], rechunk=True)
    return Names(None, places, (bounds, firsts), texts, None, size)


def _by_case_and_text(cases: pl.Series, texts: pl.Series) -> pl.Series:
    """A number for each text of a case, higher for a later one; so that each text is compared only once."""
    every = texts.unique()
    codes = every.to_physical()[every.cast(pl.String).arg_sort()]
    ranks = nulls(int(codes.max() or 0) + 1, pl.UInt32).scatter(codes, indices(len(codes)))  # type: ignore[arg-type]
    return cases.cast(pl.Int64) * len(every) + ranks[texts.to_physical()]


def merged(bounds: pl.Series, ids: pl.Series, other_cases: pl.Series, others: pl.Series) -> Names:
    """The ids of facts and all other names in one order; from the same as `apart`."""
    size, others = len(ids), others.cast(pl.String)
    low, same = _find(ids, bounds[other_cases], bounds[other_cases + 1], others)
    new = which(~same)
    spots = pl.DataFrame({"at": low[new] + other_cases[new], "name": others[new]})
    new = new[spots.select(pl.arg_sort_by("at", "name")).to_series()]
    spot, case, text = low[new], other_cases[new], others[new]
    fresh = case.ne_missing(case.shift(1)) | (text != text.shift(1)).fill_null(True)
    added = (spot + fresh.cum_sum() - 1).cast(pl.UInt32)
    before = _before(spot.filter(fresh), size)
    facts, old = indices(size) + before[:size], which(same)
    found = filled(len(others), 0, pl.UInt32).scatter(new, added).scatter(old, facts[low[old]])
    source = filled(size + int(fresh.sum()), 0, pl.UInt32)
    source = source.scatter(facts, indices(size)).scatter(added, new + size)
    bases = bounds + _before(case.filter(fresh), len(bounds)).shift(1, fill_value=0)[: len(bounds)]
    return Names(facts, found, (bases, bases), pl.concat([ids, others], rechunk=True), source, None)


def _before(spots: pl.Series, size: int) -> pl.Series:
    """For each of `size` + 1 places how many of some sorted spots are at or before it."""
    counts = spots.rle().struct.unnest() if len(spots) else pl.DataFrame({"value": spots, "len": spots})
    return filled(size + 1, 0, pl.UInt32).scatter(counts["value"], counts["len"]).cum_sum().cast(pl.UInt32)


def _find(ids: pl.Series, low: pl.Series, end: pl.Series, names: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Where each name stands, or would stand, between two places of the ids; and whether it stands there.

    A binary search for all names at once.
    """
    low, high = low.clone(), end.clone()
    between = which(low < high)
    while len(between):
        bottom, top = low[between], high[between]
        middle = (bottom + top) // 2
        less = ids[middle] < names[between]
        low = low.scatter(between, (middle + 1).zip_with(less, bottom))
        high = high.scatter(between, top.zip_with(less, middle))
        between = which(low < high)
    inside = which(low < end)
    same = filled(len(names), False, pl.Boolean)
    return low, same.scatter(inside, ids[low[inside]] == names[inside])
