"""How shared statuses give their source: the day the instruments took effect, and what only retells the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iro_rules.rulebook import Force, Law, Modality, Verified

IN_FORCE = "2011-04-01"
"""The Regulations and the Handbook took effect together (N-R01, F-00)."""

EVER = "1900-01-01"
"""The start of statuses that only say what the record shows, or count from a day long past, as a birthday does."""


def citing(instrument: str, **usual: Any) -> Callable[..., Law]:
    """How the rules of one instrument give their source: `law(rows, where, **what_is_not_usual)`."""

    def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
        return Law(rows=rows, **{"citation": f"{instrument}, {where}", "start": IN_FORCE, **usual, **other})

    return law


def recorded(row: str, **other: Any) -> Law:
    """The law of a status that only says in one word what the record shows; `row` is a rule that needs it."""
    return Law(
        rows=(row,),
        **{
            "citation": "Care Planning, Placement and Case Review (England) Regulations 2010, reg 32(1)",
            "force": Force.REGULATION,
            "modality": Modality.CONDITION,
            "verb": "looked after",
            "verified": Verified.V1,
            "start": EVER,
            **other,
        },
    )
