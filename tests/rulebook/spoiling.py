"""Sound rules to spoil, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iro_rules.clock import Number
from iro_rules.readings import Interpretation
from iro_rules.rulebook import (
    Conflict,
    Duty,
    Force,
    Law,
    Modality,
    Rulebook,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Production
from iro_rules.testing.random_rules import term_table

Spoilt = Callable[[], Any]

LAW = Law(
    rows=("T-01",), citation="a test", force=Force.GOOD_PRACTICE, modality=Modality.SHOULD, verb="should",
    verified=Verified.S, start="2011-04-01",
)  # fmt: skip
TOLD = fact("told", about="review")
PLANNED = fact("review_planned")
HELD = seek("held", fact("review_held"), "review")
NUMBER = Number("n", 5)
SIDES = Interpretation("test.sides", "Which side?", (("left", "the left"), ("right", "the right")), "left", "why not")


def duty(**change: Any) -> Rulebook:
    """A sound duty with something changed, in a rulebook of its own."""
    rule: dict[str, Any] = {"id": "test.duty", "law": LAW, "act": "act", "trigger": PLANNED, "met_by": (HELD,)}
    return Rulebook(name="test", parts=(Duty(**{**rule, **change}),))


def status(**change: Any) -> Rulebook:
    """A sound status with something changed."""
    rule: dict[str, Any] = {"id": "test.status", "law": LAW, "act": "act", "trigger": PLANNED}
    return Rulebook(name="test", parts=(Status(**{**rule, **change}),))


def conflict(**change: Any) -> Conflict:
    return Conflict(**{"id": "test.conflict", "law": LAW, "act": "act", "trigger": PLANNED, **change})


def book(*parts: Any, **more: Any) -> Rulebook:
    return Rulebook(name="test", parts=parts, **more)


def raised(**change: Any) -> Rulebook:
    """The same over disputes that were raised."""
    return duty(trigger=fact("raised"), met_by=(seek("told", TOLD),), **change)


def the_duty(**change: Any) -> Duty:
    """The duty itself."""
    rule = duty(**change).parts[0]
    assert isinstance(rule, Duty)
    return rule


def production(made: Production) -> Any:
    return order([made], terms=term_table())
