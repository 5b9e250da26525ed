"""How a rule of the guidance gives its source, and the people and facts that several of its sections share."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Soft, Unit
from iro_rules.facts.vocabulary import Role
from iro_rules.national.shared import IN_FORCE, citing
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Force, Law, Lookup, Modality, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

AUTHORITY = (
    Role.DIRECTOR,
    Role.LEGAL_DEPARTMENT,
    Role.LOCAL_AUTHORITY,
    Role.SENIOR_MANAGER,
    Role.SOCIAL_WORKER,
    Role.TEAM_MANAGER,
)
"""Those whose decision is the authority's own; the IRO is not among them."""

IRO_SERVICE = (Role.IRO, Role.IRO_MANAGER, Role.IRO_SERVICE)

AT_THE_EVENT = Interpretation(
    "plo.at-the-event",
    "When the guidance wants something done at or on an event, is it late after that day?",
    (
        ("no_figure", "no day is named, so it is never late"),
        ("same_day", "it is late once the day of the event is over"),
    ),
    "no_figure",
    "The guidance points at the event and gives no measure of how soon, and no clock is made up for it.",
)

ON_THE_DAY = Number("plo.at-the-event.within", {IN_FORCE: 0})

ENDED = seek("ended", fact("proceedings_ended"), "proceedings")
"""For what is owed within proceedings: their end, which may come before the day that a trigger is dated by."""


_law = citing(
    "Good practice guidance for IROs in the PLO",
    force=Force.GOOD_PRACTICE,
    modality=Modality.SHOULD,
    verb="should",
    verified=Verified.S,
)


def law(rows: tuple[str, ...], section: str, lines: str, **other: Any) -> Law:
    """The law of a rule of the guidance: its rows, section and lines; `other` says what is not usual."""
    return _law(rows, f"{section} (seed 004, {lines})", **other)


def status(rows: tuple[str, ...], section: str, lines: str, verb: str) -> Law:
    """The law of a status that other rules of the guidance read."""
    return law(rows, section, lines, modality=Modality.CONDITION, verb=verb)


def at_the_event(words: str) -> Any:
    """A timescale that only names the event itself, in the source's words."""
    return by_reading(AT_THE_EVENT, no_figure=Soft(words), same_day=Clock(ON_THE_DAY, Unit.DAYS))


def reached_iro(document: str, **options: Any) -> tuple[Lookup, ...]:
    """Either of the two ways in which a record shows that the IRO was given a document of these proceedings."""
    return (
        seek("provided", fact("provided", document=document, to="iro"), "proceedings", **options),
        seek("received", fact("received", by="iro", document=document), "proceedings", **options),
    )


def during_proceedings() -> tuple[Lookup, ...]:
    """The proceedings last issued by the trigger's day, and their end by then."""
    return (
        seek("issued", fact("proceedings_issued"), until="trigger", pick="last"),
        seek("ended", fact("proceedings_ended"), on={"proceedings": "issued.proceedings"}, until="trigger"),
    )


ISSUED = fact("proceedings_issued")
WITH_IRO = Pattern("plo.evidence-with-iro")
"""Final evidence that reached the IRO, whether recorded as given or as received."""
