"""What brings a rule about and what meets it, in words: the facts as they are recorded, not as they are told."""

from __future__ import annotations

from iro_rules.assessment.words import listed, plain
from iro_rules.facts.kinds import KIND_FIELDS
from iro_rules.readings import resolve
from iro_rules.rulebook import Duty, Pattern, Rulebook, Status
from iro_rules.rulebook.rules import AnyRule, Constraint, StandingDuty
from iro_rules.rulebook.terms import Test

FIRST = ("by", "to", "cc", "about", "document")
"""The fields that are told first, in the order in which one says them."""


def arises(rule: AnyRule, book: Rulebook) -> str:
    """What brings a rule about under the default readings; empty where its own words say so."""
    read = resolve(rule, {})
    if isinstance(read, Constraint | StandingDuty):
        return ""
    return pattern_words(read.trigger, book)


def met_by(rule: AnyRule, book: Rulebook) -> str:
    """The facts that meet a duty under the default readings."""
    read = resolve(rule, {})
    if not isinstance(read, Duty):
        return ""
    found = dict.fromkeys(pattern_words(lookup.pattern, book) for lookup in read.met_by)
    return f"; {'and' if read.needs == 'all' else 'or'} ".join(found)


def pattern_words(pattern: Pattern, book: Rulebook) -> str:
    """A pattern in words: a kind of fact with its fields, or the status or obligation whose row it is."""
    kind = pattern.kind
    tests = listed([_test(test) for test in sorted(pattern.where, key=lambda t: (_place(t.field), t.field))])
    if kind in KIND_FIELDS:
        return f"“{plain(kind)}”" + (f" with {tests}" if tests else "")
    owner, slash, how = kind.rpartition("/")
    if slash and owner in book.by_id and how in ("met", "overdue"):
        done = "is met" if how == "met" else "is overdue"
        return f"`{owner}` {done}" + (f", with {tests}" if tests else "")
    acts = dict.fromkeys(r.act for r in book.rules if isinstance(r, Status) and (r.kind or r.id) == kind)
    return listed(list(acts), "or") + (f", with {tests}" if tests else "")


def _place(field: str) -> int:
    return FIRST.index(field) if field in FIRST else len(FIRST)


def _test(test: Test) -> str:
    name = plain(test.field)
    match test.op:
        case "in":
            return f"{name} {listed([plain(value) for value in test.value], 'or')}"
        case "has":
            return f"{name} with {plain(test.value)} in it"
        case "known":
            return f"a {name}"
        case "unknown":
            return f"no {name}"
        case "gt":
            return f"{name} above {test.value}"
        case "lt":
            return f"{name} below {test.value}"
        case _:
            return f"{name} {plain(test.value)}"
