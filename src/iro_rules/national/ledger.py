"""The national rows: what the Act, the Regulations, the Handbook and the PLO guidance ask, one by one.

`rows.csv` beside this module numbers them, says in a few words what each asks, and for a row that no rule
encodes how it stands and why. Which rules encode a row is never written down there: it is read from the rules.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from iro_rules.rulebook.ledger import SourceRow, read_rows


@cache
def rows() -> tuple[SourceRow, ...]:
    """The national rows, in the order of their sources."""
    return read_rows(files("iro_rules.national").joinpath("rows.csv").read_text(encoding="utf-8"), where="rows.csv")
