"""The kinds of rules, as frozen values. Each becomes one or more core productions and nothing else.

Rules are built by name (`Duty(id=..., law=..., ...)`), never subclassed.
"""

from __future__ import annotations

from typing import Any, final

import attrs

from iro_rules.clock.timescale import Clock, Number, Timescale, Unit
from iro_rules.facts.kinds import RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook.core import Derive, Judge, Owe, Production
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.terms import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Condition,
    Lookup,
    Pattern,
    Present,
    Standing,
    fact,
    seek,
)


def _named(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else tuple(value)
    return tuple(str(name) for name in names)


def _role(value: Any) -> str | None:
    return None if value is None else str(value)


@attrs.frozen(kw_only=True)
class Rule:
    """What every rule says of itself: a sayable id, its law, and the act in plain words.

    `bearer` is who must act (several with `joint` "both" or "either"), `to` whom they owe it; `rests_on`
    adds interpretations that no field of the rule depends on by itself.
    """

    id: str
    law: Law
    act: str
    bearer: tuple[str, ...] = attrs.field(default=(), converter=_named)
    joint: str = "both"
    to: tuple[str, ...] = attrs.field(default=(), converter=_named)
    note: str = ""
    rests_on: tuple[Interpretation, ...] = ()

    def common(self) -> dict[str, Any]:
        """What all its productions share: the rule's id and the trigger days for which it is in force."""
        end = {} if self.law.end is None else {"end": self.law.end.toordinal()}
        return {"rule": self.id, "start": self.law.start.toordinal(), **end}


@final
@attrs.frozen(kw_only=True)
class Status(Rule):
    """A derived fact: each trigger for which `when` holds gives a row of `kind` (the rule's id by default).

    `shift` dates it so long after (or before) the row or date that `moment` names, as a birthday is. A
    constitutive status (`reported`) is also a finding; one that is `running` tells of a duty without an end, which no
    act can discharge.
    """

    trigger: Pattern
    given: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()
    kind: str = ""
    identity: str = "trigger"
    moment: str = "trigger"
    shift: Clock | None = None
    keep: tuple[tuple[str, str], ...] = ()
    reported: bool = False
    running: bool = False

    def productions(self) -> tuple[Production, ...]:
        """One derivation, and one judgement where it is reported."""
        base: dict[str, Any] = {
            "trigger": self.trigger, "lookups": self.given, "when": self.when, **self.common()
        }  # fmt: skip
        derived = Derive(
            kind=self.kind or self.id,
            identity=self.identity,
            moment=self.moment,
            shift=self.shift,
            keep=self.keep,
            **base,
        )
        return (derived, Judge(verdicts=(((), Standing.HOLDS),), **base)) if self.reported else (derived,)


@final
@attrs.frozen(kw_only=True)
class Duty(Rule):
    """When a trigger holds, a bearer owes an act by a timescale; `met_by` are the facts that discharge it.

    `needs` is "all" or "any" of `met_by`; `lapses` is a fact after which the act is no longer owed, if it
    comes before the deadline, or with `lapses_late` also after it; `anchor` is the path the timescale runs from;
    `contact` is a role.
    """

    trigger: Pattern
    given: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()
    anchor: str = "trigger"
    within: Timescale | None = None
    met_by: tuple[Lookup, ...]
    needs: str = "all"
    lapses: Lookup | None = None
    lapses_late: bool = False
    contact: str | None = attrs.field(default=None, converter=_role)

    def productions(self) -> tuple[Production, ...]:
        """One obligation."""
        return (
            Owe(
                trigger=self.trigger,
                lookups=(*self.given, *self.met_by, *((self.lapses,) if self.lapses else ())),
                when=self.when,
                anchor=self.anchor,
                within=self.within,
                done=tuple(lookup.name for lookup in self.met_by),
                needs=self.needs,
                lapse=self.lapses.name if self.lapses else None,
                lapse_late=self.lapses_late,
                contact=self.contact,
                **self.common(),
            ),
        )


@final
@attrs.frozen(kw_only=True)
class Power(Rule):
    """What somebody may do now; with `permission`, only once that has been found."""

    trigger: Pattern
    given: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()
    permission: Lookup | None = None
    contact: str | None = attrs.field(default=None, converter=_role)

    def productions(self) -> tuple[Production, ...]:
        """One judgement: available, or available after permission."""
        gate = self.permission
        return (
            Judge(
                trigger=self.trigger,
                lookups=(*self.given, *((gate,) if gate else ())),
                when=self.when,
                verdicts=(((Present(gate.name),) if gate else (), Standing.AVAILABLE),),
                otherwise=Standing.AFTER_PERMISSION,
                contact=self.contact,
                **self.common(),
            ),
        )


@final
@attrs.frozen(kw_only=True)
class Gate(Rule):
    """An act (the trigger) is proper only after `first` has been found; otherwise the gate is breached.

    Each of `unless` is an exception that, where it is found, excuses a breach.
    """

    trigger: Pattern
    given: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()
    first: tuple[Lookup, ...]
    unless: tuple[Lookup, ...] = ()
    contact: str | None = attrs.field(default=None, converter=_role)

    def productions(self) -> tuple[Production, ...]:
        """One judgement: kept, excused or breached."""
        kept = (tuple(Present(lookup.name) for lookup in self.first), str(Standing.KEPT))
        excused = (((Present(lookup.name),), str(Standing.EXCUSED)) for lookup in self.unless)
        return (
            Judge(
                trigger=self.trigger,
                lookups=(*self.given, *self.first, *self.unless),
                when=self.when,
                verdicts=(kept, *excused),
                otherwise=Standing.BREACHED,
                contact=self.contact,
                **self.common(),
            ),
        )


@final
@attrs.frozen(kw_only=True)
class Constraint(Rule):
    """Two related cases must have the same person (`same`) or different persons in a role.

    It is judged for as long as this child is looked after: of the other case only who had the role is known.
    The exceptions are facts of this case that excuse a breach.
    """

    relation: str
    role: str
    same: bool
    unless: tuple[Lookup, ...] = ()

    def productions(self) -> tuple[Production, ...]:
        """Who is in the role now, here and in the other case, and one judgement between the two."""
        here, there = f"{self.id}/here", f"{self.id}/there"
        kept = Compare("here.person", "eq" if self.same else "ne", "there.person")
        excused = tuple(((Present(lookup.name),), str(Standing.EXCUSED)) for lookup in self.unless)
        return (
            self._current(
                here, "appointed", "ended", (), seek("left_care", fact("ceased_to_be_looked_after"), "period")
            ),
            self._current(there, RELATED_APPOINTED, RELATED_ENDED, ("child",)),
            Judge(
                trigger=fact("related", relation=self.relation),
                lookups=(
                    seek("case", fact(RELATED_CASE), "child"),
                    seek("here", Pattern(here), pick="last"),
                    seek("there", Pattern(there), "child", pick="last"),
                    *self.unless,
                ),
                when=(Present("case"), Present("here"), Present("there")),
                verdicts=(((kept,), Standing.KEPT), *excused),
                otherwise=Standing.BREACHED,
                **self.common(),
            ),
        )

    def _current(self, kind: str, appointed: str, ended: str, same: tuple[str, ...], *over: Lookup) -> Derive:
        left = seek("left", fact(ended, role=self.role), "person", *same, since="trigger")
        return Derive(
            rule=self.id,
            trigger=fact(appointed, role=self.role),
            lookups=(left, *over),
            when=(Absent("left"), *(Absent(lookup.name) for lookup in over)),
            kind=kind,
        )


EVIDENCE = Interpretation(
    "service.evidence.fresh",
    "For how long does a record show that an arrangement of the authority is still in place?",
    (
        ("yearly", "for a year from the day it began or was last checked"),
        ("until_ended", "until it is recorded to have ended, however long ago it was last seen"),
    ),
    "yearly",
    "No source gives a time: this library sets one. Each year's report is when an authority looks at its arrangements.",
)

YEARLY = by_reading(EVIDENCE, yearly=Clock(Number("service.evidence.for", 1), Unit.YEARS), until_ended=None)


@final
@attrs.frozen(kw_only=True)
class StandingDuty(Rule):
    """An arrangement an authority must have in place: found and not ended on the day asked about.

    `evidence` is how long a record of it is good for, from the day it began or was last checked; after that it
    is stale (None: never). `shown_by` says in words what would show it.
    """

    arrangement: str
    shown_by: str = ""
    evidence: Clock | None = YEARLY
    contact: str | None = attrs.field(default=None, converter=_role)

    def productions(self) -> tuple[Production, ...]:
        """One judgement: in place, stale or not in place."""
        return (*self._current(), *self._fresh(), self._judged())

    def _current(self) -> tuple[Production, ...]:
        """The arrangements that have not ended."""
        base: dict[str, Any] = {"rule": self.id, "kind": f"{self.id}/current"}
        return (
            Derive(trigger=fact("arrangement", name=self.arrangement, until=UNKNOWN), **base),
            Derive(
                trigger=fact("arrangement", name=self.arrangement, until=KNOWN),
                when=(Compare("trigger.until", "ge", "as_of.day"),),
                **base,
            ),
        )

    def _fresh(self) -> tuple[Production, ...]:
        """Each of them on the last day for which its beginning, or its last check, is good."""
        if self.evidence is None:
            return ()
        base: dict[str, Any] = {"rule": self.id, "trigger": Pattern(f"{self.id}/current"), "shift": self.evidence}
        return (
            Derive(kind=f"{self.id}/begun", **base),
            Derive(kind=f"{self.id}/checked", moment="trigger.checked", **base),
        )

    def _judged(self) -> Production:
        found: list[Lookup] = [seek("arrangement", Pattern(f"{self.id}/current"), pick="last")]
        verdicts: list[tuple[tuple[Condition, ...], str]] = []
        for evidence in ("begun", "checked") if self.evidence is not None else ():
            found.append(seek(evidence, Pattern(f"{self.id}/{evidence}"), since="as_of", pick="last"))
            verdicts.append(((Present(evidence),), Standing.IN_PLACE))
        verdicts.append(((Present("arrangement"),), Standing.IN_PLACE if self.evidence is None else Standing.STALE))
        return Judge(
            trigger=fact("records_begin"),
            lookups=tuple(found),
            verdicts=tuple(verdicts),
            otherwise=Standing.NOT_IN_PLACE,
            contact=self.contact,
            **self.common(),
        )


@final
@attrs.frozen(kw_only=True)
class Conflict(Rule):
    """Something in the facts that cannot be right together, or that the rules leave without an answer."""

    trigger: Pattern
    given: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()

    def productions(self) -> tuple[Production, ...]:
        """One judgement."""
        return (
            Judge(
                trigger=self.trigger,
                lookups=self.given,
                when=self.when,
                verdicts=(((), Standing.CONFLICT),),
                **self.common(),
            ),
        )


AnyRule = Status | Duty | Power | Gate | Constraint | StandingDuty | Conflict
