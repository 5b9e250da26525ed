"""The rulebooks whose boundaries are tried: one made by hand, the national one, and each protocol installed."""

from __future__ import annotations

from importlib.util import find_spec

from iro_rules.clock import Clock, Number, Unit, at_least_before, within
from iro_rules.rulebook import Duty, Force, Law, Modality, Rulebook, Verified, fact, seek

LAW = Law(
    rows=("T-01",), citation="a test", force=Force.GOOD_PRACTICE, modality=Modality.SHOULD, verb="should",
    verified=Verified.M, start="2011-04-01",
)  # fmt: skip
HELD = (seek("held", fact("review_held"), "review"),)


def duty(name: str, timescale: Clock) -> Duty:
    """A duty to hold a review, counted from its planning, or back from the day planned."""
    anchor = "trigger" if timescale.direction == "after" else "trigger.planned_for"
    return Duty(
        id=name, law=LAW, act="hold it", trigger=fact("review_planned"), anchor=anchor, within=timescale, met_by=HELD
    )


def by_hand() -> Rulebook:
    """Every unit both ways, strict and not, and a number that changed in 2024."""
    rules = [duty(f"within.{u.name.lower()}", within(Number(f"within.{u.name}", 3), u)) for u in Unit]
    both = [unit for unit in Unit if unit not in (Unit.HOURS, Unit.YEAR_ENDS)]
    rules += [duty(f"before.{u.name.lower()}", at_least_before(Number(f"before.{u.name}", 1), u)) for u in both]
    rules += [duty(f"strict.{u.name.lower()}", Clock(Number(f"strict.{u.name}", 3), u, "after", True)) for u in both]
    rules += [duty(f"clear.{u.name.lower()}", Clock(Number(f"clear.{u.name}", 1), u, "before", True)) for u in both]
    rules.append(
        duty("changed", within(Number("changed.days", {"2011-04-01": 10, "2024-05-01": 5}), Unit.WORKING_DAYS))
    )
    return Rulebook(name="by hand", parts=tuple(rules))


def rulebooks() -> dict[str, Rulebook]:
    """Every rulebook in this tree and installation, by name."""
    found = {"by hand": by_hand()}
    if find_spec("iro_rules.national.handbook") is not None:
        from iro_rules.national import rulebook
        from iro_rules.protocols import Registry

        found["national"] = rulebook()
        found |= {protocol.name: protocol.overlay(rulebook()) for protocol in Registry.discover().protocols}
    return found
