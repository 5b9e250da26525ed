"""Rows that name a period of care nobody knows: what they tell is joined to nothing, and would be missed in silence."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import polars as pl

from iro_rules.cohorts.parts import Part, explained, lost_schema
from iro_rules.cohorts.sources import FactSource
from iro_rules.facts.kinds import BITS

_PERIOD = pl.col("period").cast(pl.String)
START = "became_looked_after"


def with_their_periods(sources: Sequence[FactSource], parts: Sequence[Part]) -> tuple[list[Part], list[pl.DataFrame]]:
    """The parts, less what is lost with periods that nobody knows, and notices of these."""
    found, notices = [parts[0]], []
    for number, (source, part) in enumerate(zip(sources[1:], parts[1:], strict=True), 1):
        strangers = strange([one.events for one in parts[:number]], part.events)
        found.append(without_them(part, strangers))
        notices.append(told(source.name, strangers))
    return found, notices


def strange(before: Sequence[pl.DataFrame], events: pl.DataFrame) -> pl.DataFrame:
    """The `case`, `kind` and `period` of events whose period neither earlier sources nor these events begin.

    Only of cases whose periods the earlier sources name: what they call them is then known.
    """
    named = [_named(some) for some in before]
    if not named or "period" not in events.columns:
        return pl.DataFrame(schema={"case": pl.String, "kind": pl.String, "period": pl.String})
    earlier = pl.concat(named).unique()
    known = pl.concat([earlier, _named(events.filter(pl.col("kind") == START))])
    said = events.filter(pl.col("period").is_not_null()).select("case", pl.col("kind").cast(pl.String), period=_PERIOD)
    return (
        said.join(earlier, on="case", how="semi").join(known, on=["case", "period"], how="anti").unique().sort(pl.all())
    )


def told(name: str, found: pl.DataFrame) -> pl.DataFrame:
    """Notices of what `strange` found in a source."""
    rows = found.select("case", value="period").unique(maintain_order=True)
    return explained(
        rows.with_columns(
            table=pl.lit(name), row=pl.lit(None, pl.Int64), field=pl.lit("period"), code=pl.lit("unknown-period")
        )
    )


def without_them(part: Part, found: pl.DataFrame) -> Part:
    """The part whose record covers nothing, of those cases, of the kinds that were found."""
    if found.is_empty():
        return part
    bits = pl.col("kind").replace_strict(BITS, return_dtype=pl.Int64)
    lost = pl.concat([part.lost, found.select("case", bits=bits)]).group_by("case").agg(pl.col("bits").bitwise_or())
    return attrs.evolve(part, lost=lost.sort("case").select(list(lost_schema())))


def _named(events: pl.DataFrame) -> pl.DataFrame:
    period = _PERIOD if "period" in events.columns else pl.lit(None, pl.String)
    return events.select("case", period=period).filter(pl.col("period").is_not_null()).unique()
