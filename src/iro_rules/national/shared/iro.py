"""Who is the child's IRO now, and when an appointment as IRO is over."""

from __future__ import annotations

from iro_rules.national.shared.care import LEFT_CARE
from iro_rules.national.shared.source import recorded
from iro_rules.rulebook import Absent, Force, Present, Status, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern

IRO_NOW = Pattern("iro.now")
"""Whoever was appointed IRO and has not left; where several are on record, the last one counts."""
IRO_OVER = seek("iro_over", Pattern("iro.over"), "period", "person", since="trigger")
"""The end of an appointment as IRO, for what is owed about that IRO: it lapses on that day."""


_IRO = recorded("N-A01", citation="Children Act 1989, s 25A(1)", force=Force.STATUTE, verb="appoint")


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


RULES = (
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
