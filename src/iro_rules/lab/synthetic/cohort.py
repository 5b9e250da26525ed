"""Made-up cohorts as event tables, authority by authority, some thousand cases at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, final

import attrs
import numpy as np
import numpy.typing as npt
import polars as pl

from iro_rules.clock.calendar import england_and_wales
from iro_rules.engines.columnar import events_schema
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import FIELDS, KINDS
from iro_rules.lab.synthetic.block import BLOCK, EPOCH, NONE, Block, next_working
from iro_rules.lab.synthetic.disputes import Steps
from iro_rules.lab.synthetic.life import tell_life
from iro_rules.protocols import Protocol
from iro_rules.rulebook.ladder import Ladder

AS_OF = date(2026, 3, 31)
"""The day the cohort is recorded up to: the end of a collection year."""

BLOCKS_AT_ONCE = 10
_UNRECORDED = ("visited", "consulted", "filing_due")


@final
@attrs.frozen
class Authority:
    """One made-up authority: its code, how many children it has, whose protocol it follows, what it does not record."""

    code: str
    children: int
    protocol: str = ""
    ladders: tuple[Steps, ...] = ()
    unrecorded: tuple[str, ...] = ()

    @property
    def covered(self) -> tuple[str, ...]:
        """The kinds of facts its record covers."""
        return tuple(kind for kind in KINDS if kind not in self.unrecorded)


def authorities(children: int, count: int = 12, protocols: Sequence[Protocol] = ()) -> tuple[Authority, ...]:
    """So many children shared out among so many authorities, large and small; the first follow the protocols given.

    Every sixth records no visits and no views. Raises CaseError where there are fewer pairs of children than
    authorities.
    """
    if not 1 <= count <= 999 or children < 2 * count:
        raise CaseError(
            "children cannot be shared out so",
            value=f"{children} among {count}",
            right="two for each authority, or more",
        )
    weights = np.array([1 + number * 7 % 5 for number in range(count)])
    shares = children * weights // weights.sum() // 2 * 2
    shares = np.maximum(shares, 2)
    shares[-1] += children - shares.sum()
    found = []
    for number, share in enumerate(shares.tolist()):
        protocol = protocols[number] if number < len(protocols) else None
        ladders = [Steps.of(part) for part in protocol.parts if isinstance(part, Ladder)] if protocol else []
        found.append(
            Authority(
                code=f"la{number + 1:03}",
                children=share,
                protocol=protocol.name if protocol else "",
                ladders=tuple(steps for steps in ladders if steps is not None),
                unrecorded=_UNRECORDED if number % 6 == 5 else (),
            )
        )
    return tuple(found)


@attrs.frozen(eq=False)
class Made:
    """Some made-up cases of one authority: their facts in order of case and id, and their ids."""

    authority: Authority
    first: int
    events: pl.DataFrame
    cases: pl.Series


def made_parts(cohort: Sequence[Authority], *, seed: int, as_of: date = AS_OF) -> Iterator[Made]:
    """The cases of a cohort, some thousand at a time; the same for the same seed, whatever was made before."""
    working = next_working(england_and_wales())
    for number, authority in enumerate(cohort):
        for first in range(0, authority.children, BLOCK * BLOCKS_AT_ONCE):
            frames = []
            last = min(first + BLOCK * BLOCKS_AT_ONCE, authority.children)
            for start in range(first, last, BLOCK):
                rng = np.random.default_rng([seed, number, start // BLOCK])
                block = Block(rng, start, as_of.toordinal(), working)
                tell_life(block, authority.ladders)
                frames.append(_frame(authority, *block.columns(min(BLOCK, last - start))))
            yield Made(authority, first, pl.concat(frames, rechunk=True), _ids(authority, np.arange(first, last)))


def _ids(authority: Authority, numbers: npt.NDArray[Any]) -> pl.Series:
    """The ids of some cases by their numbers."""
    digits = pl.Series("case", numbers).cast(pl.String).str.zfill(6)
    return (f"{authority.code}-" + digits).alias("case")


def _frame(
    authority: Authority, words: dict[str, tuple[str, ...]], columns: dict[str, npt.NDArray[Any]]
) -> pl.DataFrame:
    found = {}
    first = int(columns["case"][0]) if len(columns["case"]) else 0
    names = _ids(authority, np.arange(first, first + BLOCK + 1))
    for name, dtype in events_schema().items():
        column = columns.get(name)
        if column is None:
            found[name] = pl.Series([None], dtype=dtype).new_from_index(0, len(columns["case"]))
            continue
        numbers = pl.Series(column)
        if name in ("case", "child"):
            found[name] = names.gather(_places(numbers - first * (numbers != NONE).cast(pl.Int64))).cast(dtype)
        elif name in words:
            found[name] = pl.Series(words[name], dtype=dtype).gather(_places(numbers))
        elif name == "on" or FIELDS.get(name) == "date":
            days = numbers.cast(pl.Int32)
            found[name] = (days.set(days == NONE, None) - EPOCH).cast(pl.Date)
        else:
            found[name] = numbers.set(numbers == NONE, None).cast(dtype)
    frame = pl.DataFrame(found)
    return frame.filter(~pl.col("kind").is_in(authority.unrecorded)) if authority.unrecorded else frame


def _places(numbers: pl.Series) -> pl.Series:
    return numbers.set(numbers == NONE, None).cast(pl.UInt32)
