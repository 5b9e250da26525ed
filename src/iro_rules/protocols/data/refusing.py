"""What is refused in the data of a protocol: the error, with its place, and the checks that raise it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from iro_rules.clock.timescale import Clock
from iro_rules.errors import IroRulesError, ProtocolError, nearest
from iro_rules.protocols.data import short
from iro_rules.protocols.data.shapes import Field, classes, fields_of, options

T = TypeVar("T")

Path = tuple[str | int, ...]
"""Where in the data something stands: the names of tables and fields, and the numbers of items from 0."""

WORDS: dict[Any, str] = {bool: "true or false", int: "a whole number", str: "text"}


class Wrong(Exception):
    """Something in the data of a protocol cannot be used; `path` says where. `told` is the error for the user."""

    def __init__(self, path: Path, what: str, *, value: Any = None, right: str = "") -> None:
        super().__init__(what)
        self.path, self.what, self.value, self.right = path, what, value, right

    def told(self, file: str = "") -> ProtocolError:
        """The error as the user is told it, with the file and the line where they are known."""
        where = ", ".join(filter(None, (file, said(self.path))))
        return ProtocolError(self.what, where=where, value=self.value, right=self.right)


def said(path: Path) -> str:
    """A place in words: `parts, no. 3, within`."""
    return ", ".join(f"no. {one + 1}" if isinstance(one, int) else one for one in path)


def check_names(table: Mapping[str, Any], known: list[str], path: Path) -> None:
    """Raises for a field that is not among those known."""
    for name in table:
        if name not in known:
            raise Wrong((*path, name), "there is no such field", value=name, right=near(name, known))


def check_needed(table: Mapping[str, Any], fields: Mapping[str, Field], path: Path) -> None:
    """Raises where a field is lacking that has no default."""
    lacking = [name for name, field in fields.items() if field.needed and name not in table]
    check_lacking(lacking, path, ", ".join(name for name, field in fields.items() if field.needed))


def check_lacking(lacking: list[str], path: Path, right: str) -> None:
    """Raises where anything is lacking."""
    if lacking:
        raise Wrong(path, f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing", right=right)


def as_table(given: Any, path: Path, *, right: str = "a table") -> dict[str, Any]:
    """The table that is given; raises for anything else."""
    if not isinstance(given, dict):
        raise Wrong(path, "this is not a table", value=given, right=right)
    return given


def as_list(given: Any, path: Path) -> list[Any]:
    """The list that is given; raises for anything else."""
    if not isinstance(given, list):
        raise Wrong(path, "this is not a list", value=given, right="a list: [ ... ]")
    return given


def from_short(read: Callable[[], T], path: Path, given: Any) -> T:
    """What a short form stands for, its own refusal told with the place."""
    try:
        return read()
    except short.NotShort as error:
        raise Wrong(path, error.what, value=given, right=error.right) from error


def made(make: Callable[[], T], path: Path, given: Any) -> T:
    """What is made, its own refusal told with the place."""
    try:
        return make()
    except IroRulesError as error:
        what = f"{error.where}: {error.what}" if error.where else error.what
        value = error.value if error.value is not None else given
        raise Wrong(path, what, value=value, right=error.right) from error


def one_of(table: dict[str, Any], allowed: tuple[type, ...], path: Path) -> type:
    """The one class that has the fields given."""
    if len(allowed) == 1:
        return allowed[0]
    fits = [cls for cls in allowed if set(table) <= set(fields_of(cls)) and needed(cls) <= set(table)]
    if len(fits) == 1:
        return fits[0]
    raise Wrong(path, "it is not clear what this is", value=sorted(table), right=wanted_of(allowed))


def needed(cls: type) -> set[str]:
    """The fields that a table for a class must have."""
    return {name for name, field in fields_of(cls).items() if field.needed}


def wanted(hint: Any) -> str:
    """What would be right for a type, in words."""
    return " or ".join(WORDS[one] for one in options(hint) if one in WORDS) or wanted_of(classes(hint))


def wanted_of(allowed: tuple[type, ...]) -> str:
    """What would be right for one of some classes, in words."""
    ways = [f"{{ {', '.join(sorted(needed(cls)))} }}" for cls in allowed]
    short_form = f"{short.CLOCK_RIGHT}; or " if Clock in allowed else ""
    return f"{short_form}a table with {', or with '.join(ways)}"


def near(given: Any, known: list[str]) -> str:
    """The word that is meant, or those there are."""
    return nearest(given, known)
