"""Part 9 of the Regulations: series of short breaks, and what applies to them instead of the rest (reg 48)."""

from __future__ import annotations

from iro_rules.clock import AgreedDate, Number
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import LEFT_CARE, SHORT_BREAKS, STATUS_FROM
from iro_rules.rulebook import KNOWN, Absent, Compare, Conflict, Duty, Modality, Present, Status, fact, seek

LONGEST_STAY = Number("short-breaks.longest-stay", 17)
DAYS_IN_A_YEAR = Number("short-breaks.days-in-a-year", 75)

_CONDITIONS = law(("N-R28",), "reg 48(2)", modality=Modality.CONDITION, verb="circumstances")
_ARRANGED = fact("became_looked_after", status="section_20_short_breaks")
_IN_CARE = seek("in_care", fact(STATUS_FROM.kind, status=("interim_care", "care")), "period")

# Calendar days: the Regulations say days and not working days.
REGIME = (
    Status(
        id="short-breaks.regime",
        law=_CONDITIONS,
        act="the short-break rules apply: a shorter care plan and visits at agreed intervals, without the placement "
        "plan, the health rules and the notice of placement that otherwise apply",
        trigger=_ARRANGED,
        given=(_IN_CARE,),
        when=(
            Absent("in_care"),
            Compare("trigger.longest_stay", "le", number=LONGEST_STAY),
            Compare("trigger.days_in_a_year", "le", number=DAYS_IN_A_YEAR),
        ),
        reported=True,
        note="A period recorded as section 20 short breaks is taken to be a series with the same person or in the "
        "same place, after each of which the child goes home. Once one condition fails, the ordinary rules apply to "
        "the whole of the period.",
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

INSTEAD = (
    Duty(
        id="short-breaks.plan",
        law=law(("N-R28",), "reg 48(3)(a)"),
        act="have a care plan in the shorter form for short breaks",
        bearer="local_authority",
        to="child",
        trigger=SHORT_BREAKS,
        met_by=(seek("plan", fact("happened", event="care_plan_made")),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="short-breaks.visits-agreed",
        law=law(("N-R28",), "reg 48(3)(c)"),
        act="agree with the IRO and the parents at what intervals the child is visited",
        bearer="local_authority",
        to=("iro", "parent"),
        trigger=SHORT_BREAKS,
        met_by=(
            seek("iro", fact("agreed", by="iro", about="short_break_visits")),
            seek("parent", fact("agreed", by="parent", about="short_break_visits")),
        ),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="short-breaks.visit",
        law=law(("N-R28",), "reg 48(3)(c)"),
        act="visit the child by the day agreed with the IRO",
        bearer="local_authority",
        to="child",
        trigger=fact("agreed", by="iro", about="short_break_visits", due=KNOWN),
        given=(seek("regime", SHORT_BREAKS, pick="last"),),
        when=(Present("regime"),),
        within=AgreedDate("trigger.due"),
        met_by=(seek("visit", fact("visited", by=("representative", "social_worker")), since="trigger"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "regime.period"}),
    ),
)

RULES = (*REGIME, *INSTEAD)
