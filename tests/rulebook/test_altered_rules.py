"""A rule altered at random is either refused in words, or sound: it is never half accepted."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from iro_rules.clock import Number
from iro_rules.errors import RulebookError
from iro_rules.facts.kinds import FIELDS, KIND_FIELDS
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Core
from iro_rules.testing.random_cases import TERMS, CaseSize
from iro_rules.testing.random_rules import CoreSize, patterns_of, raw_kinds, subjects_of, term_table
from iro_rules.testing.saved import Situation
from iro_rules.testing.strategies import as_ofs, cases, productions
from tests.readers.agreement import answer

PATHS = (
    "trigger", "x0", "x1", "x2", "as_of", "as_of.day", "trigger.due", "x0.planned_for", "trigger.window", "x0.review",
    "trigger.cc", "trigger.about", "x1.period", "x0.", ".", "", "trigger.", "as_of.", "x0.x1.review", "trigger.due.due",
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    *PATHS, *KIND_FIELDS, *FIELDS, *(value for values in TERMS.values() for value in values), "eq", "in", "has", "gt",
    "known", "first", "last", "all", "any", "k0", "r0/met", "r1/overdue", 0, 1, 10_000, -1, True,
)  # fmt: skip


def leaves(value: Any) -> list[Any]:
    """The plain values, in order, of which a production is made; a number counts as one."""
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in leaves(item)]
    if attrs.has(type(value)) and not isinstance(value, Number):
        return [leaf for a in attrs.fields(type(value)) for leaf in leaves(getattr(value, a.name))]
    return [value]


def altered(value: Any, at: int, other: Any) -> Any:
    """The same with one plain value, counted in order, replaced."""
    if not isinstance(value, tuple) and (isinstance(value, Number) or not attrs.has(type(value))):
        return other
    parts = value if isinstance(value, tuple) else tuple(getattr(value, a.name) for a in attrs.fields(type(value)))
    changed = []
    for part in parts:
        size = len(leaves(part))
        changed.append(altered(part, at, other) if 0 <= at < size else part)
        at -= size
    if isinstance(value, tuple):
        return tuple(changed)
    return type(value)(**{a.name: part for a, part in zip(attrs.fields(type(value)), changed, strict=True)})


def refusal(rules: list[Any]) -> tuple[Core | None, str]:
    """The core of these rules, or the words in which they are refused."""
    try:
        return order(rules, terms=term_table()), ""
    except RulebookError as refused:
        return None, str(refused)


@given(rules=productions(CoreSize(steps=4)), data=st.data())
def test_an_altered_rule_is_refused_in_words_or_can_be_judged(rules: list[Any], data: st.DataObject) -> None:
    """What the static checks let through breaks no reader, and what they refuse they name."""
    which = data.draw(st.integers(0, len(rules) - 1))
    plain = leaves(rules[which])
    at = data.draw(st.sampled_from([i for i, leaf in enumerate(plain) if isinstance(leaf, str | int)]))
    others = [other for other in OTHERS if type(other) is type(plain[at])]
    assume(others)
    try:
        changed = altered(rules[which], at, data.draw(st.sampled_from(others)))
    except RulebookError as refused:
        core, words = None, str(refused)
    else:
        core, words = refusal([*rules[:which], changed, *rules[which + 1 :]])
    if core is None:
        assert "docs/reference/errors.md#rulebook" in words
        return
    size = CaseSize(facts=8, kinds=raw_kinds(core), patterns=patterns_of(core), whole_coverage=80)
    case = data.draw(cases(size, subject=data.draw(st.sampled_from(subjects_of(core)))))
    situation = Situation(core=core, case=case.case, related=case.related, as_of=data.draw(as_ofs(case)))
    answer(situation)


def test_an_alteration_alters_what_it_says() -> None:
    """The means of this test: each plain value can be reached, and only that one changes."""
    nested = (("a", ("b", 1)), "c")
    assert leaves(nested) == ["a", "b", 1, "c"]
    assert [altered(nested, at, "X") for at in range(4)] == [
        (("X", ("b", 1)), "c"), (("a", ("X", 1)), "c"), (("a", ("b", "X")), "c"), (("a", ("b", 1)), "X")
    ]  # fmt: skip
