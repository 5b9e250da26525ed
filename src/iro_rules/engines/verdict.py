"""What every reader answers: one verdict per obligation or judgement, as plain values that compare exactly."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from iro_rules.facts.kinds import names_of


class Verdict(NamedTuple):
    """One reader's answer for one rule and one trigger; equal readers give equal verdicts.

    `about` is the trigger's identity ("" where the record cannot show whether the rule was triggered at
    all), `due_on` an ordinal, `due_at` seconds since 1970 UTC, `facts` the ids of the facts that decided,
    each with its part in the rule, `missing` a set of bits (see `facts.kinds`), `contact` a role.
    """

    rule: str
    about: str
    standing: str
    due_on: int | None
    due_at: int | None
    facts: tuple[tuple[str, str], ...]
    missing: int
    contact: str | None

    @property
    def id(self) -> str:
        """The finding's stable id: the rule and what it is about."""
        return f"{self.rule}:{self.about}"

    def missing_names(self) -> tuple[str, ...]:
        """What is missing, by name."""
        return names_of(self.missing)


def in_order(verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    """Verdicts in the one order in which every reader gives them."""
    return tuple(sorted(verdicts, key=itemgetter(0, 1)))
