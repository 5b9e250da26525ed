"""The rows a production has in hand for one trigger, and how paths and conditions are read off them.

Rows are held by place: the trigger, the look-ups in order, and at the end the day asked about. Paths and
conditions are worked out beforehand into functions of the rows held.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from iro_rules.engines.rows import Row
from iro_rules.facts.kinds import BITS, FIELD_NOT_GIVEN
from iro_rules.rulebook.terms import Compare, Condition, Present

Held = list[Row | None]
Unseen = list[int]
"""For each place without a row, the bits that may hide one; 0 elsewhere."""

TRIGGER, AS_OF = 0, -1
TRUE, FALSE = 0, -1
"""What a condition comes to; above 0 it is the bits that keep it from being known."""

BLANK = BITS[FIELD_NOT_GIVEN]

Valued = Callable[[Held], Any]
"""What a path, or several, come to for the rows held; None where that is not known."""
Weighed = Callable[[Held, Unseen], int]


@attrs.frozen
class Path:
    """A place and a field of the row there, or the row itself where `field` is empty."""

    place: int
    field: str

    @classmethod
    def of(cls, text: str, places: Mapping[str, int]) -> Path:
        """A written path, with the places that names have."""
        name, _, field = text.partition(".")
        return cls(places[name], field)

    def value(self) -> Valued:
        """Reads what the field holds; None where there is no row or no such field."""
        place, field = self.place, self.field

        def value(held: Held) -> Any:
            row = held[place]
            return None if row is None else row.values.get(field)

        return value

    def day(self, held: Held) -> int | None:
        """The row's day, or the day its field holds."""
        row = held[self.place]
        if row is None:
            return None
        if not self.field:
            return row.on
        day = row.values.get(self.field)
        return day if isinstance(day, int) else None


def weigh(conditions: tuple[Weighed, ...], held: Held, unseen: Unseen) -> int:
    """All conditions together: FALSE as soon as one is false, else everything that keeps one from being known."""
    missing = TRUE
    for condition in conditions:
        came_to = condition(held, unseen)
        if came_to == FALSE:
            return FALSE
        missing |= came_to
    return missing


def weighing(conditions: tuple[Condition, ...], places: Mapping[str, int]) -> tuple[Weighed, ...]:
    """Conditions as functions of the rows held."""
    return tuple(_weighed(condition, places) for condition in conditions)


def _weighed(condition: Condition, places: Mapping[str, int]) -> Weighed:
    if isinstance(condition, Compare):
        left = Path.of(condition.left, places)
        compare = _COMPARISONS[condition.op]
        if condition.right is None:
            return _with_constant(left, compare, condition.constant)
        return _with_another(left, compare, Path.of(condition.right, places))
    place = places[condition.name]
    if isinstance(condition, Present):
        return lambda held, unseen: TRUE if held[place] is not None else unseen[place] or FALSE
    return lambda held, unseen: unseen[place] if held[place] is None else FALSE


Comparison = Callable[[Any, Any], Any]
_COMPARISONS: Mapping[str, Comparison] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def _with_constant(left: Path, compare: Comparison, constant: object) -> Weighed:
    place, field = left.place, left.field

    def weighed(held: Held, unseen: Unseen) -> int:
        row = held[place]
        if row is None:
            return unseen[place] or FALSE
        value = row.values.get(field)
        if value is None:
            return BLANK
        return TRUE if compare(value, constant) else FALSE

    return weighed


def _with_another(left: Path, compare: Comparison, right: Path) -> Weighed:
    def weighed(held: Held, unseen: Unseen) -> int:
        one, other = held[left.place], held[right.place]
        if one is None:
            return unseen[left.place] or FALSE
        if other is None:
            return unseen[right.place] or FALSE
        value, another = one.values.get(left.field), other.values.get(right.field)
        if value is None or another is None:
            return BLANK
        return TRUE if compare(value, another) else FALSE

    return weighed
