"""Part 6 of the Regulations: reviews of the child's case (regs 32 to 38)."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, within
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, FIRST_HELD, HELD, IN_FORCE, LATER_HELD, LEFT_CARE
from iro_rules.rulebook import Duty, seek

FIRST_REVIEW = Number("regulations.first-review.within", {IN_FORCE: 20})
SECOND_REVIEW = Number("regulations.second-review.within", {IN_FORCE: 3})
LATER_REVIEW = Number("regulations.later-review.within", {IN_FORCE: 6})

# Regulation 33: when reviews are due

REG_33 = (
    Duty(
        id="regulations.first-review",
        law=law(("N-R11",), "reg 33(1)"),
        act="hold the first review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        within=within(FIRST_REVIEW, Unit.WORKING_DAYS),
        met_by=(seek("review", HELD, "period", since="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.second-review",
        law=law(("N-R12",), "reg 33(2)"),
        act="hold the second review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=FIRST_HELD,
        within=within(SECOND_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.later-review",
        law=law(("N-R13",), "reg 33(2)"),
        act="hold the next review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=LATER_HELD,
        within=within(LATER_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
)

RULES = REG_33
