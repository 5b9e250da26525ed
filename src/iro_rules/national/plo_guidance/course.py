"""How proceedings run, for the rules of several sections: who was in care at their start, and what is planned."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.plo_guidance.source import ISSUED, WITH_IRO, status
from iro_rules.national.shared import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern

ALREADY = Interpretation(
    "plo.already-looked-after",
    "Was a child who became looked after on the very day of issue already looked after then?",
    (
        ("earlier_day", "no: only if care had started on an earlier day"),
        ("same_day", "yes: if care had started by the end of that day"),
    ),
    "earlier_day",
    "Care that starts with the court's first order is the case the guidance contrasts with being in care already.",
)

EARLIER = Number("plo.already-looked-after.days-before", {IN_FORCE: 1})

NEW_TO_CARE = Pattern("plo.issued.not-in-care")
IN_CARE = Pattern("plo.issued.in-care")
FINAL_PLANNING = Pattern("plo.final-planning")
"""Proceedings about a child who is looked after, from the day both are so."""

_COUNTED = seek("counted", Pattern("plo.issued.care-counted-to"), "proceedings")
_START = seek("start", fact("became_looked_after"), until="counted", pick="last")
_LEFT = seek("left", fact("ceased_to_be_looked_after"), on={"period": "start.period"}, until="counted")


def _issued(name: str, kind: Pattern, act: str, **other: Any) -> Status:
    return Status(
        id=f"plo.issued.{name}",
        law=status(("P-08", "P-15"), "on care proceedings", "lines 34-46", "already looked-after"),
        act=act,
        trigger=ISSUED,
        kind=kind.kind,
        **other,
    )


RULES = (
    _issued(
        "care-counted-to",
        Pattern("plo.issued.care-counted-to"),
        "by this day the child must have been in care to count as already looked after",
        shift=by_reading(ALREADY, earlier_day=Clock(EARLIER, Unit.DAYS, "before"), same_day=None),
    ),
    _issued(
        "never-in-care",
        NEW_TO_CARE,
        "the child had not been looked after when proceedings were issued",
        given=(_COUNTED, _START),
        when=(Absent("start"),),
    ),
    _issued(
        "no-longer-in-care",
        NEW_TO_CARE,
        "the child had left care when proceedings were issued",
        given=(_COUNTED, _START, _LEFT),
        when=(Present("start"), Present("left")),
    ),
    _issued(
        "in-care",
        IN_CARE,
        "the child was already looked after when proceedings were issued",
        given=(_COUNTED, _START, _LEFT),
        when=(Present("start"), Absent("left")),
    ),
    Status(
        id="plo.final-planning.in-care-already",
        law=status(("P-19",), "on final care planning", "lines 52-54", "becomes looked-after"),
        act="proceedings were issued about a child in care, whose final plan is to be made",
        trigger=IN_CARE,
        kind=FINAL_PLANNING.kind,
        identity="trigger.proceedings",
    ),
    Status(
        id="plo.final-planning.new-to-care",
        law=status(("P-19",), "on final care planning", "lines 52-54", "becomes looked-after"),
        act="the child came into care during proceedings, and the final plan is to be made",
        trigger=NEW_TO_CARE,
        given=(
            seek("care", fact("became_looked_after"), since="trigger"),
            seek("ended", fact("proceedings_ended"), "proceedings", since="trigger", until="care"),
        ),
        when=(Present("care"), Absent("ended")),
        kind=FINAL_PLANNING.kind,
        identity="trigger.proceedings",
        moment="care",
    ),
    Status(
        id="plo.evidence-with-iro.received",
        law=status(("P-21",), "on final evidence", "lines 56-57", "with the IRO"),
        act="the IRO received final evidence",
        trigger=fact("received", by="iro", document="final_evidence"),
        kind=WITH_IRO.kind,
    ),
    Status(
        id="plo.evidence-with-iro.provided",
        law=status(("P-21",), "on final evidence", "lines 56-57", "with the IRO"),
        act="the IRO was given final evidence",
        trigger=fact("provided", document="final_evidence", to="iro"),
        kind=WITH_IRO.kind,
    ),
)
