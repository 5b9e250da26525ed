"""How a rule of the Handbook gives its source, and finds the period of care it is about."""

from __future__ import annotations

from typing import Any

from iro_rules.national.shared import CARE_STARTED, IN_FORCE
from iro_rules.rulebook import Force, Law, Modality, Verified, fact, seek

HANDBOOK = "IRO Handbook 2010"
DUTIES = "the summary of the authority's duties"

CARE_THEN = seek("care", CARE_STARTED, until="trigger", pick="last")
"""The period of care in which the trigger falls, for facts that do not name one."""
LEFT_CARE_THEN = seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "care.period"})


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
