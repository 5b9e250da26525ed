"""A case: the facts known about one child or one authority, and what the record does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from iro_rules.errors import CaseError
from iro_rules.facts.fact import Fact
from iro_rules.facts.fields import KEY
from iro_rules.facts.kinds import KINDS


@attrs.frozen
class Coverage:
    """The kinds of facts a record would hold if they had happened.

    Only inside coverage is the absence of a fact evidence that something did not happen.
    """

    kinds: frozenset[str] = attrs.field()

    @kinds.validator
    def _known(self, _: Any, value: frozenset[str]) -> None:
        unknown = sorted(set(value) - set(KINDS))
        if unknown:
            raise CaseError(
                "coverage names a kind of fact that does not exist",
                value=unknown[0],
                right=f"any of {', '.join(KINDS)}",
            )

    @classmethod
    def everything(cls) -> Coverage:
        """The record would hold every kind of fact."""
        return cls(frozenset(KINDS))

    @classmethod
    def only(cls, *kinds: str) -> Coverage:
        """The record holds these kinds and no other."""
        return cls(frozenset(kinds))

    def without(self, *kinds: str) -> Coverage:
        """The same coverage, less these kinds."""
        return Coverage(self.kinds - Coverage(frozenset(kinds)).kinds)


def _facts(values: Iterable[Any]) -> tuple[Fact, ...]:
    facts = list(values)
    for fact in facts:
        if not isinstance(fact, Fact) or type(fact).kind() not in KINDS:
            raise CaseError("this is not a fact", value=fact, right="facts from iro_rules.facts")
    return tuple(facts)


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
