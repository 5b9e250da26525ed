"""What the algebra's classes say of themselves: their fields, the types of these, and what may stand for what."""

from __future__ import annotations

import re
import types
import typing
from enum import Enum
from functools import cache
from typing import Any

import attrs

from iro_rules.clock import timescale
from iro_rules.readings import Interpretation, interpretations_in
from iro_rules.rulebook import rules
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import Rule

FORMAT = "iro-rules/protocol/1"
BY_READING = "by_reading"
NOTHING = {"none": True}
"""Stands for "nothing at all" where leaving the field out would mean its usual value."""

TAG = "is"
"""Says of a part which kind of rule it is, or that it is a ladder."""

TAGGED: dict[str, type] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower(): cls for cls in (*typing.get_args(rules.AnyRule), Ladder)
}

KNOWN_QUESTIONS: dict[str, Interpretation] = {
    i.id: i
    for i in (
        timescale.FIRST_DAY,
        timescale.CLEAR_DAYS,
        timescale.BEFORE_SAME_DAY,
        *interpretations_in(rules.YEARLY),
    )
}
"""The open questions of this library itself, which a protocol may name without setting them out."""


@attrs.frozen
class Field:
    """One field of a class of the algebra: its name, type and default (`needed` where there is none)."""

    name: str
    hint: Any
    needed: bool
    default: Any = None


@cache
def fields_of(cls: type) -> dict[str, Field]:
    """The fields a value of a class is built from, by name, in their order."""
    hints = typing.get_type_hints(cls)
    found = {}
    listed: Any = attrs.fields
    for attribute in listed(cls):
        if attribute.init:
            needed = attribute.default is attrs.NOTHING
            default = None if needed or attribute.converter is None else attribute.converter(attribute.default)
            if not needed and attribute.converter is None:
                default = attribute.default
            found[attribute.name] = Field(attribute.name, hints[attribute.name], needed, default)
    return found


def options(hint: Any) -> tuple[Any, ...]:
    """The types a hint allows, one by one."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return tuple(one for part in typing.get_args(hint) for one in options(part))
    return (hint,)


def item_of(hint: Any) -> Any:
    """The type of the items of a tuple of any length; None for another hint."""
    found = typing.get_args(hint)
    return found[0] if typing.get_origin(hint) is tuple and len(found) == 2 and found[1] is Ellipsis else None


def pair_of(hint: Any) -> tuple[Any, Any] | None:
    """The types of a pair; None for another hint."""
    found = typing.get_args(hint)
    is_pair = typing.get_origin(hint) is tuple and len(found) == 2 and found[1] is not Ellipsis
    return (found[0], found[1]) if is_pair else None


def classes(hint: Any) -> tuple[type, ...]:
    """The attrs classes among the types a hint allows."""
    return tuple(one for one in options(hint) if isinstance(one, type) and attrs.has(one))


def is_tagged(cls: type) -> bool:
    """Whether a value of the class says which class it is."""
    return issubclass(cls, Rule | Ladder)


def tag_of(cls: type) -> str:
    """What a part of this class says it is."""
    return next(tag for tag, tagged in TAGGED.items() if tagged is cls)


def is_choice(hint: Any) -> bool:
    """Whether a hint is a closed list of words."""
    return isinstance(hint, type) and issubclass(hint, Enum)


def owner_below(owner: str, own: Any, cls: type) -> str:
    """What the numbers inside a value are named after: its id or name, joined to what is around it.

    Only a rule's or a ladder's id stands by itself.
    """
    if not isinstance(own, str) or not own:
        return owner
    return f"{owner}.{own}" if owner and not is_tagged(cls) else own


def naming_field(cls: type) -> str:
    """The field that names a value of a class: its id, or else its name."""
    return "id" if "id" in fields_of(cls) else "name"
