"""Statuses that several instruments read: care and its start, ages, legal status, proceedings, the IRO, reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    Absent,
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

IN_FORCE = "2011-04-01"
"""The Regulations and the Handbook took effect together (N-R01, F-00)."""

EVER = "1900-01-01"
"""The start of statuses that only say what the record shows, or count from a day long past, as a birthday does."""


def citing(instrument: str, **usual: Any) -> Callable[..., Law]:
    """How the rules of one instrument give their source: `law(rows, where, **what_is_not_usual)`."""

    def law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
        return Law(rows=rows, **{"citation": f"{instrument}, {where}", "start": IN_FORCE, **usual, **other})

    return law


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

LEFT_CARE = seek("left_care", fact("ceased_to_be_looked_after"), "period")

CARE_STARTED = Pattern("care.started")
"""Periods of care by the day from which clocks run; the obligations keep the identity of the fact."""
TENTH_BIRTHDAY = Pattern("child.tenth-birthday")
EIGHTEENTH_BIRTHDAY = Pattern("child.eighteenth-birthday")
STATUS_FROM = Pattern("legal-status.from")
"""Every legal status on record by the day it began: the last until a day is the one in force then."""
STATUS_NOW = Pattern("legal-status.now")
PROCEEDINGS_OPEN = Pattern("proceedings.open")
"""Proceedings issued and not ended on the day asked about, dated by their issue."""
SHORT_BREAKS = Pattern("short-breaks.regime")
"""Periods of care that are a series of short breaks within the limits of regulation 48; join on `period`."""
IRO_NOW = Pattern("iro.now")
"""Whoever was appointed IRO and has not left; where several are on record, the last one counts."""
IRO_OVER = seek("iro_over", Pattern("iro.over"), "period", "person", since="trigger")
"""The end of an appointment as IRO, for what is owed about that IRO: it lapses on that day."""

TEN = Number("child.tenth-birthday.age", 10)
EIGHTEEN = Number("child.eighteenth-birthday.age", 18)
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


def _recorded(row: str, **other: Any) -> Law:
    """The law of a status that only says in one word what the record shows; `row` is a rule that needs it."""
    return Law(
        rows=(row,),
        **{
            "citation": "Care Planning, Placement and Case Review (England) Regulations 2010, reg 32(1)",
            "force": Force.REGULATION,
            "modality": Modality.CONDITION,
            "verb": "looked after",
            "verified": Verified.V1,
            "start": EVER,
            **other,
        },
    )


_CARE = _recorded(
    "N-H13",
    citation="IRO Handbook 2010, as paraphrased by Hertfordshire's and Walsall's procedures",
    force=Force.STATUTORY_GUIDANCE,
    verified=Verified.V3,
)
_STATUS = _recorded("N-R08")
_PROCEEDINGS = _recorded(
    "N-H17",
    citation="IRO Handbook 2010, chapter 8",
    force=Force.STATUTORY_GUIDANCE,
    verb="family proceedings",
    verified=Verified.V2,
)
_IRO = _recorded("N-A01", citation="Children Act 1989, s 25A(1)", force=Force.STATUTE, verb="appoint")


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


def _iro_over(name: str, act: str, end: Lookup) -> Status:
    return Status(
        id=f"iro.over.{name}",
        law=_IRO,
        act=act,
        trigger=fact("appointed", role="iro"),
        given=(end,),
        when=(Present(end.name),),
        kind="iro.over",
        moment=end.name,
    )


CARE = (
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
        law=_recorded("N-R08", start=IN_FORCE),
        act="two periods of care are recorded under one name, so that the end of one is taken for the other's",
        trigger=fact("became_looked_after"),
        given=(seek("earlier", fact("became_looked_after"), "period", before="trigger"),),
        when=(Present("earlier"),),
    ),
)

AGES = (
    Status(
        id="child.tenth-birthday",
        law=_recorded(
            "P-03",
            citation="Good practice guidance for IROs in the PLO, on section 20 (seed 004, lines 25-26)",
            force=Force.GOOD_PRACTICE,
            verb="under 10",
            verified=Verified.S,
        ),
        act="the child turns ten",
        trigger=fact("born"),
        shift=Clock(TEN, Unit.YEARS),
        note="A child born on 29 February turns ten on 28 February where the year has no 29th.",
    ),
    Status(
        id="child.eighteenth-birthday",
        law=_recorded(
            "N-R04",
            citation="Care Planning, Placement and Case Review (England) Regulations 2010, reg 28(2)",
            verb="aged 18",
        ),
        act="the child turns eighteen",
        trigger=fact("born"),
        shift=Clock(EIGHTEEN, Unit.YEARS),
        note="A child born on 29 February turns eighteen on 28 February where the year has no 29th.",
    ),
    Conflict(
        id="facts.looked-after-at-eighteen",
        law=_recorded(
            "N-A01",
            citation="Children Act 1989, the meaning of a child (text not read)",
            force=Force.STATUTE,
            verb="child",
            verified=Verified.M,
            start=IN_FORCE,
        ),
        act="the record still has somebody as a looked-after child who has turned eighteen",
        trigger=fact("became_looked_after"),
        given=(
            seek("birthday", EIGHTEENTH_BIRTHDAY, until="as_of"),
            LEFT_CARE,
        ),
        when=(Present("birthday"), Absent("left_care")),
    ),
    Conflict(
        id="facts.left-care-after-eighteen",
        law=_recorded(
            "N-A01",
            citation="Children Act 1989, the meaning of a child (text not read)",
            force=Force.STATUTE,
            verb="child",
            verified=Verified.M,
            start=IN_FORCE,
        ),
        act="a period of care is recorded as ending after the child had turned eighteen",
        trigger=fact("ceased_to_be_looked_after"),
        given=(
            seek("birthday", EIGHTEENTH_BIRTHDAY),
            seek("same_day", EIGHTEENTH_BIRTHDAY, since="trigger"),
        ),
        when=(Present("birthday"), Absent("same_day")),
    ),
)

STANDING = (
    Status(
        id="legal-status.from-start",
        law=_STATUS,
        act="the child became looked after under this legal status",
        trigger=fact("became_looked_after"),
        given=(seek("same_day", fact("legal_status"), "period", since="trigger", until="trigger"),),
        when=(Absent("same_day"),),
        kind="legal-status.from",
    ),
    Status(
        id="legal-status.from-change",
        law=_STATUS,
        act="the child's legal status is this from this day",
        trigger=fact("legal_status"),
        kind="legal-status.from",
    ),
    Status(
        id="legal-status.now",
        law=_STATUS,
        act="this is the child's legal status on the day asked about",
        trigger=STATUS_FROM,
        given=(seek("later", STATUS_FROM, "period", after="trigger"), LEFT_CARE),
        when=(Absent("later"), Absent("left_care")),
    ),
    Status(
        id="proceedings.open",
        law=_PROCEEDINGS,
        act="family proceedings about the child are going on",
        trigger=fact("proceedings_issued"),
        given=(seek("end", fact("proceedings_ended"), "proceedings", since="trigger"),),
        when=(Absent("end"),),
        identity="trigger.proceedings",
    ),
    Status(
        id="iro.now",
        law=_IRO,
        act="this is the child's IRO on the day asked about",
        trigger=fact("appointed", role="iro"),
        given=(
            seek("left", fact("ended", role="iro"), "person", since="trigger"),
            LEFT_CARE,
        ),
        when=(Absent("left"), Absent("left_care")),
    ),
    # Of two rows for one appointment the first stands: that the IRO left, else the end of care. That a successor was
    # appointed is not taken as the end: the record may lack it, and two may be appointed on one day.
    _iro_over(
        "left",
        "the IRO has left",
        seek("end", fact("ended", role="iro"), "person", since="trigger"),
    ),
    _iro_over(
        "care-ended",
        "the period of care in which this was the IRO has ended",
        seek("left_care", fact("ceased_to_be_looked_after"), "period", since="trigger"),
    ),
)

REVIEWS = (
    Status(
        id="review.held",
        law=REVIEWING,
        act="a review was held",
        trigger=fact("review_held"),
        identity="trigger.review",
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
    Status(
        id="review.first-timed",
        law=REVIEWING,
        act="this is the first review of the period of care",
        trigger=TIMED,
        given=(seek("earlier", TIMED, "period", before="trigger"),),
        when=(Absent("earlier"),),
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

RULES = (*CARE, *AGES, *STANDING, *REVIEWS)
