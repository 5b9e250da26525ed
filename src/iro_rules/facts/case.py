"""A case: the facts known about one child or one authority, and what the record does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, final

import attrs
import pendulum

from iro_rules.errors import CaseError, FieldError
from iro_rules.facts.fact import Fact
from iro_rules.facts.fields import KEY, to_date
from iro_rules.facts.kinds import KINDS

Days = tuple[tuple[str, pendulum.Date], ...]


def _days(given: Mapping[str, date | str] | Iterable[tuple[str, date | str]]) -> Days:
    pairs = dict(given)
    try:
        return tuple((kind, to_date(pairs[kind], name=f"the first day of {kind}")) for kind in sorted(pairs))
    except FieldError as error:
        raise CaseError(error.what, where="coverage", value=error.value, right=error.right) from None


@final
@attrs.frozen
class Coverage:
    """The kinds of facts a record would hold if they had happened, and those it would hold from a day on.

    Only inside coverage is the absence of a fact evidence that something did not happen. `kinds` are recorded whole;
    `since` gives for others the first day from which each is recorded (a mapping or pairs; kept as pairs in order of
    kind). Raises CaseError for a kind that does not exist or stands in both, and for what is no day.
    """

    kinds: frozenset[str] = attrs.field()
    since: Days = attrs.field(default=(), converter=_days, kw_only=True)

    def __attrs_post_init__(self) -> None:
        dated = [kind for kind, _ in self.since]
        unknown = sorted({*self.kinds, *dated} - set(KINDS))
        if unknown:
            raise CaseError(
                "coverage names a kind of fact that does not exist",
                value=unknown[0],
                right=f"any of {', '.join(KINDS)}",
            )
        twice = [kind for kind in dated if kind in self.kinds]
        if twice:
            raise CaseError(
                "coverage says of a kind of fact that all of it is recorded, and that it is only from a day on",
                value=twice[0],
                right="one of the two",
            )

    @classmethod
    def everything(cls) -> Coverage:
        """The record would hold every kind of fact."""
        return cls(frozenset(KINDS))

    @classmethod
    def only(cls, *kinds: str, since: Mapping[str, date | str] | None = None) -> Coverage:
        """The record holds these kinds, those of `since` from a day on, and no other."""
        return cls(frozenset(kinds), since=since or {})

    def without(self, *kinds: str) -> Coverage:
        """The same coverage, less these kinds."""
        less = Coverage(frozenset(kinds)).kinds
        return Coverage(self.kinds - less, since=[pair for pair in self.since if pair[0] not in less])

    def recorded_from(self, since: Mapping[str, date | str]) -> Coverage:
        """The same coverage, but of these kinds only from a day on."""
        rest = self.without(*since)
        return Coverage(rest.kinds, since={**dict(rest.since), **since})


def _facts(values: Iterable[Any]) -> tuple[Fact, ...]:
    facts = list(values)
    for fact in facts:
        if not isinstance(fact, Fact) or type(fact).kind() not in KINDS:
            raise CaseError("this is not a fact", value=fact, right="facts from iro_rules.facts")
    return tuple(facts)


@final
@attrs.frozen
class Case:
    """The facts known about one child (or, with `subject="authority"`, about one authority's service).

    `coverage` has no default: what a record would hold is for whoever keeps the record to say. Facts may
    come in any order and more than once. Raises CaseError for an unusable id, for two different facts
    under one id, and for facts about the wrong subject.
    """

    id: str = attrs.field()
    facts: tuple[Fact, ...] = attrs.field(converter=_facts)
    coverage: Coverage = attrs.field(kw_only=True)
    subject: str = attrs.field(default="child", kw_only=True)

    @id.validator
    def _id_is_a_key(self, _: Any, value: Any) -> None:
        if not isinstance(value, str) or not KEY.match(value):
            raise CaseError("the case has no usable id", value=value, right="1 to 80 letters, digits, . _ : / + -")

    @coverage.validator
    def _coverage_is_said(self, _: Any, value: Any) -> None:
        if not isinstance(value, Coverage):
            raise CaseError(
                "the case does not say what its record covers",
                where=f"case {self.id}",
                value=value,
                right="Coverage.everything(), or Coverage.only(...) with the kinds of facts that are recorded",
            )

    @subject.validator
    def _subject_is_known(self, _: Any, value: Any) -> None:
        if value not in ("child", "authority"):
            raise CaseError("the subject is unknown", where=f"case {self.id}", value=value, right="child or authority")

    def __attrs_post_init__(self) -> None:
        seen: dict[str, Fact] = {}
        for fact in self.facts:
            where = f"case {self.id}, fact {fact.id}"
            other = seen.setdefault(fact.id, fact)
            if other != fact or type(other) is not type(fact):
                raise CaseError(
                    "two different facts have the same id",
                    where=where,
                    value=fact.id,
                    right="one id for each fact",
                )
            if self.subject != fact.SUBJECT:
                raise CaseError(
                    f"a fact about the {fact.SUBJECT} stands in a case about the {self.subject}",
                    where=where,
                    value=fact.kind(),
                    right=f"only facts about the {self.subject}",
                )
        object.__setattr__(self, "facts", tuple(seen[i] for i in sorted(seen)))
