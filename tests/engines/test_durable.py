"""The durable reader and its driver: that it chains in the engine, is never silently wrong, and keeps cases apart."""

from __future__ import annotations

import builtins
import random
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pendulum
import pytest

from iro_rules.clock import Number, Unit, england_and_wales, within
from iro_rules.engines import meaning
from iro_rules.engines.durable import available, judge
from iro_rules.engines.durable.driver import Message, Ruleset, Session
from iro_rules.engines.durable.engine_rules import (
    KEY,
    MARK,
    MOST_CONDITIONS,
    MOST_FACTS,
    MOST_RULES,
    MOST_RULES_ON_A_PROPERTY,
    ROW,
    EngineRule,
    Has,
    Is,
    Same,
    fnv1a,
    slot,
    vet_aliases,
    vet_rules,
)
from iro_rules.engines.durable.network import network_of
from iro_rules.engines.rows import AsOf, CaseRows, Row, prepare
from iro_rules.errors import EngineError
from iro_rules.facts import BecameLookedAfter, Case, Coverage, Decided, Fact, Raised, ReviewHeld, ReviewPlanned, Told
from iro_rules.readings import resolve
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Core, Derive, Judge, Owe, Production
from iro_rules.rulebook.terms import KNOWN, UNKNOWN, Absent, Compare, Present, Standing, fact, has, more_than, seek
from iro_rules.testing.random_rules import CoreSize, random_core, term_table
from iro_rules.testing.strategies import CaseSize, random_situation

CALENDAR = england_and_wales()

needs_engine = pytest.mark.skipif(available() != "", reason=available() or "installed")


def core_of(*productions: Production) -> Core:
    """A core with every default reading chosen."""
    return order([resolve(production, {}) for production in productions], terms=term_table())


def case_of(facts: Sequence[Fact]) -> CaseRows:
    """A case of some facts, in which everything would be recorded, as the readers see it."""
    return prepare(Case("c1", facts, coverage=Coverage.everything()), as_of="2026-03-02", calendar=CALENDAR)


def bare(rows: dict[str, list[Row]]) -> CaseRows:
    """Rows of a child's case in whatever values, nothing uncovered."""
    day = 739_000
    return CaseRows("c", "child", rows, 0, AsOf(day, (day - 719_163) * 86_400, True), frozenset())


def agree(core: Core, case: CaseRows) -> tuple[Any, ...]:
    """The durable reader's answer, which must be the meaning."""
    given = judge(core, case, CALENDAR)
    assert given == meaning.judge(core, case, CALENDAR)
    return given


THREE_STRATA = core_of(
    Derive(rule="a", kind="a/looked-after", trigger=fact("became_looked_after"), moment="trigger"),
    Derive(
        rule="b",
        kind="b/reviewed",
        trigger=fact("a/looked-after"),
        lookups=(seek("review", fact("review_held"), "period"),),
        when=(Present("review"),),
        moment="review",
        keep=(("review", "review.review"),),
    ),
    Owe(
        rule="c",
        trigger=fact("b/reviewed"),
        lookups=(seek("told", fact("told", about="review"), "review", since="trigger"),),
        done=("told",),
        within=within(Number("c.within", 5), Unit.WORKING_DAYS),
    ),
    Judge(
        rule="d",
        trigger=fact("c/met"),
        lookups=(seek("later", fact("review_held"), "period", after="trigger"),),
        verdicts=(((Present("later"),), Standing.KEPT),),
        otherwise=Standing.BREACHED,
    ),
)


def reviewed(*, told: bool = True) -> CaseRows:
    """A child who came into care and was reviewed."""
    facts = [BecameLookedAfter("2026-01-05"), ReviewHeld("2026-02-02", review="r1")]
    facts += [Told("2026-02-04", by="iro", to="social_worker", about="review", review="r1")] if told else []
    return case_of(facts)


@needs_engine
def test_rows_that_rules_make_fire_the_rules_of_the_next_stratum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts, two statuses and a discharge chain through four strata as facts told to one session of the engine."""
    batches: list[tuple[Session, list[Message]]] = []
    tell = Session.tell

    def spy(session: Session, facts: list[Message]) -> Any:
        batches.append((session, facts))
        return tell(session, facts)

    network = network_of(THREE_STRATA, "child")
    monkeypatch.setattr(Session, "tell", spy)
    verdicts = agree(THREE_STRATA, reviewed())
    assert [(v.rule, v.standing) for v in verdicts] == [("c", "met"), ("d", "breached")]
    assert len({id(session) for session, _ in batches}) == 1
    first_told = [
        next(at for at, (_, facts) in enumerate(batches) if any(network.kinds[kind].property in f for f in facts))
        for kind in ("became_looked_after", "a/looked-after", "b/reviewed", "c/met")
    ]
    assert first_told == sorted(set(first_told))


@needs_engine
def test_what_nothing_asks_for_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case without a trigger never opens a session, whatever else is recorded."""

    def refuse(session: Session, facts: list[Message]) -> Any:
        raise AssertionError(facts)

    network_of(THREE_STRATA, "child")
    monkeypatch.setattr(Session, "tell", refuse)
    assert agree(THREE_STRATA, case_of([ReviewHeld("2026-02-02", review="r1")])) == ()


@needs_engine
def test_a_look_up_may_seek_by_a_field_of_the_row_another_one_found() -> None:
    """The decision on the dispute that a review's first telling was about is found in a second round."""
    told = seek("told", fact("told", dispute=KNOWN), "review")
    decided = seek("decided", fact("decided"), on={"dispute": "told.dispute"}, pick="last")
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_held"),
            lookups=(told, decided),
            verdicts=(((Present("decided"),), Standing.KEPT),),
            otherwise=Standing.BREACHED,
        )
    )
    facts = [
        ReviewHeld("2026-02-02", review="r1"),
        ReviewHeld("2026-02-02", review="r2"),
        Told("2026-02-03", by="iro", to="child", about="dispute", review="r1", dispute="d1"),
        Decided("2026-02-05", by="iro", about="dispute", dispute="d1", id="s1"),
        Decided("2026-02-06", by="iro", about="dispute", dispute="d2", id="s2"),
    ]
    verdicts = agree(core, case_of(facts))
    assert [v.facts[-1] for v in verdicts if v.standing == Standing.KEPT] == [("decided", "s1")]


@needs_engine
def test_a_row_may_be_what_its_own_look_up_finds() -> None:
    """The first review of a period is the first of the reviews of its period."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_held"),
            lookups=(seek("first", fact("review_held"), "period"),),
            verdicts=(((Compare("trigger.review", "eq", "first.review"),), Standing.HOLDS),),
        )
    )
    facts = [ReviewHeld(f"2026-02-0{n}", review=f"r{n}") for n in (1, 2, 3)]
    assert len(agree(core, case_of(facts))) == 1


@needs_engine
def test_the_first_of_derived_rows_is_the_first_in_time_whatever_order_they_were_made_in() -> None:
    """Of two planned reviews the one planned later is for the earlier day, and is the first to be found."""
    core = core_of(
        Derive(rule="a", kind="a/timed", trigger=fact("review_planned"), moment="trigger.planned_for"),
        Judge(
            rule="b",
            trigger=fact("became_looked_after"),
            lookups=(seek("first", fact("a/timed"), "period"), seek("last", fact("a/timed"), "period", pick="last")),
            verdicts=(((Present("first"),), Standing.HOLDS),),
        ),
    )
    facts = [
        BecameLookedAfter("2026-01-05"),
        ReviewPlanned("2026-01-06", review="r1", planned_for=pendulum.date(2026, 2, 20), id="later"),
        ReviewPlanned("2026-01-07", review="r2", planned_for=pendulum.date(2026, 2, 2), id="sooner"),
    ]
    (verdict,) = agree(core, case_of(facts))
    assert verdict.facts[1:] == (("first", "sooner"), ("last", "later"))


@needs_engine
def test_every_kind_of_test_of_a_pattern_means_the_same_in_the_engine() -> None:
    """Equal, one of several, in a list, known, unknown and more than: each picks the rows it should."""
    patterns = [
        fact("told", about="review"),
        fact("told", about=("review", "dispute"), to="child"),
        fact("told", cc=has("iro")),
        fact("told", ref=KNOWN),
        fact("told", ref=UNKNOWN),
        fact("told", ref=None),
        fact("raised", window=more_than(5)),
        fact("raised", window=5),
    ]
    core = core_of(
        *(
            Judge(rule=f"r{at}", trigger=pattern, verdicts=(((), Standing.HOLDS),))
            for at, pattern in enumerate(patterns)
        )
    )
    told: dict[str, Any] = {"by": "iro", "to": "child", "about": "review"}
    facts = [
        Told("2026-02-01", **told, id="t1"),
        Told("2026-02-02", **{**told, "about": "dispute", "cc": ("iro", "parent")}, ref="x", id="t2"),
        Told("2026-02-03", **{**told, "to": "parent"}, ref="y", id="t3"),
        Raised("2026-02-03", by="iro", about="dispute", dispute="d1", window=5, id="w1"),
        Raised("2026-02-03", by="iro", about="dispute", dispute="d2", window=6, id="w2"),
        Raised("2026-02-03", by="iro", about="dispute", dispute="d3", id="w3"),
    ]
    found = {(v.rule, v.about) for v in agree(core, case_of(facts))}
    assert found == {
        ("r0", "t1"), ("r0", "t3"), ("r1", "t1"), ("r1", "t2"), ("r2", "t2"), ("r3", "t2"), ("r3", "t3"),
        ("r4", "t1"), ("r5", "t1"), ("r6", "w2"), ("r7", "w1"),
    }  # fmt: skip


HOSTILE = (
    "3", 3, "", " ", '"', "'", "\\", '\\"', "a\nb", "\x00", "null", "true", "$not", "{}", '{"id":1}', "v0", "k0",
    "Zoë", "🙂", "\u202e", "\ud7ff", "é", "e\u0301", "sid", "0", "-1", "x" * 70_000, "x" * 70_001,
)  # fmt: skip


@needs_engine
def test_hostile_values_are_only_ever_equal_to_themselves() -> None:
    """Quotes, control characters, unicode, 3 and "3", and very long keys join just the rows that have them."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_held", review=KNOWN),
            lookups=(seek("planned", fact("review_planned"), "review", "period"),),
            verdicts=(((Present("planned"),), Standing.KEPT),),
            otherwise=Standing.BREACHED,
        ),
    )
    held = [Row(f"h{at}", f"h{at}", 738_000 + at, None, {"review": v, "period": "1"}) for at, v in enumerate(HOSTILE)]
    planned = [
        Row(f"p{at}", f"p{at}", 738_000 + at, None, {"review": v, "period": "1"})
        for at, v in enumerate(HOSTILE)
        if at % 2
    ]
    verdicts = agree(core, bare({"review_held": held, "review_planned": planned}))
    assert {v.facts for v in verdicts if v.standing == Standing.KEPT} == {
        (("trigger", f"h{at}"), ("planned", f"p{at}")) for at in range(len(HOSTILE)) if at % 2
    }


@needs_engine
def test_hostile_values_of_a_vocabulary_match_just_their_own_rules() -> None:
    """A rule's constant is found whatever stands in it."""
    texts = [value for value in HOSTILE if isinstance(value, str)]
    core = core_of(
        *(
            Judge(rule=f"r{at:02}", trigger=fact("review_held", review=text), verdicts=(((), Standing.HOLDS),))
            for at, text in enumerate(texts)
        )
    )
    rows = [Row(f"{at:02}", f"{at:02}", 738_000, None, {"review": v}) for at, v in enumerate([*texts, 3])]
    assert [(v.rule[1:], v.about) for v in agree(core, bare({"review_held": rows}))] == [
        (f"{at:02}", f"{at:02}") for at in range(len(texts))
    ]


@needs_engine
def test_a_case_of_more_than_a_thousand_facts_is_still_right() -> None:
    """1,500 reviews of one period, each with its own telling or none, are all judged."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_held"),
            lookups=(seek("told", fact("told"), "review"), seek("any", fact("review_planned"), "period")),
            verdicts=(((Present("told"), Present("any")), Standing.KEPT),),
            otherwise=Standing.BREACHED,
        )
    )
    on = 738_000
    rows = {
        "review_held": [
            Row(f"h{n}", f"h{n}", on + n % 300, None, {"review": f"r{n}", "period": "1"}) for n in range(1500)
        ],
        "told": [Row(f"t{n}", f"t{n}", on, None, {"review": f"r{n}"}) for n in range(0, 1500, 50)],
        "review_planned": [Row("p", "p", on, None, {"review": "r1", "period": "1"})],
    }  # fmt: skip
    assert sum(v.standing == Standing.KEPT for v in agree(core, bare(rows))) == 30


@needs_engine
def test_five_thousand_cases_in_a_row_are_each_judged_afresh() -> None:
    """Cases that share every id and key but not their facts, judged in turn, never see one another."""
    cases = [reviewed(), reviewed(told=False), case_of([])]
    wanted = [meaning.judge(THREE_STRATA, case, CALENDAR) for case in cases]
    assert len(set(wanted)) == 3
    rng = random.Random(0)
    for _ in range(5000):
        at = rng.randrange(3)
        assert judge(THREE_STRATA, cases[at], CALENDAR) == wanted[at]


@needs_engine
def test_threads_that_share_a_rulebook_do_not_share_a_case() -> None:
    """Four threads judging different cases at once each get their own answers."""
    cases = [reviewed(), reviewed(told=False)]
    wanted = [meaning.judge(THREE_STRATA, case, CALENDAR) for case in cases]
    wrong: list[object] = []

    def work(at: int) -> None:
        for turn in range(100):
            given = judge(THREE_STRATA, cases[(at + turn) % 2], CALENDAR)
            if given != wanted[(at + turn) % 2]:
                wrong.append(given)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@needs_engine
@pytest.mark.parametrize("error", [ValueError("in a rule"), KeyboardInterrupt()])
def test_an_error_while_judging_is_not_lost_and_its_session_is_deleted(
    monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """What is raised half-way through a case comes out as it is, and the next case starts from nothing."""
    wanted = judge(THREE_STRATA, reviewed(), CALENDAR)
    deleted = counting(monkeypatch, network_of(THREE_STRATA, "child").rulesets[0], "delete_state")

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr("iro_rules.engines.durable.due.due_day", fail)
        with pytest.raises(type(error)) as caught:
            judge(THREE_STRATA, reviewed(), CALENDAR)
    assert caught.value is error
    assert len(deleted) == 1
    assert judge(THREE_STRATA, reviewed(), CALENDAR) == wanted


def counting(monkeypatch: pytest.MonkeyPatch, ruleset: Ruleset, name: str) -> list[object]:
    """Put a ruleset's engine behind one that notes each call of a function."""
    calls: list[object] = []

    def noted(*args: object) -> Any:
        calls.append(args)
        return getattr(ruleset_engine, name)(*args)

    ruleset_engine = ruleset.engine
    monkeypatch.setattr(ruleset, "engine", Behind(ruleset_engine, {name: noted}))
    return calls


@attrs.frozen
class Behind:
    """The engine with some of its functions replaced."""

    engine: Any
    instead: dict[str, Callable[..., Any]]

    def __getattr__(self, name: str) -> Any:
        return self.instead.get(name) or getattr(self.engine, name)


RULES = (
    EngineRule("p", (Has("k"), Is("a", "x"))),
    EngineRule("j", (Has("k"),), "q", (Same("f", "q"),)),
)


@needs_engine
def test_what_fires_is_what_matches() -> None:
    """A pattern fires for each row that passes it, and a join for each row and key with the same text."""
    with Ruleset("test", RULES).open() as session:
        fired = session.tell([{"id": 0, "k": 1, "a": "x", "f": "1"}, {"id": 1, "k": 1, "a": "y", "f": "2"}])
        assert [frame[ROW]["id"] for frame in fired["p"]] == [0]
        assert "j" not in fired
        fired = session.tell([{"id": 2, "q": "2"}, {"id": 3, "q": "3"}])
        assert [(frame[KEY]["id"], frame[ROW]["id"]) for frame in fired["j"]] == [(2, 1)]


@needs_engine
def test_a_session_knows_nothing_of_the_one_before() -> None:
    """The same facts under the same numbers fire again in the next session, and only they do."""
    ruleset = Ruleset("test", RULES)
    for _ in range(3):
        with ruleset.open() as session:
            assert list(session.tell([{"id": 0, "k": 1, "a": "x", "f": "1"}])) == ["p"]
    with ruleset.open() as session:
        assert session.tell([{"id": 0, "q": "1"}]) == {}


@needs_engine
def test_a_fact_is_never_dropped_as_seen_before() -> None:
    """A number used twice is refused, and so is any word of the engine's that it did not take a fact in."""
    ruleset = Ruleset("test", RULES)
    with ruleset.open() as session:
        session.tell([{"id": 4, "k": 1}])
        with pytest.raises(EngineError, match="two facts would be one"):
            session.tell([{"id": 4, "k": 1}])
    engine = ruleset.engine
    ruleset.engine = Behind(engine, {"assert_facts": lambda *args: (2, engine.assert_facts(*args)[1])})
    with pytest.raises(EngineError, match="did not take in all facts"), ruleset.open() as session:
        session.tell([{"id": 0, "k": 1}])


@needs_engine
def test_a_batch_that_is_not_read_to_its_end_is_an_error() -> None:
    """The engine stops without a word at text it cannot read; the mark at the end shows it."""
    ruleset = Ruleset("test", RULES)
    json = ruleset.json
    ruleset.json = Behind(json, {"dumps": lambda facts: json.dumps(facts[:-1]) + b',[{"id"]'})
    with pytest.raises(EngineError, match="did not come to the end"), ruleset.open() as session:
        session.tell([{"id": 0, "k": 1}])
    ruleset.json = json
    with ruleset.open() as session:
        assert session.tell([{"id": 0, "q": "1"}]) == {}


@needs_engine
def test_a_session_that_cannot_be_deleted_is_left_behind_with_its_network() -> None:
    """The failure is raised, and the next case is judged in a network made anew."""
    ruleset = Ruleset("test", RULES)
    engine, handle = ruleset.engine, ruleset.handle
    fails = [True]

    def delete(*args: object) -> None:
        if fails.pop() if fails else False:
            raise engine.error("no")
        engine.delete_state(*args)

    ruleset.engine = Behind(engine, {"delete_state": delete})
    with pytest.raises(EngineError, match="could not delete"), ruleset.open() as session:
        session.tell([{"id": 0, "k": 1, "a": "x"}])
    assert ruleset.handle != handle
    with ruleset.open() as session:
        assert list(session.tell([{"id": 0, "k": 1, "a": "x"}])) == ["p"]


def test_the_names_of_patterns_are_vetted() -> None:
    """Names that the engine loses firings over are refused; those in use have slots of their own, high enough."""
    vet_aliases((KEY, ROW))
    assert (slot(ROW), slot(KEY)) == (11, 12)
    for bad in ((ROW, ROW), ("first", ROW), ("mark",), ("fact", "sought")):
        with pytest.raises(EngineError, match="loses firings"):
            vet_aliases(bad)


def test_no_two_numbers_of_facts_are_one_to_the_engine() -> None:
    """The 32-bit hashes of all numbers a session may use, of its marks and of its own state are different."""
    names = [str(number) for number in range(-1000, MOST_FACTS + 1)] + ["sid-0"]
    assert len({fnv1a(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([EngineRule(f"r{n}", (Has(f"k{n}"),)) for n in range(MOST_RULES + 1)], "too many rules in one ruleset"),
        (
            [EngineRule(f"r{n}", (Has("k"), Is("a", str(n)))) for n in range(MOST_RULES_ON_A_PROPERTY + 1)],
            "too many rules that start with one property",
        ),
        (
            [
                EngineRule(f"r{n}", (Has(f"k{n}"), *(Is("a", f"{n}.{m}") for m in range(5))))
                for n in range(MOST_CONDITIONS // 5)
            ],
            "too many different conditions",
        ),
        ([EngineRule("r", (Has("k"),), "q", tuple(Same(f"f{n}", "q") for n in range(9)))], "too many joins"),
        ([EngineRule("r", (Has(MARK),))], "one to the engine"),
        ([EngineRule("r", (Has("k"),)), EngineRule("r", (Has("k"),))], "same name"),
        ([EngineRule("r", (Has("k"),), "q")], "a key just where it has joins"),
    ],
)
def test_limits_of_the_engine_are_kept_before_it_sees_a_rule(rules: list[EngineRule], words: str) -> None:
    """Beyond them the engine hangs or crashes, so nothing like it is ever handed over."""
    with pytest.raises(EngineError, match=words):
        vet_rules(rules)


@needs_engine
def test_a_rulebook_beyond_the_limits_is_split_over_rulesets() -> None:
    """260 rules on one kind and 100 on others stand in several rulesets and are judged as they mean."""
    duties = [
        Judge(
            rule=f"r{n:03}",
            trigger=fact("review_planned" if n % 4 else "review_held", review=f"x{n % 60}", period=f"{n % 7}"),
            lookups=(seek("held", fact("review_held", period=f"{n % 50}"), "review"),),
            verdicts=(((Absent("held"),), Standing.BREACHED),),
            otherwise=Standing.KEPT,
        )
        for n in range(360)
    ]
    core = core_of(*duties)
    assert len(network_of(core, "child").rulesets) > 2
    facts = [ReviewHeld("2026-01-05", review=f"x{n}", period=f"{n % 5}") for n in range(30)]
    planned = [
        ReviewPlanned("2026-01-01", review=f"x{n}", period=f"{n % 7}", planned_for=pendulum.date(2026, 1, 9))
        for n in range(30)
    ]
    assert agree(core, case_of([*facts, *planned]))


@needs_engine
def test_large_random_rulebooks_are_judged_as_they_mean() -> None:
    """Cores of many more rules than the differential tests draw, each over dense cases."""
    for seed in range(12):
        situation = random_situation(
            random.Random(seed),
            CALENDAR,
            core=CoreSize(steps=60, lookups=4, joins=3, kinds=12),
            case=CaseSize(facts=80, keys=2),
        )
        agree(
            situation.core, prepare(situation.case, as_of=situation.as_of, calendar=CALENDAR, related=situation.related)
        )


@needs_engine
def test_a_rulebook_is_compiled_once_for_each_subject() -> None:
    """Asking again gives the same network, and cores that say the same are still told apart."""
    size = CoreSize(steps=2)
    one, other = random_core(random.Random(1), size), random_core(random.Random(1), size)
    assert network_of(one, "child") is network_of(one, "child")
    assert network_of(one, "child") is not network_of(other, "child")
    assert network_of(one, "child") is not network_of(one, "authority")


def test_without_durable_rules_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed, judging is refused with the way to install it and the reader to use instead."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert "is not installed" in available()
    assert "C compiler" in available()
    assert "PyEval_CallObject=PyObject_CallObject" in available()
    with pytest.raises(EngineError, match=r"pip install iro-rules\[durable\].*meaning"):
        judge(core_of(*THREE_STRATA.productions()), reviewed(), CALENDAR)


def test_a_build_that_python_313_cannot_load_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extension that lacks PyEval_CallObject must be built again, not installed."""
    real = builtins.__import__

    def load(name: str, *args: Any) -> Any:
        if name == "durable_rules_engine":
            raise ImportError("durable_rules_engine.so: undefined symbol: PyEval_CallObject")
        return real(name, *args)

    monkeypatch.delitem(sys.modules, "durable_rules_engine", raising=False)
    monkeypatch.setattr(builtins, "__import__", load)
    assert available().startswith("durable-rules is installed but")
    assert "CPPFLAGS" in available()
