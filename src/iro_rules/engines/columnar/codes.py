"""Texts as numbers: one for each text of each case, so that a join becomes a look-up."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.engines.columnar.plan import Cell
from iro_rules.engines.columnar.rows import filled, indices, nulls, there, which

_SLOT_BITS = 6
_ROUNDS = 4


@attrs.frozen(eq=False)
class Part:
    """Where the codes of one field stand among all: from `start`, and for which of its rows (None: for each)."""

    start: int
    size: int
    rows: pl.Series | None


@attrs.frozen(eq=False)
class Codes:
    """A code for each text of some fields, the same for the same text of the same case.

    Codes go from 0 to `domain` - 1; `sample` names for each a place in `texts` (and `places`, the cases')
    that has it.
    """

    places: pl.Series
    texts: pl.Series
    codes: pl.Series
    sample: pl.Series
    parts: dict[Cell, Part]

    @classmethod
    def of(cls, columns: dict[Cell, tuple[pl.Series, pl.Series]], cases: int) -> Codes:
        """From the places of the cases, of which there are so many, and the texts of each field."""
        places, texts = [nulls(0, pl.UInt32)], [nulls(0, pl.Categorical())]
        parts: dict[Cell, Part] = {}
        start = 0
        for cell, (case, text) in columns.items():
            rows = which(there(text)) if text.null_count() else None
            parts[cell] = Part(start, len(text), rows)
            places.append(case if rows is None else case[rows])
            texts.append(text if rows is None else text[rows])
            start += len(texts[-1])
        where, what = pl.concat(places, rechunk=True), pl.concat(texts, rechunk=True)
        return cls(where, what, *_encode(where, what.to_physical(), cases), parts)

    @property
    def domain(self) -> int:
        """How many codes there are."""
        return len(self.sample)

    def known(self, cell: Cell) -> pl.Series:
        """The codes of one field where it is known."""
        part = self.parts[cell]
        return self.codes.slice(part.start, part.size if part.rows is None else len(part.rows))

    def get(self, cell: Cell) -> pl.Series | None:
        """The codes of one field, row by row; None where it is nowhere known."""
        part = self.parts.get(cell)
        if part is None or (part.rows is not None and part.rows.is_empty()):
            return None
        if part.rows is None:
            return self.known(cell)
        return nulls(part.size, pl.UInt32).scatter(part.rows, self.known(cell))

    def distinct(self, cells: frozenset[Cell]) -> pl.Series:
        """The codes that occur in some fields, each once, in order."""
        used = filled(self.domain, False, pl.Boolean)
        for cell in cells & self.parts.keys():
            codes = self.known(cell)
            used = used.scatter(codes, filled(len(codes), True, pl.Boolean))
        return which(used)


def _encode(places: pl.Series, texts: pl.Series, cases: int) -> tuple[pl.Series, pl.Series]:
    """Codes and samples of texts, each text given by its number among all texts.

    A text has one of the slots of its case, by the last digits of its number; the last text to come owns the
    slot. A text that is its owner's has the slot for its code. The rest try the digits before those, and what
    is left after some rounds is sorted out one by one.
    """
    size = len(places)
    wanted = 1 << min(max((size // max(cases, 1)).bit_length(), 3), _SLOT_BITS)
    rest, all_slots = indices(size), cases * wanted
    slots, owners = filled(size, 0, pl.UInt32), []
    for turn in range(_ROUNDS):
        some, text = (places, texts) if turn == 0 else (places[rest], texts[rest])
        digits = text // wanted**turn if turn else text
        own = some * wanted + (digits & (wanted - 1))
        owner = nulls(all_slots, pl.UInt32).scatter(own, rest)
        owners.append(owner)
        same = texts[owner[own]] == text
        slots = own if turn == 0 else slots.scatter(rest.filter(same), own.filter(same) + turn * all_slots)
        rest = rest.filter(~same)
        if rest.is_empty():
            break
    else:
        frame = pl.DataFrame({"place": places[rest], "text": texts[rest], "cell": rest})
        first = frame.unique(["place", "text"], keep="first", maintain_order=True).with_row_index("slot")
        found = frame.join(first, on=["place", "text"], how="left", maintain_order="left")["slot"]
        slots = slots.scatter(rest, found + _ROUNDS * all_slots)
        owners.append(first["cell"])
    owner = pl.concat(owners)
    used = which(there(owner))
    codes = filled(len(owner), 0, pl.UInt32).scatter(used, indices(len(used)))
    return codes[slots], owner[used]
