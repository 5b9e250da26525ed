"""Part 6 of the Regulations: the duty to review, changes of the plan, and when reviews are due (regs 32 and 33)."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, EVER, FIRST_HELD, HELD, IN_FORCE, LATER_HELD, LEFT_CARE
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Conflict,
    Duty,
    Gate,
    Modality,
    Power,
    Present,
    Status,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Lookup, Pattern

FIRST_REVIEW = Number("regulations.first-review.within", {IN_FORCE: 20})
SECOND_REVIEW = Number("regulations.second-review.within", {IN_FORCE: 3})
LATER_REVIEW = Number("regulations.later-review.within", {IN_FORCE: 6})

# Regulation 32: reviewing the case, and no significant change of the plan before a review

_CHANGED = fact("happened", event="care_plan_changed", ref=KNOWN)
CONSIDERED = Pattern("regulations.change-considered")
"""Decisions on a change of plan at a review that was held, by the day on which both had happened; join on `ref`.

A decision that names a review never held is none of them, so it cannot hide a later one.
"""


def _considered(name: str, act: str, review: Lookup, **other: Any) -> Status:
    return Status(
        id=f"regulations.change-considered.{name}",
        law=law(("N-R09",), "reg 32(2)", modality=Modality.CONDITION, verb="considered", start=EVER),
        act=act,
        trigger=fact("decided", about="care_plan_change", review=KNOWN, ref=KNOWN),
        given=(review,),
        when=(Present("review"),),
        kind=CONSIDERED.kind,
        **other,
    )


REG_32 = (
    # Of two rows for one decision the first stands: a review already held when it was noted, or else one held later.
    _considered(
        "at-review",
        "a review that had been held considered a change of the care plan",
        seek("review", HELD, "review", until="trigger"),
    ),
    _considered(
        "noted-before",
        "what a review was to decide on a change of the care plan was noted before the review was held",
        seek("review", HELD, "review"),
        moment="review",
    ),
    Status(
        id="regulations.review-case",
        law=law(("N-R08",), "reg 32(1)"),
        act="the authority must keep the child's case under review as Part 6 says",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        given=(LEFT_CARE,),
        when=(Absent("left_care"),),
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as the child is looked after. When reviews are due is told by "
        "rules of their own.",
    ),
    Gate(
        id="regulations.change-after-review",
        law=law(("N-R09",), "reg 32(2)", modality=Modality.MUST_NOT, verb="must not"),
        act="make a significant change of the care plan before a review has considered it",
        bearer="local_authority",
        to="child",
        trigger=_CHANGED,
        first=(seek("considered", CONSIDERED, "ref", until="trigger"),),
        unless=(
            seek("exception", fact("decided", about="review_before_change_not_practicable", result="holds"), "ref"),
        ),
        contact="iro",
        note="What shows it is a decision on this change, with its reference, at a review held by the day of the "
        "change. That a review first was not reasonably practicable excuses it, once somebody has recorded so.",
    ),
    Duty(
        id="regulations.consider-change-at-review",
        law=law(("N-R09",), "reg 32(2)", modality=Modality.CONSIDER, verb="considered"),
        act="have a review consider the change of the care plan that is proposed, before it is made",
        bearer="local_authority",
        to="child",
        trigger=fact("happened", event="care_plan_change_proposed", ref=KNOWN),
        met_by=(seek("considered", CONSIDERED, "ref", since="trigger"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), since="trigger"),
        contact="iro",
        note="Whatever the review decides meets it. The change itself may be made only after that.",
    ),
    Conflict(
        id="regulations.change-untraceable",
        law=law(("N-R09",), "reg 32(2)", modality=Modality.CONDITION, verb="considered"),
        act="a change of the care plan is recorded without a reference, so whether a review considered it cannot be "
        "followed",
        trigger=fact("happened", event=("care_plan_changed", "care_plan_change_proposed"), ref=UNKNOWN),
    ),
    Power(
        id="regulations.combine-reviews",
        law=law(("N-R10",), "reg 32(3)", modality=Modality.MAY, verb="may"),
        act="hold a review of the case together with another review or assessment of the child",
        bearer="local_authority",
        to="child",
        trigger=Pattern("regulations.review-case"),
    ),
)

# Regulation 33: when reviews are due

REG_33 = (
    Duty(
        id="regulations.first-review",
        law=law(("N-R11",), "reg 33(1)"),
        act="hold the first review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        within=within(FIRST_REVIEW, Unit.WORKING_DAYS),
        met_by=(seek("review", HELD, "period", since="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.second-review",
        law=law(("N-R12",), "reg 33(2)"),
        act="hold the second review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=FIRST_HELD,
        within=within(SECOND_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.later-review",
        law=law(("N-R13",), "reg 33(2)"),
        act="hold the next review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=LATER_HELD,
        within=within(LATER_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
)

RULES = (*REG_32, *REG_33)
