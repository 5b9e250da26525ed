"""Part 6 of the Regulations: a review that is owed before something ends (reg 33(3)(c) to (e))."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Soft, before_the_event
from iro_rules.facts.vocabulary import LegalBasis
from iro_rules.national.regulations.placements import OVER
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, HELD, STATUS_FROM
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Duty, Law, Modality, Present, Status, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern

_CARE = seek("care", CARE_STARTED, until="trigger", pick="last")
_OF_CARE = {"period": "care.period"}

ACCOMMODATED = Pattern("regulations.section-21-begun")
NO_LONGER = Pattern("regulations.section-21-over")
DETAINED = Pattern("regulations.detained")
CEASING = Pattern("regulations.ceasing-to-accommodate")

_SECTION_21 = law(("N-R16",), "reg 33(3)(c)")
_DETENTION = law(("N-R16",), "reg 33(3)(d)")
_CEASING = law(("N-R17",), "reg 33(3)(e)")
_STATUS = seek("status", STATUS_FROM, "period", until="trigger", pick="last")


def _section_21(name: str, act: str, kind: Pattern, trigger: Pattern, *given: Lookup, **rest: Any) -> Status:
    return Status(
        id=f"{kind.kind}.{name}",
        law=law(("N-R16",), "reg 33(3)(c)", modality=Modality.CONDITION, verb="accommodation"),
        act=act,
        trigger=trigger,
        given=given,
        kind=kind.kind,
        **rest,
    )


STATUSES = (
    _section_21(
        "status",
        "accommodation under section 21(2)(b) or (c) began",
        ACCOMMODATED,
        fact(STATUS_FROM.kind, status="section_21"),
        seek("before", STATUS_FROM, "period", before="trigger", pick="last"),
        seek("already", fact(STATUS_FROM.kind, status="section_21"), "period", since="before", before="trigger"),
        when=(Absent("already"),),
    ),
    _section_21(
        "another-status",
        "the child is looked after under something other than section 21",
        NO_LONGER,
        fact(STATUS_FROM.kind, status=tuple(basis.value for basis in LegalBasis if basis != "section_21")),
    ),
    _section_21("left-care", "the child left care", NO_LONGER, fact("ceased_to_be_looked_after")),
    Status(
        id="regulations.detained.in-custody",
        law=law(("N-R16",), "reg 33(3)(d)", modality=Modality.CONDITION, verb="detained"),
        act="the child was held in a secure training centre or a young offender institution",
        trigger=fact("placement_started", type=("secure_training_centre", "young_offender_institution")),
        given=(
            _STATUS,
            seek(
                "not_in_care",
                fact(STATUS_FROM.kind, status=("section_20", "section_20_short_breaks", "section_21")),
                "period",
                since="status",
                until="trigger",
            ),
        ),
        when=(Absent("not_in_care"),),
        kind=DETAINED.kind,
        note="Where no legal status is recorded the child is taken to be in care.",
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


def _owed_before(
    name: str, rule: Law, act: str, trigger: Pattern, when: tuple[Any, ...], within_: Any, end: Lookup, **rest: Any
) -> Duty:
    """A duty to hold a review between the trigger and the end of something."""
    return Duty(
        id=f"regulations.{name}",
        law=rule,
        act=act,
        bearer="local_authority",
        to="child",
        trigger=trigger,
        given=(end, *rest.pop("given", ())),
        when=when,
        within=within_,
        met_by=(seek("review", HELD, "period", since="trigger"),),
        contact="iro",
        **rest,
    )


_HERE, _GONE = Present("end"), Absent("end")
_NO_DATE = Soft("before it ends")


def _before(
    name: str, rule: Law, act: str, trigger: str, date: str, end: Lookup, note: str, *moved: Lookup
) -> tuple[Duty, ...]:
    """Duties to hold a review before something ended, before the day it is to end, and before whenever it ends.

    `moved` shows that it went on elsewhere, so that nothing ended.
    """

    def duty(which: str, where: Pattern, when: tuple[Any, ...], within_: Any, **rest: Any) -> Duty:
        return _owed_before(f"{name}.{which}", rule, act, where, when, within_, end, note=note, **rest)

    ended = (_HERE, *(Absent(one.name) for one in moved))
    return (
        duty("ended", Pattern(trigger), ended, before_the_event(), anchor="end", given=moved),
        duty("to-end", fact(trigger, **{date: KNOWN}), (_GONE,), before_the_event(), anchor=f"trigger.{date}"),
        duty("no-date", fact(trigger, **{date: UNKNOWN}), (_GONE,), _NO_DATE),
    )


def _before_section_21_ends() -> tuple[Duty, ...]:
    """The duties of sub-paragraph (c), which knows no day on which the accommodation is to end."""

    def duty(which: str, when: tuple[Any, ...], within_: Any, **rest: Any) -> Duty:
        return _owed_before(
            f"review-before-section-21-ends.{which}",
            _SECTION_21,
            "hold a review before the child ceases to be accommodated under section 21(2)(b) or (c)",
            ACCOMMODATED,
            when,
            within_,
            seek("end", NO_LONGER, "period", since="trigger"),
            note="It goes on through changes of placement, and ends with the legal status or with care. Any review in "
            "that time meets it. The text read is that of 2010: it was changed later for remand, and that was not "
            "read.",
            **rest,
        )

    return duty("ended", (_HERE,), before_the_event(), anchor="end"), duty("no-date", (_GONE,), _NO_DATE)


RULES: tuple[Status | Duty, ...] = (
    *STATUSES,
    *_before_section_21_ends(),
    *_before(
        "review-before-detention-ends",
        _DETENTION,
        "hold a review before the child's detention ends",
        DETAINED.kind,
        "expected_end",
        seek("end", OVER, "placement", since="trigger"),
        "It is owed where no other review falls before the end; any review in that time meets it. Moved from one "
        "institution to another on one day, the child is still detained, and it is owed of the stay in the second. "
        "The text read is that of 2010: it was changed later for secure schools, and that was not read.",
        seek("moved", DETAINED, "period", after="trigger", since="end", until="end"),
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
