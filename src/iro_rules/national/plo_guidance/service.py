"""Good practice guidance for IROs on the Public Law Outline: what it asks of the authority as a whole."""

from __future__ import annotations

from iro_rules.national.shared import IN_FORCE
from iro_rules.rulebook import Force, Law, Modality, StandingDuty, Verified

RULES = (
    StandingDuty(
        id="plo.tracker",
        law=Law(
            rows=("P-01",),
            citation="Good practice guidance for IROs in the PLO, on pre-proceedings (seed 004, lines 21-22)",
            force=Force.GOOD_PRACTICE,
            modality=Modality.MUST,
            verb="must",
            verified=Verified.S,
            start=IN_FORCE,
        ),
        act="make its tracker of cases under the Public Law Outline available to the IRO service, and easy to get at",
        bearer="local_authority",
        to="iro_service",
        arrangement="public_law_outline_tracker",
        shown_by="the access that was given, and to whom",
        note="How easy is easy enough is a judgement.",
    ),
)
