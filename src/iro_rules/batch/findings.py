"""The findings table: its columns, and how verdicts become rows of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

import attrs
import polars as pl

from iro_rules.assessment.making import KIND_OF
from iro_rules.assessment.settings import Setting
from iro_rules.engines.columnar.plan import Plan
from iro_rules.facts.kinds import names_of
from iro_rules.national import rulebook as national_rulebook
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Standing

COLUMNS = (
    "case", "authority", "rule", "kind", "local_code", "national_rule", "national_code", "about", "standing", "due_on",
    "due_at", "missing", "contact", "facts", "id",
)  # fmt: skip
"""The columns, in order; docs/reference/findings-table.md says what each holds."""

STANDINGS = pl.Enum(sorted(standing.value for standing in Standing))


@attrs.frozen(eq=False)
class RuleTable:
    """What a findings table says of each rule, the same for all parts of a job, whatever protocols it needs.

    `words` has for each rule in words what it asks, of whom, and on what authority.
    """

    rules: pl.Enum
    parts: pl.Enum
    contacts: pl.Enum
    about: dict[str, pl.Series]
    words: dict[str, dict[str, str]]

    @classmethod
    def of(cls, settings: Iterable[Setting], readings: dict[str, str]) -> RuleTable:
        """The rules of some rulebooks together."""
        known: dict[str, tuple[AnyRule, Setting]] = {}
        parts: set[str] = set()
        contacts: set[str] = set()
        for where in settings:
            plan = Plan(where.rulebook.core(offered(readings, where)))
            known |= {rule: (where.rulebook.by_id[rule], where) for rule in plan.rules}
            parts |= set(plan.parts)
            contacts |= set(plan.contacts)
        rules = sorted(known)
        columns: dict[str, list[str | None]] = {"kind": [], "local_code": [], "national_rule": [], "national_code": []}
        for id in rules:
            for name, value in _codes(*known[id]).items():
                columns[name].append(value)
        about = {name: pl.Series(name, values, dtype=pl.Enum(_words(values))) for name, values in columns.items()}
        words = {id: _in_words(known[id][0]) for id in rules}
        return cls(pl.Enum(rules), pl.Enum(sorted(parts)), pl.Enum(sorted(contacts)), about, words)

    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The types of the columns, in order."""
        types: dict[str, pl.DataType | type[pl.DataType]] = {
            "case": pl.String, "authority": pl.String, "rule": self.rules, "about": pl.String,
            "standing": STANDINGS, "due_on": pl.Date, "due_at": pl.Datetime("ms", "Europe/London"),
            "missing": pl.String, "contact": self.contacts, "id": pl.String,
            "facts": pl.List(pl.Struct({"name": self.parts, "id": pl.String})),
            **{name: column.dtype for name, column in self.about.items()},
        }  # fmt: skip
        return {name: types[name] for name in COLUMNS}

    def table(
        self,
        verdicts: pl.DataFrame,
        authorities: pl.DataFrame | None = None,
        columns: Collection[str] = COLUMNS,
    ) -> pl.DataFrame:
        """The rows of some verdicts, as the columnar reader gives them; `authorities` has that of each case.

        Only `case` and the columns asked for are made, whatever the order they are asked for in.
        """
        rule = verdicts["rule"].cast(self.rules)
        codes = rule.to_physical().cast(pl.UInt32)
        about = {name: partial(column.gather, codes) for name, column in self.about.items()}
        made: dict[str, Callable[[], pl.Series]] = {
            "case": lambda: verdicts["case"],
            "authority": lambda: _authority(verdicts["case"], authorities),
            "rule": lambda: rule,
            **about,
            "about": lambda: verdicts["about"],
            "standing": lambda: verdicts["standing"].cast(STANDINGS),
            "due_on": lambda: verdicts["due_on"],
            "due_at": lambda: _in_london(verdicts["due_at"]),
            "missing": lambda: _missing(verdicts["missing"]),
            "contact": lambda: verdicts["contact"].cast(self.contacts),
            "facts": lambda: verdicts["facts"].cast(self.schema()["facts"]),
            "id": lambda: pl.select(pl.concat_str(pl.lit(rule), pl.lit(verdicts["about"]), separator=":")).to_series(),
        }
        return pl.DataFrame([made[name]().alias(name) for name in chosen(columns)])

    def empty(self, columns: Collection[str] = COLUMNS) -> pl.DataFrame:
        """A findings table without a finding."""
        schema = self.schema()
        return pl.DataFrame(schema={name: schema[name] for name in chosen(columns)})


def chosen(columns: Collection[str]) -> list[str]:
    """`case` and some other columns, in the order of all."""
    return [name for name in COLUMNS if name == "case" or name in columns]


def _in_london(seconds: pl.Series) -> pl.Series:
    times = pl.from_epoch(seconds.cast(pl.Int64), time_unit="s").cast(pl.Datetime("ms"))
    return times.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London")


def in_order(findings: pl.DataFrame) -> pl.DataFrame:
    """Findings of which those of each case stand together, in order of case."""
    if not len(findings):
        return findings
    runs = findings["case"].rle().struct.unnest()
    if runs["value"].is_sorted():
        return findings
    ends = runs["len"].cum_sum()
    order = runs["value"].arg_sort()
    spans = pl.DataFrame({"first": (ends - runs["len"])[order], "end": ends[order]})
    return findings[spans.select(pl.int_ranges("first", "end", dtype=pl.UInt32).explode()).to_series()]


def _authority(cases: pl.Series, authorities: pl.DataFrame | None) -> pl.Series:
    """The authority of each row's case."""
    if authorities is None or not len(cases):
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(cases))
    names = authorities["authority"]
    if not names.null_count() and (names == names[0]).all():
        return names.new_from_index(0, len(cases))
    runs = cases.rle().struct.field("value").to_frame("case")
    own = runs.join(authorities, on="case", how="left", maintain_order="left")["authority"]
    return own.gather(cases.rle_id())


def offered(readings: dict[str, str], where: Setting) -> dict[str, str]:
    """The readings that a rulebook offers, of those chosen for a job whose authorities follow several."""
    known = {i.id for i in where.rulebook.interpretations}
    return {name: reading for name, reading in sorted(readings.items()) if name in known}


def _codes(rule: AnyRule, where: Setting) -> dict[str, str | None]:
    """The kind of a rule, its authority's own row codes, and the national rules it stands to with theirs."""
    national = [id for _, id in rule.law.national]
    local = rule.id not in national_rulebook().by_id
    rows = [row for id in national if id in where.rulebook.by_id for row in where.rulebook.by_id[id].law.rows]
    return {
        "kind": KIND_OF[type(rule)],
        "local_code": "; ".join(rule.law.rows) if local else None,
        "national_rule": ("; ".join(national) or None) if local else rule.id,
        "national_code": ("; ".join(dict.fromkeys(rows)) or None) if local else "; ".join(rule.law.rows),
    }


def _in_words(rule: AnyRule) -> dict[str, str]:
    law = rule.law
    return {
        "act": rule.act,
        "bearer": ", ".join(rule.bearer),
        "force": str(law.force),
        "citation": law.citation,
        "verified": law.verified.words(),
    }


def _words(values: list[str | None]) -> list[str]:
    return sorted({value for value in values if value is not None})


def _missing(bits: pl.Series) -> pl.Series:
    """What is missing by name, nothing where nothing is."""
    if not (bits != 0).any():
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(bits))
    known = bits.unique()
    words = pl.Series(["; ".join(names_of(value)) or None for value in known], dtype=pl.String)
    return bits.replace_strict(known, words, return_dtype=pl.String)
