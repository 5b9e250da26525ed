"""How a rule of the Handbook gives its source."""

from __future__ import annotations

from typing import Any

from iro_rules.national.shared import IN_FORCE
from iro_rules.rulebook import Force, Law, Modality, Verified

HANDBOOK = "IRO Handbook 2010"
DUTIES = "the summary of the authority's duties"


def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    """The law of a rule of the Handbook: its rows and where it stands; `other` says what is not usual."""
    return Law(
        rows=rows,
        citation=f"{HANDBOOK}, {where}",
        **{
            "force": Force.STATUTORY_GUIDANCE,
            "modality": Modality.SHOULD,
            "verb": "should",
            "verified": Verified.S,
            "start": IN_FORCE,
            **other,
        },
    )
