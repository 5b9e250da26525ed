"""What a case reads in the cases of related children: who their IRO is, as rows of the case itself."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.columnar.checks import refuse_beyond
from iro_rules.engines.columnar.scale import EPOCH, known
from iro_rules.engines.rows import AsOf
from iro_rules.facts.kinds import BITS, KIND_FIELDS, RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED

COPIED = {"appointed": RELATED_APPOINTED, "ended": RELATED_ENDED}
_TELLS = BITS["appointed"] | BITS["ended"]
_FIELDS = frozenset().union(*(KIND_FIELDS[kind] for kind in COPIED))
_COLUMNS = ("case", "id", "kind", "on", "at", *sorted(_FIELDS))


@attrs.frozen(eq=False)
class Neighbours:
    """The cases at hand whose record would show who the child's IRO is, and what it shows by the day asked about.

    Both tables call the case `child`.
    """

    cases: pl.DataFrame
    moves: pl.DataFrame

    @classmethod
    def of(cls, events: pl.DataFrame, cases: pl.DataFrame, as_of: AsOf, calendar: Calendar) -> Neighbours:
        """From the tables of the cases at hand. Raises CaseError for a day outside the calendar."""
        tells = (pl.col("subject") == "child") & (pl.col("covered") & _TELLS == _TELLS)
        told = cases.filter(tells)
        copied = pl.col("kind").is_in(list(COPIED))
        moves = events.select(name for name in _COLUMNS if name in events.columns).filter(copied)
        moves = moves.join(told, on="case", how="semi")
        refuse_beyond(moves, calendar)
        return cls(told.select(child="case"), moves.filter(known(as_of)).rename({"case": "child"}))

    def imported(self, named: pl.DataFrame, size: int) -> tuple[dict[str, pl.DataFrame], pl.Series]:
        """The rows that cases get from the children they name, and by case whether all of these are at hand.

        `named` has a row for each related fact: `place` and `child`, which is not the case itself.
        """
        named = named.unique()
        at_hand = named.join(self.cases, on="child", how="semi")
        missing = named.join(self.cases, on="child", how="anti")["place"].unique()
        moves = at_hand.join(self.moves, on="child").with_columns(id=pl.col("child") + "/" + pl.col("id"))
        rows = {to: moves.filter(pl.col("kind") == kind) for kind, to in COPIED.items()}
        first = pl.lit(1 - EPOCH, pl.Int32).cast(pl.Date)
        rows[RELATED_CASE] = at_hand.with_columns(id="child", on=first)
        text = pl.col("id", "child").cast(pl.Categorical())
        rows = {kind: frame.sort("place", "id").with_columns(text) for kind, frame in rows.items()}
        complete = pl.Series([True]).new_from_index(0, size)
        return rows, complete.scatter(missing, pl.Series([False]).new_from_index(0, len(missing)))
