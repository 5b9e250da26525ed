"""Good practice guidance for IROs on the Public Law Outline: final care planning."""

from __future__ import annotations

from iro_rules.national.shared import HELD, IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Conflict, Force, Law, Modality, Present, Status, Verified, fact, seek

FINAL_REVIEW = Interpretation(
    "plo.plan-not-endorsed.review",
    "Which review counts as the one that must come before final evidence goes to court?",
    (
        ("in_proceedings", "any review held between the issue of proceedings and the filing"),
        ("with_evidence", "a review held once the IRO had the final evidence"),
    ),
    "in_proceedings",
    "The text only puts a review before the filing; a neighbouring sentence also asks that the IRO have the evidence.",
)

_LAW = Law(
    rows=("P-23",),
    citation="Good practice guidance for IROs in the PLO, on final evidence (seed 004, lines 58-60)",
    force=Force.GOOD_PRACTICE,
    modality=Modality.MUST,
    verb="must",
    verified=Verified.S,
    start=IN_FORCE,
)

_FILED = fact("filed", document="final_evidence")
_ISSUED = seek("issued", fact("proceedings_issued"), "proceedings", until="trigger", pick="last")
_EVIDENCE = seek("evidence", fact("received", by="iro", document="final_evidence"), "proceedings", until="trigger")

RULES = (
    Status(
        id="plo.plan-not-endorsed",
        law=_LAW,
        act="the final care plan counts as not endorsed by the IRO, since no review came before the evidence was filed",
        bearer=("local_authority", "iro"),
        to="court",
        trigger=_FILED,
        given=by_reading(
            FINAL_REVIEW,
            in_proceedings=(_ISSUED, seek("review", HELD, since="issued", until="trigger")),
            with_evidence=(_EVIDENCE, _ISSUED, seek("review", HELD, since="evidence", until="trigger")),
        ),
        when=(Present("issued"), Absent("review")),
        reported=True,
    ),
    Conflict(
        id="plo.filed-without-proceedings",
        law=_LAW,
        act="final evidence is recorded as filed in proceedings that are not recorded as issued",
        trigger=_FILED,
        given=(_ISSUED,),
        when=(Absent("issued"),),
    ),
)
