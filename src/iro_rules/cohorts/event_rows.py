"""Rows of event tables looked at column by column, and the facts they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from iro_rules.cohorts.event_columns import FIELDS, Field
from iro_rules.cohorts.layout import CASE_KEY, END
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.sources import ReadOptions
from iro_rules.cohorts.text_files import DAMAGED, EXTRA
from iro_rules.engines.columnar import events_schema
from iro_rules.facts.fact import FACT_ID
from iro_rules.facts.kinds import KINDS, subject_of
from iro_rules.formats.fact_json import NATIONAL

LONDON = "Europe/London"
KEY = CASE_KEY
ID = f"^(?:{FACT_ID.pattern.removesuffix(END)})$"
LONGEST_TEXT = 10_000
MOST = 10_000
LATER_FILLED = "period"
"""Left empty here where it is not given: which period is meant may be shown by another source (see `merging`)."""


def sift(sieve: Sieve, cases: pl.DataFrame, options: ReadOptions) -> pl.DataFrame:
    """The events of a table whose rows are each of one of the cases, in order of case and id; others are set aside."""
    _kinds(sieve)
    _subjects(sieve, cases)
    _moments(sieve, options)
    _fields(sieve)
    for name in _present(sieve):
        _CHECKS[FIELDS[name].holds](sieve, FIELDS[name], options)
    _ids(sieve)
    return _events(sieve.frame)


def tidied(sieve: Sieve, options: ReadOptions) -> None:
    """Leaves out columns in which nothing stands, and takes away spaces around texts, and texts that are empty."""
    counts = sieve.frame.null_count().row(0, named=True)
    rows = len(sieve.frame)
    sieve.frame = sieve.frame.select(name for name in sieve.frame.columns if name in _KEPT or counts[name] < rows)
    changed: dict[str, pl.Expr] = {}
    for name, held in sieve.frame.schema.items():
        # A case has been put in order by its text (see `layout`).
        if held not in (pl.String, pl.Categorical) or name == "case":
            continue
        if _as_it_should_be(sieve, name, options):
            sieve.sound.add(name)
        elif sieve.texts(name).str.contains(r"^$|^\s|\s$").any():
            text = pl.col(name).cast(pl.String).str.strip_chars()
            changed[name] = pl.when(text != "").then(text).cast(held)
    sieve.changed(sieve.frame.with_columns(**changed), *changed)


def _as_it_should_be(sieve: Sieve, name: str, options: ReadOptions) -> bool:
    """Whether all ids, or all terms, of a column can be used as they stand; of other columns that is not known yet."""
    if name == "id":
        return sieve.texts(name).str.contains(ID).all()
    field = FIELDS.get(name)
    return field is not None and field.holds == "term" and sieve.frame[name].is_in(_known(field, options)).all()


def _known(field: Field, options: ReadOptions) -> list[str]:
    """The terms that a column may have."""
    return list(options.terms.get(field.vocabulary, NATIONAL[field.vocabulary]))


_KEPT = ("row", "case", "kind", "when", "on")


def _present(sieve: Sieve) -> list[str]:
    return [name for name in FIELDS if name in sieve.frame.columns]


def sound(sieve: Sieve) -> None:
    """Set aside the rows that are too long, or not text that can be read: of those nothing else is asked."""
    columns = sieve.frame.columns
    if EXTRA in columns:
        sieve.aside(pl.col(EXTRA).is_not_null(), "ragged-row", "", EXTRA)
    if "__damaged" in columns:
        texts = [name for name in columns if sieve.frame.schema[name] in (pl.String, pl.Categorical)]
        damaged = pl.any_horizontal(pl.col(name).cast(pl.String).str.contains(DAMAGED, literal=True) for name in texts)
        sieve.aside(damaged, "damaged-text", "")
    if "__fault" in columns:
        sieve.aside(pl.col("__fault").is_not_null(), "bad-json", "", "__fault")


def _kinds(sieve: Sieve) -> None:
    kind = pl.Enum(list(KINDS))
    if sieve.frame.schema["kind"] != kind:
        known = pl.col("kind").cast(pl.String).is_in(list(KINDS))
        sieve.aside(pl.col("kind").is_null(), "no-kind", "kind")
        sieve.aside(~known, "unknown-kind", "kind")
        sieve.frame = sieve.frame.with_columns(pl.col("kind").cast(pl.String).cast(kind))
    sieve.aside(pl.col("kind").is_null(), "no-kind", "kind")


def _moments(sieve: Sieve, options: ReadOptions) -> None:
    """Gives every row `on` and `at`."""
    if "when" in sieve.frame.columns:
        sieve.aside(pl.col("when").is_null(), "no-date", "when")
        _when(sieve)
    else:
        sieve.aside(pl.col("on").is_null(), "no-date", "on")
        if "at" not in sieve.frame.columns:
            sieve.frame = sieve.frame.with_columns(at=pl.lit(None, pl.Int64))
    where = "when" if "when" in sieve.frame.columns else "on"
    inside(sieve, "on", options, where)
    if options.extracted is not None:
        sieve.aside(pl.col("on") > options.extracted, "future-date", where)


def inside(sieve: Sieve, name: str, options: ReadOptions, field: str = "") -> None:
    """Set aside the rows with a date outside the calendar."""
    first, last = (date.fromordinal(day) for day in (options.calendar.first, options.calendar.last))
    sieve.aside((pl.col(name) < first) | (pl.col(name) > last), "beyond-calendar", field or name, name)


def _when(sieve: Sieve) -> None:
    held = sieve.frame.schema["when"]
    when = pl.col("when")
    if held == pl.Date:
        on, at = when, pl.lit(None, pl.Int64)
    elif isinstance(held, pl.Datetime):
        midnight = when.dt.time() == pl.time(0)
        if held.time_zone is None:
            sieve.aside(~midnight, "time-without-offset", "when")
            on, at = when.dt.date(), pl.lit(None, pl.Int64)
        else:
            on, at = when.dt.convert_time_zone(LONDON).dt.date(), when.dt.timestamp("us") // 1_000_000
    else:
        sieve.frame = sieve.frame.with_columns(pl.col("when").cast(pl.String))
        day = when.str.len_bytes() == 10
        if sieve.frame.select(day.all()).item() in (True, None):
            sieve.frame = sieve.frame.with_columns(__on=when.str.to_date("%Y-%m-%d", strict=False))
            instant = pl.lit(None, pl.Datetime("us", "UTC"))
        else:
            full = when.str.replace(r"(T\d\d:\d\d)(Z|[+-]\d\d:\d\d)$", "${1}:00$2")
            sieve.frame = sieve.frame.with_columns(
                __on=pl.when(day).then(when).str.to_date("%Y-%m-%d", strict=False),
                __instant=pl.when(~day).then(full).str.to_datetime("%+", strict=False, time_zone="UTC"),
            )
            instant = pl.col("__instant")
        unread = pl.col("__on").is_null() & instant.is_null()
        naive = when.str.contains(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$")
        sieve.aside(unread & naive, "time-without-offset", "when")
        sieve.aside(unread, "bad-date", "when")
        on = pl.coalesce("__on", instant.dt.convert_time_zone(LONDON).dt.date())
        at = instant.dt.timestamp("us") // 1_000_000
    sieve.frame = sieve.frame.with_columns(on=on, at=at)


def _fields(sieve: Sieve) -> None:
    """Values that a kind of fact must have, may not have, or has by default."""
    given = _present(sieve)
    counts = sieve.frame.group_by("kind").agg(pl.len().alias("rows"), *(pl.col(name).count() for name in given))
    fills: dict[str, dict[str, str]] = {}
    for row in counts.sort("kind").iter_rows(named=True):
        kind, here = row["kind"], pl.col("kind") == row["kind"]
        for name, field in FIELDS.items():
            number = row.get(name, 0)
            if kind not in field.kinds and number:
                sieve.aside(here & pl.col(name).is_not_null(), "not-of-this-kind", name)
            elif kind in field.required and number < row["rows"]:
                sieve.aside(here & (pl.col(name).is_null() if name in given else pl.lit(True)), "missing-value", name)
            elif kind in field.defaults and number < row["rows"] and name != LATER_FILLED:
                fills.setdefault(name, {})[kind] = field.defaults[kind]
    for name, defaults in fills.items():
        old = pl.col(name) if name in given else pl.lit(None, pl.Categorical())
        filled = pl.col("kind").cast(pl.String).replace_strict(defaults, default=None).cast(pl.Categorical())
        sieve.changed(sieve.frame.with_columns(pl.coalesce(old, filled).alias(name)), name)


def _term(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    if field.name not in sieve.sound:
        _only(sieve, field.name, pl.col(field.name).is_in(_known(field, options)), "unknown-code")


def _terms(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    name = field.name
    if sieve.frame.schema[name] != pl.List(pl.String):
        words = pl.col(name).cast(pl.String).str.split(" ").list.eval(pl.element().filter(pl.element() != ""))
        sieve.frame = sieve.frame.with_columns(words.list.unique().list.sort().alias(name))
    good = pl.col(name).list.eval(pl.element().is_in(_known(field, options))).list.all()
    sieve.aside(~good, "unknown-code", name, pl.col(name).list.join(" "))
    empty = pl.when(pl.col(name).list.len() > 0).then(pl.col(name))
    sieve.frame = sieve.frame.with_columns(empty.alias(name))


def _key(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    _only(sieve, field.name, pl.col(field.name).str.contains(KEY), "bad-key")


def _only(sieve: Sieve, name: str, good: pl.Expr, code: str) -> None:
    """Set aside the rows whose text is not good, after looking at each text once."""
    texts = sieve.texts(name).to_frame(name)
    bad = texts.filter(~good)[name].drop_nulls().unique()
    if len(bad):
        sieve.aside(pl.col(name).cast(pl.String).is_in(bad.implode()), code, name)


def _date(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    name = field.name
    held = sieve.frame.schema[name]
    if isinstance(held, pl.Datetime):
        sieve.aside(pl.col(name).dt.time() != pl.time(0), "bad-date", name)
        sieve.frame = sieve.frame.with_columns(pl.col(name).dt.date())
    elif held != pl.Date:
        read = pl.col(name).cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
        sieve.aside(pl.col(name).is_not_null() & read.is_null(), "bad-date", name)
        sieve.frame = sieve.frame.with_columns(read.alias(name))
    inside(sieve, name, options)


def _int(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    name = field.name
    text = pl.col(name).cast(pl.String)
    if not sieve.frame.schema[name].is_integer():
        sieve.aside(~text.str.contains(r"^\d{1,5}(\.0+)?$"), "bad-number", name)
        sieve.frame = sieve.frame.with_columns(text.str.replace(r"\.0+$", "").cast(pl.Int32).alias(name))
    sieve.aside(~pl.col(name).is_between(0, MOST), "bad-number", name)


def _text(sieve: Sieve, field: Field, options: ReadOptions) -> None:
    sieve.aside(pl.col(field.name).cast(pl.String).str.len_chars() > LONGEST_TEXT, "long-text", field.name)


_CHECKS: dict[str, Callable[[Sieve, Field, ReadOptions], None]] = {
    "key": _key, "term": _term, "terms": _terms, "date": _date, "int": _int, "text": _text
}  # fmt: skip


def _ids(sieve: Sieve) -> None:
    """Gives every row an id, puts the rows in order of case and id, and sets aside what comes a second time."""
    made = pl.format("row-{}", pl.col("row").cast(pl.String).str.zfill(9))
    said = [name for name in ("case", "kind", "on", "at", *FIELDS) if name in sieve.frame.columns]
    if "id" in sieve.frame.columns and "id" not in sieve.sound:
        sieve.aside(~pl.col("id").str.contains(ID), "bad-id", "id")
    if "id" not in sieve.frame.columns or sieve.frame["id"].null_count():
        nameless = pl.col("id").is_null() if "id" in sieve.frame.columns else pl.lit(True)
        again = sieve.frame.lazy().sort("row").filter(nameless)
        again = again.filter(~pl.struct(said).is_first_distinct()).select("case", "row", __again=pl.lit(True))
        sieve.frame = sieve.frame.join(again.collect(), on=["case", "row"], how="left", maintain_order="left")
        sieve.aside(pl.col("__again"), "duplicate", "kind")
        given = pl.coalesce("id", made) if "id" in sieve.frame.columns else made
        sieve.frame = sieve.frame.with_columns(id=given)
    same_case = pl.col("case") == pl.col("case").shift(1)
    follows = (~same_case | (pl.col("id") > pl.col("id").shift(1))).fill_null(True).all()
    if not (sieve.texts("case").is_sorted() and sieve.frame.select(follows).item()):
        sieve.frame = sieve.frame.sort("case", "id", "row")
        same = same_case & (pl.col("id") == pl.col("id").shift(1))
        if sieve.frame.select(same.any()).item():
            first = pl.struct(said).first().over("case", "id")
            alike = pl.struct(said) == first
            again_id = pl.struct("case", "id").is_first_distinct().not_()
            sieve.frame = sieve.frame.with_columns(__alike=alike, __same=again_id)
            sieve.aside(pl.col("__same") & pl.col("__alike"), "duplicate", "id")
            sieve.aside(pl.col("__same"), "same-id", "id")


def _subjects(sieve: Sieve, cases: pl.DataFrame) -> None:
    """Set aside facts about a service in the case of a child, and the other way round."""
    services = [kind for kind in KINDS if subject_of(kind) == "authority"]
    authorities = cases.filter(pl.col("subject") == "authority")["case"]
    about_service = pl.col("kind").is_in(services)
    of_authority = pl.col("case").is_in(authorities.implode()) if len(authorities) else pl.lit(False)
    sieve.aside(about_service != of_authority, "wrong-subject", "kind")


def _events(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of an event table that have anything in them."""
    if "children" in frame.columns and "full_time_percent" in frame.columns:
        children, part = pl.col("children"), pl.col("full_time_percent")
        whole = pl.when(part > 0).then(100 * children // part)
        up = pl.when(part > 0).then(-(-100 * children // part))
        frame = frame.with_columns(caseload_rounded_down=whole, caseload_rounded_up=up)
    schema = events_schema()
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items() if name in frame.columns)
