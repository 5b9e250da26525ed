"""What a pattern means: the rows of a case that it lets through, and those that a join then leaves.

Every row of a kind is made before any is read, so each row is looked at once for each pattern and each join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from iro_rules.engines.rows import Row
from iro_rules.rulebook.terms import Lookup, Pattern, Test

Sift = Callable[[list[Row]], list[Row]]


class Sieve:
    """One pattern: rows of a kind that have the one value it asks for in a field, if any, and pass its other tests."""

    __slots__ = ("by", "kind", "tests", "value")

    def __init__(self, kind: str, by: Join | None, value: Any, tests: tuple[Sift, ...]) -> None:
        self.kind, self.by, self.value, self.tests = kind, by, value, tests


class Join:
    """The rows of a sieve by what they have in a field, or in several."""

    __slots__ = ("fields", "sieve")

    def __init__(self, sieve: Sieve, fields: tuple[str, ...]) -> None:
        self.sieve, self.fields = sieve, fields

    def groups(self, rows: list[Row]) -> dict[Any, list[Row]]:
        """Rows by what they have there: a value or None, or for several fields a tuple of them."""
        found: dict[Any, list[Row]] = defaultdict(list)
        if len(self.fields) == 1:
            (field,) = self.fields
            for row in rows:
                found[row.values.get(field)].append(row)
        else:
            for row in rows:
                found[tuple([row.values.get(field) for field in self.fields])].append(row)
        return found


class Sieves:
    """One sieve for each pattern of a rulebook, and one join for each sieve and fields."""

    def __init__(self) -> None:
        self._sieves: dict[Pattern, Sieve] = {}
        self._joins: dict[tuple[Sieve, tuple[str, ...]], Join] = {}

    def of(self, pattern: Pattern) -> Sieve:
        """What a pattern lets through."""
        if pattern not in self._sieves:
            first = next((test for test in pattern.where if test.op == "eq"), None)
            by = None if first is None else self._join(self.of(Pattern(pattern.kind)), (first.field,))
            tests = tuple(test_means(test) for test in pattern.where if test is not first)
            self._sieves[pattern] = Sieve(pattern.kind, by, first and first.value, tests)
        return self._sieves[pattern]

    def join(self, lookup: Lookup) -> Join | None:
        """The fields a look-up joins on, if any."""
        return self._join(self.of(lookup.pattern), tuple(field for field, _ in lookup.on)) if lookup.on else None

    def _join(self, sieve: Sieve, fields: tuple[str, ...]) -> Join:
        return self._joins.setdefault((sieve, fields), Join(sieve, fields))


class Rows:
    """The rows of one case by kind; or, beside those, the rows that there may be, of other identities."""

    def __init__(self, recorded: dict[str, list[Row]], beside: Rows | None = None) -> None:
        self._of, self._beside = dict(recorded), beside
        self.made: dict[str, dict[str, Row]] = {}
        """The derived rows of each kind, by identity."""
        self._sifted: dict[Sieve, list[Row]] = {}
        self._joined: dict[Join, dict[Any, list[Row]]] = {}

    def add(self, kind: str, row: Row) -> None:
        """One more row, unless its kind already has one of that identity."""
        self.made.setdefault(kind, {}).setdefault(row.origin, row)

    def of(self, kind: str) -> list[Row]:
        """The rows of a kind, in order."""
        found = self._of.get(kind)
        if found is None:
            found = list(self.made[kind].values()) if kind in self.made else []
            if self._beside is not None:
                certain = self._beside.made.get(kind, {})
                found = [row for row in found if row.origin not in certain]
            if len(found) > 1:
                found.sort(key=attrgetter("order"))
            self._of[kind] = found
        return found

    def sifted(self, sieve: Sieve) -> list[Row]:
        """The rows that a sieve lets through, in order."""
        found = self._sifted.get(sieve)
        if found is None:
            found = self.of(sieve.kind)
            if found:
                found = found if sieve.by is None else self.joined(sieve.by, sieve.value)
                for test in sieve.tests:
                    found = test(found)
            self._sifted[sieve] = found
        return found

    def joined(self, join: Join, value: Any) -> list[Row]:
        """Those that have this value in the field of a join (a tuple of values for several fields), in order."""
        groups = self._joined.get(join)
        if groups is None:
            groups = self._joined[join] = join.groups(self.sifted(join.sieve))
        return groups.get(value, [])


def test_means(test: Test) -> Callable[[list[Row]], list[Row]]:
    """Those of some rows whose field passes the test; a missing field passes only `unknown`."""
    field, value = test.field, test.value
    match test.op:
        case "eq":
            return lambda rows: [row for row in rows if row.values.get(field) == value]
        case "in":
            return lambda rows: [row for row in rows if row.values.get(field) in value]
        case "has":
            return lambda rows: [row for row in rows if value in (row.values.get(field) or ())]
        case "known":
            return lambda rows: [row for row in rows if row.values.get(field) is not None]
        case "unknown":
            return lambda rows: [row for row in rows if row.values.get(field) is None]
        case "gt":
            return lambda rows: [row for row in rows if (found := row.values.get(field)) is not None and found > value]
        case _:
            return lambda rows: [row for row in rows if (found := row.values.get(field)) is not None and found < value]
