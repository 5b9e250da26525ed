"""Live sessions: facts are added and taken back one at a time, and each step says what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import final

import attrs

from iro_rules.assessment.answer import Engine
from iro_rules.assessment.assessing import assess
from iro_rules.assessment.assessment import Assessment
from iro_rules.assessment.finding import Finding
from iro_rules.assessment.settings import Setting, setting
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.protocols import Protocol
from iro_rules.rulebook import Rulebook


@final
@attrs.frozen
class Changes:
    """What one step changed: findings that appeared, that went, and those that stand differently (before, after)."""

    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]

    def __bool__(self) -> bool:
        return bool(self.appeared or self.gone or self.changed)

    @classmethod
    def between(cls, before: Assessment, after: Assessment) -> Changes:
        """What differs between two assessments of one case."""
        old, new = {f.id: f for f in before}, {f.id: f for f in after}
        return cls(
            tuple(f for i, f in new.items() if i not in old),
            tuple(f for i, f in old.items() if i not in new),
            tuple((old[i], f) for i, f in new.items() if i in old and old[i] != f),
        )


@final
class Session:
    """One case under way. Facts are kept here and the case is judged anew at each step, so order never matters."""

    def __init__(self, case: Case, related: tuple[Case, ...], where: Setting, as_of: date | datetime | str,
                 options: Mapping[str, object]) -> None:  # fmt: skip
        self._case, self._related, self._where, self._as_of, self._options = case, related, where, as_of, options
        self._assessment = self._judge(case, as_of)

    @property
    def assessment(self) -> Assessment:
        """Every finding as things stand."""
        return self._assessment

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self._case

    def add(self, *facts: Fact) -> Changes:
        """Add facts. One that is there already changes nothing. Raises CaseError, and adds none, if one is unusable."""
        return self._step(attrs.evolve(self._case, facts=(*self._case.facts, *facts)), self._as_of)

    def take_back(self, *ids: str) -> Changes:
        """Take facts back by their ids, as if never told. Raises CaseError for an id that is not there."""
        known = {fact.id for fact in self._case.facts}
        for name in ids:
            if name not in known:
                raise CaseError("there is no such fact to take back", where=f"case {self._case.id}", value=name)
        return self._step(attrs.evolve(self._case, facts=[f for f in self._case.facts if f.id not in ids]), self._as_of)

    def move_to(self, as_of: date | datetime | str) -> Changes:
        """Ask about another day."""
        return self._step(self._case, as_of)

    def _step(self, case: Case, as_of: date | datetime | str) -> Changes:
        after = self._judge(case, as_of)
        changes = Changes.between(self._assessment, after)
        self._case, self._as_of, self._assessment = case, as_of, after
        return changes

    def _judge(self, case: Case, as_of: date | datetime | str) -> Assessment:
        return assess(case, as_of=as_of, protocol=self._where, related=self._related, **self._options)  # type: ignore[arg-type]


def open_session(
    id: str,
    *,
    coverage: Coverage,
    as_of: date | datetime | str,
    facts: Iterable[Fact] = (),
    subject: str = "child",
    protocol: str | Protocol | Rulebook | Setting | None = None,
    related: Iterable[Case] = (),
    engine: str = Engine.CHECKED,
    readings: Mapping[str, str] | None = None,
    robustness: bool = False,
    bundles: Path | None = None,
) -> Session:
    """Open a live session on one case; arguments and errors as for `assess`."""
    where = protocol if isinstance(protocol, Setting) else setting(protocol)
    case = Case(id, tuple(facts), coverage=coverage, subject=subject)
    options = {"engine": engine, "readings": readings, "robustness": robustness, "bundles": bundles}
    return Session(case, tuple(related), where, as_of, options)
