"""What JSON Schemas are put together from: closed objects, lists, choices, days."""

from __future__ import annotations

from enum import Enum
from typing import Any

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT = f"{DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}[+-][0-9]{{2}}:[0-9]{{2}}"


def moments() -> Schema:
    """Days and instants, for `$defs`."""
    return {
        "day_of_year": {"description": "A day.", "type": "string", "format": "date", "pattern": f"^{DAY}$"},
        "moment": {
            "description": "A day, or an instant in London time with its offset from UTC.",
            "type": "string",
            "pattern": f"^({DAY}|{INSTANT})$",
        },
        "moment_or_null": {"anyOf": [ref("moment"), {"type": "null"}]},
    }


def closed(description: str = "", /, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object that has these properties, all needed but the optional ones, and no other."""
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def named(values: Schema, description: str, **more: Any) -> Schema:
    """An object whose names are open and whose values are alike."""
    return {"description": description, "type": "object", "additionalProperties": values, **more}


def list_of(items: Schema, description: str, **more: Any) -> Schema:
    """A list of one kind of thing."""
    return {"description": description, "type": "array", "items": items, **more}


def text(description: str = "") -> Schema:
    """Text."""
    return {"description": description, "type": "string"} if description else {"type": "string"}


def const(value: str, description: str) -> Schema:
    """One value alone."""
    return {"description": description, "const": value}


def one_of(values: Any, description: str = "") -> Schema:
    """One of some values, as they stand in JSON."""
    found = {"enum": [value.value if isinstance(value, Enum) else value for value in values]}
    return {"description": description, **found} if description else found


def ref(name: str, description: str = "") -> Schema:
    """What stands under this name in `$defs`."""
    found = {"$ref": f"#/$defs/{name}"}
    return {"description": description, **found} if description else found
