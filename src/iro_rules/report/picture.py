"""What a drawing of a ladder shows: boxes with lines of text, and arrows between them; not yet how it looks."""

from __future__ import annotations

import attrs

from iro_rules.assessment.words import listed, plain
from iro_rules.checking.check import subject_of
from iro_rules.checking.climb import follows_on, leaves_by, moves_to, moving, stays_at
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.tracing import values
from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol
from iro_rules.report.patterns import pattern_words
from iro_rules.report.rules import clock_of
from iro_rules.rulebook import Duty, Gate, Ladder, Pattern, Power, Silence, Stage
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.stages import By, Entry

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

    def roles(self, roles: tuple[str, ...], last: str = "and") -> str:
        return listed([self.role(role) for role in roles], last)

    def stage(self, stage: Stage) -> Box:
        stay = {duty.id: duty for duty in stays_at(self.read, self.ladder, stage)}
        answers = (self.read.by_id[name] for name in self.ladder.answering(stage.id))
        stay |= {duty.id: duty for duty in answers if isinstance(duty, Duty)}
        lines = [self.duty(duty) for duty in stay.values()]
        if stage.satisfied:
            lines.append(f"settled only once these are satisfied: {self.roles(stage.satisfied)}")
        lines += [f"if it is not settled, {self.duty(duty)}" for duty in self.unsettled(stage)]
        told = [self.duty(duty) for duty in self.notices(stage) if duty.id not in stay]
        if stage.ends:
            return Box(f"stage:{stage.id}", stage.title, (*lines, *told, "the matter ends here: it is only reported"))
        lines = lines or [f"nobody is given a time here: {NO_CLOCK}"]
        return Box(f"stage:{stage.id}", stage.title, (*lines, *told, f"if nobody answers: {self.silence(stage)}"))

    def notices(self, stage: Stage) -> list[Duty]:
        """Who is told, given a form or sent a copy at a stage."""
        named = tuple(f"{self.ladder.id}.{stage.id}.{verb}." for verb in ("tell", "give", "copy"))
        found = (self.read.by_id[rule.id] for rule in self.ladder.expand() if rule.id.startswith(named))
        return [duty for duty in found if isinstance(duty, Duty)]

    def unsettled(self, stage: Stage) -> list[Duty]:
        """What is owed because a stage ended without agreement, and takes the matter to no other stage."""
        lasting = {n for s in self.ladder.stages for n in (*s.limit, *self.ladder.answering(s.id))}
        other = lasting | moving(self.read, self.ladder)
        found = []
        for rule in self.ladder.expand():
            duty = self.read.by_id[rule.id]
            if isinstance(duty, Duty) and duty.id not in other:
                roots = [root.pattern for root in self.read.tracer.behind(duty.trigger)]
                if any(
                    values(p, "result") == frozenset(("not_agreed",)) and stage.id in (values(p, "stage") or ())
                    for p in roots
                ):
                    found.append(duty)
        return found

    def silence(self, stage: Stage) -> str:
        who = self.roles(stage.escalator, "or") if stage.escalator else "by itself"
        match stage.silence:
            case Silence.ESCALATE:
                takes = f"{who} takes it there{self.time(stage, 'silence')}" if stage.escalator else who
                return f"it goes on ({takes})"
            case Silence.CONSIDER:
                return f"{who} must consider taking it further{self.time(stage, 'silence')}"
            case Silence.DEEMED_ACCEPTED:
                return "that counts as acceptance"
            case _:
                return "the protocol does not say what follows"

    def time(self, stage: Stage, what: str) -> str:
        """How long there is for what follows a silence or a disagreement."""
        rule = self.read.by_id.get(f"{self.ladder.id}.{stage.id}.{what}")
        return f", {self.clock(rule)}" if isinstance(rule, Duty) else ""

    def arrows(self) -> list[Arrow]:
        """The ways of entering each stage, then what closes the matter there; silence beside what it does."""
        found: list[Arrow] = []
        for number, stage in enumerate(self.ladder.stages):
            for way in stage.entered_by:
                found += self.into(way, stage, number)
        for stage in self.ladder.stages:
            here = f"stage:{stage.id}"
            if stage.ends:
                found.append(Arrow(here, CLOSED, "reported"))
                continue
            settled = "all are satisfied" if stage.satisfied else listed([plain(r) for r in self.ladder.settled], "or")
            found.append(Arrow(here, CLOSED, settled))
            if stage.silence is Silence.DEEMED_ACCEPTED:
                found.append(Arrow(here, CLOSED, "no answer: counts as acceptance", True))
            elif stage.escalator and self.ladder.later(stage.id) and stage.silence is not Silence.UNSPECIFIED:
                goes = "goes on" if stage.silence is Silence.ESCALATE else "may go on, once considered"
                found.append(Arrow(here, f"stage:{self.ladder.later(stage.id)[0]}", f"no answer: {goes}", True))
        return found

    def into(self, way: Entry, stage: Stage, number: int) -> list[Arrow]:
        """The arrows of one way of reaching a stage."""
        here = f"stage:{stage.id}"
        match way.by:
            case By.OPENING:
                where = (
                    pattern_words(Pattern(self.ladder.opens.kind, way.where), self.subject.book) if way.where else ""
                )
                return [Arrow(OPEN, here, f"opens here, {where}" if where else "opens here")]
            case By.OUTCOME:
                return [Arrow(f"stage:{way.stage}", here, listed([plain(r) for r in way.results], "or"))]
            case By.SILENCE:
                return [Arrow(f"stage:{way.stage}", here, "no answer: goes on by itself", True)]
            case By.ROW:
                return [Arrow(OPEN, here, pattern_words(Pattern(way.kind, way.where), self.subject.book))]
        before = f"stage:{self.ladder.stages[number - 1].id}" if number else OPEN
        if movers := moves_to(self.read, stage.id):
            return [
                Arrow(f"stage:{start}" if start else before, here, self.duty(mover))
                for mover in movers
                for start in leaves_by(self.read, mover, self.ladder) or ("",)
                if start != stage.id
            ]
        if follows_on(self.read, self.ladder, stage):
            return [Arrow(before, here, "follows when that is done")]
        who = self.roles(self.ladder.stages[number - 1].escalator, "or") if number else ""
        return [Arrow(before, here, f"{who or 'whoever takes it there'}: {NO_CLOCK}")]

    def closing(self) -> list[str]:
        """By what else than an outcome the ladder is closed."""
        return [f"also by {pattern_words(pattern, self.subject.book)}" for pattern in self.ladder.closed_by]

    def beside(self) -> tuple[str, ...]:
        """Clocks of the ladder that belong to no stage, and what may or must first be done at any."""
        lines = []
        for rule in self.ladder.expand():
            shown = self.read.by_id[rule.id]
            if isinstance(shown, Duty) and rule.id not in self.told and clock_of(self.subject.book.by_id[rule.id]):
                lines.append(self.duty(shown))
            elif isinstance(shown, Power | Gate):
                may = "may" if isinstance(shown, Power) else "must first"
                lines.append(f"{listed([self.role(r) for r in shown.bearer])} {may}: {shown.act}")
        return tuple(lines)
