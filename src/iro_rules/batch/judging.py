"""A batch of events in, a batch of findings out: a plain function of its arguments, for this or any other machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, final

import attrs
import polars as pl

from iro_rules.assessment.settings import Setting, setting
from iro_rules.batch.findings import COLUMNS, RuleTable, in_order, offered
from iro_rules.engines.columnar import judge_table
from iro_rules.errors import CaseError, InterpretationError
from iro_rules.facts.fields import to_moment
from iro_rules.protocols import Protocol
from iro_rules.rulebook import Rulebook

Tables = tuple[pl.DataFrame, pl.DataFrame]
Chosen = str | Protocol | Rulebook | Setting | None


def _pairs(values: Mapping[str, str] | tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(dict(values).items()))


def _moment(value: date | datetime | str) -> str:
    return to_moment(value, name="as_of").isoformat()


@final
@attrs.frozen(kw_only=True)
class Terms:
    """Under what a cohort is judged, in plain values, so that it can be sent to another process or machine.

    `protocol` is that of every authority; `protocols` has those of some authorities by their codes, the others
    have `protocol`. `readings` chooses readings of interpretations for every rulebook that has them.
    """

    as_of: str = attrs.field(converter=_moment)
    protocol: str = ""
    protocols: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)
    readings: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)
    unverified: bool = False


@attrs.frozen(eq=False)
class Judging:
    """Cohorts judged under some terms: `settings` by authority, "" for all authorities not named."""

    as_of: str
    readings: dict[str, str]
    settings: dict[str, Setting]
    rules: RuleTable

    @classmethod
    def of(cls, as_of: str, readings: Mapping[str, str], settings: Mapping[str, Setting]) -> Judging:
        """Under settings by authority. Raises InterpretationError for a reading that none of them offers."""
        chosen = dict(readings)
        known = {i.id for where in settings.values() for i in where.rulebook.interpretations}
        for name in sorted(chosen):
            if name not in known:
                raise InterpretationError(
                    "no such interpretation", value=name, right=", ".join(sorted(known)) or "none"
                )
        distinct = list({id(where): where for where in settings.values()}.values())
        return cls(as_of, chosen, dict(settings), RuleTable.of(distinct, chosen))

    def where(self, authority: str | None) -> Setting:
        """The setting of an authority."""
        return self.settings.get(authority or "", self.settings[""])

    def findings(
        self,
        events: pl.DataFrame,
        cases: pl.DataFrame,
        related: bool | Tables = True,
        columns: Collection[str] = COLUMNS,
    ) -> pl.DataFrame:
        """The findings on some cases, in order of case, rule and what each is about.

        `events` and `cases` are as `columnar.judge_table` takes them; `cases` may have an `authority`. Of the columns
        `case` and those asked for are made, in their order. Raises what `judge_table` raises.
        """
        if "authority" not in cases.columns:
            return self.rules.table(self._verdicts(self.settings[""], events, cases, related, columns), columns=columns)
        names = cases.select("case", pl.col("authority").cast(pl.String))
        groups: dict[int, list[str | None]] = {}
        for authority in names["authority"].unique(maintain_order=True):
            groups.setdefault(id(self.where(authority)), []).append(authority)
        found = []
        for number, authorities in groups.items():
            some = (events, cases)
            if len(groups) > 1:
                own = cases.filter(names["authority"].is_in(authorities, nulls_equal=True))
                some = (events.join(own, on="case", how="semi", maintain_order="left"), own)
            others = (events, cases) if related is True and len(groups) > 1 else related
            where = next(setting for setting in self.settings.values() if id(setting) == number)
            found.append(self.rules.table(self._verdicts(where, *some, others, columns), names, columns=columns))
        return in_order(pl.concat(found, rechunk=True)) if found else self.rules.empty(columns)

    def _verdicts(
        self,
        where: Setting,
        events: pl.DataFrame,
        cases: pl.DataFrame,
        related: bool | Tables,
        columns: Collection[str],
    ) -> pl.DataFrame:
        return judge_table(
            where.rulebook.core(offered(self.readings, where)),
            events=events,
            cases=cases,
            as_of=self.as_of,
            calendar=where.calendar,
            related=related,
            facts="facts" in columns,
        )


@lru_cache(maxsize=8)
def judging(terms: Terms) -> Judging:
    """What some terms come to; made once for each in a process. Raises ProtocolError for a protocol that is unknown."""
    named = {"": terms.protocol, **dict(terms.protocols)}
    by_name = {name: setting(name or None, unverified=terms.unverified) for name in sorted(set(named.values()))}
    return Judging.of(terms.as_of, dict(terms.readings), {who: by_name[name] for who, name in named.items()})


def judge_batch(events: Any, cases: Any, terms: Terms, *, related: tuple[Any, Any] | None = None) -> pl.DataFrame:
    """The findings on a batch of cases: tables in and a table out, with nothing kept or read in between.

    Takes and gives anything that speaks Arrow (a Polars, PyArrow or pandas table with `__arrow_c_stream__`, and the
    result has it too), so that Spark, Ray or Dask can map it over partitions of cases. `related` are the event and
    case tables in which related children are looked for beyond the batch itself.
    """
    own = (_frame(events), _frame(cases))
    others: bool | Tables = True if related is None else (_frame(related[0]), _frame(related[1]))
    return judging(terms).findings(*own, others)


def assess_cohort(
    events: Any,
    cases: Any,
    *,
    as_of: date | datetime | str,
    protocol: Chosen = None,
    protocols: Mapping[str, Chosen] | None = None,
    readings: Mapping[str, str] | None = None,
    related: bool | tuple[Any, Any] = True,
    unverified: bool = False,
) -> pl.DataFrame:
    """What is owed in each case of a cohort on a day: the findings that `assess` gives, as one table.

    `events` has a row for each fact (`case`, `id`, `kind`, `on`, `at` and the facts' fields) and `cases` one for
    each case (`case`, `subject`, `covered`, and `authority` where there are several). `protocols` gives some
    authorities a protocol of their own; `related` is where related children are looked for: here, nowhere, or in
    another pair of tables. Rows are in order of case, rule and what each is about. Raises CaseError for
    tables that cannot be judged, and what `assess` raises for choices that do not exist.
    """
    every: dict[str, Chosen] = {"": protocol, **(protocols or {})}
    made: dict[int, Setting] = {}
    settings = {}
    for who, chosen in every.items():
        if id(chosen) not in made:
            made[id(chosen)] = chosen if isinstance(chosen, Setting) else setting(chosen, unverified=unverified)
        settings[who] = made[id(chosen)]
    others = related if isinstance(related, bool) else (_frame(related[0]), _frame(related[1]))
    return Judging.of(_moment(as_of), readings or {}, settings).findings(_frame(events), _frame(cases), others)


def _frame(table: Any) -> pl.DataFrame:
    """A table as a Polars one, without copying what speaks Arrow."""
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    if isinstance(table, pl.DataFrame):
        return table
    if not hasattr(table, "__arrow_c_stream__"):
        right = "a Polars frame, or another table with __arrow_c_stream__"
        raise CaseError("this is not a table", value=type(table).__name__, right=right)
    return pl.DataFrame(table)
