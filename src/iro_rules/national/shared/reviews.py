"""Reviews held and arranged: which is the first, which a later one, and which cannot be."""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.shared.source import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    Absent,
    Compare,
    Conflict,
    Force,
    Law,
    Modality,
    Present,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Lookup, Pattern

REVIEWING = Law(
    rows=("N-R08",),
    citation="Care Planning, Placement and Case Review (England) Regulations 2010, reg 32(1)",
    force=Force.REGULATION,
    modality=Modality.CONDITION,
    verb="review",
    verified=Verified.V1,
    start=IN_FORCE,
)

HELD = Pattern("review.held")
FIRST_HELD = Pattern("review.first-held")
LATER_HELD = Pattern("review.later-held")
TIMED = Pattern("review.timed")
FIRST_TIMED = Pattern("review.first-timed")

AFTER_CARE = Interpretation(
    "review.preparation.after-care",
    "What was to come before a review and had not been done by its day: is it owed still once the child has left care "
    "and the review will not be held?",
    (
        ("falls_away", "no: it falls away with the review, and the answer says that its day had passed"),
        ("stays", "yes: what was missed while the child was in care stays overdue"),
    ),
    "falls_away",
    "It is asked for the sake of a review. No source says what becomes of it without one, and nobody can do it then.",
)
DAY_BEFORE = Number("review.awaited.days-before", 1)
FOR_EVER = Number("review.awaited.years", 100)
AWAITED = seek("awaited", Pattern("review.awaited-until"), "review")
"""The last day on which leaving care keeps a review from being held: the day before, or any where it was not."""
CALLED_OFF = seek("left_care", fact("ceased_to_be_looked_after"), "period", until="awaited")
WITH_THE_REVIEW = {
    "given": (AWAITED,),
    "lapses": CALLED_OFF,
    "lapses_late": by_reading(AFTER_CARE, falls_away=True, stays=False),
}
"""For a duty that a review in `TIMED` sets off: it lapses once the child has left care and the review was not held.

Leaving care once the review has been held changes nothing.
"""

# Names are the record's: a review that is not on it takes no name from another.
_OTHER = seek("other", fact("review_held"), "review", before="trigger", pick="last", on_record=True)
_ANOTHER_PERIOD = Compare("trigger.period", "ne", "other.period")


def _named_twice(name: str, act: str, trigger: Pattern, other: Lookup) -> Conflict:
    return Conflict(
        id=f"facts.review-{name}",
        law=REVIEWING,
        act=f"{act}, so that what is on record of the one is taken for the other's",
        trigger=trigger,
        given=(other,),
        when=(_ANOTHER_PERIOD,),
        note="Give each review of the child a name of its own, and use it for all that belongs to that review.",
    )


RULES = (
    Status(
        id="review.held",
        law=REVIEWING,
        act="a review was held",
        trigger=fact("review_held"),
        identity="trigger.review",
    ),
    # A name counts once, so that a review taken up again is one review; in another period of care it is another's.
    Status(
        id="review.held.named-again",
        law=REVIEWING,
        act="a review was held",
        trigger=fact("review_held"),
        given=(_OTHER,),
        when=(_ANOTHER_PERIOD,),
        kind="review.held",
    ),
    Status(
        id="review.first-held",
        law=REVIEWING,
        act="this was the first review of the period of care",
        trigger=HELD,
        given=(seek("earlier", HELD, "period", before="trigger"),),
        when=(Absent("earlier"),),
    ),
    Status(
        id="review.later-held",
        law=REVIEWING,
        act="this was the second or a later review of the period of care",
        trigger=HELD,
        given=(seek("earlier", HELD, "period", before="trigger", pick="last"),),
        when=(Present("earlier"),),
    ),
    Status(
        id="review.timed.held",
        law=REVIEWING,
        act="a review was held",
        trigger=fact("review_held"),
        kind="review.timed",
        identity="trigger.review",
    ),
    Status(
        id="review.timed.planned",
        law=REVIEWING,
        act="a review is arranged",
        trigger=fact("review_planned"),
        given=(
            seek("held", fact("review_held"), "review"),
            seek("moved", fact("review_planned"), "review", after="trigger"),
        ),
        when=(Absent("held"), Absent("moved")),
        kind="review.timed",
        identity="trigger.review",
        moment="trigger.planned_for",
    ),
    # Of two rows for one review the first stands.
    Status(
        id="review.awaited-until.held",
        law=REVIEWING,
        act="the review was held the day after this one",
        trigger=fact("review_held"),
        kind="review.awaited-until",
        identity="trigger.review",
        shift=Clock(DAY_BEFORE, Unit.DAYS, "before"),
    ),
    Status(
        id="review.awaited-until.planned",
        law=REVIEWING,
        act="the review is arranged and has not been held",
        trigger=fact(TIMED.kind, planned_for=KNOWN),
        kind="review.awaited-until",
        shift=Clock(FOR_EVER, Unit.YEARS),
    ),
    Status(
        id="review.first-timed",
        law=REVIEWING,
        act="this is the first review of the period of care",
        trigger=TIMED,
        given=(seek("earlier", TIMED, "period", before="trigger"),),
        when=(Absent("earlier"),),
    ),
    _named_twice(
        "named-twice",
        "reviews held in two periods of care are recorded under one name",
        fact("review_held"),
        _OTHER,
    ),
    _named_twice(
        "planned-under-a-used-name",
        "a review is arranged under the name of one held in another period of care",
        fact("review_planned"),
        seek("other", fact("review_held"), "review", on_record=True),
    ),
    Conflict(
        id="facts.review-outside-care",
        law=REVIEWING,
        act="a review is recorded although no period of care had started by then",
        trigger=fact("review_held"),
        given=(seek("start", fact("became_looked_after"), "period", until="trigger"),),
        when=(Absent("start"),),
    ),
    Conflict(
        id="facts.review-after-care",
        law=REVIEWING,
        act="a review is recorded in a period of care that had ended before it",
        trigger=fact("review_held"),
        given=(
            seek("end", fact("ceased_to_be_looked_after"), "period", before="trigger"),
            seek("same_day", fact("ceased_to_be_looked_after"), "period", since="trigger"),
        ),
        when=(Present("end"), Absent("same_day")),
    ),
)
