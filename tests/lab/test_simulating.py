"""A simulation gives what judging the whole cohort twice would give, and what cannot be told is counted apart."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from iro_rules import RulebookError
from iro_rules.engines.columnar import judge_table
from iro_rules.facts.kinds import BITS
from iro_rules.lab import Variant, simulate
from iro_rules.lab.simulating import touched_rules
from iro_rules.rulebook import Rulebook
from tests.lab.lab_help import AS_OF, Tables, children, under

VARIANTS = (
    Variant(name="three days to answer", numbers={"rochdale.dispute.team-manager-response.within": 3}),
    Variant(name="calendar days", readings={"rochdale.dispute.days": "calendar"}),
    Variant(name="first day counts", readings={"counting.first-day": "event_day"}),
    Variant(name="weeks", units={"regulations.first-review.within": "calendar days"}),
)


def whole(rulebook: Rulebook, cohort: Tables) -> dict[tuple[str, str, str | None], tuple[Any, ...]]:
    """Every verdict on a cohort, by the whole rulebook."""
    table = judge_table(
        rulebook.core(), events=cohort.events, cases=cohort.cases, as_of=AS_OF, calendar=under("rochdale").calendar
    )
    rows = table.select("case", "rule", "about", "standing", "due_on", "due_at").rows()
    return {row[:3]: row[3:] for row in rows}


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_what_changes_is_what_differs_between_two_whole_answers(variant: Variant) -> None:
    """Although only what the variant can touch was judged again."""
    where, cohort = under("rochdale"), children()
    before, after = whole(where.rulebook, cohort), whole(variant.of(where.rulebook), cohort)
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    found = simulate(cohort, [variant], as_of=AS_OF, protocol=where)
    rows = found.changed.select("case", "rule", "about", "standing_before", "standing_after").rows()
    assert {row[:3] for row in rows} == differ
    assert differ
    for case, rule, about, old, new in rows:
        assert (before.get((case, rule, about), (None,))[0], after.get((case, rule, about), (None,))[0]) == (old, new)


def test_variants_together_are_each_as_alone() -> None:
    """In the order given."""
    together = simulate(children(), VARIANTS, as_of=AS_OF, protocol=under("rochdale"))
    assert together.summary()["variant"].to_list() == [variant.name for variant in VARIANTS]
    for variant in VARIANTS:
        alone = simulate(children(), [variant], as_of=AS_OF, protocol=under("rochdale"))
        assert together.summary().filter(variant=variant.name).equals(alone.summary())
        assert together.changed.filter(variant=variant.name).equals(alone.changed)


def test_a_variant_that_changes_nothing_says_so() -> None:
    """A number set to what it is, and no variants at all."""
    where = under("rochdale")
    same = Variant(name="as it is", numbers={"rochdale.dispute.team-manager-response.within": 5})
    assert touched_rules(where.rulebook, same.of(where.rulebook)) == frozenset()
    assert simulate(children(), [same], as_of=AS_OF, protocol=where).summary().rows() == [("as it is", *[0] * 7)]
    assert simulate(children(), [], as_of=AS_OF, protocol=where).summary().is_empty()


def test_counts_are_of_findings_and_of_children() -> None:
    """Checked against the rows themselves."""
    found = simulate(children(), VARIANTS[:1], as_of=AS_OF, protocol=under("rochdale"))
    (row,) = found.summary().iter_rows(named=True)
    moved = found.changed.filter(pl.col("standing_before") != pl.col("standing_after"))
    assert (row["change"], row["children"]) == (found.changed.height, found.changed["case"].n_unique())
    assert (row["change_standing"], row["children_standing"]) == (moved.height, moved["case"].n_unique())
    assert found.by_rule()["findings"].sum() == found.changed.height
    assert found.children == children().cases.height


def test_what_is_not_recorded_is_uncertain_and_not_unchanged() -> None:
    """A record without reviews cannot show whether a shorter clock would make one late."""
    cohort = children()
    blind = Tables(cohort.events.filter(pl.col("kind") != "review_held"),
                   cohort.cases.with_columns(pl.col("covered") - BITS["review_held"]))  # fmt: skip
    variant = Variant(name="earlier", numbers={"regulations.first-review.within": 15})
    (row,) = simulate(blind, [variant], as_of=AS_OF, protocol=under()).summary().iter_rows(named=True)
    assert row["change_standing"] == 0
    assert row["cannot_tell"] == row["children_cannot_tell"] == cohort.cases.height


def test_two_variants_of_one_name_are_refused() -> None:
    """Nobody could tell them apart."""
    with pytest.raises(RulebookError, match="two variants"):
        simulate(children(), VARIANTS[:1] * 2, as_of=AS_OF, protocol=under("rochdale"))
