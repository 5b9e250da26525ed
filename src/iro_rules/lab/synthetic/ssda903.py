"""The SSDA903 return that a made-up cohort's facts come to: children, episodes and reviews of one collection year."""

from __future__ import annotations

from datetime import date

import polars as pl

LEGAL = {
    "section_20": "V2", "interim_care": "C1", "care": "C2", "emergency_protection": "L2", "section_21": "J1",
    "section_20_short_breaks": "V4", "placement_order": "E1",
}  # fmt: skip
PLACES = {
    "foster_care": "U6", "connected_person": "U3", "childrens_home": "K2", "with_parent": "P1",
    "other_arrangements": "R1", "adoption": "A5", "short_break": "U6",
}  # fmt: skip
ENDS = ("E4A", "E4B", "E48", "E46", "E13", "E8")
ETHNIC = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "APKN", "BAFR", "OOTH", "REFU")
CATEGORIES = ("N1", "N1", "N1", "N5", "N4", "N2", "N8")
TOOK_PART = ("PN1", "PN1", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
_CHANGES = ("became_looked_after", "legal_status", "placement_started")

Tables = dict[str, pl.DataFrame]


def of_year(events: pl.DataFrame, year: int) -> Tables:
    """The tables of the collection year that ends on 31 March of `year`, by the names their files have.

    Each child looked after in the year has a row in `header` and the episodes of the year in `episodes`; `reviews`
    are those held in it, `uasc` and `missing` are there for a few. Short breaks under one agreement (V4) have no
    reviews in a return. Made up: who the child is, why care ended, how the child took part.
    """
    opens, closes = date(year - 1, 4, 1), date(year, 3, 31)
    episodes = _episodes(events)
    episodes = episodes.filter(pl.col("DECOM") <= closes, pl.col("DEC").is_null() | (pl.col("DEC") >= opens))
    ahead = pl.col("DEC") > closes
    episodes = episodes.with_columns(
        DEC=pl.when(ahead).then(None).otherwise("DEC"), REC=pl.when(ahead).then(None).otherwise("REC")
    )
    children = _children(events).join(episodes.select("CHILD").unique(), on="CHILD", how="semi")
    breaks = episodes.group_by("CHILD").agg((pl.col("LS") == "V4").all().alias("breaks")).filter("breaks")
    reviews = _reviews(events, children).filter(pl.col("REVIEW").is_between(opens, closes))
    reviews = reviews.join(breaks, on="CHILD", how="anti")
    taken = (pl.col("n") % 29 == 5) & (pl.col("DOB") > date(year - 17, 1, 1)) & (pl.col("DOB") < date(year - 14, 1, 1))
    uasc = children.filter(taken)
    away = episodes.filter(pl.col("n") % 31 == 3, pl.col("DECOM") >= opens, pl.col("DEC").is_null())
    away = away.join(children.select("CHILD", "DOB"), on="CHILD", maintain_order="left")
    return {
        "header": children.select(
            "CHILD", "SEX", "DOB", "ETHNIC", "UPN", MOTHER=pl.lit("0"), MC_DOB=pl.lit(None, pl.Date)
        ),
        "episodes": episodes.select(
            "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", PLACE_PROVIDER=pl.lit("PR1"), DEC="DEC", REC="REC",
            REASON_PLACE_CHANGE=pl.when(pl.col("RNE").is_in(["P", "B"])).then(pl.lit("CARPL")),
            HOME_POST=pl.lit(None, pl.String), PL_POST=pl.lit(None, pl.String), URN=pl.lit(None, pl.String),
        ),
        "reviews": reviews,
        "uasc": uasc.select("CHILD", "SEX", "DOB", DUC=pl.lit(None, pl.Date)),
        "missing": away.select(
            "CHILD", "DOB", MISSING=pl.lit("M"), MIS_START=pl.col("DECOM").dt.offset_by("3d"),
            MIS_END=pl.col("DECOM").dt.offset_by("4d"),
        ).filter(pl.col("MIS_END") <= closes),
    }  # fmt: skip


def _number() -> pl.Expr:
    """A number of its own for each child, from which what is made up is taken."""
    return pl.col("CHILD").str.slice(6).cast(pl.Int64) * 7_919 // 8


def _pick(values: tuple[str, ...], number: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather((number % len(values)).cast(pl.UInt32))


def _children(events: pl.DataFrame) -> pl.DataFrame:
    """One row a child that has a date of birth, in order."""
    born = events.filter(pl.col("kind") == "born").select(CHILD="case", DOB="on")
    return born.with_columns(n=_number()).with_columns(
        SEX=_pick(("M", "F"), pl.col("n") // 3),
        ETHNIC=_pick(ETHNIC, pl.col("n")),
        UPN="A" + pl.col("CHILD").str.slice(2, 3) + pl.col("n").cast(pl.String).str.zfill(9),
    )


def _episodes(events: pl.DataFrame) -> pl.DataFrame:
    """A row for each stretch of a period of care in which neither legal status nor placement changes."""
    born = events.filter(pl.col("kind") == "born").select(CHILD="case", born="on")
    rows = events.filter(pl.col("kind").is_in(_CHANGES)).select(
        CHILD="case", period=pl.col("period").cast(pl.String), on="on",
        LS=pl.col("status").cast(pl.String).replace_strict(LEGAL, default=None),
        PLACE=pl.col("type").cast(pl.String).replace_strict(PLACES, default=None),
        status=pl.col("kind") == "legal_status", moved=pl.col("kind") == "placement_started",
    )  # fmt: skip
    ended = events.filter(pl.col("kind") == "ceased_to_be_looked_after").select(
        CHILD="case", period=pl.col("period").cast(pl.String), ended="on"
    )
    keys = ["CHILD", "period"]
    days = rows.group_by(*keys, "on").agg(
        pl.col("LS").drop_nulls().last(), pl.col("PLACE").drop_nulls().last(), pl.col("status", "moved").any()
    )
    days = days.sort(*keys, "on").join(ended, on=keys, how="left", maintain_order="left")
    days = days.filter(pl.col("ended").is_null() | (pl.col("on") < pl.col("ended")))
    later = pl.col("on").shift(-1).over(keys)
    first = pl.col("on").shift(1).over(keys).is_null()
    days = days.with_columns(
        n=_number(),
        LS=pl.col("LS").forward_fill().over(keys).fill_null("V2"),
        PLACE=pl.col("PLACE").forward_fill().over(keys).fill_null("U6"),
        DEC=later.fill_null(pl.col("ended")),
        goes_on=later.is_not_null(),
        RNE=pl.when(first)
        .then(pl.lit("S"))
        .when(pl.col("status") & pl.col("moved"))
        .then(pl.lit("B"))
        .when("status")
        .then(pl.lit("L"))
        .otherwise(pl.lit("P")),
    )
    days = days.join(born, on="CHILD", how="inner", maintain_order="left")
    grown = pl.col("DEC") >= pl.col("born").dt.offset_by("18y")
    end = pl.when(pl.col("PLACE") == "A5").then(pl.lit("E11")).when(grown).then(pl.lit("E17"))
    return days.with_columns(
        DECOM="on",
        CIN=_pick(CATEGORIES, pl.col("n") // 5),
        REC=pl.when(pl.col("goes_on"))
        .then(pl.lit("X1"))
        .when(pl.col("DEC").is_not_null())
        .then(end.otherwise(_pick(ENDS, pl.col("n") // 7))),
    )


def _reviews(events: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """A row for each review held, with how the child took part: under four not at all."""
    held = events.filter(pl.col("kind") == "review_held").select(CHILD="case", REVIEW="on").unique()
    held = held.join(children.select("CHILD", "DOB", "n"), on="CHILD").sort("CHILD", "REVIEW")
    young = pl.col("REVIEW") <= pl.col("DOB").dt.offset_by("4y")
    spoke = _pick(TOOK_PART, pl.col("n") + pl.col("REVIEW").cast(pl.Int32))
    return held.select("CHILD", "DOB", "REVIEW", REVIEW_CODE=pl.when(young).then(pl.lit("PN0")).otherwise(spoke))
