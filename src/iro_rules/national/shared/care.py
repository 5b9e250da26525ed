"""Periods of care: the day from which their clocks run, their end, and two under one name."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.shared.source import IN_FORCE, recorded
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Conflict, Force, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

LEFT_CARE = seek("left_care", fact("ceased_to_be_looked_after"), "period")

CARE_STARTED = Pattern("care.started")
"""Periods of care by the day from which clocks run; the obligations keep the identity of the fact."""
SHORT_BREAKS = Pattern("short-breaks.begun")
"""Periods of care that began as a series of short breaks within the limits of regulation 48; join on `period`."""

WAIT = Number("care.section-20.first-day-not-counted", 1)

CARE_START = Interpretation(
    "care.section-20.start",
    "From which day do clocks run for a child accommodated under section 20?",
    (
        ("first_day", "from the day accommodation starts"),
        ("after_24_hours", "from the day after, once 24 hours have passed"),
    ),
    "first_day",
    "Guidance is reported to ask for 24 hours without a break, but records give the first day, and from it no day is "
    "lost.",
)


_CARE = recorded(
    "N-H13",
    citation="IRO Handbook 2010, as paraphrased by Hertfordshire's and Walsall's procedures",
    force=Force.STATUTORY_GUIDANCE,
    verified=Verified.V3,
)


def _care_started(name: str, act: str, trigger: Pattern, **other: Any) -> Status:
    return Status(
        id=f"care.started.{name}",
        law=_CARE,
        act=act,
        trigger=trigger,
        kind="care.started",
        rests_on=(CARE_START,),
        **other,
    )


RULES = (
    _care_started(
        "section-20",
        "a period of care under section 20 has started",
        fact("became_looked_after", status=("section_20", "section_20_short_breaks")),
        shift=by_reading(CARE_START, first_day=None, after_24_hours=Clock(WAIT, Unit.DAYS)),
    ),
    # Of two rows for one period the first stands, so this one is for every other basis. It is the safe side, too:
    # where nobody noted that it was section 20, no day is left out.
    _care_started(
        "otherwise",
        "a period of care has started",
        fact("became_looked_after"),
    ),
    Conflict(
        id="facts.period-begun-twice",
        law=recorded("N-R08", start=IN_FORCE),
        act="two periods of care are recorded under one name, so that the end of one is taken for the other's",
        trigger=fact("became_looked_after"),
        given=(seek("earlier", fact("became_looked_after"), "period", before="trigger"),),
        when=(Present("earlier"),),
    ),
    Conflict(
        id="facts.left-care-before-start",
        law=recorded("N-R08", start=IN_FORCE),
        act="a period of care is recorded as ending although none of that name had started by then",
        trigger=fact("ceased_to_be_looked_after"),
        given=(seek("start", fact("became_looked_after"), "period", until="trigger"),),
        when=(Absent("start"),),
    ),
)
