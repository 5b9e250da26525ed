"""Two protocols for one authority on the same days: neither can be the authority's protocol then."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pendulum

from iro_rules.protocols.loading import Record
from iro_rules.protocols.protocol import Protocol

FIRST, LAST = pendulum.Date(1, 1, 1), pendulum.Date(9999, 12, 31)


def refuse_overlaps(records: Sequence[Record]) -> list[Record]:
    """The records, with every two whose protocols are for one authority on one day broken, each naming the other.

    One that supersedes the other, straight or through those between, takes its place on a day: they never overlap.
    """
    broken = {id(record): record for record in records}
    for first, second in combinations([r for r in records if r.protocol is not None], 2):
        clash = _clash(first.protocol, second.protocol)
        if clash:
            for record, other in ((first, second), (second, first)):
                error = record.wrong(
                    "two protocols are for one authority on the same days",
                    value=f"{clash}, as {other.where} also is",
                    right="start and end that keep them apart, supersedes in the later one, or one of them uninstalled",
                )
                broken[id(record)] = record.broken(error)
    return [broken[id(record)] for record in records]


def _clash(one: Protocol | None, other: Protocol | None) -> str:
    """The authority that two protocols share on the same days, with the first of these days; empty where none."""
    assert one is not None
    assert other is not None
    theirs = {_plain(authority) for authority in other.authorities}
    shared = [authority for authority in one.authorities if _plain(authority) in theirs]
    start = max(one.start or FIRST, other.start or FIRST)
    if not shared or start >= min(one.end or LAST, other.end or LAST):
        return ""
    if other.name in _superseded(one) or one.name in _superseded(other):
        return ""
    return f"{shared[0]} from {start.isoformat()}" if start > FIRST else f"{shared[0]} from the first day"


def _superseded(protocol: Protocol) -> set[str]:
    names = set()
    while protocol.supersedes is not None:
        protocol = protocol.supersedes
        names.add(protocol.name)
    return names


def _plain(authority: str) -> str:
    return " ".join(authority.casefold().split())
