"""What a package that can read cohorts hands over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, final

import attrs

from iro_rules.errors import ProtocolError

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")


@final
@attrs.frozen
class FactReader:
    """A reader by its name: `open(source, options)` makes an `iro_rules.cohorts.FactSource` of a file or a database.

    `source` is what the user named (a path, or the address of a database); `options` is an
    `iro_rules.cohorts.ReadOptions`, of which `more` has those of the reader's `options` that were given. Raises
    ProtocolError for a name that cannot be typed and for what cannot be called.
    """

    name: str = attrs.field()
    title: str = attrs.field()
    open: Callable[[Any, Any], Any] = attrs.field()
    options: tuple[str, ...] = ()

    @name.validator
    def _name(self, _: Any, value: Any) -> None:
        if not isinstance(value, str) or not NAME.match(value):
            raise ProtocolError("a reader has no usable name", value=value, right="lower-case letters, digits, _ or -")

    @title.validator
    def _title(self, _: Any, value: Any) -> None:
        if not isinstance(value, str) or not value:
            raise ProtocolError("a reader does not say what it reads", where=str(self.name), value=value)

    @open.validator
    def _open(self, _: Any, value: Any) -> None:
        if not callable(value):
            raise ProtocolError(
                "a reader cannot be called", where=str(self.name), value=value, right="open(source, options)"
            )
