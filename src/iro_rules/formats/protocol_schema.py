"""The published shape of protocols as data, made from the classes of the algebra: for editors, which complete by it."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import pendulum

from iro_rules.clock.timescale import Clock, Number, Unit
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.protocols import Protocol
from iro_rules.protocols.data.shapes import (
    BY_READING,
    FORMAT,
    TAG,
    TAGGED,
    classes,
    fields_of,
    is_choice,
    is_tagged,
    item_of,
    options,
    pair_of,
)
from iro_rules.readings import Interpretation
from iro_rules.rulebook import Absent, Pattern, Present
from iro_rules.rulebook.law import Law, Towards
from iro_rules.rulebook.stages import Entry
from iro_rules.rulebook.terms import Test

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TABLE: Schema = {"type": "object"}
DATE: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
UNITS = "|".join(f"{unit.value.removesuffix('s')}s?" for unit in Unit)


def protocol_schema() -> Schema:
    """The JSON Schema (2020-12) of `protocol.toml`, for Taplo and other editors.

    What a schema cannot say is left to `read_protocol`: names that must exist, and what goes together.
    """
    found: dict[str, Schema] = {}
    top = _object(Protocol, found)
    properties = top["properties"]
    del properties["vocabulary"]
    properties["format"] = {"const": FORMAT}
    properties["defaults"] = {
        "type": "object",
        "properties": {"law": {"$ref": "#/$defs/law_defaults"}},
        "additionalProperties": False,
    }
    properties["terms"] = {
        "type": "object",
        "properties": {name: {"type": "array", "items": TEXT, "minItems": 1} for name in VOCABULARIES},
        "additionalProperties": False,
    }
    figure = {"type": "integer", "minimum": 0}
    dated = {"type": "object", "additionalProperties": figure, "minProperties": 1}
    properties["numbers"] = {"type": "object", "additionalProperties": {"anyOf": [figure, dated]}}
    properties["interpretations"] = {"type": "array", "items": _object(Interpretation, found)}
    properties["parts"] = {"type": "array", "items": {"$ref": "#/$defs/part"}}
    properties["ledger"] = {"anyOf": [{"type": "string", "pattern": r"\.csv$"}, properties["ledger"]]}
    top["required"] = ["format", *top["required"]]
    tags = [{"$ref": f"#/$defs/{_name(cls)}"} for cls in TAGGED.values()]
    for cls in TAGGED.values():
        _ref(cls, found)
    law = _object(Law, found)
    found |= {
        "protocol": {**top, "description": inspect.getdoc(Protocol)},
        "part": {"type": "object", "required": [TAG], "properties": {TAG: {"enum": list(TAGGED)}}, "oneOf": tags},
        "law": {**law, "required": ["rows"]},
        "law_defaults": {**law, "required": []},
        "pattern": {
            "description": 'Facts: "told by iro to team_manager about dispute", or a table of the fact and its fields.',
            "anyOf": [
                {"type": "string", "pattern": r"^\S+( \S+ \S+)*$"},
                {"type": "object", "required": ["fact"], "properties": {"fact": TEXT}},
                {"type": "object", "required": ["kind", "where"]},
            ],
        },
        "by_reading": {"type": "object", "required": [BY_READING], "properties": {BY_READING: TEXT}},
        "nothing": {"type": "object", "properties": {"none": {"const": True}}, "required": ["none"]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:iro-rules:protocol:1",
        "title": "A protocol of iro_rules as data, version 1",
        "$ref": "#/$defs/protocol",
        "$defs": dict(sorted(found.items())),
    }


def _name(cls: type) -> str:
    return cls.__name__.lower()


def _ref(cls: type, found: dict[str, Schema]) -> Schema:
    name = _name(cls)
    if name not in found and cls not in (Law, Pattern, Protocol):
        found[name] = {}
        found[name] = _object(cls, found)
    return {"$ref": f"#/$defs/{name}"}


def _object(cls: Any, found: dict[str, Schema]) -> Schema:
    fields = fields_of(cls)
    properties = {name: _value(field.hint, found) for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.needed]
    if is_tagged(cls):
        tag = next(tag for tag, tagged in TAGGED.items() if tagged is cls)
        properties, required = {TAG: {"const": tag}, **properties}, [TAG, *required]
    if "on" in properties:
        properties["on"] = {"anyOf": [TEXT, {"type": "array"}, {"type": "object"}]}
    return {
        "description": (inspect.getdoc(cls) or "").partition("\n\n")[0].replace("\n", " "),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(hint: Any, found: dict[str, Schema]) -> Schema:
    """What may stand for a value of a type, or for each reading of an open question."""
    ways = [way for one in options(hint) for way in _ways(one, found)]
    return {"anyOf": [*ways, {"$ref": "#/$defs/by_reading"}]}


def _ways(hint: Any, found: dict[str, Schema]) -> list[Schema]:
    if hint is type(None):
        return [{"$ref": "#/$defs/nothing"}]
    simple = _simple().get(hint) if not item_of(hint) else None
    if simple is not None:
        return simple
    if is_choice(hint):
        return [{"enum": [str(one.value) for one in hint]}]
    item = item_of(hint)
    if item is not None:
        return _list_ways(item, found)
    return [_ref(cls, found) for cls in classes(hint)]


@cache
def _simple() -> dict[Any, list[Schema]]:
    """What is written otherwise than as a table of its fields."""
    clock = {"type": "string", "pattern": rf"^\S+ ({UNITS})( before)?$", "examples": ["5 working days", "24 hours"]}
    table = {
        "type": "object",
        "properties": dict.fromkeys(fields_of(Clock), True),
        "required": ["number", "unit"],
        "additionalProperties": False,
    }
    entered = [{"type": "object", "required": [name]} for name in ("silence_of", "found", "by")]
    return {
        str: [TEXT],
        bool: [{"type": "boolean"}],
        int: [{"type": "integer"}],
        pendulum.Date: [DATE],
        Number: [{"type": "integer", "minimum": 0}, TEXT],
        Interpretation: [TEXT],
        Clock: [clock, table],
        Present: [{"type": "object", "required": ["found"], "properties": {"found": TEXT}}],
        Absent: [{"type": "object", "required": ["not_found"], "properties": {"not_found": TEXT}}],
        Entry: [{**TEXT, "examples": ["opening", "step"]}, *entered],
    }


def _list_ways(item: Any, found: dict[str, Schema]) -> list[Schema]:
    """A list of items, one item by itself, or what pairs and tests are written as."""
    if item is Test:
        return [TABLE, {"type": "array", "items": TABLE}]
    pair = pair_of(item)
    if pair is not None and pair[0] is Towards:
        towards = {"type": "string", "pattern": rf"^({'|'.join(Towards)}) "}
        return [{"type": "array", "items": towards}]
    if pair is not None:
        return [TABLE, {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}}]
    if classes(item) and all(is_tagged(cls) for cls in classes(item)):
        return [{"type": "array", "items": {"$ref": "#/$defs/part"}}]
    one = _value(item, found)
    return [one, {"type": "array", "items": one}]
