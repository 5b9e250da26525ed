"""How a rule of Rochdale's procedure gives its source, and the facts that both of its ladders look for."""

from __future__ import annotations

from typing import Any

from iro_rules.rulebook import Force, Law, Modality, Verified, fact, seek

PROCEDURE = "Rochdale, Independent Reviewing Officers' procedure"
START = "2011-04-01"
"""The procedure applies the Handbook, which took effect on this day, and gives no day of its own."""

JULY_2017 = "2017-07-01"
"""What it says of short breaks came in June 2017, on a day not given: in force for certain after that month."""


def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    """The law of a rule: its rows and place in the procedure; `other` says what is not usual."""
    settings: dict[str, Any] = {
        "force": Force.LOCAL_PROTOCOL,
        "modality": Modality.MUST,
        "verb": "must",
        "verified": Verified.S,
        "start": START,
    }
    return Law(rows=rows, citation=f"{PROCEDURE}, {where}", **(settings | other))


def should(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    """The law of a rule that says should."""
    return law(rows, where, **{"modality": Modality.SHOULD, "verb": "should", **other})


def step(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    """The law of a rule that the procedure lists as a step of a ladder."""
    return law(rows, where, **{"verb": "listed as a step", **other})


def condition(rows: tuple[str, ...], where: str, verb: str = "listed as a step") -> Law:
    """The law of a status or a conflict: what other rules mean by a word, or what cannot be."""
    return law(rows, where, modality=Modality.CONDITION, verb=verb)


def told(name: str, about: str, by: str, to: str, **options: Any) -> Any:
    """The look-up of a notice in the same dispute or concern."""
    return seek(name, fact("told", by=by, to=to, about=about), "dispute", **options)
