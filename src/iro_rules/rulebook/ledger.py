"""The ledger: every numbered row of the sources, the rules that encode it, and how each other row stands."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from iro_rules.errors import RulebookError
from iro_rules.rulebook.rules import Conflict, Status

if TYPE_CHECKING:
    from iro_rules.rulebook.rulebook import Rulebook

COLUMNS = ("row", "source", "where", "modality", "bearer", "asks", "standing", "same_as", "reason")
BINDING = ("must", "must not", "should", "may", "must consider", "should consider")
"""The modalities of rows that ask, forbid or allow something; what else a row can be is a condition."""


class RowStanding(StrEnum):
    """What became of a row: `encoded` where rules say so by naming it, else what the ledger says of it."""

    ENCODED = "encoded"
    DEFINITION = "definition"
    RATIONALE = "rationale"
    JUDGEMENT = "judgement"
    CONSTITUTIVE = "constitutive"
    DUPLICATE = "duplicate"
    NOT_ENCODED = "not encoded"
    UNACCOUNTED = "unaccounted for"

    def words(self) -> str:
        """The standing in words."""
        return {
            "encoded": "one or more rules encode it",
            "definition": "it says what a word, a number or a day means that the rules use",
            "rationale": "it gives an aim or a reason, and asks nothing",
            "judgement": "somebody's judgement, which enters as a fact",
            "constitutive": "it gives other rows their force",
            "duplicate": "another row says the same",
            "not encoded": "no rule encodes it, for the reason given",
            "unaccounted for": "neither a rule nor a reason is given yet",
        }[self.value]


@attrs.frozen(kw_only=True)
class SourceRow:
    """One statement of a source: its number, where it stands, how binding it is, on whom, and what it asks.

    `standing` is for rows that no rule names: definition, rationale, judgement, constitutive, duplicate (then
    `same_as` names the row) or not encoded, with the reason. Raises RulebookError for any other shape.
    """

    row: str
    source: str
    where: str
    modality: str
    bearer: str = ""
    asks: str
    standing: str = ""
    same_as: str = ""
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        for field in ("row", "source", "where", "asks"):
            if not getattr(self, field).strip():
                raise RulebookError(f"a row of the ledger has no {field}", where=self.row, right="some text")
        if self.modality not in (*BINDING, "condition"):
            raise RulebookError(
                "there is no such modality", where=self.row, value=self.modality, right=", ".join(BINDING)
            )
        given = [s.value for s in RowStanding if s not in (RowStanding.ENCODED, RowStanding.UNACCOUNTED)]
        if self.standing and self.standing not in given:
            raise RulebookError("a row cannot stand so", where=self.row, value=self.standing, right=", ".join(given))
        if bool(self.standing) != bool(self.reason.strip()):
            raise RulebookError("a standing and its reason go together", where=self.row, value=self.standing)
        if (self.standing == RowStanding.DUPLICATE) != bool(self.same_as):
            raise RulebookError("a duplicate names the row it repeats", where=self.row, value=self.same_as)


@attrs.frozen(kw_only=True)
class LedgerRow:
    """A row and the rules that encode it: for one that asks something, those that say how it stands in a case.

    `helping` are the other rules that name it: statuses that only prepare an answer, and conflicts, which question
    the facts. `through` are the rules that encode the row this one repeats.
    """

    source: SourceRow
    rules: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The row's number."""
        return self.source.row

    @property
    def standing(self) -> RowStanding:
        """Encoded where rules encode the row; else what the ledger says, or unaccounted for."""
        if self.rules or (self.helping and not self.binding):
            return RowStanding.ENCODED
        return RowStanding(self.source.standing) if self.source.standing else RowStanding.UNACCOUNTED

    @property
    def binding(self) -> bool:
        """Whether the row asks, forbids or allows something."""
        return self.source.modality in BINDING


@attrs.frozen(kw_only=True)
class Ledger:
    """Rows in their sources' order, and the rows that rules name and that stand in no list here."""

    rows: tuple[LedgerRow, ...]
    elsewhere: tuple[str, ...] = ()

    def counts(self) -> Mapping[RowStanding, int]:
        """How many rows stand how; every standing is there."""
        found = Counter(row.standing for row in self.rows)
        return {standing: found[standing] for standing in RowStanding}

    def binding(self) -> tuple[LedgerRow, ...]:
        """The rows that ask, forbid or allow something."""
        return tuple(row for row in self.rows if row.binding)

    def encoded(self) -> tuple[LedgerRow, ...]:
        """Those of the binding rows that rules encode, by their own number or by that of the row they repeat."""
        return tuple(row for row in self.binding() if row.rules or row.through)


def read_rows(text: str, *, where: str = "ledger") -> tuple[SourceRow, ...]:
    """The rows of a ledger's CSV text, with the columns of `COLUMNS`.

    Raises RulebookError for other columns, a row given twice, or one whose fields do not go together.
    """
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RulebookError(
            "the ledger has other columns", where=where, value=reader.fieldnames, right=", ".join(COLUMNS)
        )
    found: dict[str, SourceRow] = {}
    for line in reader:
        here = f"{where}, line {reader.line_num}"
        if None in line or None in line.values():
            right = (
                f'{len(COLUMNS)} of them; text that has a comma in it stands in quotation marks: "at once, in writing"'
            )
            raise RulebookError("a row has too many or too few columns", where=here, value=line.get("row"), right=right)
        fields = {name: text.strip() for name, text in line.items()}
        if not any(fields.values()):
            continue  # what a spreadsheet leaves where rows were deleted
        try:
            row = SourceRow(**fields)
        except RulebookError as error:
            told = ", ".join(filter(None, (here, error.where)))
            raise RulebookError(error.what, where=told, value=error.value, right=error.right) from error
        if row.row in found:
            raise RulebookError("a row is given twice", where=here, value=row.row, right="each once")
        found[row.row] = row
    return tuple(found.values())


def ledger_of(rulebook: Rulebook, rows: Iterable[SourceRow] | None = None) -> Ledger:
    """Every row (of the rulebook's own ledger unless others are given) with the rules of the rulebook that name it."""
    sources = tuple(rulebook.ledger if rows is None else rows)
    encoding: dict[str, list[str]] = {}
    helping: dict[str, list[str]] = {}
    for rule in rulebook.rules:
        prepares = isinstance(rule, Conflict) or (isinstance(rule, Status) and not rule.reported)
        for row in dict.fromkeys(rule.law.rows):
            (helping if prepares else encoding).setdefault(row, []).append(rule.id)
    known = {row.row for row in (*rulebook.ledger, *sources)}
    return Ledger(
        rows=tuple(
            LedgerRow(
                source=source,
                rules=tuple(encoding.get(source.row, ())),
                helping=tuple(helping.get(source.row, ())),
                through=tuple(encoding.get(source.same_as, ())),
            )
            for source in sources
        ),
        elsewhere=tuple(sorted({*encoding, *helping} - known)),
    )
