"""A council's protocol as one frozen value, and how protocols are laid over the national rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs
import pendulum

from iro_rules.errors import ProtocolError
from iro_rules.facts.fields import to_date
from iro_rules.facts.vocabulary import VOCABULARIES, Term
from iro_rules.protocols.versions import check_range
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.ledger import SourceRow
from iro_rules.rulebook.rulebook import Package, Rulebook
from iro_rules.rulebook.rules import AnyRule, Rule

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
EDITION = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")

Part = AnyRule | Ladder
Vocabulary = tuple[str, type[Term]]


@attrs.frozen
class SourceDocument:
    """The document a protocol was read from: its title and the date of its edition.

    `edition` is a year, a month or a day (2014, 2014-05, 2014-05-01), or "" where the document has no date.
    Raises ProtocolError for an empty title or any other edition.
    """

    title: str
    edition: str = ""

    def __attrs_post_init__(self) -> None:
        if not _text(self.title):
            raise ProtocolError("the source document has no title", value=self.title, right="its title")
        if self.edition != "" and not (_text(self.edition) and EDITION.match(self.edition)):
            raise ProtocolError(
                "the edition of the source document is not a date",
                where=self.title,
                value=self.edition,
                right='2014, 2014-05 or 2014-05-01, or "" for a document without a date',
            )

    def words(self) -> str:
        """The document as a reader would be told it."""
        return f"{self.title} ({self.edition or 'undated'})"


def _start(value: Any) -> pendulum.Date | None:
    return None if value is None else to_date(value, name="start")


def _end(value: Any) -> pendulum.Date | None:
    return None if value is None else to_date(value, name="end")


def _items(value: Iterable[Any]) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ProtocolError("this is not a list", value=value, right="a list or a tuple")
    return tuple(value)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


@attrs.frozen(kw_only=True)
class Protocol:
    """What a protocol package hands over: a council's rules, ladders, contacts and terms.

    `name` is the package's entry point and what users type (lower case, digits, hyphens); `version` is the
    version of the package's distribution; `parts` are rules and ladders; `vocabulary` pairs the name of a
    national vocabulary ("role", "stage", ...) with a `Term` class of the protocol's own members, once for
    each; `ledger` are the numbered rows of its document (see `rulebook.ledger.read_rows`); `requires` is the
    range of iro-rules versions it works with (">=0.1,<0.2"; "" for any); `start` is the first day the
    protocol is in force and `end` the first day it no longer is (dates or ISO text, or None). Raises
    ProtocolError, naming the protocol, for anything of the wrong type or shape,
    FieldError for a date that is none.
    """

    name: str
    title: str
    authority: str
    version: str
    source: SourceDocument
    parts: tuple[Part, ...] = attrs.field(converter=_items)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=_items)
    vocabulary: tuple[Vocabulary, ...] = attrs.field(default=(), converter=_items)
    ledger: tuple[SourceRow, ...] = attrs.field(default=(), converter=_items)
    requires: str = ""
    start: pendulum.Date | None = attrs.field(default=None, converter=_start)
    end: pendulum.Date | None = attrs.field(default=None, converter=_end)

    def __attrs_post_init__(self) -> None:
        if not _text(self.name) or not SLUG.match(self.name):
            raise ProtocolError(
                "the protocol has no usable name",
                value=self.name,
                right="lower-case letters, digits and single hyphens, starting with a letter",
            )
        where = f"protocol {self.name}"
        for field in ("title", "authority", "version"):
            value = getattr(self, field)
            if not _text(value):
                raise ProtocolError(f"{field} is not text", where=where, value=value, right="some text")
        if not isinstance(self.source, SourceDocument):
            raise ProtocolError(
                "source is not a source document",
                where=where,
                value=self.source,
                right='SourceDocument("Title", "2014-05")',
            )
        _each_is(self.parts, (Rule, Ladder), where, "a part is neither a rule nor a ladder")
        _each_is(self.contacts, (Contact,), where, "this is not a contact")
        _each_is(self.ledger, (SourceRow,), where, "this is not a row of a ledger")
        _no_twins([row.row for row in self.ledger], where, "a row stands in the ledger twice")
        _no_twins([c.role for c in self.contacts], where, "two contacts are given for one role")
        _check_vocabulary(self.vocabulary, where)
        check_range(self.requires, where=where)
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ProtocolError("the protocol ends before it starts", where=where, value=str(self.end))

    def overlay(self, national: Rulebook) -> Rulebook:
        """The national rules with this protocol laid over them; see `combine`."""
        return combine(national, self)

    def package(self) -> Package:
        """Where this part of a rulebook comes from."""
        return Package(self.name, self.version, self.source.words())


def combine(national: Rulebook, *protocols: Protocol) -> Rulebook:
    """One rulebook of the national rules, then those of each protocol in turn.

    A national rule is never replaced. A protocol's contact for a role takes the place of the national one.
    A protocol's own dates narrow those of its rules. Raises ProtocolError where two protocols share a name
    or have a contact for the same role, or where a rule ends before its protocol starts; RulebookError
    where the whole fails its static checks.
    """
    names = [protocol.name for protocol in protocols]
    _no_twins(names, national.name, "a protocol is laid over the national rules twice")
    local = tuple(contact for protocol in protocols for contact in protocol.contacts)
    roles = [contact.role for contact in local]
    _no_twins(roles, " + ".join(names), "two protocols have a contact for one role")
    return Rulebook(
        name=" + ".join([national.name, *names]),
        parts=(*national.parts, *(part for protocol in protocols for part in _in_force(protocol))),
        contacts=(*(c for c in national.contacts if c.role not in roles), *local),
        vocabulary=(*national.vocabulary, *(v for protocol in protocols for v in protocol.vocabulary)),
        ledger=(*national.ledger, *(row for protocol in protocols for row in protocol.ledger)),
        packages=(*national.packages, *(protocol.package() for protocol in protocols)),
    )


def _in_force(protocol: Protocol) -> tuple[Part, ...]:
    """The parts of a protocol, none in force outside the protocol's own dates."""
    if protocol.start is None and protocol.end is None:
        return protocol.parts
    return tuple(_narrowed(part, protocol) for part in protocol.parts)


def _narrowed(part: Part, protocol: Protocol) -> Part:
    law: Law = part.law
    start = law.start if protocol.start is None else max(law.start, protocol.start)
    ends = [end for end in (law.end, protocol.end) if end is not None]
    end = min(ends, default=None)
    if end is not None and end <= start:
        raise ProtocolError(
            "a rule is never in force while its protocol is",
            where=f"protocol {protocol.name}, {part.id}",
            value=f"{law.start} to {law.end}",
            right=f"a rule in force between {protocol.start} and {protocol.end}",
        )
    changed: dict[str, Any] = {"law": attrs.evolve(law, start=start, end=end)}
    if isinstance(part, Ladder):
        changed["rules"] = tuple(_narrowed(rule, protocol) for rule in part.rules)
    return attrs.evolve(part, **changed)


def _each_is(values: tuple[Any, ...], types: tuple[type, ...], where: str, what: str) -> None:
    for value in values:
        if not isinstance(value, types):
            raise ProtocolError(what, where=where, value=value, right=" or ".join(f"a {t.__name__}" for t in types))


def _no_twins(values: list[str], where: str, what: str) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ProtocolError(what, where=where, value=value, right="each once")


def _check_vocabulary(vocabulary: tuple[Any, ...], where: str) -> None:
    for entry in vocabulary:
        if not isinstance(entry, tuple) or len(entry) != 2 or entry[0] not in VOCABULARIES:
            raise ProtocolError(
                "this does not name a vocabulary and its new terms",
                where=where,
                value=entry,
                right=f"a pair of one of {', '.join(VOCABULARIES)} and a Term class",
            )
        family = entry[1]
        if not isinstance(family, type) or not issubclass(family, Term) or not len(family):
            raise ProtocolError(
                f"the new {entry[0]} terms are not a Term class with members",
                where=where,
                value=family,
                right="a class such as: class Stages(Term): STEP = 'step'",
            )
