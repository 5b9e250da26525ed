"""Part 6 of the Regulations: what follows from a review, and its record (regs 37 and 38).

Neither was read: what stands here is how they are commonly told, and is marked so.
"""

from __future__ import annotations

from iro_rules.national.regulations.source import unread
from iro_rules.national.shared import HELD
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, Modality, fact, seek

_DECISION = fact("decided", about="review_decision", review=KNOWN, ref=KNOWN)

RULES = (
    Duty(
        id="regulations.carry-out-decision",
        law=unread("N-R22", "reg 37"),
        act="carry out what the review decided",
        bearer="local_authority",
        to="child",
        trigger=_DECISION,
        met_by=(seek("done", fact("happened", event="review_decision_carried_out"), "ref", since="trigger"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), since="trigger"),
        contact="social_worker",
        note="No time is known for it, apart from any that the decision itself sets.",
    ),
    Conflict(
        id="regulations.decision-untraceable",
        law=unread("N-R22", "reg 37", modality=Modality.CONDITION, verb="implement"),
        act="a review's decision is recorded without a reference, so whether it was carried out cannot be followed",
        trigger=fact("decided", about="review_decision", ref=UNKNOWN),
    ),
    Duty(
        id="regulations.iro-told-of-failure",
        law=unread("N-R22", "reg 37"),
        act="tell the IRO of a significant failure to carry out a review's decision, or of a significant change",
        bearer="local_authority",
        to="iro",
        trigger=fact("happened", event=("review_decision_not_carried_out", "significant_change"), ref=KNOWN),
        met_by=(seek("notice", fact("told", to="iro", about="significant_change"), "ref", since="trigger"),),
        contact="iro",
        note="The Handbook asks the same of the social worker; one notice meets both.",
    ),
    Duty(
        id="regulations.record-of-review",
        law=unread("N-R23", "reg 38"),
        act="put a written record of the review on the child's case record",
        bearer="local_authority",
        to="child",
        trigger=HELD,
        met_by=(seek("record", fact("recorded", about="review"), "review"),),
        contact="iro",
    ),
)
