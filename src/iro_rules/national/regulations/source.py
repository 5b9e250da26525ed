"""How a rule of the Regulations gives its source."""

from __future__ import annotations

from typing import Any

from iro_rules.national.shared import IN_FORCE
from iro_rules.rulebook import Force, Law, Modality, Verified

SI = "Care Planning, Placement and Case Review (England) Regulations 2010"


def law(rows: tuple[str, ...], regulation: str, **other: Any) -> Law:
    """The law of a rule of the Regulations: its rows and where it stands; `other` says what is not usual."""
    return Law(
        rows=rows,
        citation=f"{SI}, {regulation}",
        **{
            "force": Force.REGULATION,
            "modality": Modality.MUST,
            "verb": "must",
            "verified": Verified.V1,
            "start": IN_FORCE,
            **other,
        },
    )
