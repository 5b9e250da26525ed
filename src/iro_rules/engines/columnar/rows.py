"""Rows of one kind as columns, made when they are first asked for; and what a production has in hand, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import polars as pl

from iro_rules.engines.columnar.plan import CODE, LIST, NAME, NUMBER, TEXT
from iro_rules.rulebook.terms import Test

Dtype = pl.DataType | type[pl.DataType]
Make = Callable[[str, str], pl.Series | None]

ROW = "row"
"""The view of what every row has: `case`, `origin`, `fact`, `day`, `at` and `order`; one in doubt has its `doubt`."""

DOUBT = "doubt"
"""Among what is unknown of a hand: what keeps it from being known whether a row follows from it."""

TYPES: Mapping[str, Dtype] = {
    TEXT: pl.Categorical(), CODE: pl.UInt32, NAME: pl.UInt32, NUMBER: pl.Int32, LIST: pl.List(pl.String),
    "case": pl.UInt32, "origin": pl.UInt32, "fact": pl.UInt32, "day": pl.Int32, "at": pl.Int64, "order": pl.Int64,
    "doubt": pl.Int64,
}  # fmt: skip


def nulls(count: int, dtype: Dtype) -> pl.Series:
    """A column of nothing."""
    return one(None, dtype).new_from_index(0, count)


def filled(count: int, value: int | bool, dtype: Dtype) -> pl.Series:
    """A column of one value."""
    return one(value, dtype).new_from_index(0, count)


@lru_cache(maxsize=256, typed=True)
def one(value: int | bool | None, dtype: Dtype) -> pl.Series:
    """A value to choose or reckon with, as many times as the other column is long. Never to be written to."""
    return pl.Series("", [value], dtype=dtype)


def indices(size: int) -> pl.Series:
    """0, 1, 2, and so on."""
    return _whole(size.bit_length()).slice(0, size)


@lru_cache(maxsize=2)
def _whole(bits: int) -> pl.Series:
    return pl.int_range(1 << bits, dtype=pl.UInt32, eager=True)


def which(mask: pl.Series) -> pl.Series:
    """The places where a mask is true."""
    return indices(len(mask)).filter(mask)


def where(mask: pl.Series, value: pl.Series, otherwise: pl.Series | None = None) -> pl.Series:
    """The values where the mask is true, else the others (or null)."""
    return value.zip_with(mask, one(None, value.dtype) if otherwise is None else otherwise)


def there(column: pl.Series) -> pl.Series:
    """Where a column is not null. (What Polars has for this builds and runs a query each time.)"""
    return yes(column == column) if column.null_count() else filled(len(column), True, pl.Boolean)


def yes(mask: pl.Series) -> pl.Series:
    """The same mask with null as no."""
    return one(True, pl.Boolean).zip_with(mask, one(False, pl.Boolean)) if mask.null_count() else mask


def starts(column: pl.Series) -> pl.Series:
    """Where another value begins, in a column without nulls in which equal values stand together."""
    changes = column.slice(1) != column.slice(0, max(len(column) - 1, 0))
    return pl.concat([filled(min(len(column), 1), True, pl.Boolean), changes], rechunk=True)


def either(*columns: pl.Series | None) -> pl.Series | None:
    """The bits of all the columns there are."""
    found: pl.Series | None = None
    for column in columns:
        if column is not None:
            found = column if found is None else found | column
    return found


class Rows:
    """`size` rows of one kind in order of origin; `column(view, field)` is None where no row has the field.

    A case is its place in the cohort, an origin and a fact their place in the cohort's names, a day counts
    from 1970, a time in seconds; `order` is one number that puts rows of a case in order.
    """

    __slots__ = ("_made", "_make", "size", "tested")

    def __init__(self, size: int, make: Make) -> None:
        self.size, self._make = size, make
        self._made: dict[tuple[str, str], pl.Series | None] = {}
        self.tested: dict[Test, pl.Series] = {}

    def column(self, view: str, field: str) -> pl.Series | None:
        """One column, or None where it is empty from top to bottom."""
        if (view, field) not in self._made:
            self._made[view, field] = self._make(view, field)
        return self._made[view, field]

    def row(self, name: str) -> pl.Series:
        """One of the columns every row has."""
        column = self.column(ROW, name)
        assert column is not None
        return column

    def take(self, index: pl.Series) -> Rows:
        """Some of the rows, or the rows in another order."""

        def make(view: str, field: str) -> pl.Series | None:
            column = self.column(view, field)
            return None if column is None else column[index]

        return Rows(len(index), make)


def union(parts: list[Rows]) -> Rows:
    """The rows of several makers of one kind, in order of origin."""
    if len(parts) == 1:
        return parts[0]
    origins = pl.concat([part.row("origin") for part in parts])
    index = origins.arg_sort()

    def make(view: str, field: str) -> pl.Series | None:
        columns = [part.column(view, field) for part in parts]
        if all(column is None for column in columns):
            return None
        dtype = TYPES[field if view == ROW else view]
        filled_in = [
            nulls(part.size, dtype) if column is None else column for part, column in zip(parts, columns, strict=True)
        ]
        return pl.concat(filled_in)[index]

    return Rows(len(origins), make)


class Held:
    """For each trigger one row of a kind, or none: `index` says which; without it, all rows in order.

    `sure` says that every trigger has one.
    """

    __slots__ = ("_found", "_made", "index", "rows", "sure")

    def __init__(self, rows: Rows, index: pl.Series | None, *, sure: bool) -> None:
        self.rows, self.index, self.sure = rows, index, sure
        self._made: dict[int, pl.Series] = {}
        self._found: pl.Series | None = None

    def column(self, view: str, field: str) -> pl.Series | None:
        """A field of the row held, null where there is none."""
        column = self.rows.column(view, field)
        if column is None or self.index is None:
            return column
        # By the column itself, which `rows` keeps: several names may stand for one.
        if id(column) not in self._made:
            self._made[id(column)] = column[self.index]
        return self._made[id(column)]

    def row(self, name: str) -> pl.Series:
        """One of the columns every row has."""
        column = self.column(ROW, name)
        assert column is not None
        return column

    def found(self) -> pl.Series | None:
        """Whether there is a row; None where there always is."""
        if self.sure or self.index is None:
            return None
        if self._found is None:
            self._found = there(self.index)
        return self._found

    def take(self, keep: pl.Series) -> Held:
        """The same for some of the triggers."""
        return Held(self.rows, keep if self.index is None else self.index[keep], sure=self.sure)


class Hand:
    """What a production has in hand: for each trigger the rows found so far, by name.

    `unknown` has for each look-up the bits that might hide a row (0 where one was found), or None where
    nothing could.
    """

    __slots__ = ("held", "size", "unknown")

    def __init__(self, size: int, held: dict[str, Held], unknown: dict[str, pl.Series | None]) -> None:
        self.size, self.held, self.unknown = size, held, unknown

    def column(self, view: str, path: str) -> pl.Series | None:
        """The field a path names."""
        name, _, field = path.partition(".")
        return self.held[name].column(view, field)

    def day(self, path: str) -> pl.Series | None:
        """The day of the row, or the date field, that a path names."""
        return self.column(NUMBER, path) if "." in path else self.held[path].row("day")

    def take(self, keep: pl.Series) -> Hand:
        """The same for some of the triggers."""
        held = {name: row.take(keep) for name, row in self.held.items()}
        unknown = {name: None if bits is None else bits[keep] for name, bits in self.unknown.items()}
        return Hand(len(keep), held, unknown)
