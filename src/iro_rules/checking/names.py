"""Names that collide: contacts, stages, and the ids and rows of other protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.subject import Subject
from iro_rules.protocols.protocol import Protocol
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import AnyRule


def name_findings(subject: Subject, beside: Iterable[Protocol]) -> Iterator[Finding]:
    """Two contacts by one title, two stages of a ladder by one title, two sources' rows or rules by one id."""
    titles: dict[str, list[str]] = {}
    for contact in subject.book.contacts:
        titles.setdefault(contact.words().casefold(), []).append(contact.role)
    for title, roles in titles.items():
        if len(roles) > 1:
            yield _named(f"contact {title}", f"the roles {' and '.join(roles)} are both called “{title}”")
    for ladder in subject.ladders:
        stages: dict[str, list[str]] = {}
        for stage in ladder.stages:
            stages.setdefault(stage.title.casefold(), []).append(stage.id)
        for title, ids in stages.items():
            if len(ids) > 1:
                yield _named(
                    f"{ladder.id} {title}", f"the stages {' and '.join(ids)} of {ladder.id} are both called “{title}”"
                )
    national = {row.row: row for row in subject.national.ledger}
    for row in subject.protocol.ledger:
        if row.row in national and national[row.row].asks != row.asks:
            yield _named(
                f"row {row.row}", f"row {row.row} is also a row of the national ledger, and says something else"
            )
    for other in beside:
        if other.name != subject.protocol.name:
            yield from _beside(subject, other)


def _beside(subject: Subject, other: Protocol) -> Iterator[Finding]:
    theirs = {part.id for part in _all(other.parts)}
    for name in sorted({part.id for part in _all(subject.protocol.parts)} & theirs):
        yield _named(f"{name} in {other.name}", f"the protocol {other.name} has a rule or ladder of the id {name} too")
    rows = {row.row for row in subject.protocol.ledger} & {row.row for row in other.ledger}
    for name in sorted(rows):
        yield _named(f"row {name} in {other.name}", f"the protocol {other.name} has a row of the number {name} too")


def _all(parts: Iterable[AnyRule | Ladder]) -> Iterator[AnyRule | Ladder]:
    for part in parts:
        yield part
        if isinstance(part, Ladder):
            yield from part.expand()


def _named(about: str, sentence: str) -> Finding:
    return Finding(kind=Kind.NAMES_COLLIDE, rules=(), about=about, sentence=sentence)
