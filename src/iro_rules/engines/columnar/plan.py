"""What a core needs of the event tables, worked out once: which fields are compared, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iro_rules.facts.kinds import FIELDS, KIND_FIELDS, RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Compare, Condition, Standing

Cell = tuple[str, str]
"""A recorded kind of fact and one of its fields."""

TEXT, CODE, NAME, NUMBER, LIST = "text", "code", "name", "number", "list"
"""How a field is looked at: its text; a number for its text within its case, for joins; the identity it names;
a day or number; a list of terms."""


IMPORTED: frozenset[Cell] = frozenset((kind, "id") for kind in (RELATED_CASE, RELATED_APPOINTED, RELATED_ENDED))
"""The identities of rows that come from related cases, which no fact of the case has."""


class Plan:
    """A core with what the columnar reader looks up in it; makes no change to it."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.productions = core.productions()
        self._makers: dict[str, list[Production]] = {}
        for production in self.productions:
            kinds = (production.kind,) if isinstance(production, Derive) else ()
            for kind in production.emits if isinstance(production, Owe) else kinds:
                self._makers.setdefault(kind, []).append(production)
        read = {kind for p in self.productions for kind in hand_kinds(p).values()}
        self.recorded = tuple(sorted(kind for kind in read if kind in KIND_FIELDS))
        self.rules = tuple(sorted({p.rule for p in self.productions}))
        self.parts = tuple(sorted({name for p in self.productions for name in hand_kinds(p)}))
        self.standings = {name: code for code, name in enumerate(_standings(self.productions))}
        self.contacts = tuple(sorted({c for p in self.productions for c in self.chain(p)}))
        self._roots: dict[Cell, frozenset[Cell]] = {}
        self.families = _families([IMPORTED, *(group for p in self.productions for group in self._compared(p))])
        self._family = {cell: number for number, family in enumerate(self.families) for cell in family}
        named = ((p, p.identity) for p in self.productions if isinstance(p, Derive) and p.identity != "trigger")
        self.apart = self.names_alike()
        self.names = IMPORTED.union(*(self._of_path(p, path) for p, path in named))

    def names_alike(self) -> bool:
        """Whether ids of facts and other names are never compared: in no kind, bound, discharge or rule are both."""
        if any(len(self._namings(kind)) > 1 for kind in self.core.fields):
            return False
        told: dict[str, set[bool]] = {}
        for production in self.productions:
            kinds = hand_kinds(production)
            together = [{x.name, *(p for p in (x.after, x.before) if p)} for x in production.lookups]
            together.append(set(production.done) if isinstance(production, Owe) else set())
            if any(len({name for n in some for name in self._namings(kinds[n])}) > 1 for some in together):
                return False
            if not isinstance(production, Derive):
                told.setdefault(production.rule, set()).update(self._namings(production.trigger.kind))
        return all(len(namings) < 2 for namings in told.values())

    def _namings(self, kind: str) -> frozenset[bool]:
        """Whether rows of a kind have the ids of facts (True), other names, or some of them either."""
        if kind in KIND_FIELDS:
            return frozenset({(kind, "id") not in IMPORTED})
        found: frozenset[bool] = frozenset()
        for maker in self._makers.get(kind, ()):
            keyed = isinstance(maker, Derive) and maker.identity != "trigger"
            found |= frozenset({False}) if keyed else self._namings(maker.trigger.kind)
        return found

    def family(self, kind: str, field: str) -> int | None:
        """Which family of compared fields a field belongs to; None where it can hold nothing."""
        return next((self._family[cell] for cell in self.roots(kind, field)), None)

    def chain(self, production: Production) -> tuple[str, ...]:
        """The contact of a production, and those who stand in one after the other."""
        role = getattr(production, "contact", None)
        found: list[str] = []
        while role is not None:
            found.append(role)
            role = self.core.fallbacks.get(role)
        return tuple(found)

    def holds(self, kind: str, field: str) -> str:
        """What a field of a kind holds: key, term, terms, date or int."""
        if kind in KIND_FIELDS:
            return FIELDS[field].partition(":")[0]
        for maker in self._makers[kind]:
            if isinstance(maker, Owe):
                if field == "due":
                    return "date"
            else:
                assert isinstance(maker, Derive)
                for name, path in dict(maker.keep).items():
                    if name == field:
                        return self.path_holds(maker, path)
            if field in self.core.fields[maker.trigger.kind]:
                return self.holds(maker.trigger.kind, field)
        raise AssertionError(f"{kind} has no field {field}")

    def path_holds(self, production: Production, path: str) -> str:
        """What the field that a path names holds."""
        name, _, field = path.partition(".")
        return "date" if name == "as_of" else self.holds(hand_kinds(production)[name], field)

    def view(self, production: Production, path: str) -> str:
        """How a field is looked at when it is compared or joined."""
        return view_of(self.path_holds(production, path))

    def roots(self, kind: str, field: str) -> frozenset[Cell]:
        """The recorded fields from which a field of a kind may take its value."""
        if kind in KIND_FIELDS:
            return frozenset({(kind, field)} if field in KIND_FIELDS[kind] else ())
        if (kind, field) not in self._roots:
            found: set[Cell] = set()
            for maker in self._makers.get(kind, ()):
                found |= self.roots(maker.trigger.kind, field)
                if isinstance(maker, Derive):
                    for name, path in dict(maker.keep).items():
                        if name == field:
                            found |= self._of_path(maker, path)
            self._roots[kind, field] = frozenset(found)
        return self._roots[kind, field]

    def _of_path(self, production: Production, path: str) -> frozenset[Cell]:
        name, _, field = path.partition(".")
        return frozenset() if name == "as_of" else self.roots(hand_kinds(production)[name], field)

    def _compared(self, production: Production) -> Iterator[frozenset[Cell]]:
        """Recorded text fields that a production joins on, compares with each other, or names rows by."""
        if isinstance(production, Derive) and production.identity != "trigger":
            yield self._of_path(production, production.identity)
        for lookup in production.lookups:
            for field, path in lookup.on:
                if view_of(self.holds(lookup.pattern.kind, field)) == CODE:
                    yield self.roots(lookup.pattern.kind, field) | self._of_path(production, path)
        for condition in all_conditions(production):
            if isinstance(condition, Compare) and condition.right is not None:
                left, right = condition.left, condition.right
                if self.view(production, left) == CODE:
                    yield self._of_path(production, left) | self._of_path(production, right)


def _families(groups: Iterable[frozenset[Cell]]) -> tuple[frozenset[Cell], ...]:
    """Fields that are compared with each other, directly or through others, together."""
    families: list[frozenset[Cell]] = []
    for group in groups:
        apart = [family for family in families if not family & group]
        families = [*apart, group.union(*(family for family in families if family & group))]
    return tuple(families)


def view_of(holds: str) -> str:
    """How a field of this type is looked at when it is compared or joined."""
    return {"key": CODE, "term": CODE, "terms": LIST}.get(holds, NUMBER)


def hand_kinds(production: Production) -> dict[str, str]:
    """The kind of each row a production has in hand, by the row's name."""
    return {"trigger": production.trigger.kind} | {x.name: x.pattern.kind for x in production.lookups}


def all_conditions(production: Production) -> tuple[Condition, ...]:
    """Every condition of a production."""
    verdicts = getattr(production, "verdicts", ())
    return (*production.when, *(c for conditions, _ in verdicts for c in conditions))


def _standings(productions: tuple[Production, ...]) -> tuple[str, ...]:
    own = {str(standing) for p in productions if isinstance(p, Judge) for _, standing in p.verdicts}
    own |= {str(p.otherwise) for p in productions if isinstance(p, Judge) and p.otherwise is not None}
    return tuple(sorted({*own, *(str(standing) for standing in Standing)}))
