"""The verdicts of all productions as one table, in order, with names in place of numbers."""

from __future__ import annotations

import polars as pl

from iro_rules.engines.columnar.cohort import Cohort
from iro_rules.engines.columnar.deadlines import Due
from iro_rules.engines.columnar.obligations import Outcome
from iro_rules.engines.columnar.plan import Plan
from iro_rules.engines.columnar.rows import Hand, filled, indices, nulls
from iro_rules.rulebook.core import Production
from iro_rules.rulebook.terms import Standing

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "place": pl.UInt32, "origin": pl.UInt32, "standing": pl.UInt8, "due_on": pl.Int32, "due_at": pl.Int64,
    "missing": pl.Int64, "contact": pl.UInt16, "first": pl.UInt32, "last": pl.UInt32, "rule": pl.UInt16,
}  # fmt: skip


class Answers:
    """Collects verdicts as numbers; `table` writes them out."""

    def __init__(self, plan: Plan, cohort: Cohort) -> None:
        self.plan, self.cohort = plan, cohort
        self._rules = {rule: code for code, rule in enumerate(plan.rules)}
        self._parts = {part: code for code, part in enumerate(plan.parts)}
        self._found: dict[str, list[pl.DataFrame]] = {rule: [] for rule in plan.rules}
        self._made: dict[str, int] = dict.fromkeys(plan.rules, 0)
        self._facts: list[pl.Series] = []
        self._named: list[pl.Series] = []
        self._grids: dict[int, tuple[pl.Series, pl.Series]] = {}
        self._size = 0

    def unseen(self, production: Production, places: pl.Series, bits: pl.Series) -> None:
        """Cases whose record cannot show whether the rule was triggered at all."""
        standing = self.plan.standings[Standing.NOT_EVALUABLE]
        self._add(production, {"place": places, "missing": bits}, {"standing": standing, "first": 0, "last": 0})

    def add(self, production: Production, hand: Hand, outcome: Outcome, due: Due) -> None:
        """One verdict for each trigger in hand."""
        first, last = self._decided(hand)
        places = hand.held["trigger"].row("case")
        columns = {
            "place": places,
            "origin": hand.held["trigger"].row("origin"),
            "standing": outcome.standing,
            "due_on": due.on,
            "due_at": due.at,
            "missing": outcome.missing,
            "first": first,
            "last": last,
        }
        constants: dict[str, int] = {}
        contact = self._contact(production)
        if isinstance(contact, pl.Series):
            columns["contact"] = contact[places]
        elif contact is not None:
            constants["contact"] = contact
        self._add(production, {name: c for name, c in columns.items() if c is not None}, constants)

    def _add(self, production: Production, columns: dict[str, pl.Series], constants: dict[str, int]) -> None:
        size = len(columns["place"])
        constants = {"missing": 0, "rule": self._rules[production.rule]} | constants
        frame = pl.DataFrame(
            [
                columns[name].cast(dtype).alias(name)
                if name in columns
                else (nulls(size, dtype) if name not in constants else filled(size, constants[name], dtype)).alias(name)
                for name, dtype in _COLUMNS.items()
            ]
        )
        self._found[production.rule].append(frame)

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
                rest = filled(1, found, pl.UInt16) if isinstance(found, int) else found
                found = rest.zip_with(gone, filled(1, code, pl.UInt16))
        return found

    def _decided(self, hand: Hand) -> tuple[pl.Series, pl.Series]:
        """Where the facts that decided each verdict stand among all such facts: from the first to before the last."""
        held = {name: row for name, row in hand.held.items() if name != "as_of"}
        width, size, start = len(held), hand.size, self._size
        facts = pl.concat([row.row("fact") for row in held.values()], rechunk=True)
        codes = pl.Series([self._parts[name] for name in held], dtype=pl.UInt16)
        across, down = self._grid(width, width * size)
        facts, named = facts[across * size + down], codes[across]
        ends = (indices(size) + 1) * width
        if facts.null_count():
            there = facts.is_not_null()
            facts, named = facts.filter(there), named.filter(there)
            counts = filled(size, sum(row.sure for row in held.values()), pl.UInt32)
            for row in held.values():
                found = row.found()
                counts = counts if found is None else counts + found.cast(pl.UInt32)
            ends = counts.cum_sum().cast(pl.UInt32)
        self._facts.append(facts)
        self._named.append(named)
        self._size += len(facts)
        ends = ends + start
        return ends.shift(1, fill_value=start), ends

    def _grid(self, width: int, cells: int) -> tuple[pl.Series, pl.Series]:
        """The columns and the rows of so many cells of a table so wide, row after row."""
        if width not in self._grids or len(self._grids[width][0]) < cells:
            whole = indices(cells)
            self._grids[width] = (whole % width, whole // width)
        across, down = self._grids[width]
        return across[:cells], down[:cells]

    def table(self) -> pl.DataFrame:
        """All verdicts, in order of case, rule and what they are about."""
        chunks = [self._of_rule(frames) for frames in self._found.values() if frames]
        if not chunks:
            chunks = [pl.DataFrame(schema=_COLUMNS)]
        frame = pl.concat(chunks).rechunk()
        frame = frame[frame.select(pl.arg_sort_by("place", maintain_order=True)).to_series()]
        texts, plan = self.cohort.names.texts, self.plan
        facts = frame.select(pl.int_ranges("first", "last", dtype=pl.UInt32)).to_series()
        return pl.DataFrame(
            {
                "case": self.cohort.cases[frame["place"]],
                "rule": _named(plan.rules, frame["rule"]),
                "about": texts(frame["origin"]).fill_null(""),
                "standing": _named(tuple(plan.standings), frame["standing"]),
                "due_on": frame["due_on"].cast(pl.Date),
                "due_at": frame["due_at"],
                "facts": self._written(facts),
                "missing": frame["missing"],
                "contact": _named(plan.contacts, frame["contact"]),
            }
        )

    def _of_rule(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """The verdicts of one rule, so that in each case they stand in order."""
        return frames[0] if len(frames) == 1 else pl.concat(frames).sort("place", "origin", maintain_order=True)

    def _written(self, places: pl.Series) -> pl.Series:
        facts = pl.concat([pl.Series([], dtype=pl.UInt32), *self._facts])
        named = pl.concat([pl.Series([], dtype=pl.UInt16), *self._named])
        parts = pl.Series(self.plan.parts, dtype=pl.Enum(self.plan.parts))
        texts = self.cohort.names.texts

        def write(cells: pl.Series) -> pl.Series:
            return pl.DataFrame({"name": parts[named[cells]], "id": texts(facts[cells])}).to_struct(cells.name)

        written = pl.Struct({"name": parts.dtype, "id": pl.String})
        element = pl.element().map_batches(write, return_dtype=written, is_elementwise=True)
        return places.list.eval(element)


def _named(names: tuple[str, ...], codes: pl.Series) -> pl.Series:
    return pl.Series(names, dtype=pl.Enum(names))[codes.cast(pl.UInt32)]
