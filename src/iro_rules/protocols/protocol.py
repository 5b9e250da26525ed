"""A council's protocol as one frozen value, and how protocols are laid over the national rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, final

import attrs
import pendulum

from iro_rules.errors import ProtocolError
from iro_rules.facts.fields import to_date
from iro_rules.facts.vocabulary import VOCABULARIES, Term
from iro_rules.protocols.versions import check_range
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.ledger import SourceRow
from iro_rules.rulebook.rulebook import Package, Rulebook
from iro_rules.rulebook.rules import AnyRule, Rule

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
EDITION = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")

Part = AnyRule | Ladder
Vocabulary = tuple[str, type[Term]]


@final
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


def _members(vocabulary: tuple[Vocabulary, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The terms added to each vocabulary: what makes two declarations the same, whatever their classes are called."""
    found: dict[str, tuple[str, ...]] = {}
    for name, family in vocabulary:
        found[name] = (*found.get(name, ()), *(member.value for member in family))
    return tuple(found.items())


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


@final
@attrs.frozen(kw_only=True)
class Protocol:
    """What a protocol package hands over: a council's rules, ladders, contacts and terms.

    `name` is the package's entry point and what users type (lower case, digits, hyphens); `version` is the
    version of the package's distribution; `parts` are rules and ladders; `vocabulary` pairs the name of a
    national vocabulary ("role", "stage", ...) with a `Term` class of the protocol's own members, once for
    each (protocols with the same terms are equal, whatever the classes are called); `ledger` are the numbered
    rows of its document (see `rulebook.ledger.read_rows`); `requires` is the range of iro-rules versions it works
    with (">=0.1,<0.2"; "" for any); `start` is the first day the protocol is in force and `end` the first day it
    no longer is (dates or ISO text, or None).

    `shared_with` are further authorities whose protocol this is. A protocol that is `based_on` another takes over its
    parts, contacts, terms and ledger: a part, contact or row of its own takes the place of the one with the same id,
    and the ids in `without` are left out. One that `supersedes` another takes its place on its `start`: what was
    triggered or opened before goes on under the earlier one, a part that stays the same under both as one. Raises
    ProtocolError, naming the protocol, for anything of the wrong type or shape, FieldError for a date that is none.
    """

    name: str
    title: str
    authority: str
    version: str
    source: SourceDocument
    parts: tuple[Part, ...] = attrs.field(converter=_items)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=_items)
    vocabulary: tuple[Vocabulary, ...] = attrs.field(default=(), converter=_items, eq=_members)
    ledger: tuple[SourceRow, ...] = attrs.field(default=(), converter=_items)
    requires: str = ""
    start: pendulum.Date | None = attrs.field(default=None, converter=_start)
    end: pendulum.Date | None = attrs.field(default=None, converter=_end)
    shared_with: tuple[str, ...] = attrs.field(default=(), converter=_items)
    based_on: Protocol | None = None
    without: tuple[str, ...] = attrs.field(default=(), converter=_items)
    supersedes: Protocol | None = None

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
        no_twins([row.row for row in self.ledger], where, "a row stands in the ledger twice")
        no_twins([c.role for c in self.contacts], where, "two contacts are given for one role")
        _check_vocabulary(self.vocabulary, where)
        check_range(self.requires, where=where)
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ProtocolError("the protocol ends before it starts", where=where, value=str(self.end))
        for authority in self.shared_with:
            if not _text(authority):
                raise ProtocolError(
                    "shared_with holds no name", where=where, value=authority, right="an authority's name"
                )
        no_twins(list(self.authorities), where, "an authority shares the protocol twice")
        for field in ("based_on", "supersedes"):
            value = getattr(self, field)
            if not isinstance(value, Protocol | None):
                raise ProtocolError(f"{field} is not a protocol", where=where, value=value, right="a Protocol, or None")
        if self.without and self.based_on is None:
            right = "based_on, the protocol that has them"
            raise ProtocolError("parts are left out of no protocol", where=where, value=self.without, right=right)
        if self.supersedes is not None and self.start is None:
            right = "start, the first day on which it takes the place of the earlier one"
            raise ProtocolError("the protocol supersedes another on no day", where=where, right=right)

    def overlay(self, national: Rulebook) -> Rulebook:
        """The national rules with this protocol laid over them; see `combine`."""
        from iro_rules.protocols.overlay import combine

        return combine(national, self)

    @property
    def authorities(self) -> tuple[str, ...]:
        """Every authority whose protocol this is."""
        return (self.authority, *self.shared_with)

    def package(self) -> Package:
        """Where this part of a rulebook comes from."""
        return Package(self.name, self.version, self.source.words())


def _each_is(values: tuple[Any, ...], types: tuple[type, ...], where: str, what: str) -> None:
    for value in values:
        if not isinstance(value, types):
            raise ProtocolError(what, where=where, value=value, right=" or ".join(f"a {t.__name__}" for t in types))


def no_twins(values: list[str], where: str, what: str) -> None:
    """Raises ProtocolError where a value stands in a list twice."""
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
