"""The core a rulebook is compiled to: three productions that every reader understands, in strata.

`Derive` makes a row from a row, `Owe` judges an obligation, `Judge` gives the first verdict that holds.
Look-ups, conditions and timescales are those of `terms` and `clock`, with every reading chosen.
"""

from __future__ import annotations

import attrs

from iro_rules.clock.timescale import Clock, Timescale
from iro_rules.rulebook.terms import Condition, Lookup, Pattern

FOREVER = 10**9
"""A day after every day there is: the end of a rule that has none."""


@attrs.frozen(kw_only=True)
class Production:
    """What every production has. `start` and `end` bound the trigger's day (ordinals; end is exclusive)."""

    rule: str
    trigger: Pattern
    lookups: tuple[Lookup, ...] = ()
    when: tuple[Condition, ...] = ()
    start: int = 0
    end: int = FOREVER


@attrs.frozen(kw_only=True)
class Derive(Production):
    """Each trigger for which `when` holds gives one row of `kind`.

    `identity` is a path to the key that names the row (default: the trigger's own identity); `moment` is a
    path to the row or date that dates it, and `shift` moves that day (in calendar units; past either end of the
    known calendar all days are one). `keep` names further fields (new name, path); the trigger's own are kept.
    Of two rows of one kind with one identity, the production that stands first wins.
    """

    kind: str
    identity: str = "trigger"
    moment: str = "trigger"
    shift: Clock | None = None
    keep: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class Owe(Production):
    """Each trigger owes an act, done when all (or any) of the look-ups in `done` find a row.

    What `lapse` finds ends it, if that comes before the deadline; with `lapse_late`, whenever it comes.
    `emits` says which rows are made for other productions: `RULE/met` (dated by the discharge) and
    `RULE/overdue` (dated by the deadline, which it also keeps as `due`).
    """

    anchor: str = "trigger"
    within: Timescale | None = None
    done: tuple[str, ...] = ()
    needs: str = "all"
    lapse: str | None = None
    lapse_late: bool = False
    contact: str | None = None
    emits: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Judge(Production):
    """Each trigger for which `when` holds has the first standing whose conditions hold, else `otherwise`.

    With `otherwise` None and no verdict, there is no finding.
    """

    verdicts: tuple[tuple[tuple[Condition, ...], str], ...] = ()
    otherwise: str | None = None
    contact: str | None = None


def makes(production: Production) -> tuple[str, ...]:
    """The kinds of rows a production makes."""
    if isinstance(production, Derive):
        return (production.kind,)
    return production.emits if isinstance(production, Owe) else ()


@attrs.frozen(eq=False)
class Core:
    """Productions in an order in which every row is made before it is read, with what the readers need to know.

    `strata` groups them; `sources` gives for each kind the bits of every kind of fact whose absence could
    hide a row of it, `dated` those of them that hide rows by their day alone: a fact from before a day hides no row on
    or after it; `firm` are the productions in which nothing found could have been another row, had the record held
    more (see `rulebook.days`); `subjects` says for each rule whether it is about a child or an authority; `fallbacks`
    maps a role to the role that stands in for it.
    """

    strata: tuple[tuple[Production, ...], ...]
    sources: dict[str, int]
    dated: dict[str, int]
    firm: frozenset[Production]
    fields: dict[str, frozenset[str]]
    subjects: dict[str, str]
    fallbacks: dict[str, str]

    def hiding(self, lookup: Lookup) -> int:
        """The bits of every kind of fact whose absence could hide a row that a look-up seeks."""
        return 0 if lookup.on_record else self.sources[lookup.pattern.kind]

    def productions(self) -> tuple[Production, ...]:
        """All productions, in order."""
        return tuple(p for stratum in self.strata for p in stratum)

    def by_day(self, production: Production, lookup: Lookup) -> int:
        """The kinds of facts, as bits, whose first day may tell that what a look-up has not found is not there.

        It does where it is not after the look-up's lower bound, which has to stand whatever came before that day.
        """
        bounded = lookup.since is not None or lookup.after is not None
        return self.dated[lookup.pattern.kind] if bounded and production in self.firm else 0
