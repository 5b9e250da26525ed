"""Ladders: the stages of a dispute or concern, what moves it on, and what silence does.

A ladder is data about stages (`stages`); it becomes ordinary rules (`ladder_rules`), so the readers know nothing of
ladders. The rows it makes are named after it and joined by `dispute`.
"""

from __future__ import annotations

from typing import Any, final

import attrs

from iro_rules.errors import RulebookError
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.rules import AnyRule, Power
from iro_rules.rulebook.stages import By, Silence, Stage
from iro_rules.rulebook.terms import Lookup, Pattern, fact

SETTLED = ""
"""Where a move leads that closes the matter."""


@final
@attrs.frozen
class Move:
    """One way a matter can go: from a stage ("" from outside), by what, to a stage (SETTLED where it is closed)."""

    start: str
    by: str
    to: str


@final
@attrs.frozen(kw_only=True)
class Ladder:
    """Stages in order, the law behind them, the facts that open and settle it, and the duties and powers on it.

    `topic` is what people tell and decide about it. `criteria` are look-ups, from what opens it, that must all have
    found a row: a matter raised without them does not open, and a finding says so in the words of `criteria_act`.
    `settled` are results that close it whatever the stage, `closed_by` further facts of a dispute that close it.
    A ladder that is `counted` gives a finding for each matter that is open. `rules` are further duties, powers and
    gates that read the ladder's rows. Its law's dates are those on which a matter can be opened; a matter that was
    opened in time goes on after them. Raises RulebookError for stages that do not fit together.
    """

    id: str
    title: str
    law: Law
    opens: Pattern
    stages: tuple[Stage, ...]
    topic: str = attrs.field(default="dispute", converter=str)
    criteria: tuple[Lookup, ...] = ()
    criteria_act: str = "raise the matter only where the criteria for it are met"
    settled: tuple[str, ...] = ("agreed",)
    closed_by: tuple[Pattern, ...] = ()
    counted: bool = False
    rules: tuple[AnyRule, ...] = ()

    def __attrs_post_init__(self) -> None:
        names = self.names()
        for stage in self.stages:
            self._fits(stage, names)

    def _fits(self, stage: Stage, names: tuple[str, ...]) -> None:
        def wrong(what: str, value: Any = None, right: str = "") -> RulebookError:
            return RulebookError(what, where=f"{self.id}, stage {stage.id}", value=value, right=right)

        if names.count(stage.id) > 1:
            raise wrong("two stages share an id", stage.id)
        for way in stage.entered_by:
            if way.by in (By.OUTCOME, By.SILENCE) and way.stage not in names:
                raise wrong("a stage is entered from one that is not on the ladder", way.stage, ", ".join(names))
            if way.by is By.SILENCE and not self.answering(way.stage):
                raise wrong("a stage is entered by a silence that cannot be", way.stage, "a stage that owes an answer")
            settling = () if way.by is not By.OUTCOME or self.stage(way.stage).satisfied else self.settled
            closing = [result for result in way.results if result in settling]
            if closing:
                raise wrong("a result that settles the matter cannot lead to a stage", closing[0])
        led = any(w.by is By.SILENCE and w.stage == stage.id for other in self.stages for w in other.entered_by)
        if stage.silence is Silence.ESCALATE and not stage.escalator and not led:
            right = f'a role in escalator, or silence_of("{stage.id}") in the entered_by of a stage'
            raise wrong("silence escalates, and neither somebody nor a stage says how", right=right)
        if led and stage.silence is not Silence.ESCALATE:
            raise wrong("silence leads to a stage, but is not said to escalate", stage.silence.value)
        escalates = stage.silence is Silence.ESCALATE or stage.disagreement.value == "escalate"
        if escalates and stage.escalator and not self.later(stage.id):
            raise wrong("the last stage escalates, and there is no stage after it")

    def names(self) -> tuple[str, ...]:
        """The ids of the stages, in order."""
        return tuple(stage.id for stage in self.stages)

    def stage(self, name: str) -> Stage:
        """The stage of this id. Raises KeyError where there is none."""
        return {stage.id: stage for stage in self.stages}[str(name)]

    def later(self, name: str) -> tuple[str, ...]:
        """The ids of the stages after one."""
        names = self.names()
        return names[names.index(str(name)) + 1 :]

    def answering(self, name: str) -> tuple[str, ...]:
        """The ids of the duties to answer at a stage; when one is late, that is silence."""
        stage = self.stage(name)
        own = tuple(f"{self.id}.{stage.id}.answer{f'.{a.name}' if a.name else ''}" for a in stage.answers)
        return (*own, *((stage.answered_by,) if stage.answered_by else ()))

    def lasts(self, name: str) -> tuple[str, ...]:
        """The ids of the duties whose clocks a stage lasts."""
        return self.stage(name).limit or self.answering(name)

    def moves(self) -> tuple[Move, ...]:
        """Every way a matter can go, in the order of the stages: what a picture of the ladder shows."""
        found: list[Move] = []
        names = self.names()
        for stage in self.stages:
            for way in stage.entered_by:
                match way.by:
                    case By.OPENING:
                        found.append(Move("", "opening", stage.id))
                    case By.STEP:
                        found += [Move(name, "step", stage.id) for name in names[: names.index(stage.id)]]
                    case By.OUTCOME:
                        found += [Move(way.stage, result, stage.id) for result in way.results]
                    case By.SILENCE:
                        found.append(Move(way.stage, "silence", stage.id))
                    case By.ROW:
                        found.append(Move("", way.kind, stage.id))
        for stage in self.stages:
            ends = ("satisfied",) if stage.satisfied else ("reported",) if stage.ends else self.settled
            silent = ("silence",) if stage.silence is Silence.DEEMED_ACCEPTED else ()
            found += [Move(stage.id, by, SETTLED) for by in (*ends, *silent)]
        return tuple(found)

    def open(self, **fields: Any) -> Pattern:
        """Rows of matters that are open on the day asked about, whose opening has these fields."""
        return fact(f"{self.id}/open", **fields)

    def entered(self, stage: str, **fields: Any) -> Pattern:
        """Rows of matters that reached a stage, dated by the day they first did; with fields of their opening."""
        return fact(f"{self.id}/{stage}/entered", **fields)

    def silent(self, stage: str) -> Pattern:
        """Rows of matters that got no answer in time at a stage, dated by the deadline."""
        return Pattern(f"{self.id}/{stage}/silent")

    def ended(self, *stages: str, result: str | tuple[str, ...] | None = None) -> Pattern:
        """Outcomes of one or more stages."""
        where: dict[str, Any] = {"stage": tuple(str(s) for s in stages) if len(stages) > 1 else stages[0]}
        return fact("outcome", **where, **({} if result is None else {"result": result}))

    def expand(self) -> tuple[AnyRule, ...]:
        """The ladder as ordinary rules, its own statuses first."""
        from iro_rules.rulebook.ladder_rules import rules_of

        return rules_of(self)


def power_at_any_stage(ladder: Ladder, **rule: Any) -> Power:
    """A power open for as long as the ladder is."""
    return Power(trigger=ladder.open(), **rule)
