"""Barnet's rules are what every protocol package must be, and say what the document says."""

from __future__ import annotations

from pathlib import Path

import iro_rules_barnet
from iro_rules.testing.conformance import conforms

HERE = Path(__file__).parent
FIGURES = {
    "barnet.shared-list.every": 1,
    "barnet.recommendation.within": 5,
    "barnet.initial-documents.within": 5,
    "barnet.later-documents.within": 5,
    "barnet.draft-evidence.at-least": 5,
    "barnet.draft-returned.within": 24,
    "barnet.draft-returned.days": 1,
    "barnet.concern.same-day": 0,
    "barnet.iro-details.within": 5,
    "barnet.order-notice.within": 48,
}

TestProtocol = conforms(
    iro_rules_barnet,
    scenarios=HERE.parent / "scenarios",
    figures=FIGURES,
    law=HERE / "law",
    rows=[f"B-{n:02}" for n in range(1, 47)],
)
