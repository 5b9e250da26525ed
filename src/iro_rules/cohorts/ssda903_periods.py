"""Periods of care rebuilt from the episodes of a return, and the facts that episodes are.

An episode goes on from the one before it on the day that one ended, unless it is marked as a new start (RNE of S). Only
a period whose first episode is marked so, and begins in the years that were read, has a known start: the reviews of an
earlier one are not in the files, so nothing may be said of their absence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import polars as pl

from iro_rules.cohorts.care import event_table, facts
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.ssda903_codes import CONTINUES, LEGAL_STATUS, PLACEMENT_TYPE, SHORT_BREAKS, SINGLE_BREAKS

MOVES = ("S", "P", "T", "B", "U")
"""Reasons for a new episode with which a placement starts."""


@attrs.frozen(eq=False)
class Care:
    """What the episodes of some children come to.

    `periods` has `case`, `period`, `begun` (null: not known) and `over` (null: not ended). `unsure` has for each child
    what its episodes cannot tell: `start`, `ceased`, `placement` and `status`, true or false, and `breaks`, whether in
    one of the years it was only in short breaks: the return of that year holds no review of it. Where `early`, its
    periods are told apart, none is in short breaks, and all that is not known of their starts is the first one, from
    before the years that were read.
    """

    events: pl.DataFrame
    periods: pl.DataFrame
    unsure: pl.DataFrame


def care_of(sieve: Sieve, years: Sequence[date]) -> Care:
    """From usable episodes: `DECOM_DAY`, `DEC_DAY` and codes in the lists, one row for each child and day.

    `years` are the first days of the years that were read, in order.
    """
    sieve.notice(pl.col("DEC_DAY").is_null() != pl.col("REC").is_null(), "end-without-reason", "REC")
    rows = _chained(sieve.frame)
    sieve.frame = rows
    sieve.notice(pl.col("overlaps"), "overlap", "DECOM")
    sieve.notice(pl.col("unended"), "not-ended", "DECOM")
    sieve.notice(
        (pl.col("REC") == CONTINUES) & pl.col("DEC_DAY").is_not_null() & pl.col("last"), "no-next-episode", "REC"
    )
    rows = rows.with_columns(period=pl.col("DECOM_DAY").first().over("case", "number").dt.to_string("%Y-%m-%d"))
    rows = rows.with_columns(_known(years[0]).over("case", "number").alias("known"))
    return Care(_events(rows), _periods(rows), _unsure(rows, years))


def _chained(frame: pl.DataFrame) -> pl.DataFrame:
    """Episodes in order, each with the `number` of its period and whether it is the `first` or `last` of it."""
    rows = frame.sort("case", "DECOM_DAY", "row")
    before = {name: pl.col(name).shift(1).over("case") for name in ("DEC", "DEC_DAY", "REC", "LS", "DECOM_DAY")}
    ended = before["DEC_DAY"].is_not_null() & before["REC"].is_not_null() & (before["REC"] != CONTINUES)
    gap = (pl.col("DECOM_DAY") > before["DEC_DAY"]).fill_null(False)
    # A status that is not known is none of a break: the period goes on.
    breaks = (pl.col("LS") == SINGLE_BREAKS).fill_null(False) != (before["LS"] == SINGLE_BREAKS).fill_null(False)
    new = before["DECOM_DAY"].is_null() | (pl.col("RNE") == "S").fill_null(False) | ended | gap | breaks
    rows = rows.with_columns(
        first=new,
        overlaps=(before["DEC_DAY"] > pl.col("DECOM_DAY")).fill_null(False),
        unended=before["DECOM_DAY"].is_not_null() & (before["DEC"].str.strip_chars().fill_null("") == ""),
        number=new.cast(pl.Int32).cum_sum().over("case"),
    )
    after = pl.col("number").shift(-1).over("case")
    return rows.with_columns(last=after.is_null() | (after != pl.col("number")))


def _known(first_day: date) -> pl.Expr:
    opening = (pl.col("RNE").first() == "S") & (pl.col("DECOM_DAY").first() >= first_day)
    return opening.fill_null(False) & (pl.col("LS") != SINGLE_BREAKS).fill_null(True).all()


def _ends() -> pl.Expr:
    """Whether care ended with this episode: the last of its period, with a day and a reason that is an end."""
    return pl.col("last") & pl.col("DEC_DAY").is_not_null() & (pl.col("REC") != CONTINUES).fill_null(False)


def _events(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(status=pl.col("LS").replace_strict(LEGAL_STATUS, default=None, return_dtype=pl.String))
    changed = pl.col("status").ne_missing(pl.col("status").shift(1).over("case", "number"))
    starts = rows.filter(pl.col("first") & pl.col("known"))
    statuses = rows.filter(changed & pl.col("status").is_not_null() & ~(pl.col("first") & pl.col("known")))
    period, status = pl.col("period"), pl.col("status")
    care = rows.filter((pl.col("LS") != SINGLE_BREAKS).fill_null(True))
    ends = care.filter(_ends())
    moved = care.filter(pl.col("RNE").is_in(MOVES))
    moved = moved.with_columns(placement=pl.col("DECOM_DAY").dt.to_string("%Y-%m-%d"))
    kind = pl.col("PLACE").replace_strict(PLACEMENT_TYPE, default=None, return_dtype=pl.String)
    left = _left(care, moved)
    return event_table(
        [
            facts("became_looked_after", starts, id=_id("start"), on=pl.col("DECOM_DAY"), period=period, status=status),
            facts("ceased_to_be_looked_after", ends, id=_id("end"), on=pl.col("DEC_DAY"), period=period),
            facts("legal_status", statuses, id=_id("status"), on=pl.col("DECOM_DAY"), period=period, status=status),
            facts("placement_started", moved, id=_id("placement"), on=pl.col("DECOM_DAY"), period=period,
                  placement=pl.col("placement"), type=kind),
            facts("placement_ended", left, id=_id("left"), on=pl.col("left_on"), period=period,
                  placement=pl.col("placement")),
        ]
    )  # fmt: skip


def _left(care: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    """The placements that ended, each on the day the next began, or else on the day care ended."""
    over = care.filter(_ends()).select("case", "number", over="DEC_DAY")
    rows = moved.join(over, on=["case", "number"], how="left", maintain_order="left")
    following = pl.col("DECOM_DAY").shift(-1).over("case", "number")
    return rows.with_columns(left_on=pl.coalesce(following, "over")).filter(pl.col("left_on").is_not_null())


def _id(what: str) -> pl.Expr:
    return pl.format("903.{}.{}", pl.lit(what), pl.col("DECOM_DAY").dt.to_string("%Y-%m-%d"))


def _periods(rows: pl.DataFrame) -> pl.DataFrame:
    over = pl.when(_ends()).then(pl.col("DEC_DAY"))
    return rows.group_by("case", "period", maintain_order=True).agg(
        begun=pl.when(pl.col("RNE").first() == "S").then(pl.col("DECOM_DAY").first()), over=over.last()
    )


def _only_breaks(years: Sequence[date]) -> pl.Expr:
    """Whether all episodes of a child in one of the years are of short breaks."""
    breaks = pl.col("LS").is_in(SHORT_BREAKS).fill_null(False)
    found = []
    for first in years:
        after = first.replace(year=first.year + 1)
        within = (pl.col("DECOM_DAY") < after) & (pl.col("DEC_DAY").is_null() | (pl.col("DEC_DAY") >= first))
        found.append(within.any() & (breaks | ~within).all())
    return pl.any_horizontal(found)


def _unsure(rows: pl.DataFrame, years: Sequence[date]) -> pl.DataFrame:
    begun_before = (pl.col("number") == pl.col("number").min().over("case")) & (
        pl.col("DECOM_DAY").first().over("case", "number") < years[0]
    )
    open_before = pl.col("last") & ~_ends() & (pl.col("number") < pl.col("number").max().over("case"))
    unended = pl.col("last") & (pl.col("DEC_DAY").is_not_null() | pl.col("REC").is_not_null()) & ~_ends()
    return rows.group_by("case").agg(
        start=(~pl.col("known")).any(),
        early=(pl.col("known") | begun_before).all()
        & ~(pl.col("LS").is_in(SHORT_BREAKS).fill_null(False) | pl.col("overlaps") | pl.col("unended")).any(),
        ceased=(open_before | unended).any(),
        placement=(pl.col("first") & ~pl.col("RNE").is_in(MOVES).fill_null(False)).any(),
        breaks=_only_breaks(years),
        status=pl.col("LS").is_null().any(),
    )
