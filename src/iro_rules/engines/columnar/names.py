"""The identities rows may have, in one order: by case, then by code point."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.columnar.rows import filled, indices, which


@attrs.frozen(eq=False)
class Names:
    """Every identity of every case in order.

    `facts` and `others` give the place in that order of each fact's id and of each other name; `bases` the
    first place of each case; `most` how many names a case has at most.
    """

    facts: pl.Series
    others: pl.Series
    bases: pl.Series
    most: int
    _texts: pl.Series
    _source: pl.Series

    def texts(self, places: pl.Series) -> pl.Series:
        """The names at some places; null where a place is null."""
        return self._texts[self._source[places]]


def merge(bounds: pl.Series, ids: pl.Series, other_cases: pl.Series, others: pl.Series) -> Names:
    """The ids of facts, which are in order and each given once, with other names in any order.

    `bounds` says where the ids of each case start, and at last where the last one's end.
    """
    size, bounds = len(ids), bounds.cast(pl.UInt32)
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
    most = (bases[1:] - bases[:-1]).max()
    texts = pl.concat([ids, others], rechunk=True)
    return Names(facts, found, bases, most if isinstance(most, int) else 0, texts, source)


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
