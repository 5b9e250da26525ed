"""The document that Barnet's rules come from, and how they cite it."""

from __future__ import annotations

from typing import Any

from iro_rules.rulebook import Force, Law, Modality, Verified

PROTOCOL = "Barnet, IRO and Legal Services Protocol, version 12"
EDITION = "2023-07-31"
"""The day of the edition that was read; earlier editions were not seen, so nothing is said of the time before."""


def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    settings: dict[str, Any] = {
        "force": Force.LOCAL_PROTOCOL,
        "modality": Modality.MUST,
        "verb": "will",
        "verified": Verified.S,
        "start": EDITION,
    }
    return Law(rows=rows, citation=f"{PROTOCOL}, {where}", **(settings | other))


SHOULD: dict[str, Any] = {"modality": Modality.SHOULD, "verb": "should"}
MAY: dict[str, Any] = {"modality": Modality.MAY, "verb": "can"}
