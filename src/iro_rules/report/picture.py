"""What a drawing of a ladder shows: boxes with lines of text, and arrows between them; not yet how it looks."""

from __future__ import annotations

import attrs

from iro_rules.assessment.words import listed, plain
from iro_rules.checking.check import subject_of
from iro_rules.checking.climb import entered, follows_on, moves_to, stays_at
from iro_rules.checking.matching import values
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import Root
from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol
from iro_rules.report.patterns import pattern_words
from iro_rules.report.rules import clock_of
from iro_rules.rulebook import Duty, Gate, Ladder, Power, Silence, Stage
from iro_rules.rulebook.rules import AnyRule

OPEN, CLOSED, BESIDE = "open", "closed", "beside"
"""The boxes that are no stages: where a matter begins, where it ends, and what holds at any stage."""

NO_CLOCK = "no clock"


@attrs.frozen
class Box:
    """A box: a name of its own, a title, and lines beneath it."""

    id: str
    title: str
    lines: tuple[str, ...] = ()


@attrs.frozen
class Arrow:
    """An arrow from one box to another with what it says; `silent` ones are what silence does."""

    start: str
    end: str
    words: str
    silent: bool = False


@attrs.frozen
class Picture:
    """A ladder as boxes and arrows, in order, with a title and a description for those who do not see it."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def description(self) -> str:
        """The whole picture in sentences."""
        names = {box.id: box.title for box in self.boxes}
        told = [f"{box.title}: {'; '.join(box.lines)}." if box.lines else f"{box.title}." for box in self.boxes]
        told += [f"From {names[a.start]} to {names[a.end]}: {a.words}." for a in self.arrows]
        return " ".join(told)


def pictures_of(protocol: Protocol, ladder: str | None = None) -> dict[str, Picture]:
    """The pictures of a protocol's ladders, or of one of them, by the ladders' ids.

    Raises ProtocolError where the protocol has no ladder, or none of that id.
    """
    subject = subject_of(protocol)
    ids = [found.id for found in subject.ladders]
    chosen = ids if ladder is None else [ladder]
    if not ids or not set(chosen) <= set(ids):
        raise ProtocolError(
            "there is no such ladder" if ids else "the protocol has no ladder to draw",
            where=f"protocol {protocol.name}",
            value=ladder,
            right=f"one of {', '.join(ids)}" if ids else "",
        )
    return {found.id: picture_of(subject, found) for found in subject.ladders if found.id in chosen}


def picture_of(subject: Subject, ladder: Ladder) -> Picture:
    """The picture of a ladder under the default readings; clocks are told with every reading of theirs."""
    return _Drawing(subject, ladder).picture()


class _Drawing:
    def __init__(self, subject: Subject, ladder: Ladder) -> None:
        self.subject, self.ladder = subject, ladder
        self.read: Read = subject.default
        self.titles = {contact.role: contact.title for contact in subject.book.contacts}
        self.told: set[str] = set()

    def picture(self) -> Picture:
        stages = [self.stage(stage) for stage in self.ladder.stages]
        arrows = self.arrows()
        beside = self.beside()
        opening = pattern_words(self.ladder.opens, self.subject.book)
        return Picture(
            title=f"{self.subject.protocol.title}: {self.ladder.title}",
            boxes=(
                Box(OPEN, f"{self.ladder.title} is opened by {opening}"),
                *stages,
                Box(CLOSED, f"{self.ladder.title} is closed", tuple(self.closing())),
                *([Box(BESIDE, "at any stage", beside)] if beside else []),
            ),
            arrows=tuple(dict.fromkeys(arrows)),
        )

    def role(self, role: str) -> str:
        return self.titles.get(role, plain(role))

    def clock(self, rule: AnyRule) -> str:
        self.told.add(rule.id)
        return clock_of(self.subject.book.by_id[rule.id]) or NO_CLOCK

    def duty(self, duty: AnyRule) -> str:
        who = listed([self.role(r) for r in duty.bearer], "or" if duty.joint == "either" else "and")
        return f"{who}: {duty.act}: {self.clock(duty)}"

    def stage(self, stage: Stage) -> Box:
        stay = {duty.id: duty for duty in stays_at(self.read, self.ladder, stage)}
        if stage.answered_by in self.read.by_id:
            stay.setdefault(stage.answered_by, self.read.by_id[stage.answered_by])  # type: ignore[arg-type]
        lines = [self.duty(duty) for duty in stay.values()] or [f"nobody is given a time here: {NO_CLOCK}"]
        after = [f"if it is not settled, {self.duty(duty)}" for duty in self.unsettled(stage)]
        return Box(f"stage:{stage.id}", stage.title, (*lines, *after, f"if nobody answers: {self.silence(stage)}"))

    def unsettled(self, stage: Stage) -> list[Duty]:
        """What is owed because a stage ended without agreement, and takes the matter to no other stage."""
        listed_ = {name for other in self.ladder.stages for name in (*other.limit, other.answered_by)}
        moving = {duty.id for other in self.ladder.stages for duty in moves_to(self.read, other.id)}
        found = []
        for rule in self.ladder.rules:
            duty = self.read.by_id[rule.id]
            if isinstance(duty, Duty) and duty.id not in listed_ | moving:
                roots = [root.pattern for root in self.read.tracer.behind(duty.trigger)]
                if any(
                    values(p, "result") == frozenset(("not_agreed",)) and stage.id in (values(p, "stage") or ())
                    for p in roots
                ):
                    found.append(duty)
        return found

    def silence(self, stage: Stage) -> str:
        who = self.role(stage.escalator) if stage.escalator else "nobody named"
        match stage.silence:
            case Silence.ESCALATE:
                return f"it goes on to the next stage ({who} takes it there)"
            case Silence.CONSIDER:
                return f"{who} must consider taking it further"
            case Silence.DEEMED_ACCEPTED:
                return "that counts as acceptance"
            case _:
                return "the protocol does not say what follows"

    def arrows(self) -> list[Arrow]:
        found: list[Arrow] = []
        for number, stage in enumerate(self.ladder.stages):
            here = f"stage:{stage.id}"
            for root in entered(self.read, self.ladder, stage):
                found += self.into(root, stage, number)
            found.append(Arrow(here, CLOSED, listed([plain(result) for result in self.ladder.settled], "or")))
            following = self.ladder.stages[number + 1].id if number + 1 < len(self.ladder.stages) else ""
            if stage.silence is Silence.DEEMED_ACCEPTED:
                found.append(Arrow(here, CLOSED, "no answer: counts as acceptance", True))
            elif following and stage.silence is Silence.ESCALATE:
                found.append(Arrow(here, f"stage:{following}", "no answer: goes on", True))
            elif following and stage.silence is Silence.CONSIDER:
                found.append(Arrow(here, f"stage:{following}", "no answer: may go on, once considered", True))
        return found

    def into(self, root: Root, stage: Stage, number: int) -> list[Arrow]:
        """The arrows by which a matter reaches a stage through one kind of fact."""
        here, pattern = f"stage:{stage.id}", root.pattern
        if pattern.kind == "outcome":
            result = listed(sorted(plain(r) for r in values(pattern, "result") or ())) or "ended"
            return [Arrow(f"stage:{s}", here, result) for s in self.known(values(pattern, "stage"))]
        if pattern.kind != "step_taken":
            return [Arrow(OPEN, here, "opens here")]
        before = f"stage:{self.ladder.stages[number - 1].id}" if number else OPEN
        movers = moves_to(self.read, stage.id)
        if not movers and follows_on(self.read, self.ladder, stage):
            return [Arrow(before, here, "follows when that is done")]
        if not movers:
            who = self.ladder.stages[number - 1].escalator if number else ""
            return [Arrow(before, here, f"{self.role(who) if who else 'whoever takes it there'}: {NO_CLOCK}")]
        return [Arrow(start, here, self.duty(mover)) for mover in movers for start in self.sources(mover) or [before]]

    def sources(self, mover: Duty) -> list[str]:
        """The stages after whose outcome a duty takes the matter on."""
        found: dict[str, None] = {}
        for root in self.read.tracer.behind(mover.trigger):
            if root.pattern.kind == "outcome":
                found |= dict.fromkeys(f"stage:{s}" for s in self.known(values(root.pattern, "stage")))
        return list(found)

    def known(self, stages: frozenset[str] | None) -> list[str]:
        return [stage.id for stage in self.ladder.stages if stages is None or stage.id in stages]

    def closing(self) -> list[str]:
        """By what else than an outcome the ladder is closed."""
        return [f"also by {pattern_words(pattern, self.subject.book)}" for pattern in self.ladder.closed_by]

    def beside(self) -> tuple[str, ...]:
        """Clocks of the ladder that belong to no stage, and what may or must first be done at any."""
        lines = []
        for rule in self.ladder.rules:
            shown = self.read.by_id[rule.id]
            if isinstance(shown, Duty) and rule.id not in self.told and clock_of(self.subject.book.by_id[rule.id]):
                lines.append(self.duty(shown))
            elif isinstance(shown, Power | Gate):
                may = "may" if isinstance(shown, Power) else "must first"
                lines.append(f"{listed([self.role(r) for r in shown.bearer])} {may}: {shown.act}")
        return tuple(lines)
