"""Part 6 of the Regulations: when a review is owed before its ordinary date (reg 33(3)).

The Regulations say only that such a review comes before the ordinary date, or before something ends. The first is
told as the ordinary date itself, the last day there is; the note of each rule says that it should come before.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Soft, Unit, before_the_event, within
from iro_rules.national.regulations.reviews import FIRST_REVIEW, LATER_REVIEW, SECOND_REVIEW
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, FIRST_HELD, HELD, LATER_HELD, STATUS_FROM
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Duty, Law, Modality, Present, Status, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern

_CARE = seek("care", CARE_STARTED, until="trigger", pick="last")
_OF_CARE = {"period": "care.period"}

# Sub-paragraphs (a) and (b): a request, and regulation 30. The day depends on which review is the next.

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


EARLIER = (
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

# Sub-paragraphs (c) and (d): a stay in detention. Sub-paragraph (e): the authority means to stop accommodating.

DETAINED = Pattern("regulations.detained")
CEASING = Pattern("regulations.ceasing-to-accommodate")

_DETENTION = law(("N-R16",), "reg 33(3)(c) and (d)")
_CEASING = law(("N-R17",), "reg 33(3)(e)")
_STATUS = seek("status", STATUS_FROM, "period", until="trigger", pick="last")


def _so_far(basis: str, where: Pattern) -> Lookup:
    """The legal status on the trigger's day, if it is one of these."""
    return seek(basis, where, "period", since="status", until="trigger")


STATUSES = (
    Status(
        id="regulations.detained.in-custody",
        law=law(("N-R16",), "reg 33(3)(d)", modality=Modality.CONDITION, verb="detained"),
        act="the child was held in a secure training centre or a young offender institution",
        trigger=fact("placement_started", type=("secure_training_centre", "young_offender_institution")),
        given=(_STATUS, _so_far("voluntary", fact(STATUS_FROM.kind, status=("section_20", "section_20_short_breaks")))),
        when=(Absent("voluntary"),),
        kind=DETAINED.kind,
        note="Where no legal status is recorded the child is taken to be in care.",
    ),
    Status(
        id="regulations.detained.section-21",
        law=law(("N-R16",), "reg 33(3)(c)", modality=Modality.CONDITION, verb="accommodated"),
        act="the child was accommodated under section 21(2)(b) or (c)",
        trigger=fact("placement_started"),
        given=(_STATUS, _so_far("remand", fact(STATUS_FROM.kind, status="section_21"))),
        when=(Present("remand"),),
        kind=DETAINED.kind,
    ),
    Status(
        id=CEASING.kind,
        law=law(("N-R17",), "reg 33(3)(e)", modality=Modality.CONDITION, verb="propose"),
        act="the authority means to stop accommodating a child who is not in care and whom no parent will then house",
        trigger=fact("decided", about="ceasing_to_accommodate", result="holds"),
        given=(
            _CARE,
            seek("status", STATUS_FROM, on=_OF_CARE, until="trigger", pick="last"),
            seek(
                "in_care",
                fact(STATUS_FROM.kind, status=("care", "interim_care")),
                on=_OF_CARE,
                since="status",
                until="trigger",
            ),
            seek("parent", fact("decided", about="parent_will_accommodate", result="holds"), "ref"),
        ),
        when=(Present("care"), Absent("in_care"), Absent("parent")),
        keep=(("period", "care.period"),),
        note="Where nobody recorded that a parent, or another with parental responsibility, will house the child, "
        "it is taken that none will.",
    ),
)


def _before(name: str, rule: Law, act: str, trigger: str, date: str, end: Lookup, note: str) -> tuple[Duty, ...]:
    """Duties to hold a review before something ended, before the day it is to end, and before whenever it ends."""

    def duty(which: str, where: Pattern, within_: Any, *conditions: Any, **rest: Any) -> Duty:
        return Duty(
            id=f"regulations.{name}.{which}",
            law=rule,
            act=act,
            bearer="local_authority",
            to="child",
            trigger=where,
            given=(end,),
            when=conditions,
            within=within_,
            met_by=(seek("review", HELD, "period", since="trigger"),),
            contact="iro",
            note=note,
            **rest,
        )

    here, gone = Present(end.name), Absent(end.name)
    return (
        duty("ended", Pattern(trigger), before_the_event(), here, anchor=end.name),
        duty("to-end", fact(trigger, **{date: KNOWN}), before_the_event(), gone, anchor=f"trigger.{date}"),
        duty("no-date", fact(trigger, **{date: UNKNOWN}), Soft("before it ends"), gone),
    )


BEFORE: tuple[Status | Duty, ...] = (
    *STATUSES,
    *_before(
        "review-before-detention-ends",
        _DETENTION,
        "hold a review before the child's detention, or accommodation under section 21(2)(b) or (c), ends",
        DETAINED.kind,
        "expected_end",
        seek("end", fact("placement_ended"), "placement", since="trigger"),
        "It is owed where no other review falls before the end; any review in that time meets it. The text read is "
        "that of 2010: it was changed later for remand and secure schools, and that was not read.",
    ),
    *_before(
        "review-before-accommodation-ends",
        _CEASING,
        "hold a review before the authority stops accommodating the child",
        CEASING.kind,
        "takes_effect",
        seek("end", fact("ceased_to_be_looked_after"), "period", since="trigger"),
        "Any review from the day the authority decided so until then meets it.",
    ),
)

RULES: tuple[Status | Duty, ...] = (*EARLIER, *BEFORE)
