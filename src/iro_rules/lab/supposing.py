"""Hypothetical cases: the same case with facts added, taken away, moved or changed, and what that changes and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, final

import attrs
import polars as pl

from iro_rules.assessment import Assessment, Changes, Finding, Setting, assess, setting
from iro_rules.assessment.assessing import check_cases
from iro_rules.assessment.words import tell
from iro_rules.errors import CaseError, nearest
from iro_rules.facts import Case, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.lab.frames import due_day
from iro_rules.protocols import Protocol
from iro_rules.rulebook import Rulebook


@final
@attrs.frozen
class Edit:
    """One thing done to a case: a fact added, taken away, moved to another day, or changed in a field.

    `before` and `after` are the fact as it was and as it is supposed to be; one of them may be None.
    """

    what: str
    fact: str
    before: Fact | None
    after: Fact | None


@final
@attrs.frozen(kw_only=True)
class WhatIf:
    """A case as it is and as it might be, judged on one day under the same rules.

    `because` gives for each finding that changes the ids of the facts whose editing changes it: those without
    which it would stand as before, or all of them where no single one decides.
    """

    edits: tuple[Edit, ...]
    before: Assessment
    after: Assessment
    changes: Changes
    because: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def frame(self) -> pl.DataFrame:
        """One row for each finding that appears, goes or stands differently: before, after, and the facts behind it."""
        schema = {
            "finding": pl.String, "rule": pl.String, "act": pl.String, "change": pl.String,
            "standing_before": pl.String, "standing_after": pl.String, "due_before": pl.Date, "due_after": pl.Date,
            "because": pl.String,
        }  # fmt: skip
        rows = []
        for old, new in self._pairs():
            one = new or old
            assert one is not None
            rows.append(
                {
                    "finding": one.id,
                    "rule": one.rule,
                    "act": one.act,
                    "change": "appears" if old is None else "goes" if new is None else "changes",
                    "standing_before": None if old is None else str(old.standing),
                    "standing_after": None if new is None else str(new.standing),
                    "due_before": None if old is None else due_day(old),
                    "due_after": None if new is None else due_day(new),
                    "because": ", ".join(self.because[one.id]),
                }
            )
        return pl.DataFrame(rows, schema=schema, orient="row")

    def why(self) -> str:
        """Every change in sentences: what was supposed, and how each finding stood and would stand."""
        lines = [f"Suppose {self._told(edit)}." for edit in self.edits]
        for old, new in self._pairs():
            one = new or old
            assert one is not None
            lines += ["", f"{one.id}, because of {', '.join(self.because[one.id])}:"]
            lines += ["  It is: " + (old.why() if old else "nothing that arises.").replace("\n", "\n    ")]
            lines += ["  It would be: " + (new.why() if new else "nothing that arises.").replace("\n", "\n    ")]
        return "\n".join(lines if self.changes else [*lines, "", "Nothing would change."])

    def _pairs(self) -> list[tuple[Finding | None, Finding | None]]:
        found: list[tuple[Finding | None, Finding | None]] = [(None, new) for new in self.changes.appeared]
        return [*found, *((old, None) for old in self.changes.gone), *self.changes.changed]

    def _told(self, edit: Edit) -> str:
        def words(fact: Fact | None) -> str:
            assert fact is not None
            subject = next((f.subject for f in (*self.after, *self.before) if f.subject is not None), None)
            return tell(fact, partial(subject.title, rule="") if subject is not None else str)

        match edit.what:
            case "added":
                return words(edit.after)
            case "taken away":
                return f"it were not recorded that {words(edit.before)}"
            case _:
                return f"{words(edit.after)}, and not as recorded: {words(edit.before)}"


def what_if(
    case: Case,
    *,
    as_of: date | datetime | str,
    add: Iterable[Fact] = (),
    without: Iterable[str] = (),
    move: Mapping[str, date | datetime | str] | None = None,
    change: Mapping[str, Mapping[str, Any]] | None = None,
    protocol: str | Protocol | Rulebook | Setting | None = None,
    related: Iterable[Case] = (),
    readings: Mapping[str, str] | None = None,
    unverified: bool = False,
) -> WhatIf:
    """What would change in a case, and why, if some of its facts were otherwise.

    `add` are further facts, `without` ids of facts to leave out; `move` gives facts another day or instant,
    by id; `change` gives them other fields ({"plan": {"planned_for": "2026-04-01"}}). The case itself stays as it
    is. Other arguments and errors as for `assess`. Raises CaseError for an id that the case does not have or
    that is edited twice, and for a field that the fact does not have; FieldError for a value it cannot hold.
    """
    where = protocol if isinstance(protocol, Setting) else setting(protocol, unverified=unverified)
    edits = _edits(case, tuple(add), tuple(without), dict(move or {}), dict(change or {}))
    others = tuple(check_cases(case, tuple(related)).values())

    def judged(some: tuple[Edit, ...]) -> Assessment:
        return assess(
            edited(case, some), as_of=as_of, protocol=where, related=others, readings=readings, robustness=False
        )

    before, after = judged(()), judged(edits)
    changes = Changes.between(before, after)
    touched = [f.id for f in (*changes.appeared, *changes.gone, *(new for _, new in changes.changed))]
    return WhatIf(
        edits=edits, before=before, after=after, changes=changes, because=_because(edits, touched, after, judged)
    )


def edited(case: Case, edits: Iterable[Edit]) -> Case:
    """The case with some edits made."""
    done = {edit.fact: edit for edit in edits}
    kept = [done[fact.id].after if fact.id in done else fact for fact in case.facts]
    added = [edit.after for edit in done.values() if edit.before is None]
    return attrs.evolve(case, facts=[fact for fact in (*kept, *added) if fact is not None])


def _edits(
    case: Case, add: tuple[Fact, ...], without: tuple[str, ...], move: dict[str, Any], change: dict[str, Any]
) -> tuple[Edit, ...]:
    known = {fact.id: fact for fact in case.facts}
    named = [*without, *{*move, *change}]
    for id in named:
        if id not in known:
            raise CaseError("there is no such fact", where=f"case {case.id}", value=id, right=nearest(id, known))
    new = [fact for fact in add if known.get(fact.id) != fact]
    twice = [id for id in (*named, *(fact.id for fact in new)) if [*named, *(f.id for f in new)].count(id) > 1]
    if twice:
        raise CaseError(
            "one fact is edited in two ways", where=f"case {case.id}", value=twice[0], right="one edit for each fact"
        )
    edits = [Edit("added", fact.id, None, fact) for fact in new]
    edits += [Edit("taken away", id, known[id], None) for id in without]
    for id in sorted({*move, *change}):
        fields = dict(change.get(id, {})) | ({"when": move[id]} if id in move else {})
        what = "moved" if id not in change else "changed"
        edits.append(Edit(what, id, known[id], _otherwise(case, known[id], fields)))
    return tuple(edits)


def _otherwise(case: Case, fact: Fact, fields: dict[str, Any]) -> Fact:
    names = {"when", *plain_fields(type(fact))}
    for name in fields:
        if name not in names:
            raise CaseError(
                "this kind of fact has no such field",
                where=f"case {case.id}, fact {fact.id} ({fact.kind()})",
                value=name,
                right=nearest(name, names),
            )
    return attrs.evolve(fact, **fields)


def _because(edits: tuple[Edit, ...], touched: list[str], after: Assessment, judged: Any) -> dict[str, tuple[str, ...]]:
    """For each finding touched, the edits without which it would be as it was or otherwise than it now is."""
    every = tuple(edit.fact for edit in edits)
    if len(edits) < 2 or not touched:
        return dict.fromkeys(touched, every)
    found: dict[str, list[str]] = {id: [] for id in touched}
    for edit in edits:
        less = judged(tuple(other for other in edits if other is not edit))
        for id in touched:
            if less.finding(id) != after.finding(id):
                found[id].append(edit.fact)
    return {id: tuple(some) or every for id, some in found.items()}
