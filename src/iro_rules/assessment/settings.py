"""What cases are judged under: the rulebook, the calendar and the installed packages."""

from __future__ import annotations

from functools import lru_cache

import attrs

from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.national import rulebook as national_rulebook
from iro_rules.protocols import Protocol, Registry, combine
from iro_rules.rulebook import Rulebook


@attrs.frozen(eq=False, kw_only=True)
class Setting:
    """The rulebook, calendar and directory that cases are judged under; build it with `setting(...)`."""

    rulebook: Rulebook
    calendar: Calendar
    registry: Registry
    authority: str


def setting(
    protocol: str | Protocol | Rulebook | None = None,
    *,
    registry: Registry | None = None,
    calendar: Calendar | None = None,
) -> Setting:
    """What a protocol's name (or value), the installed packages and the calendar come to.

    Without a protocol the national rules stand alone. Raises ProtocolError for an unknown or broken one.
    """
    found = registry if registry is not None else Registry.discover() if isinstance(protocol, str) else Registry()
    chosen = found.protocol(protocol) if isinstance(protocol, str) else protocol
    authority = chosen.authority if isinstance(chosen, Protocol) else ""
    days = england_and_wales() if calendar is None else calendar
    closures = found.closures(authority) if authority else {}
    book = chosen if isinstance(chosen, Rulebook) else rulebook_for(chosen)
    return Setting(
        rulebook=book,
        calendar=days.with_closures(closures) if closures else days,
        registry=found,
        authority=authority,
    )


@lru_cache(maxsize=32)
def rulebook_for(protocol: Protocol | None) -> Rulebook:
    """The national rulebook, with a protocol laid over it."""
    return combine(national_rulebook(), protocol) if protocol is not None else national_rulebook()
