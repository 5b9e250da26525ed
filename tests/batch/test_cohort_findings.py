"""The findings table says of each case what `assess` says of it, however the cases are shared out."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import iro_rules
from iro_rules import assess, assess_cohort, setting
from iro_rules.batch import Terms, judge_batch
from iro_rules.batch.findings import COLUMNS
from iro_rules.engines.columnar import case_table, event_table
from iro_rules.errors import CaseError, InterpretationError, ProtocolError
from iro_rules.facts import Appointed, BecameLookedAfter, Case, Coverage, Related
from iro_rules.testing.realistic import AS_OF as REALISTIC_DAY
from iro_rules.testing.realistic import cases as realistic_cases
from iro_rules.testing.realistic import cohort as realistic_cohort
from iro_rules.testing.realistic import related_to
from tests.batch.made import AS_OF, cohort, protocols


def rows(table: pl.DataFrame, case: str) -> list[dict[str, Any]]:
    """The rows of one case by the id of the finding, in order."""
    return sorted(table.filter(pl.col("case") == case).to_dicts(), key=lambda row: row["id"])


@pytest.mark.parametrize("protocol", [None, "derby", "barnet", "rochdale"])
def test_the_table_says_what_assess_says(protocol: str | None) -> None:
    """The same ids, standings, deadlines, deciding facts, contacts and missing kinds, also where little is covered."""
    if protocol is not None:
        pytest.importorskip(f"iro_rules_{protocol}")
    made = realistic_cohort(8, seed=11, ladders=protocol == "rochdale")
    narrow = Coverage.only("review_held", "review_planned", "became_looked_after", "ceased_to_be_looked_after")
    cases = [Case(c.id, c.facts, coverage=narrow) if n % 4 == 3 else c for n, c in enumerate(realistic_cases(made))]
    table = assess_cohort(event_table(cases), case_table(cases), as_of=REALISTIC_DAY, protocol=protocol)
    known = {case.id: case for case in cases}
    where = setting(protocol)
    for case in cases:
        others = related_to(case, known).values()
        found = assess(case, as_of=REALISTIC_DAY, protocol=where, related=others, engine="meaning", robustness=False)
        wanted = sorted(found.findings, key=lambda finding: finding.id)
        given = rows(table, case.id)
        assert [row["id"] for row in given] == [finding.id for finding in wanted]
        for row, finding in zip(given, wanted, strict=True):
            due = row["due_at"] or row["due_on"]
            assert (row["rule"], row["about"], row["standing"]) == (finding.rule, finding.about, finding.standing)
            assert (None if due is None else due.isoformat()) == (
                None if finding.due is None else finding.due.isoformat()
            )
            assert row["kind"] == finding.kind
            assert row["missing"] == ("; ".join(finding.missing) or None)
            assert row["contact"] == (finding.contact.role if finding.contact else None)
            assert [(f["name"], f["id"]) for f in row["facts"]] == [(d.part, d.fact) for d in finding.decided_by]


def test_a_local_rule_has_its_own_code_and_that_of_the_national_rule() -> None:
    """What an analyst filters by: the authority's own numbering, and the duty in law that it implements."""
    pytest.importorskip("iro_rules_rochdale")
    events, cases, known = cohort()
    table = assess_cohort(events, cases, as_of=AS_OF, protocols=protocols(known))
    local = table.filter(pl.col("local_code").is_not_null())
    book = setting("rochdale").rulebook
    assert len(local)
    assert set(local["authority"]) <= {one.code for one in known if one.protocol}
    for rule, code, national, national_code in (
        local.select("rule", "local_code", "national_rule", "national_code").unique().iter_rows()
    ):
        if rule not in book.by_id:
            continue
        law = book.by_id[rule].law
        assert code == "; ".join(law.rows)
        assert national == ("; ".join(id for _, id in law.national) or None)
        assert (national_code is None) == (national is None)
    whole = table.filter(pl.col("local_code").is_null())
    assert (whole["rule"].cast(pl.String) == whole["national_rule"].cast(pl.String)).all()


def test_each_authority_is_judged_under_its_own_protocol() -> None:
    """Together as each by itself, in order of case."""
    events, cases, known = cohort()
    together = assess_cohort(events, cases, as_of=AS_OF, protocols=protocols(known))
    assert together["case"].is_sorted()
    for one in known:
        own = cases.filter(pl.col("authority") == one.code)
        alone = assess_cohort(
            events.join(own, on="case", how="semi"), own.drop("authority"), as_of=AS_OF, protocol=one.protocol or None
        )
        some = together.filter(pl.col("authority") == one.code)
        assert_frame_equal(_plain(some), _plain(alone))


def _plain(table: pl.DataFrame) -> pl.DataFrame:
    """Without the authority, and with texts where the categories depend on which rulebooks there are."""
    names = ("rule", "kind", "local_code", "national_rule", "national_code", "contact")
    facts = pl.col("facts").list.eval(pl.element().struct.field("name").cast(pl.String))
    return table.drop("authority").with_columns(pl.col(names).cast(pl.String), facts)


def test_related_children_in_other_parts_count_as_in_one() -> None:
    """Parts judged one by one, each with the related cases beside it, come to what the whole comes to."""
    events, cases, known = cohort()
    terms = Terms(as_of=AS_OF, protocols=protocols(known))
    whole = judge_batch(events, cases, terms)
    odd = [cases[::2], cases[1::2]]
    parts = [
        judge_batch(events.join(some, on="case", how="semi"), some, terms, related=(events, cases)) for some in odd
    ]
    together = pl.concat(parts).sort("case", "rule", "about", maintain_order=True)
    assert_frame_equal(together, whole.sort("case", "rule", "about", maintain_order=True))
    assert events.filter(pl.col("kind") == "related").height


def test_the_function_needs_nothing_but_its_arguments() -> None:
    """What a distributed engine does: the terms are sent, tables come and go as Arrow."""
    events, cases, known = cohort()
    terms = pickle.loads(pickle.dumps(Terms(as_of=AS_OF, protocols=protocols(known))))
    function = pickle.loads(pickle.dumps(judge_batch))
    sent = io.BytesIO()
    events.write_ipc(sent)
    found = function(OnlyArrow(pl.read_ipc(sent.getvalue())), OnlyArrow(cases), terms)
    assert hasattr(found, "__arrow_c_stream__")
    assert_frame_equal(pl.DataFrame(OnlyArrow(found)), judge_batch(events, cases, terms))


class OnlyArrow:
    """A table of some other library: all it can do is hand over Arrow."""

    def __init__(self, table: pl.DataFrame) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def test_a_cohort_of_nobody_has_no_findings() -> None:
    """With the columns of any other."""
    events, cases, _ = cohort()
    for some in (cases.clear(), cases.clear().drop("authority")):
        assert len(assess_cohort(events.clear(), some, as_of=AS_OF)) == 0


def test_rules_nobody_has_read_are_left_out_unless_asked_for() -> None:
    """As in `assess`."""
    events, cases, _ = cohort()
    without = assess_cohort(events, cases, as_of=AS_OF)
    everything = assess_cohort(events, cases, as_of=AS_OF, unverified=True)
    assert len(everything) > len(without)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"protocol": "nowhere"}, ProtocolError, "there is no such protocol"),
        ({"readings": {"no.such": "x"}}, InterpretationError, "no such interpretation"),
        ({"readings": {"counting.first-day": "third"}}, InterpretationError, "reading"),
        ({"events": [1, 2]}, CaseError, "this is not a table"),
        ({"as_of": "2051-01-01"}, iro_rules.CalendarError, "outside the known calendar"),
    ],
)
def test_choices_that_do_not_exist_are_refused(wrong: dict[str, Any], error: type[Exception], words: str) -> None:
    """In the words of `assess`."""
    events, cases, _ = cohort()
    given: dict[str, Any] = {"events": events, "cases": cases, "as_of": AS_OF} | wrong
    with pytest.raises(error, match=words):
        assess_cohort(**given)


def test_a_related_case_that_is_nowhere_is_not_evaluable() -> None:
    """The sibling's case is not at hand, and that is what the finding says, as in `assess`."""
    facts = [
        BecameLookedAfter("2026-01-05", id="start"),
        Appointed("2026-01-06", id="iro", role="iro", person="iro-1"),
        Related("2026-01-05", id="rel", relation="sibling", child="c2"),
    ]
    case = Case("c1", facts, coverage=Coverage.everything())
    table = assess_cohort(event_table([case]), case_table([case]), as_of=AS_OF)
    told = table.filter(pl.col("missing").str.contains("related_appointed"))
    wanted = assess(case, as_of=AS_OF, engine="meaning", robustness=False)
    assert list(told["id"]) == [f.id for f in sorted(wanted, key=lambda f: f.id) if "related_appointed" in f.missing]
    assert set(told["standing"]) == {"not_evaluable"}


def test_the_page_of_the_findings_table_names_its_columns_in_order() -> None:
    """A column that is added is told of."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "findings-table.md"
    named = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    events, cases, _ = cohort()
    assert named == assess_cohort(events.clear(), cases.clear(), as_of=AS_OF).columns == list(COLUMNS)
