"""Whose a row is: rows without a case that can be used, and cases that look like one case written in two ways."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from iro_rules.cohorts.layout import CASE_KEY, ROUNDED
from iro_rules.cohorts.sieve import Sieve
from iro_rules.cohorts.text_files import EXTRA

_SHOWN = 3
_BESIDE = ("row", "case", "__damaged")


def of_a_case(sieve: Sieve, field: str) -> None:
    """Set aside the rows that are of no case, with the reason; `field` is what the column is called in the file."""
    if sieve.frame["case"].null_count():
        said = [name for name in sieve.frame.columns if name not in _BESIDE]
        cells = (pl.col(name).cast(pl.String).str.strip_chars() for name in said if name != EXTRA)
        blank = pl.all_horizontal(pl.lit(True), *((cell.is_null() | (cell == "")) for cell in cells))
        blank &= pl.col(EXTRA).is_null() if EXTRA in said else pl.lit(True)
        sieve.aside(pl.col("case").is_null() & blank, "empty-row", "")
        sieve.aside(pl.col("case").is_null(), "no-case", field)
    texts = sieve.texts("case")
    for bad, code in ((~texts.str.contains(CASE_KEY), "bad-case"), (texts.str.contains(ROUNDED), "rounded-case")):
        found = texts.filter(bad).unique()
        if len(found):
            sieve.aside(pl.col("case").is_in(found.implode()), code, field, "case")


def alike(ids: Iterable[pl.Series]) -> tuple[str, ...]:
    """A note on cases that differ from another only in capitals, spaces, leading zeros or a `.0`, if there are any.

    What is recorded of a child under one of two ways to write its identifier is missed under the other.
    """
    every = pl.concat([pl.Series("case", [], pl.String), *ids]).unique()
    plain = (
        every.str.to_lowercase()
        .str.replace_all(" ", "", literal=True)
        .str.strip_suffix(".0")
        .str.strip_chars_start("0")
    )
    if plain.n_unique() == len(every):
        return ()
    both = pl.DataFrame({"case": every, "plain": plain}).filter(pl.col("plain").is_duplicated())
    groups = both.group_by("plain").agg(pl.col("case").sort()).sort("plain")["case"].to_list()
    some = "; ".join(" and ".join(group) for group in groups[:_SHOWN])
    more = f"; and {len(groups) - _SHOWN:,} more" if len(groups) > _SHOWN else ""
    return (
        f"{len(both):,} cases differ from another only in capitals, spaces, leading zeros or a .0, and are taken for "
        f"different children: {some}{more}",
    )
