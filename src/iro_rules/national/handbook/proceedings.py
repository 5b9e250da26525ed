"""Chapter 8 of the Handbook: family proceedings, and how the court, the guardian and the lawyers hear of the IRO."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import HELD, IN_FORCE, IRO_OVER, PROCEEDINGS_OPEN
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
"""An IRO and proceedings together, by the first day of both; join on `person`, `period` and `proceedings`."""
IRO_THEN_OVER = Pattern("handbook.iro-in-proceedings.over")
"""The end of the one or the other: from then on nobody need hear of that IRO for those proceedings."""
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


def _over(name: str, act: str, end: Lookup) -> Status:
    return Status(
        id=f"{IRO_THEN_OVER.kind}.{name}",
        law=_condition("F-20a", "20(a)", "in family proceedings"),
        act=act,
        trigger=IRO_THEN,
        given=(end,),
        when=(Present(end.name),),
        kind=IRO_THEN_OVER.kind,
        moment=end.name,
    )


_SINCE_IRO = {"since": "iro", "until": "trigger"}

TOGETHER = (
    _iro_in_proceedings(
        "from-issue",
        "proceedings about the child began, and the child had an IRO",
        fact("proceedings_issued"),
        (
            _IRO,
            seek("left", fact("ended", role="iro"), on={"person": "iro.person"}, **_SINCE_IRO),
            seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "iro.period"}, **_SINCE_IRO),
        ),
        when=(Present("iro"), Absent("left"), Absent("left_care")),
        keep=(("person", "iro.person"), ("period", "iro.period")),
    ),
    _iro_in_proceedings(
        "from-appointment",
        "an IRO was appointed while proceedings about the child went on",
        fact("appointed", role="iro"),
        (
            seek("issued", fact("proceedings_issued"), until="trigger", pick="last"),
            seek("that_day", fact("proceedings_issued"), since="trigger", until="trigger"),
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
    # Of two rows for one IRO in proceedings the first stands: the end of the proceedings settles it for everybody.
    _over("proceedings-ended", "the proceedings in which this was the IRO have ended", _PROCEEDINGS_ENDED),
    _over("iro-gone", "the IRO in the proceedings has gone", IRO_OVER),
)


def _told(name: str, row: str, item: str, note: str, **who: Any) -> tuple[Duty, Duty]:
    """The duty for an IRO who is known by an identifier, and for one who is not, whose leaving none can follow."""

    def duty(suffix: str, person: Any, lapses: Lookup, words: str) -> Duty:
        return Duty(
            id=f"handbook.{name}-told-of-iro{suffix}",
            law=law((row,), f"{DUTIES}, item {item}"),
            trigger=fact(IRO_THEN.kind, person=person),
            lapses=lapses,
            note=" ".join(words for words in (note, words) if words),
            **who,
        )

    return (
        duty(
            "",
            KNOWN,
            seek("over", IRO_THEN_OVER, "person", "period", "proceedings", since="trigger"),
            "Owed for each IRO of the proceedings, and no longer for one who has gone.",
        ),
        duty(
            ".unnamed",
            UNKNOWN,
            _PROCEEDINGS_ENDED,
            "Where it is not on record who was appointed, that they have gone cannot be followed either: it is owed "
            "until the proceedings end.",
        ),
    )


DETAILS = (
    *_told(
        "legal",
        "F-20a",
        "20(a)",
        "Details given on appointment, before the proceedings, serve too.",
        act="tell the legal department how to reach the IRO",
        bearer="iro_service",
        to="legal_department",
        given=(_IRO,),
        met_by=(seek("details", fact("told", to="legal_department", about="iro_details"), since="iro"),),
        contact="legal_department",
    ),
    *_told(
        "court",
        "F-20b",
        "20(b)",
        "",
        act="tell the court who the IRO is and how to reach them",
        bearer="legal_department",
        to="court",
        met_by=(seek("details", fact("told", to="court", about="iro_details"), since="trigger"),),
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

RULES = (*TOGETHER, *DETAILS, *DOCUMENTS, *RECORDS)
