"""A protocol from data: each table becomes a value of the algebra, or an error that says where and what is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from iro_rules.clock.timescale import Number
from iro_rules.errors import ProtocolError, nearest
from iro_rules.facts.vocabulary import VOCABULARIES, Term
from iro_rules.protocols.data import short
from iro_rules.protocols.data.refusing import Path, Wrong, as_list, as_table, check_names, check_needed, made
from iro_rules.protocols.data.shapes import FORMAT, TAGGED, Field, fields_of
from iro_rules.protocols.data.values import Values
from iro_rules.protocols.protocol import Protocol
from iro_rules.readings import Interpretation
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.ledger import SourceRow

Rows = Callable[[str], tuple[SourceRow, ...]]

NOBODY = "a protocol that is handed over: read_protocol(path, protocols=...)"

EXTRA = ("format", "defaults", "terms", "numbers", "interpretations")


def from_data(
    data: Mapping[str, Any], *, rows: Rows | None = None, protocols: Mapping[str, Protocol] | None = None
) -> Protocol:
    """The protocol that tables and lists describe (see docs/how-to/write-a-protocol.md).

    `rows` reads the ledger where it is the name of a file, `protocols` are those that `based_on` and `supersedes`
    may name. Raises ProtocolError for whatever cannot be used, naming the place.
    """
    try:
        return Reader(dict(data), rows, protocols or {}).protocol()
    except Wrong as error:
        raise error.told() from error


class Reader(Values):
    """Reads one protocol."""

    def __init__(self, data: dict[str, Any], rows: Rows | None, protocols: Mapping[str, Protocol]) -> None:
        super().__init__()
        self.data, self.rows, self.protocols = data, rows, protocols

    def protocol(self) -> Protocol:
        """The whole."""
        data = self.data
        if data.get("format") != FORMAT:
            raise Wrong(("format",), "this is not a protocol as data", value=data.get("format"), right=f'"{FORMAT}"')
        fields = fields_of(Protocol)
        check_names(data, [*(name for name in fields if name != "vocabulary"), *EXTRA], ())
        defaults = as_table(data.get("defaults", {}), ("defaults",))
        check_names(defaults, ["law"], ("defaults",))
        self.law = as_table(defaults.get("law", {}), ("defaults", "law"))
        check_names(self.law, list(fields_of(Law)), ("defaults", "law"))
        for id, given in as_table(data.get("numbers", {}), ("numbers",)).items():
            path = ("numbers", id)
            self.given[id] = self._named(id, given, path)
        for n, asked in enumerate(as_list(data.get("interpretations", []), ("interpretations",))):
            place: Path = ("interpretations", n)
            question = self.value(as_table(asked, place), Interpretation, place, "", asked=True)
            if question.id in self.questions:
                raise Wrong((*place, "id"), "an open question of this id is set out already", value=question.id)
            self.questions[question.id] = question
        values: dict[str, Any] = {"vocabulary": self._terms(data.get("terms", {}))}
        for name, field in fields.items():
            if name in data and name != "vocabulary":
                values[name] = self._field(data[name], field, (name,))
        check_needed(values, fields, ())
        unused = sorted(set(self.given) - set(self.numbers))
        if unused:
            raise Wrong(("numbers", unused[0]), "no rule counts by this number", right=nearest(unused[0], self.numbers))
        return made(lambda: Protocol(**values), (), None)

    def _named(self, id: str, given: Any, path: Path) -> Number:
        return made(lambda: Number(id, _figures(given)), path, given)

    def _field(self, given: Any, field: Field, path: Path) -> Any:
        if field.name == "parts":
            items = enumerate(as_list(given, path))
            return tuple(self.tagged(one, tuple(TAGGED.values()), (*path, n), "") for n, one in items)
        if field.name == "ledger" and isinstance(given, str):
            rows = self.rows
            if rows is None:
                raise Wrong(path, "the ledger is a file, and there is no folder to find it in", value=given)
            return made(lambda: rows(given), path, given)
        if field.name in ("based_on", "supersedes"):
            if isinstance(given, str):
                if given not in self.protocols:
                    right = nearest(given, self.protocols) if self.protocols else NOBODY
                    raise Wrong(path, "there is no such protocol here", value=given, right=right)
                return made(lambda: self.protocols[given], path, given)
            try:
                return Reader(as_table(given, path), self.rows, self.protocols).protocol()
            except Wrong as error:
                raise Wrong((*path, *error.path), error.what, value=error.value, right=error.right) from error
        return self.value(given, field.hint, path, "")

    def _terms(self, given: Any) -> tuple[tuple[str, type[Term]], ...]:
        found: list[tuple[str, type[Term]]] = []
        for name, values in as_table(given, ("terms",)).items():
            path = ("terms", name)
            if name not in VOCABULARIES:
                raise Wrong(path, "there is no such vocabulary", value=name, right=nearest(name, VOCABULARIES))
            words = as_list(values, path)
            for n, word in enumerate(words):
                if not isinstance(word, str) or not short.WORD.match(word) or words.count(word) > 1:
                    right = 'a word of lower-case letters, digits and _, each once: "first_stage"'
                    raise Wrong((*path, n), "this cannot be a term", value=word, right=right)
            if not words:
                raise Wrong(path, "no term is given", right="one word or more")
            family: Any = Term  # called like this, an enumeration without members makes one that has them
            found.append((name, family(f"{name}_terms", [(f"T{n}", word) for n, word in enumerate(words)])))
        return tuple(found)


def _figures(given: Any) -> Any:
    if type(given) is int:
        return given
    if isinstance(given, dict) and given and all(type(count) is int for count in given.values()):
        return dict(given)
    raise ProtocolError("this is not a number", value=given, right='5, or { "0001-01-01" = 5, "2027-04-01" = 3 }')
