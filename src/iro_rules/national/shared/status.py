"""The child's legal status, from day to day and now, and the proceedings that are going on."""

from __future__ import annotations

from iro_rules.national.shared.care import LEFT_CARE
from iro_rules.national.shared.source import recorded
from iro_rules.rulebook import Absent, Force, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

STATUS_FROM = Pattern("legal-status.from")
"""Every legal status on record by the day it began: the last until a day is the one in force then."""
THEN_STATUS = seek("legal", STATUS_FROM, "period", until="trigger", pick="last")
THEN_SHORT_BREAKS = seek("regime", Pattern("short-breaks.then"), "period", since="legal", until="trigger")
"""Whether the short-break rules applied on the trigger's day, after `THEN_STATUS`: not once another status followed."""
STATUS_NOW = Pattern("legal-status.now")
PROCEEDINGS_OPEN = Pattern("proceedings.open")
"""Proceedings issued and not ended on the day asked about, dated by their issue."""

_STATUS = recorded("N-R08")
_PROCEEDINGS = recorded(
    "N-H17",
    citation="IRO Handbook 2010, chapter 8",
    force=Force.STATUTORY_GUIDANCE,
    verb="family proceedings",
    verified=Verified.V2,
)

RULES = (
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
)
