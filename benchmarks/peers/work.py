"""The work that all do: made-up cases of reviews and their preparation in one event table, and what is owed in them.

A case has the day care started (2022 to 2025), the IRO's appointment (sometimes missing) and up to four reviews, each
with a contact between social worker and IRO, three reports and a consultation (each sometimes missing): 21 facts on
average. Nothing is recorded after the day asked about. The table is in order of case and then of day.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import polars as pl

from benchmarks.arrays import Ints, Tables
from iro_rules.clock.calendar import england_and_wales
from iro_rules.engines.columnar import events_schema

AS_OF = date(2025, 12, 31)
TODAY = AS_OF.toordinal()
EPOCH = date(1970, 1, 1).toordinal()
FROM, UNTIL = date(2022, 1, 1).toordinal(), date(2025, 12, 1).toordinal()
MISSING = 0.1
"""How often a fact other than the start and the reviews is not recorded."""

REPORTS = ("care_plan", "health_plan", "social_work_report")


@attrs.frozen
class Before:
    """A duty owed ahead of each review: its rule, and its fact by kind, document and subject; `days` working days."""

    rule: str
    kind: str
    document: str | None
    about: str | None
    days: int


IRO, FIRST, SECOND, LATER = (
    "handbook.iro-appointed",
    "regulations.first-review",
    "regulations.second-review",
    "regulations.later-review",
)
BEFORE = (
    Before("handbook.contact-before-review", "told", None, "review", 15),
    *(Before(f"handbook.{name.replace('_', '-')}-before-review", "provided", name, None, 3) for name in REPORTS),
    Before("handbook.child-consulted-on-arrangements", "consulted", None, "review_arrangements", 0),
)
RULES = (IRO, FIRST, SECOND, LATER, *(duty.rule for duty in BEFORE))
IRO_DAYS, FIRST_DAYS, SECOND_MONTHS, LATER_MONTHS = 5, 20, 3, 6

COLUMNS = ("case", "rule", "about", "standing", "due_on")
"""What is compared of findings: `about` is the fact that gave rise to the duty."""
MET, LATE, OVERDUE, OPEN = STANDINGS = ("met", "met_late", "overdue", "open")

_WORDS: dict[str, tuple[str | None, ...]] = {
    "kind": ("became_looked_after", "appointed", "review_held", *(duty.kind for duty in BEFORE)),
    "role": (None, "iro", None, *[None] * len(BEFORE)),
    "by": (None, None, None, *["social_worker"] * len(BEFORE)),
    "to": (None, None, None, *["iro"] * (len(BEFORE) - 1), "child"),
    "about": (None, None, None, *(duty.about for duty in BEFORE)),
    "document": (None, None, None, *(duty.document for duty in BEFORE)),
}


def tables() -> Tables:
    """For every day the days counted from it, in England and Wales."""
    return Tables(england_and_wales())


def event_table(cases: int, seed: int = 0) -> pl.DataFrame:
    """The facts of so many cases, in the columns of the project's own event tables."""
    rng, days = np.random.default_rng(seed), tables()
    start = rng.integers(FROM, UNTIL, cases).astype(np.int32)
    reviews: list[Ints] = [_counted(days, start, 20) + _around(rng, cases, -8, 6)]
    for months in (3, 6, 6):
        reviews.append(days.months[months][reviews[-1] - days.first] + _around(rng, cases, -20, 10))
    parts = [_facts(start, 0), _some(rng, _facts(start + _around(rng, cases, 0, 12), 1))]
    for number, held in enumerate(reviews, 1):
        held_by_now = held <= TODAY
        parts.append({**_facts(held, 2), "review": np.full(cases, number)})
        for place, duty in enumerate(BEFORE):
            spread = duty.days * 7 // 5
            done = held - spread - _around(rng, cases, -6, 10)
            part = {**_facts(done, 3 + place), "review": np.full(cases, number)}
            parts.append(_some(rng, {name: column[held_by_now] for name, column in part.items()}))
    every = {name: np.concatenate([part.get(name, np.zeros(len(part["case"]))) for part in parts]) for name in _ALL}
    return _table({name: column[every["day"] <= TODAY] for name, column in every.items()})


_ALL = ("case", "day", "what", "review")


def _around(rng: np.random.Generator, cases: int, low: int, high: int) -> Ints:
    return rng.integers(low, high, cases, endpoint=True).astype(np.int32)


def _counted(days: Tables, start: Ints, count: int) -> Ints:
    found: Ints = days.after[count][start - days.first]
    return found


def _facts(day: Any, what: int) -> dict[str, Any]:
    return {"case": np.arange(len(day)), "day": day, "what": np.full(len(day), what)}


def _some(rng: np.random.Generator, part: dict[str, Any]) -> dict[str, Any]:
    kept = rng.random(len(part["case"])) >= MISSING
    return {name: column[kept] for name, column in part.items()}


def _table(every: dict[str, Any]) -> pl.DataFrame:
    order = np.lexsort((every["what"], every["day"], every["case"]))
    numbers = pl.DataFrame({name: column[order].astype(np.int32) for name, column in every.items()})
    place = pl.int_range(pl.len()).over("case") + 1
    worded = [
        pl.col("what").replace_strict(range(len(words)), words, return_dtype=pl.String).alias(name)
        for name, words in _WORDS.items()
    ]
    schema = events_schema()
    table = numbers.select(
        case=pl.format("child-{}", (pl.col("case") + 1).cast(pl.String).str.zfill(7)),
        id=pl.format("f{}", place.cast(pl.String).str.zfill(2)),
        on=(pl.col("day") - EPOCH).cast(pl.Date),
        review=pl.when(pl.col("review") > 0).then(pl.format("review-{}", "review")),
        **{name: worded[number] for number, name in enumerate(_WORDS)},
    )
    return table.cast({name: schema[name] for name in table.columns})


def write_events(path: Path, cases: int, seed: int = 0) -> int:
    """Write the event table to a file; gives how many facts it has."""
    table = event_table(cases, seed)
    table.write_parquet(path, compression="zstd", statistics=False)
    return len(table)
