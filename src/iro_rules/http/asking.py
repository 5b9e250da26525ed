"""What is handed to a process that judges, and what comes back: plain values, so that nothing is shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from iro_rules.formats.safe_json import Limits
from iro_rules.formats.schema_parts import Schema

PLUS = re.compile(r"T[0-9:.]+ \d\d:?\d\d$")
"""An instant whose offset from UTC has lost its plus sign on the way."""


class BadParameter(ValueError):
    """A parameter of the address that is unknown, missing, given twice or no value it can have; says which."""


@attrs.frozen(kw_only=True)
class Parameter:
    """A parameter of the address. `several` is "" for one value, "repeated", or "commas": repeated, or with commas
    between the values."""

    name: str
    description: str
    schema: Schema
    required: bool = False
    several: str = ""
    example: Any = None


@attrs.frozen(kw_only=True)
class Question:
    """One thing asked: the name of the endpoint, its parameters by name, and the body as it came."""

    endpoint: str
    given: Mapping[str, tuple[str, ...]]
    body: bytes = attrs.field(default=b"", repr=False)
    limits: Limits = attrs.field(factory=Limits)

    def one(self, name: str) -> str | None:
        """The value of a parameter, or None where it is not given."""
        return next(iter(self.given.get(name, ())), None)


@attrs.frozen(kw_only=True)
class Reply:
    """What is answered."""

    status: int
    media: str
    body: bytes = attrs.field(repr=False)
    headers: Mapping[str, str] = attrs.field(factory=dict)


def read_parameters(pairs: Iterable[tuple[str, str]], known: Iterable[Parameter]) -> dict[str, tuple[str, ...]]:
    """The parameters of an address. Raises BadParameter."""
    by_name = {one.name: one for one in known}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        parameter = by_name.get(name)
        if parameter is None:
            raise BadParameter(f"there is no parameter {name[:80]!r} here; known are {', '.join(by_name) or 'none'}")
        if name in found and not parameter.several:
            raise BadParameter(f"the parameter {name} is given twice")
        choices = parameter.schema.get("enum")
        if choices is not None and value not in choices:
            raise BadParameter(f"the parameter {name} is {value[:80]!r}; it may be {' or '.join(choices)}")
        if name == "as_of" and PLUS.search(value):
            raise BadParameter(f"in an address + stands for a space: write %2B before the offset of {value[:40]!r}")
        values = tuple(part.strip() for part in value.split(",")) if parameter.several == "commas" else (value,)
        found[name] = (*found.get(name, ()), *values)
    for parameter in by_name.values():
        if parameter.required and parameter.name not in found:
            raise BadParameter(f"the parameter {parameter.name} is missing: {parameter.description}")
    return found
