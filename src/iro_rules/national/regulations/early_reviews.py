"""Part 6 of the Regulations: when a review is owed before its ordinary date (reg 33(3)).

Here: sub-paragraphs (a) and (b), a request and regulation 30. The Regulations say only that such a review comes before
the ordinary date. That is told as the ordinary date itself, the last day there is; the note of each rule says that it
should come before.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Unit, within
from iro_rules.national.regulations.reviews import FIRST_REVIEW, LATER_REVIEW, SECOND_REVIEW
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, FIRST_HELD, HELD, LATER_HELD
from iro_rules.rulebook import Absent, Duty, Law, Present, fact, seek
from iro_rules.rulebook.terms import Pattern

_CARE = seek("care", CARE_STARTED, until="trigger", pick="last")
_OF_CARE = {"period": "care.period"}

# The day depends on which review is the next.

_OVER = seek("over", fact("ceased_to_be_looked_after"), on=_OF_CARE, until="trigger")
_FIRST = seek("first", FIRST_HELD, on=_OF_CARE, until="trigger")
_LATER = seek("later", LATER_HELD, on=_OF_CARE, until="trigger", pick="last")


def _earlier(name: str, rule: Law, why: str, trigger: Pattern, note: str) -> tuple[Duty, ...]:
    """Duties to hold the first, the second and a later review early, of which one applies."""

    def duty(which: str, anchor: str, **rest: Any) -> Duty:
        return Duty(
            id=f"regulations.{name}.{which}",
            law=rule,
            act=f"hold the {'next' if which == 'later' else which} review earlier than its ordinary date, {why}",
            bearer="local_authority",
            to="child",
            trigger=trigger,
            anchor=anchor,
            lapses=seek("left_care", fact("ceased_to_be_looked_after"), on=_OF_CARE),
            contact="iro",
            note=f"{note} The Regulations name no day: it should come before the one shown, the ordinary date.",
            **rest,
        )

    return (
        duty(
            "first",
            "care",
            given=(_CARE, _OVER, _FIRST),
            when=(Present("care"), Absent("over"), Absent("first")),
            within=within(FIRST_REVIEW, Unit.WORKING_DAYS),
            met_by=(seek("review", HELD, on=_OF_CARE, since="trigger"),),
        ),
        duty(
            "second",
            "first",
            given=(_CARE, _OVER, _FIRST, _LATER),
            when=(Absent("over"), Present("first"), Absent("later")),
            within=within(SECOND_REVIEW, Unit.MONTHS),
            met_by=(seek("review", HELD, on=_OF_CARE, after="first"),),
        ),
        duty(
            "later",
            "later",
            given=(_CARE, _OVER, _LATER),
            when=(Absent("over"), Present("later")),
            within=within(LATER_REVIEW, Unit.MONTHS),
            met_by=(seek("review", HELD, on=_OF_CARE, after="later"),),
        ),
    )


RULES = (
    *_earlier(
        "review-on-iro-request",
        law(("N-R14",), "reg 33(3)(a)"),
        "since the IRO asks for it",
        fact("requested", by="iro", about="review"),
        "The IRO's request is enough.",
    ),
    *_earlier(
        "review-under-regulation-30",
        law(("N-R15",), "reg 33(3)(b)"),
        "since regulation 30 applies",
        fact("decided", about="regulation_30", result="holds"),
        "When regulation 30 applies was not read; that it does is taken from a recorded decision.",
    ),
)
