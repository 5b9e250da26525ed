"""Whether the files of a return are of the collection year they are said to be of, as far as their dates show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from iro_rules.cohorts.care import day
from iro_rules.cohorts.ssda903_codes import closes, opens
from iro_rules.cohorts.ssda903_files import Scanned
from iro_rules.cohorts.text_files import why
from iro_rules.errors import CaseError


def different(source: Path, before: Path) -> None:
    """Raises CaseError where one folder or file is given for both years: reviews of the year before would be missed."""
    if source.resolve() == before.resolve():
        what = "this year's return was given as last year's, too"
        raise CaseError(what, where="last_year", value=str(before), right="the return of the year before")


def of_year(tables: Scanned, year: int, *, where: Path, extracted: date | None = None) -> list[str]:
    """What has to be said of the reviews' days; a return holds the reviews of its year.

    Raises CaseError where reviews have days, and none lies in the year. Early in a year that is still running
    (`extracted`) there may be none yet but of before: then that is said, and no more.
    """
    if "reviews" not in tables:
        return []
    first, last = opens(year), closes(year)
    on = pl.col("on")
    counted = tables["reviews"].select(on=day("REVIEW")).select(
        within=on.is_between(first, last).sum(), after=(on > last).sum(), least=on.min(), most=on.max()
    )  # fmt: skip
    try:
        within, after, least, most = counted.collect(engine="streaming").row(0)
    except PolarsError as error:
        raise CaseError(f"the reviews cannot be read: {why(error)}", where=str(where)) from error
    if least is None:
        return [
            f"the reviews of {year - 1}/{year % 100:02} name no day: every review of it looks as if it was not held"
        ]
    if within:
        return []
    days = str(least) if least == most else f"{least} to {most}"
    what = f"the reviews are not of the collection year {year - 1}/{year % 100:02} ({first} to {last})"
    if extracted is not None and not after:
        return [f"{what}; theirs are {days}: is this the return of another year?"]
    right = "the return of that year, or another year (year=..., last_year=...)"
    raise CaseError(what, where=str(where), value=days, right=right)
