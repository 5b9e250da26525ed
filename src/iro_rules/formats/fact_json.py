"""One fact of a case file, from plain JSON values and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from iro_rules.errors import FACTS, FieldError, nearest
from iro_rules.facts import Fact, Source
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.formats.faults import Faults
from iro_rules.formats.safe_json import JsonObject

Terms = Mapping[str, Mapping[str, str]]
"""The terms of each vocabulary, as `Rulebook.terms` has them."""

NATIONAL: Terms = {name: {member.value: member.value for member in family} for name, family in VOCABULARIES.items()}

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
OFFSET = "(Z|[+-][0-9]{2}:[0-9]{2})"
WHEN = re.compile(f"{DAY}(T{TIME}{OFFSET}?)?")
"""A day or a time. A time without an offset is not refused here, but by the fact, in words of its own."""

SOURCE_FIELDS = tuple(a.name for a in attrs.fields(Source))


def read_fact(given: Any, where: str, faults: Faults, terms: Terms) -> Fact | None:
    """The fact, or None with each fault noted."""
    if not isinstance(given, JsonObject):
        faults.add("a fact is not an object", where, given, right='{"kind": ..., "when": ..., ...}')
        return None
    kind = given.get("kind")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        faults.add("there is no such kind of fact", where, kind, known=KINDS)
        return None
    before, fields = faults.count, plain_fields(cls)
    check_names(given, ("kind", "when", "id", "source", *fields), where, faults)
    required = ("when", *(name for name, a in fields.items() if a.default is attrs.NOTHING))
    for name in required:
        if name not in given:
            faults.add(f"{name} is missing", where, right=f"a {kind} with {', '.join(required)}")
    values = read_values(
        {name: given[name] for name in given if name in ("when", "id", *fields)}, cls, where, faults, terms
    )
    if "source" in given:
        values["source"] = _source(given["source"], where, faults)
    return cls(**values) if faults.count == before else None


def read_values(given: Mapping[str, Any], cls: type[Fact], where: str, faults: Faults, terms: Terms) -> dict[str, Any]:
    """What a fact of a class is given for some of its fields; a fault is noted for each that it cannot hold."""
    fields, values = plain_fields(cls), {}
    for name, value in given.items():
        try:
            values[name] = _value(name, value, fields.get(name), terms)
            _convert(attrs.fields_dict(cls)[name], values[name])
        except FieldError as error:
            faults.add(error.what, where, error.value, right=error.right)
    return values


def _convert(field: attrs.Attribute[Any], value: Any) -> None:
    """Raise FieldError where a field cannot hold a value; a fact that is built would tell only the first."""
    converter: Any = field.converter
    with_field = getattr(converter, "converter", None)
    if with_field is not None:
        with_field(value, None, field)
    elif converter is not None:
        converter(value)


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """The fact as plain JSON values, with every field that is not empty."""
    plain = {name: _plain(value) for name, value in fact.content().items()}
    found = {"kind": fact.kind(), "id": fact.id, **plain}
    if fact.source is not None:
        source = attrs.asdict(fact.source)
        found["source"] = {name: value for name, value in source.items() if value not in ("", None)}
    return found


def check_names(given: JsonObject, known: tuple[str, ...], where: str, faults: Faults) -> None:
    """Note every name in an object that is not known, and every one that stands there twice."""
    for name in given:
        if name not in known:
            faults.add("there is no such field", where, name, known=known)
    for name in given.repeated:
        faults.add("a field is given twice", where, name, right="each once")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, value: Any, field: attrs.Attribute[Any] | None, terms: Terms) -> Any:
    """What the fact class is given for a field. Raises FieldError for what only a file can get wrong."""
    _sound_text(name, value)
    if name == "when" and isinstance(value, str) and not WHEN.fullmatch(value):
        right = "2026-03-02, or 2026-03-02T16:30:00+00:00"
        raise FieldError("when is neither a date nor a time", value=value, right=right)
    if name == "id" and value == "":
        raise FieldError("id is empty", value=value, right="an id, or no such field")
    kind = field.metadata["kind"] if field is not None else ""
    if kind == "int":
        whole = _whole(value)
        return value if whole is None else whole
    if kind == "term" and isinstance(value, str):
        return _looked_up(name, value, field, terms)
    if kind == "terms":
        if not isinstance(value, list):
            raise FieldError(f"{name} is not a list", value=value, right="a list of terms, such as []")
        return [_looked_up(name, item, field, terms) if isinstance(item, str) else item for item in value]
    return value


def _sound_text(name: str, value: Any) -> None:
    """JSON can spell half of a character, which no text may hold."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise FieldError(f"{name} holds half of a character", value=value, right="whole characters") from None


def _looked_up(name: str, value: str, field: Any, terms: Terms) -> LookedUp:
    vocabulary = field.metadata["vocabulary"]
    known = terms.get(vocabulary, NATIONAL[vocabulary])
    if value in known:
        return LookedUp(value)
    words = vocabulary.replace("_", " ")
    right = nearest(value, known, page=FACTS)
    if terms is NATIONAL:
        right += "; a protocol's own terms are known only where that protocol is asked for"
    raise FieldError(f"{name} is not a known {words}", value=value, right=right)


def _source(given: Any, where: str, faults: Faults) -> Source | None:
    where = f"{where}, source"
    if not isinstance(given, JsonObject):
        faults.add("the source is not an object", where, given, right='{"file": ..., "table": ..., "row": ...}')
        return None
    check_names(given, SOURCE_FIELDS, where, faults)
    values: dict[str, Any] = {}
    for name in (name for name in given if name in SOURCE_FIELDS):
        value = given[name]
        if name == "row":
            whole = _whole(value)
            if value is not None and (whole is None or whole < 0):
                faults.add("row is not a whole number", where, value, right="a number from 0")
            values[name] = whole
        elif not isinstance(value, str):
            faults.add(f"{name} is not text", where, value, right="text")
        else:
            values[name] = value
    return Source(**values)


def _whole(value: Any) -> int | None:
    """A whole number, also where it is written as 5.0, which JSON does not tell from 5; None for anything else."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
