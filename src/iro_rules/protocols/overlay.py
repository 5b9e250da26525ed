"""How protocols are laid over the national rules, on the base of another protocol, and after an earlier edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import pendulum

from iro_rules.errors import ProtocolError
from iro_rules.protocols.protocol import Part, Protocol, no_twins
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.rulebook import Package, Rulebook

Dates = tuple[pendulum.Date | None, pendulum.Date | None]
"""The first day in force and the first day no longer in force, where there are any."""


def combine(national: Rulebook, *protocols: Protocol) -> Rulebook:
    """One rulebook of the national rules, then those of each protocol in turn.

    A national rule is never replaced. A protocol's contact for a role takes the place of the national one.
    A protocol's own dates narrow those of its rules; of a ladder they narrow the days on which a matter can be opened.
    Raises ProtocolError where two protocols share a name or have a contact for the same role, where a rule ends before
    its protocol starts, or where one leaves out what its base does not have; RulebookError where the whole fails its
    static checks.
    """
    names = [protocol.name for protocol in protocols]
    no_twins(names, national.name, "a protocol is laid over the national rules twice")
    whole = [whole_of(protocol) for protocol in protocols]
    local = tuple(contact for protocol in whole for contact in protocol.contacts)
    roles = [contact.role for contact in local]
    no_twins(roles, " + ".join(names), "two protocols have a contact for one role")
    return Rulebook(
        name=" + ".join([national.name, *names]),
        parts=(*national.parts, *(part for protocol in whole for part in protocol.parts)),
        contacts=(*(c for c in national.contacts if c.role not in roles), *local),
        vocabulary=(*national.vocabulary, *(v for protocol in whole for v in protocol.vocabulary)),
        ledger=(*national.ledger, *(row for protocol in whole for row in protocol.ledger)),
        packages=(*national.packages, *(package for protocol in protocols for package in _packages(protocol))),
    )


def whole_of(protocol: Protocol) -> Protocol:
    """The same protocol with all it takes over in itself, each part in force only when it is.

    Raises ProtocolError as `combine` does.
    """
    found = _on_its_base(protocol)
    dates = found.start, found.end
    if protocol.supersedes is None:
        return attrs.evolve(found, parts=tuple(_narrowed(part, dates, found.name) for part in found.parts))
    earlier = whole_of(protocol.supersedes)
    now = {part.id: part for part in found.parts}
    parts: list[Part] = []
    for part in earlier.parts:
        later = now.get(part.id)
        if later is not None and _undated(later) == _undated(part):
            del now[part.id]
            law = attrs.evolve(later.law, start=part.law.start)
            parts.append(_narrowed(attrs.evolve(later, law=law), (earlier.start, found.end), found.name))
        else:
            parts.append(_narrowed(part, (None, found.start), earlier.name))
    parts += [_narrowed(part, dates, found.name) for part in now.values()]
    return attrs.evolve(
        found,
        parts=tuple(parts),
        contacts=_by("role", earlier.contacts, found.contacts),
        vocabulary=tuple(dict.fromkeys((*earlier.vocabulary, *found.vocabulary))),
        ledger=_by("row", earlier.ledger, found.ledger),
        supersedes=None,
        start=earlier.start,
    )


def _undated(part: Part) -> Part:
    """What a part says, whenever it does."""
    law = attrs.evolve(part.law, start="2000-01-01", end=None)
    changed: dict[str, Any] = {"law": law}
    if isinstance(part, Ladder):
        changed["rules"] = tuple(_undated(rule) for rule in part.rules)
    return attrs.evolve(part, **changed)


def _on_its_base(protocol: Protocol) -> Protocol:
    """The protocol with what it takes over from the one it is based on; its dates are its own."""
    if protocol.based_on is None:
        return protocol
    base, where = _on_its_base(protocol.based_on), f"protocol {protocol.name}"
    own = {part.id: part for part in protocol.parts}
    known = set(_ids(base.parts))
    for name in protocol.without:
        if name not in known:
            raise ProtocolError(
                "a part is left out that the base does not have",
                where=where,
                value=name,
                right=f"a part of {base.name}",
            )
    gone = set(protocol.without)
    parts = [_replaced(own.get(part.id, part), own, gone) for part in base.parts if part.id not in gone]
    parts += [part for name, part in own.items() if name not in known or name in gone]
    return attrs.evolve(
        protocol,
        parts=tuple(parts),
        contacts=_by("role", base.contacts, protocol.contacts),
        vocabulary=tuple(dict.fromkeys((*base.vocabulary, *protocol.vocabulary))),
        ledger=_by("row", base.ledger, protocol.ledger),
        based_on=None,
        without=(),
    )


def _replaced(part: Part, own: dict[str, Part], gone: set[str]) -> Part:
    """A part of the base, in which a ladder's rules are replaced by, or left out for, those of the protocol."""
    if not isinstance(part, Ladder):
        return part
    rules: Iterable[Any] = (own.get(rule.id, rule) for rule in part.rules if rule.id not in gone)
    return attrs.evolve(part, rules=tuple(rules))


def _ids(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield part.id
        if isinstance(part, Ladder):
            yield from (rule.id for rule in part.rules)


def _by(field: str, first: Iterable[Any], then: Iterable[Any]) -> tuple[Any, ...]:
    """Two lists as one, in which what comes later takes the place of what has the same name."""
    return tuple({getattr(one, field): one for one in (*first, *then)}.values())


def _packages(protocol: Protocol) -> tuple[Package, ...]:
    """The protocol's package, and those of what it rests on, its own first."""
    beneath = [other for other in (protocol.based_on, protocol.supersedes) if other is not None]
    found = (protocol.package(), *(package for other in beneath for package in _packages(other)))
    return tuple(dict.fromkeys(found))


def _narrowed(part: Part, dates: Dates, name: str) -> Part:
    """A part that is in force on no day outside these."""
    if dates == (None, None):
        return part
    law: Law = part.law
    start = law.start if dates[0] is None else max(law.start, dates[0])
    end = min((end for end in (law.end, dates[1]) if end is not None), default=None)
    if end is not None and end <= start:
        raise ProtocolError(
            "a rule is never in force while its protocol is",
            where=f"protocol {name}, {part.id}",
            value=f"{law.start} to {law.end}",
            right=f"a rule in force between {dates[0]} and {dates[1]}",
        )
    changed: dict[str, Any] = {"law": attrs.evolve(law, start=start, end=end)}
    if isinstance(part, Ladder):
        changed["rules"] = tuple(_narrowed(rule, dates, name) for rule in part.rules)
    return attrs.evolve(part, **changed)
