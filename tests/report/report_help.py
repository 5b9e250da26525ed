"""What the tests of reports show: the shipped examples, and cases whose texts try to be more than text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs

from iro_rules import Assessment, Case, Coverage, assess, read_case, setting
from iro_rules.facts import BecameLookedAfter, Decided, OrderMade
from iro_rules.report.audit import Audit, audit_of

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = "2026-03-02"
HOSTILE = '</p><script src="//evil.example/x.js"></script>{{ 7 * 7 }}{% raw %}\'"&<img src=x onerror=alert(1)>\u202e'


@cache
def dispute() -> Assessment:
    """The shipped example of a dispute in Rochdale."""
    where = setting("rochdale")
    case = read_case(EXAMPLES / "rochdale-dispute.json", terms=where.rulebook.terms).case
    return assess(case, as_of=AS_OF, protocol=where)


@cache
def reviews_only() -> Assessment:
    """The shipped example of a record that knows little."""
    return assess(read_case(EXAMPLES / "reviews-only.json").case, as_of=AS_OF)


@cache
def siblings() -> Assessment:
    """The shipped example of siblings."""
    read = read_case(EXAMPLES / "siblings.json")
    return assess(read.case, as_of=AS_OF, related=read.related.values())


@cache
def audit() -> Audit:
    """The shipped example of an authority."""
    return audit_of(assess(read_case(EXAMPLES / "authority.json").case, as_of=AS_OF))


@cache
def timed() -> Assessment:
    """A case in Barnet with a clock in hours, across the night on which the clocks go forward."""
    facts = [
        OrderMade("2026-03-28T16:30:00+00:00", order="interim_care_order", id="order"),
        BecameLookedAfter("2026-03-28T16:30:00+00:00", id="start"),
    ]
    return assess(Case("timed", facts, coverage=Coverage.everything()), as_of="2026-03-29", protocol="barnet")


def hostile() -> Assessment:
    """An assessment whose every text tries to be markup, a template or a line of its own."""
    facts = [
        BecameLookedAfter("2026-01-05", id="start"),
        Decided("2026-01-06", by="iro", about="cafcass_referral", reasons=HOSTILE, id="d"),
    ]
    made = assess(Case("c1", facts, coverage=Coverage.everything()), as_of=AS_OF)
    findings = [attrs.evolve(f, act=f"{f.act} {HOSTILE}", note=HOSTILE) for f in made.findings]
    return attrs.evolve(made, case=HOSTILE, findings=tuple(findings))
