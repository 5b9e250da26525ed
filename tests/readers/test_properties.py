"""What is true of every answer, as sentences. The readers are held to the meaning elsewhere, so it is judged here."""

from __future__ import annotations

import random
from datetime import date, timedelta

import attrs
import pendulum
from hypothesis import assume, given
from hypothesis import strategies as st

from iro_rules.clock import AgreedDate, Clock, Number, Unit, at_least_before, within
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import (
    Appointed,
    BecameLookedAfter,
    Case,
    Coverage,
    Fact,
    Provided,
    Related,
    ReviewHeld,
    ReviewPlanned,
)
from iro_rules.facts.kinds import RELATED_APPOINTED, RELATED_CASE, RELATED_ENDED
from iro_rules.readings import parts
from iro_rules.rulebook import Constraint, Duty, Force, Law, Modality, Rulebook, Verified, fact, seek
from iro_rules.rulebook.compile import order, reads
from iro_rules.rulebook.core import Core, Derive, Owe, Production
from iro_rules.rulebook.terms import Absent, Present, Standing
from iro_rules.testing.random_cases import CaseAndRelated
from iro_rules.testing.random_rules import CoreSize, raw_kinds, term_table
from iro_rules.testing.saved import Situation, fact_from_plain, fact_to_plain
from iro_rules.testing.strategies import cases, random_situation, situations
from tests.readers.agreement import CALENDAR, answer

RAW = CoreSize(made=False)
CHAINS = CoreSize(authority=0)


def with_facts(situation: Situation, *facts: object) -> Situation:
    return attrs.evolve(situation, case=attrs.evolve(situation.case, facts=facts))


def changed(fact: Fact, **values: str) -> Fact:
    return fact_from_plain({**fact_to_plain(fact), **values})


@given(situation=situations(CALENDAR), seed=st.integers(0, 2**16))
def test_the_order_and_repetition_of_facts_never_change_the_answer(situation: Situation, seed: int) -> None:
    """A record read bottom to top, or merged with itself, says the same."""
    facts = [*situation.case.facts, *situation.case.facts]
    random.Random(seed).shuffle(facts)
    assert answer(with_facts(situation, *facts)) == answer(situation)


@given(situation=situations(CALENDAR))
def test_asking_twice_gives_one_answer(situation: Situation) -> None:
    """Judging changes nothing in the rulebook or the case."""
    assert answer(situation) == answer(situation)


@given(situation=situations(CALENDAR), other=cases())
def test_one_childs_facts_never_change_anothers(situation: Situation, other: CaseAndRelated) -> None:
    """A case at hand that this case does not name as related is never read."""
    stranger = attrs.evolve(other.case, id="a stranger")
    more = attrs.evolve(situation, related={**situation.related, "a stranger": stranger})
    assert answer(more) == answer(situation)


@given(situation=situations(CALENDAR), days=st.integers(2, 20))
def test_what_has_not_happened_yet_changes_nothing(situation: Situation, days: int) -> None:
    """Facts after the day asked about do not count, of whatever kind, here or in a related case."""
    latest = situation.as_of.toordinal() + 1
    now = [f for f in situation.case.facts if f.on.toordinal() <= latest - 1]
    assume(CALENDAR.knows(latest + days))
    moved = [
        changed(f, id=f"later-{i}", when=date.fromordinal(latest + days).isoformat())
        for i, f in enumerate(situation.case.facts)
    ]
    assert answer(with_facts(situation, *now, *moved)) == answer(with_facts(situation, *now))


@given(situation=situations(CALENDAR), other=cases())
def test_facts_that_no_rule_reads_change_nothing(situation: Situation, other: CaseAndRelated) -> None:
    """A fact of a kind outside the rulebook moves no verdict (who is unavailable or related is always read)."""
    read = {*raw_kinds(situation.core), "unavailable", "related"}
    more = [f for f in other.case.facts if f.kind() not in read and situation.case.subject == f.SUBJECT]
    renamed = [changed(f, id=f"more-{i}") for i, f in enumerate(more)]
    assert answer(with_facts(situation, *situation.case.facts, *renamed)) == answer(situation)


@given(situation=situations(CALENDAR), data=st.data())
def test_narrowing_coverage_never_creates_an_overdue(situation: Situation, data: st.DataObject) -> None:
    """A record that says less of itself never makes anything late that was not, however far down a chain of rules."""
    before = {v.id for v in answer(situation) if v.standing == Standing.OVERDUE}
    kept = [kind for kind in sorted(situation.case.coverage.kinds) if data.draw(st.booleans())]
    narrow = attrs.evolve(situation.case, coverage=Coverage.only(*kept))
    after = {v.id for v in answer(attrs.evolve(situation, case=narrow)) if v.standing == Standing.OVERDUE}
    assert after <= before


def overdue(situation: Situation) -> set[str]:
    """What is overdue, by the id of its verdict."""
    return {verdict.id for verdict in answer(situation) if verdict.standing == Standing.OVERDUE}


def without(situation: Situation, *kinds: str) -> Situation:
    """The same record, which does not cover these kinds."""
    kept = situation.case.coverage.kinds - set(kinds)
    return attrs.evolve(situation, case=attrs.evolve(situation.case, coverage=Coverage.only(*sorted(kept))))


def test_narrowing_coverage_never_creates_an_overdue_along_a_chain() -> None:
    """Rules that read what others make know no more than those did: a sweep over each kind they rest on, and all."""
    late = 0
    for seed in range(700):
        found = random_situation(random.Random(seed), CALENDAR, core=CHAINS)
        as_of = date.fromordinal(found.as_of.toordinal()) + timedelta(days=60)
        if not CALENDAR.knows(as_of.toordinal()):
            continue
        case = attrs.evolve(found.case, coverage=Coverage.everything())
        whole = attrs.evolve(found, as_of=as_of, case=case)
        before, kinds = overdue(whole), raw_kinds(found.core)
        late += bool(before)
        for hidden in (*((kind,) for kind in kinds), kinds):
            assert overdue(without(whole, *hidden)) <= before, (seed, hidden)
    assert late > 50, "too little of it is ever overdue for this to show anything"


def test_what_hangs_on_an_absence_that_is_not_known_is_not_missed() -> None:
    """A status that needs no hearing listed meets a duty; a record without hearings hides whether it is there."""
    core = order(
        [
            Derive(
                rule="settled",
                kind="settled",
                trigger=fact("review_held"),
                lookups=(seek("hearing", fact("hearing_listed")),),
                when=(Absent("hearing"),),
            ),
            Owe(
                rule="duty",
                trigger=fact("review_planned"),
                lookups=(seek("done", fact("settled")),),
                within=Clock(Number("duty.days", 10), Unit.DAYS, "after", tight=False),
                done=("done",),
            ),
            Owe(
                rule="next",
                trigger=fact("became_looked_after"),
                lookups=(seek("done", fact("duty/met")),),
                within=Clock(Number("next.days", 40), Unit.DAYS, "after", tight=False),
                done=("done",),
            ),
        ],
        terms=term_table(),
    )
    facts = (
        BecameLookedAfter("2026-01-01", id="start"),
        ReviewPlanned("2026-01-05", id="plan", review="r", planned_for=pendulum.Date(2026, 2, 1)),
        ReviewHeld("2026-01-10", id="held", review="r"),
    )
    case = Case("c", facts, coverage=Coverage.everything())
    whole = Situation(core=core, case=case, related={}, as_of=date(2026, 3, 2))
    assert {v.rule: v.standing for v in answer(whole)} == {"duty": Standing.MET, "next": Standing.MET}
    narrow = {v.rule: v.missing_names() for v in answer(without(whole, "hearing_listed"))}
    assert narrow == {"duty": ("hearing_listed",), "next": ("hearing_listed",)}


def test_narrowing_coverage_never_makes_a_clock_run_from_an_earlier_status() -> None:
    """Of two statuses the last sets a clock going; where it is not known whether it is there, the first must not."""
    no_hearing = (seek("hearing", fact("hearing_listed")),)
    core = order(
        [
            Derive(rule="early", kind="started", trigger=fact("became_looked_after")),
            Derive(
                rule="late",
                kind="started",
                trigger=fact("review_held"),
                lookups=no_hearing,
                when=(Absent("hearing"),),
            ),
            Owe(
                rule="duty",
                trigger=fact("review_planned"),
                lookups=(seek("started", fact("started"), pick="last"), seek("done", fact("received"))),
                when=(Present("started"),),
                anchor="started",
                within=Clock(Number("duty.days", 10), Unit.DAYS, "after", tight=False),
                done=("done",),
            ),
        ],
        terms=term_table(),
    )
    facts = (
        BecameLookedAfter("2026-01-01", id="start"),
        ReviewPlanned("2026-01-05", id="plan", review="r", planned_for=pendulum.Date(2026, 2, 1)),
        ReviewHeld("2026-02-01", id="held", review="r"),
    )
    case = Case("c", facts, coverage=Coverage.everything())
    whole = Situation(core=core, case=case, related={}, as_of=date(2026, 2, 5))
    assert overdue(whole) == set()
    assert overdue(without(whole, "hearing_listed")) == set()


@given(situation=situations(CALENDAR, core=RAW))
def test_with_no_coverage_nothing_is_overdue_open_or_lapsed(situation: Situation) -> None:
    """A record that covers nothing can show that something was done, and never that it was not."""
    nothing = Case("c", situation.case.facts, coverage=Coverage.only(), subject=situation.case.subject)
    for verdict in answer(attrs.evolve(situation, case=nothing)):
        if verdict.rule in owed_from_the_record(situation.core):
            assert verdict.standing in (Standing.MET, Standing.MET_LATE, Standing.NOT_EVALUABLE)


def owed_from_the_record(core: Core) -> set[str]:
    """The obligations that read this case only: of a related case that is at hand, everything is known."""
    found = {p.rule: p for p in core.productions() if isinstance(p, Owe)}
    imported = (RELATED_CASE, RELATED_APPOINTED, RELATED_ENDED)
    return {rule for rule, p in found.items() if not any(kind in imported for kind in reads(p))}


def test_a_relation_not_yet_recorded_hides_nothing() -> None:
    """A sibling who will be recorded next month, whose case is not at hand, makes nothing unknown today."""
    same = Constraint(id="same-iro", law=LAW, act="same IRO", relation="sibling", role="iro", same=True)
    core = Rulebook(name="siblings", parts=(same,)).core()
    here = (Related("2026-01-05", relation="sibling", child="s"), Appointed("2026-01-06", role="iro", person="p"))
    other = Case("s", (), coverage=Coverage.everything())
    alone = Situation(
        core=core, case=Case("c", here, coverage=Coverage.everything()), related={"s": other}, as_of=date(2026, 3, 2)
    )
    later = Related("2026-12-01", relation="sibling", child="t")
    assert answer(with_facts(alone, *here, later)) == answer(alone)


@given(situation=situations(CALENDAR))
def test_every_verdict_is_whole(situation: Situation) -> None:
    """Missing things and "not evaluable" go together; ids are unique; the facts named are facts of the cases."""
    verdicts = answer(situation)
    assert len({v.id for v in verdicts}) == len(verdicts)
    assert list(verdicts) == sorted(verdicts, key=lambda v: (v.rule, v.about))
    known = {fact.id for fact in situation.case.facts} | {
        text
        for name, other in situation.related.items()
        for text in (name, *(f"{name}/{fact.id}" for fact in other.facts))
    }
    for verdict in verdicts:
        assert (verdict.standing == Standing.NOT_EVALUABLE) == bool(verdict.missing)
        assert {fact_id for _, fact_id in verdict.facts} <= known
        assert verdict.due_on is None or CALENDAR.knows(verdict.due_on)
        assert verdict.due_at is None or verdict.due_on is not None


@given(situation=situations(CALENDAR, core=RAW), days=st.integers(1, 400))
def test_as_days_pass_and_nothing_is_recorded_only_open_becomes_overdue(situation: Situation, days: int) -> None:
    """Time alone never meets, lapses or reopens an obligation, and never lifts one that is overdue."""
    core = order([p for p in situation.core.productions() if not timely(p)], terms=term_table())
    whole_day = date.fromordinal(max((f.on.toordinal() for f in situation.case.facts), default=740_000))
    later = whole_day + timedelta(days=days)
    assume(CALENDAR.knows(later.toordinal()))
    before = answer(attrs.evolve(situation, core=core, as_of=whole_day))
    after = answer(attrs.evolve(situation, core=core, as_of=later))
    assert [v.id for v in before] == [v.id for v in after]
    for old, new in zip(before, after, strict=True):
        if old.standing == Standing.OPEN and new.standing == Standing.OVERDUE:
            old = old._replace(standing=Standing.OVERDUE)
        assert old._replace(contact=None) == new._replace(contact=None)


def timely(production: Production) -> bool:
    """Whether a production looks at the day asked about."""
    return any(isinstance(part, str) and part.startswith("as_of") for part in parts(production))


LAW = Law(
    rows=("T-01",), citation="a test", force=Force.GOOD_PRACTICE, modality=Modality.SHOULD, verb="should",
    verified=Verified.M, start="2011-04-01",
)  # fmt: skip
REVIEWS = Rulebook(
    name="reviews",
    parts=(
        Duty(
            id="report.before-review",
            law=LAW,
            act="give the report",
            trigger=fact("review_planned"),
            anchor="trigger.planned_for",
            within=at_least_before(Number("report.before-review.days", 3), Unit.WORKING_DAYS),
            met_by=(seek("report", fact("provided", document="social_work_report"), "review"),),
        ),
        Duty(
            id="review.on-the-day",
            law=LAW,
            act="hold the review",
            trigger=fact("review_planned"),
            within=AgreedDate("trigger.planned_for"),
            met_by=(seek("held", fact("review_held"), "review"),),
        ),
        Duty(
            id="record.after-review",
            law=LAW,
            act="send the record",
            trigger=fact("review_held"),
            within=within(Number("record.after-review.days", 15), Unit.WORKING_DAYS),
            met_by=(seek("record", fact("provided", document="review_record"), "review"),),
        ),
    ),
)
WORKING = [day for day in CALENDAR.working if date(2024, 1, 1).toordinal() < day < date(2027, 1, 1).toordinal()]


def review_case(planned: date, held: date, *more: Provided) -> Situation:
    facts = (
        ReviewPlanned("2024-01-01", review="r", planned_for=pendulum.Date.fromordinal(planned.toordinal())),
        ReviewHeld(held, review="r"),
        *more,
    )
    case = Case("c", facts, coverage=Coverage.everything())
    return Situation(core=REVIEWS.core(), case=case, related={}, as_of=date(2027, 6, 1))


def dues(situation: Situation) -> dict[str, int | None]:
    return {v.rule: v.due_on for v in answer(situation)}


@given(at=st.integers(20, len(WORKING) - 30), moved=st.integers(-10, 10))
def test_moving_a_review_moves_its_deadlines_by_as_many_working_days(at: int, moved: int) -> None:
    """A deadline counted in working days follows the review, before it and after it."""
    first, second = (date.fromordinal(WORKING[i]) for i in (at, at + moved))
    before, after = dues(review_case(first, first)), dues(review_case(second, second))
    for rule, old in before.items():
        new = after[rule]
        assert old is not None
        assert new is not None
        assert WORKING.index(new) - WORKING.index(old) == moved, rule


@given(at=st.integers(20, len(WORKING) - 30), days=st.integers(0, 60), later=st.integers(0, 60))
def test_doing_it_sooner_is_never_worse(at: int, days: int, later: int) -> None:
    """An act in time stays in time when it is done earlier."""
    review = date.fromordinal(WORKING[at])

    def sent(after: int) -> Verdict:
        record = Provided(
            review + timedelta(days=after), document="review_record", by="iro", to="social_worker", review="r"
        )
        return next(v for v in answer(review_case(review, review, record)) if v.rule == "record.after-review")

    if sent(days + later).standing == Standing.MET:
        assert sent(days).standing == Standing.MET
