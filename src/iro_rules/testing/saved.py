"""Situations as JSON, so that a failure found at random can be kept, read and judged again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, final

import attrs

from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Number, Soft, Unit
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Absent, Compare, Lookup, Pattern, Present, Test

Moment = date | datetime

PARTS: Mapping[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        AgreedDate, Chosen, Clock, Number, Soft, Derive, Judge, Owe, Absent, Compare, Lookup, Pattern, Present, Test
    )
}  # fmt: skip


@final
@attrs.frozen(kw_only=True)
class Situation:
    """Everything a reader is asked: a core, a case, the related cases at hand, and the day or instant."""

    core: Core = attrs.field(repr=lambda core: repr(core.productions()))
    case: Case
    related: dict[str, Case]
    as_of: Moment


def to_plain(situation: Situation, *, found: str) -> dict[str, Any]:
    """A situation as plain JSON values; `found` says in a sentence what went wrong."""
    return {
        "found": found,
        "as_of": situation.as_of.isoformat(),
        "case": case_to_plain(situation.case),
        "related": [case_to_plain(situation.related[name]) for name in sorted(situation.related)],
        "fallbacks": dict(sorted(situation.core.fallbacks.items())),
        "productions": [_down(production) for production in situation.core.productions()],
    }


def from_plain(plain: Mapping[str, Any]) -> Situation:
    """The situation again, its productions checked and put in order anew."""
    productions: list[Production] = [_up(production) for production in plain["productions"]]
    fallbacks = plain["fallbacks"].items()
    contacts = [Contact(role=role, title=role, stand_in=other) for role, other in fallbacks]
    related = [case_from_plain(case) for case in plain["related"]]
    when = plain["as_of"]
    return Situation(
        core=order(productions, contacts=contacts, terms=_EveryTerm()),
        case=case_from_plain(plain["case"]),
        related={case.id: case for case in related},
        as_of=datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when),
    )


class _Anything(dict[str, str]):
    def __contains__(self, _: object) -> bool:
        return True


class _EveryTerm(dict[str, Mapping[str, str]]):
    """Lets any term of any vocabulary stand: which protocols a failure came from is not kept."""

    def __missing__(self, _: str) -> Mapping[str, str]:
        return _Anything()


def case_to_plain(case: Case) -> dict[str, Any]:
    """A case as plain JSON values."""
    covered = "everything" if case.coverage == Coverage.everything() else sorted(case.coverage.kinds)
    facts = [fact_to_plain(fact) for fact in case.facts]
    plain = {"id": case.id, "subject": case.subject, "coverage": covered, "facts": facts}
    since = {kind: day.isoformat() for kind, day in case.coverage.since}
    return plain | ({"since": since} if since else {})


def case_from_plain(plain: Mapping[str, Any]) -> Case:
    """The case again. Raises CaseError for a kind of fact that no longer exists."""
    covered = plain["coverage"]
    kinds = KINDS if covered == "everything" else covered
    coverage = Coverage.only(*kinds, since=plain.get("since"))
    facts = [fact_from_plain(fact) for fact in plain["facts"]]
    return Case(plain["id"], facts, coverage=coverage, subject=plain["subject"])


def fact_to_plain(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON values."""
    values = {name: value for name, value in fact.content().items() if name != "when"}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {"kind": fact.kind(), "id": fact.id, "when": fact.when.isoformat(), **plain}


def fact_from_plain(plain: Mapping[str, Any]) -> Fact:
    """The fact again; a term that is not national is taken to be some protocol's own."""
    values = dict(plain)
    cls = KINDS.get(values.pop("kind"))
    if cls is None:
        raise CaseError("a saved case has a kind of fact that no longer exists", value=plain["kind"])
    for name, attribute in plain_fields(cls).items():
        vocabulary = attribute.metadata.get("vocabulary")
        if vocabulary and name in values:
            given = values[name]
            known = {member.value for member in VOCABULARIES[vocabulary]}
            if isinstance(given, str):
                values[name] = given if given in known else LookedUp(given)
            else:
                values[name] = tuple(v if v in known else LookedUp(v) for v in given)
    return cls(values.pop("when"), **values)


def _down(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_down(item) for item in value]
    if attrs.has(type(value)):
        fields = {a.name: _down(getattr(value, a.name)) for a in attrs.fields(type(value))}
        return {"is": type(value).__name__, **fields}
    return value


def _up(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_up(item) for item in value)
    if isinstance(value, dict):
        made = {name: _up(item) for name, item in value.items() if name != "is"}
        if value["is"] == "Clock":
            made["unit"] = Unit(made["unit"])
        return PARTS[value["is"]](**made)
    return value
