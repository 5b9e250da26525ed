"""The Handbook on appointing an IRO: by when, who is told, and the same IRO or another."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, before_the_event, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import CARE_STARTED, FIRST_TIMED, IN_FORCE, IRO_OVER, LEFT_CARE, WITH_THE_REVIEW
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Constraint,
    Duty,
    Force,
    Modality,
    Present,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern

SERVICE_TOLD = Number("handbook.iro-service-told.within", {IN_FORCE: 2})
APPOINTMENT = Number("handbook.iro-appointed.within", {IN_FORCE: 5})

SERVICE_KNOWS = Pattern("handbook.iro-service-knows")
"""Notices that reached the IRO service; a protocol that names another way in adds a status of this kind."""

_APPOINTED = fact("appointed", role="iro")
_PREDECESSOR = seek("earlier", _APPOINTED, "period", before="trigger", pick="last")
_ANOTHER = Compare("trigger.person", "ne", "earlier.person")
_PASSAGE = "on appointment (paragraph not seen)"

ON_ENTRY = (
    Status(
        id="handbook.iro-service-knows",
        law=law(
            ("N-H12",),
            "as paraphrased by Hertfordshire's and Walsall's procedures",
            modality=Modality.CONDITION,
            verb="told",
            verified=Verified.V3,
        ),
        act="the IRO service was told that the child became looked after",
        trigger=fact("told", to=("iro_service", "iro_manager"), about="became_looked_after"),
    ),
    Duty(
        id="handbook.iro-service-told",
        law=law(("N-H12",), "as paraphrased by Hertfordshire's and Walsall's procedures", verified=Verified.V3),
        act="tell the IRO service that the child has become looked after",
        bearer="local_authority",
        to="iro_service",
        trigger=CARE_STARTED,
        within=within(SERVICE_TOLD, Unit.WORKING_DAYS),
        met_by=(seek("notice", SERVICE_KNOWS, since="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="handbook.iro-appointed",
        law=law(("F-01", "N-H11", "R1-05"), f"{DUTIES}, item 1", force=Force.GOOD_PRACTICE, verified=Verified.V3),
        act="appoint a named IRO for the child",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        within=within(APPOINTMENT, Unit.WORKING_DAYS),
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="handbook.iro-meets-child",
        law=law(("N-H11", "R1-04"), _PASSAGE, modality=Modality.MUST, verb="must", verified=Verified.V3),
        act="meet the child before the first review",
        bearer="iro",
        to="child",
        trigger=FIRST_TIMED,
        within=before_the_event(),
        met_by=(seek("meeting", fact("visited", by="iro"), "period"),),
        **WITH_THE_REVIEW,
    ),
)

SAME_OR_ANOTHER = (
    Constraint(
        id="handbook.siblings-share-iro",
        law=law(("N-H14", "R1-06", "R1-08"), _PASSAGE, verified=Verified.V3),
        act="give brothers and sisters who are looked after the same IRO",
        bearer="local_authority",
        to="child",
        relation="sibling",
        role="iro",
        same=True,
        unless=(
            seek("conflict", fact("decided", about="sibling_conflict_of_interest", result="holds")),
            seek("size", fact("decided", about="sibling_group_too_large", result="holds")),
        ),
        note="A recorded conflict of interest, or a group too large for one IRO, excuses separate IROs.",
    ),
    Constraint(
        id="handbook.parent-and-child-have-different-iros",
        law=law(("N-H14", "R1-15"), _PASSAGE, verified=Verified.V3),
        act="give a looked-after child of a looked-after parent an IRO other than the parent's",
        bearer="local_authority",
        to="child",
        relation="parent",
        role="iro",
        same=False,
    ),
)


def _child_told(name: str, appointed: Pattern, **other: Any) -> Duty:
    return Duty(
        id=f"handbook.child-told-of-iro{name}",
        law=law(("N-H14", "R1-10"), _PASSAGE, verified=Verified.V3),
        act="tell the child who the IRO is and how to reach them",
        bearer="local_authority",
        to="child",
        trigger=appointed,
        met_by=(seek("notice", fact("told", to="child", about="iro_details"), since="trigger"),),
        **other,
    )


TOLD = (
    _child_told(
        "",
        fact("appointed", role="iro", person=KNOWN),
        lapses=IRO_OVER,
        note="Owed for each IRO anew, and no longer for one who has gone. The source sets no clock.",
    ),
    _child_told(
        ".unnamed",
        fact("appointed", role="iro", person=UNKNOWN),
        lapses=LEFT_CARE,
        note="Where it is not on record who was appointed, that they have gone cannot be followed either: it is owed "
        "until the period of care ends. The source sets no clock.",
    ),
    Duty(
        id="handbook.verbal-notice-dated",
        law=law(("N-H14", "R1-12"), _PASSAGE, modality=Modality.MUST, verb="must", verified=Verified.V3),
        act="record the day on which the child was told by word of mouth who the IRO is",
        bearer="local_authority",
        trigger=fact("told", to="child", about="iro_details", manner="verbally"),
        met_by=(seek("record", fact("recorded", about="iro_details"), since="trigger"),),
    ),
)

CONTINUITY = (
    Status(
        id="handbook.iro-changed",
        law=law(("N-H14", "R1-13"), _PASSAGE, verified=Verified.V3),
        act="this IRO took over from another within one period of care, though the child should keep the same one",
        bearer="local_authority",
        to="child",
        trigger=_APPOINTED,
        given=(_PREDECESSOR,),
        when=(Present("earlier"), _ANOTHER),
        reported=True,
        note="Whether the change could be helped is a judgement, so this only points the change out.",
    ),
    Status(
        id="handbook.iro-changed-on-return",
        law=law(("N-H14", "R1-14"), _PASSAGE, verified=Verified.V3),
        act="the child came back into care to another IRO, though it should be the former one where practicable",
        bearer="local_authority",
        to="child",
        trigger=_APPOINTED,
        given=(
            seek("this_time", _APPOINTED, "period", before="trigger"),
            seek("earlier", _APPOINTED, before="trigger", pick="last"),
            seek("start", fact("became_looked_after"), "period"),
            seek("excuse", fact("decided", about="same_iro_not_practicable", result="holds"), since="start"),
        ),
        when=(Absent("this_time"), Present("earlier"), _ANOTHER, Absent("excuse")),
        reported=True,
        note="Not said where it is on record that the former IRO was not practicable.",
    ),
    Duty(
        id="handbook.iro-handover",
        law=law(("N-H14", "R1-16"), _PASSAGE, verified=Verified.V3),
        act="introduce the new IRO to the child in person",
        bearer="iro",
        to=("child", "iro"),
        trigger=_APPOINTED,
        given=(_PREDECESSOR,),
        when=(Present("earlier"), _ANOTHER),
        met_by=(seek("meeting", fact("meeting_held", meeting="iro_introduction"), on={"ref": "trigger.person"}),),
        lapses=LEFT_CARE,
        note="The IRO who leaves owes it, and cannot once gone. The meeting's reference names the new IRO.",
    ),
)

RULES = (*ON_ENTRY, *SAME_OR_ANOTHER, *TOLD, *CONTINUITY)
