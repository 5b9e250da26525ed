"""A ladder turned into ordinary rules: what is open, which stage was reached or left, what is owed, what silence does.

The rows, by what follows the ladder's id: `opened`, `closed` and `open`; and of each stage `entered`, `left`,
`satisfied` and `silent`. Each has a dispute, and rows of a stage carry fields of the opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.rulebook.answer_rules import answer_rules, notice_rules, opened_of
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.rules import AnyRule, Conflict, Duty, Gate, Status
from iro_rules.rulebook.stages import By, Disagreement, Entry, Silence, Stage
from iro_rules.rulebook.terms import Absent, Lookup, Pattern, Present, fact, seek

CARRIED = ("severity", "owner", "review", "due", "window")
"""Fields of the opening that the rows of every stage carry; who opened it is carried as `started_by`."""


def rules_of(ladder: Ladder) -> tuple[AnyRule, ...]:
    """Every rule of a ladder, its own statuses first."""
    law = attrs.evolve(ladder.law, end=None)
    statuses = [*_opening(ladder), *_closing(ladder, law)]
    owed: list[AnyRule] = []
    for stage in ladder.stages:
        here = stage.law or law
        statuses += [*_entries(ladder, stage, here), *_leaving(ladder, stage, here), *_silent(ladder, stage, here)]
        owed += [*answer_rules(ladder, stage, here), *notice_rules(ladder, stage, here)]
        owed += [*_satisfying(ladder, stage, here), *_silence(ladder, stage, here), *_disagreement(ladder, stage, here)]
    return (*statuses, *ladder.rules, *owed)


def _opening(ladder: Ladder) -> Iterator[AnyRule]:
    """What opens the ladder, and whether it might have been opened."""
    yield Status(
        id=f"{ladder.id}/opened",
        law=ladder.law,
        act=f"{ladder.title} was opened",
        trigger=ladder.opens,
        given=ladder.criteria,
        when=tuple(Present(lookup.name) for lookup in ladder.criteria),
    )
    if ladder.criteria:
        yield Gate(
            id=f"{ladder.id}.criteria",
            law=ladder.law,
            act=ladder.criteria_act,
            trigger=ladder.opens,
            first=ladder.criteria,
        )


def _closing(ladder: Ladder, law: Law) -> Iterator[AnyRule]:
    """What closes a matter on record, and which matters are open on the day asked about."""
    free = tuple(stage.id for stage in ladder.stages if not stage.satisfied)
    closers = [fact("outcome", result=ladder.settled, stage=free)] if free else []
    closers += [*ladder.closed_by, *(_of(ladder, stage, "satisfied") for stage in ladder.stages if stage.satisfied)]
    for n, closer in enumerate(closers, 1):
        yield Status(
            id=_numbered(f"{ladder.id}/closed", n),
            law=law,
            act=f"{ladder.title} was closed",
            trigger=closer,
            kind=f"{ladder.id}/closed",
        )
    closed = [seek("closed", Pattern(f"{ladder.id}/closed"), "dispute")] if closers else []
    for stage in ladder.stages:
        if stage.ends:
            closed.append(seek(f"ended_{len(closed)}", ladder.entered(stage.id), "dispute"))
        if stage.silence is Silence.DEEMED_ACCEPTED:
            closed.append(seek(f"accepted_{len(closed)}", ladder.silent(stage.id), "dispute"))
    yield Status(
        id=f"{ladder.id}/open",
        law=law,
        act=f"{ladder.title} is open",
        trigger=Pattern(f"{ladder.id}/opened"),
        given=tuple(closed),
        when=tuple(Absent(lookup.name) for lookup in closed),
        reported=ladder.counted,
    )


def _entries(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """The stage reached: by the first, in time, of the ways there."""
    kind = _of(ladder, stage, "entered").kind
    many = len(stage.entered_by) > 1
    for n, way in enumerate(stage.entered_by, 1):
        yield _way(ladder, stage, way, law, f"{kind}/way-{n}" if many else kind)
    for n in range(1, len(stage.entered_by) + 1) if many else ():
        others = [m for m in range(1, len(stage.entered_by) + 1) if m != n]
        sooner = tuple(seek(f"sooner_{m}", Pattern(f"{kind}/way-{m}"), "dispute", before="trigger") for m in others)
        yield Status(
            id=_numbered(kind, n),
            law=law,
            act=f"{ladder.title} has reached the stage: {stage.title}",
            trigger=Pattern(f"{kind}/way-{n}"),
            given=sooner,
            when=tuple(Absent(lookup.name) for lookup in sooner),
            kind=kind,
            identity="trigger.dispute",
        )


def _way(ladder: Ladder, stage: Stage, way: Entry, law: Law, kind: str) -> Status:
    """One way of reaching a stage; the matter must have been opened."""
    opens = KIND_FIELDS.get(ladder.opens.kind, frozenset())
    given: tuple[Lookup, ...] = (opened_of(ladder),)
    path = "opened"
    match way.by:
        case By.OPENING:
            trigger, given, path = Pattern(f"{ladder.id}/opened", way.where), (), "trigger"
        case By.STEP:
            trigger = fact("step_taken", stage=stage.id)
        case By.OUTCOME:
            trigger = fact("outcome", stage=way.stage, result=way.results)
        case By.SILENCE:
            trigger = ladder.silent(way.stage)
        case _:
            trigger = Pattern(way.kind, way.where)
    carried = tuple((name, f"{path}.{name}") for name in CARRIED if name in opens and path == "opened")
    return Status(
        id=kind,
        law=law,
        act=f"{ladder.title} has reached the stage: {stage.title}",
        trigger=trigger,
        given=given,
        when=tuple(Present(lookup.name) for lookup in given),
        identity="trigger.dispute",
        keep=(*carried, *((("started_by", f"{path}.by"),) if "by" in opens else ())),
    )


def _leaving(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """What takes a matter from a stage: its outcome or a later one's, a step to a later one, or its close."""
    if not stage.answers:
        return
    ways = [fact("outcome", stage=(stage.id, *ladder.later(stage.id))), Pattern(f"{ladder.id}/closed")]
    if later := ladder.later(stage.id):
        ways.append(fact("step_taken", stage=later))
    for n, trigger in enumerate(ways, 1):
        yield Status(
            id=_numbered(f"{ladder.id}/{stage.id}/left", n),
            law=law,
            act=f"{ladder.title} has left the stage: {stage.title}",
            trigger=trigger,
            kind=f"{ladder.id}/{stage.id}/left",
        )


def _satisfying(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """All who must be satisfied have said so at this stage; without them it is not settled."""
    if not stage.satisfied:
        return
    each = tuple(
        seek(f"satisfied_{role}", fact("agreed", by=role, stage=stage.id), "dispute", until="trigger")
        for role in stage.satisfied
    )
    yield Status(
        id=_of(ladder, stage, "satisfied").kind,
        law=law,
        act=f"everybody who must be is satisfied at the stage: {stage.title}",
        trigger=fact("agreed", by=stage.satisfied, stage=stage.id),
        given=each,
        when=tuple(Present(lookup.name) for lookup in each),
        identity="trigger.dispute",
    )
    yield Gate(
        id=f"{ladder.id}.{stage.id}.satisfied",
        law=law,
        act=f"take {stage.title} as settled only once everybody is satisfied who must be",
        bearer=stage.satisfied,
        trigger=ladder.ended(stage.id, result=ladder.settled),
        first=each,
    )


def _silent(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """No answer came in time, the stage has not ended, and the matter had not been moved on by then."""
    for n, duty in enumerate(ladder.answering(stage.id), 1):
        given = [seek("ended", fact("outcome", stage=stage.id), "dispute")]
        if later := ladder.later(stage.id):
            given.append(seek("moved", fact("step_taken", stage=later), "dispute", until="trigger"))
        yield Status(
            id=_numbered(ladder.silent(stage.id).kind, n),
            law=law,
            act=f"no answer came in time at {stage.title}",
            trigger=Pattern(f"{duty}/overdue"),
            given=tuple(given),
            when=tuple(Absent(lookup.name) for lookup in given),
            kind=ladder.silent(stage.id).kind,
        )


def _silence(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """What follows from silence."""
    if not ladder.answering(stage.id):
        return
    base: dict[str, Any] = {"id": f"{ladder.id}.{stage.id}.silence", "law": law, "trigger": ladder.silent(stage.id)}
    match stage.silence:
        case Silence.ESCALATE if stage.escalator:
            act = f"take the matter to a stage after {stage.title}, since no answer came in time"
            yield _moving_on(ladder, stage, act, base)
        case Silence.ESCALATE:
            act = f"no answer came in time at {stage.title}, and that takes the matter on by itself"
            yield Status(act=act, identity="trigger.dispute", reported=True, **base)
        case Silence.CONSIDER:
            act = f"consider taking the matter beyond {stage.title}, since no answer came in time"
            yield _weighing(ladder, stage, act, base)
        case Silence.DEEMED_ACCEPTED:
            act = f"no answer came in time at {stage.title}, and that counts as acceptance"
            yield Status(act=act, identity="trigger.dispute", reported=True, **base)
        case _:
            act = f"no answer came in time at {stage.title}, and the protocol does not say what follows"
            yield Conflict(act=act, **base)


def _disagreement(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """What follows where a stage ends without agreement."""
    base: dict[str, Any] = {
        "id": f"{ladder.id}.{stage.id}.not-agreed",
        "law": law,
        "trigger": ladder.ended(stage.id, result="not_agreed"),
        "given": (opened_of(ladder),),
        "when": (Present("opened"),),
    }
    match stage.disagreement:
        case Disagreement.ESCALATE:
            act = f"take the matter to a stage after {stage.title}, which did not settle it"
            yield _moving_on(ladder, stage, act, base)
        case Disagreement.CONSIDER:
            act = f"consider taking the matter beyond {stage.title}, which did not settle it"
            yield _weighing(ladder, stage, act, base)


def _moving_on(ladder: Ladder, stage: Stage, act: str, base: dict[str, Any]) -> Duty:
    """Whoever escalates at this stage owes the next step, until the matter is closed."""
    moved = seek("moved", fact("step_taken", stage=ladder.later(stage.id)), "dispute", since="trigger")
    return Duty(
        act=act,
        bearer=stage.escalator,
        joint="either",
        within=stage.escalate_within,
        met_by=(moved,),
        lapses=seek("closed", Pattern(f"{ladder.id}/closed"), "dispute"),
        contact=stage.escalator[0],
        **base,
    )


def _weighing(ladder: Ladder, stage: Stage, act: str, base: dict[str, Any]) -> Duty:
    """Whoever escalates at this stage must consider it, whatever comes of that; a step shows that it was considered."""
    weighed = [fact("decided", about=ladder.topic, by=stage.escalator)]
    if later := ladder.later(stage.id):
        weighed.append(fact("step_taken", stage=later))
    return Duty(
        act=act,
        bearer=stage.escalator,
        joint="either",
        within=stage.escalate_within,
        met_by=tuple(seek(f"weighed_{n}", act_, "dispute", since="trigger") for n, act_ in enumerate(weighed, 1)),
        needs="any",
        lapses=seek("closed", Pattern(f"{ladder.id}/closed"), "dispute"),
        contact=stage.escalator[0],
        **base,
    )


def _of(ladder: Ladder, stage: Stage, what: str) -> Pattern:
    return Pattern(f"{ladder.id}/{stage.id}/{what}")


def _numbered(name: str, n: int) -> str:
    return name if n == 1 else f"{name}.{n}"
