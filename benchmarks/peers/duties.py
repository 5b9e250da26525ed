"""The nine duties as a rulebook of this library: the national ones, owed from plain facts and never lapsing."""

from __future__ import annotations

from typing import Any

import attrs

from benchmarks.peers.work import BEFORE, FIRST, IRO, LATER, SECOND
from iro_rules.national import rulebook as national_rulebook
from iro_rules.national.shared import EVER, REVIEWING
from iro_rules.rulebook import Absent, Present, Rulebook, Status, fact, seek
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Lookup, Pattern

_STARTED, _HELD = fact("became_looked_after"), fact("review_held")
_FIRST, _LATER = Pattern("peers.first-held"), Pattern("peers.later-held")


def nine_duties() -> Rulebook:
    """Their law, numbers and words are those of the national rules; what triggers and meets them is said here."""
    next_one = seek("review", _HELD, "period", after="trigger")
    duties = [
        _owed(IRO, _STARTED, seek("appointment", fact("appointed", role="iro"), "period")),
        _owed(FIRST, _STARTED, seek("review", _HELD, "period", since="trigger")),
        _owed(SECOND, _FIRST, next_one),
        _owed(LATER, _LATER, next_one),
    ]
    for duty in BEFORE:
        fields = {"document": duty.document, "about": duty.about}
        done = fact(duty.kind, **{name: value for name, value in fields.items() if value})
        duties.append(_owed(duty.rule, _HELD, seek("done", done, "review")))
    return Rulebook(name="nine-duties", parts=(*_statuses(), *duties))


def _owed(rule: str, trigger: Pattern, done: Lookup) -> AnyRule:
    found: Any = national_rulebook().by_id[rule]
    plain: dict[str, Any] = {"given": (), "lapses": None, "lapses_late": False, "needs": "all"}
    duty: AnyRule = attrs.evolve(found, trigger=trigger, met_by=(done,), **plain)
    return duty


def _statuses() -> tuple[AnyRule, ...]:
    law = attrs.evolve(REVIEWING, start=EVER)
    earlier = seek("earlier", _HELD, "period", before="trigger")
    return tuple(
        Status(id=kind.kind, law=law, act=act, trigger=_HELD, given=(earlier,), when=(condition("earlier"),))
        for kind, act, condition in (
            (_FIRST, "this was the first review", Absent),
            (_LATER, "this was the second or a later review", Present),
        )
    )
