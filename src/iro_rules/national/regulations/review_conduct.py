"""Part 6 of the Regulations: who leads a review, when it may be adjourned, and what follows from it (regs 36 to 38).

None of these was read: what stands here is how they are commonly told, and is marked so.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit, before_the_event, within
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import HELD, IN_FORCE, LEFT_CARE, TIMED, WITH_THE_REVIEW
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Conflict,
    Duty,
    Gate,
    Law,
    Modality,
    Power,
    Present,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern


def _unread(row: str, regulation: str, **other: Any) -> Law:
    return law((row,), f"{regulation} (English text not read)", verified=Verified.M, **other)


# Regulation 36: who leads a review, and when it may be adjourned

ADJOURNED = Number("regulations.adjourned-review.within", {IN_FORCE: 20})
DAY_AFTER = Number("regulations.adjourned-review.not-the-same-day", 1)

_ADJOURNMENT = fact("decided", about="adjournment", by="iro", review=KNOWN)
NO_TALK = Pattern("regulations.talk-alone-not-owed")
FIRST_ADJOURNED = Pattern("review.adjourned")
RESUMABLE = Pattern("review.adjourned.day-after")

_RESUMED_FROM = seek("day_after", RESUMABLE, "review")

REG_36 = (
    Gate(
        id="regulations.iro-chairs-review",
        law=_unread("N-R20", "reg 36(1)"),
        act="attend and chair the review, so far as practicable",
        bearer="iro",
        to="child",
        trigger=HELD,
        # True of whoever is recorded, and not known where nobody is.
        when=(Compare("trigger.chair", "eq", "trigger.chair"),),
        first=(seek("chaired", fact("review_held", chair="iro"), "review"),),
        unless=(seek("exception", fact("decided", about="chairing_not_practicable", result="holds"), "review"),),
        contact="iro_manager",
        note="That it was not practicable excuses it, once somebody has recorded so.",
    ),
    Status(
        id=f"{NO_TALK.kind}.not-wanted",
        law=_unread("N-R20", "reg 36(1)", modality=Modality.CONDITION, verb="unless"),
        act="the child refused to speak to the IRO alone before the review, or the IRO found it wrong",
        trigger=fact(
            "decided", about="speaking_to_the_iro_alone", by=("child", "iro"), result=("refused", "does_not_hold")
        ),
        given=(seek("later_review", TIMED, "review", since="trigger"),),
        when=(Present("later_review"),),
        kind=NO_TALK.kind,
    ),
    Status(
        id=f"{NO_TALK.kind}.no-review",
        law=_unread("N-R20", "reg 36(1)", modality=Modality.CONDITION, verb="before the review"),
        act="the child left care, and the review was not held",
        trigger=TIMED,
        given=(WITH_THE_REVIEW["lapses"],),
        when=(Present("left_care"),),
        kind=NO_TALK.kind,
        moment="left_care",
    ),
    Duty(
        id="regulations.iro-speaks-to-child",
        law=_unread("N-R20", "reg 36(1)"),
        act="speak to the child alone about what the review will consider",
        bearer="iro",
        to="child",
        trigger=TIMED,
        within=before_the_event(),
        met_by=(seek("talk", fact("meeting_held", meeting="iro_and_child_alone"), "review"),),
        lapses=seek("not_owed", NO_TALK, "review"),
        lapses_late=WITH_THE_REVIEW["lapses_late"],
        contact="iro",
        note="Not owed where the child, understanding enough, refuses, or where the IRO finds it wrong for the child's "
        "age or understanding; either is a recorded decision about this review.",
    ),
    Duty(
        id="regulations.parents-views-in-review",
        law=_unread("N-R20", "reg 36(1)"),
        act="see that the views of the parents, and of others with parental responsibility, are sought and weighed",
        bearer="iro",
        to="parent",
        trigger=TIMED,
        met_by=(
            seek("sought", fact("consulted", to=("parent", "person_with_parental_responsibility")), "review"),
            seek("weighed", fact("decided", about="parents_views"), "review"),
        ),
        lapses=LEFT_CARE,
        contact="iro",
    ),
    Power(
        id="regulations.adjourn-review",
        law=_unread("N-R21", "reg 36(2)", modality=Modality.MAY, verb="may"),
        act="adjourn the review once, if not satisfied that there is enough information for it",
        bearer="iro",
        to="local_authority",
        trigger=TIMED,
        given=(seek("held", HELD, "review"), seek("adjourned", _ADJOURNMENT, "review"), LEFT_CARE),
        when=(Absent("held"), Absent("adjourned"), Absent("left_care")),
    ),
    Status(
        id=FIRST_ADJOURNED.kind,
        law=_unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="the IRO adjourned the review",
        trigger=_ADJOURNMENT,
        identity="trigger.review",
    ),
    Status(
        id=RESUMABLE.kind,
        law=_unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="from this day on the adjourned review can be taken up again",
        trigger=FIRST_ADJOURNED,
        shift=Clock(DAY_AFTER, Unit.DAYS),
    ),
    Duty(
        id="regulations.finish-adjourned-review",
        law=_unread("N-R21", "reg 36(2)"),
        act="take up the adjourned review again and finish it",
        bearer=("iro", "local_authority"),
        to="child",
        trigger=FIRST_ADJOURNED,
        given=(_RESUMED_FROM,),
        within=within(ADJOURNED, Unit.WORKING_DAYS),
        met_by=(seek("resumed", fact("review_held"), "review", since="day_after"),),
        contact="iro",
        note="What was held on the day of the adjournment is the review that was broken off, not its end.",
    ),
    Conflict(
        id="regulations.adjournment-untraceable",
        law=_unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="an adjournment is recorded that does not say of which review, so whether that review was finished cannot "
        "be followed",
        trigger=fact("decided", about="adjournment", by="iro", review=UNKNOWN),
    ),
    Gate(
        id="regulations.adjourned-once",
        law=_unread("N-R21", "reg 36(2)", modality=Modality.MUST_NOT, verb="must not"),
        act="adjourn one review a second time",
        bearer="iro",
        to="child",
        trigger=_ADJOURNMENT,
        # The first adjournment is not before itself; a second one, on a later day, is after the first.
        first=(seek("only", FIRST_ADJOURNED, "review", since="trigger"),),
        contact="iro_manager",
    ),
    Gate(
        id="regulations.no-change-while-adjourned",
        law=_unread("N-R21", "reg 36(2)", modality=Modality.MUST_NOT, verb="must not"),
        act="carry out a change that an adjourned review was considering, before that review is finished",
        bearer="local_authority",
        to="child",
        trigger=fact("happened", event="care_plan_changed", ref=KNOWN),
        given=(
            seek("considered", fact("decided", about="care_plan_change", review=KNOWN), "ref", until="trigger"),
            seek("adjourned", FIRST_ADJOURNED, on={"review": "considered.review"}, until="trigger"),
            seek("day_after", RESUMABLE, on={"review": "considered.review"}),
        ),
        when=(Present("adjourned"),),
        first=(
            seek(
                "resumed",
                fact("review_held"),
                on={"review": "considered.review"},
                since="day_after",
                until="trigger",
            ),
        ),
        contact="iro",
    ),
)

# Regulations 37 and 38: what follows from a review

_DECISION = fact("decided", about="review_decision", review=KNOWN, ref=KNOWN)

REG_37_38 = (
    Duty(
        id="regulations.carry-out-decision",
        law=_unread("N-R22", "reg 37"),
        act="carry out what the review decided",
        bearer="local_authority",
        to="child",
        trigger=_DECISION,
        met_by=(seek("done", fact("happened", event="review_decision_carried_out"), "ref", since="trigger"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), since="trigger"),
        contact="social_worker",
        note="No time is known for it, apart from any that the decision itself sets.",
    ),
    Conflict(
        id="regulations.decision-untraceable",
        law=_unread("N-R22", "reg 37", modality=Modality.CONDITION, verb="implement"),
        act="a review's decision is recorded without a reference, so whether it was carried out cannot be followed",
        trigger=fact("decided", about="review_decision", ref=UNKNOWN),
    ),
    Duty(
        id="regulations.iro-told-of-failure",
        law=_unread("N-R22", "reg 37"),
        act="tell the IRO of a significant failure to carry out a review's decision, or of a significant change",
        bearer="local_authority",
        to="iro",
        trigger=fact("happened", event=("review_decision_not_carried_out", "significant_change"), ref=KNOWN),
        met_by=(seek("notice", fact("told", to="iro", about="significant_change"), "ref", since="trigger"),),
        contact="iro",
        note="The Handbook asks the same of the social worker; one notice meets both.",
    ),
    Duty(
        id="regulations.record-of-review",
        law=_unread("N-R23", "reg 38"),
        act="put a written record of the review on the child's case record",
        bearer="local_authority",
        to="child",
        trigger=HELD,
        met_by=(seek("record", fact("recorded", about="review"), "review"),),
        contact="iro",
    ),
)

RULES = (*REG_36, *REG_37_38)
