"""Tables that can be judged: columns and types, known cases, one order, no duplicates, no day beyond the calendar."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

import polars as pl
from polars.exceptions import PolarsError

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.columnar.tables import SINCE, Dtype, Schema, cases_schema, events_schema, since_schema
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import BITS, FIELDS, KINDS, subject_of

_NEEDED = ("case", "id", "kind", "on", "at")
_DATES = tuple(sorted(name for name, written in FIELDS.items() if written == "date"))


def checked_cases(cases: pl.DataFrame) -> pl.DataFrame:
    """A case table in order of case.

    Raises CaseError for columns that do not fit, for a case given twice, and for one whose record is said to hold all
    of a kind and to hold it from a day on.
    """
    dated = since_schema(cases.columns)
    table = _typed(cases, cases_schema() | dated, tuple(cases_schema()), "case table").sort("case")
    for name in dated:
        _recorded_once(table, name)
    twice = table.filter(pl.col("case") == pl.col("case").shift(1))
    strange = table.filter(~pl.col("subject").is_in(["child", "authority"]))
    if len(strange):
        where = f"case {strange['case'][0]}"
        raise CaseError("the subject is unknown", where=where, value=strange["subject"][0], right="child or authority")
    if len(twice):
        raise CaseError("two cases have the same id", value=twice["case"][0], right="one row for each case")
    return table


def _recorded_once(cases: pl.DataFrame, name: str) -> None:
    kind = name.removeprefix(SINCE)
    twice = cases.filter(pl.col(name).is_not_null() & (pl.col("covered") & BITS[kind] != 0))
    if len(twice):
        raise CaseError(
            "coverage says of a kind of fact that all of it is recorded, and that it is only from a day on",
            where=f"case {twice['case'][0]}, column {name}",
            value=twice[name][0].isoformat(),
            right="one of the two",
        )


def typed_events(events: pl.DataFrame) -> pl.DataFrame:
    """The columns of an event table, in their types. Raises CaseError for columns and kinds that do not fit."""
    return _typed(events, events_schema(), _NEEDED, "event table")


def checked_events(events: pl.DataFrame, cases: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """An event table in order of case and id, with the `place` of each row's case in the case table.

    Raises CaseError for columns that do not fit, a kind or a case that is not known, two facts of one case
    with the same id, a fact about the wrong subject, and a day outside the calendar.
    """
    table = _placed(typed_events(events), cases)
    same_case = pl.col("place") == pl.col("place").shift(1)
    follows = (pl.col("place") > pl.col("place").shift(1)) | (same_case & (pl.col("id") > pl.col("id").shift(1)))
    service = pl.col("kind").is_in([kind for kind in KINDS if subject_of(kind) == "authority"])
    authority = pl.lit(cases["subject"] == "authority").gather(pl.col("place"))
    wrong = service != (authority if (cases["subject"] == "authority").any() else False)
    late = [beyond(name, calendar) for name in (*_DATES, "on") if name in table.columns]
    facts = table.lazy().select(
        in_order=follows.fill_null(True).all(), wrong=wrong.any(), late=pl.any_horizontal(e.any() for e in late)
    )
    found = facts.collect(engine="in-memory").row(0, named=True)
    if not found["in_order"]:
        table = table.sort("place", "id")
        twice = table.filter(same_case & (pl.col("id") == pl.col("id").shift(1)))
        if len(twice):
            _refuse("two facts have the same id", twice, twice["id"][0], "one id for each fact")
    if found["wrong"]:
        row = table.filter(wrong)
        _refuse("the fact is not about what the case is about", row, row["kind"][0], "facts about the case's subject")
    if found["late"]:
        refuse_beyond(table, calendar)
    return table


def beyond(name: str, calendar: Calendar) -> pl.Expr:
    """Whether a column's day lies outside the calendar."""
    first, last = date.fromordinal(calendar.first), date.fromordinal(calendar.last)
    return (pl.col(name) < first) | (pl.col(name) > last)


def refuse_beyond(table: pl.DataFrame, calendar: Calendar) -> None:
    """Raises CaseError for the first fact with a day outside the calendar."""
    names = [name for name in (*_DATES, "on") if name in table.columns]
    rows = table.filter(pl.any_horizontal(beyond(name, calendar) for name in names)).head(1)
    for name in names if len(rows) else ():
        if len(rows.filter(beyond(name, calendar))):
            _refuse(
                f"{'when' if name == 'on' else name} lies outside the known calendar of working days",
                rows,
                rows[name][0].isoformat(),
                calendar.span(),
            )


def _refuse(what: str, rows: pl.DataFrame, value: object, right: str) -> NoReturn:
    case, fact, kind = rows["case"][0], rows["id"][0], rows["kind"][0]
    raise CaseError(what, where=f"case {case}, fact {fact} ({kind})", value=value, right=right)


def _typed(table: pl.DataFrame, schema: Schema, needed: tuple[str, ...], what: str) -> pl.DataFrame:
    """The columns of a schema that a table has, in their types; `needed` are there, and known in every row."""
    for name in needed:
        if name not in table.columns:
            raise CaseError(f"the {what} lacks a column", value=name, right=", ".join(needed))
        if name != "at" and table[name].null_count():
            raise CaseError(f"the {what} has a row without a value", where=f"column {name}")
    if "kind" in needed and table["kind"].dtype != schema["kind"]:
        unknown = set(table["kind"].unique().cast(pl.String)) - set(KINDS)
        if unknown:
            raise CaseError(
                "there is no such kind of fact", where=what, value=sorted(unknown)[0], right=", ".join(KINDS)
            )
    return pl.DataFrame([_cast(table[name], dtype, what) for name, dtype in schema.items() if name in table.columns])


def _cast(column: pl.Series, dtype: Dtype, what: str) -> pl.Series:
    try:
        return column.cast(dtype)
    except PolarsError as error:
        where = f"{what}, column {column.name}"
        raise CaseError(
            "the column is of another type", where=where, value=str(column.dtype), right=str(dtype)
        ) from error


def _placed(table: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    runs = table["case"].rle().struct.field("value").to_frame("case")
    places = cases.select("case").with_row_index("place")
    if not runs.equals(cases.select("case")):
        places = runs.join(places, on="case", how="left", maintain_order="left")
    if places["place"].null_count():
        unknown = places.filter(pl.col("place").is_null())["case"][0]
        raise CaseError("the event table has a case that the case table lacks", value=unknown)
    return table.with_columns(place=places["place"][table["case"].rle_id()])
