"""Chapter 8 of the Handbook on the children's guardian, and the Cafcass note on the end of proceedings."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Soft
from iro_rules.national.handbook.source import law
from iro_rules.national.shared import CARE_STARTED, IRO_NOW, PROCEEDINGS_OPEN
from iro_rules.rulebook import (
    KNOWN,
    Absent,
    Duty,
    Force,
    Gate,
    Law,
    Modality,
    Present,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Condition

_CHAPTER = "chapter 8, as cited by a protocol of IROs, social care and legal services"


def _heard(name: str, when: Condition, **since: Any) -> Gate:
    """Of the final plan in the child's first proceedings, or in later ones, of which the IRO said nothing earlier."""
    said = fact("told", by="iro", to=("local_authority", "social_worker"), about="final_care_plan")
    return Gate(
        id=f"handbook.iro-heard-on-final-plan{name}",
        law=law(("N-H17",), _CHAPTER, verb="takes into", verified=Verified.V2),
        act="send the final plan to court only once the IRO's views on it are known",
        bearer="local_authority",
        to="iro",
        trigger=fact("filed", document="final_evidence"),
        given=(seek("earlier", fact("proceedings_ended"), until="trigger", pick="last"),),
        when=(when,),
        first=(seek("views", said, until="trigger", **since),),
        note="Whether the plan then took the views in is a judgement; this asks only whether there were any to take "
        "in. What the IRO said in proceedings that ended earlier was of another plan.",
    )


WITH_THE_GUARDIAN = (
    Status(
        id="handbook.work-with-guardian",
        law=law(("N-H17",), _CHAPTER, verb="close work", verified=Verified.V2),
        act="while proceedings go on, the IRO and the children's guardian work closely together",
        bearer=("iro", "guardian"),
        to="child",
        trigger=PROCEEDINGS_OPEN,
        given=(seek("iro", IRO_NOW),),
        when=(Present("iro"),),
        reported=True,
        running=True,
        note="A duty without an end of its own: it runs as long as the proceedings do. No act discharges it.",
    ),
    _heard("", Absent("earlier")),
    _heard(".after-earlier-proceedings", Present("earlier"), since="earlier"),
)


def _note(paragraph: str, modality: Modality, verb: str) -> Law:
    """A paragraph of the Cafcass practice note, whose day in December 2017 is not known: in force for certain after."""
    return Law(
        rows=("N-H18",),
        citation=f"Cafcass practice note, December 2017, para {paragraph}, as reported by the national IRO managers",
        force=Force.GOOD_PRACTICE,
        modality=modality,
        verb=verb,
        verified=Verified.V2,
        start="2018-01-01",
    )


_STAYS = (
    seek("issued", fact("proceedings_issued"), "proceedings"),
    seek("care", CARE_STARTED, until="trigger", pick="last"),
    seek("left", fact("ceased_to_be_looked_after"), on={"period": "care.period"}, until="trigger"),
)
_STILL_IN_CARE = (Present("issued"), Present("care"), Absent("left"))

AT_THE_END = (
    Duty(
        id="cafcass-note.documents-checked",
        law=_note("2.2", Modality.SHOULD, "checks"),
        act="check that the IRO has the documents of the proceedings, for a child who stays looked after",
        bearer="guardian",
        to="iro",
        trigger=fact("proceedings_ended"),
        given=_STAYS,
        when=_STILL_IN_CARE,
        within=Soft("at the end of the proceedings"),
        met_by=(seek("check", fact("decided", by="guardian", about="iro_has_documents"), since="issued"),),
        contact="cafcass",
    ),
    Duty(
        id="cafcass-note.final-discussion",
        law=_note("2.3", Modality.SHOULD, "holds"),
        act="hold a final discussion with the IRO about a child who stays looked after",
        bearer="guardian",
        to="iro",
        trigger=fact("proceedings_ended"),
        given=_STAYS,
        when=_STILL_IN_CARE,
        within=Soft("at the end of the proceedings"),
        met_by=(seek("discussion", fact("meeting_held", meeting="guardian_final_discussion"), since="issued"),),
        contact="cafcass",
    ),
    Duty(
        id="cafcass-note.referral-timing",
        law=_note("3.1", Modality.CONSIDER, "weighs"),
        act="weigh when to refer the case to Cafcass against the child's own timetable",
        bearer="iro",
        to="child",
        trigger=fact("decided", by="iro", about="cafcass_referral", ref=KNOWN),
        met_by=(seek("weighed", fact("decided", by="iro", about="referral_timing"), "ref"),),
        contact="cafcass",
        note="Met by a recorded weighing, whatever came of it.",
    ),
)

RULES = (*WITH_THE_GUARDIAN, *AT_THE_END)
