"""The parts of several sources, of the same span of cases, as one."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from iro_rules.cohorts.coverage import bits_of, dated, earliest, together, undated
from iro_rules.cohorts.named_periods import with_their_periods
from iro_rules.cohorts.parts import Part, added, explained
from iro_rules.cohorts.sources import FactSource
from iro_rules.cohorts.unread import without
from iro_rules.facts.kinds import KIND_FIELDS, KINDS

TOLD_ONCE = ("became_looked_after", "born", "ceased_to_be_looked_after", "review_held")
"""Kinds of which two sources may tell the same fact; the first source's then counts. A child is born once at all."""

AHEAD = ("appointed", "ended")
"""Kinds that may be of a period which has not begun yet: an IRO may be named before the child comes into care."""

PERIODIC = [kind for kind in KINDS if "period" in KIND_FIELDS[kind]]
LATER = pl.col("kind").is_in([kind for kind in TOLD_ONCE if kind != "born"])


def merged(sources: Sequence[FactSource], parts: Sequence[Part]) -> Part:
    """One part of the parts of some sources.

    What several sources tell of a child's birth, periods of care and reviews is taken from the first of them. A fact
    whose period is left open belongs to the period that had last begun by its day, or else to the period called 1; who
    was appointed before the first began, or left then, was so for the first.
    """
    if len(parts) == 1:
        one = parts[0]
        events = _with_period(one.events)
        events = _in_periods(events).sort("case", "id") if _left_open(events) else _filled(events)
        cases = _covered(without(one.cases, one.lost), sources, parts)
        return Part(events, cases, one.rejects, one.notices, one.counts)
    kept = [parts[0].events]
    parts, told = with_their_periods(sources, parts)
    for source, part in zip(sources[1:], parts[1:], strict=True):
        fresh, again = _fresh(pl.concat(kept, how="diagonal_relaxed"), part.events)
        kept.append(fresh)
        told.append(_told(source.name, again))
    events = _in_periods(_with_own_ids(kept, sources))
    cases = earliest(without(part.cases, part.lost) for part in parts)
    rejects, notices = (
        pl.concat(frames).sort("table", "row", nulls_last=True, maintain_order=True)
        for frames in ([part.rejects for part in parts], [*(part.notices for part in parts), *told])
    )
    counts = added(part.counts for part in parts)
    return Part(events.sort("case", "id"), _covered(cases, sources, parts), rejects, notices, counts)


def _with_period(events: pl.DataFrame) -> pl.DataFrame:
    if "period" in events.columns:
        return events
    return events.with_columns(period=pl.lit(None, pl.Categorical()))


def _default() -> pl.Expr:
    return pl.when(pl.col("kind").is_in(PERIODIC)).then(pl.lit("1", pl.Categorical()))


def _covered(cases: pl.DataFrame, sources: Sequence[FactSource], parts: Sequence[Part]) -> pl.DataFrame:
    """The cases with what each source covers for everyone; what is lost of one source another may still cover.

    A kind that one source covers whole and another from a day on is covered whole.
    """
    for source, part in zip(sources, parts, strict=True):
        if not (source.everyone.kinds or source.everyone.since):
            continue
        shown = dated(
            cases.select("case", "subject", covered=pl.lit(bits_of(source.everyone), pl.Int64)), source.everyone
        )
        cases = together(cases, without(shown, part.lost))
    return undated(cases, pl.col("covered"))


def _fresh(before: pl.DataFrame, events: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The events an earlier source has not told already, and the others."""
    born = before.filter(pl.col("kind") == "born").select("case", "kind")
    known = before.filter(LATER).select("case", "kind", "on")
    again = pl.concat(
        [
            events.filter(pl.col("kind") == "born").join(born, on=["case", "kind"], how="semi"),
            events.filter(LATER).join(known, on=["case", "kind", "on"], how="semi"),
        ]
    )
    return events.join(again.select("case", "id"), on=["case", "id"], how="anti", maintain_order="left"), again


def _told(name: str, again: pl.DataFrame) -> pl.DataFrame:
    return explained(
        again.select(
            table=pl.lit(name),
            row=pl.lit(None, pl.Int64),
            case="case",
            field=pl.col("kind").cast(pl.String),
            value=pl.col("on").cast(pl.String),
            code=pl.lit("told-before"),
        )
    )


def _with_own_ids(kept: Sequence[pl.DataFrame], sources: Sequence[FactSource]) -> pl.DataFrame:
    """All events; an id that an earlier source has used for the same case gets the name of its source in front."""
    found = [kept[0]]
    for source, events in zip(sources[1:], kept[1:], strict=True):
        taken = pl.concat([some.select("case", "id") for some in found]).with_columns(taken=pl.lit(True))
        marked = events.join(taken, on=["case", "id"], how="left", maintain_order="left")
        renamed = pl.when("taken").then(pl.format("{}.{}", pl.lit(source.name), "id")).otherwise("id")
        found.append(marked.with_columns(id=renamed).drop("taken"))
    return pl.concat(found, how="diagonal_relaxed")


def _filled(events: pl.DataFrame) -> pl.DataFrame:
    return events.with_columns(pl.col("period").fill_null(_default()))


def _starts(events: pl.DataFrame) -> pl.DataFrame:
    """The starts of care whose period has a name."""
    starts = events.filter((pl.col("kind") == "became_looked_after") & pl.col("period").is_not_null())
    return starts.select("case", "on", begun="period").sort("on")


def _left_open(events: pl.DataFrame) -> bool:
    """Whether a source names periods where they begin, and leaves them open elsewhere."""
    if events["period"].null_count() in (0, len(events)):
        return False
    is_open = pl.col("period").is_null() & pl.col("kind").is_in(PERIODIC)
    return bool(events.select(is_open.any()).item()) and not _starts(events).is_empty()


def _in_periods(events: pl.DataFrame) -> pl.DataFrame:
    """Every event with a period whose kind has one."""
    default, events = _default(), _with_period(events)
    starts = _starts(events)
    if starts.is_empty():
        return _filled(events)
    placed = events.sort("on", maintain_order=True).join_asof(starts, on="on", by="case", check_sortedness=False)
    first = starts.unique("case", keep="first", maintain_order=True).select("case", first="begun")
    placed = placed.join(first, on="case", how="left", maintain_order="left")
    ahead = pl.when(pl.col("kind").is_in(AHEAD)).then("first")
    begun = pl.when(default.is_not_null()).then(pl.coalesce("period", "begun", ahead, default))
    return placed.with_columns(period=begun).drop("begun", "first")
