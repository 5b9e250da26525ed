"""One case of a file, from plain JSON values: every fault is noted and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, final

import attrs

from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fields import KEY
from iro_rules.facts.kinds import KINDS
from iro_rules.formats.fact_json import Terms, check_names, read_fact
from iro_rules.formats.faults import Faults
from iro_rules.formats.safe_json import JsonObject, Limits

CASE = "iro-rules/case/1"
CASES = "iro-rules/cases/1"
CASE_FIELDS = ("format", "case", "subject", "coverage", "facts", "related")
FORMAT = re.compile(r"iro-rules/cases?/[0-9]{1,6}\Z")
ONE_ID = "one id for each case"
COVERAGE = (
    '"coverage": "everything", or a list of the kinds of facts that are recorded, or {"kinds": such a list, "since": '
    "{a kind: the first day from which it is}}"
)


@final
@attrs.frozen
class CaseFile:
    """One case and those of related children that are at hand, by id.

    Raises CaseError for a related case that is not about a child, or that no `related` fact names.
    """

    case: Case
    related: Mapping[str, Case] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        named = related_children(self.case)
        for name, other in self.related.items():
            where = f"case {self.case.id}, related case {name}"
            if other.id != name or name == self.case.id:
                raise CaseError("two cases have one id", where=where, value=other.id, right=ONE_ID)
            if other.subject != "child":
                raise CaseError("a related case is not about a child", where=where, value=other.subject, right="child")
            if name not in named:
                right = f'a fact of kind related with "child": "{name}"'
                raise CaseError("no fact says how this case is related", where=where, right=right)


def related_children(case: Case) -> frozenset[str]:
    """The ids of the cases that the facts of kind `related` name."""
    return frozenset(str(fact.content()["child"]) for fact in case.facts if fact.kind() == "related")


@attrs.frozen
class Reader:
    """What every step of reading a file needs: the terms in use, the limits, and the faults found so far."""

    terms: Terms
    limits: Limits
    faults: Faults = attrs.field(
        init=False, default=attrs.Factory(lambda self: Faults(self.limits.faults), takes_self=True)
    )

    def case(self, given: Any, place: str, *, nested: bool = False) -> CaseFile | None:
        """A case and its related ones, or None with each fault noted."""
        before = self.faults.count
        if not isinstance(given, JsonObject):
            self.faults.add("a case is not an object", place, given, right='{"format": ..., "case": ..., ...}')
            return None
        where = self._where(given, place)
        if not self._format(given, where, nested=nested):
            return None
        case = self._one(given, where)
        related: dict[str, Case] = {}
        for number, other in enumerate(self._list(given, "related", where) if "related" in given else (), 1):
            found = self._related(other, f"{where}, related case no. {number}")
            if found is not None and found.id in related:
                self.faults.add("two cases have one id", where, found.id, right=ONE_ID)
            elif found is not None:
                related[found.id] = found
        if case is None or self.faults.count > before:
            return None
        try:
            return CaseFile(case, related)
        except CaseError as error:
            self.faults.add(error.what, error.where, error.value, right=error.right)
            return None

    def _where(self, given: JsonObject, place: str) -> str:
        name = given.get("case")
        known = f"case {name}" if isinstance(name, str) and KEY.match(name) else "a case without a usable id"
        return f"{place}, {known}" if place else known

    def _format(self, given: JsonObject, where: str, *, nested: bool) -> bool:
        written = given.get("format", CASE if nested else None)
        if written == CASE:
            return True
        if isinstance(written, str) and FORMAT.match(written):
            what = "the case is written in a version of the format that is not known here"
        else:
            what = "the format is not said" if written is None else "this is not the format of a case"
        self.faults.add(what, where, written, right=f'"format": "{CASE}"')
        return False

    def _related(self, given: Any, where: str) -> Case | None:
        if not isinstance(given, JsonObject):
            self.faults.add("a case is not an object", where, given, right="a whole case")
            return None
        if not self._format(given, where, nested=True):
            return None
        if "related" in given:
            self.faults.add("a related case has related cases of its own", where, right="one level of related cases")
        return self._one(given, where)

    def _one(self, given: JsonObject, where: str) -> Case | None:
        """One case by itself."""
        before = self.faults.count
        check_names(given, CASE_FIELDS, where, self.faults)
        name, subject = given.get("case"), given.get("subject", "child")
        if not isinstance(name, str) or not KEY.match(name):
            right = '"case": 1 to 80 letters, digits or . _ : / + -'
            self.faults.add("the case has no usable id", where, name, right=right)
        if subject not in ("child", "authority"):
            self.faults.add("the subject is unknown", where, subject, right="child or authority")
            subject = None
        coverage = self._coverage(given, where)
        facts = self._facts(given, where, subject)
        if self.faults.count > before or coverage is None:
            return None
        return Case(str(name), facts, coverage=coverage, subject=str(subject))

    def _coverage(self, given: JsonObject, where: str) -> Coverage | None:
        written: Any = given.get("coverage")
        since: Any = JsonObject()
        if written == "everything":
            return Coverage.everything()
        if isinstance(written, JsonObject):
            check_names(written, ("kinds", "since"), f"{where}, coverage", self.faults)
            written, since = written.get("kinds"), written.get("since", since)
        if not isinstance(written, list) or not isinstance(since, JsonObject):
            what = "coverage is not a list" if "coverage" in given else "the case does not say what its record covers"
            self.faults.add(what, where, given.get("coverage"), right=COVERAGE)
            return None
        before = self.faults.count
        for kind in since.repeated:
            self.faults.add("a field is given twice", f"{where}, coverage, since", kind, right="each once")
        for kind in (*written, *since):
            if not isinstance(kind, str) or kind not in KINDS:
                self.faults.add("coverage names a kind of fact that does not exist", where, kind, known=KINDS)
        if self.faults.count > before:
            return None
        try:
            return Coverage.only(*written, since=dict(since))
        except CaseError as error:
            self.faults.add(error.what, where, error.value, right=error.right)
            return None

    def _facts(self, given: JsonObject, where: str, subject: str | None) -> list[Fact]:
        facts: list[Fact] = []
        seen: dict[str, tuple[Fact, int]] = {}
        for number, item in enumerate(self._list(given, "facts", where), 1):
            place = f"{where}, fact {_told(item, number)}"
            fact = read_fact(item, place, self.faults, self.terms)
            if fact is None:
                continue
            other, first = seen.setdefault(fact.id, (fact, number))
            if other != fact:
                what = f"two different facts have one id: this and fact no. {first}"
                self.faults.add(what, place, fact.id, right="one id for each fact")
            elif subject not in (fact.SUBJECT, None):
                what = f"a fact about the {fact.SUBJECT} stands in a case about the {subject}"
                self.faults.add(what, place, fact.kind(), right=f"only facts about the {subject}")
            facts.append(fact)
        return facts

    def _list(self, given: JsonObject, name: str, where: str) -> list[Any]:
        value = given.get(name)
        if isinstance(value, list):
            return value
        what = f"{name} is not a list" if name in given else f"{name} is missing"
        self.faults.add(what, where, value, right=f'"{name}": a list, which may be empty')
        return []


def _told(item: Any, number: int) -> str:
    """A fact as it can be found in its file: by its id where it has one, by number, and by kind."""
    parts = [f"no. {number}"]
    if isinstance(item, JsonObject):
        if isinstance(item.get("id"), str) and item["id"]:
            parts = [item["id"][:80], *parts]
        if isinstance(item.get("kind"), str):
            parts.append(item["kind"][:80])
    return parts[0] + (f" ({', '.join(parts[1:])})" if parts[1:] else "")
