"""Part 6 of the Regulations: children whose reviews are said to be due at other times than the ordinary ones.

None of it was read, so the ordinary times go on being shown beside it.
"""

from __future__ import annotations

from iro_rules.clock import Number, Unit, within
from iro_rules.national.regulations.short_breaks import NO_LONGER_SHORT_BREAKS
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import HELD, IN_FORCE, LEFT_CARE, SHORT_BREAKS, THEN_SHORT_BREAKS, THEN_STATUS
from iro_rules.rulebook import Absent, Conflict, Duty, Modality, Present, Verified, fact, seek

FIRST_REVIEW = Number("regulations.short-breaks.first-review.within", {IN_FORCE: 3})
LATER_REVIEW = Number("regulations.short-breaks.later-review.within", {IN_FORCE: 6})

_SHORT_BREAKS = law(("N-R28",), "reg 48, on the timing of reviews (text not read)", verified=Verified.M)
_NOTE = "If this is right, it takes the place of the ordinary time, which goes on being shown."

RULES = (
    Duty(
        id="regulations.short-breaks.first-review",
        law=_SHORT_BREAKS,
        act="hold the first review of a child in short breaks",
        bearer="local_authority",
        to="child",
        trigger=SHORT_BREAKS,
        within=within(FIRST_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", since="trigger"),),
        lapses=NO_LONGER_SHORT_BREAKS,
        note=_NOTE,
    ),
    Duty(
        id="regulations.short-breaks.later-review",
        law=_SHORT_BREAKS,
        act="hold the next review of a child in short breaks",
        bearer="local_authority",
        to="child",
        trigger=HELD,
        given=(THEN_STATUS, THEN_SHORT_BREAKS),
        when=(Present("regime"),),
        within=within(LATER_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=seek("over", NO_LONGER_SHORT_BREAKS.pattern, "period", since="trigger"),
        note=_NOTE,
    ),
    Conflict(
        id="regulations.placed-for-adoption",
        law=law(
            ("N-R13",),
            "reg 33 for a child placed for adoption (text not read)",
            modality=Modality.CONDITION,
            verb="review",
            verified=Verified.M,
        ),
        act="the child is placed for adoption: reviews may then be due at other times, which were not read",
        trigger=fact("placement_started", type="adoption"),
        given=(seek("end", fact("placement_ended"), "placement", since="trigger"), LEFT_CARE),
        when=(Absent("end"), Absent("left_care")),
        note="The ordinary times go on being shown. Look up the rules on adoption before relying on them.",
    ),
)
