"""Chapter 8 of the Handbook: family proceedings, and how the court, the guardian and the lawyers hear of the IRO."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import HELD, IN_FORCE, PROCEEDINGS_OPEN
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Conflict,
    Duty,
    Law,
    Lookup,
    Modality,
    Present,
    Status,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Condition, Pattern

COURT_DOCUMENTS = Number("handbook.court-documents.within", {IN_FORCE: 5})

IRO_THEN = Pattern("handbook.iro-in-proceedings")
"""An IRO and proceedings together, by the first day of both."""
REVIEW_THEN = Pattern("handbook.review-in-proceedings")
"""Reviews held while proceedings went on."""
_PROCEEDINGS_ENDED = seek("over", fact("proceedings_ended"), "proceedings", since="trigger")
_IRO = seek("iro", fact("appointed", role="iro"), until="trigger", pick="last")


def _condition(row: str, item: str, verb: str) -> Law:
    return law((row,), f"{DUTIES}, item {item}", modality=Modality.CONDITION, verb=verb)


def _iro_in_proceedings(name: str, act: str, trigger: Pattern, given: tuple[Lookup, ...], **other: Any) -> Status:
    return Status(
        id=f"handbook.iro-in-proceedings.{name}",
        law=_condition("F-20a", "20(a)", "in family proceedings"),
        act=act,
        trigger=trigger,
        given=given,
        kind=IRO_THEN.kind,
        **other,
    )


DETAILS = (
    _iro_in_proceedings(
        "from-issue",
        "proceedings about the child began, and the child had an IRO",
        fact("proceedings_issued"),
        (_IRO, seek("left", fact("ended", role="iro"), on={"person": "iro.person"}, since="iro", until="trigger")),
        when=(Present("iro"), Absent("left")),
    ),
    _iro_in_proceedings(
        "from-appointment",
        "an IRO was appointed while proceedings about the child went on",
        fact("appointed", role="iro"),
        (
            seek("issued", fact("proceedings_issued"), until="trigger", pick="last"),
            seek("that_day", fact("proceedings_issued"), on={"proceedings": "issued.proceedings"}, since="trigger"),
            seek(
                "ended",
                fact("proceedings_ended"),
                on={"proceedings": "issued.proceedings"},
                since="issued",
                until="trigger",
            ),
        ),
        when=(Present("issued"), Absent("that_day"), Absent("ended")),
        keep=(("proceedings", "issued.proceedings"),),
    ),
    Duty(
        id="handbook.legal-told-of-iro",
        law=law(("F-20a",), f"{DUTIES}, item 20(a)"),
        act="tell the legal department how to reach the IRO",
        bearer="iro_service",
        to="legal_department",
        trigger=IRO_THEN,
        given=(_IRO,),
        met_by=(seek("details", fact("told", to="legal_department", about="iro_details"), since="iro"),),
        lapses=_PROCEEDINGS_ENDED,
        contact="legal_department",
        note="Owed for each IRO of the proceedings. Details given on appointment, before the proceedings, serve too.",
    ),
    Duty(
        id="handbook.court-told-of-iro",
        law=law(("F-20b",), f"{DUTIES}, item 20(b)"),
        act="tell the court who the IRO is and how to reach them",
        bearer="legal_department",
        to="court",
        trigger=IRO_THEN,
        met_by=(seek("details", fact("told", to="court", about="iro_details"), since="trigger"),),
        lapses=_PROCEEDINGS_ENDED,
    ),
)

DOCUMENTS = (
    Duty(
        id="handbook.court-documents",
        law=law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="give the IRO a copy of each relevant court document",
        bearer="legal_department",
        to="iro",
        trigger=fact("received", by="legal_department", document="court_document", ref=KNOWN),
        within=within(COURT_DOCUMENTS, Unit.WORKING_DAYS),
        met_by=(seek("copy", fact("provided", document="court_document", to="iro"), "ref"),),
        note="Which documents are relevant is a judgement: those recorded as received are taken to be.",
    ),
    Conflict(
        id="handbook.court-documents.untraceable",
        law=law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="a court document was received without a reference, so whether the IRO got it cannot be followed",
        trigger=fact("received", by="legal_department", document="court_document", ref=UNKNOWN),
    ),
)


def _record(name: str, row: str, item: str, to: str, act: str, *other_ways: Lookup) -> Duty:
    return Duty(
        id=f"handbook.review-record-{name}",
        law=law((row,), f"{DUTIES}, item {item}"),
        act=act,
        bearer="local_authority",
        to=to,
        trigger=REVIEW_THEN,
        met_by=(seek("copy", fact("provided", document="review_record", to=to), "review"), *other_ways),
        needs="any",
        lapses=_PROCEEDINGS_ENDED,
        contact="legal_department",
        note="The source sets no clock, from the meeting or from the writing of its record.",
    )


def _review_in_proceedings(name: str, act: str, given: tuple[Lookup, ...], *when: Condition) -> Status:
    return Status(
        id=f"handbook.review-in-proceedings.{name}",
        law=_condition("F-22", "22", "in family proceedings"),
        act=act,
        trigger=HELD,
        given=given,
        when=(Present("issued"), *when),
        kind=REVIEW_THEN.kind,
        keep=(("proceedings", "issued.proceedings"),),
    )


RECORDS = (
    _review_in_proceedings(
        "going-on",
        "a review was held in proceedings that still go on",
        (seek("issued", PROCEEDINGS_OPEN, until="trigger", pick="last"),),
    ),
    _review_in_proceedings(
        "before-the-end",
        "a review was held in proceedings that have ended since",
        (
            seek("issued", fact("proceedings_issued"), until="trigger", pick="last"),
            seek("end", fact("proceedings_ended"), on={"proceedings": "issued.proceedings"}, since="trigger"),
        ),
        Present("end"),
    ),
    _record("to-legal", "F-22", "22", "legal_department", "give the legal department a copy of the review's record"),
    _record("to-guardian", "F-22", "22", "guardian", "give the children's guardian a copy of the review's record"),
    _record(
        "to-court",
        "F-23",
        "23",
        "court",
        "submit the review's record to the court",
        seek("filed", fact("filed", document="review_record"), "review"),
    ),
)

RULES = (*DETAILS, *DOCUMENTS, *RECORDS)
