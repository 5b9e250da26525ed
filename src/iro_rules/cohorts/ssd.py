"""The reader of the Standard Safeguarding Dataset: its tables, put together by child and by period of care."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from iro_rules.cohorts.care import born, born_after, dated, event_table, facts, in_periods, usable
from iro_rules.cohorts.coverage import bits_of
from iro_rules.cohorts.layout import CASE_KEY
from iro_rules.cohorts.parts import Part
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.sources import FactSource, ReadOptions, Tables
from iro_rules.cohorts.ssd_columns import CANCELLED, KNOWN_REASONS, NOT_CANCELLED, NOTHING, TABLES, Maps, plain
from iro_rules.cohorts.ssd_coverage import covered_of
from iro_rules.cohorts.ssd_tables import is_sqlite, scan_database, scan_folder
from iro_rules.cohorts.ssda903_codes import CONTINUES
from iro_rules.cohorts.unread import lost_with
from iro_rules.errors import CaseError
from iro_rules.facts import Coverage
from iro_rules.formats.safe_json import Limits, read_bytes

NAME = "ssd"
OPTIONS = ("maps", "schema", "years")
YEARS = 6
"""How many years back the dataset goes, by its specification."""


def open_ssd(source: Any, options: ReadOptions) -> FactSource:
    """The dataset as a source of facts.

    `source` is a folder with a CSV file for each table, called like the table; or a database, as an SQLAlchemy engine
    or an address with `://` in it, or a file whose only line is such an address (so that no password has to stand on
    a command line), or the file of an SQLite database. `options.extracted`, the day the tables were made, has to be
    given. Of `options.more`, `maps` are the council's codes (see `Maps.of`), `schema` the database's, and `years` how
    far back the tables go (6). Days on which something was due are never read. Raises CaseError for what cannot be
    read.
    """
    for name in options.more:
        if name not in OPTIONS:
            raise CaseError("there is no such option of this reader", value=name, right=", ".join(OPTIONS))
    if options.extracted is None:
        raise CaseError("the day the tables were made is not said", right="the option extracted, such as 2026-03-02")
    years = options.more.get("years", YEARS)
    years = int(years) if isinstance(years, str) and years.isdecimal() else years
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= 30:
        raise CaseError("years is not how far back the tables go", value=years, right="a number from 1 to 30")
    maps, notes = Maps.of(options.more.get("maps")), list[str]()
    if isinstance(source, str) and "://" not in source:
        source = Path(source)
    if isinstance(source, Path) and not source.is_file():
        scanned = scan_folder(source, spool=options.spool / NAME, notes=notes)
    else:
        database = _database(source) if isinstance(source, Path) else source
        schema = options.more.get("schema")
        scanned = scan_database(database, schema=schema, spool=options.spool / NAME, notes=notes)
    if "ssd_cla_episodes" not in scanned:
        right = "at least ssd_cla_episodes, without which nobody is known to be looked after"
        raise CaseError("the tables of the dataset are not here", right=right)
    tables, kinds = _by_child(scanned, maps, notes)
    first_day = _years_before(options.extracted, years)
    notes.insert(0, f"tables of {options.extracted}, taken to hold what happened from {first_day} on")
    if "ssd_cla_reviews" in tables:
        notes.append("some systems leave out reviews that are not written up yet: such a review looks as if not held")
    shown = {kind: f"the table {name} of the dataset" for name, table in TABLES.items() for kind in table.shows}
    return FactSource(
        name=NAME,
        tables=tables,
        to_part=_to_part(options, maps, first_day, bits_of(Coverage.only(*kinds))),
        coverage=Coverage.only(*kinds),
        neighbourly=None,
        shown_by=shown,
        notes=tuple(notes),
        until=options.extracted,
    )


def _database(path: Path) -> Path | str:
    """A file that is an SQLite database, or else the address of a database that it holds; no message shows that."""
    if is_sqlite(path):
        return path
    data = read_bytes(path, Limits(size=4_096))
    try:
        address = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise CaseError("the file is not UTF-8 text", value=str(path)) from error
    if "://" not in address or "\n" in address:
        raise CaseError("the file does not hold the address of a database", value=str(path), right="dialect://...")
    return address


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _by_child(
    scanned: Mapping[str, pl.LazyFrame], maps: Maps, notes: list[str]
) -> tuple[dict[str, pl.LazyFrame], list[str]]:
    """Each table with the child its rows are about, and the kinds of facts that are covered."""
    periods = scanned["ssd_cla_episodes"]
    found: dict[str, pl.LazyFrame] = {}
    kinds: list[str] = []
    for name, frame in scanned.items():
        if not TABLES[name].shows:
            continue
        columns = frame.collect_schema().names()
        if "person" not in columns:
            by = "referral" if "referral" in columns else "cla"
            other = scanned.get("ssd_cin_episodes") if by == "referral" else periods
            if other is None or by not in other.collect_schema().names():
                notes.append(f"{name} does not say whose rows they are, and nothing else does; it is not read")
                continue
            frame = frame.join(_whose(other, by), on=by, how="left", maintain_order="left")
        elif "cla" in columns and name != "ssd_cla_episodes" and "cla" in periods.collect_schema().names():
            whose = _whose(periods, "cla").rename({"person": "__whose"})
            frame = frame.join(whose, on="cla", how="left", maintain_order="left")
        shown = TABLES[name].shows
        if name == "ssd_involvements":
            frame, any_iro = _of_roles(frame, maps, notes)
            shown = shown if any_iro else ()
        found[name] = frame.rename({"person": "case"})
        kinds += shown
    return found, kinds


def _whose(frame: pl.LazyFrame, by: str) -> pl.LazyFrame:
    """Whose each period or referral is; one that two children have is nobody's."""
    pairs = frame.filter(pl.col(by).is_not_null() & pl.col("person").is_not_null()).select(by, "person")
    return pairs.unique().unique(by, keep="none")


def _of_roles(frame: pl.LazyFrame, maps: Maps, notes: list[str]) -> tuple[pl.LazyFrame, bool]:
    """The involvements of roles that are mapped, and whether any is an IRO's."""
    counts = frame.group_by("ROLE").len().collect(engine="streaming").sort("len", "ROLE", descending=[True, False])
    meanings = {role: maps.roles.get(plain(role)) for role in counts["ROLE"].drop_nulls()}
    known = [role for role, meaning in meanings.items() if meaning is not None]
    others = counts.filter(~pl.col("ROLE").is_in(known).fill_null(False))
    if len(others):
        some = ", ".join(f"{role or 'no role'} ({count})" for role, count in others.head(10).iter_rows())
        notes.append(f"{others['len'].sum()} involvements of {len(others)} other roles are not read: {some}")
    any_iro = "iro" in meanings.values()
    if not any_iro:
        notes.append("no involvement has the role of an IRO, so nothing is said of appointments; see the map roles")
    else:
        notes.append("the day an involvement was recorded to begin is taken for the day of the appointment")
    return frame.filter(pl.col("ROLE").is_in(known)), any_iro


def _to_part(options: ReadOptions, maps: Maps, first_day: date, covered: int) -> Callable[[Tables, pl.Series], Part]:
    last = options.extracted

    def to_part(tables: Tables, ids: pl.Series) -> Part:
        sieves = {name: Sieve(name, frame) for name, frame in tables.items()}
        for sieve in sieves.values():
            usable(sieve)
            if "__whose" in sieve.frame.columns:
                sieve.aside(pl.col("case") != pl.col("__whose"), "other-child", "cla", lost=True)
        look = _Look(sieves, options, last)
        periods = look.periods(first_day)
        found = [look.births(periods), *look.reviews(periods), *look.visits(periods), *look.placements(periods, maps)]
        statuses, unmapped = look.statuses(periods, maps)
        found += [*look.care(periods, statuses), *statuses, *look.involvements(periods, maps)]
        cases = covered_of(ids, periods, unmapped, covered, first_day)
        rejects, notices = (
            pl.concat(getattr(sieve, what) for sieve in sieves.values()) for what in ("rejects", "notices")
        )
        counts = {name: sieve.count for name, sieve in sieves.items()}
        lost = lost_with(sieves, {name: TABLES[name].shows for name in sieves})
        return Part(event_table(found), cases, rejects, notices, counts, lost)

    return to_part


class _Look:
    """The rows of some children while they are looked at, table by table."""

    def __init__(self, sieves: Mapping[str, Sieve], options: ReadOptions, last: date | None) -> None:
        self._sieves, self._calendar, self._last = sieves, options.calendar, last

    def _dated(self, sieve: Sieve, *, needed: str, other: str = "") -> None:
        dated(sieve, needed, self._calendar, last=self._last, needed=True)
        if other:
            dated(sieve, other, self._calendar, last=self._last, needed=False)
            sieve.aside(pl.col(f"{other}_DAY") < pl.col(f"{needed}_DAY"), "ends-before-start", other)

    def _in_care(self, name: str, periods: pl.DataFrame) -> Sieve | None:
        """The sieve of a table, less the rows of children who were never in care."""
        sieve = self._sieves.get(name)
        if sieve is not None:
            sieve.aside(~pl.col("case").is_in(periods["case"].implode()), "no-episode", "case")
        return sieve

    def periods(self, first_day: date) -> pl.DataFrame:
        """Periods of care: `case`, `period`, `begun`, `over`, whether `early` (before the tables) and `unended`."""
        sieve = self._sieves["ssd_cla_episodes"]
        for name in ("cla", "RNE", "REC", "ENTERED"):
            if name not in sieve.frame.columns:
                sieve.frame = sieve.frame.with_columns(pl.lit(None, pl.String).alias(name))
        self._dated(sieve, needed="START", other="END")
        dated(sieve, "ENTERED", self._calendar, last=self._last, needed=False)
        sieve.frame = sieve.frame.sort("case", "START_DAY", "row")
        sieve.aside(~pl.struct("case", "cla", "START_DAY", "END_DAY").is_first_distinct(), "duplicate", "START")
        named = pl.when(pl.col("cla").str.contains(CASE_KEY)).then("cla")
        day = pl.coalesce("ENTERED_DAY", "START_DAY").dt.to_string("%Y-%m-%d")
        ends = pl.col("REC").str.to_uppercase().str.extract(r"^([A-Z]\d{1,2}[AB]?)\b")
        goes_on = pl.col("REC").is_not_null() & (ends == CONTINUES).fill_null(False)
        sieve.notice(pl.col("END_DAY").is_null() & pl.col("REC").is_not_null(), "end-without-reason", "REC")
        rows = sieve.frame.with_columns(
            period=pl.coalesce(named, day), goes_on=goes_on, known=ends.is_in(KNOWN_REASONS)
        )
        starts = (pl.col("RNE").str.to_uppercase().str.extract(r"^(S)\b") == "S").first().fill_null(False)
        found = rows.group_by("case", "period", maintain_order=True).agg(
            begun=pl.coalesce(pl.col("ENTERED_DAY").min(), pl.when(starts).then(pl.col("START_DAY").first())),
            open=pl.col("END_DAY").is_null().any(),
            over=pl.col("END_DAY").max(),
            unended=(pl.col("goes_on").last() & pl.col("END_DAY").last().is_not_null())
            | (pl.col("END_DAY").is_null() & pl.col("REC").is_not_null()).any(),
        )
        over = pl.when(~pl.col("open") & ~pl.col("unended")).then("over")
        early = pl.col("begun").is_null() | (pl.col("begun") < first_day)
        found = found.with_columns(over=over, early=early).sort("case", "begun", "period")
        self._in_turn(sieve, rows, found)
        found = found.drop("open")
        return found.with_columns(number=pl.col("period").cum_count().over("case"))

    def _in_turn(self, sieve: Sieve, rows: pl.DataFrame, periods: pl.DataFrame) -> None:
        """Tell of periods that begin before the one before them has ended, and of one whose next episode is missing."""
        before = {name: pl.col(name).shift(1).over("case") for name in ("over", "open", "period")}
        turns = periods.select(
            "case",
            "period",
            overlaps=before["over"] > pl.col("begun"),
            after_open=before["period"].is_not_null() & before["open"],
        )
        place, number = pl.int_range(pl.len()).over("case", "period"), pl.len().over("case", "period")
        sieve.frame = rows.join(turns, on=["case", "period"], how="left", maintain_order="left").with_columns(
            opens=place == 0, closes=place == number - 1
        )
        sieve.notice(pl.col("opens") & pl.col("overlaps"), "overlap", "START")
        sieve.notice(pl.col("opens") & pl.col("after_open"), "not-ended", "START")
        sieve.notice(pl.col("closes") & pl.col("goes_on") & pl.col("END_DAY").is_not_null(), "no-next-episode", "REC")

    def births(self, periods: pl.DataFrame) -> pl.DataFrame:
        """The dates of birth, of children in care and of others."""
        if "ssd_person" in self._sieves:
            born_after(self._sieves["ssd_person"], "DOB", periods.select("case", on="begun"))
        given = [(self._sieves[name], "DOB") for name in ("ssd_person",) if name in self._sieves]
        return facts("born", born(given, self._calendar), id=pl.lit("ssd.born"), on=pl.col("on"))

    def care(self, periods: pl.DataFrame, statuses: list[pl.DataFrame]) -> list[pl.DataFrame]:
        """The starts and ends of periods; a start has the legal status that begins with it."""
        status = pl.DataFrame(schema={"case": pl.String, "period": pl.String, "begun": pl.Date, "status": pl.String})
        for some in statuses:
            cast = some.select("case", pl.col("period").cast(pl.String), pl.col("status").cast(pl.String), begun="on")
            status = cast.unique(["case", "period", "begun"], keep="first", maintain_order=True)
        known = periods.filter(~pl.col("early"))
        starts = known.join(status, on=["case", "period", "begun"], how="left", maintain_order="left")
        ends = periods.filter(pl.col("over").is_not_null())
        period, with_it = pl.col("period"), pl.col("status")
        return [
            facts("became_looked_after", starts, id=_id("start"), on=pl.col("begun"), period=period, status=with_it),
            facts("ceased_to_be_looked_after", ends, id=_id("end"), on=pl.col("over"), period=period),
        ]  # fmt: skip

    def reviews(self, periods: pl.DataFrame) -> list[pl.DataFrame]:
        """The reviews that were held."""
        sieve = self._in_care("ssd_cla_reviews", periods)
        if sieve is None:
            return []
        if "CANCELLED" in sieve.frame.columns:
            said = pl.col("CANCELLED").str.to_lowercase()
            sieve.aside(said.is_in(CANCELLED), "cancelled", "CANCELLED")
            sieve.aside(~said.is_in(NOT_CANCELLED), "unknown-code", "CANCELLED")
        sieve.aside(pl.col("HELD").is_null(), "not-held", "HELD")
        self._dated(sieve, needed="HELD")
        sieve.frame = sieve.frame.sort("row")
        sieve.aside(~pl.struct("case", "HELD_DAY").is_first_distinct(), "duplicate", "HELD")
        in_periods(sieve, "HELD", "HELD_DAY", periods)
        day = pl.col("HELD_DAY").dt.to_string("%Y-%m-%d")
        key = pl.when(pl.col("review").str.contains(CASE_KEY)).then("review").otherwise(day)
        return [
            facts("review_held", sieve.frame, id=pl.format("ssd.review.{}", day), on=pl.col("HELD_DAY"), review=key,
                  period=pl.col("period"))
        ]  # fmt: skip

    def visits(self, periods: pl.DataFrame) -> list[pl.DataFrame]:
        """The social worker's visits."""
        sieve = self._in_care("ssd_cla_visits", periods)
        if sieve is None:
            return []
        self._dated(sieve, needed="VISITED")
        in_periods(sieve, "VISITED", "VISITED_DAY", periods.with_columns(begun=pl.col("begun").dt.offset_by("-1d")))
        return [
            facts("visited", sieve.frame, id=_row("visit"), on=pl.col("VISITED_DAY"), by=pl.lit("social_worker"),
                  period=pl.col("period"))
        ]  # fmt: skip

    def placements(self, periods: pl.DataFrame, maps: Maps) -> list[pl.DataFrame]:
        """The placements, from the day the first began."""
        sieve = self._in_care("ssd_cla_placement", periods)
        if sieve is None:
            return []
        self._dated(sieve, needed="START", other="END")
        if "TYPE" not in sieve.frame.columns:
            sieve.frame = sieve.frame.with_columns(TYPE=pl.lit(None, pl.String))
        sieve.frame = sieve.frame.with_columns(type=_meaning(sieve.frame, "TYPE", maps.placement_type))
        sieve.notice(pl.col("TYPE").is_not_null() & pl.col("type").is_null(), "unmapped-code", "TYPE")
        in_periods(sieve, "START", "START_DAY", periods.with_columns(begun=pl.col("begun").dt.offset_by("-1d")))
        key = pl.when(pl.col("placement").str.contains(CASE_KEY)).then("placement").otherwise(_row("placement"))
        period, left = pl.col("period"), sieve.frame.filter(pl.col("END_DAY").is_not_null())
        return [
            facts("placement_started", sieve.frame, id=_row("placement"), on=pl.col("START_DAY"), placement=key,
                  type=pl.col("type"), period=period),
            facts("placement_ended", left, id=_row("left"), on=pl.col("END_DAY"), placement=key, period=period),
        ]  # fmt: skip

    def statuses(self, periods: pl.DataFrame, maps: Maps) -> tuple[list[pl.DataFrame], pl.DataFrame]:
        """The legal statuses in force in periods of care, and the children who have one that is not mapped."""
        none = pl.DataFrame(schema={"case": pl.String, "unmapped": pl.Boolean})
        sieve = self._in_care("ssd_legal_status", periods)
        if sieve is None:
            return [], none
        self._dated(sieve, needed="START", other="END")
        sieve.frame = sieve.frame.with_columns(status=_meaning(sieve.frame, "STATUS", maps.legal_status))
        unmapped = sieve.frame.filter(pl.col("status").is_null()).select("case").unique()
        sieve.aside(pl.col("status").is_null(), "unmapped-code", "STATUS")
        sieve.aside(pl.col("status") == NOTHING, "not-about-care", "STATUS")
        spans = sieve.frame.join(periods.select("case", "period", "begun", "over"), on="case")
        in_force = (pl.col("START_DAY") <= pl.col("over")).fill_null(True)
        in_force &= (pl.col("END_DAY") >= pl.col("begun")).fill_null(True)
        spans = spans.filter(in_force).with_columns(on=pl.max_horizontal("START_DAY", "begun"))
        sieve.aside(~pl.col("row").is_in(spans["row"].implode()), "outside-care", "START")
        number = pl.col("row").cum_count().over("row")
        name = pl.format("ssd.status.{}.{}", "row", number)
        period = pl.col("period")
        found = facts("legal_status", spans, id=name, on=pl.col("on"), status=pl.col("status"), period=period)
        return [found], unmapped.with_columns(unmapped=pl.lit(True))

    def involvements(self, periods: pl.DataFrame, maps: Maps) -> list[pl.DataFrame]:
        """Who took up and left a role; in the period that had last begun, or the first one."""
        sieve = self._in_care("ssd_involvements", periods)
        if sieve is None:
            return []
        self._dated(sieve, needed="START", other="END")
        sieve.aside(~pl.col("worker").str.contains(CASE_KEY).fill_null(False), "bad-key", "worker")
        begun = periods.sort("begun", "period", nulls_last=False).select("case", "begun", "period")
        first = begun.unique("case", keep="first", maintain_order=True).select("case", first="period")
        rows = sieve.frame.sort("START_DAY", maintain_order=True).join_asof(
            begun.filter(pl.col("begun").is_not_null()), left_on="START_DAY", right_on="begun", by="case",
            check_sortedness=False,
        )  # fmt: skip
        rows = rows.join(first, on="case", how="left", maintain_order="left")
        role = pl.col("ROLE").map_elements(lambda text: maps.roles[plain(text)], return_dtype=pl.String)
        rows = rows.with_columns(role=role, period=pl.coalesce("period", "first"))
        left = rows.filter(pl.col("END_DAY").is_not_null())
        who = {"role": pl.col("role"), "person": pl.col("worker"), "period": pl.col("period")}
        return [
            facts("appointed", rows, id=_row("appointed"), on=pl.col("START_DAY"), **who),
            facts("ended", left, id=_row("ended"), on=pl.col("END_DAY"), **who),
        ]


def _meaning(frame: pl.DataFrame, name: str, known: Mapping[str, str]) -> pl.Expr:
    """What the texts of a column mean: by the map, or by the code of the return that they begin with."""
    found = {}
    for text in frame[name].unique().drop_nulls():
        said = plain(text)
        code = said.split(" ")[0].rstrip(":-.")
        found[text] = known.get(said) or known.get(code)
    return pl.col(name).replace_strict(found, default=None, return_dtype=pl.String)


def _id(what: str) -> pl.Expr:
    """The number of the period among those of its child: two may begin on one day."""
    return pl.format("ssd.{}.{}", pl.lit(what), "number")


def _row(what: str) -> pl.Expr:
    return pl.format("ssd.{}.{}", pl.lit(what), "row")
