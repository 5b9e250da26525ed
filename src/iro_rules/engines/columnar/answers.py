"""The verdicts of all productions as one table, in order, with names in place of numbers."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.columnar.cohort import Cohort
from iro_rules.engines.columnar.deadlines import Due
from iro_rules.engines.columnar.obligations import Outcome
from iro_rules.engines.columnar.plan import Plan
from iro_rules.engines.columnar.rows import Dtype, Hand, filled, indices, nulls, one, there
from iro_rules.engines.columnar.scale import as_one
from iro_rules.rulebook.core import Production
from iro_rules.rulebook.terms import Standing

_EMPTY = {"missing": 0}
_COLUMNS: dict[str, Dtype] = {
    "place": pl.UInt32, "origin": pl.UInt32, "standing": pl.UInt8, "due_on": pl.Int32, "due_at": pl.Int64,
    "missing": pl.Int64, "contact": pl.UInt16, "count": pl.UInt32, "rule": pl.UInt16,
}  # fmt: skip


@attrs.frozen(eq=False)
class Chunk:
    """Verdicts of one production, and the facts that decided them, verdict after verdict.

    `columns` has a column of numbers, or one number for all; nothing for a column that is empty. Its `count`
    says how many facts each verdict has; `parts` are the facts' parts in the rule.
    """

    size: int
    columns: dict[str, pl.Series | int]
    facts: pl.Series
    parts: pl.Series


class Answers:
    """Collects verdicts as numbers; `table` writes them out."""

    def __init__(self, plan: Plan, cohort: Cohort, *, facts: bool = True) -> None:
        self.plan, self.cohort, self.facts = plan, cohort, facts
        self._rules = {rule: code for code, rule in enumerate(plan.rules)}
        self._parts = {part: code for code, part in enumerate(plan.parts)}
        self._found: dict[str, list[Chunk]] = {rule: [] for rule in plan.rules}
        self._grids: dict[int, tuple[pl.Series, pl.Series]] = {}

    def unseen(self, production: Production, places: pl.Series, bits: pl.Series) -> None:
        """Cases whose record cannot show whether the rule was triggered at all."""
        standing = self.plan.standings[Standing.NOT_EVALUABLE]
        columns: dict[str, pl.Series | int] = {"place": places, "missing": bits, "standing": standing, "count": 0}
        self._note(production, Chunk(len(places), columns, nulls(0, pl.UInt32), nulls(0, pl.UInt16)))

    def add(self, production: Production, hand: Hand, outcome: Outcome, due: Due) -> None:
        """One verdict for each trigger in hand."""
        count, facts, parts = self._decided(hand) if self.facts else (0, nulls(0, pl.UInt32), nulls(0, pl.UInt16))
        trigger, contact = hand.held["trigger"], self._contact(production)
        columns: dict[str, pl.Series | int | None] = {
            "place": trigger.row("case"),
            "origin": trigger.row("origin"),
            "standing": outcome.standing,
            "due_on": due.on,
            "due_at": due.at,
            "missing": outcome.missing,
            "contact": contact[trigger.row("case")] if isinstance(contact, pl.Series) else contact,
            "count": count,
        }
        given = {name: column for name, column in columns.items() if column is not None}
        self._note(production, Chunk(hand.size, given, facts, parts))

    def _note(self, production: Production, chunk: Chunk) -> None:
        chunk.columns["rule"] = self._rules[production.rule]
        self._found[production.rule].append(chunk)

    def _contact(self, production: Production) -> pl.Series | int | None:
        """Whoever can be reached, by case; or for all cases alike."""
        chain = self.plan.chain(production)
        if not chain:
            return None
        codes = [self.plan.contacts.index(role) for role in chain]
        found: pl.Series | int = codes[-1]
        for role, code in reversed(list(zip(chain, codes, strict=True))[:-1]):
            gone = self.cohort.gone.get(role)
            if gone is None:
                found = code
            else:
                rest = one(found, pl.UInt16) if isinstance(found, int) else found
                found = rest.zip_with(gone, one(code, pl.UInt16))
        return found

    def _decided(self, hand: Hand) -> tuple[pl.Series, pl.Series, pl.Series]:
        """How many facts decided each verdict, the facts, and their parts in the rule."""
        held = {name: row for name, row in hand.held.items() if name != "as_of"}
        width, size = len(held), hand.size
        facts = pl.concat([row.row("fact") for row in held.values()], rechunk=True)
        codes = pl.Series([self._parts[name] for name in held], dtype=pl.UInt16)
        across, down = self._grid(width, width * size)
        parts = codes[across]
        if width > 1:
            facts = facts[across * size + down]
        if not facts.null_count():
            return filled(size, width, pl.UInt32), facts, parts
        known = there(facts)
        founds = [row.found() for row in held.values()]
        counts = filled(size, sum(found is None for found in founds), pl.UInt32)
        for found in founds:
            counts = counts if found is None else counts + found.cast(pl.UInt32)
        return counts, facts.filter(known), parts.filter(known)

    def _grid(self, width: int, cells: int) -> tuple[pl.Series, pl.Series]:
        """The columns and the rows of so many cells of a table so wide, row after row."""
        if width not in self._grids or len(self._grids[width][0]) < cells:
            whole = indices(cells)
            self._grids[width] = (whole % width, whole // width)
        across, down = self._grids[width]
        return across[:cells], down[:cells]

    def table(self) -> pl.DataFrame:
        """All verdicts, in order of case, rule and what they are about."""
        chunks = [chunk for found in self._found.values() for chunk in found]
        given = {name for chunk in chunks for name in chunk.columns} | {"place", "origin", "count", "rule"}
        frame = pl.DataFrame([_column(name, chunks).alias(name) for name in sorted(given)])
        if self.facts:
            last = frame["count"].cum_sum()
            frame = frame.with_columns(first=last - frame["count"], last=last)
        key = self._key(frame) if any(len(found) > 1 for found in self._found.values()) else frame["place"]
        frame = frame[key.to_frame("key").select(pl.arg_sort_by("key", maintain_order=True)).to_series()]
        texts, plan = self.cohort.names.texts, self.plan

        def column(name: str) -> pl.Series:
            if name in given:
                return frame[name]
            return (
                filled(len(frame), _EMPTY[name], _COLUMNS[name])
                if name in _EMPTY
                else nulls(len(frame), _COLUMNS[name])
            )

        facts = {"facts": self._written(frame, chunks)} if self.facts else {}
        return pl.DataFrame(
            {
                "case": self.cohort.cases[frame["place"]],
                "rule": _named(plan.rules, frame["rule"]),
                "about": texts(frame["origin"]).fill_null(""),
                "standing": _named(tuple(plan.standings), column("standing")),
                "due_on": column("due_on").cast(pl.Date),
                "due_at": column("due_at"),
                **facts,
                "missing": column("missing"),
                "contact": _named(plan.contacts, column("contact")),
            }
        )

    def _key(self, frame: pl.DataFrame) -> pl.Series:
        """Case, rule and what it is about as one number (nothing comes first)."""
        names, about = self.cohort.names.size + 1, frame["origin"] + 1
        about = about.zip_with(there(about), one(0, pl.UInt32))
        place = frame["place"].cast(pl.Int64) * len(self._rules) + frame["rule"]
        return as_one(place, about, self.cohort.size * len(self._rules), names.bit_length())

    def _written(self, frame: pl.DataFrame, chunks: list[Chunk]) -> pl.Series:
        """The facts that decided each verdict as a list of their parts and ids."""
        facts = pl.concat([nulls(0, pl.UInt32), *(chunk.facts for chunk in chunks)], rechunk=True)
        named = pl.concat([nulls(0, pl.UInt16), *(chunk.parts for chunk in chunks)], rechunk=True)
        parts, texts = pl.Series(self.plan.parts, dtype=pl.Enum(self.plan.parts)), self.cohort.names.texts

        def write(cells: pl.Series) -> pl.Series:
            return pl.DataFrame({"name": parts[named[cells]], "id": texts(facts[cells])}).to_struct(cells.name)

        written = pl.Struct({"name": parts.dtype, "id": pl.String})
        places = frame.select(pl.int_ranges("first", "last", dtype=pl.UInt32)).to_series()
        return places.list.eval(pl.element().map_batches(write, return_dtype=written, is_elementwise=True))


def _column(name: str, chunks: list[Chunk]) -> pl.Series:
    """One column of all chunks."""
    dtype = _COLUMNS[name]
    parts = [nulls(0, dtype)]
    for chunk in chunks:
        given = chunk.columns.get(name, _EMPTY.get(name))
        if given is None:
            parts.append(nulls(chunk.size, dtype))
        else:
            parts.append(filled(chunk.size, given, dtype) if isinstance(given, int) else given.cast(dtype))
    return pl.concat(parts, rechunk=True)


def _named(names: tuple[str, ...], codes: pl.Series) -> pl.Series:
    return pl.Series(names, dtype=pl.Enum(names))[codes.cast(pl.UInt32)]
