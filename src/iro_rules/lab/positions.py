"""Where the matters of a case stand on a ladder: the stages each has reached, and when."""

from __future__ import annotations

from datetime import date

import polars as pl

from iro_rules.assessment import Assessment
from iro_rules.engines.meaning import Reading, meaning_of
from iro_rules.errors import RulebookError, nearest

POSITIONS = {
    "ladder": pl.String, "matter": pl.String, "number": pl.Int64, "stage": pl.String, "title": pl.String,
    "reached": pl.Date, "open": pl.Boolean, "here": pl.Boolean,
}  # fmt: skip
"""The columns of `ladder_positions`."""


def ladder_positions(made: Assessment, ladder: str) -> pl.DataFrame:
    """One row for each matter of a case that is or was on a ladder, and each stage of that ladder.

    `reached` is the day the matter reached the stage, or null; `open` says whether the matter is open on the day asked
    about; `here` marks the furthest stage it has reached. Raises RulebookError for a ladder the rulebook does not have.
    """
    subject = next((finding.subject for finding in made if finding.subject is not None), None)
    if subject is None:
        return pl.DataFrame(schema=POSITIONS)
    known = {one.id: one for one in subject.rulebook.ladders}
    if ladder not in known:
        raise RulebookError("there is no such ladder", value=ladder, right=nearest(ladder, known))
    reading = Reading(subject.rulebook.core(subject.readings), subject.rows, subject.calendar)
    for _, means in meaning_of(subject.rulebook.core(subject.readings))[subject.rows.subject]:
        means(reading)
    still = {row.values.get("dispute") for row in reading.rows.of(known[ladder].open().kind)}
    reached: dict[str, dict[str, date]] = {}
    for stage in known[ladder].stages:
        for row in reading.rows.of(known[ladder].entered(stage.id).kind):
            days = reached.setdefault(str(row.values.get("dispute")), {})
            days[stage.id] = min(days.get(stage.id, date.max), date.fromordinal(row.on))
    rows = []
    for matter, days in sorted(reached.items()):
        last = [stage.id for stage in known[ladder].stages if stage.id in days][-1]
        rows += [
            (ladder, matter, number, stage.id, stage.title, days.get(stage.id), matter in still, stage.id == last)
            for number, stage in enumerate(known[ladder].stages, 1)
        ]
    return pl.DataFrame(rows, schema=POSITIONS, orient="row")
