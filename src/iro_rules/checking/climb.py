"""A ladder climbed from a stage to its end: which clock each move and each stay has, and where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from iro_rules.checking.matching import leads_to, limits_a_process, same_happening
from iro_rules.checking.spans import Step, ordinary, step
from iro_rules.checking.subject import Read
from iro_rules.checking.tracing import Root, values
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import Duty
from iro_rules.rulebook.stages import By, Stage
from iro_rules.rulebook.terms import Pattern


@attrs.frozen
class Piece:
    """A part of the climb: a move to a stage or a stay at it, the duty whose clock it has, or None for a gap.

    `beside` pieces run beside the piece before them, from the same event.
    """

    what: str
    rule: str = ""
    longest: Step | None = None
    shortest: Step | None = None
    beside: bool = False

    @property
    def gap(self) -> bool:
        """Whether nothing limits how long it takes."""
        return self.longest is None

    def words(self) -> str:
        """The piece in one line."""
        if self.longest is None or self.shortest is None:
            return f"{self.what}: no clock" + (f" ({self.rule})" if self.rule else "")
        figure = self.longest.words()
        if self.shortest.count != self.longest.count:
            figure = f"{self.shortest.count} to {figure}"
        side = ", from the same event as the one before" if self.beside else ""
        return f"{self.what}: {figure} ({self.rule}){side}"


def entered(read: Read, ladder: Ladder, stage: Stage) -> tuple[Root, ...]:
    """The facts by which a matter reaches a stage; silence is no fact, and is not among them."""
    roots = read.tracer.behind(Pattern(ladder.entered(stage.id).kind))
    return tuple(root for root in roots if not any(kind.endswith("/silent") for kind in root.passed))


def moves_to(read: Read, stage: str) -> tuple[Duty, ...]:
    """The local duties that are met by taking a matter to a stage, and by nothing else."""
    found = []
    for duty in read.local:
        if isinstance(duty, Duty):
            roots = read.tracer.met(duty)
            steps = [root for root in roots if root.pattern.kind == "step_taken"]
            if len(steps) == len(roots) and any(stage in (values(root.pattern, "stage") or ()) for root in steps):
                found.append(duty)
    return tuple(found)


def leaves_by(read: Read, mover: Duty, ladder: Ladder) -> tuple[str, ...]:
    """The stages after whose outcome, or silence, a duty takes a matter on; none where its trigger names no stage."""
    found: dict[str, None] = {}
    for stage in ladder.stages:
        silent = ladder.silent(stage.id).kind
        for root in read.tracer.behind(mover.trigger):
            ended = root.pattern.kind == "outcome" and stage.id in (values(root.pattern, "stage") or ())
            if ended or silent == mover.trigger.kind or silent in root.passed:
                found[stage.id] = None
    return tuple(found)


def moving(read: Read, ladder: Ladder) -> frozenset[str]:
    """The ids of the duties that take a matter to a stage of the ladder."""
    return frozenset(duty.id for stage in ladder.stages for duty in moves_to(read, stage.id))


def stays_at(read: Read, ladder: Ladder, stage: Stage) -> tuple[Duty, ...]:
    """The duties whose clocks a stage lasts: those the ladder lists, its answers, or those with a clock it starts.

    A duty that takes the matter to another stage belongs to that move.
    """
    movers = moving(read, ladder)
    listed = [read.by_id[name] for name in ladder.lasts(stage.id) if name in read.by_id and name not in movers]
    if listed or stage.limit:
        return tuple(duty for duty in listed if isinstance(duty, Duty))
    here = entered(read, ladder, stage)
    own = {rule.id for rule in ladder.rules}
    found: list[Duty] = []
    for duty in read.local:
        if not isinstance(duty, Duty) or duty.id not in own or duty.id in movers or step(duty.within) is None:
            continue
        if limits_a_process(duty, read.tracer):
            continue
        if _starts_at(read.tracer.starts(duty), here) or any(follows(read, earlier, duty) for earlier in found):
            found.append(duty)
    return tuple(found)


def climb(read: Read, ladder: Ladder, first: int = 0) -> tuple[Piece, ...]:
    """Every move and stay from a stage to the last, in the ladder's order; a stage that only reports takes no time."""
    found: list[Piece] = []
    for number in range(first, len(ladder.stages)):
        if number > first:
            found += _move(read, ladder, number)
        if not ladder.stages[number].ends:
            found += _stay(read, ladder, ladder.stages[number])
    return tuple(found)


def _move(read: Read, ladder: Ladder, number: int) -> list[Piece]:
    stage, before = ladder.stages[number], ladder.stages[number - 1].id
    if any(way.by in (By.OUTCOME, By.SILENCE) for way in stage.entered_by) or follows_on(read, ladder, stage):
        return []  # it is reached by itself, when what comes before it is over
    what = f"to {stage.title}"
    movers = moves_to(read, stage.id)
    movers = tuple(duty for duty in movers if before in leaves_by(read, duty, ladder)) or movers
    open_ended = [duty for duty in movers if step(duty.within) is None]
    if open_ended or not movers:
        return [Piece(what, open_ended[0].id if open_ended else "")]
    return [_slowest(what, movers)]


def _slowest(what: str, duties: Sequence[Duty]) -> Piece:
    """Of duties of which one alone is owed, the one with the longest time; a gap where one has none."""
    found: list[Piece] = []
    for duty in duties:
        piece = Piece(what, duty.id, step(duty.within), step(duty.within, longest=False))
        if piece.longest is None:
            return piece
        found.append(piece)
    return max(found, key=lambda piece: ordinary(piece.longest))


def follows_on(read: Read, ladder: Ladder, stage: Stage) -> bool:
    """Whether a clock of a stage starts from what came before the stage, so that no time is needed to reach it."""
    here = f"{ladder.id}/{stage.id}/entered"
    roots = entered(read, ladder, stage)
    return any(
        duty.trigger.kind != here and not _starts_at(read.tracer.starts(duty), roots)
        for duty in stays_at(read, ladder, stage)
    )


def _stay(read: Read, ladder: Ladder, stage: Stage) -> list[Piece]:
    stay, what = stays_at(read, ladder, stage), f"at {stage.title}"
    if not stay:
        return [Piece(what)]
    if stage.answers and not stage.limit:
        return [_slowest(what, stay)]
    found = []
    for number, duty in enumerate(stay):
        beside = number > 0 and not follows(read, stay[number - 1], duty)
        found.append(Piece(what, duty.id, step(duty.within), step(duty.within, longest=False), beside))
    return found


def follows(read: Read, earlier: Duty, later: Duty) -> bool:
    """Whether doing what one duty asks starts the clock of another."""
    starts = read.tracer.starts(later)
    if any(kind == f"{earlier.id}/met" for root in starts for kind in root.passed):
        return True
    return any(leads_to(done.pattern, start.pattern) for done in read.tracer.met(earlier) for start in starts)


def _starts_at(starts: Iterable[Root], here: Iterable[Root]) -> bool:
    return any(same_happening(a.pattern, b.pattern) for a in starts for b in here)


def one_after_another(pieces: Iterable[Piece], *, longest: bool = True) -> tuple[Step, ...]:
    """The figures of the pieces that have one, each waiting for the one before it."""
    found = (piece.longest if longest else piece.shortest for piece in pieces)
    return tuple(one for one in found if one is not None)


def side_by_side(pieces: Iterable[Piece]) -> tuple[Step, ...]:
    """The figures where pieces that start from one event run beside each other: of those in like units the longest."""
    found: list[Step] = []
    for piece in pieces:
        if piece.longest is None:
            continue
        if piece.beside and found and found[-1].unit is piece.longest.unit:
            found[-1] = max(found[-1], piece.longest, key=lambda one: one.count)
        else:
            found.append(piece.longest)
    return tuple(found)
