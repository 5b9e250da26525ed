"""How many matters are open across cases is counted month by month, and what cannot be told is not taken for none."""

from __future__ import annotations

from datetime import date

import pytest

from iro_rules import Case, Coverage
from iro_rules.assessment import Setting, assess, month_ends, open_each_month, open_matters, setting
from iro_rules.errors import CaseError, FieldError
from iro_rules.facts import Outcome, Raised
from tests.wide.books import BOOKS
from tests.wide.protocols.figures import Stages

LADDER = "linsdale.escalation"


@pytest.fixture(scope="module")
def where() -> Setting:
    """The made-up protocol whose ladder is counted."""
    return setting(BOOKS["linsdale"])


def case(name: str, *months: str, closed: str = "", coverage: Coverage | None = None) -> Case:
    """A case with an escalation raised in the middle of each month, the first of them closed on a day."""
    facts: list[Raised | Outcome] = [
        Raised(f"{month}-15", by="iro", about="dispute", dispute=f"d{n}") for n, month in enumerate(months)
    ]
    if closed:
        facts.append(Outcome(closed, stage=Stages.TEAM, result="agreed", dispute="d0"))
    return Case(name, facts, coverage=coverage or Coverage.everything())


def test_open_escalations_are_counted_at_the_end_of_each_month(where: Setting) -> None:
    """A matter counts from the month it is raised in until the month it is closed in, two of one case as two."""
    cases = [
        case("a", "2026-01", "2026-02", closed="2026-03-31"),
        case("b", "2026-02", closed="2026-02-28"),
        case("c"),
        case("d", "2026-02", closed="2026-03-01"),
    ]
    found = open_each_month(cases, where, first="2025-12", last="2026-03")
    assert [(count.as_of.isoformat(), count.ladder, count.open, count.untold) for count in found] == [
        ("2025-12-31", LADDER, 0, 0),
        ("2026-01-31", LADDER, 1, 0),
        ("2026-02-28", LADDER, 3, 0),
        ("2026-03-31", LADDER, 1, 0),
    ]


def test_a_record_that_does_not_show_disputes_is_counted_apart(where: Setting) -> None:
    """It is not a case without escalations; nor is one that does not show how they ended."""
    cases = [
        case("a", "2026-01"),
        case("blind", coverage=Coverage.everything().without("raised")),
        case("half", "2026-01", coverage=Coverage.everything().without("outcome")),
    ]
    (found,) = open_each_month(cases, where, first="2026-01", last="2026-01")
    assert (found.open, found.untold) == (1, 2)


def test_a_case_is_not_counted_twice(where: Setting) -> None:
    """The same case given twice for one day is an error, on two days it is not."""
    one = [assess(case("a", "2026-01"), as_of=day, protocol=where) for day in ("2026-01-31", "2026-02-28")]
    assert [count.open for count in open_matters(one, where)] == [1, 1]
    with pytest.raises(CaseError, match="counted twice"):
        open_matters([*one, one[0]], where)


def test_a_protocol_without_a_counted_ladder_has_no_figures() -> None:
    """Counting is asked for by the ladder."""
    assert open_each_month([case("a")], setting(BOOKS["eastmere"]), first="2026-01", last="2026-01") == ()


def test_months_are_given_as_months() -> None:
    """Each ends on its last day, leap years included; anything else is refused."""
    assert month_ends("2023-12", "2024-02") == (date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29))
    for first, last in (("2026-13", "2026-13"), ("2026-1", "2026-2"), ("2026-01-01", "2026-02-01")):
        with pytest.raises(FieldError):
            month_ends(first, last)
    with pytest.raises(FieldError, match="the first month comes after the last"):
        month_ends("2026-02", "2026-01")
