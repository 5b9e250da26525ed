"""Where a matter starts on a ladder whose stages are for some openings only: at one stage, at several, or at none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import attrs

from iro_rules.assessment.words import listed
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.subject import Subject
from iro_rules.facts.kinds import FIELDS, KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import Conflict
from iro_rules.rulebook.stages import By
from iro_rules.rulebook.terms import Pattern, Test

PLAIN = ("eq", "in", "known", "unknown")
"""The tests whose cases can be counted out."""

MOST = 4096
"""The most combinations of values that are tried; no ladder that a person can follow has as many."""

Opening = Mapping[str, str | None]
"""One way a matter can be opened: the fields that the ladder's stages ask about, None where one is not recorded."""


def start_findings(subject: Subject) -> Iterator[Finding]:
    """Openings that lead to no stage, and those that lead to several at once."""
    for ladder in subject.ladders:
        tests = [
            (stage.title, way.where) for stage in ladder.stages for way in stage.entered_by if way.by is By.OPENING
        ]
        asked = sorted({test.field for _, where in tests for test in where})
        told = [rule.trigger for rule in subject.default.local if isinstance(rule, Conflict)]
        if not tests or not _countable(ladder.opens.where, *(where for _, where in tests)):
            continue
        nowhere: list[str] = []
        several: list[str] = []
        for opened in _openings(subject, ladder, asked, [where for _, where in tests]):
            stages = list(dict.fromkeys(title for title, where in tests if _fits(where, opened)))
            if not stages and not any(_speaks(pattern, ladder, opened) for pattern in told):
                nowhere.append(_said(opened))
            elif len(stages) > 1:
                several.append(f"{_said(opened)}: {listed(stages)}")
        for kind, found, what in (
            (Kind.NO_START, nowhere, "starts at no stage"),
            (Kind.SEVERAL_STARTS, several, "starts at several stages at once"),
        ):
            if found:
                yield Finding(
                    kind=kind,
                    about=ladder.id,
                    rules=(),
                    sentence=f"{ladder.title} {what} in some cases: {'; '.join(found)}",
                    rows=ladder.law.rows,
                )


def _countable(*wheres: tuple[Test, ...]) -> bool:
    return all(test.op in PLAIN for where in wheres for test in where)


def _openings(subject: Subject, ladder: Ladder, asked: list[str], wheres: list[tuple[Test, ...]]) -> Iterator[Opening]:
    """Every combination of the values that count for the fields asked about, as far as it opens the ladder."""
    values = [_values(subject, ladder, field, [ladder.opens.where, *wheres]) for field in asked]
    count = 1
    for one in values:
        count *= len(one)
    if count > MOST:
        return
    opens = tuple(test for test in ladder.opens.where if test.field in asked)
    for chosen in product(*values):
        opened = dict(zip(asked, chosen, strict=True))
        if _fits(opens, opened):
            yield opened


def _values(subject: Subject, ladder: Ladder, field: str, wheres: list[tuple[Test, ...]]) -> list[str | None]:
    """The values of a field that count: those named, for the severity all there are, and none where it may lack."""
    found = {str(value) for where in wheres for test in where if test.field == field for value in _named(test)}
    if FIELDS.get(field) == "term:severity":
        own = [terms for name, terms in subject.protocol.vocabulary if name == "severity"]
        found |= {term.value for terms in own or [VOCABULARIES["severity"]] for term in terms}
    return [*sorted(found), *([None] if _may_lack(ladder.opens.kind, field) else [])]


def _named(test: Test) -> tuple[object, ...]:
    return test.value if test.op == "in" else (test.value,) if test.op == "eq" else ()


def _may_lack(kind: str, field: str) -> bool:
    """Whether a recorded fact of the kind may lack the field; of what rules make, nothing is said here."""
    attribute = {a.name: a for a in attrs.fields(KINDS[kind])}.get(field) if kind in KINDS else None
    return attribute is not None and attribute.default is None


def _fits(where: tuple[Test, ...], opened: Opening) -> bool:
    return all(_holds(test, opened[test.field]) for test in where)


def _holds(test: Test, value: str | None) -> bool:
    match test.op:
        case "known":
            return value is not None
        case "unknown":
            return value is None
        case _:
            return value is not None and value in map(str, _named(test))


def _speaks(pattern: Pattern, ladder: Ladder, opened: Opening) -> bool:
    """Whether a conflict of the protocol says that it cannot be told where such a matter starts."""
    own = [test for test in pattern.where if test.field in opened]
    known = pattern.kind in (ladder.opens.kind, ladder.open().kind, f"{ladder.id}/opened")
    return known and bool(own) and _countable(tuple(own)) and _fits(tuple(own), opened)


def _said(opened: Opening) -> str:
    """An opening in words: `severity medium`, `owner not recorded`."""
    return listed([f"{field} {'not recorded' if value is None else value}" for field, value in opened.items()])
