"""How often each rule stands how, over a whole job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

import attrs
import polars as pl

from iro_rules.facts.kinds import (
    BEYOND_CALENDAR,
    FIELD_NOT_GIVEN,
    RELATED_APPOINTED,
    RELATED_CASE,
    RELATED_ENDED,
    TIME_OF_DAY,
)
from iro_rules.rulebook.terms import Standing

Counts = dict[str, dict[str, int]]
OWED = (Standing.MET, Standing.MET_LATE, Standing.OPEN, Standing.OVERDUE)


@final
@attrs.frozen
class RuleCount:
    """One rule's findings: how many are owed and how these stand, how many cannot be evaluated, and the rest.

    `other` counts what is neither: powers, gates, statuses, conflicts, and what lapsed.
    """

    rule: str
    owed: int
    met: int
    late: int
    overdue: int
    open: int
    not_evaluable: int
    other: int

    @classmethod
    def of(cls, rule: str, standings: dict[str, int]) -> RuleCount:
        """From how many findings have each standing."""

        def count(standing: Standing) -> int:
            return standings.get(standing.value, 0)

        owed, unknown = sum(count(standing) for standing in OWED), count(Standing.NOT_EVALUABLE)
        return cls(
            rule=rule,
            owed=owed,
            met=count(Standing.MET),
            late=count(Standing.MET_LATE),
            overdue=count(Standing.OVERDUE),
            open=count(Standing.OPEN),
            not_evaluable=unknown,
            other=sum(standings.values()) - owed - unknown,
        )


def counted(findings: pl.DataFrame) -> Counts:
    """How often each rule stands how in a findings table."""
    rules, standings = findings["rule"], findings["standing"]
    # Both as one number: that takes half the time which two columns take.
    assert isinstance(rules.dtype, pl.Enum)
    assert isinstance(standings.dtype, pl.Enum)
    both = rules.to_physical().cast(pl.UInt32) * len(Standing) + standings.to_physical()
    found: Counts = {}
    for number, count in both.value_counts().sort(rules.name).iter_rows():
        rule, standing = divmod(number, len(Standing))
        found.setdefault(rules.dtype.categories[rule], {})[standings.dtype.categories[standing]] = count
    return found


def summed(parts: Iterable[Counts]) -> Counts:
    """The counts of all parts together, by rule."""
    found: Counts = {}
    for counts in parts:
        for rule, standings in counts.items():
            known = found.setdefault(rule, {})
            for standing, count in standings.items():
                known[standing] = known.get(standing, 0) + count
    return {rule: dict(sorted(found[rule].items())) for rule in sorted(found)}


OTHERWISE_SHOWN: Mapping[str, str] = {
    FIELD_NOT_GIVEN: "the field itself; `iro-rules explain` names it, and the fact that leaves it blank",
    TIME_OF_DAY: "the time of day of what happened, beside its day",
    BEYOND_CALENDAR: "a calendar of bank holidays that reaches further",
    RELATED_CASE: "the related child's case, in the same cohort",
    RELATED_APPOINTED: "the related child's appointments, in the same cohort",
    RELATED_ENDED: "the related child's appointments and their ends, in the same cohort",
}
"""What would show a thing that is missing and is no kind of fact that a table could hold."""


def missing(findings: pl.DataFrame) -> dict[str, int]:
    """How many findings lack each thing that is missing."""
    found: dict[str, int] = {}
    known = findings.filter(pl.col("missing").is_not_null()).group_by("missing").len().sort("missing")
    for names, count in known.iter_rows():
        for name in names.split("; "):
            found[name] = found.get(name, 0) + count
    return dict(sorted(found.items()))


def added(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    """The numbers of all parts together, by name."""
    found: dict[str, int] = {}
    for numbers in parts:
        for name, count in numbers.items():
            found[name] = found.get(name, 0) + count
    return dict(sorted(found.items()))


def table(counts: Counts) -> list[RuleCount]:
    """One row a rule, in order of rule."""
    return [RuleCount.of(rule, standings) for rule, standings in sorted(counts.items())]
