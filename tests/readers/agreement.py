"""How tests ask whether the readers agree, and where a disagreement is kept."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from iro_rules.clock import england_and_wales
from iro_rules.engines.meaning import judge as meaning
from iro_rules.engines.rows import CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.testing.saved import Situation, to_plain

CORPUS = Path(__file__).parent.parent / "corpus"
CALENDAR = england_and_wales()
READERS = ("durable", "columnar")


def module(name: str) -> Any:
    """A reader. Skips the test only where the tree holds no such reader; a broken one fails it."""
    spec = find_spec(f"iro_rules.engines.{name}")
    if spec is None or spec.origin is None:
        pytest.skip(f"there is no reader {name} in this tree yet")
    return import_module(f"iro_rules.engines.{name}")


def ask(name: str, situation: Situation) -> tuple[Verdict, ...]:
    """What a reader answers."""
    read = module(name).judge
    if name == "columnar":  # it makes its tables from facts, not from rows
        given: tuple[Verdict, ...] = read(
            situation.core, situation.case, as_of=situation.as_of, calendar=CALENDAR, related=situation.related
        )
        return given
    given = read(situation.core, rows(situation), CALENDAR)
    return given


def rows(situation: Situation) -> CaseRows:
    """The situation's case as the readers see it."""
    return prepare(situation.case, as_of=situation.as_of, calendar=CALENDAR, related=situation.related)


def answer(situation: Situation) -> tuple[Verdict, ...]:
    """What the situation means."""
    return meaning(situation.core, rows(situation), CALENDAR)


def agrees(name: str, situation: Situation) -> None:
    """Fails where a reader differs from the meaning, and keeps the situation in tests/corpus."""
    wanted = answer(situation)
    try:
        given = ask(name, situation)
    except Exception:
        keep(name, situation, f"{name} raised an error")
        raise
    if plain(given) != plain(wanted):
        keep(name, situation, f"{name} differed from meaning")
        lacks = [v for v in wanted if v not in given]
        adds = [v for v in given if v not in wanted]
        pytest.fail(f"{name} lacks {lacks} and adds {adds}; kept in {kept_as(name).name}")


def plain(verdicts: tuple[Verdict, ...]) -> list[tuple[object, ...]]:
    """Verdicts with their types, so that 1 is not True and a float is not a whole number."""
    return [tuple((type(v) if not isinstance(v, str) else str, v) for v in verdict) for verdict in verdicts]


def kept_as(name: str) -> Path:
    """Where the latest (so at last the smallest) disagreement of a reader is kept."""
    return CORPUS / f"found-{name}.json"


def keep(name: str, situation: Situation, found: str) -> None:
    """Save a situation for `test_corpus`; rename the file and say what it showed once it is understood."""
    text = json.dumps(to_plain(situation, found=found), indent=1, sort_keys=True, ensure_ascii=True)
    kept_as(name).write_text(text + "\n", encoding="utf-8")
