"""Ladders: the stages of a dispute or concern, what moves it on, and what silence does.

A ladder is data about stages; it becomes ordinary rules (statuses, duties and conflicts), so the readers
know nothing of ladders. Its rows are named `LADDER/open`, `LADDER/STAGE/entered` and the facts `step_taken`
and `outcome`, joined by `dispute`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from iro_rules.rulebook.law import Law
from iro_rules.rulebook.rules import AnyRule, Conflict, Duty, Power, Status
from iro_rules.rulebook.terms import Absent, Pattern, fact, seek


class Silence(StrEnum):
    """What follows when whoever must answer at a stage does not."""

    ESCALATE = "escalate"
    CONSIDER = "consider"
    DEEMED_ACCEPTED = "deemed accepted"
    UNSPECIFIED = "unspecified"


@attrs.frozen(kw_only=True)
class Stage:
    """One stage: `answered_by` is the duty whose lateness is silence, `limit` the duties whose clocks it lasts.

    `entered_by` is "opening" (the ladder's first stage), "step" (a `step_taken` fact), or the stage whose
    outcome `not_agreed` leads here by itself. `escalator` moves the matter on.
    """

    id: str
    title: str
    entered_by: str = "step"
    answered_by: str = ""
    silence: Silence = Silence.UNSPECIFIED
    escalator: str = ""
    limit: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Ladder:
    """Stages in order, the law behind them, the facts that open and settle it, and the duties and powers on it.

    `settled` are results that close the ladder whatever the stage, `closed_by` further facts of a dispute that
    close it. `rules` are the duties, powers and gates that read the ladder's rows.
    """

    id: str
    title: str
    law: Law
    opens: Pattern
    stages: tuple[Stage, ...]
    settled: tuple[str, ...] = ("agreed",)
    closed_by: tuple[Pattern, ...] = ()
    rules: tuple[AnyRule, ...] = ()

    def open(self) -> Pattern:
        """Rows of disputes that are open on the day asked about."""
        return Pattern(f"{self.id}/open")

    def entered(self, stage: str) -> Pattern:
        """Rows of disputes that reached a stage, dated by the day they reached it."""
        return Pattern(f"{self.id}/{stage}/entered")

    def ended(self, *stages: str, result: str | tuple[str, ...] | None = None) -> Pattern:
        """Outcomes of one or more stages."""
        where: dict[str, Any] = {"stage": tuple(str(s) for s in stages) if len(stages) > 1 else stages[0]}
        return fact("outcome", **where, **({} if result is None else {"result": result}))

    def expand(self) -> tuple[AnyRule, ...]:
        """The ladder as ordinary rules, its own statuses first."""
        closers = (fact("outcome", result=self.settled, stage=self._names()), *self.closed_by)
        closed = tuple(seek(f"closed_{n}", pattern, "dispute") for n, pattern in enumerate(closers, 1))
        opened = Status(
            id=f"{self.id}/open",
            law=self.law,
            act=f"{self.title} is open",
            trigger=self.opens,
            given=closed,
            when=tuple(Absent(lookup.name) for lookup in closed),
        )
        statuses = tuple(self._entry(stage) for stage in self.stages)
        silences = tuple(rule for stage in self.stages for rule in self._silence(stage))
        return (opened, *statuses, *self.rules, *silences)

    def _names(self) -> tuple[str, ...]:
        return tuple(stage.id for stage in self.stages)

    def _entry(self, stage: Stage) -> Status:
        if stage.entered_by == "opening":
            trigger = self.opens
        elif stage.entered_by == "step":
            trigger = fact("step_taken", stage=stage.id)
        else:
            trigger = fact("outcome", stage=stage.entered_by, result="not_agreed")
        return Status(
            id=f"{self.id}/{stage.id}/entered",
            law=self.law,
            act=f"{self.title} has reached the stage: {stage.title}",
            trigger=trigger,
            identity="trigger.dispute",
        )

    def _silence(self, stage: Stage) -> tuple[AnyRule, ...]:
        if not stage.answered_by:
            return ()
        base: dict[str, Any] = {
            "id": f"{self.id}.{stage.id}.silence",
            "law": self.law,
            "trigger": Pattern(f"{stage.answered_by}/overdue"),
            "given": (seek("ended", fact("outcome", stage=stage.id), "dispute"),),
            "when": (Absent("ended"),),
        }
        match stage.silence:
            case Silence.ESCALATE:
                moved = seek("moved", fact("step_taken"), "dispute", since="trigger")
                act = f"take the matter to the stage after {stage.title}, since no answer came in time"
                return (Duty(act=act, bearer=stage.escalator, met_by=(moved,), **base),)
            case Silence.CONSIDER:
                weighed = seek(
                    "weighed",
                    fact("decided", about="dispute", by=stage.escalator),
                    "dispute",
                    since="trigger",
                )
                act = f"consider taking the matter beyond {stage.title}, since no answer came in time"
                return (Duty(act=act, bearer=stage.escalator, met_by=(weighed,), **base),)
            case Silence.DEEMED_ACCEPTED:
                act = f"no answer came in time at {stage.title}, and that counts as acceptance"
                return (Status(act=act, identity="trigger.dispute", reported=True, **base),)
            case _:
                act = f"no answer came in time at {stage.title}, and the protocol does not say what follows"
                return (Conflict(act=act, **base),)


def power_at_any_stage(ladder: Ladder, **rule: Any) -> Power:
    """A power open for as long as the ladder is."""
    return Power(trigger=ladder.open(), **rule)
