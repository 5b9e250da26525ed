"""Part 9 of the Regulations: series of short breaks, and what applies to them instead of the rest (reg 48)."""

from __future__ import annotations

from iro_rules.clock import AgreedDate, Number
from iro_rules.facts.vocabulary import LegalBasis
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, SHORT_BREAKS, STATUS_FROM, STATUS_NOW, THEN_SHORT_BREAKS
from iro_rules.rulebook import KNOWN, Absent, Compare, Conflict, Duty, Modality, Present, Status, fact, seek
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Condition, Lookup, Pattern

LONGEST_STAY = Number("short-breaks.longest-stay", 17)
DAYS_IN_A_YEAR = Number("short-breaks.days-in-a-year", 75)

_CONDITIONS = law(("N-R28",), "reg 48(2)", modality=Modality.CONDITION, verb="circumstances")
_ARRANGED = fact("became_looked_after", status="section_20_short_breaks")
_OVER = Pattern("short-breaks.over")
NO_LONGER_SHORT_BREAKS = seek("over", _OVER, "period")
"""The day on which a child left care, or is looked after otherwise: the end of what is owed in short breaks alone."""
_IN_CARE = seek("in_care", fact(STATUS_FROM.kind, status=("interim_care", "care")), "period")

_BREAKS_STATUS = fact(STATUS_FROM.kind, status=LegalBasis.SHORT_BREAKS)
_BEGUN = seek("begun", SHORT_BREAKS, "period")

REGIME = (
    Status(
        id=SHORT_BREAKS.kind,
        law=_CONDITIONS,
        act="a series of short breaks within the short-break rules began",
        trigger=_ARRANGED,
        given=(_IN_CARE,),
        when=(
            Absent("in_care"),
            # Calendar days: the Regulations say days and not working days.
            Compare("trigger.longest_stay", "le", number=LONGEST_STAY),
            Compare("trigger.days_in_a_year", "le", number=DAYS_IN_A_YEAR),
        ),
    ),
    Status(
        id=THEN_SHORT_BREAKS.pattern.kind,
        law=_CONDITIONS,
        act="from this day on the short-break rules applied, until another legal status followed",
        trigger=_BREAKS_STATUS,
        given=(_BEGUN,),
        when=(Present("begun"),),
    ),
    Status(
        id=f"{_OVER.kind}.another-status",
        law=_CONDITIONS,
        act="the child is looked after otherwise than in a series of short breaks",
        trigger=fact(
            STATUS_FROM.kind,
            status=("section_20", "section_21", "emergency_protection", "placement_order"),
        ),
        kind=_OVER.kind,
    ),
    Status(
        id=f"{_OVER.kind}.left-care",
        law=_CONDITIONS,
        act="the child left care",
        trigger=fact("ceased_to_be_looked_after"),
        kind=_OVER.kind,
    ),
    Status(
        id="short-breaks.regime",
        law=_CONDITIONS,
        act="the short-break rules apply: a shorter care plan and visits at agreed intervals, without the placement "
        "plan, the health rules and the notice of placement that otherwise apply",
        trigger=SHORT_BREAKS,
        given=(seek("now", fact(STATUS_NOW.kind, status=LegalBasis.SHORT_BREAKS), "period"),),
        when=(Present("now"),),
        reported=True,
        note="A period recorded as section 20 short breaks is taken to be a series with the same person or in the "
        "same place, after each of which the child goes home. Once one of these conditions fails, the ordinary rules "
        "apply to the whole of the period; after another legal status that is not care they apply from that day.",
    ),
    Conflict(
        id="short-breaks.stay-too-long",
        law=_CONDITIONS,
        act="the care is recorded as short breaks, but a single stay may last longer than the short-break rules allow",
        trigger=_ARRANGED,
        when=(Compare("trigger.longest_stay", "gt", number=LONGEST_STAY),),
    ),
    Conflict(
        id="short-breaks.too-many-days",
        law=_CONDITIONS,
        act="the care is recorded as short breaks, but takes more days in 12 months than the short-break rules allow",
        trigger=_ARRANGED,
        when=(Compare("trigger.days_in_a_year", "gt", number=DAYS_IN_A_YEAR),),
    ),
    Conflict(
        id="short-breaks.in-care",
        law=_CONDITIONS,
        act="the care is recorded as short breaks, but the child is in care, so the short-break rules do not apply",
        trigger=_ARRANGED,
        given=(_IN_CARE,),
        when=(Present("in_care"),),
    ),
)


SHORTER_PLAN = Pattern("short-breaks.shorter-plan")
"""Care plans made for a series of short breaks; join on `ref`, or on the `period` of the series."""
_AGREED = "short-breaks.visits-were-agreed"
_CARE = seek("care", CARE_STARTED, until="trigger", pick="last")
_OF_CARE = {"period": "care.period"}
_ENDED = seek("ended", fact("ceased_to_be_looked_after"), on=_OF_CARE, until="trigger")
_SERIES = seek("regime", SHORT_BREAKS, on={"period": "next.period"})


def _for_a_series(kind: str, act: str, trigger: Pattern) -> tuple[Status, ...]:
    """What was made or agreed in a series of short breaks, or ahead of one by a child not looked after then."""

    def status(name: str, *given: Lookup, when: tuple[Condition, ...], period: str) -> Status:
        return Status(
            id=f"{kind}.{name}",
            law=_CONDITIONS,
            act=act,
            trigger=trigger,
            given=(_CARE, *given),
            when=when,
            kind=kind,
            keep=(("period", period),),
        )

    return (
        status(
            "in-the-series",
            _ENDED,
            seek("legal", STATUS_FROM, until="trigger", pick="last"),
            seek("regime", THEN_SHORT_BREAKS.pattern, since="legal", until="trigger"),
            when=(Absent("ended"), Present("regime")),
            period="care.period",
        ),
        status(
            "before-any-care",
            seek("next", CARE_STARTED),
            _SERIES,
            when=(Absent("care"), Present("regime")),
            period="next.period",
        ),
        status(
            "after-earlier-care",
            _ENDED,
            seek("next", CARE_STARTED, after="trigger"),
            _SERIES,
            when=(Present("ended"), Present("regime")),
            period="next.period",
        ),
    )


SETTLED = (
    *_for_a_series(
        SHORTER_PLAN.kind,
        "a care plan was made for a series of short breaks",
        fact("happened", event="care_plan_made"),
    ),
    *_for_a_series(
        _AGREED,
        "visits in a series of short breaks were agreed",
        fact("agreed", about="short_break_visits"),
    ),
)

INSTEAD = (
    Duty(
        id="short-breaks.plan",
        law=law(("N-R28",), "reg 48(3)(a)"),
        act="have a care plan in the shorter form for short breaks",
        bearer="local_authority",
        to="child",
        trigger=SHORT_BREAKS,
        met_by=(seek("plan", SHORTER_PLAN, "period"),),
        lapses=NO_LONGER_SHORT_BREAKS,
    ),
    Duty(
        id="short-breaks.visits-agreed",
        law=law(("N-R28",), "reg 48(3)(c)"),
        act="agree with the IRO and the parents at what intervals the child is visited",
        bearer="local_authority",
        to=("iro", "parent"),
        trigger=SHORT_BREAKS,
        met_by=(
            seek("iro", fact(_AGREED, by="iro"), "period"),
            seek("parent", fact(_AGREED, by="parent"), "period"),
        ),
        lapses=NO_LONGER_SHORT_BREAKS,
    ),
    Duty(
        id="short-breaks.visit",
        law=law(("N-R28",), "reg 48(3)(c)"),
        act="visit the child by the day agreed with the IRO",
        bearer="local_authority",
        to="child",
        trigger=fact(_AGREED, by="iro", due=KNOWN),
        within=AgreedDate("trigger.due"),
        met_by=(seek("visit", fact("visited", by=("representative", "social_worker")), since="trigger"),),
        lapses=seek("over", _OVER, "period", since="trigger"),
    ),
)

RULES: tuple[AnyRule, ...] = (*REGIME, *SETTLED, *INSTEAD)
