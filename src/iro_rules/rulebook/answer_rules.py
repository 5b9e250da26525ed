"""Answers and notices of a ladder's stages turned into duties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iro_rules.rulebook.answers import Answer, Notice
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.rules import AnyRule, Duty, Status
from iro_rules.rulebook.stages import Stage
from iro_rules.rulebook.terms import KNOWN, UNKNOWN, Lookup, Pattern, Present, Test, fact, seek


def opened_of(ladder: Ladder, where: tuple[Test, ...] = ()) -> Lookup:
    """The opening of the matter in hand, if it has these fields."""
    return seek("opened", Pattern(f"{ladder.id}/opened", where), "dispute")


def answer_rules(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """The duties to answer at a stage, and when somebody else may answer for whoever must."""
    for answer, duty in zip(stage.answers, ladder.answering(stage.id), strict=False):
        here = answer.law or law
        if answer.stand_ins:
            yield from _standing_in(ladder, stage, answer, duty, here)
        yield Duty(
            id=duty,
            law=here,
            act=answer.act or f"answer at the stage: {stage.title}",
            bearer=answer.by,
            joint=answer.joint,
            to=answer.to,
            trigger=Pattern(f"{ladder.id}/{stage.id}/entered", answer.only),
            given=(answer.clock_from,) if answer.clock_from else (),
            anchor=answer.clock_from.name if answer.clock_from else "trigger",
            within=answer.within,
            met_by=_given_by(ladder, answer, duty),
            needs="all" if answer.joint == "both" else "any",
            lapses=seek("left", Pattern(f"{ladder.id}/{stage.id}/left"), "dispute", since="trigger"),
            contact=answer.by[0],
        )


def _told(ladder: Ladder, answer: Answer, by: tuple[str, ...]) -> Pattern:
    return fact("told", by=by, to=answer.to, about=answer.about or ladder.topic)


def _given_by(ladder: Ladder, answer: Answer, duty: str) -> tuple[Lookup, ...]:
    """The facts by which an answer is given."""
    if answer.joint == "both":
        each = ((f"answer_{role}", _told(ladder, answer, (role,))) for role in answer.by)
        return tuple(seek(name, pattern, "dispute", since="trigger") for name, pattern in each)
    own = seek("answer", _told(ladder, answer, answer.by), "dispute", since="trigger")
    if not answer.stand_ins:
        return (own,)
    return (own, seek("stood_in", Pattern(f"{duty}/stood-in"), "dispute", since="trigger"))


def _standing_in(ladder: Ladder, stage: Stage, answer: Answer, duty: str, law: Law) -> Iterator[AnyRule]:
    """Answers of those who stand in, given while whoever must answer was recorded as unavailable."""
    (role,) = answer.by
    # A row on the last day of each absence that has one: then a look-up can ask whether that day had not passed.
    yield Status(
        id=f"{duty}/back-after",
        law=law,
        act="the last day of an absence",
        trigger=fact("unavailable", role=role, until=KNOWN),
        moment="trigger.until",
    )
    away = seek("away", fact("unavailable", role=role, until=UNKNOWN), until="trigger")
    dated = seek("away", fact("unavailable", role=role, until=KNOWN), until="trigger", pick="last")
    still = seek("still", Pattern(f"{duty}/back-after"), on={"until": "away.until"}, since="trigger")
    base: dict[str, Any] = {
        "law": law,
        "act": f"somebody stood in at the stage: {stage.title}",
        "trigger": _told(ladder, answer, answer.stand_ins),
        "kind": f"{duty}/stood-in",
    }
    yield Status(id=f"{duty}/stood-in", given=(away,), when=(Present("away"),), **base)
    yield Status(id=f"{duty}/stood-in.2", given=(dated, still), when=(Present("still"),), **base)


def notice_rules(ladder: Ladder, stage: Stage, law: Law) -> Iterator[AnyRule]:
    """A duty for each person who must be told, given a form or sent a copy at a stage."""
    for notice in stage.notices:
        named = f".{notice.name}" if notice.name else ""
        for role in notice.to:
            verb = "give" if notice.document else "tell"
            told = (_notified(ladder, notice, role),)
            yield _notice(ladder, stage, notice, f"{verb}.{role}{named}", role, told, notice.law or law)
        for role in notice.copies:
            copied = (Test("cc", "has", role),)
            copied_in = tuple(
                seek(f"copied_{to}", _with(_notified(ladder, notice, to).pattern, copied), "dispute", since="trigger")
                for to in notice.to
            )
            copied_or_told = (*copied_in, _notified(ladder, notice, role))
            yield _notice(ladder, stage, notice, f"copy.{role}{named}", role, copied_or_told, notice.law or law)


def _notice(
    ladder: Ladder, stage: Stage, notice: Notice, name: str, role: str, found: tuple[Lookup, ...], law: Law
) -> Duty:
    """One duty to tell or to give."""
    trigger, given = _occasion(ladder, stage, notice)
    what = "give the form for" if notice.document else "send a copy of the notice of" if len(found) > 1 else "tell of"
    return Duty(
        id=f"{ladder.id}.{stage.id}.{name}",
        law=law,
        act=notice.act or f"{what} {ladder.title} at the stage: {stage.title}",
        bearer=notice.by,
        to=role,
        trigger=trigger,
        given=given,
        when=tuple(Present(lookup.name) for lookup in given),
        within=notice.within,
        met_by=found,
        needs="any",
        contact=role,
    )


def _occasion(ladder: Ladder, stage: Stage, notice: Notice) -> tuple[Pattern, tuple[Lookup, ...]]:
    """What makes a notice owed, and what must be so of the opening."""
    match notice.at:
        case ("entry",):
            return Pattern(f"{ladder.id}/{stage.id}/entered", notice.only), ()
        case ("silence",):
            return ladder.silent(stage.id), (opened_of(ladder, notice.only),)
        case results:
            return ladder.ended(stage.id, result=results), (opened_of(ladder, notice.only),)


def _notified(ladder: Ladder, notice: Notice, role: str) -> Lookup:
    """The fact by which one person was told, or given the document."""
    if notice.document:
        pattern = fact("provided", document=notice.document, by=notice.by, to=role)
    else:
        pattern = fact("told", by=notice.by, to=role, about=notice.about or ladder.topic)
    return seek("notice", pattern, "dispute", since="trigger")


def _with(pattern: Pattern, more: tuple[Test, ...]) -> Pattern:
    return Pattern(pattern.kind, (*pattern.where, *more))
