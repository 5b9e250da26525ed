"""Every small fault that the stages of a ladder can have: other silence, another escalator, a way in less, a copy less.

A fault is the ladder with one thing changed, and a name that says which. Numbers, units and terms within the rules a
ladder becomes are `content_faults`' business; what is here are the options of its stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from iro_rules.errors import RulebookError
from iro_rules.facts.vocabulary import Result, Role
from iro_rules.rulebook.answers import Answer, Notice
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.stages import By, Disagreement, Entry, Silence, Stage, opening, outcome_of, silence_of, step

Change = tuple[str, dict[str, Any]]
"""What is changed, in words, and the fields with it."""


@attrs.frozen
class StageFault:
    """One thing changed in one ladder."""

    ladder: str
    name: str
    changed: Ladder

    @property
    def rule(self) -> str:
        """The ladder, as faults of rules name their rule."""
        return self.ladder

    @property
    def where(self) -> str:
        """The ladder and the change."""
        return f"{self.ladder}: {self.name}"


def faults_of_ladder(ladder: Ladder) -> tuple[StageFault, ...]:
    """Every fault of a ladder and its stages; what a ladder refuses by itself is no fault that could be planted."""
    found: dict[str, Ladder] = {}
    for name, changed in _changed(ladder):
        if changed.expand() != ladder.expand():
            found.setdefault(name, changed)
    return tuple(StageFault(ladder.id, name, changed) for name, changed in found.items())


def _changed(ladder: Ladder) -> Iterator[tuple[str, Ladder]]:
    for name, fields in _of_ladder(ladder):
        yield from _tried(name, ladder, fields)
    for n, stage in enumerate(ladder.stages):
        for name, fields in _of_stage(stage, ladder):
            for _, changed in _tried(name, stage, fields):
                stages = (*ladder.stages[:n], changed, *ladder.stages[n + 1 :])
                yield from _tried(f"{stage.id}: {name}", ladder, {"stages": stages})


def _tried(name: str, value: Any, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The value with some fields changed, unless it refuses them."""
    try:
        yield name, attrs.evolve(value, **fields)
    except RulebookError:
        return


def _of_ladder(ladder: Ladder) -> Iterator[Change]:
    for result in ladder.settled:
        others = tuple(r for r in ladder.settled if r != result)
        yield f"settled: not {result}", {"settled": others or (_other(result, (Result.REFUSED, Result.REFER)),)}
    for result in (Result.NOT_AGREED, Result.REFUSED):
        if result not in ladder.settled:
            yield f"settled: {result.value} too", {"settled": (*ladder.settled, result)}
    for n, pattern in enumerate(ladder.closed_by):
        yield f"closed_by: no {pattern.kind} ({n})", {"closed_by": _less(ladder.closed_by, n)}
    for n, lookup in enumerate(ladder.criteria):
        yield f"criteria: no {lookup.name}", {"criteria": _less(ladder.criteria, n)}
    yield "topic", {"topic": _other(ladder.topic, ("dispute", "concern"))}
    yield "counted" if not ladder.counted else "not counted", {"counted": not ladder.counted}
    for n in range(len(ladder.stages) - 1):
        stages = list(ladder.stages)
        stages[n], stages[n + 1] = stages[n + 1], stages[n]
        yield f"{stages[n + 1].id}: after {stages[n].id}", {"stages": tuple(stages)}


def _of_stage(stage: Stage, ladder: Ladder) -> Iterator[Change]:
    for silence in Silence:
        # A stage that escalates needs somebody who does; else the fault is one that the ladder refuses.
        yield f"silence: {silence.value}", {"silence": silence, "escalator": stage.escalator or (Role.IRO,)}
        yield f"silence: {silence.value}", {"silence": silence}
    for disagreement in Disagreement:
        changed = {"disagreement": disagreement, "escalator": stage.escalator or (Role.IRO,)}
        yield f"disagreement: {disagreement.value}", changed
    for n, role in enumerate(stage.escalator):
        other = _stranger(stage.escalator)
        yield f"escalator: {other} instead of {role}", {"escalator": _put(stage.escalator, n, other)}
        yield f"escalator: not {role}", {"escalator": _less(stage.escalator, n)}
    if stage.escalate_within is not None:
        yield "escalate_within: no clock", {"escalate_within": None}
    for n, role in enumerate(stage.satisfied):
        yield f"satisfied: not {role}", {"satisfied": _less(stage.satisfied, n)}
    if not stage.satisfied:
        yield "satisfied: the IRO and the child", {"satisfied": (Role.IRO, Role.CHILD)}
    yield "ends" if not stage.ends else "does not end", {"ends": not stage.ends}
    if stage.answered_by:
        yield "answered_by: nobody", {"answered_by": "", "silence": Silence.UNSPECIFIED}
        others = [name for other in ladder.stages for name in (other.answered_by,) if name != stage.answered_by]
        yield from ((f"answered_by: {name}", {"answered_by": name}) for name in others if name)
    yield from _parts("entered_by", stage.entered_by, lambda way: _of_way(way, stage, ladder))
    yield from _parts("answers", stage.answers, _of_answer)
    yield from _parts("notices", stage.notices, _of_notice)


def _parts(field: str, parts: tuple[Any, ...], changes: Any) -> Iterator[Change]:
    """The parts of a stage, each changed and each left out; the last way in is not left out but changed."""
    for n, part in enumerate(parts):
        for name, changed in changes(part):
            yield f"{field}.{n}: {name}", {field: _put(parts, n, changed)}
        if len(parts) > 1 or field != "entered_by":
            more = {"silence": Silence.UNSPECIFIED} if field == "answers" and len(parts) == 1 else {}
            yield f"{field}.{n}: left out", {field: _less(parts, n), **more}


def _of_way(way: Entry, stage: Stage, ladder: Ladder) -> Iterator[tuple[str, Entry]]:
    """Other ways in, instead of one."""
    before = ladder.names()[: ladder.names().index(stage.id)]
    others = [opening(), step()]
    others += [make(name) for name in before for make in (outcome_of, silence_of)]
    for other in others:
        if (other.by, other.stage) != (way.by, way.stage):
            yield f"{other.by.value} {other.stage}".strip(), other
    for n, test in enumerate(way.where):
        yield f"any {test.field}", attrs.evolve(way, where=_less(way.where, n))
    if way.by is By.OUTCOME:
        yield "on refused", attrs.evolve(way, results=("refused",))


def _of_answer(answer: Answer) -> Iterator[tuple[str, Answer]]:
    fields: list[Change] = [
        *((f"by {_stranger(answer.by)}, not {role}", {"by": _put(answer.by, n, _stranger(answer.by))})
          for n, role in enumerate(answer.by)),
        *((f"not by {role}", {"by": _less(answer.by, n)}) for n, role in enumerate(answer.by) if len(answer.by) > 1),
        ("to another", {"to": (_stranger(answer.to), *answer.to[1:])}),
        ("of another topic", {"about": _other(answer.about, ("adjournment", "education"))}),
        *((f"no stand-in {r}", {"stand_ins": _less(answer.stand_ins, n)}) for n, r in enumerate(answer.stand_ins)),
        *((f"any {test.field}", {"only": _less(answer.only, n)}) for n, test in enumerate(answer.only)),
    ]  # fmt: skip
    if len(answer.by) > 1:
        fields.append(("joint", {"joint": "either" if answer.joint == "both" else "both"}))
    if answer.within is not None:
        fields.append(("no clock", {"within": None}))
    if answer.clock_from is not None:
        fields.append(("clock from the entry", {"clock_from": None}))
    for name, changed in fields:
        yield from _tried(name, answer, changed)


def _of_notice(notice: Notice) -> Iterator[tuple[str, Notice]]:
    fields: list[Change] = [
        ("by another", {"by": _stranger((notice.by,))}),
        *((f"not to {role}", {"to": _less(notice.to, n)}) for n, role in enumerate(notice.to) if len(notice.to) > 1),
        *((f"no copy to {role}", {"copies": _less(notice.copies, n)}) for n, role in enumerate(notice.copies)),
        *((f"at {at}", {"at": at}) for at in ("entry", "silence", "agreed", "not_agreed") if (at,) != notice.at),
        *((f"any {test.field}", {"only": _less(notice.only, n)}) for n, test in enumerate(notice.only)),
    ]
    if notice.within is not None:
        fields.append(("no clock", {"within": None}))
    if notice.document:
        fields.append(("no form", {"document": ""}))
    for name, changed in fields:
        yield from _tried(name, notice, changed)


def _less(values: tuple[Any, ...], n: int) -> tuple[Any, ...]:
    return (*values[:n], *values[n + 1 :])


def _put(values: tuple[Any, ...], n: int, value: Any) -> tuple[Any, ...]:
    return (*values[:n], value, *values[n + 1 :])


def _stranger(roles: tuple[str, ...]) -> str:
    """A role that is not among these."""
    return next(role.value for role in (Role.PARENT, Role.COURT, Role.CHILD) if role.value not in roles)


def _other(value: str, known: tuple[str, ...]) -> str:
    return next(str(one) for one in known if str(one) != value)
