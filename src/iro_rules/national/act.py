"""Children Act 1989, Part III: the independent reviewing officer."""

from __future__ import annotations

from iro_rules.clock import before_the_event
from iro_rules.national.shared import FIRST_TIMED, IN_FORCE
from iro_rules.rulebook import Duty, Force, Law, Modality, Verified, fact, seek

RULES = (
    Duty(
        id="act.iro-before-first-review",
        law=Law(
            rows=("N-A02", "R1-03"),
            citation="Children Act 1989, s 25A(2)",
            force=Force.STATUTE,
            modality=Modality.MUST,
            verb="must",
            verified=Verified.V1,
            start=IN_FORCE,
        ),
        act="appoint an IRO for the child before the first review",
        bearer="local_authority",
        to="child",
        trigger=FIRST_TIMED,
        within=before_the_event(),
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
    ),
)
