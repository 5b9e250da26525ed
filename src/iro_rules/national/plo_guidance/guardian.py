"""The guidance on the IRO and the Children's Guardian talking to each other during proceedings."""

from __future__ import annotations

from iro_rules.clock import before_the_event
from iro_rules.national.plo_guidance.source import ENDED, during_proceedings, law, status
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Duty, Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern

EVENT_TALK = Interpretation(
    "plo.significant-event.talk",
    "Are the IRO and the Guardian to talk about a significant event, or to talk before it?",
    (
        ("about_it", "about it, once it has happened"),
        ("before_it", "before it happens"),
    ),
    "about_it",
    "The sentence can be parsed either way; few events that touch a child are known beforehand.",
)

FINAL_STATEMENT = Pattern("plo.guardian-statement")
_BOTH = ("iro", "guardian")
_TALK = fact("meeting_held", meeting="iro_and_guardian")
_FILED = fact("filed", document="guardians_final_statement")
_DUE = fact("filing_due", document="guardians_final_statement")
_STATEMENT = status(("P-28",), "on the Guardian", "lines 68-69", "final statement being filed")

RULES = (
    Status(
        id="plo.guardian-statement.filed",
        law=_STATEMENT,
        act="the Guardian's final statement was filed",
        trigger=_FILED,
        kind=FINAL_STATEMENT.kind,
        identity="trigger.proceedings",
    ),
    Status(
        id="plo.guardian-statement.due",
        law=_STATEMENT,
        act="the Guardian's final statement is to be filed on this day",
        trigger=_DUE,
        given=(
            seek("filed", _FILED, "proceedings"),
            seek("moved", _DUE, "proceedings", after="trigger"),
        ),
        when=(Absent("filed"), Absent("moved")),
        kind=FINAL_STATEMENT.kind,
        identity="trigger.proceedings",
        moment="trigger.due",
    ),
    Duty(
        id="plo.talk-before-guardian-statement",
        law=law(("P-28",), "on the Guardian", "lines 68-69"),
        act="discuss the case with each other before the Guardian's final statement is filed",
        bearer=_BOTH,
        to=_BOTH,
        trigger=FINAL_STATEMENT,
        within=before_the_event(),
        met_by=(seek("talk", _TALK, "proceedings"),),
        lapses=ENDED,
        contact="guardian",
        note="One discussion serves both, whoever asked for it.",
    ),
    Duty(
        id="plo.talk-about-significant-event",
        law=law(("P-29",), "on the Guardian", "lines 69-70"),
        act="discuss with each other a significant event that touches the child during proceedings",
        bearer=_BOTH,
        to=_BOTH,
        trigger=fact("happened", event="significant_event", ref=KNOWN),
        given=during_proceedings(),
        when=(Present("issued"), Absent("ended")),
        within=by_reading(EVENT_TALK, about_it=None, before_it=before_the_event()),
        met_by=by_reading(
            EVENT_TALK,
            about_it=(seek("talk", _TALK, "ref", since="trigger"),),
            before_it=(seek("talk", _TALK, "ref"),),
        ),
        contact="guardian",
    ),
    Conflict(
        id="plo.significant-event-untraceable",
        law=law(("P-29",), "on the Guardian", "lines 69-70"),
        act="a significant event is recorded without a reference, so whether it was discussed cannot be followed",
        trigger=fact("happened", event="significant_event", ref=UNKNOWN),
        given=during_proceedings(),
        when=(Present("issued"), Absent("ended")),
    ),
)
