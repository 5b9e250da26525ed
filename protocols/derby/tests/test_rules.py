"""Derby's rules are what every protocol package must be, and say what the document says."""

from __future__ import annotations

from pathlib import Path

import iro_rules_derby
from iro_rules.testing.conformance import conforms

HERE = Path(__file__).parent
FIGURES: dict[str, int] = {}

TestProtocol = conforms(
    iro_rules_derby,
    scenarios=HERE.parent / "scenarios",
    figures=FIGURES,
    law=HERE / "law",
    rows=[f"D-{n:02}" for n in range(1, 17)],
)


def test_the_way_to_a_court_is_not_made_a_power() -> None:
    """The procedure speaks of going to court (D-14), but no law was found that gives an IRO that way."""
    assert [part.id for part in iro_rules_derby.iro_protocol().parts if "court" in getattr(part, "to", ())] == []
