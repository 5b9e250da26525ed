"""The reader of SSDA903 returns: one collection year, with the year before it where its files are at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import attrs
import polars as pl

from iro_rules.cohorts.care import born, born_after, coded, dated, day, event_table, facts, in_periods, text, usable
from iro_rules.cohorts.coverage import bits_of
from iro_rules.cohorts.parts import Part
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.sources import FactSource, ReadOptions, Tables
from iro_rules.cohorts.ssda903_codes import closes, codes, opens, year_of
from iro_rules.cohorts.ssda903_files import scan_return
from iro_rules.cohorts.ssda903_periods import Care, care_of
from iro_rules.cohorts.ssda903_years import different, of_year
from iro_rules.cohorts.unread import lost_with
from iro_rules.engines.columnar import SINCE
from iro_rules.errors import CaseError
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import BITS, names_of

NAME = "ssda903"
BEFORE = "_last_year"
OPTIONS = ("year", "last_year")

_OF_TABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "episodes": (
            "became_looked_after",
            "ceased_to_be_looked_after",
            "legal_status",
            "placement_started",
            "placement_ended",
        ),
        "reviews": ("review_held",),
        "header": ("born",),
    }
)
"""Which table of the return shows which kinds of facts."""


@attrs.frozen
class Years:
    """The collection year that was read, and whether the year before it was too."""

    year: int
    both: bool

    @property
    def first_days(self) -> tuple[date, ...]:
        """The first day of each year that was read, in order."""
        return (*((opens(self.year - 1),) if self.both else ()), opens(self.year))

    @property
    def first_day(self) -> date:
        """From which day on the files hold every review."""
        return self.first_days[0]


def open_ssda903(source: Path, options: ReadOptions) -> FactSource:
    """A return as a source of facts.

    `source` is a folder of CSV files, known by their columns, or an XML file. `options.more["year"]` is the collection
    year by the year it ends in (2025, or 2024/25) and has to be given, since no file of a return says it;
    `options.more["last_year"]` is where the year before stands. `options.extracted` shortens the year for a return
    that is taken before its end. Raises CaseError for what is no return, and for options that are not known.
    """
    for name in options.more:
        if name not in OPTIONS:
            raise CaseError("there is no such option of this reader", value=name, right=" or ".join(OPTIONS))
    if options.more.get("year") is None:
        raise CaseError(
            "the collection year is not said, and no file of a return says it",
            where=str(source),
            right="the year it ends in, such as 2025 for 1 April 2024 to 31 March 2025",
        )
    year, before = year_of(options.more["year"]), options.more.get("last_year")
    notes: list[str] = []
    tables = dict(scan_return(Path(source), spool=options.spool / "this", notes=notes))
    present = set(tables)
    told = of_year(tables, year, where=Path(source), extracted=options.extracted)
    if before is not None:
        different(Path(source), Path(before))
        last = scan_return(Path(before), spool=options.spool / "last", notes=notes)
        told += of_year(last, year - 1, where=Path(before))
        tables |= {f"{name}{BEFORE}": frame for name, frame in last.items()}
        # A table counts as there only where both years have it: half of the reviews are no ground to miss one.
        present &= set(last)
    years = Years(year, before is not None)
    notes[:0] = [_said(years), *told]
    if "episodes" not in present:
        notes.append(
            "the table episodes is not here, or not of both years: unless another source tells periods of care, all "
            "reviews of a child are taken to be of one period"
        )
    kinds = [kind for table, kinds in _OF_TABLE.items() if table in present for kind in kinds]
    return FactSource(
        name=NAME,
        tables=tables,
        to_part=_to_part(years, options, bits_of(Coverage.only(*kinds)), "episodes" in present),
        coverage=Coverage.only(*kinds),
        shown_by=_shown_by(present, years),
        notes=tuple(notes),
        until=_last_day(years, options),
    )


def _last_day(years: Years, options: ReadOptions) -> date:
    last = closes(years.year)
    return last if options.extracted is None else min(last, options.extracted)


def _shown_by(present: set[str], years: Years) -> dict[str, str]:
    """Which table would show what is not known: one that was not given, or else one of a year before those read."""
    whose = "an earlier year's return" if years.both else "last year's return"
    return {
        kind: f"the table {table} of {whose if table in present else 'an SSDA903 return'}"
        for table, kinds in _OF_TABLE.items()
        for kind in kinds
    }


def _said(years: Years) -> str:
    span = f"collection year {years.year - 1}/{years.year % 100:02} ({opens(years.year)} to {closes(years.year)})"
    if years.both:
        return f"{span}, with the year before it"
    return f"{span} alone: of children whose care began before it, first reviews cannot be judged"


def _to_part(
    years: Years, options: ReadOptions, covered: int, with_episodes: bool
) -> Callable[[Tables, pl.Series], Part]:
    last = _last_day(years, options)

    def until(sieve: Sieve) -> date:
        return min(last, closes(years.year - 1)) if sieve.table.endswith(BEFORE) else last

    def to_part(tables: Tables, ids: pl.Series) -> Part:
        sieves = {name: Sieve(name, frame) for name, frame in tables.items()}
        for sieve in sieves.values():
            usable(sieve)
        _seen_once(sieves, "episodes", ("DECOM",), lambda sieve: _dates_of_episodes(sieve, options, until(sieve)))
        _seen_once(
            sieves,
            "reviews",
            ("REVIEW",),
            lambda sieve: _days_of_reviews(sieve, options, until(sieve)),
        )
        for name, sieve in sieves.items():
            year = years.year - 1 if name.endswith(BEFORE) else years.year
            for column in _CODED.get(name.removesuffix(BEFORE), ()):
                if column in _NEEDED:
                    sieve.notice(text(column).is_null(), "no-code", column)
                coded(sieve, column, codes(column, year))
        found: list[pl.DataFrame] = []
        care = None
        if with_episodes:
            care = _care(sieves, years)
            found.append(care.events)
            for name, sieve in sieves.items():
                if not name.startswith("episodes"):
                    sieve.aside(~pl.col("case").is_in(care.unsure["case"].implode()), "no-episode", "CHILD")
        found += [_reviews(sieve, care) for name, sieve in sieves.items() if name.startswith("reviews")]
        found.append(_born(sieves, options))
        return _part(found, sieves, _covered(ids, covered, care, years))

    return to_part


_SAID = {"episodes": ("RNE", "LS", "PLACE", "DEC", "REC")}
"""What two rows of one child and day have to say alike, to be one row twice."""

_NEEDED = ("RNE", "LS", "PLACE")
_CODED = {"episodes": ("RNE", "LS", "PLACE", "REC"), "reviews": ("REVIEW_CODE",)}


def _dated(sieve: Sieve, name: str, options: ReadOptions, last: date) -> None:
    # What came after last year, this year's files hold.
    dated(sieve, name, options.calendar, last=last, needed=True, late_lost=not sieve.table.endswith(BEFORE))


def _days_of_reviews(sieve: Sieve, options: ReadOptions, last: date) -> None:
    # A return may have such a row for a child who had no review.
    sieve.aside(text("REVIEW").is_null() & text("REVIEW_CODE").is_null(), "no-review", "REVIEW")
    _dated(sieve, "REVIEW", options, last)


def _dates_of_episodes(sieve: Sieve, options: ReadOptions, last: date) -> None:
    _dated(sieve, "DECOM", options, last)
    dated(sieve, "DEC", options.calendar, last=last, needed=False)
    sieve.aside(pl.col("DEC_DAY") <= pl.col("DECOM_DAY"), "ends-before-start", "DEC")


def _seen_once(sieves: Mapping[str, Sieve], table: str, key: tuple[str, ...], look: Callable[[Sieve], None]) -> None:
    """Each child and day once: this year's files before last year's, and the first row before a later one."""
    seen: pl.DataFrame | None = None
    names = ["case", *(f"{name}_DAY" for name in key)]
    for name in (table, f"{table}{BEFORE}"):
        if name not in sieves:
            continue
        sieve = sieves[name]
        look(sieve)
        sieve.frame = sieve.frame.sort("row")
        again = ~pl.struct(names).is_first_distinct()
        if table in _SAID:
            said = pl.struct(text(name).str.to_uppercase() for name in _SAID[table] if name in sieve.frame.columns)
            # Which of them is right cannot be told, so none is used.
            sieve.aside(said.n_unique().over(names) > 1, "same-day", key[0])
        sieve.aside(again, "duplicate", key[0])
        if seen is not None:
            marked = sieve.frame.join(seen.with_columns(__seen=True), on=names, how="left", maintain_order="left")
            sieve.frame = marked
            sieve.aside(pl.col("__seen"), "continued", key[0])
        seen = sieve.frame.select(names)


def _care(sieves: Mapping[str, Sieve], years: Years) -> Care:
    """The care of all children, from the episodes of both years in one chain."""
    columns = ["case", "row", "DECOM", "DECOM_DAY", "DEC", "DEC_DAY", "RNE", "LS", "PLACE", "REC"]
    both = [sieves[name] for name in ("episodes", f"episodes{BEFORE}") if name in sieves]
    whole = Sieve("episodes", pl.concat([sieve.frame.select(columns) for sieve in both]))
    care = care_of(whole, years.first_days)
    both[0].more_notices(whole.notices)
    return care


def _reviews(sieve: Sieve, care: Care | None) -> pl.DataFrame:
    if care is None:
        sieve.frame = sieve.frame.with_columns(period=pl.lit(None, pl.String))
    else:
        breaks = care.unsure.filter("breaks")["case"]
        sieve.aside(pl.col("case").is_in(breaks.implode()), "short-breaks", "REVIEW")
        in_periods(sieve, "REVIEW", "REVIEW_DAY", care.periods)
    key = pl.col("REVIEW_DAY").dt.to_string("%Y-%m-%d")
    return facts(
        "review_held", sieve.frame, id=pl.format("903.review.{}", key), on=pl.col("REVIEW_DAY"), review=key,
        period=pl.col("period"),
    )  # fmt: skip


def _born(sieves: Mapping[str, Sieve], options: ReadOptions) -> pl.DataFrame:
    believed = [f"{table}{year}" for table in ("header", "uasc") for year in ("", BEFORE)]
    starts = [
        sieve.frame.select("case", on="DECOM_DAY") for name, sieve in sieves.items() if name.startswith("episodes")
    ]
    for name in believed if starts else ():
        if name in sieves:
            born_after(sieves[name], "DOB", pl.concat(starts))
    known = born([(sieves[name], "DOB") for name in believed if name in sieves], options.calendar)
    for name, sieve in sieves.items():
        # The review may be another child's: it counts for the one it names, and the difference is told.
        if name.startswith("reviews") and "DOB" in sieve.frame.columns:
            sieve.frame = sieve.frame.join(known.rename({"on": "__born"}), on="case", how="left", maintain_order="left")
            sieve.notice(day("DOB") != pl.col("__born"), "birth-differs", "DOB")
    return facts("born", known, id=pl.lit("903.born"), on=pl.col("on"))


def _covered(ids: pl.Series, covered: int, care: Care | None, years: Years) -> pl.DataFrame:
    """What is covered for each child: less where its episodes do not tell, or from the first day of the files on."""
    cases = pl.DataFrame({"case": ids}).with_columns(subject=pl.lit("child"), covered=pl.lit(covered, pl.Int64))
    if care is None:
        # Whose care began before the years that were read is not known, so it may be anybody's.
        held = covered & BITS["review_held"]
        since = {f"{SINCE}{kind}": pl.lit(years.first_day) for kind in names_of(held)}
        return cases.with_columns(covered=pl.lit(covered & ~held, pl.Int64), **since)
    cases = cases.join(care.unsure, on="case", how="left", maintain_order="left")
    lost = {
        "start": BITS["became_looked_after"] | BITS["review_held"],
        "ceased": BITS["ceased_to_be_looked_after"],
        "placement": BITS["placement_started"] | BITS["placement_ended"],
        "breaks": BITS["review_held"],
        "status": BITS["legal_status"],
    }
    bits = pl.col("covered")
    for name, less in lost.items():
        # A child without a usable episode is known for nothing at all.
        bits = pl.when(pl.col(name).fill_null(True)).then(bits & ~pl.lit(less, pl.Int64)).otherwise(bits)
    dated = names_of(covered & lost["start"])
    begun = pl.when("start", "early").then(pl.lit(years.first_day))
    return cases.select("case", "subject", covered=bits, **{f"{SINCE}{kind}": begun for kind in dated})


def _part(found: list[pl.DataFrame], sieves: Mapping[str, Sieve], cases: pl.DataFrame) -> Part:
    rejects, notices = (pl.concat(getattr(sieve, what) for sieve in sieves.values()) for what in ("rejects", "notices"))
    shows = {name: _OF_TABLE.get(name.removesuffix(BEFORE), ()) for name in sieves}
    counts = {name: sieve.count for name, sieve in sieves.items()}
    return Part(event_table(found), cases, rejects, notices, counts, lost_with(sieves, shows))
