"""The story of the cases that the benchmarks run on, told for a block of cases at once; some on Rochdale's ladders.

Each `add` is a fact that some of the cases have, on days of their own; see `iro_rules.lab.synthetic.block`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from iro_rules.lab.synthetic.block import NEVER, NONE, Block, Ints, OneOf
from iro_rules.lab.synthetic.chapters import cafcass, people, proceedings, reviews, status


def tell(block: Block, facts: int, ladders: bool) -> None:
    """What happened in each case."""
    mean = max(200, round((facts - (25.5 if ladders else 15.5)) * 27))
    start = block.working(block.as_of - block.between(mean * 2 // 5, mean * 8 // 5))
    left = block.some(12, start + block.between(120, mean * 8 // 5))
    block.last = np.minimum(block.as_of, left)
    late_entry = np.where(block.chance(1), 40, 0)
    block.add("care.start", "became_looked_after", start + late_entry, period="1", status=status(block))
    block.add("care.end", "ceased_to_be_looked_after", left, period="1")
    people(block, start)
    reviews(block, start, 4 + mean * 8 // 5 // 160)
    proceedings(block, start)
    cafcass(block, start)
    if ladders:
        _dispute(block, start)
        _concern(block, start)


def _dispute(block: Block, start: Ints) -> None:
    """A dispute that climbs some or all of Rochdale's ladder."""
    key: dict[str, Any] = {"dispute": "d1"}

    def told(name: str, day: Ints, by: str, to: str, about: str) -> None:
        block.add(f"dispute.{name}", "told", day, timed=30, by=by, to=to, about=about, **key)

    def ends(stage: str, day: Ints, agreed: float) -> Ints:
        settled = block.chance(agreed)
        result = OneOf(("agreed", "not_agreed"), np.where(settled, 0, 1))
        block.add(f"dispute.{stage}.outcome", "outcome", day, stage=stage, result=result, **key)
        record = block.soon(day, 0, 4, 85)
        block.add(f"dispute.{stage}.record", "recorded", record, by="iro", about="dispute", stage=stage, **key)
        return np.where(settled, NEVER, day)

    def steps(stage: str, day: Ints) -> Ints:
        step = block.soon(day, 0, 3, 92)
        block.add(f"dispute.{stage}.step", "step_taken", step, stage=stage, **key)
        return step

    raised = block.soon(start, 20, 700, 75)
    block.add("dispute.raised", "raised", raised, by="iro", about="dispute", **key)
    told("notice", block.soon(raised, 0, 1, 90), "iro", "social_worker", "taking_it_to_the_team_manager")
    asked = block.soon(raised, 0, 4, 94)
    named = block.mostly("d1")
    block.add("dispute.asked", "told", asked, timed=30, by="iro", to="team_manager", about="dispute", dispute=named)
    answered = block.soon(asked, 1, 10, 85)
    told("answer", answered, "team_manager", "iro", "response")
    over = np.where(answered < NEVER, block.soon(answered, 0, 5), block.soon(asked, 10, 20, 50))
    formal = ends("informal", over, 45)
    told("formal", block.soon(formal, 0, 2, 90), "iro", "team_manager", "going_formal")
    told("formal-too", block.soon(formal, 0, 2, 90), "iro", "iro_team_manager", "going_formal")
    meeting = block.soon(formal, 4, 12)
    arranged = block.soon(formal, 0, 8, 90)
    block.add(
        "dispute.meeting.arranged", "meeting_planned", arranged, meeting="three_way_meeting", planned_for=meeting, **key
    )
    met = block.some(92, np.maximum(meeting, arranged))
    block.add("dispute.meeting.held", "meeting_held", met, meeting="three_way_meeting", **key)
    higher = steps("safeguarding_manager", ends("three_way_meeting", met, 40))
    talked = block.soon(higher, 0, 3, 88)
    block.add("dispute.discussed", "meeting_held", talked, meeting="managers_discussion", **key)
    higher = steps("service_director", ends("safeguarding_manager", talked, 40))
    higher = steps("director", ends("service_director", block.soon(higher, 1, 10, 90), 40))
    decided, named = block.soon(higher, 1, 6, 80), block.mostly("d1")
    block.add(
        "dispute.decided", "decided", decided, by="director_of_childrens_services", about="dispute", dispute=named
    )
    record = block.soon(decided, 0, 4, 85)
    block.add("dispute.director.record", "recorded", record, by="iro", about="dispute", stage="director", **key)
    advised = block.soon(raised, 3, 20, 12)
    block.add(
        "dispute.advice.agreed", "agreed", block.some(70, advised), by="service_manager_for_safeguarding",
        about="legal_advice", **key,
    )  # fmt: skip
    asked = block.soon(advised, 0, 5)
    block.add(
        "dispute.advice.asked", "requested", asked, by="iro", to="legal_department", about="legal_advice", ref="d1"
    )


def _concern(block: Block, start: Ints) -> None:
    """A concern on Rochdale's other ladder, most with a window chosen for its risk."""
    key: dict[str, Any] = {"dispute": "k1"}

    def told(name: str, day: Ints, by: str, to: str, about: str = "concern") -> None:
        block.add(f"concern.{name}", "told", day, timed=30, by=by, to=to, about=about, **key)

    def ends(step: str, day: Ints, agreed: float) -> Ints:
        settled = block.chance(agreed)
        result = OneOf(("agreed", "not_agreed"), np.where(settled, 0, 1))
        block.add(f"concern.{step}.outcome", "outcome", day, stage=step, result=result, **key)
        record = np.where(settled, block.soon(day, 0, 5, 85), NEVER)
        block.add(f"concern.{step}.record", "recorded", record, by="iro", about="concern", stage=step, **key)
        return np.where(settled, NEVER, day)

    raised = block.soon(start, 20, 700, 65)
    window = np.where(block.chance(70), block.between(1, 7), NONE)
    window = np.where(block.chance(3), block.between(0, 1) * 9, window)
    block.add("concern.raised", "raised", raised, by="iro", about="concern", window=window, **key)
    noted = block.soon(raised, 0, 5, 92)
    told("notice", noted, "iro", "social_worker")
    met = block.soon(noted, 0, 8, 90)
    told("step-2", met, "iro", "team_manager")
    over = ends("step_2", block.soon(met, 0, 10, 92), 50)
    for by, to, step, above in (
        ("team_manager", "service_manager", "step_3", 50),
        ("service_manager", "head_of_service", "step_4", 60),
    ):
        told(f"{step}.by-{by}", block.soon(over, 0, 2, 85), by, to, "stage_outcome")
        if step == "step_3":
            told(f"{step}.by-iro", block.soon(over, 0, 2, 85), "iro", "iro_service_manager", "stage_outcome")
        met = block.soon(over, 0, 8, 90)
        told(f"{step}.contact", met, "iro", to)
        over = ends(step, block.soon(met, 0, 10, 92), above)
    told("report", block.soon(over, 0, 6, 80), "head_of_service", "executive_director", "stage_outcome")
    meant, named = block.soon(over, 0, 6, 50), block.mostly("k1")
    block.add("concern.representations", "decided", meant, by="iro", about="representations", dispute=named)
    told("representations.notice", block.soon(meant, 0, 9, 85), "iro", "head_of_service", "representations")
