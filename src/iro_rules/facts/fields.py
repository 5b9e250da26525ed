"""What a field of a fact may hold, and how a given value becomes it or is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import attrs
import pendulum

from iro_rules.errors import FACTS, FieldError, nearest
from iro_rules.facts.vocabulary import VOCABULARIES, Term

LONDON = "Europe/London"
TWICE = 1
"""The hour of the night in October that London's clocks go through twice."""

KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._:/+-]{0,78}[A-Za-z0-9._:/+-])?\Z")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

NATIONAL = {name: frozenset(member.value for member in family) for name, family in VOCABULARIES.items()}

Moment = pendulum.Date | pendulum.DateTime


class LookedUp(str):
    """The value of a term that a reader of files has found in the vocabulary of the rulebook in use.

    Text from a file is not a `Term`, and a fact class does not know which protocol is in use.
    """

    __slots__ = ()


def to_date(value: Any, *, name: str) -> pendulum.Date:
    """A calendar date from a date or an ISO string; a time of day is refused.

    Raises FieldError for numbers, datetimes, other text and impossible dates.
    """
    if isinstance(value, datetime) or not isinstance(value, (date, str)):
        raise FieldError(f"{name} is not a date", value=value, right="a date such as 2026-03-02")
    if isinstance(value, str):
        if not ISO_DATE.match(value):
            raise FieldError(f"{name} is not a date", value=value, right="a date such as 2026-03-02")
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise FieldError(
                f"{name} is not a day that exists", value=value, right="a date such as 2026-03-02"
            ) from None
    return pendulum.Date(value.year, value.month, value.day)


def in_london(instant: pendulum.DateTime) -> pendulum.DateTime:
    """An instant in London time to the second; in the hour that clocks go through twice, at its offset from UTC.

    Python takes two times of one zone for equal where only the offset differs, and a copy loses which of the two it
    was: a deadline of that night would move by an hour.
    """
    local = instant.in_timezone(LONDON).replace(microsecond=0)
    if local.hour != TWICE or local.replace(fold=1 - local.fold).utcoffset() == local.utcoffset():
        return local
    return local.in_timezone(pendulum.FixedTimezone(local.offset or 0))


def to_moment(value: Any, *, name: str = "when") -> Moment:
    """A date, or an aware instant in London time to the second, from a date, datetime or ISO string.

    Raises FieldError for a naive time: a clock counted in hours cannot start from it.
    """
    if isinstance(value, str) and not ISO_DATE.match(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise FieldError(
                f"{name} is neither a date nor a time",
                value=value,
                right="2026-03-02, or 2026-03-02T16:30:00+00:00",
            ) from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise FieldError(
                f"{name} is a time without a time zone, so hours cannot be counted from it",
                value=value.isoformat(),
                right="a time with an offset, such as 2026-03-02T16:30:00+00:00, or only a date",
            )
        try:
            return in_london(pendulum.instance(value))
        except (OverflowError, ValueError):
            raise FieldError(f"{name} is out of range", value=str(value), right="a time in this era") from None
    return to_date(value, name=name)


def _key(value: Any, *, name: str) -> str:
    if not isinstance(value, str) or not KEY.match(value):
        raise FieldError(
            f"{name} is not a key",
            value=value,
            right="1 to 80 letters, digits, spaces or . _ : / + -, from a letter or digit on, no space last",
        )
    return value


def _term(value: Any, *, name: str, vocabulary: str) -> str:
    """The term's value; a plain string must be a national member, a protocol's own comes as a Term or looked up.

    What is not national stays marked as looked up, so that a fact can be copied with one field changed.
    """
    if isinstance(value, Term):
        if type(value) is VOCABULARIES[vocabulary]:
            return value.value
        if type(value) not in VOCABULARIES.values():
            return LookedUp(value.value)
    elif isinstance(value, LookedUp) or (isinstance(value, str) and value in NATIONAL[vocabulary]):
        return value
    known = NATIONAL[vocabulary]
    right = nearest(value, known, page=FACTS) if known else "a term of the protocol in use"
    raise FieldError(f"{name} is not a known {vocabulary.replace('_', ' ')}", value=value, right=right)


def _terms(value: Any, *, name: str, vocabulary: str) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise FieldError(f"{name} is not a list", value=value, right=f"a list of {vocabulary} terms")
    return tuple(sorted({_term(item, name=name, vocabulary=vocabulary) for item in value}))


def _whole(value: Any, *, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
        raise FieldError(f"{name} is not a whole number", value=value, right="a number from 0 to 10000")
    return value


def _text(value: Any, *, name: str) -> str:
    if not isinstance(value, str) or len(value) > 10_000:
        raise FieldError(f"{name} is not text", value=value, right="text of up to 10000 characters")
    return value


def _field(kind: str, convert: Callable[..., Any], *, required: bool, default: Any = None, **extra: Any) -> Any:
    def converter(value: Any, _: Any, field: attrs.Attribute[Any]) -> Any:
        if value is None and not required:
            return None
        return convert(value, name=field.name, **extra)

    return attrs.field(
        default=attrs.NOTHING if required and default is None else default,
        converter=attrs.Converter(converter, takes_self=True, takes_field=True),
        metadata={"kind": kind, **extra},
        kw_only=True,
    )


def key(*, required: bool = True, default: str | None = None) -> Any:
    """A key that joins facts: the same text in two facts means the same thing."""
    return _field("key", _key, required=required, default=default)


def term(vocabulary: str, *, required: bool = True) -> Any:
    """A member of a closed vocabulary."""
    return _field("term", _term, required=required, vocabulary=vocabulary)


def terms(vocabulary: str) -> Any:
    """Any number of members of a closed vocabulary."""
    return _field("terms", _terms, required=True, default=(), vocabulary=vocabulary)


def day(*, required: bool = True) -> Any:
    """A calendar date."""
    return _field("date", to_date, required=required)


def whole(*, required: bool = False) -> Any:
    """A whole number from 0 to 10000."""
    return _field("int", _whole, required=required)


def text() -> Any:
    """Free text, carried along and never interpreted."""
    return _field("text", _text, required=False)
