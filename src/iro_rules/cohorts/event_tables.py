"""The reader of event tables: a file with one row a fact, or a folder with one and a table of cases beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from iro_rules.cohorts.coverage import bits_of, coverage_in, dated
from iro_rules.cohorts.event_columns import COLUMNS, OF_CASES
from iro_rules.cohorts.event_rows import sift, sound, tidied
from iro_rules.cohorts.json_lines import FAULT, scan_jsonl
from iro_rules.cohorts.parts import Part
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.sources import FactSource, LazyTables, ReadOptions, Tables
from iro_rules.cohorts.text_files import EXTRA, lower, scan_csv, tidy, why
from iro_rules.cohorts.unread import lost_with
from iro_rules.cohorts.whose import of_a_case
from iro_rules.engines.columnar import SINCE, events_schema
from iro_rules.errors import CaseError
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import KINDS

NAME = "events"
ENDINGS = (".parquet", ".csv", ".jsonl")
STEMS, WORKBOOKS = ("events", "cases"), (".xlsx", ".xls", ".ods")
NEIGHBOURLY = ("related", "appointed", "ended")
_TYPED = (*COLUMNS, "on", "at")
_WORKED = ("caseload_rounded_down", "caseload_rounded_up")


def open_events(source: Path, options: ReadOptions) -> FactSource:
    """Event tables as a source of facts.

    `source` is a file, or a folder with `events` and perhaps `cases`, each ending in .parquet, .csv or .jsonl (several
    Parquet files may be `events-1.parquet` and so on). Where no table of cases says what the record covers,
    `options.coverage` has to. Raises CaseError for files that are not such tables.
    """
    files = _files(source, "events")
    beside = _files(source, "cases") if source.is_dir() else []
    if not files:
        raise CaseError("there is no event table here", value=str(source), right=f"events{' or events'.join(ENDINGS)}")
    if not beside and options.coverage is None:
        raise CaseError(
            "the event table does not say what its record covers",
            value=str(source),
            right="a table of cases beside it with a column coverage, or the option coverage",
        )
    events, notes = _scan(files, COLUMNS, options)
    tables: dict[str, pl.LazyFrame] = {"events": events}
    if beside:
        tables["cases"], more = _scan(beside, tuple(OF_CASES), options)
        notes += more
        if options.coverage is not None:
            notes.append(f"{beside[0].name} says what the record covers; the option coverage is not used")
    notes += _unread(source, [*files, *beside])
    return _source(tables, notes, options)


def event_source(tables: Mapping[str, pl.LazyFrame], options: ReadOptions) -> FactSource:
    """Event tables that are read already, or stand elsewhere, as a source of facts.

    `tables` has `events` and perhaps `cases`, typed as Parquet is and each with a `row`. Raises CaseError as
    `open_events` does.
    """
    if "cases" not in tables and options.coverage is None:
        raise CaseError(
            "the event table does not say what its record covers",
            right="a table of cases with a column coverage, or the option coverage",
        )
    found: dict[str, pl.LazyFrame] = {}
    notes: list[str] = []
    for name, frame in tables.items():
        columns = COLUMNS if name == "events" else tuple(OF_CASES)
        schema = frame.collect_schema()
        names = [column for column in schema if column != "row"]
        wanted, more = _wanted(names, columns, name, typed=True)
        found[name] = _typed(frame, schema, name).select(pl.col("row").cast(pl.Int64), *wanted)
        notes += more
    return _source(found, notes, options)


def _source(tables: LazyTables, notes: list[str], options: ReadOptions) -> FactSource:
    told = "cases" in tables or options.coverage is None
    return FactSource(
        name=NAME,
        tables=tables,
        to_part=_to_part(options),
        coverage=options.coverage or Coverage.everything(),
        everyone=Coverage.only() if told or options.coverage is None else options.coverage,
        # Without a column that names another child, no row can.
        neighbourly=_neighbourly if "child" in tables["events"].collect_schema() else None,
        shown_by={kind: f"rows of kind {kind} in the event table" for kind in KINDS},
        notes=tuple(notes),
        until=options.extracted,
    )


def _files(source: Path, stem: str) -> list[Path]:
    """The file, or files, of a table; endings may be in capitals."""
    if not source.is_dir():
        return [source] if source.suffix.lower() in ENDINGS and source.is_file() else []
    there = sorted(path for path in source.iterdir() if path.is_file())
    names = {f"{stem}{ending}" for ending in ENDINGS}
    single = [path for path in there if path.name.lower() in names]
    several = [path for path in there if fnmatch(path.name.lower(), f"{stem}-*.parquet")]
    if len(single) > 1 or (single and several):
        both = [path.name for path in (*single, *several)]
        raise CaseError("two files hold one table", where=str(source), value=both, right="one of them")
    return single or several


def _unread(source: Path, read: list[Path]) -> list[str]:
    """A note on files that look like tables of events, and were not read."""
    files = sorted(path for path in source.iterdir() if path not in read) if source.is_dir() else []
    strange = [p.name for p in files if p.name.lower().startswith(STEMS) or p.suffix.lower() in WORKBOOKS]
    said = f"not read: {', '.join(strange[:20])} (a table is one file, events{' or events'.join(ENDINGS)})"
    return [said] if strange else []


def _scan(files: list[Path], columns: tuple[str, ...], options: ReadOptions) -> tuple[pl.LazyFrame, list[str]]:
    """A table with the columns that are known, each in a type that is looked at quickly."""
    path, notes = files[0], list[str]()
    if path.suffix.lower() == ".csv":
        text = scan_csv(path, spool=options.spool)
        small = lower(text.columns, columns, path.name)
        frame, names, kept = text.frame.rename(small), list(small.values()), ["row", EXTRA]
        notes += text.notes
        if text.notes:
            frame = frame.with_columns(__damaged=pl.lit(True))
            kept.append("__damaged")
    elif path.suffix.lower() == ".jsonl":
        frame, strange = scan_jsonl(path, columns, spool=options.spool)
        names, kept = [*columns, *strange], ["row", FAULT]
    else:
        try:
            frame = pl.scan_parquet(files, row_index_name="row", row_index_offset=1)
            schema = frame.collect_schema()
        except (PolarsError, OSError) as error:
            raise CaseError(f"this is not a Parquet file that can be read: {error}", value=str(path)) from error
        names, kept = [name for name in schema if name != "row"], ["row"]
        frame = _typed(frame, schema, path.name)
    wanted, more = _wanted(names, columns, path.name, typed=path.suffix.lower() == ".parquet")
    notes += more
    typed = path.suffix.lower() == ".parquet"
    frame = frame.select(pl.col("row").cast(pl.Int64), *kept[1:], *(wanted if typed else map(tidy, wanted)))
    return (frame if typed else _kept(frame, wanted, path, options)), notes


def _wanted(names: list[str], columns: tuple[str, ...], where: str, *, typed: bool) -> tuple[list[str], list[str]]:
    """The columns of a table that are read, and what is told of the others; a `typed` table may have `on` and `at`."""
    known = (*columns, "on", "at") if typed else columns
    for needed in ("case", "kind") if "kind" in columns else ("case",):
        if needed not in names:
            raise _lacking(needed, where, names, columns)
    if "kind" in columns and "when" not in names and not ("on" in names and typed):
        raise _lacking("when", where, names, columns)
    extra = [name for name in names if name not in known and not name.startswith("__unnamed") and name not in _WORKED]
    notes = [f"{where} has columns that are not read: {', '.join(extra[:20])}"] if extra else []
    return [name for name in names if name in known], notes


def _lacking(name: str, where: str, names: list[str], columns: tuple[str, ...]) -> CaseError:
    return CaseError(f"the table lacks a column, {name}", where=where, value=", ".join(names), right=", ".join(columns))


def _kept(frame: pl.LazyFrame, names: list[str], path: Path, options: ReadOptions) -> pl.LazyFrame:
    """A table of text written anew as Parquet: a text file is gone through once, however often rows are wanted."""
    schema = events_schema()
    coded = [name for name in names if schema.get(name) == pl.Categorical]
    target = options.spool / f"{path.name}.parquet"
    try:
        frame.with_columns(pl.col(coded).cast(pl.Categorical)).sink_parquet(
            target, compression="lz4", engine="streaming", mkdir=True
        )
    except PolarsError as error:
        raise CaseError(f"the table cannot be read: {why(error)}", where=path.name) from error
    return pl.scan_parquet(target)


def _typed(frame: pl.LazyFrame, schema: pl.Schema, table: str) -> pl.LazyFrame:
    """A Parquet table whose text is text, and whose keys and terms are categorical."""
    found = []
    wanted = events_schema()
    for name, held in schema.items():
        if name not in _TYPED:
            continue
        text = held in (pl.String, pl.Categorical) or isinstance(held, pl.Enum) or held == pl.Null
        dated = held == pl.Date or isinstance(held, pl.Datetime)
        if name == "at" or wanted.get(name) == pl.Int32:
            fits = held.is_integer() or held == pl.Null or (text and name != "at")
        elif name == "on" or wanted.get(name) == pl.Date or name == "when":
            fits = text or dated
        elif isinstance(wanted.get(name), pl.List):
            fits = text or held == pl.List(pl.String)
        else:
            fits = text
        if not fits:
            raise CaseError("the column is of another type", where=f"{table}, column {name}", value=str(held))
        if name == "kind" and held != wanted[name]:
            # Kinds are asked for before the rows are looked at one by one (see `_neighbourly`).
            found.append(tidy(name))
        elif text and name != "kind":
            found.append(
                pl.col(name).cast(wanted.get(name, pl.String) if wanted.get(name) == pl.Categorical else pl.String)
            )
    return frame.with_columns(found)


def _neighbourly(tables: LazyTables) -> LazyTables:
    wanted = pl.col("kind").cast(pl.String).is_in(NEIGHBOURLY)
    return {**tables, "events": tables["events"].filter(wanted)}


def _to_part(options: ReadOptions) -> Callable[[Tables, pl.Series], Part]:
    given_for_all = options.coverage or Coverage.only()
    covered = bits_of(given_for_all)

    def to_part(tables: Tables, ids: pl.Series) -> Part:
        listed = pl.DataFrame({"case": ids})
        sieves = {name: Sieve(name, frame) for name, frame in tables.items()}
        for sieve in sieves.values():
            tidied(sieve, options)
            sound(sieve)
            of_a_case(sieve, "case")
        if "cases" in sieves:
            given = _cases(sieves["cases"])
            cases = listed.join(given, on="case", maintain_order="left")
            if len(cases) < len(listed):
                sieves["events"].aside(~pl.col("case").is_in(cases["case"].implode()), "no-case-row", "case")
        else:
            cases = dated(
                listed.with_columns(subject=pl.lit("child"), covered=pl.lit(covered, pl.Int64)), given_for_all
            )
        facts = sift(sieves["events"], cases, options)
        rejects, notices = (
            pl.concat(getattr(sieve, what) for sieve in sieves.values()) for what in ("rejects", "notices")
        )
        counts = {name: sieve.count for name, sieve in sieves.items()}
        return Part(facts, cases, rejects, notices, counts, lost_with(sieves, {"events": KINDS}))

    return to_part


def _cases(sieve: Sieve) -> pl.DataFrame:
    """The table of cases in the columns of `cases_schema`."""
    for name in ("subject", "coverage"):
        if name not in sieve.frame.columns:
            sieve.frame = sieve.frame.with_columns(pl.lit(None, pl.String).alias(name))
    text = pl.col("coverage").cast(pl.String).str.to_lowercase()
    subject = pl.col("subject").cast(pl.String).str.to_lowercase().fill_null("child")
    sieve.aside(~subject.is_in(["child", "authority"]), "bad-subject", "subject")
    good = {}
    for said in sieve.frame.select(text.unique().alias("said"))["said"].drop_nulls():
        with suppress(CaseError):
            good[said] = coverage_in(said)
    sieve.aside(~text.is_in(list(good)).fill_null(False), "bad-coverage", "coverage")
    sieve.frame = sieve.frame.sort("row")
    sieve.aside(~pl.col("case").is_first_distinct(), "case-twice", "case")
    covered = text.replace_strict({said: bits_of(one) for said, one in good.items()}, default=0, return_dtype=pl.Int64)
    days = {name: {said: dict(one.since).get(name) for said, one in good.items()} for name in _dated(good.values())}
    since = {
        f"{SINCE}{kind}": text.replace_strict(said, default=None, return_dtype=pl.Date) for kind, said in days.items()
    }
    return sieve.frame.select("case", subject=subject, covered=covered, **since)


def _dated(given: Iterable[Coverage]) -> list[str]:
    return sorted({kind for one in given for kind, _ in one.since})
