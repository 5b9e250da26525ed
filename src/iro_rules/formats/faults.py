"""The faults of a file, gathered so that they are told together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from iro_rules.errors import DOCS, FACTS, CaseError, nearest


class Faults:
    """What is wrong with a file: each fault says what, where, the value and what would be right.

    Beyond `most`, faults are counted and not kept.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: list[CaseError] = []
        self.count = 0

    def add(
        self, what: str, where: str, value: Any = None, *, right: str = "", known: Iterable[str] | None = None
    ) -> None:
        """Note a fault; `known` are the names of which the value should have been one."""
        self.count += 1
        if len(self.found) < self.most:
            right = right if known is None else nearest(value, known, page=FACTS)
            self.found.append(CaseError(what, where=where, value=value, right=right))

    def tell(self) -> None:
        """Raise CaseError where anything was found: the one fault, or a list of them."""
        if self.count == 1:
            raise self.found[0]
        if self.count:
            listed = "".join(f"\n  - {_line(error)}" for error in self.found)
            more = self.count - len(self.found)
            raise CaseError(f"{self.count} things are wrong:{listed}" + (f"\n  - and {more} more" if more else ""))


def _line(error: CaseError) -> str:
    """One fault of a list, without the pointer to the documents that stands once at its end."""
    return str(error).removesuffix(f" (See {DOCS}#{CaseError.anchor})")
