"""Which readings a finding holds under: the choices to try, and the fewest words that tell those in which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from iro_rules.readings import Interpretation, interpretations_in

MOST = 128
"""So many choices of readings are tried together; with more, each open question is varied by itself."""

Choice = Mapping[str, str]


def choices(*values: Any) -> tuple[Choice, ...]:
    """Every choice of readings that some values depend on, the defaults first."""
    found: dict[str, Interpretation] = {i.id: i for value in values for i in interpretations_in(value)}
    open_questions = list(found.values())
    size = 1
    for question in open_questions:
        size *= len(question.readings)
    defaults = {question.id: question.default for question in open_questions}
    if size > MOST:
        return (
            defaults,
            *({**defaults, q.id: name} for q in open_questions for name in q.names() if name != q.default),
        )
    ordered = ([q.default, *(n for n in q.names() if n != q.default)] for q in open_questions)
    return tuple(dict(zip(defaults, chosen, strict=True)) for chosen in product(*ordered))


def under(holding: Iterable[Choice], tried: Iterable[Choice]) -> str:
    """The readings under which something holds, as `question=reading`; empty where it holds under all that were tried.

    Only the questions on which it turns are named.
    """
    held = [dict(choice) for choice in holding]
    every = [dict(choice) for choice in tried]
    others = [choice for choice in every if choice not in held]
    if not others or not held:
        return ""
    names = [name for name in held[0] if _turns_on(name, held, others)]

    def said(of: list[dict[str, str]]) -> list[str]:
        return list(dict.fromkeys(" and ".join(f"{name}={choice[name]}" for name in names) for choice in of))

    shown, left = said(held), said(others)
    return f"every reading but {'; or '.join(left)}" if len(left) < len(shown) else "; or ".join(shown)


def _turns_on(name: str, held: list[dict[str, str]], others: list[dict[str, str]]) -> bool:
    """Whether another reading of one question alone makes a difference somewhere."""

    def rest(choice: dict[str, str]) -> dict[str, str]:
        return {other: reading for other, reading in choice.items() if other != name}

    return any(rest(a) == rest(b) for a in held for b in others)
