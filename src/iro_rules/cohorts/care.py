"""What readers of care records share: dates and codes looked at, periods of care, and reviews put into them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from iro_rules.clock.calendar import Calendar
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.text_files import DAMAGED, EXTRA
from iro_rules.cohorts.whose import of_a_case
from iro_rules.engines.columnar import events_schema

_DATED = r"^\d{1,2}/\d{1,2}/\d{4}"
LONG_AGO = date(1, 1, 1)


def text(name: str) -> pl.Expr:
    """A column without the spaces around it; null where nothing is left."""
    stripped = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def day(name: str) -> pl.Expr:
    """The day a text says, as 31/03/2026 or 2026-03-31, with or without a midnight behind it."""
    plain = text(name).str.replace(r"[T ]00:00(:00(\.0+)?)?$", "")
    slashed = pl.when(plain.str.contains(_DATED)).then(plain).str.to_date("%d/%m/%Y", strict=False)
    # Polars reads 01/01/19 as the year 19, so a year of four figures is asked for above.
    dashed = pl.when(plain.str.contains(r"^\d{4}-\d{2}-\d{2}$")).then(plain).str.to_date("%Y-%m-%d", strict=False)
    return pl.coalesce(slashed, dashed)


def usable(sieve: Sieve) -> None:
    """Set aside rows that cannot be read, and rows without a child."""
    columns = sieve.frame.columns
    if EXTRA in columns:
        sieve.aside(pl.col(EXTRA).is_not_null(), "ragged-row", "", EXTRA)
    if "__damaged" in columns and sieve.frame["__damaged"].any():
        texts = [name for name, held in sieve.frame.schema.items() if held == pl.String]
        damaged = pl.any_horizontal(pl.col(name).str.contains(DAMAGED, literal=True) for name in texts)
        sieve.aside(damaged, "damaged-text", "")
    of_a_case(sieve, "CHILD" if "CHILD" in columns else "case")


def dated(
    sieve: Sieve,
    name: str,
    calendar: Calendar,
    *,
    last: date | None,
    needed: bool,
    to: str = "",
    late_lost: bool = True,
) -> None:
    """Gives the rows a column of days; where `needed`, rows without a usable one are set aside, else the value is told.

    A day after `last`, or outside the calendar, is not usable. What a row after `last` would have told is lost, but
    where other files hold those days (`late_lost`).
    """
    to = to or f"{name}_DAY"
    if name not in sieve.frame.columns:
        sieve.frame = sieve.frame.with_columns(pl.lit(None, pl.String).alias(name))
    held = sieve.frame.schema[name]
    found = pl.col(name).cast(pl.Date) if held == pl.Date or isinstance(held, pl.Datetime) else day(name)
    sieve.frame = sieve.frame.with_columns(found.alias(to))
    told = sieve.aside if needed else sieve.notice
    if needed:
        sieve.aside(text(name).is_null(), "no-date", name)
    first, end = (date.fromordinal(number) for number in (calendar.first, calendar.last))
    unread = text(name).is_not_null() & pl.col(to).is_null()
    outside = (pl.col(to) < first) | (pl.col(to) > end)
    late = pl.col(to) > last if last is not None else pl.lit(False)
    told(unread, "bad-date", name)
    if needed:
        sieve.aside(late, "future-date", name, lost=late_lost)
    else:
        sieve.notice(late, "future-date", name)
    told(outside & ~late, "beyond-calendar", name)
    if not needed:
        good = pl.when(~(outside | late)).then(pl.col(to))
        sieve.frame = sieve.frame.with_columns(good.alias(to))


def coded(sieve: Sieve, name: str, known: Iterable[str], code: str = "unknown-code") -> None:
    """Puts the codes of a column into capitals; one that is not known is told and left out."""
    if name not in sieve.frame.columns:
        sieve.frame = sieve.frame.with_columns(pl.lit(None, pl.String).alias(name))
    upper = text(name).str.to_uppercase()
    good = upper.is_in(list(known))
    sieve.notice(upper.is_not_null() & ~good, code, name)
    sieve.frame = sieve.frame.with_columns(pl.when(good).then(upper).alias(name))


def born(sieves: Iterable[tuple[Sieve, str]], calendar: Calendar) -> pl.DataFrame:
    """The date of birth of each child: `case` and `on`, the first that is given; rows that differ are set aside.

    `sieves` are tables with the column of the date of birth, in the order in which they are believed.
    """
    known = pl.DataFrame(schema={"case": pl.String, "on": pl.Date})
    for sieve, name in sieves:
        dated(sieve, name, calendar, last=None, needed=True, to="__born")
        first = sieve.frame.sort("row").unique("case", keep="first", maintain_order=True)
        fresh = first.select("case", on="__born").join(known, on="case", how="anti")
        known = pl.concat([known, fresh])
        sieve.frame = sieve.frame.join(known.rename({"on": "__first"}), on="case", how="left", maintain_order="left")
        sieve.aside(pl.col("__born") != pl.col("__first"), "birth-differs", name)
        sieve.frame = sieve.frame.drop("__first")
    return known


def born_after(sieve: Sieve, name: str, starts: pl.DataFrame) -> None:
    """Set aside the dates of birth that lie after the child's first day in care: `case` and `on`, its days there.

    Which of the two is wrong cannot be told, so nothing is said of the child's age.
    """
    first = starts.group_by("case").agg(__first=pl.col("on").min())
    sieve.frame = sieve.frame.join(first, on="case", how="left", maintain_order="left")
    sieve.aside(day(name) > pl.col("__first"), "born-after", name, lost=True)
    sieve.frame = sieve.frame.drop("__first")


def in_periods(sieve: Sieve, name: str, on: str, periods: pl.DataFrame) -> None:
    """Gives each row the `period` its day lies in; rows outside every period are set aside, and what they told is lost.

    A day that cannot be is a day mistyped: what was done on the right one is not missed.

    `periods` has `case`, `period`, `begun` (null where the start is not known) and `over` (null where not ended).
    """
    starts = periods.with_columns(__from=pl.col("begun").fill_null(LONG_AGO)).sort("__from", "period")
    rows = sieve.frame.sort(on, maintain_order=True)
    placed = rows.join_asof(
        starts.select("case", "period", "begun", "over", "__from"),
        left_on=on,
        right_on="__from",
        by="case",
        check_sortedness=False,
    )
    sieve.frame = placed
    sieve.aside(pl.col(on) == pl.col("begun"), "on-or-before-start", name, lost=True)
    sieve.aside(pl.col("period").is_null() | (pl.col(on) > pl.col("over")), "outside-care", name, lost=True)


def facts(kind: str, rows: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    """Facts of one kind, one a row: `case`, `id`, `on` and the fields given, in the columns of an event table."""
    schema = events_schema()
    given = {"case": pl.col("case"), "kind": pl.lit(kind), "at": pl.lit(None, pl.Int64), **columns}
    return rows.select(expr.cast(schema[name]).alias(name) for name, expr in given.items())


def event_table(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Facts of several kinds as one event table."""
    schema = {name: events_schema()[name] for name in ("case", "id", "kind", "on", "at", "period")}
    return pl.concat([pl.DataFrame(schema=schema), *tables], how="diagonal").sort("case", "id")
