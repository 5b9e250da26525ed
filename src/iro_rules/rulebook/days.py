"""Which look-ups a first day of coverage can serve: worked out from the productions alone, before any case is judged.

A record that holds a kind of fact from a day on shows that nothing came after a later day. That serves a look-up with
a lower bound, where the bound and all else that decides the matter stand whatever came before the first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iro_rules.clock.timescale import AgreedDate, Chosen
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.rulebook.core import Derive, Judge, Owe, Production, makes
from iro_rules.rulebook.terms import Compare, Condition

STANDING = frozenset({"trigger", "as_of"})
"""What a production has in hand before it looks anything up."""


def first_days(
    productions: Iterable[Production], sources: Mapping[str, int]
) -> tuple[dict[str, int], frozenset[Production]]:
    """From productions in order, and what may hide rows of each kind: `Core.dated` and `Core.firm`."""
    always: dict[str, int] = dict.fromkeys(KIND_FIELDS, 0)
    stands = dict.fromkeys(KIND_FIELDS, True)
    firm = set()
    for production in productions:
        sure = is_firm(production, stands)
        if sure:
            firm.add(production)
        for kind in makes(production):
            stands[kind] = stands.get(kind, True) and sure and isinstance(production, Derive)
            trigger = production.trigger.kind
            hidden = always[trigger] if keeps_the_day(production) else sources[trigger]
            for lookup in production.lookups:
                hidden |= 0 if lookup.on_record else sources[lookup.pattern.kind]
            always[kind] = always.get(kind, 0) | hidden
    return {kind: sources[kind] & ~bits for kind, bits in always.items()}, frozenset(firm)


def keeps_the_day(production: Production) -> bool:
    """Whether each row a production makes stands on the day of the row it was made from."""
    return isinstance(production, Derive) and production.moment == "trigger" and production.shift is None


def is_firm(production: Production, stands: Mapping[str, bool]) -> bool:
    """Whether a production decides by nothing but its trigger, and by whether some row is there at all.

    Of several rows that a look-up may find, the one that comes first or last may not be on record: so nothing may be
    read off it, and nothing else may be sought by it; except off what is asked for as the record shows it. Rows that
    were made have to stand in the same way.
    """
    shown = STANDING.union(lookup.name for lookup in production.lookups if lookup.on_record)
    kinds = (production.trigger.kind, *(lookup.pattern.kind for lookup in production.lookups))
    leans = (name for lookup in production.lookups for name in lookup.leans_on())
    return all(stands[kind] for kind in kinds) and shown.issuperset((*leans, *_read_from(production)))


def _read_from(production: Production) -> Iterable[str]:
    """The names of the rows in hand of which a production reads a day or a field."""
    paths: list[str] = []
    conditions: tuple[Condition, ...] = production.when
    match production:
        case Derive():
            paths = [production.moment, production.identity, *(path for _, path in production.keep)]
        case Owe():
            within = production.within
            paths = [production.anchor, *([within.path] if isinstance(within, AgreedDate | Chosen) else [])]
        case Judge():
            conditions = (*conditions, *(c for some, _ in production.verdicts for c in some))
    for condition in conditions:
        if isinstance(condition, Compare):
            paths += [path for path in (condition.left, condition.right) if path is not None]
    return (path.partition(".")[0] for path in paths)
