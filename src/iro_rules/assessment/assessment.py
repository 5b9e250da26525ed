"""Assessments: every finding of one case on one day, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs

from iro_rules.assessment.finding import Finding, Otherwise
from iro_rules.errors import CaseError
from iro_rules.rulebook import Package, Standing


@final
@attrs.frozen(kw_only=True)
class Provenance:
    """Which rules, calendar, readings and reader produced an answer, and what the record covered.

    `coverage` are the kinds of facts it holds all of, `since` with their first day those that it holds from a day on;
    `left_out` is how many rules were left out because nobody has read their source.
    """

    rulebook: str
    packages: tuple[Package, ...]
    calendar: str
    reader: str
    readings: tuple[tuple[str, str], ...]
    coverage: tuple[str, ...]
    since: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


@final
@attrs.frozen
class OnlyOtherwise:
    """Something that does not arise as the texts are read here, but would under other readings."""

    id: str
    rule: str
    about: str
    act: str
    otherwise: tuple[Otherwise, ...]


@attrs.frozen
class Notice:
    """Something an answer must not be read without: facts or days that the rules do not reach.

    `rules` are ids of rules, `facts` ids of the facts concerned; `id` is `before-the-rules`,
    `facts-after-the-day`, `facts-before-the-rules` or `outside-edition`.
    """

    id: str
    words: str
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@final
@attrs.frozen(kw_only=True)
class Assessment:
    """The findings of one case on a day, in the rulebook's order, and what they rest on."""

    case: str
    subject: str
    as_of: str
    findings: tuple[Finding, ...]
    only_otherwise: tuple[OnlyOtherwise, ...]
    notices: tuple[Notice, ...]
    provenance: Provenance

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def finding(self, id: str) -> Finding | None:
        """The finding with this id, or None."""
        return next((f for f in self.findings if f.id == id), None)

    def where(self, *standings: Standing | str, rule: str | None = None) -> tuple[Finding, ...]:
        """The findings with any of these standings (all without any), and of one rule where it is named.

        Raises CaseError for a standing that does not exist.
        """
        for standing in standings:
            if standing not in list(Standing):
                raise CaseError("there is no such standing", value=standing, right=f"one of {', '.join(Standing)}")
        return tuple(
            f for f in self.findings if (not standings or f.standing in standings) and (rule is None or f.rule == rule)
        )

    @property
    def cannot_be_told(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """What is missing, and the rules of which nobody can tell for want of it whether they arise at all."""
        found: dict[tuple[str, ...], list[str]] = {}
        for finding in self.findings:
            if not finding.about:
                found.setdefault(finding.missing, []).append(finding.rule)
        return tuple((missing, tuple(rules)) for missing, rules in sorted(found.items()))

    @property
    def overdue(self) -> tuple[Finding, ...]:
        """What should have been done by now and was not."""
        return self.where(Standing.OVERDUE)
