"""Rochdale's rules are what every protocol package must be, and say what the document says."""

from __future__ import annotations

from pathlib import Path

import iro_rules_rochdale
from iro_rules.testing.conformance import conforms

HERE = Path(__file__).parent
FIGURES = {
    "rochdale.appointment.within": 5,
    "rochdale.concern.outcome-told.within": 1,
    "rochdale.concern.representations.within": 7,
    "rochdale.concern.window.longest": 7,
    "rochdale.concern.window.shortest": 1,
    "rochdale.dispute.director-decision.within": 3,
    "rochdale.dispute.escalate-to-service-director.within": 1,
    "rochdale.dispute.formal-length.within": 20,
    "rochdale.dispute.managers-discussion.within": 1,
    "rochdale.dispute.raise-with-team-manager.within": 2,
    "rochdale.dispute.team-manager-response.within": 5,
    "rochdale.dispute.three-way-meeting.within": 5,
    "rochdale.role.at-the-review.within": 0,
}

LENGTHS = {"R1": 16, "R2": 18, "R3": 4, "R4": 10, "R5": 14, "R6": 19, "R7": 35}
ROWS = [f"{part}-{n:02}" for part, last in LENGTHS.items() for n in range(0 if part == "R5" else 1, last + 1)]
"""As numbered for the procedure; section 5 begins with the open clause before its list."""

TestProtocol = conforms(
    iro_rules_rochdale,
    scenarios=HERE.parent / "scenarios",
    figures=FIGURES,
    law=HERE / "law",
    rows=ROWS,
)
