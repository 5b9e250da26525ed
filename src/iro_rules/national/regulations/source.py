"""How a rule of the Regulations gives its source."""

from __future__ import annotations

from typing import Any

from iro_rules.national.shared import citing
from iro_rules.rulebook import Force, Law, Modality, Verified

SI = "Care Planning, Placement and Case Review (England) Regulations 2010"

law = citing(SI, force=Force.REGULATION, modality=Modality.MUST, verb="must", verified=Verified.V1)


def unread(row: str, regulation: str, **other: Any) -> Law:
    """The law of a rule on a regulation whose English text nobody has read."""
    return law((row,), f"{regulation} (English text not read)", verified=Verified.M, **other)
