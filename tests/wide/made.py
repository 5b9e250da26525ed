"""What the small protocols of made-up councils are put together from."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.protocols import Protocol, SourceDocument
from iro_rules.rulebook import Force, Law, Modality, Verified

LAW = Law(
    rows=("W-01",),
    citation="a made-up council's protocol, section 1",
    force=Force.LOCAL_PROTOCOL,
    modality=Modality.MUST,
    verb="must",
    verified=Verified.S,
    start="2020-01-01",
)


def days(name: str, count: int) -> Clock:
    """So many working days, the day of the event not counted."""
    return Clock(Number(name, count), Unit.WORKING_DAYS)


def hours(name: str, count: int) -> Clock:
    """So many elapsed hours."""
    return Clock(Number(name, count), Unit.HOURS)


def protocol(name: str, *parts: Any, **more: Any) -> Protocol:
    """A protocol of a council that does not exist."""
    settings: dict[str, Any] = {
        "title": f"{name.title()}: a made-up protocol",
        "authority": f"{name.title()} Council",
        "version": "2026.1",
        "source": SourceDocument(f"{name.title()}: raising concerns", "2026"),
    }
    return Protocol(name=name, parts=parts, **(settings | more))
