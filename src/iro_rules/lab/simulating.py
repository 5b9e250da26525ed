"""Changes of the rules tried on a cohort: how many duties would stand otherwise, for how many children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol as Shape
from typing import final

import attrs
import polars as pl

from iro_rules.assessment import Setting, setting
from iro_rules.assessment.robustness import dependence
from iro_rules.clock.timescale import Unit
from iro_rules.engines.columnar import judge_table
from iro_rules.errors import RulebookError
from iro_rules.protocols import Protocol
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.core import Production
from iro_rules.rulebook.rulebook import compile_rules
from iro_rules.rulebook.variation import NewNumber, vary

KEY = ("case", "rule", "about")
STANDS = ("standing", "due_on", "due_at")
UNTOLD = "not_evaluable"


@final
@attrs.frozen(kw_only=True)
class Variant:
    """A change of the rules to try: its name, and numbers, units or readings as `vary` takes them."""

    name: str
    numbers: Mapping[str, NewNumber] = attrs.field(factory=dict)
    units: Mapping[str, Unit | str] = attrs.field(factory=dict)
    readings: Mapping[str, str] = attrs.field(factory=dict)

    def of(self, rulebook: Rulebook) -> Rulebook:
        """The rulebook with this change made; errors as for `vary`."""
        return vary(rulebook, self.numbers, units=self.units, readings=self.readings)


class CohortTables(Shape):
    """Many cases as tables: `events`, one row a fact, and `cases`, one row a case (see `engines.columnar`)."""

    @property
    def events(self) -> pl.DataFrame:
        """One row a fact."""

    @property
    def cases(self) -> pl.DataFrame:
        """One row a case, with what its record covers."""


@final
@attrs.frozen(kw_only=True, eq=False)
class Simulation:
    """What each variant would change in a cohort, beside the rules as they are.

    `variants` are their names, in the order given;
    `compared` has one row for each variant and rule it can touch, `changed` one for each finding that would stand
    otherwise. What is not evaluable, as things are or under the variant, is counted apart: such a finding might
    change or not, and nobody can tell from these records.
    """

    variants: tuple[str, ...]
    children: int
    compared: pl.DataFrame
    changed: pl.DataFrame

    def summary(self) -> pl.DataFrame:
        """One row a variant, in the order given.

        `findings` is how many the variant could touch; `change` how many would stand otherwise or by another day,
        `change_standing` those whose standing would; `children` and `children_standing` for how many children.
        `cannot_tell` counts the findings that are not evaluable, so that the true change lies between `change` and
        the two together; `children_cannot_tell` for how many children the rule with most of them has any.
        """
        changed = self.changed.group_by("variant").agg(
            change=pl.len(),
            change_standing=_otherwise().sum(),
            children=pl.col("case").n_unique(),
            children_standing=pl.col("case").filter(_otherwise()).n_unique(),
        )
        sums = self.compared.group_by("variant").agg(
            pl.col("findings").sum(), pl.col("cannot_tell").sum(), pl.col("children_cannot_tell").max()
        )
        numbers = (
            "findings", "change", "change_standing", "children", "children_standing", "cannot_tell",
            "children_cannot_tell",
        )  # fmt: skip
        return (
            pl.DataFrame({"variant": self.variants}, schema={"variant": pl.String})
            .join(sums, on="variant", how="left", maintain_order="left")
            .join(changed, on="variant", how="left", maintain_order="left")
            .select("variant", pl.col(*numbers).fill_null(0))
        )

    def by_rule(self) -> pl.DataFrame:
        """How many findings of each rule go from one standing to another, and for how many children.

        A finding that appears or goes has no standing on that side (null).
        """
        return (
            self.changed.group_by("variant", "rule", "standing_before", "standing_after", maintain_order=True)
            .agg(findings=pl.len(), children=pl.col("case").n_unique())
            .sort("variant", "rule", "standing_before", "standing_after", nulls_last=True, maintain_order=True)
        )


def _otherwise() -> pl.Expr:
    return pl.col("standing_before").ne_missing(pl.col("standing_after"))


def simulate(
    cohort: CohortTables,
    variants: Iterable[Variant],
    *,
    as_of: date | datetime | str,
    protocol: str | Protocol | Rulebook | Setting | None = None,
    unverified: bool = False,
) -> Simulation:
    """What each of some changes of the rules would change in a cohort on a day.

    Only the rules that a variant can touch, and what they read, are judged again, by the columnar reader. Related
    cases are looked for in the cohort itself. Raises RulebookError for two variants of one name; otherwise as
    `vary`, `assess` and `engines.columnar.judge_table`.
    """
    where = protocol if isinstance(protocol, Setting) else setting(protocol, unverified=unverified)
    base = where.rulebook
    varied: dict[str, Rulebook] = {}
    for variant in variants:
        if variant.name in varied:
            raise RulebookError("two variants have one name", value=variant.name, right="a name for each")
        varied[variant.name] = variant.of(base)
    touched = {name: touched_rules(base, other) for name, other in varied.items()}

    named = pl.Enum([rule.id for rule in base.rules])

    def judged(rulebook: Rulebook, rules: frozenset[str]) -> pl.DataFrame:
        upstream = dependence(base).upstream
        needed = frozenset().union(*(upstream[rule] for rule in rules))
        core = compile_rules(rulebook, tuple(rule for rule in rulebook.rules if rule.id in needed), {})
        found = judge_table(
            core, events=cohort.events, cases=cohort.cases, as_of=as_of, calendar=where.calendar
        ).select(*KEY, *STANDS)
        return found.with_columns(pl.col("rule").cast(pl.String).cast(named)).filter(
            pl.col("rule").is_in(sorted(rules))
        )

    before = judged(base, frozenset().union(*touched.values()))
    compared, changed = [], []
    for name, rulebook in varied.items():
        own = before.filter(pl.col("rule").is_in(sorted(touched[name])))
        each, differing = _beside(name, own, judged(rulebook, touched[name]))
        compared.append(each)
        changed.append(differing)
    nothing = _beside("", before.clear(), before.clear())
    return Simulation(
        variants=tuple(varied),
        children=cohort.cases.height,
        compared=pl.concat([nothing[0], *compared]),
        changed=pl.concat([nothing[1], *changed]),
    )


def touched_rules(base: Rulebook, varied: Rulebook) -> frozenset[str]:
    """The rules whose answers can differ between two rulebooks of the same rules: those changed and their readers."""
    one, other = _by_rule(base), _by_rule(varied)
    changed = {rule for rule in one if one[rule] != other[rule]}
    return frozenset(rule for rule, beneath in dependence(base).upstream.items() if beneath & changed)


def _by_rule(rulebook: Rulebook) -> dict[str, list[Production]]:
    found: dict[str, list[Production]] = {rule.id: [] for rule in rulebook.rules}
    for production in rulebook.core().productions():
        found[production.rule].append(production)
    return found


def _beside(variant: str, before: pl.DataFrame, after: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What a variant was compared on, by rule; and the findings that differ, as they are and as they would be."""
    both = before.join(after, on=KEY, how="full", coalesce=True, nulls_equal=True, suffix="_after").with_columns(
        untold=pl.any_horizontal(pl.col("standing", "standing_after").eq_missing(UNTOLD)),
        differs=pl.any_horizontal(*(pl.col(name).ne_missing(pl.col(f"{name}_after")) for name in STANDS)),
    )
    compared = (
        both.group_by("rule")
        .agg(
            findings=pl.len(),
            cannot_tell=pl.col("untold").sum(),
            children_cannot_tell=pl.col("case").filter(pl.col("untold")).n_unique(),
        )
        .with_columns(pl.col("rule").cast(pl.String))
        .sort("rule")
        .insert_column(0, pl.Series("variant", [variant], dtype=pl.String).new_from_index(0, both["rule"].n_unique()))
    )
    changed = (
        both.filter("differs")
        .select(
            pl.lit(variant).alias("variant"),
            "case",
            pl.col("rule").cast(pl.String),
            "about",
            standing_before=pl.col("standing").cast(pl.String),
            standing_after=pl.col("standing_after").cast(pl.String),
            due_before=_day("due_on", "due_at"),
            due_after=_day("due_on_after", "due_at_after"),
        )
        .sort(*KEY, nulls_last=True)
    )
    return compared, changed


def _day(on: str, at: str) -> pl.Expr:
    """The last day in time, or the London day of the instant where the clock runs in hours."""
    instant = pl.from_epoch(pl.col(at), time_unit="s").dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London")
    return pl.coalesce(pl.col(on).cast(pl.Date), instant.dt.date())
