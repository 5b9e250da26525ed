"""How a rule of the Regulations gives its source."""

from __future__ import annotations

from iro_rules.national.shared import citing
from iro_rules.rulebook import Force, Modality, Verified

SI = "Care Planning, Placement and Case Review (England) Regulations 2010"

law = citing(SI, force=Force.REGULATION, modality=Modality.MUST, verb="must", verified=Verified.V1)
