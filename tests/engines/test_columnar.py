"""The columnar reader: equal to the meaning, on cases made for each feature and on many made at random at once."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime
from typing import Any

import attrs
import pendulum
import polars as pl
import pytest

from iro_rules.clock import Soft
from iro_rules.engines import meaning
from iro_rules.engines.columnar import case_table, event_table, judge, judge_table, to_verdicts
from iro_rules.engines.rows import prepare
from iro_rules.facts import (
    Agreed,
    Appointed,
    BecameLookedAfter,
    Case,
    CeasedToBeLookedAfter,
    Coverage,
    Ended,
    Fact,
    Provided,
    Raised,
    RecordsBegin,
    Related,
    ReviewHeld,
    ReviewPlanned,
    Told,
    Unavailable,
)
from iro_rules.rulebook import Contact
from iro_rules.rulebook.core import Derive, Judge, Production
from iro_rules.rulebook.terms import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Lookup,
    Pattern,
    Present,
    Standing,
    fact,
    has,
    more_than,
    seek,
)
from iro_rules.testing.random_cases import CaseSize, random_case
from iro_rules.testing.random_rules import CoreSize, random_core, raw_kinds, subjects_of
from tests.engines.columnar_help import AS_OF, CALENDAR, agree, case_of, core_of, day, review_duty, standings, term


@pytest.mark.parametrize("seed", range(12))
def test_many_cases_at_random_are_judged_at_once_as_one_by_one(seed: int) -> None:
    """Whatever the rulebook, a batch of cases that name each other gives what each case means by itself."""
    rng = random.Random(seed)
    core = random_core(rng, CoreSize(steps=12))
    kinds = (*raw_kinds(core), "unavailable", "related")
    cases = []
    for number in range(25):
        size = CaseSize(kinds=kinds, facts=rng.choice((0, 4, 30)), around=date(2025, 10, 26))
        made = random_case(rng, size, subject=rng.choice(subjects_of(core))).case
        cases.append(attrs.evolve(made, id=f"s{number}" if number < 3 else f"{rng.choice('kKz0')}{number}"))
    agree(core, *cases, as_of=rng.choice(("2025-10-26", "2025-10-26T12:00:00+00:00", "2025-11-20")))


def between(name: str, pattern: Pattern, pick: str, bounds: dict[str, Any], *same: str) -> Lookup:
    """A look-up within bounds."""
    return attrs.evolve(seek(name, pattern, *same), pick=pick, **bounds)


def test_rows_of_one_day_are_in_order_of_time_and_identity() -> None:
    """A day without a time comes after its times; ids and the keys that name rows are compared with each other."""
    facts = [
        ReviewHeld("2026-02-02", review=key, id=fact_id)
        for key, fact_id in (("m", "zz"), ("n", "b"), ("zz", "m"), ("B", "B"), ("a", "aa"))
    ]
    facts.append(ReviewHeld("2026-02-02T10:00:00+00:00", review="x", id="zzz"))
    named = Derive(rule="k", kind="named", trigger=fact("review_held"), identity="trigger.review")
    rules: list[Production] = [named]
    for name in ("after", "before"):
        for pick in ("first", "last"):
            for kind in ("review_held", "named"):
                found = between("found", fact(kind), pick, {name: "trigger"})
                rules += [
                    Judge(
                        rule=f"{trigger}-{name}-{pick}-{kind}",
                        trigger=fact(trigger),
                        lookups=(found,),
                        verdicts=(((Present("found"),), Standing.HOLDS),),
                        otherwise=Standing.OPEN,
                    )
                    for trigger in ("review_held", "named")
                ]
    other = case_of(ReviewHeld("2026-02-02", review="c", id="d"), name="c2")
    assert len(agree(core_of(*rules), case_of(*facts), other)) == 16 * 7


def test_of_rows_with_one_identity_the_first_rule_and_the_earliest_trigger_stay() -> None:
    """A key names one row for each case, whichever production or trigger made it."""
    core = core_of(
        Derive(rule="a", kind="k", trigger=fact("review_planned"), identity="trigger.review"),
        Derive(
            rule="b", kind="k", trigger=fact("review_planned"), identity="trigger.review", moment="trigger.planned_for"
        ),
        Derive(rule="c", kind="k", trigger=fact("review_held")),
        Judge(rule="d", trigger=fact("k"), verdicts=(((), Standing.HOLDS),)),
    )
    facts = [
        ReviewPlanned("2026-01-20", review="r1", planned_for=day("2026-02-01"), id="late"),
        ReviewPlanned("2026-01-10", review="r1", planned_for=day("2026-02-02"), id="zz"),
        ReviewPlanned("2026-01-10", review="r1", planned_for=day("2026-02-02"), id="early"),
        ReviewHeld("2026-02-02", review="r1", id="r1"),
    ]
    found = agree(core, case_of(*facts))
    assert [(v.about, v.facts) for v in found] == [("r1", (("trigger", "early"),))]


def test_a_row_is_sought_between_days_and_rows() -> None:
    """The first or the last within the bounds, by days, by rows, and by the day asked about."""
    days = ("2026-01-05", "2026-01-10", "2026-01-15", "2026-01-20", "2026-02-02", "2026-03-02")
    told = [Told(day, by="iro", to="parent", about="review", review="r1") for day in days]
    held = [ReviewHeld(day, review="r1", id=f"held-{day}") for day in ("2026-01-10", "2026-01-20")]
    rules = []
    for number, bounds in enumerate(
        (
            {"since": "trigger"}, {"until": "trigger"}, {"since": "trigger", "until": "as_of"}, {"after": "trigger"},
            {"before": "trigger"}, {"after": "trigger", "until": "as_of.day"}, {"since": "as_of", "after": "trigger"},
            {"before": "trigger", "until": "trigger", "since": "trigger"}, {"after": "earlier", "since": "trigger"},
            {"before": "earlier", "until": "trigger"},
        )
    ):  # fmt: skip
        for pick in ("first", "last"):
            lookups = (
                seek("earlier", fact("review_held"), before="trigger"),
                between("found", fact("told"), pick, bounds, "review"),
            )
            shown = (((Present("found"),), Standing.HOLDS),)
            rules.append(
                Judge(
                    rule=f"r{number}-{pick}", trigger=fact("review_held"), lookups=lookups, verdicts=shown,
                    otherwise=Standing.OPEN,
                )
            )  # fmt: skip
    for as_of in (AS_OF, "2026-02-01", "2026-01-10"):
        agree(core_of(*rules), case_of(*told, *held), as_of=as_of)


def test_rows_are_joined_on_several_fields_on_days_and_on_numbers() -> None:
    """A field that is not known joins nothing, and what is judged by such a join is not known."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_planned"),
            lookups=(
                seek("both", fact("review_held"), "review", "period"),
                seek("day", fact("review_planned"), "planned_for", before="trigger"),
                seek("due", fact("agreed"), on={"due": "as_of.day"}),
            ),
            verdicts=(((Present("both"),), Standing.KEPT), ((Present("day"), Present("due")), Standing.HOLDS)),
            otherwise=Standing.OPEN,
        ),
        Judge(
            rule="b",
            trigger=fact("raised"),
            lookups=(seek("other", fact("raised"), "window", "about", after="trigger"),),
            verdicts=(((Present("other"),), Standing.HOLDS),),
            otherwise=Standing.OPEN,
        ),
    )
    facts = [
        ReviewPlanned("2026-01-05", review="r1", planned_for=day("2026-02-02")),
        ReviewPlanned("2026-01-06", review="r2", planned_for=day("2026-02-02")),
        ReviewHeld("2026-02-02", review="r1", period="2"),
        ReviewHeld("2026-02-03", review="r2"),
        Agreed("2026-01-05", by="iro", about="review", due=day(AS_OF)),
        *(Raised(f"2026-01-0{n}", by="iro", about="review", dispute=f"d{n}", window=n % 2) for n in range(1, 5)),
        Raised("2026-01-09", by="iro", about="review", dispute="d9"),
    ]
    found = agree(core, case_of(*facts), case_of(*facts[:3], name="c2"))
    assert set(standings(found)) == {"kept", "holds", "open", "not_evaluable"}


def test_every_test_of_a_pattern_passes_the_same_rows() -> None:
    """Equal, one of several, has, known, unknown, more and less; a field that is not given passes only unknown."""
    patterns = {
        "eq": fact("told", by="iro"),
        "in": fact("told", by=("iro", "parent")),
        "none": fact("told", review="r9"),
        "has": fact("told", cc=has("parent")),
        "known": fact("told", review=KNOWN),
        "unknown": fact("told", review=UNKNOWN),
        "cc": fact("told", cc=KNOWN),
        "no-cc": fact("told", cc=UNKNOWN),
        "more": fact("raised", window=more_than(2)),
        "window": fact("raised", window=2),
    }
    rules = [Judge(rule=name, trigger=p, verdicts=(((), Standing.HOLDS),)) for name, p in patterns.items()]
    facts: list[Fact] = [
        Told("2026-01-05", by="iro", to="child", about="review", review="r1", cc=("parent", "child")),
        Told("2026-01-06", by="parent", to="child", about="review", cc=("child",)),
        Told("2026-01-07", by="child", to="iro", about="review"),
        *(Raised("2026-01-05", by="iro", about="review", dispute=f"d{n}", window=n) for n in (1, 2, 3)),
        Raised("2026-01-05", by="iro", about="review", dispute="d4"),
    ]
    found = agree(core_of(*rules), case_of(*facts), case_of(*facts[1:2], name="c2"))
    counts = Counter(verdict.rule for verdict in found)
    wanted = {"eq": 1, "in": 3, "has": 1, "known": 1, "unknown": 3, "cc": 3, "no-cc": 1, "more": 1, "window": 1}
    assert counts == wanted


def test_absence_outside_the_record_is_not_evidence() -> None:
    """What is missing is named, false beats unknown, and a rule that may have been triggered says so."""
    core = core_of(
        review_duty(lapse="left", lookups=(
            seek("review", fact("review_held"), "period"), seek("left", fact("ceased_to_be_looked_after"), "period"),
        )),
        Judge(
            rule="b",
            trigger=fact("became_looked_after"),
            lookups=(seek("review", fact("review_held")), seek("told", fact("told"))),
            when=(Compare("trigger.status", "ne", constant="section_20"),),
            verdicts=(
                ((Present("review"), Compare("told.about", "eq", constant="review")), Standing.KEPT),
                ((Absent("review"), Compare("trigger.status", "eq", "trigger.status")), Standing.BREACHED),
            ),
            otherwise=Standing.OPEN,
        ),
    )  # fmt: skip
    facts: list[Fact] = [
        BecameLookedAfter("2025-01-06", status="interim_care"),
        BecameLookedAfter("2025-02-06", status="section_20", period="2"),
        BecameLookedAfter("2025-03-06", period="3"),
        CeasedToBeLookedAfter("2025-01-20"),
    ]
    covers = (
        Coverage.everything(), Coverage.everything().without("review_held"), Coverage.only("became_looked_after"),
        Coverage.everything().without("told"), Coverage.everything().without("became_looked_after"), Coverage.only(),
    )  # fmt: skip
    cases = [case_of(*facts, name=f"c{number}", coverage=covered) for number, covered in enumerate(covers)]
    assert {"not_evaluable", "overdue", "lapsed", "breached"} <= set(standings(agree(core, *cases)))


def test_the_iro_of_a_related_child_is_read_in_that_childs_case() -> None:
    """From these tables, from others, or not at all; and only where the other record would show it."""
    lookups = (
        seek("case", fact("related_case"), "child"),
        seek("here", fact("appointed", role="iro"), pick="last"),
        seek("there", fact("related_appointed", role="iro"), "child", pick="last"),
        seek("gone", fact("related_ended", role="iro"), on={"child": "there.child", "person": "there.person"}),
    )
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("related"),
            lookups=lookups,
            when=(Present("case"), Present("here"), Present("there"), Absent("gone")),
            verdicts=(((Compare("here.person", "eq", "there.person"),), Standing.KEPT),),
            otherwise=Standing.BREACHED,
        )
    )
    cases = [
        case_of(
            Appointed("2026-01-05", role="iro", person=person),
            *(Related("2026-01-05", relation="sibling", child=child) for child in named),
            *((Ended("2026-01-09", role="iro", person=person),) if name == "d" else ()),
            name=name,
            coverage=Coverage.everything().without("ended") if name == "c" else None,
        )
        for name, person, named in (
            ("a", "p1", ("a", "b")), ("b", "p1", ("a", "c")), ("c", "p2", ("a", "zz")), ("d", "p2", ("a", "a")),
            ("e", "p1", ("d",)),
        )
    ]  # fmt: skip
    assert {"kept", "breached", "not_evaluable"} <= set(standings(agree(core, *cases)))
    agree(core, *cases, cases_at_once=2)
    first = cases[:1]
    tables: dict[str, Any] = {"events": event_table(first), "cases": case_table(first)}
    for related, known in ((False, []), ((event_table(cases), case_table(cases)), cases)):
        table = judge_table(core, as_of=AS_OF, calendar=CALENDAR, related=related, **tables)
        at_hand = {case.id: case for case in known}
        rows = prepare(first[0], as_of=AS_OF, calendar=CALENDAR, related=at_hand)
        assert to_verdicts(table)["a"] == meaning.judge(core, rows, CALENDAR)
        assert judge(core, first[0], as_of=AS_OF, calendar=CALENDAR, related=at_hand) == to_verdicts(table)["a"]


def test_whoever_cannot_be_reached_is_stood_in_for() -> None:
    """By case, along the chain, on the day asked about."""
    roles = ("social_worker", "team_manager", "iro")
    contacts = [Contact(role=r, title=r, stand_in=s) for r, s in zip(roles, (*roles[1:], ""), strict=True)]
    core = core_of(review_duty(contact="social_worker"), review_duty(rule="b", contact="iro"), contacts=contacts)
    start = BecameLookedAfter("2026-01-05")
    away: dict[str, tuple[tuple[str, pendulum.Date | None], ...]] = {
        "a": (), "b": (("social_worker", None),),
        "c": (("social_worker", day(AS_OF)), ("team_manager", day("2026-03-01"))),
        "d": (("social_worker", day("2026-04-01")), ("team_manager", None), ("iro", None)),
        "e": (("team_manager", None),),
    }  # fmt: skip
    cases = [
        case_of(
            start,
            *(Unavailable("2026-02-01", role=role, until=until) for role, until in some),
            name=name,
        )
        for name, some in away.items()
    ]
    found = [v.contact for v in agree(core, *cases) if v.rule == "a"]
    assert found == ["social_worker", "team_manager", "team_manager", "iro", "social_worker"]


def test_of_very_many_cases_nobody_can_be_reached_without_end() -> None:
    """In a table that has no column for such an end: Polars fails on many rows where a filter is of constants alone."""
    contacts = [Contact(role="iro", title="IRO", stand_in="manager"), Contact(role="manager", title="Manager")]
    core = core_of(review_duty(contact="iro"), contacts=contacts)
    one = event_table([case_of(BecameLookedAfter("2026-01-05"), Unavailable("2026-02-01", role="iro"))])
    names = pl.DataFrame({"case": [f"c{number:05}" for number in range(20_000)]})
    events = names.join(one.drop("case", "until"), how="cross", maintain_order="left")
    cases = case_table([case_of()]).drop("case").join(names, how="cross")
    found = judge_table(
        core, events=events, cases=cases, as_of=AS_OF, calendar=CALENDAR, cases_at_once=len(names)
    )  # fmt: skip
    assert found["contact"].cast(pl.String).to_list() == ["manager"] * len(names)


def test_a_rule_about_an_authority_says_nothing_of_a_child() -> None:
    """Even where what its trigger could be is not recorded."""
    core = core_of(review_duty(), Judge(rule="s", trigger=fact("records_begin"), verdicts=(((), Standing.HOLDS),)))
    authority = Case("la", [RecordsBegin("2025-01-01")], coverage=Coverage.only(), subject="authority")
    child = case_of(BecameLookedAfter("2026-01-05"), coverage=Coverage.only())
    found = agree(core, authority, child)
    assert {v.rule for v in found if v.about == "records_begin" or v.rule == "s"} == {"s"}
    agree(core, authority)


def test_keys_without_number_in_one_case_are_kept_apart() -> None:
    """More keys than there are slots for their codes, among cases that use the same ones."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("review_held"),
            lookups=(seek("given", fact("provided"), "review"),),
            verdicts=(((Present("given"),), Standing.KEPT),),
            otherwise=Standing.BREACHED,
        )
    )
    held = [ReviewHeld("2026-01-05", review=f"r{n}") for n in range(1_200)]
    given = [Provided("2026-01-05", document=term("document"), to="iro", review=f"r{n}") for n in range(0, 1_200, 2)]
    found = agree(core, case_of(*held, *given), case_of(*held[:5], *given[:1], name="c2"))
    assert standings(found).count("kept") == 601


def test_a_moment_counts_what_had_happened_by_then() -> None:
    """An instant asks of times, a day of days."""
    core = core_of(review_duty(within=Soft("soon")))
    held = [ReviewHeld(when, review=str(n)) for n, when in enumerate(("2026-03-02T10:00:00+00:00", "2026-03-02"))]
    for as_of in ("2026-03-01", "2026-03-02", datetime.fromisoformat("2026-03-02T10:00:00+00:00")):
        for some in (held[:1], held[1:], held):
            agree(core, case_of(BecameLookedAfter("2026-01-05"), *some), as_of=as_of)
