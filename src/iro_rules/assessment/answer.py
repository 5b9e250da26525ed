"""Asking the readers: by default `durable` answers and `meaning` checks it, and a difference is no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import attrs

from iro_rules.clock.calendar import Calendar
from iro_rules.engines import meaning
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.engines.verdict import Verdict, in_order
from iro_rules.errors import EngineError, ReaderDisagreement
from iro_rules.rulebook.core import Core, Production


class Engine(StrEnum):
    """Which reader answers."""

    CHECKED = "checked"
    DURABLE = "durable"
    MEANING = "meaning"
    COLUMNAR = "columnar"


@attrs.frozen
class Answer:
    """Verdicts, in words which reader gave them, and what was there to set off a rule that was not in force then."""

    verdicts: tuple[Verdict, ...]
    reader: str
    missed: Sequence[tuple[Production, Row]]


def engine_named(name: str) -> Engine:
    """The engine of this name. Raises EngineError for any other."""
    try:
        return Engine(name)
    except ValueError:
        raise EngineError("there is no such engine", value=name, right=", ".join(Engine)) from None


def ask(
    core: Core,
    case: CaseRows,
    calendar: Calendar,
    *,
    engine: Engine,
    columnar: Callable[[], tuple[Verdict, ...]],
    disagreement: Callable[[tuple[Verdict, ...], tuple[Verdict, ...]], str],
) -> Answer:
    """The verdicts of one case.

    `columnar` runs the columnar reader, which takes facts rather than rows. `disagreement` writes a bundle
    from the two answers and returns where. Raises ReaderDisagreement, and EngineError where the reader
    asked for is not installed.
    """
    from iro_rules.engines import durable

    reading = meaning.read(core, case, calendar)
    defined, missed = in_order(reading.verdicts), reading.missed
    match engine:
        case Engine.MEANING:
            return Answer(defined, "meaning", missed)
        case Engine.COLUMNAR:
            return Answer(columnar(), "columnar", missed)
        case Engine.DURABLE:
            return Answer(durable.judge(core, case, calendar), "durable", missed)
    if absent := durable.available():
        return Answer(defined, f"meaning alone ({absent})", missed)
    found = durable.judge(core, case, calendar)
    if found != defined:
        raise _differ(case, disagreement, found, defined)
    return Answer(found, "durable, checked against meaning", missed)


def _differ(
    case: CaseRows,
    disagreement: Callable[[tuple[Verdict, ...], tuple[Verdict, ...]], str],
    found: tuple[Verdict, ...],
    defined: tuple[Verdict, ...],
) -> ReaderDisagreement:
    """The error, with where the bundle is, or why there is none."""
    bundle = ""
    try:
        bundle = disagreement(found, defined)
    except OSError as error:
        kept = f"what would reproduce it could not be kept: {error.strerror or error}"
    else:
        kept = f"everything needed to reproduce it is in {bundle}, on this machine only"
    return ReaderDisagreement(
        "two readers gave different findings, so none is given",
        where=f"case {case.case}",
        bundle=bundle,
        right=f"the same from both; {kept}",
    )
