"""The published shape of case files, as a JSON Schema made from the fact classes, so that the two cannot differ."""

from __future__ import annotations

import inspect
import json
from importlib.resources import files
from typing import Any

import attrs

from iro_rules.facts import Fact
from iro_rules.facts.fact import FACT_ID, plain_fields
from iro_rules.facts.fields import KEY
from iro_rules.facts.kinds import KINDS
from iro_rules.formats.case_reader import CASE, CASES
from iro_rules.formats.fact_json import DAY, NATIONAL, OFFSET, TIME, Terms

Schema = dict[str, Any]


def case_schema(terms: Terms | None = None) -> Schema:
    """The JSON Schema (2020-12) of a case file, and of a file of many cases.

    `terms` is `Rulebook.terms` (default: the national terms, as in the shipped `case-1.json`). What a schema
    cannot say is left to `read_case`: ids used twice, days that do not exist, related cases that nothing names.
    """
    terms = terms or NATIONAL
    by_subject = {
        subject: [name for name, cls in KINDS.items() if subject == cls.SUBJECT] for subject in ("child", "authority")
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:iro-rules:case:1",
        "title": "A case file of iro_rules, version 1",
        "type": "object",
        "if": {"properties": {"format": {"const": CASES}}, "required": ["format"]},
        "then": {"$ref": "#/$defs/cases"},
        "else": {"$ref": "#/$defs/case", "required": ["format"]},
        "$defs": {
            "cases": _object({"format": {"const": CASES}, "cases": _list("case")}, "format", "cases"),
            "case": _case(nested=False),
            "related_case": _case(nested=True),
            **{f"{subject}_fact": _any_fact(kinds) for subject, kinds in by_subject.items()},
            **{f"fact.{name}": _fact(name, cls) for name, cls in KINDS.items()},
            **{f"term.{name}": {"enum": sorted(terms.get(name, NATIONAL[name]))} for name in NATIONAL},
            "key": {"type": "string", "pattern": _anchored(KEY.pattern)},
            "fact_id": {"type": "string", "pattern": _anchored(FACT_ID.pattern)},
            "kind": {"enum": list(KINDS)},
            "date": {"type": "string", "format": "date", "pattern": f"^{DAY}$"},
            "when": {
                "description": "A day, or a time with its offset from UTC.",
                "anyOf": [{"$ref": "#/$defs/date"}, {"type": "string", "pattern": f"^{DAY}T{TIME}{OFFSET}$"}],
            },
            "int": {"type": "integer", "minimum": 0, "maximum": 10_000},
            "text": {"type": "string", "maxLength": 10_000},
            "source": _object(
                {
                    "file": {"type": "string"},
                    "table": {"type": "string"},
                    "row": {"type": ["integer", "null"], "minimum": 0},
                }
            ),
        },
    }


def _case(*, nested: bool) -> Schema:
    properties: Schema = {
        "format": {"const": CASE},
        "case": _ref("key"),
        "subject": {"const": "child"} if nested else {"enum": ["child", "authority"], "default": "child"},
        "coverage": {
            "description": "The kinds of facts this record would hold if they had happened.",
            "anyOf": [
                {"const": "everything"},
                _list("kind"),
                _object(
                    {
                        "kinds": {**_list("kind"), "description": "Those of which it would hold all."},
                        "since": {
                            "description": "For each other that it would hold from a day on, this first day.",
                            "type": "object",
                            "propertyNames": _ref("kind"),
                            "additionalProperties": _ref("date"),
                        },
                    },
                    "kinds",
                    "since",
                ),
            ],
        },
        "facts": {"type": "array"},
    }
    if not nested:
        properties["related"] = _list("related_case")
    about_authority = {"properties": {"subject": {"const": "authority"}}, "required": ["subject"]}
    return {
        **_object(properties, "case", "coverage", "facts"),
        "if": about_authority,
        "then": {"properties": {"facts": _list("authority_fact")}},
        "else": {"properties": {"facts": _list("child_fact")}},
    }


def _any_fact(kinds: list[str]) -> Schema:
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": kinds}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": _ref(f"fact.{kind}")}
            for kind in kinds
        ],
    }


def _fact(kind: str, cls: type[Fact]) -> Schema:
    fields = plain_fields(cls)
    required = [name for name, attribute in fields.items() if attribute.default is attrs.NOTHING]
    properties = {
        "kind": {"const": kind},
        "id": _ref("fact_id"),
        "when": _ref("when"),
        **{name: _field(attribute) for name, attribute in fields.items()},
        "source": _ref("source"),
    }
    return {"description": inspect.getdoc(cls), **_object(properties, "kind", "when", *required)}


def _field(attribute: attrs.Attribute[Any]) -> Schema:
    kind, vocabulary = attribute.metadata["kind"], attribute.metadata.get("vocabulary")
    if kind == "terms":
        return _list(f"term.{vocabulary}")
    found = _ref(f"term.{vocabulary}" if kind == "term" else kind)
    if attribute.default is None:
        return {"anyOf": [found, {"type": "null"}]}
    return found if attribute.default is attrs.NOTHING else {**found, "default": attribute.default}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _anchored(pattern: str) -> str:
    return "^" + pattern.removesuffix(r"\Z") + "$"


def schema_text(schema: Schema) -> str:
    """A schema as it stands in a file."""
    return json.dumps(schema, indent=2) + "\n"


def shipped(name: str) -> Schema:
    """A schema that is shipped with the library, such as `case-1`."""
    text = files("iro_rules.formats").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    found: Schema = json.loads(text)
    return found
