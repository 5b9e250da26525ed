"""What happens in most cases: appointments, reviews, proceedings, and failures that the IRO weighs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from iro_rules.lab.synthetic.block import BLOCK, NEVER, NONE, Block, Ints, OneOf

REVIEW_DOCUMENTS = ("care_plan", "health_plan", "personal_education_plan", "social_work_report")
IROS = 400


def status(block: Block) -> OneOf:
    """Under which legal status care starts."""
    return OneOf(("section_20", "interim_care", "emergency_protection"), block.between(0, 2))


def people(block: Block, start: Ints, *, exactly: Ints | None = None) -> None:
    """Appointments, and whose case is related to whose; `exactly` has the IRO's first day in some cases, else -1."""
    siblings, parents, alike = block.pairs(25), block.pairs(2), block.pairs(80)
    iro = block.between(0, IROS - 1)
    iro = np.where(siblings & alike, np.repeat(iro[::2], 2), iro)
    names = tuple(f"iro-{number:03}" for number in range(IROS))
    first, changed = block.soon(start, 0, 9, 97), block.soon(start, 150, 900, 30)
    if exactly is not None:
        first = np.where(exactly == NONE, first, exactly)
    block.add("iro.first", "appointed", first, role="iro", period="1", person=OneOf(names, iro))
    block.add("iro.left", "ended", changed, role="iro", period="1", person=OneOf(names, iro))
    block.add(
        "iro.second", "appointed", changed + block.between(1, 20), role="iro", period="1",
        person=OneOf(names, (iro + 1) % IROS),
    )  # fmt: skip
    block.add("worker.first", "appointed", block.soon(start, 0, 3), role="social_worker", period="1", person="sw-1")
    other = (np.arange(BLOCK) ^ 1) + block.first
    related = np.where(siblings, start, NEVER)
    block.add("related.sibling", "related", related, relation="sibling", child=other)
    child = parents & ~siblings & (np.arange(BLOCK) % 2 == 0)
    block.add("related.parent", "related", np.where(child, start, NEVER), relation="parent", child=other)
    apart = np.where(siblings, block.soon(start, 5, 60, 10), NEVER)
    block.add("siblings.decided", "decided", apart, by="iro", about="sibling_conflict_of_interest", result="holds")


def reviews(
    block: Block,
    start: Ints,
    count: int,
    *,
    period: str = "1",
    prefix: str = "",
    documents: tuple[str, ...] = REVIEW_DOCUMENTS,
    exactly: Mapping[int, Ints] | None = None,
) -> list[tuple[str, Ints]]:
    """Reviews arranged, moved, prepared and held, each a while after the one before: their keys and days held.

    `exactly` has for the first reviews the day it is held in some cases (-1 for the rest), never moved.
    """
    before, all_held = start, []
    for number in range(1, count + 1):
        low, high = {1: (15, 27), 2: (70, 95)}.get(number, (150, 188))
        wanted = block.soon(before, low, high)
        wanted = np.where(block.chance(8), block.soon(wanted, 5, 40), wanted)
        moved = block.chance(15)
        day = np.where(moved, block.soon(wanted, 3, 21), wanted)
        held = np.where(block.chance(1), day, np.where(day <= block.last, block.some(97, day), NEVER))
        if exactly is not None and number in exactly:
            fixed = exactly[number]
            there = fixed != NONE
            wanted, day, held = (np.where(there, fixed, other) for other in (wanted, day, held))
            moved = moved & ~there
        key, name = f"{prefix}r{number:02}", f"{prefix}review-{number:02}"
        base: dict[str, Any] = {"review": key, "period": period}
        block.add(f"{name}.arranged", "review_planned", before + block.between(0, 8), planned_for=wanted, **base)
        announced = np.where(moved, wanted - block.between(1, 5), NEVER)
        block.add(f"{name}.moved", "review_planned", announced, planned_for=day, **base)
        block.add(f"{name}.held", "review_held", held, timed=30, always=True, **base)
        spoke = block.some(90, day - block.between(15, 30))
        turn = block.between(0, 1)
        by, to = OneOf(("social_worker", "iro"), turn), OneOf(("iro", "social_worker"), turn)
        block.add(f"{name}.contact", "told", spoke, timed=30, by=by, to=to, about="review", review=key)
        for document in documents:
            given = np.where(block.chance(12), day - block.between(0, 4), day - block.between(5, 16))
            block.add(
                f"{name}.{document}", "provided", block.some(92, given), document=document, by="social_worker",
                to="iro", review=key,
            )  # fmt: skip
        before = day
        all_held.append((key, held))
    return all_held


def proceedings(block: Block, start: Ints) -> Ints:
    """Proceedings, their documents and the final evidence; the days they were issued."""
    issued = block.soon(start, 10, 120, 45)
    block.add("court.issued", "proceedings_issued", block.some(98, issued), proceedings="1")
    order = block.soon(issued, 1, 6, 80)
    block.add("court.order", "order_made", order, timed=100, order="interim_care_order", period="1", proceedings="1")
    base: dict[str, Any] = {"by": "legal_department", "document": "court_document"}
    for number in range(1, 5):
        came = block.soon(issued, 0, 150, 90)
        key = f"c{number}"
        block.add(f"court.{key}.received", "received", came, proceedings="1", ref=key, **base)
        block.add(f"court.{key}.copied", "provided", block.soon(came, 0, 9, 88), to="iro", ref=key, **base)
    block.add("court.unnumbered", "received", block.soon(issued, 0, 150, 3), proceedings="1", **base)
    filed = block.soon(issued, 60, 200, 80)
    evidence = block.some(90, filed - block.between(1, 20))
    block.add("court.evidence", "received", evidence, by="iro", document="final_evidence", proceedings="1")
    block.add("court.filed", "filed", filed, document="final_evidence", proceedings="1")
    return issued


def cafcass(block: Block, start: Ints) -> None:
    """A few significant failures, and whether the IRO thought of Cafcass."""
    opinion = block.soon(start, 100, 600, 5)
    block.add("failure.opinion", "decided", opinion, by="iro", about="significant_failure", result="holds", ref="f1")
    to = OneOf(("senior_manager", "director_of_childrens_services"), block.between(0, 1))
    block.add(
        "failure.told", "told", block.soon(opinion, 0, 5, 90), by="iro", to=to, about="significant_failure", ref="f1"
    )
    still = block.soon(opinion, 20, 40)
    block.add("failure.goes-on", "decided", still, by="iro", about="failure_not_addressed", result="holds", ref="f1")
    weighed = block.soon(still, 0, 10, 70)
    block.add(
        "failure.weighed", "decided", weighed, by="iro", about="cafcass_referral", result="do_not_refer", ref="f1"
    )
