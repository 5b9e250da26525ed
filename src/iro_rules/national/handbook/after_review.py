"""Chapter 3 of the Handbook: the decisions and the record of a review, and who has them when.

The headings of the chapter were seen and its text was not: the times are as they are commonly told, and marked so.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.source import law
from iro_rules.national.shared import HELD, IN_FORCE
from iro_rules.rulebook import Duty, Law, Modality, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern

WRITTEN_UP = Number("handbook.decisions-written-up.within", {IN_FORCE: 5})
ANSWERED = Number("handbook.decisions-answered.within", {IN_FORCE: 5})
FINAL = Number("handbook.decisions-distributed.within", {IN_FORCE: 10})
RECORD = Number("handbook.review-record-completed.within", {IN_FORCE: 15})
DISTRIBUTED = Number("handbook.review-record-distributed.within", {IN_FORCE: 20})


def _unread(row: str, heading: str, **other: Any) -> Law:
    return law((row,), f"chapter 3, on {heading} (text not read)", verified=Verified.M, **other)


_DECISIONS = _unread("N-R22", "decisions and recommendations")
_RECORD = _unread("N-R23", "the review record")


def _after_review(name: str, rule: Law, act: str, number: Number, met_by: Lookup, **other: Any) -> Duty:
    return Duty(
        id=f"handbook.{name}",
        law=rule,
        act=act,
        trigger=HELD,
        within=within(number, Unit.WORKING_DAYS),
        met_by=(met_by,),
        contact="iro",
        **{"bearer": "iro", **other},
    )


RULES = (
    _after_review(
        "decisions-written-up",
        _DECISIONS,
        "write up the decisions of the review and give them to the team manager",
        WRITTEN_UP,
        seek("decisions", fact("provided", document="review_decisions", to="team_manager"), "review"),
        to="team_manager",
    ),
    Duty(
        id="handbook.decisions-answered",
        law=_DECISIONS,
        act="say whether the decisions of the review are agreed",
        bearer="team_manager",
        to="iro",
        trigger=fact("provided", document="review_decisions", to="team_manager"),
        within=within(ANSWERED, Unit.WORKING_DAYS),
        met_by=(seek("answer", fact("decided", by="team_manager", about="review_decisions"), "review"),),
        contact="iro",
        note="A window for objections rather than a duty: silence counts as agreement.",
    ),
    Status(
        id="handbook.decisions-taken-as-agreed",
        law=_unread("N-R22", "decisions and recommendations", modality=Modality.CONDITION, verb="agreed"),
        act="the team manager said nothing about the decisions of the review in time, so they count as agreed",
        trigger=Pattern("handbook.decisions-answered/overdue"),
        reported=True,
    ),
    _after_review(
        "decisions-distributed",
        _DECISIONS,
        "finish the decisions of the review and send them out",
        FINAL,
        seek("decisions", fact("provided", document="final_review_decisions"), "review"),
        note="To whom was not read: sending them to anybody counts.",
    ),
    _after_review(
        "review-record-completed",
        _RECORD,
        "finish the full record of the review",
        RECORD,
        seek("record", fact("recorded", about="review"), "review"),
    ),
    _after_review(
        "review-record-distributed",
        _RECORD,
        "send out the full record of the review",
        DISTRIBUTED,
        seek("record", fact("provided", document="review_record"), "review"),
        bearer="local_authority",
        note="To whom was not read: sending it to anybody counts.",
    ),
)
