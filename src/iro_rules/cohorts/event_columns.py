"""The columns of event tables: one row a fact, the same columns in CSV, JSON lines and Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from iro_rules.facts.fact import plain_fields
from iro_rules.facts.kinds import KINDS

OF_EVERY_ROW: Mapping[str, str] = MappingProxyType(
    {
        "case": "the identifier of the child (or of the authority) whose case it is",
        "id": "an identifier of the fact, its own within the case; may be left empty",
        "kind": "what kind of fact it is",
        "when": "the day, or the time with its offset: 2026-03-02, or 2026-03-02T16:30:00+00:00",
    }
)
"""The first columns, which every row fills in, except that `id` may be empty."""

OF_CASES: Mapping[str, str] = MappingProxyType(
    {
        "case": "the identifier of the child or of the authority",
        "subject": "child or authority; empty means child",
        "coverage": "`everything`, `nothing`, or the kinds of facts the record would hold, with spaces between "
        "them; one that it holds from a day on with that day: `review_held>=2025-04-01`",
    }
)
"""The columns of the table of cases."""


@attrs.frozen
class Field:
    """A column of event tables: what it holds, and which kinds of facts have it and how."""

    name: str
    holds: str
    vocabulary: str
    required: frozenset[str]
    optional: frozenset[str]
    defaults: Mapping[str, str]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of facts that have this field."""
        return self.required | self.optional


def _fields() -> dict[str, Field]:
    holds: dict[str, tuple[str, str]] = {}
    required: dict[str, set[str]] = {}
    optional: dict[str, set[str]] = {}
    defaults: dict[str, dict[str, str]] = {}
    for kind, cls in KINDS.items():
        for name, attribute in plain_fields(cls).items():
            metadata = attribute.metadata
            holds[name] = metadata["kind"], metadata.get("vocabulary", "")
            needed = attribute.default is attrs.NOTHING
            (required if needed else optional).setdefault(name, set()).add(kind)
            if isinstance(attribute.default, str):
                defaults.setdefault(name, {})[kind] = attribute.default
    return {
        name: Field(
            name,
            *holds[name],
            frozenset(required.get(name, ())),
            frozenset(optional.get(name, ())),
            MappingProxyType(defaults.get(name, {})),
        )
        for name in sorted(holds)
    }


FIELDS: Mapping[str, Field] = MappingProxyType(_fields())
"""Every other column, by name: the fields of the kinds of facts."""

COLUMNS = (*OF_EVERY_ROW, *FIELDS)
"""The columns of a template, in order."""
