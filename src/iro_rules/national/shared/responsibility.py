"""Who besides the parents has parental responsibility, and the reviews on whose day somebody had it."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.shared.reviews import TIMED
from iro_rules.national.shared.source import recorded
from iro_rules.rulebook import Absent, Force, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern

REVIEW_WITH_HOLDER = Pattern("review-with-holder")
"""Reviews on whose day somebody other than the parents had parental responsibility."""

# Whoever got parental responsibility in an earlier period of care has it still, unless it is recorded to have ended.
_GOT = fact("appointed", role="person_with_parental_responsibility")
_LOST = seek("lost", fact("ended", role="person_with_parental_responsibility"), "person", since="trigger")

_HOLDING = recorded(
    "N-A14",
    citation="Children Act 1989, s 26(2)(d) (text not read)",
    force=Force.STATUTE,
    verb="parental responsibility",
    verified=Verified.M,
)

DAY_AFTER = Number("responsible.gone.not-the-same-day", 1)
_GONE = Pattern("responsible.gone")


def _holder(name: str, act: str, trigger: Pattern, *given: Lookup, **other: Any) -> Status:
    return Status(
        id=name,
        law=_HOLDING,
        act=act,
        trigger=trigger,
        given=given,
        **other,
    )


RULES = (
    _holder("responsible.still", "this person has parental responsibility", _GOT, _LOST, when=(Absent("lost"),)),
    _holder(
        "responsible.until",
        "this person had parental responsibility until this day",
        _GOT,
        _LOST,
        when=(Present("lost"),),
        moment="lost",
    ),
    _holder(
        _GONE.kind,
        "from this day on this person has no parental responsibility",
        fact("ended", role="person_with_parental_responsibility"),
        shift=Clock(DAY_AFTER, Unit.DAYS),
    ),
    _holder(
        "review-with-holder.still",
        "the review is of a child for whom somebody else has parental responsibility",
        TIMED,
        seek("holder", Pattern("responsible.still"), until="trigger"),
        when=(Present("holder"),),
        kind=REVIEW_WITH_HOLDER.kind,
    ),
    _holder(
        "review-with-holder.then",
        "the review came while somebody else still had parental responsibility",
        TIMED,
        seek("holder", Pattern("responsible.until"), since="trigger"),
        seek("got", _GOT, on={"person": "holder.person"}, until="trigger", pick="last"),
        seek("gone", _GONE, on={"person": "holder.person"}, since="got", until="trigger"),
        when=(Present("got"), Absent("gone")),
        kind=REVIEW_WITH_HOLDER.kind,
    ),
)
