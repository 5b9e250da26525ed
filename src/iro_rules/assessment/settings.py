"""What cases are judged under: the rulebook, the calendar and the installed packages."""

from __future__ import annotations

from functools import lru_cache
from typing import final

import attrs

from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.errors import ProtocolError
from iro_rules.national import rulebook as national_rulebook
from iro_rules.protocols import Protocol, Registry, combine
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.rules import AnyRule


@final
@attrs.frozen(eq=False, kw_only=True)
class Setting:
    """The rulebook, calendar and directory that cases are judged under; build it with `setting(...)`.

    `left_out` are the rules that were left out because nobody has read their source.
    """

    rulebook: Rulebook
    left_out: tuple[AnyRule, ...]
    calendar: Calendar
    registry: Registry
    authority: str


def setting(
    protocol: str | Protocol | Rulebook | None = None,
    *,
    registry: Registry | None = None,
    calendar: Calendar | None = None,
    unverified: bool = False,
    authority: str | None = None,
) -> Setting:
    """What a protocol's name (or value), the installed packages and the calendar come to.

    Without a protocol the national rules stand alone. Rules whose source nobody has read are left out unless
    `unverified` is given. `authority` says whose closures and contacts count, where several share the protocol (the
    first unless said). Raises ProtocolError for what is no protocol,
    for an unknown or broken one, and for an authority that has another.
    """
    _check_is_protocol(protocol)
    found = registry if registry is not None else Registry.discover() if isinstance(protocol, str) else Registry()
    chosen = found.protocol(protocol) if isinstance(protocol, str) else protocol
    shared_by = chosen.authorities if isinstance(chosen, Protocol) else ("",)
    authority = shared_by[0] if authority is None else authority
    if authority not in shared_by:
        right = f"one of {', '.join(shared_by)}" if shared_by != ("",) else "a protocol of this authority"
        raise ProtocolError("this is not the protocol of that authority", value=authority, right=right)
    days = england_and_wales() if calendar is None else calendar
    closures = found.closures(authority) if authority else {}
    with found.telling_lines(protocol if isinstance(protocol, str) else ""):
        book = chosen if isinstance(chosen, Rulebook) else rulebook_for(chosen)
    return Setting(
        rulebook=book if unverified else book.strict,
        left_out=() if unverified else book.unverified,
        calendar=days.with_closures(closures) if closures else days,
        registry=found,
        authority=authority,
    )


def _check_is_protocol(given: object) -> None:
    if not isinstance(given, str | Protocol | Rulebook | None):
        right = "the name of a protocol, a Protocol or Rulebook, or None for the national rules alone"
        raise ProtocolError("this is not a protocol", value=type(given).__name__, right=right)


@lru_cache(maxsize=32)
def rulebook_for(protocol: Protocol | None) -> Rulebook:
    """The national rulebook, with a protocol laid over it."""
    return combine(national_rulebook(), protocol) if protocol is not None else national_rulebook()
