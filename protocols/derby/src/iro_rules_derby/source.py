"""The document that Derby's rules come from, and how they cite it."""

from __future__ import annotations

from typing import Any

from iro_rules.rulebook import Force, Law, Modality, Verified

PROCEDURE = "Derby, Access to Independent Legal Advice for IROs"
START = "2011-04-01"


def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    settings: dict[str, Any] = {
        "force": Force.LOCAL_PROTOCOL,
        "modality": Modality.SHOULD,
        "verb": "should",
        "verified": Verified.S,
        "start": START,
    }
    return Law(rows=rows, citation=f"{PROCEDURE}, {where}", **(settings | other))
