"""The foundation slice: the rules that the floor knows and the first bars are for, cut out of a rulebook that grows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import attrs

from iro_rules.rulebook.compile import reads
from iro_rules.rulebook.core import Core, Production, makes

LISTED = Path(__file__).with_name("slice.txt")


def slice_rules() -> frozenset[str]:
    """The ids of the rules of the slice, the national ones and Rochdale's."""
    return frozenset(LISTED.read_text(encoding="utf-8").split())


def cut(core: Core, rules: Collection[str]) -> Core:
    """Only some rules of a core, with whatever makes the rows that they read."""
    needed: set[str] = set()

    def wanted(production: Production) -> bool:
        # From the last production back, so that whoever reads a row is asked before whoever makes it.
        if production.rule not in rules and needed.isdisjoint(makes(production)):
            return False
        needed.update(reads(production))
        return True

    strata = [tuple(p for p in reversed(stratum) if wanted(p))[::-1] for stratum in reversed(core.strata)]
    return attrs.evolve(core, strata=tuple(reversed(strata)))
