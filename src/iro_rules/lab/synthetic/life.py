"""The lives of made-up children: how old they are, where they live, under which status, and for how long.

The shares (who comes into care at which age and how, how often they move, come back or have brothers and sisters
in care) are of the order of those published for England; they are made up and stand for no authority.
"""

from __future__ import annotations

from datetime import date

import attrs
import numpy as np
import numpy.typing as npt

from iro_rules.clock.deadline import add_months
from iro_rules.lab.synthetic.block import BLOCK, NEVER, NONE, Block, Ints, OneOf
from iro_rules.lab.synthetic.chapters import cafcass, people, proceedings, reviews
from iro_rules.lab.synthetic.disputes import Steps, climb

Mask = npt.NDArray[np.bool_]

YEAR = 365
MEAN_STAY = 900
AGES = (
    (0, 330, 19), (330, 5 * YEAR, 16), (5 * YEAR, 10 * YEAR, 19), (10 * YEAR, 16 * YEAR, 31), (16 * YEAR, 6_450, 15)
)  # fmt: skip
"""Ages at the start of care in days: from, to, and how many children of a hundred."""

STARTS = ("section_20", "interim_care", "emergency_protection", "section_21", "section_20_short_breaks")
KINDS_OF_PLACEMENT = (
    "foster_care",
    "connected_person",
    "childrens_home",
    "with_parent",
    "other_arrangements",
    "adoption",
)
AREAS = ("own_area", "out_of_area", "at_a_distance")
HELD_BACK = 20
"""Every so many cases one stands on an edge: its clocks run out on the very day, or on the day before."""


@attrs.frozen
class Life:
    """What the rest of a story needs: when each child was born, came into care and left."""

    born: Ints
    start: Ints
    left: Ints


def tell_life(block: Block, ladders: tuple[Steps, ...]) -> Life:
    """What happened in each case; disputes go up the ladders of the authority's own protocol, where it has any."""
    edge = np.arange(BLOCK) % HELD_BACK == HELD_BACK - 1
    start = _start(block, edge)
    born, left = _ages(block, start)
    block.last = np.minimum(block.as_of, left)
    block.add("born", "born", block.some(99, born), always=True)
    status = block.rng.choice(len(STARTS), BLOCK, p=(0.52, 0.3, 0.1, 0.04, 0.04))
    breaks = status == STARTS.index("section_20_short_breaks")
    blank = np.where(block.chance(3), NONE, status)
    block.add("care.start", "became_looked_after", start, period="1", status=OneOf(STARTS, blank))
    block.add("care.end", "ceased_to_be_looked_after", left, period="1")
    people(block, start, exactly=_appointed(block, start, edge))
    for review, held in reviews(block, start, 9, exactly=_held(block, start, edge)):
        _conduct(block, review, held)
    issued = np.where(breaks, NEVER, proceedings(block, start))
    _statuses(block, issued)
    _homes(block, start, breaks)
    cafcass(block, start)
    for number, steps in enumerate(ladders):
        climb(block, start, steps, number)
    _return(block, left, born)
    return Life(born, start, left)


def _start(block: Block, edge: Mask) -> Ints:
    """Days on which care starts: mostly working days of the last years; on an edge those before long holidays."""
    since = block.rng.exponential(MEAN_STAY, BLOCK).astype(np.int64) + block.between(0, 60)
    since = np.where(since > 5 * YEAR, block.between(60, 5 * YEAR), since)
    start = block.working(block.as_of - since)
    year = date.fromordinal(block.as_of).year
    awkward = [
        date(year - back, month, day).toordinal()
        for back in (1, 2, 3)
        for month, day in ((12, 23), (3, 27), (4, 30), (8, 22), (2, 28), (11, 30))
    ]
    days = np.array([day for day in awkward if day < block.as_of])
    return np.where(edge, days[block.between(0, len(days) - 1)], start)


def _ages(block: Block, start: Ints) -> tuple[Ints, Ints]:
    """The day of birth, and the day of leaving care: some while later, and not after the eighteenth birthday."""
    band = block.rng.choice(len(AGES), BLOCK, p=np.array([share for *_, share in AGES]) / 100)
    low, high = (np.array([ages[end] for ages in AGES])[band] for end in (0, 1))
    born = start - block.between(low, high)
    eighteen = np.array([add_months(int(day), 18 * 12) or NEVER for day in born])
    left = block.some(28, start + block.between(20, MEAN_STAY * 2))
    return born, np.minimum(left, eighteen)


def _appointed(block: Block, start: Ints, edge: Mask) -> Ints:
    return np.where(edge, block.counted(start, 5) + block.between(0, 1), NONE)


def _held(block: Block, start: Ints, edge: Mask) -> dict[int, Ints]:
    """On an edge the first review is held on the twentieth working day or the day after it, the second just so."""
    first = block.counted(start, 20) + block.between(0, 1)
    second = np.array([add_months(int(day), 3) or NEVER for day in first]) + block.between(0, 1)
    return {1: np.where(edge, first, NONE), 2: np.where(edge, second, NONE)}


def _conduct(block: Block, review: str, held: Ints) -> None:
    """Whose views were asked for before a review, and what was sent out after it."""
    for role, often in (("child", 90), ("parent", 72)):
        asked = block.some(often, held - block.between(1, 25))
        block.add(
            f"{review}.asked-{role}", "consulted", asked, by="social_worker", to=role, about="review", review=review
        )
    sent = block.soon(held, 0, 7, 88)
    block.add(
        f"{review}.decisions", "provided", sent, document="review_decisions", by="iro", to="team_manager", review=review
    )
    block.add(f"{review}.record", "recorded", block.soon(held, 3, 25, 85), by="iro", about="review", review=review)


def _statuses(block: Block, issued: Ints) -> None:
    """An interim order soon after the application, and what the court decides in the end."""
    interim, final = block.soon(issued, 1, 6, 88), block.soon(issued, 170, 330, 85)
    kinds = ("care", "placement_order", "section_20")
    chosen = block.rng.choice(3, BLOCK, p=(0.66, 0.24, 0.1))
    block.add("status.interim", "legal_status", interim, status="interim_care", period="1")
    block.add("status.final", "legal_status", final, status=OneOf(kinds, chosen), period="1")
    care = np.where(chosen == 0, final, NEVER)
    block.add("court.final-order", "order_made", care, timed=50, order="care_order", period="1", proceedings="1")
    block.add("court.ended", "proceedings_ended", block.some(95, final), proceedings="1")


def _homes(block: Block, start: Ints, breaks: Mask) -> None:
    """Placements one after the other, and the social worker's visits in them."""
    begins, number = start, 1
    every = np.maximum(42, (block.as_of - start) // 9)
    while number <= 4:
        kind = block.rng.choice(len(KINDS_OF_PLACEMENT), BLOCK, p=(0.6, 0.15, 0.12, 0.05, 0.05, 0.03))
        kind = np.where(breaks, len(KINDS_OF_PLACEMENT), kind)
        kind = np.where(block.chance(4), NONE, kind)
        area = np.where(block.chance(5), NONE, block.rng.choice(3, BLOCK, p=(0.58, 0.25, 0.17)))
        name = f"p{number}"
        block.add(
            f"home-{number}.start", "placement_started", begins, placement=name, period="1",
            type=OneOf((*KINDS_OF_PLACEMENT, "short_break"), kind), area=OneOf(AREAS, area),
        )  # fmt: skip
        ends = begins + block.between(60, 500)
        ends = np.where(block.chance({1: 52, 2: 45, 3: 40, 4: 0}[number]), block.working(ends), NEVER)
        ends = np.where(begins < NEVER, ends, NEVER)
        block.add(f"home-{number}.end", "placement_ended", ends, placement=name, period="1")
        visited = block.soon(begins, 0, 9, 95)
        for visit in range(1, 10 if number == 1 else 5):
            there = np.where(visited < ends, visited, NEVER)
            seen = OneOf((name,), np.where(block.chance(4), NONE, 0))
            block.add(
                f"home-{number}.visit-{visit}", "visited", block.some(93, there), timed=10, by="social_worker",
                placement=seen, period="1",
            )  # fmt: skip
            visited = block.working(visited + block.between(every - 14, every + 9))
        begins, number = ends, number + 1


def _return(block: Block, left: Ints, born: Ints) -> None:
    """Some come back into care, some of them within days, and have reviews there."""
    again = np.where(block.chance(30), left + block.between(5, 400), NEVER)
    again = np.where((again < block.as_of) & (again < born + 17 * YEAR), block.working(again), NEVER)
    first = block.last
    block.last = np.full(BLOCK, block.as_of)
    status = OneOf(STARTS[:3], block.rng.choice(3, BLOCK, p=(0.6, 0.3, 0.1)))
    block.add("again.start", "became_looked_after", again, period="2", status=status)
    block.add(
        "again.home.start", "placement_started", again, placement="p9", period="2", type="foster_care", area="own_area"
    )
    person = OneOf(("iro-901", "iro-902"), block.between(0, 1))
    block.add("again.iro", "appointed", block.soon(again, 0, 8, 95), role="iro", period="2", person=person)
    reviews(block, again, 3, period="2", prefix="again-", documents=())
    block.last = first
