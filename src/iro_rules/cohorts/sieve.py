"""Rows of one table while they are looked at: what cannot be used is set aside with its reason, the rest is kept."""

from __future__ import annotations

import polars as pl

from iro_rules.cohorts.parts import Count, explained, rejects_schema
from iro_rules.cohorts.reasons import UNREAD

_TOLD = ("table", "row", "case", "field", "value", "code")
_AT = (pl.col("case").cast(pl.String), pl.col("row").cast(pl.Int64))
"""What tells rows apart: where a table has no order of its own, rows are numbered within their case."""


class Sieve:
    """A table with `case` and `row`; the first reason found for a row is the one that is told.

    Rows of `frame` change only by what `kept` drops, so masks may be made from it at any time.
    """

    def __init__(self, table: str, frame: pl.DataFrame) -> None:
        self.table = table
        self.frame = frame
        self._rows_in = len(frame)
        self._aside: list[pl.DataFrame] = []
        self._noticed: list[pl.DataFrame] = []
        self._more: list[pl.DataFrame] = []
        self._unread: list[pl.DataFrame] = []
        self._texts: dict[str, pl.Series] = {}
        self.sound: set[str] = set()
        """Columns whose every text is known to be as it should."""

    def texts(self, name: str) -> pl.Series:
        """Every text of a column, few of them twice where many are alike; some may be of rows set aside since."""
        if name not in self._texts:
            column = self.frame[name]
            # Rows of one case mostly stand together.
            once = column.rle().struct.field("value") if name == "case" else column.unique()
            self._texts[name] = once.cast(pl.String)
        return self._texts[name]

    def changed(self, frame: pl.DataFrame, *names: str) -> None:
        """The same rows with other texts in some columns."""
        self.frame = frame
        for name in names:
            self._texts.pop(name, None)
            self.sound.discard(name)

    def aside(
        self,
        mask: pl.Expr,
        code: str,
        field: str,
        value: str | pl.Expr | None = None,
        *,
        lost: bool | None = None,
    ) -> None:
        """Set aside the rows where `mask` holds; `value` is a column or an expression, else the field's own.

        `lost` says whether what a row would have told is lost, so that its absence is no evidence; else the code does.
        """
        held = self._where(mask)
        if held.any():
            rows = self.frame.filter(held)
            self._aside.append(self._found(rows, code, field, value))
            if code in UNREAD if lost is None else lost:
                kind = pl.col("kind").cast(pl.String) if "kind" in rows.columns else pl.lit(None, pl.String)
                self._unread.append(rows.select(pl.col("case").cast(pl.String), kind=kind))
            self.frame = self.frame.filter(~held)

    def notice(self, mask: pl.Expr, code: str, field: str, value: str | pl.Expr | None = None) -> None:
        """Tell of a value that is not used, of rows that are."""
        held = self._where(mask)
        if held.any():
            self._noticed.append(self._found(self.frame.filter(held), code, field, value))

    def more_notices(self, notices: pl.DataFrame) -> None:
        """Notices found elsewhere about rows of this table, or of one that goes on from it."""
        self._more.append(notices)

    def _where(self, mask: pl.Expr) -> pl.Series:
        """Whether a mask holds, row by row; what is unknown does not.

        Worked out before rows are chosen by it: Polars (2.1) fails on some 16,000 rows and more where a mask that it
        filters by itself is made of constants alone.
        """
        held = self.frame.select(mask.fill_null(False).alias("held")).to_series()
        return held if len(held) == len(self.frame) else held.new_from_index(0, len(self.frame))

    def _found(self, rows: pl.DataFrame, code: str, field: str, value: str | pl.Expr | None) -> pl.DataFrame:
        if value is None:
            value = pl.col(field) if field in rows.columns else pl.lit(None, pl.String)
        shown = pl.col(value) if isinstance(value, str) else value
        return rows.select(
            pl.lit(self.table).alias("table"),
            pl.col("row").cast(pl.Int64),
            pl.col("case").cast(pl.String),
            pl.lit(field).alias("field"),
            shown.cast(pl.String).str.slice(0, 200).alias("value"),
            pl.lit(code).alias("code"),
        )

    @property
    def count(self) -> Count:
        """How many rows came in, and how many are kept so far."""
        return Count(self._rows_in, len(self.frame))

    @property
    def unread(self) -> pl.DataFrame:
        """The rows set aside that may have been facts: `case`, and `kind` where the row has one."""
        return pl.concat([pl.DataFrame(schema={"case": pl.String, "kind": pl.String}), *self._unread])

    @property
    def rejects(self) -> pl.DataFrame:
        """The rows set aside, with their reasons."""
        return _explained(self._aside)

    @property
    def notices(self) -> pl.DataFrame:
        """The values not used of rows that are."""
        if not self._noticed:
            return pl.concat([_explained([]), *self._more])
        kept = self.frame.select(_AT).unique()
        own = _explained(
            [found.join(kept, on=["case", "row"], how="semi", nulls_equal=True) for found in self._noticed]
        )
        return pl.concat([own, *self._more])


def _explained(found: list[pl.DataFrame]) -> pl.DataFrame:
    schema = rejects_schema()
    return explained(pl.concat([pl.DataFrame(schema={name: schema[name] for name in _TOLD}), *found]))
