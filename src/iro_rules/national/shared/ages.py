"""The birthdays on which a rule begins or ends, and a child still in care after the last of them."""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.shared.care import LEFT_CARE
from iro_rules.national.shared.source import IN_FORCE, recorded
from iro_rules.rulebook import Absent, Conflict, Force, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

TENTH_BIRTHDAY = Pattern("child.tenth-birthday")
EIGHTEENTH_BIRTHDAY = Pattern("child.eighteenth-birthday")

TEN = Number("child.tenth-birthday.age", 10)
EIGHTEEN = Number("child.eighteenth-birthday.age", 18)

# What section 105(1) says of a child read alike in 1989, on 5 December 2005 and on 26 July 2021 (legislation.gov.uk).
RULES = (
    Status(
        id="child.tenth-birthday",
        law=recorded(
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
        law=recorded(
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
        law=recorded(
            "N-A01",
            citation="Children Act 1989, s 105(1)",
            force=Force.STATUTE,
            verb="child",
            verified=Verified.V1,
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
        law=recorded(
            "N-A01",
            citation="Children Act 1989, s 105(1)",
            force=Force.STATUTE,
            verb="child",
            verified=Verified.V1,
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
