"""The guidance on the end of care proceedings: the Guardian's letter and the papers the IRO is given."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Soft
from iro_rules.national.plo_guidance.source import at_the_event, law, reached_iro
from iro_rules.rulebook import Duty, Modality, fact

_ENDED = fact("proceedings_ended")


def _after_conclusion(document: str, words: str, **options: Any) -> Duty:
    return Duty(
        id=f"plo.closure.{document.replace('_', '-')}",
        law=law(("P-31",), "on closure", "lines 72-80"),
        act=f"give the IRO {words} now that proceedings have ended",
        bearer="legal_department",
        to="iro",
        trigger=_ENDED,
        within=Soft("as soon as it is available"),
        met_by=reached_iro(document, **options),
        needs="any",
        contact="legal_department",
    )


RULES = (
    Duty(
        id="plo.closure.guardians-letter",
        law=law(("P-30",), "on closure", "lines 70-71", modality=Modality.MUST, verb="will"),
        act="give the IRO a letter that closes the work and hands over",
        bearer="guardian",
        to="iro",
        trigger=_ENDED,
        within=at_the_event("at the end of care proceedings"),
        met_by=reached_iro("closure_letter"),
        needs="any",
        contact="guardian",
        note="The Guardian is not one of the authority's own people.",
    ),
    # Directions come throughout proceedings: only those given once they have ended are those of the end.
    _after_conclusion("court_directions", "the court's directions", since="trigger"),
    _after_conclusion("judgment", "the judgment"),
    _after_conclusion("cafcass_final_evidence", "the final evidence of Cafcass"),
)
