"""Small rulebooks and cases made by hand for the tests of assessments."""

from __future__ import annotations

from typing import Any

import pendulum

from iro_rules import Assessment, Case, Coverage, Finding, assess
from iro_rules.facts import Fact, Raised, Told
from iro_rules.facts.fields import to_date
from iro_rules.rulebook import Duty, Force, Law, Modality, Package, Rulebook, Verified, fact, seek

LAW = Law(
    rows=("T-01",), citation="A made-up protocol, paragraph 1", force=Force.GOOD_PRACTICE, modality=Modality.SHOULD,
    verb="should", verified=Verified.S, start="2011-04-01",
)  # fmt: skip
TOLD = (seek("notice", fact("told", by="iro", to="social_worker", about="dispute"), "dispute", since="trigger"),)

RAISED = Raised("2026-01-05", by="iro", about="dispute", dispute="d1", id="f1")


def duty(**options: Any) -> Duty:
    """A duty of the IRO to tell the social worker of a dispute that was raised."""
    settings: dict[str, Any] = {
        "id": "made.tell",
        "law": LAW,
        "act": "tell the social worker",
        "bearer": "iro",
        "trigger": fact("raised", about="dispute"),
        "met_by": TOLD,
    }
    return Duty(**(settings | options))


def book(*parts: Any, **options: Any) -> Rulebook:
    """A rulebook of these parts and nothing else."""
    return Rulebook(name="made", parts=parts, packages=(Package("made", "1.0", "nowhere"),), **options)


def case(*facts: Fact, **options: Any) -> Case:
    """A case whose record would hold everything."""
    return Case("c1", facts, **({"coverage": Coverage.everything()} | options))


def judged(rulebook: Rulebook, *facts: Fact, as_of: str = "2026-03-02", **options: Any) -> Assessment:
    """A case of these facts, judged by `meaning`."""
    return assess(case(*facts), as_of=as_of, protocol=rulebook, engine="meaning", **options)


def only(assessment: Assessment) -> Finding:
    """The one finding there is."""
    (found,) = assessment.findings
    return found


def sentences(found: Finding) -> tuple[str, ...]:
    """A finding in sentences."""
    return found.explain().sentences


def told_on(day: str, **options: Any) -> Told:
    """The fact that discharges the made-up duty."""
    return Told(day, by="iro", to="social_worker", about="dispute", dispute="d1", id="f2", **options)


def finding(assessment: Assessment, name: str) -> Finding:
    """A finding that is there."""
    found = assessment.finding(name)
    assert found is not None
    return found


def judge_children(
    *facts: Any, as_of: str = "2026-05-01", coverage: Coverage | None = None, unverified: bool = False
) -> Assessment:
    """A case under the national rules."""
    case = Case("c1", facts, coverage=coverage or Coverage.everything())
    return assess(case, as_of=as_of, engine="meaning", unverified=unverified)


def day(text: str) -> pendulum.Date:
    """A date, for the fields that are typed as one."""
    return to_date(text, name="day")
