"""The kinds of facts there are, their fields, and the bit each has in a set of missing things."""

from __future__ import annotations

from types import MappingProxyType

from iro_rules.facts import child, service
from iro_rules.facts.fact import Fact, plain_fields


def _kinds() -> dict[str, type[Fact]]:
    found = {
        cls.kind(): cls
        for module in (child, service)
        for cls in vars(module).values()
        if isinstance(cls, type) and issubclass(cls, Fact) and cls not in (Fact, service.ServiceFact)
    }
    return dict(sorted(found.items()))


KINDS: MappingProxyType[str, type[Fact]] = MappingProxyType(_kinds())
"""Every kind of fact by the name it has in files and rules."""

RELATED_CASE = "related_case"
RELATED_APPOINTED = "related_appointed"
RELATED_ENDED = "related_ended"
TIME_OF_DAY = "time of day"
BEYOND_CALENDAR = "working-day calendar"
FIELD_NOT_GIVEN = "a field left blank"


def _fields() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, cls in KINDS.items():
        for field_name, attribute in plain_fields(cls).items():
            kind = attribute.metadata["kind"]
            if kind == "text":
                continue
            vocabulary = attribute.metadata.get("vocabulary")
            written = f"{kind}:{vocabulary}" if vocabulary else kind
            if found.setdefault(field_name, written) != written:
                raise AssertionError(f"{name}.{field_name} is {written} here and {found[field_name]} elsewhere")
        found |= dict.fromkeys(cls.WORKED_OUT, "int")
    return found


FIELDS: MappingProxyType[str, str] = MappingProxyType(_fields())
"""Every field rules can read, with what it holds: key, date, int, term:VOCABULARY or terms:VOCABULARY."""


def _kind_fields() -> dict[str, frozenset[str]]:
    own = {
        name: frozenset(f for f, a in plain_fields(cls).items() if a.metadata["kind"] != "text") | {*cls.WORKED_OUT}
        for name, cls in KINDS.items()
    }
    own[RELATED_CASE] = frozenset({"child"})
    own[RELATED_APPOINTED] = own["appointed"] | {"child"}
    own[RELATED_ENDED] = own["ended"] | {"child"}
    return own


KIND_FIELDS: MappingProxyType[str, frozenset[str]] = MappingProxyType(_kind_fields())
"""The fields of each kind, including the three kinds that come from another child's case."""

BITS: MappingProxyType[str, int] = MappingProxyType(
    {name: 1 << i for i, name in enumerate([*KIND_FIELDS, TIME_OF_DAY, BEYOND_CALENDAR, FIELD_NOT_GIVEN])}
)
"""One bit per thing that can be missing, so that a set of missing things is one integer."""


def names_of(missing: int) -> tuple[str, ...]:
    """The names of the missing things in a set of bits, in alphabetical order."""
    return tuple(sorted(name for name, bit in BITS.items() if missing & bit))


def subject_of(kind: str) -> str:
    """Whether a kind of fact is about a child or about an authority."""
    cls = KINDS.get(kind)
    return "child" if cls is None else cls.SUBJECT


assert len(BITS) < 63, "a set of missing things must fit a 64-bit integer"
