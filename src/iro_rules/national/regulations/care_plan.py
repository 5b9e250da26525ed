"""Part 2 of the Regulations: what a care plan must record (reg 5)."""

from __future__ import annotations

from iro_rules.national.regulations.short_breaks import SHORTER_PLAN
from iro_rules.national.regulations.source import law
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Gate, fact, seek

_MADE = fact("happened", event="care_plan_made", ref=KNOWN)


def _in_plan(name: str, topic: str, words: str, paragraph: str = "reg 5(a) to (e)") -> Gate:
    """A matter that the plan must hold; `ref` joins a plan and what is recorded in it."""
    return Gate(
        id=f"regulations.care-plan.{name}",
        law=law(("N-R03",), f"{paragraph}, as made", verb="record"),
        act=f"record {words} in the child's care plan",
        bearer="local_authority",
        to="child",
        trigger=_MADE,
        given=(seek("shorter", SHORTER_PLAN, since="trigger", until="trigger"),),
        when=(Absent("shorter"),),
        first=(seek("entry", fact("recorded", document="care_plan", about=topic), "ref"),),
        note="A plan that lacks this is put right by recording it in the plan later; until then it is not as it must "
        "be. In a series of short breaks a shorter plan takes its place.",
    )


RULES = (
    _in_plan("permanence", "permanence_plan", "the plan for permanence"),
    _in_plan("health", "health_arrangements", "the arrangements for health"),
    _in_plan("education", "education_arrangements", "the arrangements for education"),
    _in_plan("placement", "placement_plan", "the placement plan"),
    _in_plan("wishes", "wishes_and_feelings", "the child's wishes and feelings, so far as they could be learnt"),
    _in_plan("iro", "iro_name", "the name of the IRO", "reg 5(d)"),
    Conflict(
        id="regulations.care-plan.untraceable",
        law=law(("N-R03",), "reg 5(a) to (e), as made", verb="record"),
        act="a care plan was made without a reference, so what it records cannot be followed",
        trigger=fact("happened", event="care_plan_made", ref=UNKNOWN),
    ),
)
