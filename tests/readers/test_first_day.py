"""Coverage from a day on: what such a record shows, what it does not, and that every reader takes it so."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.clock import Clock, Number, Unit
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CaseError
from iro_rules.facts import BecameLookedAfter, Case, Coverage, Fact, ReviewHeld, Told
from iro_rules.facts.kinds import FIELD_NOT_GIVEN, KINDS
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import Absent, Compare, Lookup, Pattern, Present, Standing, fact, seek
from iro_rules.testing.choices import Seeded
from iro_rules.testing.random_cases import CaseSize, World
from iro_rules.testing.random_rules import CoreSize, patterns_of, term_table
from iro_rules.testing.saved import Situation, fact_from_plain, fact_to_plain
from iro_rules.testing.strategies import random_situation, situations
from tests.readers.agreement import CALENDAR, READERS, agrees, answer

PLAIN = CoreSize(firm=85)
DATED = CaseSize(from_a_day=95, whole_coverage=90)
EVALUABLE = frozenset(Standing) - {Standing.NOT_EVALUABLE}

CARE, HELD, TOLD = fact("became_looked_after"), fact("review_held"), fact("told")
SOON = Clock(Number("soon", 10), Unit.DAYS)
START, REVIEW = BecameLookedAfter("2026-01-05", id="start"), ReviewHeld("2026-02-02", id="held", review="r")
NEXT = seek("next", HELD, after="trigger")


def judged(*productions: Production, facts: tuple[Fact, ...], since: dict[str, str], as_of: str = "2026-06-01") -> str:
    """How the last production stands, by each reader: of records that hold all else, these only from a day on."""
    coverage = Coverage.everything().recorded_from(since)
    core = order([attrs.evolve(p, rule=f"r{n}") for n, p in enumerate(productions)], terms=term_table())
    case = Case("c", facts, coverage=coverage)
    situation = Situation(core=core, case=case, related={}, as_of=date.fromisoformat(as_of))
    for name in READERS:
        agrees(name, situation)
    last = f"r{len(productions) - 1}"
    return next((v.standing for v in answer(situation) if v.rule == last and v.about), "nothing")


def owes(trigger: Pattern, *lookups: Lookup, **more: object) -> Owe:
    """The duty to do what the last of some look-ups finds."""
    return Owe(rule="", trigger=trigger, lookups=lookups, done=(lookups[-1].name,), within=SOON, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "standing"), [("2026-02-01", "overdue"), ("2026-02-02", "overdue"),
                                               ("2026-02-03", "not_evaluable")])  # fmt: skip
@pytest.mark.parametrize("bound", ["after", "since"])
def test_what_did_not_come_after_the_first_day_is_absent(bound: str, day: str, standing: str) -> None:
    """The day itself counts: a record that begins the day after the bound may lack what came on the bound's own day."""
    duty = owes(HELD, Lookup("word", TOLD, **{bound: "trigger"}))  # type: ignore[arg-type]
    assert judged(duty, facts=(REVIEW,), since={"told": day}) == standing


@pytest.mark.parametrize(("day", "standing"), [("2026-02-02", "overdue"), ("2026-02-03", "not_evaluable")])
def test_of_two_bounds_the_later_one_counts(day: str, standing: str) -> None:
    """No row from before either can be taken."""
    both = owes(HELD, seek("word", TOLD, since="trigger", after="trigger"))
    assert judged(both, facts=(REVIEW,), since={"told": day}) == standing
    until = owes(HELD, seek("word", TOLD, since="as_of", after="trigger"))
    assert judged(until, facts=(REVIEW,), since={"told": "2026-06-01"}) == "overdue"
    assert judged(until, facts=(REVIEW,), since={"told": "2026-06-02"}) == "not_evaluable"


def test_an_absence_without_a_lower_bound_stays_unknown() -> None:
    """Whatever the day: it may have come before it."""
    for look_up in (seek("word", TOLD), seek("word", TOLD, until="trigger"), seek("word", TOLD, before="trigger")):
        assert judged(owes(HELD, look_up), facts=(REVIEW,), since={"told": "1995-01-01"}) == "not_evaluable"


def test_a_trigger_may_have_been_missed() -> None:
    """Of what set a duty off before the first day nothing is known, and the answer says so."""
    core = order([attrs.evolve(owes(HELD, seek("word", TOLD, since="trigger")), rule="r")], terms=term_table())
    coverage = Coverage.everything().recorded_from({"review_held": "2026-01-01"})
    asked = Situation(core=core, case=Case("c", (), coverage=coverage), related={}, as_of=date(2026, 6, 1))
    assert [(v.about, v.standing, v.missing_names()) for v in answer(asked)] == [
        ("", Standing.NOT_EVALUABLE, ("review_held",))
    ]


def test_a_bound_that_might_be_another_row_is_none() -> None:
    """The first word after the review may not be on record; what is owed from it on cannot be judged by the record."""
    first = seek("first", TOLD, since="trigger")
    facts = (REVIEW, Told("2026-02-03", id="t", by="iro", to="child", about="review"))
    for look_up in (seek("again", TOLD, after="first"), seek("again", HELD, since="first")):
        duty = owes(HELD, first, look_up, when=(Present("first"),))
        since = {"told": "2026-02-01", "review_held": "2026-02-01"}
        assert judged(duty, facts=facts, since=since) == "not_evaluable"


@pytest.mark.parametrize(
    "reads",
    [
        {"anchor": "first"},
        {"when": (Compare("first.about", "eq", constant="review"),)},
        {"when": (Compare("trigger.review", "ne", right="first.dispute"),)},
    ],
    ids=["a clock that runs from it", "a field of it", "a field beside another"],
)
def test_nothing_is_read_off_a_row_that_might_be_another(reads: dict[str, object]) -> None:
    """What came first may not be on record: then there is no telling what is owed, so nothing is called overdue."""
    given = {"when": (Present("first"),)} | reads
    duty = owes(HELD, seek("first", TOLD), seek("next", HELD, after="trigger"), **given)
    facts = (REVIEW, Told("2026-02-03", id="t", by="iro", to="child", about="review", dispute="d"))
    assert judged(duty, facts=facts, since={"review_held": "2026-02-01"}) == "not_evaluable"


def derived(trigger: Pattern, **more: object) -> Derive:
    """Rows of the kind `made`."""
    return Derive(rule="", kind="made", trigger=trigger, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "standing"),
    [
        ({}, "overdue"),
        ({"identity": "trigger.review"}, "overdue"),
        ({"shift": Clock(Number("later", 9), Unit.MONTHS)}, "not_evaluable"),
        ({"lookups": (seek("word", TOLD),), "when": (Present("word"),)}, "not_evaluable"),
        ({"lookups": (seek("word", TOLD),), "moment": "word"}, "not_evaluable"),
    ],
    ids=["dated by its trigger", "under another name", "moved to another day", "made with another row", "dated by one"],
)
def test_a_row_profits_only_where_it_stands_on_the_day_of_what_it_was_made_from(
    made: dict[str, object], standing: str
) -> None:
    """A review of last year, moved by nine months, would be a row of this year."""
    duty = owes(CARE, seek("next", Pattern("made"), since="trigger"))
    since = {"review_held": "2026-01-01", "told": "2026-01-01"}
    facts = (START, Told("2026-01-02", id="t", by="iro", to="child", about="review"))
    assert judged(derived(HELD, **made), duty, facts=facts, since=since) == standing


def test_a_row_dated_by_a_field_does_not_profit() -> None:
    """A review may have been planned before the first day for one after it."""
    planned = derived(fact("review_planned"), moment="trigger.planned_for")
    duty = owes(CARE, seek("next", Pattern("made"), since="trigger"))
    assert judged(planned, duty, facts=(START,), since={"review_planned": "2026-01-01"}) == "not_evaluable"
    assert judged(planned, duty, facts=(START,), since={}) == "overdue"


def test_a_duty_set_off_by_a_row_is_judged_where_that_row_stands_whatever_came_before() -> None:
    """The second review was the second whichever was the first; but not if a name decided, that may be another's."""
    earlier = seek("earlier", HELD, before="trigger", pick="last")
    second = ReviewHeld("2026-03-02", id="second", review="s")
    duty = owes(Pattern("made"), NEXT)
    since = {"review_held": "2026-01-01"}
    later = derived(HELD, lookups=(earlier,), when=(Present("earlier"),))
    assert judged(later, duty, facts=(REVIEW, second), since=since) == "overdue"
    named = derived(HELD, lookups=(earlier,), when=(Compare("earlier.review", "eq", constant="r"),))
    assert judged(named, duty, facts=(REVIEW, second), since=since) == "not_evaluable"
    first = derived(HELD, lookups=(earlier,), when=(Absent("earlier"),))
    assert judged(first, duty, facts=(REVIEW, second), since=since) == "nothing"


def test_a_row_in_doubt_is_not_shown_to_be_absent_by_the_day() -> None:
    """The record may hold it: it is not known because of something else."""
    made = derived(HELD, lookups=(seek("word", TOLD),), when=(Absent("word"),))
    since = {"told": "2026-01-01"}
    assert judged(
        made, owes(CARE, seek("x", Pattern("made"), since="trigger")), facts=(START, REVIEW), since=since
    ) == ("not_evaluable")


def test_a_kind_is_covered_in_one_way_or_not_at_all() -> None:
    """Whole, from a day on, or neither."""
    with pytest.raises(CaseError, match=r"all of it is recorded, and that it is only from a day on.*'review_held'"):
        Coverage.only("review_held", since={"review_held": "2025-04-01"})
    with pytest.raises(CaseError, match=r"does not exist.*'review_hold'"):
        Coverage.only(since={"review_hold": "2025-04-01"})
    with pytest.raises(CaseError, match="first day of review_held is not a date"):
        Coverage.only(since={"review_held": "April"})
    since = Coverage.everything().recorded_from({"told": "2025-04-01", "born": date(2025, 1, 1)})
    assert [(kind, str(day)) for kind, day in since.since] == [("born", "2025-01-01"), ("told", "2025-04-01")]
    assert since.kinds == set(KINDS) - {"told", "born"}
    assert since.without("told") == Coverage.everything().without("told").recorded_from({"born": "2025-01-01"})


@cache
def sample(seeds: int = 900) -> tuple[Situation, ...]:
    """Situations whose rules read little off what they find, of records with first days near what bounds a look-up."""
    made = (random_situation(random.Random(seed), CALENDAR, core=PLAIN, case=DATED) for seed in range(seeds))
    return tuple(situation for situation in made if situation.case.coverage.since)


def covering(situation: Situation, coverage: Coverage) -> Situation:
    """The same facts in a record that covers something else."""
    return attrs.evolve(situation, case=attrs.evolve(situation.case, coverage=coverage))


def by_id(situation: Situation) -> dict[str, Verdict]:
    """What is said, by what it is about."""
    return {verdict.id: verdict for verdict in answer(situation)}


def gained(situation: Situation) -> dict[str, Verdict]:
    """What can be judged for the first days alone."""
    before = by_id(covering(situation, Coverage(situation.case.coverage.kinds)))
    after = by_id(situation)
    return {
        name: verdict
        for name, verdict in after.items()
        if verdict.standing in EVALUABLE and (name not in before or before[name].standing not in EVALUABLE)
    }


@pytest.mark.parametrize("name", READERS)
def test_readers_agree_where_first_days_decide(name: str) -> None:
    """A sweep of situations in some of which the answer would be another without the days."""
    for situation in sample():
        agrees(name, situation)
    assert sum(bool(gained(situation)) for situation in sample()) > 15


@pytest.mark.parametrize("name", READERS)
@given(situation=situations(CALENDAR, core=PLAIN, case=DATED))
def test_readers_agree_on_any_first_days(name: str, situation: Situation) -> None:
    """Every reader gives the verdicts of the meaning, whatever is recorded from which day on."""
    agrees(name, situation)


def narrower(situation: Situation, rng: random.Random) -> Iterator[Coverage]:
    """Less and less: whole kinds from a day on, first days later, and dated kinds not at all."""
    covered = situation.case.coverage
    yield covered
    for _ in range(4):
        moved = {kind: day.add(days=rng.choice((0, 1, 5, 40))) for kind, day in covered.since}
        fresh = [kind for kind in sorted(covered.kinds) if rng.random() < 0.1]
        days = {kind: rng.choice([fact.on for fact in situation.case.facts] or [date(2026, 1, 1)]) for kind in fresh}
        gone = [kind for kind in moved if rng.random() < 0.2]
        covered = covered.recorded_from({**moved, **days}).without(*gone)
        yield covered


def test_saying_less_of_the_record_never_turns_one_answer_into_another() -> None:
    """A later first day, or none, makes answers unknown: it makes nothing overdue, and nothing else than it was.

    Except that of two acts by which a duty may be met the one in time may no longer be known, as under any coverage.
    """
    lost: Counter[str] = Counter()
    for seed, situation in enumerate(sample()):
        told = [by_id(covering(situation, one)) for one in narrower(situation, random.Random(seed))]
        for more, less in pairwise(told):
            for name, verdict in less.items():
                if verdict.standing in EVALUABLE:
                    assert name in more, (seed, verdict)
                    if (more[name].standing, verdict.standing) != (Standing.MET, Standing.MET_LATE):
                        assert more[name].standing == verdict.standing, (seed, verdict)
                    assert more[name].due_on == verdict.due_on, (seed, verdict)
            lost.update(v.standing for name, v in more.items() if name not in less or v.standing != less[name].standing)
    assert min(lost[standing] for standing in (Standing.OVERDUE, Standing.OPEN, Standing.MET)) > 3


@given(situation=situations(CALENDAR, core=PLAIN, case=DATED), seed=st.integers(0, 2**16))
def test_less_coverage_never_creates_an_overdue(situation: Situation, seed: int) -> None:
    """Step by step, however the days and kinds fall."""
    told = [by_id(covering(situation, one)) for one in narrower(situation, random.Random(seed))]
    for more, less in pairwise(told):
        assert {n for n, v in less.items() if v.standing == Standing.OVERDUE} <= {
            n for n, v in more.items() if v.standing == Standing.OVERDUE
        }


def of_what_happened(situation: Situation) -> Situation:
    """The same, with rules that ask for nothing on record alone."""
    asked = [
        attrs.evolve(p, lookups=tuple(attrs.evolve(lookup, on_record=False) for lookup in p.lookups))
        for p in situation.core.productions()
    ]
    return attrs.evolve(situation, core=order(asked, terms=term_table()))


def before(core: Core, situation: Situation, rng: random.Random) -> list[Fact]:
    """Facts from before the first days, such as an earlier record would hold, under names of their own."""
    world = World(Seeded(rng), DATED)
    patterns, days = patterns_of(core), [fact.on for fact in situation.case.facts]
    named = {p.identity.partition(".")[2] for p in core.productions() if isinstance(p, Derive)}
    found: list[Fact] = []
    for number in range(rng.randint(1, 6)):
        kind, first = rng.choice(situation.case.coverage.since)
        fits = [pattern for pattern in patterns if pattern.kind == kind] or [Pattern(kind)]
        near = rng.choice([day for day in days if day < first] or [first]) - timedelta(days=rng.choice((0, 1, 5, 40)))
        day = min(near, first - timedelta(days=1))
        if not CALENDAR.knows(day.toordinal()) or kind in ("related", "unavailable"):
            continue
        plain = fact_to_plain(world.fact(rng.choice(fits), when=day)) | {"id": f"before-{number}"}
        plain |= {name: f"before-{number}" for name in named if isinstance(plain.get(name), str)}
        found.append(fact_from_plain(plain))
    return found


def test_what_first_days_tell_is_what_the_whole_record_would_tell() -> None:
    """Whatever an earlier record may hold, put beside this one: nothing that the days let be judged was wrong.

    Only a field that is blank in the earlier record can make it unknown again, which no coverage tells of; and what is
    asked of the record alone is asked of another record then.
    """
    held: Counter[str] = Counter()
    for seed, situation in enumerate(map(of_what_happened, sample())):
        found = gained(situation)
        rng, covered = random.Random(seed), situation.case.coverage
        whole = Coverage(covered.kinds | {kind for kind, _ in covered.since})
        for _ in range(12 if found else 0):
            case = attrs.evolve(situation.case, coverage=whole)
            case = attrs.evolve(case, facts=(*case.facts, *before(situation.core, situation, rng)))
            told = by_id(attrs.evolve(situation, case=case))
            for name, verdict in found.items():
                assert name in told, (seed, verdict)
                other = told[name]
                if FIELD_NOT_GIVEN not in other.missing_names():
                    assert (other.standing, other.due_on, other.due_at) == (
                        verdict.standing, verdict.due_on, verdict.due_at
                    ), (seed, verdict, other)  # fmt: skip
                    held[verdict.standing] += 1
    assert held[Standing.OVERDUE] > 50, held


LOOSE = CoreSize(made=False, firm=100)


@given(situation=situations(CALENDAR, core=LOOSE))
def test_a_first_day_before_every_bound_gives_what_whole_coverage_gives(situation: Situation) -> None:
    """Where every look-up has a lower bound, and all that is read off what is found is that it is there."""
    bounded = [p for p in situation.core.productions() if all(x.since or x.after for x in p.lookups)]
    core = order(bounded, terms=term_table())
    whole = attrs.evolve(situation, core=core, case=attrs.evolve(situation.case, coverage=Coverage.everything()))
    long_ago = dict.fromkeys(KINDS, "1980-01-01")
    dated = covering(whole, Coverage.everything().recorded_from(long_ago))
    told = {name: verdict for name, verdict in by_id(dated).items() if verdict.about}
    assert told == {name: verdict for name, verdict in by_id(whole).items() if verdict.about}


def test_what_a_rule_made_by_asking_the_record_alone_hides_nothing() -> None:
    """Whatever the record covers; and what is read off it is the record's own."""
    other = seek("other", HELD, "review", before="trigger", on_record=True)
    made = derived(HELD, lookups=(other,), when=(Compare("other.period", "ne", right="trigger.period"),))
    duty = owes(CARE, seek("x", Pattern("made"), since="trigger"))
    assert judged(made, duty, facts=(START,), since={"review_held": "2026-01-01"}) == "overdue"
    assert judged(made, duty, facts=(START,), since={"review_held": "2026-01-06"}) == "not_evaluable"


def test_a_judgement_falls_through_to_what_the_day_shows() -> None:
    """A gate is shut only where the record would surely show the key."""
    gate = Judge(
        rule="", trigger=HELD, lookups=(seek("word", TOLD, since="trigger"),),
        verdicts=(((Present("word"),), Standing.KEPT),), otherwise=Standing.BREACHED,
    )  # fmt: skip
    assert judged(gate, facts=(REVIEW,), since={"told": "2026-02-02"}) == "breached"
    assert judged(gate, facts=(REVIEW,), since={"told": "2026-02-03"}) == "not_evaluable"
