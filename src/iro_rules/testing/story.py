"""The story of a child's case, told for a block of cases at once: what happens, when, and how often it goes wrong.

Each `add` is a fact that some of the cases have, on days of their own. A thing that does not happen in a case happens
there `NEVER`, a day far away, and what follows from it is then far away too. A fact is in the record where its day is
not after the day asked about, nor after the child left care.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from iro_rules.clock.calendar import Calendar
from iro_rules.facts.kinds import FIELDS

Ints = npt.NDArray[np.int64]

BLOCK = 1_000
NEVER = 1_500_000
EPOCH = date(1970, 1, 1).toordinal()
NONE = -1
REVIEW_DOCUMENTS = ("care_plan", "health_plan", "personal_education_plan", "social_work_report")
IROS = 400


def next_working(calendar: Calendar) -> Ints:
    """For each day (an ordinal) the next working day, or the day itself outside the calendar."""
    days = np.arange(NEVER * 2)
    working = np.array(calendar.working)
    days[calendar.first : working[-1]] = working[np.searchsorted(working, days[calendar.first : working[-1]])]
    return days


@attrs.frozen
class _OneOf:
    """A text field whose value differs from case to case: places in some words, -1 where it is left blank."""

    words: tuple[str, ...]
    places: Ints


class Block:
    """Some cases while their story is told."""

    def __init__(self, rng: np.random.Generator, first: int, as_of: int, working: Ints) -> None:
        self.rng, self.first, self.as_of, self._working = rng, first, as_of, working
        self.last = np.full(BLOCK, as_of)
        self._facts: list[tuple[str, str, Ints, Ints, dict[str, Any]]] = []

    def between(self, low: int | Ints, high: int | Ints) -> Ints:
        """A whole number for each case, both ends included."""
        return self.rng.integers(low, high, BLOCK, endpoint=True)

    def chance(self, percent: float) -> npt.NDArray[np.bool_]:
        """True in so many cases of a hundred."""
        return self.rng.random(BLOCK) * 100 < percent

    def some(self, percent: float, day: Ints) -> Ints:
        """The days in so many cases of a hundred, else never."""
        return np.where(self.chance(percent), day, NEVER)

    def soon(self, day: Ints, low: int, high: int, percent: float = 100) -> Ints:
        """A working day so many days later, in so many cases of a hundred."""
        return self.some(percent, self.working(day + self.between(low, high)))

    def working(self, day: Ints) -> Ints:
        """The day itself or the next working day."""
        found: Ints = self._working[np.minimum(day, len(self._working) - 1)]
        return found

    def mostly(self, word: str) -> _OneOf:
        """A word that is left blank in two cases of a hundred."""
        return _OneOf((word,), np.where(self.chance(2), NONE, 0))

    def pairs(self, percent: float) -> npt.NDArray[np.bool_]:
        """True for both cases of so many pairs of a hundred."""
        return np.repeat(self.chance(percent)[::2], 2)

    def add(self, name: str, kind: str, day: Ints, *, timed: int = 0, always: bool = False, **fields: Any) -> None:
        """A fact: some have a time of day (percent); with `always`, also after the child left care."""
        last = self.as_of if always else self.last
        hour = np.where(self.chance(timed), self.between(9 * 60, 17 * 60), NONE)
        at = np.where(hour == NONE, NONE, (day - EPOCH) * 86_400 + hour * 60)
        self._facts.append((name, kind, np.where(day <= last, day, NEVER), at, fields))

    def columns(self, count: int) -> tuple[dict[str, tuple[str, ...]], dict[str, npt.NDArray[Any]]]:
        """The words of the text fields, and the columns of the first so many cases; see `realistic.Cohort`."""
        told = sorted(self._facts, key=lambda fact: fact[0])
        on = np.stack([day for _, _, day, _, _ in told], axis=1)
        there = on != NEVER
        there[count:] = False
        case, slot = np.nonzero(there)
        words = {"id": tuple(name for name, *_ in told), "kind": tuple(sorted({kind for _, kind, *_ in told}))}
        kinds = np.array([words["kind"].index(kind) for _, kind, *_ in told], np.int16)
        found: dict[str, npt.NDArray[Any]] = {
            "case": (case + self.first).astype(np.int32),
            "id": slot.astype(np.int16),
            "kind": kinds[slot],
            "on": on[there].astype(np.int32),
            "at": np.stack([at for _, _, _, at, _ in told], axis=1)[there],
        }
        for name in FIELDS:
            given = {place: fact[4][name] for place, fact in enumerate(told) if name in fact[4]}
            if given:
                words[name], found[name] = _field(given, there)
        return {name: some for name, some in words.items() if some}, found


def _field(given: dict[int, Any], there: npt.NDArray[np.bool_]) -> tuple[tuple[str, ...], npt.NDArray[Any]]:
    """The words of one field (none where it holds numbers), and its column."""
    texts = {text for value in given.values() for text in _words(value)}
    words = tuple(sorted(texts))
    numbers = np.full(there.shape, NONE, np.int16 if words else np.int32)
    for place, value in given.items():
        match value:
            case str():
                numbers[:, place] = words.index(value)
            case _OneOf():
                numbers[:, place] = np.array([*map(words.index, value.words), NONE])[value.places]
            case _:
                numbers[:, place] = value
    return words, numbers[there]


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value.words if isinstance(value, _OneOf) else ()


def tell(block: Block, facts: int, ladders: bool) -> None:
    """What happened in each case."""
    mean = max(200, round((facts - (25.5 if ladders else 15.5)) * 27))
    start = block.working(block.as_of - block.between(mean * 2 // 5, mean * 8 // 5))
    left = block.some(12, start + block.between(120, mean * 8 // 5))
    block.last = np.minimum(block.as_of, left)
    late_entry = np.where(block.chance(1), 40, 0)
    block.add("care.start", "became_looked_after", start + late_entry, period="1", status=_status(block))
    block.add("care.end", "ceased_to_be_looked_after", left, period="1")
    _people(block, start)
    _reviews(block, start, reviews=4 + mean * 8 // 5 // 160)
    _proceedings(block, start)
    _cafcass(block, start)
    if ladders:
        _dispute(block, start)
        _concern(block, start)


def _status(block: Block) -> _OneOf:
    return _OneOf(("section_20", "interim_care", "emergency_protection"), block.between(0, 2))


def _people(block: Block, start: Ints) -> None:
    """Appointments, and whose case is related to whose."""
    siblings, parents, alike = block.pairs(25), block.pairs(2), block.pairs(80)
    iro = block.between(0, IROS - 1)
    iro = np.where(siblings & alike, np.repeat(iro[::2], 2), iro)
    names = tuple(f"iro-{number:03}" for number in range(IROS))
    first, changed = block.soon(start, 0, 9, 97), block.soon(start, 150, 900, 30)
    block.add("iro.first", "appointed", first, role="iro", period="1", person=_OneOf(names, iro))
    block.add("iro.left", "ended", changed, role="iro", period="1", person=_OneOf(names, iro))
    block.add(
        "iro.second", "appointed", changed + block.between(1, 20), role="iro", period="1",
        person=_OneOf(names, (iro + 1) % IROS),
    )  # fmt: skip
    block.add("worker.first", "appointed", block.soon(start, 0, 3), role="social_worker", period="1", person="sw-1")
    other = (np.arange(BLOCK) ^ 1) + block.first
    related = np.where(siblings, start, NEVER)
    block.add("related.sibling", "related", related, relation="sibling", child=other)
    child = parents & ~siblings & (np.arange(BLOCK) % 2 == 0)
    block.add("related.parent", "related", np.where(child, start, NEVER), relation="parent", child=other)
    apart = np.where(siblings, block.soon(start, 5, 60, 10), NEVER)
    block.add("siblings.decided", "decided", apart, by="iro", about="sibling_conflict_of_interest", result="holds")


def _reviews(block: Block, start: Ints, reviews: int) -> None:
    """Reviews arranged, moved, prepared and held, each a while after the one before."""
    before = start
    for number in range(1, reviews + 1):
        low, high = {1: (15, 27), 2: (70, 95)}.get(number, (150, 188))
        wanted = block.soon(before, low, high)
        wanted = np.where(block.chance(8), block.soon(wanted, 5, 40), wanted)
        moved = block.chance(15)
        day = np.where(moved, block.soon(wanted, 3, 21), wanted)
        held = np.where(block.chance(1), day, np.where(day <= block.last, block.some(97, day), NEVER))
        key, name = f"r{number:02}", f"review-{number:02}"
        base: dict[str, Any] = {"review": key, "period": "1"}
        block.add(f"{name}.arranged", "review_planned", before + block.between(0, 8), planned_for=wanted, **base)
        announced = np.where(moved, wanted - block.between(1, 5), NEVER)
        block.add(f"{name}.moved", "review_planned", announced, planned_for=day, **base)
        block.add(f"{name}.held", "review_held", held, timed=30, always=True, **base)
        spoke = block.some(90, day - block.between(15, 30))
        turn = block.between(0, 1)
        by, to = _OneOf(("social_worker", "iro"), turn), _OneOf(("iro", "social_worker"), turn)
        block.add(f"{name}.contact", "told", spoke, timed=30, by=by, to=to, about="review", review=key)
        for document in REVIEW_DOCUMENTS:
            given = np.where(block.chance(12), day - block.between(0, 4), day - block.between(5, 16))
            block.add(
                f"{name}.{document}", "provided", block.some(92, given), document=document, by="social_worker",
                to="iro", review=key,
            )  # fmt: skip
        before = day


def _proceedings(block: Block, start: Ints) -> None:
    """Proceedings, their documents and the final evidence."""
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


def _cafcass(block: Block, start: Ints) -> None:
    """A few significant failures, and whether the IRO thought of Cafcass."""
    opinion = block.soon(start, 100, 600, 5)
    block.add("failure.opinion", "decided", opinion, by="iro", about="significant_failure", result="holds", ref="f1")
    to = _OneOf(("senior_manager", "director_of_childrens_services"), block.between(0, 1))
    block.add(
        "failure.told", "told", block.soon(opinion, 0, 5, 90), by="iro", to=to, about="significant_failure", ref="f1"
    )
    still = block.soon(opinion, 20, 40)
    block.add("failure.goes-on", "decided", still, by="iro", about="failure_not_addressed", result="holds", ref="f1")
    weighed = block.soon(still, 0, 10, 70)
    block.add(
        "failure.weighed", "decided", weighed, by="iro", about="cafcass_referral", result="do_not_refer", ref="f1"
    )


def _dispute(block: Block, start: Ints) -> None:
    """A dispute that climbs some or all of Rochdale's ladder."""
    key: dict[str, Any] = {"dispute": "d1"}

    def told(name: str, day: Ints, by: str, to: str, about: str) -> None:
        block.add(f"dispute.{name}", "told", day, timed=30, by=by, to=to, about=about, **key)

    def ends(stage: str, day: Ints, agreed: float) -> Ints:
        settled = block.chance(agreed)
        result = _OneOf(("agreed", "not_agreed"), np.where(settled, 0, 1))
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
        result = _OneOf(("agreed", "not_agreed"), np.where(settled, 0, 1))
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
            told(f"{step}.by-iro", block.soon(over, 0, 2, 85), "iro", to, "stage_outcome")
        met = block.soon(over, 0, 8, 90)
        told(f"{step}.contact", met, "iro", to)
        over = ends(step, block.soon(met, 0, 10, 92), above)
    told("report", block.soon(over, 0, 6, 80), "head_of_service", "executive_director", "stage_outcome")
    meant, named = block.soon(over, 0, 6, 50), block.mostly("k1")
    block.add("concern.representations", "decided", meant, by="iro", about="representations", dispute=named)
    told("representations.notice", block.soon(meant, 0, 9, 85), "iro", "head_of_service", "representations")
