"""Whether a version of iro-rules is one that a protocol package says it works with."""

from __future__ import annotations

import re
from typing import Any

from iro_rules.errors import ProtocolError

CLAUSE = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+)*)\s*\Z")
RELEASE = re.compile(r"\d+(?:\.\d+)*")


def check_range(written: Any, *, where: str) -> None:
    """Refuse a version range that cannot be read, such as `~=0.1`; raises ProtocolError."""
    if written == "" or (isinstance(written, str) and all(CLAUSE.match(c) for c in written.split(","))):
        return
    raise ProtocolError("requires is not a range of versions", where=where, value=written, right='">=0.1,<0.2", or ""')


def fits(version: str, written: str) -> bool:
    """Whether a version lies in a range; only its release numbers count, so 0.2.0rc1 is 0.2.0."""
    return all(_holds(_release(version), clause) for clause in written.split(",") if clause)


def _holds(version: tuple[int, ...], clause: str) -> bool:
    found = CLAUSE.match(clause)
    assert found is not None
    bound = _release(found[2])
    match found[1]:
        case ">=":
            return version >= bound
        case "<=":
            return version <= bound
        case "==":
            return version == bound
        case "!=":
            return version != bound
        case ">":
            return version > bound
        case _:
            return version < bound


def _release(version: str) -> tuple[int, ...]:
    """The release numbers without trailing noughts, so that 0.1 and 0.1.0 are one version."""
    found = RELEASE.match(version)
    numbers = [int(n) for n in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
