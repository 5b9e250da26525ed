"""The stages of ladders: what silence does at each, and whether anything leads there."""

from __future__ import annotations

from collections.abc import Iterator

from iro_rules.checking.climb import follows_on, moves_to
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.subject import Read, Subject
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.stages import By, Silence, Stage


def stage_findings(subject: Subject) -> Iterator[Finding]:
    """Silence left unspecified, and stages that nothing leads to."""
    for ladder in subject.ladders:
        reached = reachable(subject.default, ladder)
        for stage in ladder.stages:
            if stage.silence is Silence.UNSPECIFIED and not stage.ends:
                yield _silent(ladder, stage)
            if stage.id not in reached:
                yield Finding(
                    kind=Kind.UNREACHABLE_STAGE,
                    about=f"{ladder.id}/{stage.id}",
                    rules=(),
                    sentence=f"no duty, no outcome of an earlier stage and no silence leads to {stage.title}",
                )


def _silent(ladder: Ladder, stage: Stage) -> Finding:
    answering = ladder.answering(stage.id)
    if answering:
        said = f"when no answer comes in time at {stage.title}, the protocol does not say what follows"
    else:
        said = f"nobody is obliged to answer at {stage.title}, and what follows from silence is not said"
    return Finding(kind=Kind.SILENCE_UNSPECIFIED, about=f"{ladder.id}/{stage.id}", rules=answering, sentence=said)


def reachable(read: Read, ladder: Ladder) -> frozenset[str]:
    """The stages that the opening, an outcome, a duty, or silence leads to, beginning from the opening."""
    reached: set[str] = set()
    while True:
        more = {s.id for n, s in enumerate(ladder.stages) if s.id not in reached and _leads(read, ladder, n, reached)}
        if not more:
            return frozenset(reached)
        reached |= more


def _leads(read: Read, ladder: Ladder, number: int, reached: set[str]) -> bool:
    stage = ladder.stages[number]
    for way in stage.entered_by:
        match way.by:
            case By.OPENING | By.ROW:
                return True
            case By.OUTCOME | By.SILENCE if way.stage in reached:
                return True
            case By.STEP if moves_to(read, stage.id):
                return True
    before = ladder.stages[number - 1] if number else None
    if before is None or before.id not in reached:
        return False
    return bool(before.escalator) or follows_on(read, ladder, stage)
