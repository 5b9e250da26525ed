"""Part 3 of the Regulations: placements, and what those outside the authority's own area need (regs 9 to 14)."""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Unit, before_the_event, within
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import EVER, LEFT_CARE, THEN_SHORT_BREAKS, THEN_STATUS
from iro_rules.rulebook import Absent, Compare, Duty, Gate, Modality, Pattern, Present, Status, fact, seek
from iro_rules.rulebook.rules import AnyRule

AMENDED = "2014-01-27"
"""The amendments of SI 2013/3239 Part 3 came into force on this day (its reg 1(1), read on legislation.gov.uk)."""

FIRST_YEAR = Number("placement.first-year", 1)
EMERGENCY_NOTICE = Number("regulations.area-notice.emergency.within", {AMENDED: 5})

OVER = Pattern("placement.over")
"""Placements that ended, by the placement's own end and by the end of care; join on `placement`."""
FIRST_YEAR_OVER = Pattern("placement.first-year-over")

_PLACED = law(("N-R04",), "reg 28(2)", modality=Modality.CONDITION, verb="placement", start=EVER)

STATUSES = (
    Status(
        id="placement.over.ended",
        law=_PLACED,
        act="the placement ended",
        trigger=fact("placement_ended"),
        kind="placement.over",
    ),
    Status(
        id="placement.over.left-care",
        law=_PLACED,
        act="the child left care, and with it the placement",
        trigger=fact("placement_started"),
        given=(LEFT_CARE,),
        kind="placement.over",
        moment="left_care",
    ),
    Status(
        id="placement.first-year-over",
        law=_PLACED,
        act="the first year of the placement is over",
        trigger=fact("placement_started"),
        shift=Clock(FIRST_YEAR, Unit.YEARS),
    ),
)

_NOTICE = seek(
    "notice",
    fact("provided", document="out_of_area_notice", to="area_authority"),
    on={"ref": "trigger.placement"},
)
_EMERGENCY = seek(
    "emergency",
    fact("decided", about="emergency_placement", result="holds"),
    on={"ref": "trigger.placement"},
)
_OUT_OF_AREA = Compare("trigger.area", "ne", constant="own_area")
_AS_AMENDED = "reg 13(4), as amended by SI 2013/3239 Part 3"

OUT_OF_AREA = (
    Duty(
        id="regulations.area-notice",
        law=law(("N-R29",), _AS_AMENDED, start=AMENDED),
        act="give the area authority written notice of a placement in its area before it starts",
        bearer="local_authority",
        to="area_authority",
        trigger=fact("placement_started"),
        given=(_EMERGENCY, THEN_STATUS, THEN_SHORT_BREAKS),
        when=(_OUT_OF_AREA, Absent("emergency"), Absent("regime")),
        within=before_the_event(),
        met_by=(_NOTICE,),
    ),
    Duty(
        id="regulations.area-notice.emergency",
        law=law(("N-R29",), _AS_AMENDED, start=AMENDED),
        act="give the area authority written notice of an emergency placement in its area",
        bearer="local_authority",
        to="area_authority",
        trigger=fact("placement_started"),
        given=(_EMERGENCY, THEN_STATUS, THEN_SHORT_BREAKS),
        when=(_OUT_OF_AREA, Present("emergency"), Absent("regime")),
        within=within(EMERGENCY_NOTICE, Unit.WORKING_DAYS),
        met_by=(_NOTICE,),
        lapses=seek(
            "not_practicable",
            fact("decided", about="notice_not_practicable", result="holds"),
            on={"ref": "trigger.placement"},
        ),
        note="Where notice within this time is not practicable, that is recorded as a decision within it.",
    ),
    Gate(
        id="regulations.distant-placement-approved",
        law=law(("N-R29",), "reg 11(1)(b), as amended by SI 2013/3239 Part 3", start=AMENDED),
        act="place the child at a distance only once the director of children's services has approved it",
        bearer="local_authority",
        to="child",
        trigger=fact("placement_started"),
        when=(Compare("trigger.area", "eq", constant="at_a_distance"),),
        first=(
            seek(
                "approval",
                fact("agreed", by="director_of_childrens_services", about="placement_at_a_distance"),
                on={"ref": "trigger.placement"},
                until="trigger",
            ),
        ),
    ),
)

RULES: tuple[AnyRule, ...] = (*STATUSES, *OUT_OF_AREA)
