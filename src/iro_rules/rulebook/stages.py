"""The stages of a ladder as data: how each is reached, who answers, what silence does, who is told, what settles it.

Nothing here is judged. `ladder_rules` turns stages into ordinary rules; `Ladder.moves` gives their picture.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, final

import attrs

from iro_rules.clock.timescale import Timescale
from iro_rules.errors import RulebookError
from iro_rules.rulebook.answers import Answer, Notice, roles
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.terms import Pattern, Test, fact


class Silence(StrEnum):
    """What follows when whoever must answer at a stage does not."""

    ESCALATE = "escalate"
    CONSIDER = "consider"
    DEEMED_ACCEPTED = "deemed accepted"
    UNSPECIFIED = "unspecified"


class Disagreement(StrEnum):
    """What follows when a stage ends without agreement."""

    ESCALATE = "escalate"
    CONSIDER = "consider"
    NOTHING = "nothing"


class By(StrEnum):
    """What brings a matter to a stage."""

    OPENING = "opening"
    STEP = "step"
    OUTCOME = "outcome"
    SILENCE = "silence"
    ROW = "row"


@final
@attrs.frozen(kw_only=True)
class Entry:
    """One way to reach a stage; made with `opening`, `step`, `outcome_of`, `silence_of` or `found`.

    `stage` is the one whose outcome or silence leads here, `results` the outcomes that do; `where` are tests of the
    opening, or of the row that leads here.
    """

    by: By
    stage: str = ""
    results: tuple[str, ...] = ()
    kind: str = ""
    where: tuple[Test, ...] = ()


def opening(**fields: Any) -> Entry:
    """The ladder starts at this stage, where the opening has these fields: so a level can depend on the severity."""
    return Entry(by=By.OPENING, where=fact("", **fields).where)


def step() -> Entry:
    """Somebody takes the matter to this stage: a `step_taken` fact, from whatever stage before it."""
    return Entry(by=By.STEP)


def outcome_of(stage: str, *results: str) -> Entry:
    """A stage that ends so (not agreed, unless other results are named) leads here by itself."""
    return Entry(by=By.OUTCOME, stage=str(stage), results=tuple(str(result) for result in results) or ("not_agreed",))


def silence_of(stage: str) -> Entry:
    """Silence at a stage leads here by itself, once the time for an answer has passed."""
    return Entry(by=By.SILENCE, stage=str(stage))


def found(pattern: Pattern) -> Entry:
    """A fact or a status that names the dispute leads here; so a level can be worked out from anything on record."""
    return Entry(by=By.ROW, kind=pattern.kind, where=pattern.where)


def _entries(value: Any) -> tuple[Entry, ...]:
    """Ways of entering from their short forms: "opening", "step", or a stage that ended without agreement."""
    given = value if isinstance(value, tuple | list) else (value,)
    short = {"opening": opening(), "step": step()}
    return tuple(way if isinstance(way, Entry) else short.get(str(way)) or outcome_of(way) for way in given)


def _answers(value: Any) -> tuple[Answer, ...]:
    return (value,) if isinstance(value, Answer) else tuple(value)


def _notices(value: Any) -> tuple[Notice, ...]:
    return (value,) if isinstance(value, Notice) else tuple(value)


@final
@attrs.frozen(kw_only=True)
class Stage:
    """One stage of a ladder, in the order in which matters go up.

    `entered_by` says how a matter gets here: "opening" (the ladder starts here), "step" (somebody takes it here), the
    id of a stage that leads here by itself when it ends without agreement, or ways made with `opening(...)`,
    `outcome_of(...)`, `silence_of(...)` and `found(...)`; several of them as a tuple.

    Who must answer stands in `answers`, or in a duty of the ladder's own that `answered_by` names; lateness is silence,
    and `silence` says what it does. `disagreement` says what follows where the stage ends without agreement.
    `escalator` is who then moves the matter on, or considers it, for which there is `escalate_within`. Silence that
    escalates without an escalator must lead to a later stage by itself (`silence_of`).

    `satisfied` are all those who must have agreed before the stage counts as settled. `notices` are told or given to
    others. A matter that reaches a stage that `ends` is closed: such a stage only reports. `limit` are the duties whose
    clocks the stage lasts; where it is empty, those of its answers. `law` is the source of what is said here (the
    ladder's where there is none). Raises RulebookError for options that do not go together.
    """

    id: str = attrs.field(converter=str)
    title: str
    entered_by: tuple[Entry, ...] = attrs.field(default="step", converter=_entries)
    answers: tuple[Answer, ...] = attrs.field(default=(), converter=_answers)
    answered_by: str = ""
    silence: Silence = Silence.UNSPECIFIED
    disagreement: Disagreement = Disagreement.NOTHING
    escalator: tuple[str, ...] = attrs.field(default=(), converter=roles)
    escalate_within: Timescale | None = None
    satisfied: tuple[str, ...] = attrs.field(default=(), converter=roles)
    notices: tuple[Notice, ...] = attrs.field(default=(), converter=_notices)
    ends: bool = False
    limit: tuple[str, ...] = ()
    law: Law | None = None

    def __attrs_post_init__(self) -> None:
        def wrong(what: str, value: Any = None, right: str = "") -> RulebookError:
            return RulebookError(what, where=f"stage {self.id}", value=value, right=right)

        answered = bool(self.answers or self.answered_by)
        if self.silence is not Silence.UNSPECIFIED and not answered:
            right = "an Answer in answers, or the id of a duty in answered_by"
            raise wrong("silence needs somebody who should have answered", self.silence.value, right)
        considers = self.silence is Silence.CONSIDER or self.disagreement is not Disagreement.NOTHING
        if considers and not self.escalator:
            raise wrong("nobody is named who takes the matter on", right="a role in escalator")
        if self.ends and (answered or self.satisfied or self.escalator):
            raise wrong("a stage that ends the matter asks nobody for an answer", right="notices only, or ends=False")
        names = [answer.name for answer in self.answers]
        if len(set(names)) < len(names):
            raise wrong("two answers of one stage have one name", names, "a name for each")
