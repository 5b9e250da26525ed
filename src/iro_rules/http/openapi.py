"""The description of the service (OpenAPI 3.1), put together from the library's published JSON Schemas."""

from __future__ import annotations

from typing import Any

from iro_rules import __version__
from iro_rules.formats.asking_schema import problem_schema, question_schema, supposition_schema
from iro_rules.formats.fact_json import Terms
from iro_rules.formats.schema import case_schema, shipped
from iro_rules.formats.schema_parts import Schema, closed, list_of, ref, text
from iro_rules.http.asking import Parameter
from iro_rules.http.endpoints import ENDPOINTS, HEALTH, JSON, Endpoint
from iro_rules.http.examples import EXAMPLES
from iro_rules.http.problem import MEDIA

ANSWERED = (
    "assessment-1",
    "what-if-1",
    "comparison-1",
    "explanation-1",
    "audit-1",
    "rules-1",
    "protocols-1",
    "check-1",
)
ABOUT = (
    "What is owed to a looked-after child in England, by whom, by when, under which rule. Nothing asked is stored or "
    "written down. A case stands in the body, never in an address."
)
REFUSALS = {
    "400": "The address has a parameter that is unknown, missing or no value it can have; or the request is malformed.",
    "401": "Nobody said who is asking.",
    "408": "The body took too long to come.",
    "413": "The body is too large.",
    "415": "The body is not said to be JSON.",
    "421": "The request is for another host.",
    "422": "The case, the day, the protocol or a reading cannot be used; the detail says what would be right.",
    "500": "The readers differ, so there is no answer; or something went wrong.",
    "501": "A package is not installed on the server.",
    "503": "Too much is being asked at once.",
    "504": "The answer would take too long.",
}
WITH_BODY = ("408", "413", "415")


def description(terms: Terms) -> dict[str, Any]:
    """The description, in which a case may be told in the words of `terms`."""
    schemas: dict[str, Schema] = {}
    for name in ANSWERED:
        schemas |= components(name, shipped(name))
    schemas |= components("problem-1", problem_schema())
    schemas |= components("version", _version_schema())
    schemas |= components("case-1", _one_case(case_schema(terms)))
    for name, schema in (("supposition-1", supposition_schema(terms)), ("question-1", question_schema(terms))):
        own = components(name, {part: value for part, value in schema.items() if part != "$defs"}, defs_of="case-1")
        schemas |= own
    paths: dict[str, Any] = {HEALTH: {"get": _health()}}
    for endpoint in ENDPOINTS:
        paths[endpoint.path] = {endpoint.method.lower(): _operation(endpoint)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "iro_rules", "version": __version__, "description": ABOUT, "license": {"name": "MIT"}},
        "paths": paths,
        "security": [{"token": []}, {}],
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
        },
    }


def components(name: str, schema: Schema, *, defs_of: str = "") -> dict[str, Schema]:
    """A schema and its parts as components, since few programs follow references inside a schema with an id."""
    parts = {f"{name}.{part}": value for part, value in schema.get("$defs", {}).items()}
    whole = {part: value for part, value in schema.items() if part not in ("$schema", "$id", "$defs")}
    prefix = f"#/components/schemas/{defs_of or name}."
    return {key: _moved(value, prefix) for key, value in {name: whole, **parts}.items()}


def _moved(value: Any, prefix: str) -> Any:
    if isinstance(value, dict):
        return {name: _moved(inner, prefix) for name, inner in value.items()}
    if isinstance(value, str) and value.startswith(_HERE):
        return prefix + value.removeprefix(_HERE)
    return [_moved(one, prefix) for one in value] if isinstance(value, list) else value


_HERE = "#/$defs/"


def _one_case(schema: Schema) -> Schema:
    """The schema of a case file, without the file of many cases: one request is one case."""
    defs = {name: _alternatives(part) for name, part in schema["$defs"].items() if name != "cases"}
    case = schema["$defs"]["case"]
    whole = _alternatives({**case, "required": ["format", *case["required"]]})
    return {"title": schema["title"], **whole, "$defs": defs}


def _alternatives(schema: Schema) -> Schema:
    """A part of a case file's schema that says the same without conditions, which programs that make clients leave out:
    a fact is one of its kinds, a case is a child's or an authority's."""
    if "allOf" in schema:
        kinds = {one["if"]["properties"]["kind"]["const"]: one["then"] for one in schema["allOf"]}
        mapping = {kind: then["$ref"] for kind, then in kinds.items()}
        return {"oneOf": list(kinds.values()), "discriminator": {"propertyName": "kind", "mapping": mapping}}
    if "if" not in schema:
        return schema
    plain = {name: value for name, value in schema.items() if name not in ("if", "then", "else")}
    child, authority = (plain["properties"] | schema[branch]["properties"] for branch in ("else", "then"))
    if schema["properties"]["subject"].get("const") == "child":
        return {**plain, "properties": child}
    told = [*plain["required"], "subject"]
    return {
        "oneOf": [
            {**plain, "properties": child | {"subject": {"const": "child", "default": "child"}}},
            {**plain, "properties": authority | {"subject": {"const": "authority"}}, "required": told},
        ]
    }


def _version_schema() -> Schema:
    package = closed(
        "A part of the national rulebook.", name=text("Its name."), version=text("Its version."), source=text("Source.")
    )
    return {
        **closed(
            "What answers.",
            version=text("The version of the library."),
            calendar=text("The edition of the calendar."),
            packages=list_of(ref("package"), "Where the national rules come from."),
        ),
        "$defs": {"package": package},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": endpoint.name, "summary": endpoint.summary}
    if endpoint.parameters:
        told["parameters"] = [_parameter(one) for one in endpoint.parameters]
    if endpoint.body:
        content = {"schema": {"$ref": f"#/components/schemas/{endpoint.body}"}}
        examples = {name: {"value": value} for name, value in EXAMPLES.get(endpoint.name, {}).items()}
        told["requestBody"] = {"required": True, "content": {JSON: content | {"examples": examples}}}
    schema = {"": {"type": "string"}, "anything": {"type": "object", "additionalProperties": True}}.get(
        endpoint.reply, {"$ref": f"#/components/schemas/{endpoint.reply}"}
    )
    told["responses"] = {"200": {"description": "The answer.", "content": {endpoint.media: {"schema": schema}}}}
    for status, words in REFUSALS.items():
        if endpoint.body or status not in WITH_BODY:
            told["responses"][status] = _refusal(status, words)
    return told


def _refusal(status: str, words: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": words,
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/problem-1"}}},
    }
    if status == "503":
        found["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return found


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": one.schema} if one.several == "repeated" else one.schema
    found: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": one.description[:1].upper() + one.description[1:] + ".",
        "schema": schema,
    }
    if one.several:
        found |= {"style": "form", "explode": True}
    return found if one.example is None else found | {"example": one.example}


def _health() -> dict[str, Any]:
    schema = closed(status={"const": "ok"})
    return {
        "operationId": "health",
        "summary": "Whether the service runs. Nobody is asked who they are.",
        "security": [],
        "responses": {
            "200": {"description": "It runs.", "content": {JSON: {"schema": schema}}},
            "421": _refusal("421", REFUSALS["421"]),
        },
    }
