"""How a rule of the Handbook gives its source, and finds the period of care it is about."""

from __future__ import annotations

from iro_rules.national.shared import CARE_STARTED, citing
from iro_rules.rulebook import Force, Modality, Verified, fact, seek

HANDBOOK = "IRO Handbook 2010"
DUTIES = "the summary of the authority's duties"

CARE_THEN = seek("care", CARE_STARTED, until="trigger", pick="last")
"""The period of care in which the trigger falls, for facts that do not name one."""
LEFT_CARE_THEN = seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "care.period"})


law = citing(HANDBOOK, force=Force.STATUTORY_GUIDANCE, modality=Modality.SHOULD, verb="should", verified=Verified.S)
