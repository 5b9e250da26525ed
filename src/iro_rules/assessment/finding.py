"""Findings: one answer for one rule and one trigger, complete enough to be read on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs
import pendulum

from iro_rules.assessment.subject import Subject
from iro_rules.rulebook.law import Law, Verified
from iro_rules.rulebook.terms import Standing

if TYPE_CHECKING:
    from iro_rules.assessment.explain import Explanation


@final
@attrs.frozen
class Deciding:
    """A fact that decided a finding, and the part it played: `trigger`, or the name of the rule's look-up."""

    part: str
    fact: str
    kind: str
    when: pendulum.Date | pendulum.DateTime | None


@final
@attrs.frozen
class Reach:
    """Whom to turn to: the role after stand-ins, in words, and how to reach it where a directory or protocol says."""

    role: str
    title: str
    instead_of: str = ""
    details: str = ""


@final
@attrs.frozen
class Otherwise:
    """How a finding would stand under other readings; `standing` "" means that it would not arise."""

    readings: tuple[tuple[str, str], ...]
    standing: str
    due: pendulum.Date | pendulum.DateTime | None = None


@final
@attrs.frozen(kw_only=True)
class Finding:
    """One obligation, power, gate, constraint, status, arrangement or conflict, and how it stands.

    `id` is stable: the rule and what it is about. `due` is the last day in time, or an aware instant where
    the clock runs in hours. `decided_by` names every fact that mattered; `missing` what the record cannot
    show. `otherwise` lists the readings of the rule's interpretations under which the answer would differ:
    none means that it holds under every reading.
    """

    id: str
    rule: str
    kind: str
    about: str
    standing: Standing
    act: str
    bearer: tuple[str, ...]
    joint: str
    to: tuple[str, ...]
    law: Law
    due: pendulum.Date | pendulum.DateTime | None = None
    decided_by: tuple[Deciding, ...] = ()
    missing: tuple[str, ...] = ()
    contact: Reach | None = None
    readings: tuple[tuple[str, str], ...] = ()
    otherwise: tuple[Otherwise, ...] | None = None
    note: str = ""
    subject: Subject | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def holds_under_every_reading(self) -> bool | None:
        """Whether no reading of the text would change this answer; None where that was not worked out."""
        return None if self.otherwise is None else not self.otherwise

    @property
    def unverified(self) -> bool:
        """Whether this rests on a rule whose source nobody has read."""
        return self.law.verified is Verified.M

    @property
    def urgent(self) -> bool:
        """Whether somebody has something to put right."""
        return self.standing in (Standing.OVERDUE, Standing.BREACHED, Standing.NOT_IN_PLACE, Standing.CONFLICT)

    def explain(self) -> Explanation:
        """The finding in sentences, with the arithmetic of its deadline day by day."""
        from iro_rules.assessment.explain import explain

        return explain(self)

    def why(self) -> str:
        """The finding in sentences."""
        return "\n".join(self.explain().sentences)
