"""The words rules are written in: patterns over facts, look-ups of other facts, and conditions on them.

All of it is data. A path names something a rule has in hand: `trigger` and each look-up name a row;
`trigger.due` names a field of it; `as_of` is the day asked about, `as_of.day` that day as a date.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, final

import attrs

from iro_rules.clock.timescale import Number
from iro_rules.facts.kinds import FIELDS
from iro_rules.facts.vocabulary import Term


class Standing(StrEnum):
    """How an obligation, power, gate, constraint, status or arrangement stands on the day given."""

    MET = "met"
    MET_LATE = "met_late"
    OPEN = "open"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    NOT_EVALUABLE = "not_evaluable"
    AVAILABLE = "available"
    AFTER_PERMISSION = "after_permission"
    KEPT = "kept"
    BREACHED = "breached"
    EXCUSED = "excused"
    HOLDS = "holds"
    IN_PLACE = "in_place"
    STALE = "stale"
    NOT_IN_PLACE = "not_in_place"
    CONFLICT = "conflict"


@attrs.frozen
class Test:
    """One condition on a field: eq, in, has (a list field holds the value), known, unknown, gt or lt (numbers)."""

    field: str
    op: str
    value: Any = None


@final
@attrs.frozen
class Pattern:
    """Rows of one kind whose fields pass every test."""

    kind: str
    where: tuple[Test, ...] = ()


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Term) else value


@attrs.frozen
class Has:
    """Marks a value that a list field must hold, as in `fact("told", cc=has(Role.TEAM_MANAGER))`."""

    value: str


def has(value: Term | str) -> Has:
    """The list field must hold this value."""
    return Has(str(_plain(value)))


KNOWN = Test("", "known")
UNKNOWN = Test("", "unknown")


def fact(kind: str, **fields: Any) -> Pattern:
    """A pattern: each field equal to a value, one of a tuple of values, `has(...)`, KNOWN or UNKNOWN."""
    tests = []
    for name, value in sorted(fields.items()):
        match value:
            case tuple():
                tests.append(Test(name, "in", tuple(sorted(str(_plain(v)) for v in value))))
            case Has():
                tests.append(Test(name, "has", value.value))
            case Test():
                tests.append(Test(name, value.op, value.value))
            case _:
                tests.append(Test(name, "eq", _plain(value)))
    return Pattern(kind, tuple(tests))


def more_than(number: int) -> Test:
    """The field is a number above this one."""
    return Test("", "gt", number)


@final
@attrs.frozen
class Lookup:
    """One row of a pattern that belongs to what is in hand: the first or the last in time, or none.

    `on` pairs a field of the sought row with a path; both must be known and equal. `since` and `until`
    are paths to a row or a date: the row's day is not before, or not after. `after` and `before` are paths
    to rows: strictly later or earlier in the order of day, time (a day without a time comes after all its
    times) and identity. `on_record` asks for what is recorded and not for what happened: that nothing is found is
    known then, whatever the record covers. Only what is said of the record itself may ask so.
    """

    name: str
    pattern: Pattern
    on: tuple[tuple[str, str], ...] = ()
    since: str | None = None
    until: str | None = None
    after: str | None = None
    before: str | None = None
    pick: str = "first"
    on_record: bool = False

    def matched_by(self) -> tuple[str, ...]:
        """The paths to recorded fields that this look-up is joined to or bounded by.

        A field that rules alone make says by being blank that there is nothing to match; a recorded one does not.
        """
        bounds = (path for path in (self.since, self.until) if path is not None and "." in path)
        paths = (*(path for _, path in self.on), *bounds)
        return tuple(p for p in paths if not p.startswith("as_of") and p.partition(".")[2] in FIELDS)

    def leans_on(self) -> frozenset[str]:
        """The names of what is in hand that this look-up is joined to or bounded by."""
        paths = (*(path for _, path in self.on), self.since, self.until, self.after, self.before)
        return frozenset(path.partition(".")[0] for path in paths if path is not None)


def seek(name: str, pattern: Pattern, *same: str, on: dict[str, str] | None = None, **options: Any) -> Lookup:
    """A look-up joined on fields both rows share (`same`) and on other pairs (`on`: their field to a path)."""
    pairs = [(field, f"trigger.{field}") for field in same] + list((on or {}).items())
    return Lookup(name, pattern, tuple(pairs), **options)


@final
@attrs.frozen
class Present:
    """The look-up found a row."""

    name: str


@final
@attrs.frozen
class Absent:
    """The look-up found no row; outside coverage that is unknown, not true."""

    name: str


@final
@attrs.frozen
class Compare:
    """Two fields, or a field and a constant or number, compared by eq, ne, lt, le, gt or ge.

    Just one of `right`, `constant` and `number` is given; a number has one value, and another from another day
    on takes another edition of the rule. Unknown where a row in hand lacks the field; false where a look-up found
    nothing.
    """

    left: str
    op: str
    right: str | None = None
    constant: str | int | None = None
    number: Number | None = None


Condition = Present | Absent | Compare
