"""The columnar reader's tables: what may be given, what is refused, and that parts make a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from iro_rules.engines.columnar import (
    case_table,
    cases_schema,
    event_table,
    events_schema,
    judge,
    judge_cases,
    judge_table,
)
from iro_rules.engines.columnar.lookups import Groups
from iro_rules.engines.columnar.rows import Rows
from iro_rules.engines.rows import prepare
from iro_rules.errors import CaseError, IroRulesError
from iro_rules.facts import Appointed, BecameLookedAfter, Coverage, Related, ReviewPlanned, Told
from iro_rules.facts.kinds import BITS
from iro_rules.rulebook.core import Judge
from iro_rules.rulebook.terms import Present, Standing, fact, seek
from tests.engines.columnar_help import AS_OF, CALENDAR, case_of, core_of, day, review_duty


def test_parts_of_a_cohort_together_are_the_cohort() -> None:
    """The size of the parts, the order of the rows, and texts as plain strings make no difference."""
    core = core_of(review_duty())
    cases = [case_of(BecameLookedAfter(f"2026-01-{day:02}"), name=f"c{day}") for day in range(1, 29)]
    cases[3] = case_of(name="c4")
    tables: dict[str, Any] = {"events": event_table(cases), "cases": case_table(cases)}
    whole = judge_table(core, as_of=AS_OF, calendar=CALENDAR, **tables)
    assert whole.equals(judge_table(core, as_of=AS_OF, calendar=CALENDAR, cases_at_once=5, **tables))
    mixed = {name: table.reverse() for name, table in tables.items()}
    plain = mixed["events"].cast({"kind": pl.String, pl.Categorical: pl.String})
    mixed["events"] = plain.drop("person", "cc")
    assert whole.equals(judge_table(core, as_of=AS_OF, calendar=CALENDAR, **mixed))


def test_the_deciding_facts_may_be_left_out() -> None:
    """All else is the same."""
    core = core_of(review_duty())
    cases = [case_of(BecameLookedAfter(f"2026-01-{day:02}"), name=f"c{day}") for day in range(1, 29)]
    tables: dict[str, Any] = {"events": event_table(cases), "cases": case_table(cases)}
    whole = judge_table(core, as_of=AS_OF, calendar=CALENDAR, **tables)
    bare = judge_table(core, as_of=AS_OF, calendar=CALENDAR, facts=False, cases_at_once=5, **tables)
    assert whole["facts"].list.len().min() == 1
    assert bare.equals(whole.drop("facts"))


def test_no_cases_give_no_findings() -> None:
    """Empty tables are judged, and the answer has its columns."""
    table = judge_table(
        core_of(review_duty()), events=event_table([]), cases=case_table([]), as_of=AS_OF, calendar=CALENDAR
    )
    assert table.shape == (0, 9)
    assert judge_cases(core_of(review_duty()), [], as_of=AS_OF, calendar=CALENDAR) == {}


def test_a_case_without_a_trigger_has_no_findings() -> None:
    """It is among the answers all the same."""
    assert judge_cases(core_of(review_duty()), [case_of()], as_of=AS_OF, calendar=CALENDAR) == {"c1": ()}


def test_a_fact_is_a_row_and_a_case_is_a_row() -> None:
    """With the columns of the schemas; what is not given is null."""
    told = Told("2026-01-05T10:00:00+00:00", by="iro", to="child", about="review", cc=("parent", "child"), id="t")
    planned = ReviewPlanned("2026-01-05", review="r1", planned_for=day("2026-02-02"), id="p")
    events = event_table([case_of(told, planned)])
    assert events.schema == pl.Schema(events_schema())
    rows = [{name: value for name, value in row.items() if value is not None} for row in events.iter_rows(named=True)]
    base = {"case": "c1", "on": date(2026, 1, 5)}
    assert rows == [
        base | {"id": "p", "kind": "review_planned", "review": "r1", "planned_for": date(2026, 2, 2), "period": "1"},
        base | {"id": "t", "kind": "told", "at": 1_767_607_200, "by": "iro", "to": "child", "about": "review"}
        | {"cc": ["child", "parent"]},
    ]  # fmt: skip
    cases = case_table([case_of(coverage=Coverage.only("told"))])
    assert cases.schema == pl.Schema(cases_schema())
    assert cases.rows() == [("c1", "child", BITS["told"])]


def one_case() -> dict[str, pl.DataFrame]:
    """The tables of one case with one fact."""
    case = case_of(BecameLookedAfter("2026-01-05", id="f1"))
    return {"events": event_table([case]), "cases": case_table([case])}


def judged(**tables: pl.DataFrame) -> pl.DataFrame:
    """The verdicts on some tables, in place of those of one case."""
    given: dict[str, Any] = {**one_case(), **tables}
    return judge_table(core_of(review_duty()), as_of=AS_OF, calendar=CALENDAR, **given)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("events", lambda t: t.drop("on"), "the event table lacks a column.* 'on'"),
        ("events", lambda t: t.with_columns(id=None), "row without a value"),
        ("events", lambda t: t.with_columns(at=pl.lit("noon")), "column at: the column is of another type.*String"),
        ("events", lambda t: t.with_columns(kind=pl.lit("dreamt")), "no such kind of fact.*dreamt"),
        ("events", lambda t: t.with_columns(case=pl.lit("c2")), "a case that the case table lacks.*c2"),
        ("events", lambda t: pl.concat([t, t]), "case c1, fact f1 .became_looked_after.: two facts have the same id"),
        ("events", lambda t: t.with_columns(kind=pl.lit("records_begin")), "fact f1 .records_begin.: .*not about"),
        ("cases", lambda t: t.drop("covered"), "the case table lacks a column.*'covered'"),
        ("cases", lambda t: pl.concat([t, t]), "two cases have the same id.*c1"),
        ("cases", lambda t: t.with_columns(subject=pl.lit("dog")), "case c1: the subject is unknown.*dog"),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused(
    name: str, change: Callable[[pl.DataFrame], pl.DataFrame], words: str
) -> None:
    """In words that say where it is wrong."""
    with pytest.raises(CaseError, match=words):
        judged(**{name: change(one_case()[name])})


def test_a_day_beyond_the_calendar_is_refused_in_the_words_of_the_meaning() -> None:
    """Naming case, fact, field and value; also in a related child's case, and of the day asked about."""
    core = core_of(
        Judge(
            rule="a",
            trigger=fact("related"),
            lookups=(seek("there", fact("related_appointed"), "child"),),
            verdicts=(((Present("there"),), Standing.HOLDS),),
        )
    )
    start = Related("2026-01-05", relation="sibling", child="s1")
    fine = case_of(start)
    related = {"s1": case_of(Appointed("2029-01-05", role="iro", person="p1"), name="s1")}
    for case, others, as_of in (
        (case_of(start, BecameLookedAfter("1980-01-05")), {}, AS_OF),
        (case_of(ReviewPlanned("2026-01-05", review="r1", planned_for=day("2030-01-05"))), {}, AS_OF),
        (fine, related, AS_OF),
        (fine, {}, "2031-01-05"),
    ):
        with pytest.raises(IroRulesError) as wanted:
            prepare(case, as_of=as_of, calendar=CALENDAR, related=others)
        with pytest.raises(type(wanted.value)) as found:
            judge(core, case, as_of=as_of, calendar=CALENDAR, related=others)
        assert str(found.value) == str(wanted.value)


def test_groups_too_many_for_a_number_of_64_bits_are_told_apart_by_one_of_128() -> None:
    """The next row within bounds is found all the same."""
    columns = {
        "order": pl.Series([5, 9, 1, 3, 7, 5], dtype=pl.Int64),
        "case": pl.Series([0, 0, 1, 1, 1, 2], dtype=pl.UInt32),
    }
    rows = Rows(6, lambda _, field: columns.get(field))
    for bits in (8, 62):
        groups = Groups.of(rows, columns["case"], None, 3, bits)
        assert not groups.single
        ours = pl.Series([0, 0, 1, 1, 1, 2, 2], dtype=pl.UInt32)
        bound = pl.Series([6, 10, 0, 2, 8, 5, 6], dtype=pl.Int64)
        for forward, wanted in ((True, [1, None, 2, 3, None, 5, None]), (False, [0, 1, None, 2, 4, 5, 5])):
            ends = groups.ends["first" if forward else "last"][ours]
            places = groups.within(ends, ours, bound, forward=forward)
            assert groups.index[places].to_list() == wanted


def test_the_next_row_within_bounds_is_found_in_a_group_of_any_length() -> None:
    """Forward and backward, wherever the bound lies."""
    for length in range(1, 12):
        orders = [2 * number for number in range(length)]
        columns = {
            "order": pl.Series([*reversed(orders), 4, 6], dtype=pl.Int64),
            "case": pl.Series([0] * length + [1, 1], dtype=pl.UInt32),
        }
        rows = Rows(length + 2, lambda _, field, found=columns: found.get(field))  # type: ignore[misc]
        groups = Groups.of(rows, columns["case"], None, 2, 8)
        bounds = list(range(-1, 2 * length))
        ours = pl.Series([0] * len(bounds), dtype=pl.UInt32)
        for forward in (True, False):
            ends = groups.ends["first" if forward else "last"][ours]
            places = groups.within(ends, ours, pl.Series(bounds, dtype=pl.Int64), forward=forward)
            found = columns["order"][groups.index[places]].to_list()
            later = [min((o for o in orders if o >= bound), default=None) for bound in bounds]
            earlier = [max((o for o in orders if o <= bound), default=None) for bound in bounds]
            assert found == (later if forward else earlier)
