"""The guidance on a dispute over the plan: word to the Children's Guardian, and a report of the IRO's own."""

from __future__ import annotations

from typing import Any

from iro_rules.national.plo_guidance.source import IRO_SERVICE, ISSUED, law, status
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Compare, Duty, Modality, Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern

UNRESOLVED = Interpretation(
    "plo.dispute-to-guardian.from",
    "From which point is the Guardian to be told that a dispute is not resolved?",
    (
        ("stage_failed", "once a stage of the dispute has ended without agreement"),
        ("raised", "from the day the dispute is raised, for as long as it is not resolved"),
    ),
    "stage_failed",
    "That the process has not led to a resolution can be said once some stage of it has been tried.",
)

NOT_RESOLVED = Pattern("plo.dispute-not-resolved")
ATTEMPT_FAILED = Pattern("plo.dispute-attempt-failed")
_RAISED = fact("raised", by="iro", about="dispute")
_FAILED = fact("outcome", result="not_agreed")
_RESOLVED = seek("resolved", fact("outcome", result="agreed"), "dispute", since="trigger")


def _dispute(kind: Pattern, row: str, lines: str, act: str, trigger: Any) -> Status:
    return Status(
        id=kind.kind,
        law=status((row,), "on disputes", lines, "dispute resolution"),
        act=act,
        trigger=trigger,
        given=(
            seek("raised", _RAISED, "dispute"),
            seek("issued", ISSUED, pick="last"),
            seek("ended", fact("proceedings_ended"), on={"proceedings": "issued.proceedings"}, until="trigger"),
        ),
        when=(Present("raised"), Present("issued"), Absent("ended")),
        identity="trigger.dispute",
    )


RULES = (
    _dispute(
        NOT_RESOLVED,
        "P-26",
        "lines 63-64",
        "the IRO's dispute, in proceedings, has not been resolved",
        by_reading(UNRESOLVED, stage_failed=_FAILED, raised=_RAISED),
    ),
    Duty(
        id="plo.guardian-told-of-dispute",
        law=law(("P-26",), "on disputes", "lines 63-64", modality=Modality.MUST, verb="will"),
        act="tell the Children's Guardian that a dispute was started and has not been resolved",
        bearer="iro_service",
        to="guardian",
        trigger=NOT_RESOLVED,
        met_by=(
            seek("notice", fact("told", by=IRO_SERVICE, to="guardian", about="dispute"), "dispute", since="trigger"),
        ),
        lapses=_RESOLVED,
        contact="guardian",
    ),
    _dispute(
        ATTEMPT_FAILED,
        "P-27",
        "lines 64-67",
        "an attempt to resolve the IRO's dispute, in proceedings, has failed",
        _FAILED,
    ),
    Duty(
        id="plo.consider-separate-iro-report",
        law=law(
            ("P-27",),
            "on disputes",
            "lines 64-67",
            modality=Modality.CONSIDER,
            verb="consideration needs to be given",
        ),
        act="consider a separate report to the court by the IRO, who disagrees with the care plan",
        bearer="iro_service",
        to="court",
        trigger=ATTEMPT_FAILED,
        given=(
            seek("view", fact("decided", by="iro", about=("care_plan", "final_care_plan")), "dispute", pick="last"),
        ),
        when=(Present("view"), Compare("view.result", "eq", constant="does_not_hold")),
        met_by=(
            seek(
                "consideration",
                fact("decided", by=IRO_SERVICE, about="separate_iro_report"),
                "dispute",
                since="trigger",
            ),
        ),
        lapses=_RESOLVED,
        note="Any outcome meets it. That the IRO disagrees is the IRO's own recorded view of the plan in this dispute.",
    ),
)
