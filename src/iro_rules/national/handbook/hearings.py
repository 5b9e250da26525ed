"""Chapter 8 of the Handbook: what the court hears of a dispute before the issues resolution hearing."""

from __future__ import annotations

from iro_rules.clock import before_the_event
from iro_rules.national.handbook.disputes import DISPUTE, FORMAL
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import PROCEEDINGS_OPEN
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    Absent,
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

DISPUTES_TO_TELL = Interpretation(
    "handbook.dispute-told-to-court.which",
    "Must the court be told of every dispute about the plan, or only of one in the formal process?",
    (
        ("any", "of every dispute, from the day the IRO raised it"),
        ("formal", "only of a dispute in the formal process, from the day that started"),
    ),
    "any",
    "The text says any dispute and draws no line, so a dispute still handled informally is told as well.",
)

ISSUES_HEARING = Pattern("handbook.issues-resolution-hearing")
"""The issues resolution hearing of each set of proceedings, on the day it is listed for now."""
DISPUTE_THEN = Pattern("handbook.dispute-in-proceedings")
"""Disputes that the court should hear of, before the issues resolution hearing if it is listed."""


def _condition(verb: str) -> Law:
    return law(("F-24",), f"{DUTIES}, item 24", modality=Modality.CONDITION, verb=verb)


def _dispute_in_proceedings(name: str, act: str, given: tuple[Lookup, ...], *when: Condition) -> Status:
    return Status(
        id=f"handbook.dispute-in-proceedings.{name}",
        law=_condition("any dispute"),
        act=act,
        trigger=by_reading(DISPUTES_TO_TELL, any=DISPUTE, formal=FORMAL),
        given=(
            *given,
            # A dispute settled before the proceedings began is none of the court's business.
            seek("settled", fact("outcome", result="agreed"), "dispute", until="issued"),
        ),
        when=(Present("issued"), *when, Absent("settled")),
        kind=DISPUTE_THEN.kind,
        identity="trigger.dispute",
        keep=(("proceedings", "issued.proceedings"),),
    )


BEFORE_THE_HEARING = (
    Status(
        id="handbook.issues-resolution-hearing",
        law=_condition("prior to"),
        act="the issues resolution hearing is listed for this day",
        trigger=fact("hearing_listed", hearing="issues_resolution_hearing"),
        given=(
            seek("moved", fact("hearing_listed", hearing="issues_resolution_hearing"), "proceedings", after="trigger"),
        ),
        when=(Absent("moved"),),
        identity="trigger.proceedings",
        moment="trigger.listed_for",
    ),
    _dispute_in_proceedings(
        "hearing-listed",
        "the IRO and the authority were in dispute before the issues resolution hearing",
        (
            seek("hearing", ISSUES_HEARING, since="trigger"),
            seek("issued", fact("proceedings_issued"), on={"proceedings": "hearing.proceedings"}),
            seek("ended", fact("proceedings_ended"), on={"proceedings": "hearing.proceedings"}, before="hearing"),
        ),
        Present("hearing"),
        Absent("ended"),
    ),
    _dispute_in_proceedings(
        "hearing-not-listed",
        "the IRO and the authority are in dispute in proceedings whose issues resolution hearing is not yet listed",
        (
            seek("issued", PROCEEDINGS_OPEN, pick="last"),
            seek("hearing", ISSUES_HEARING, on={"proceedings": "issued.proceedings"}),
        ),
        Absent("hearing"),
    ),
    Duty(
        id="handbook.dispute-told-to-court",
        law=law(("F-24",), f"{DUTIES}, item 24"),
        act="tell the court of the dispute with the IRO about the plan",
        bearer="local_authority",
        to="court",
        trigger=DISPUTE_THEN,
        given=(seek("hearing", ISSUES_HEARING, on={"proceedings": "trigger.proceedings"}),),
        anchor="hearing",
        within=before_the_event(),
        met_by=(seek("notice", fact("told", to="court", about="dispute"), "dispute"),),
        lapses=seek("agreed", fact("outcome", result="agreed"), "dispute"),
        rests_on=(DISPUTES_TO_TELL,),
        contact="legal_department",
        note="The last day moves with the hearing; until it is listed there is none. A dispute that the IRO raised is "
        "taken to be about the plan, and only agreement to have settled it.",
    ),
)

RULES = BEFORE_THE_HEARING
