"""Part 6 of the Regulations: who leads a review, and when it may be adjourned (reg 36).

It was not read: what stands here is how it is commonly told, and is marked so.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit, before_the_event, within
from iro_rules.national.regulations.source import unread
from iro_rules.national.shared import (
    AWAITED,
    CALLED_OFF,
    CARE_STARTED,
    HELD,
    IN_FORCE,
    LEFT_CARE,
    TIMED,
    WITH_THE_REVIEW,
)
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
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

ADJOURNED = Number("regulations.adjourned-review.within", {IN_FORCE: 20})
DAY_AFTER = Number("regulations.adjourned-review.not-the-same-day", 1)

_ADJOURNMENT = fact("decided", about="adjournment", by="iro", review=KNOWN)
NO_TALK = Pattern("regulations.talk-alone-not-owed")
FIRST_ADJOURNED = Pattern("review.adjourned")
RESUMABLE = Pattern("review.adjourned.day-after")

_RESUMED_FROM = seek("day_after", RESUMABLE, "review")

PUT_OFF = Pattern("regulations.change-put-off")
"""Changes of plan that an adjourned review had before it, by the day on which both were so; join on `ref`."""
TOO_EARLY = Pattern("regulations.change-too-early")
CLEAR = Pattern("regulations.change-clear")
"""Changes of plan made while no adjourned review that had them before it was unfinished; join on `ref` and the day."""

_CHANGE_BEFORE_A_REVIEW = fact("decided", about="care_plan_change", review=KNOWN, ref=KNOWN)
_CHANGE_MADE = fact("happened", event="care_plan_changed", ref=KNOWN)


def _of_change(name: str, act: str, trigger: Pattern, *given: Lookup, **other: Any) -> Status:
    return Status(
        id=name,
        law=unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act=act,
        trigger=trigger,
        given=given,
        **other,
    )


RULES = (
    Gate(
        id="regulations.iro-chairs-review",
        law=unread("N-R20", "reg 36(1)"),
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
        law=unread("N-R20", "reg 36(1)", modality=Modality.CONDITION, verb="unless"),
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
        law=unread("N-R20", "reg 36(1)", modality=Modality.CONDITION, verb="before the review"),
        act="the child left care, and the review was not held",
        trigger=TIMED,
        given=(AWAITED, CALLED_OFF),
        when=(Present("left_care"),),
        kind=NO_TALK.kind,
        moment="left_care",
    ),
    Duty(
        id="regulations.iro-speaks-to-child",
        law=unread("N-R20", "reg 36(1)"),
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
        law=unread("N-R20", "reg 36(1)"),
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
        law=unread("N-R21", "reg 36(2)", modality=Modality.MAY, verb="may"),
        act="adjourn the review once, if not satisfied that there is enough information for it",
        bearer="iro",
        to="local_authority",
        trigger=TIMED,
        given=(seek("held", HELD, "review"), seek("adjourned", _ADJOURNMENT, "review"), LEFT_CARE),
        when=(Absent("held"), Absent("adjourned"), Absent("left_care")),
    ),
    Status(
        id=FIRST_ADJOURNED.kind,
        law=unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="the IRO adjourned the review",
        trigger=_ADJOURNMENT,
        identity="trigger.review",
    ),
    Status(
        id=RESUMABLE.kind,
        law=unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="from this day on the adjourned review can be taken up again",
        trigger=FIRST_ADJOURNED,
        shift=Clock(DAY_AFTER, Unit.DAYS),
    ),
    Duty(
        id="regulations.finish-adjourned-review",
        law=unread("N-R21", "reg 36(2)"),
        act="take up the adjourned review again and finish it",
        bearer=("iro", "local_authority"),
        to="child",
        trigger=FIRST_ADJOURNED,
        given=(_RESUMED_FROM, seek("care", CARE_STARTED, until="trigger", pick="last")),
        within=within(ADJOURNED, Unit.WORKING_DAYS),
        met_by=(seek("resumed", fact("review_held"), "review", since="day_after"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "care.period"}),
        contact="iro",
        note="What was held on the day of the adjournment is the review that was broken off, not its end.",
    ),
    Conflict(
        id="regulations.adjournment-untraceable",
        law=unread("N-R21", "reg 36(2)", modality=Modality.CONDITION, verb="adjourn"),
        act="an adjournment is recorded that does not say of which review, so whether that review was finished cannot "
        "be followed",
        trigger=fact("decided", about="adjournment", by="iro", review=UNKNOWN),
    ),
    Gate(
        id="regulations.adjourned-once",
        law=unread("N-R21", "reg 36(2)", modality=Modality.MUST_NOT, verb="must not"),
        act="adjourn one review a second time",
        bearer="iro",
        to="child",
        trigger=_ADJOURNMENT,
        # The first adjournment is not before itself; a second one, on a later day, is after the first.
        first=(seek("only", FIRST_ADJOURNED, "review", since="trigger"),),
        contact="iro_manager",
    ),
    # Of two rows for one decision the first stands. A decision noted after the change hides no review adjourned before.
    _of_change(
        f"{PUT_OFF.kind}.then",
        "a review was adjourned after it had been noted what it was to decide on a change of the care plan",
        _CHANGE_BEFORE_A_REVIEW,
        seek("adjourned", FIRST_ADJOURNED, "review", since="trigger"),
        when=(Present("adjourned"),),
        kind=PUT_OFF.kind,
        moment="adjourned",
    ),
    _of_change(
        f"{PUT_OFF.kind}.already",
        "an adjourned review had the change of the care plan before it",
        _CHANGE_BEFORE_A_REVIEW,
        seek("adjourned", FIRST_ADJOURNED, "review", until="trigger"),
        when=(Present("adjourned"),),
        kind=PUT_OFF.kind,
    ),
    _of_change(
        TOO_EARLY.kind,
        "the change of the care plan was made before an adjourned review that had it before it was finished",
        PUT_OFF,
        seek("made", _CHANGE_MADE, "ref", since="trigger"),
        _RESUMED_FROM,
        seek("resumed", fact("review_held"), "review", since="day_after", until="made"),
        when=(Present("made"), Absent("resumed")),
        moment="made",
    ),
    _of_change(
        CLEAR.kind,
        "every adjourned review that had the change of the care plan before it had been finished",
        _CHANGE_MADE,
        seek("early", TOO_EARLY, "ref", since="trigger", until="trigger"),
        when=(Absent("early"),),
    ),
    Gate(
        id="regulations.no-change-while-adjourned",
        law=unread("N-R21", "reg 36(2)", modality=Modality.MUST_NOT, verb="must not"),
        act="carry out a change that an adjourned review was considering, before that review is finished",
        bearer="local_authority",
        to="child",
        trigger=_CHANGE_MADE,
        given=(seek("put_off", PUT_OFF, "ref", until="trigger"),),
        when=(Present("put_off"),),
        first=(seek("clear", CLEAR, "ref", since="trigger", until="trigger"),),
        contact="iro",
        note="Where several reviews that had the change before them were adjourned, each must have been finished.",
    ),
)
