"""What every fact has: when it happened, an id, and where it was read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable
from functools import cache
from typing import Any, ClassVar, cast, final

import attrs
import pendulum

from iro_rules.errors import FieldError
from iro_rules.facts.fields import Moment, to_moment

FACT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,79}\Z")


@final
@attrs.frozen
class Source:
    """Where a fact was read: file, table and row, as the reader of that file names them."""

    file: str = ""
    table: str = ""
    row: int | None = None


def _when(value: Any) -> Moment:
    return to_moment(value)


def _id(value: Any) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not FACT_ID.match(value):
        raise FieldError(
            "id is not a fact id", value=value, right="1 to 80 letters, digits or . _ : + -, without spaces"
        )
    return value


@attrs.frozen
class Fact:
    """Something recorded about a child's case or about a service, on a day or at an instant.

    `when` is a date (a whole day) or an aware datetime (kept to the second, in London time). Without an
    `id`, one is made from the content, so that the same fact given twice is one fact. Raises FieldError
    for a value its field cannot hold.
    """

    SUBJECT: ClassVar[str] = "child"
    WORKED_OUT: ClassVar[tuple[str, ...]] = ()
    """Whole numbers that rules can read and nobody records: they are worked out from the fields."""

    when: Moment = attrs.field(converter=_when)
    id: str = attrs.field(default="", converter=_id, kw_only=True)
    source: Source | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.id:
            text = repr([(name, str(value)) for name, value in self.content().items()])
            digest = hashlib.blake2s(text.encode(), digest_size=4).hexdigest()
            object.__setattr__(self, "id", f"{self.kind()}-{self.on.isoformat()}-{digest}")

    @classmethod
    def kind(cls) -> str:
        """The name of this kind of fact in files and rules: `ReviewHeld` is `review_held`."""
        return _snake(cls.__name__)

    @property
    def on(self) -> pendulum.Date:
        """The London day of the fact."""
        if isinstance(self.when, pendulum.DateTime):
            return self.when.date()
        return self.when

    @property
    def at(self) -> pendulum.DateTime | None:
        """The instant of the fact, where a time was given."""
        return self.when if isinstance(self.when, pendulum.DateTime) else None

    def content(self) -> dict[str, Any]:
        """Everything that makes this fact what it is: not its id, not its source, no empty fields."""
        values = [(name, getattr(self, name)) for name in _told(cast("Hashable", type(self)))]
        return {name: value for name, value in values if value is not None and value != ()}


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@cache
def _told(cls: Any) -> tuple[str, ...]:
    return tuple(a.name for a in attrs.fields(cls) if a.name not in ("id", "source"))


def plain_fields(cls: type[Fact]) -> dict[str, attrs.Attribute[Any]]:
    """The fields of one kind of fact besides `when`, `id` and `source`."""
    return {a.name: a for a in attrs.fields(cls) if a.name not in ("when", "id", "source")}
