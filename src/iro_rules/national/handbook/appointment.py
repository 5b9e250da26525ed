"""The Handbook on appointing an IRO: when, and the same or another for brothers, sisters and parents."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import CARE_STARTED, IN_FORCE, LEFT_CARE
from iro_rules.rulebook import Constraint, Duty, Force, Verified, fact, seek

APPOINTMENT = Number("handbook.iro-appointed.within", {IN_FORCE: 5})

RULES = (
    Duty(
        id="handbook.iro-appointed",
        law=law(("F-01", "N-H11", "R1-05"), f"{DUTIES}, item 1", force=Force.GOOD_PRACTICE, verified=Verified.V3),
        act="appoint a named IRO for the child",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        within=within(APPOINTMENT, Unit.WORKING_DAYS),
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
        lapses=LEFT_CARE,
    ),
    Constraint(
        id="handbook.siblings-share-iro",
        law=law(("N-H14", "R1-06", "R1-08"), "on appointment (paragraph not seen)", verified=Verified.V3),
        act="give brothers and sisters who are looked after the same IRO",
        bearer="local_authority",
        to="child",
        relation="sibling",
        role="iro",
        same=True,
        unless=(
            seek("conflict", fact("decided", about="sibling_conflict_of_interest", result="holds")),
            seek("size", fact("decided", about="sibling_group_too_large", result="holds")),
        ),
        note="A recorded conflict of interest, or a group too large for one IRO, excuses separate IROs.",
    ),
    Constraint(
        id="handbook.parent-and-child-have-different-iros",
        law=law(("N-H14", "R1-15"), "on appointment (paragraph not seen)", verified=Verified.V3),
        act="give a looked-after child of a looked-after parent an IRO other than the parent's",
        bearer="local_authority",
        to="child",
        relation="parent",
        role="iro",
        same=False,
    ),
)
