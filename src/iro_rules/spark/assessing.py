"""The door to a cluster: what is judged there, and the tables that come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, final

import attrs
import polars as pl

from iro_rules.batch.findings import RuleTable
from iro_rules.batch.judging import Terms, judging
from iro_rules.cohorts.coverage import words_of
from iro_rules.cohorts.event_columns import COLUMNS, OF_CASES
from iro_rules.cohorts.event_tables import event_source
from iro_rules.errors import BatchError, needs
from iro_rules.facts import Coverage
from iro_rules.spark.executors import packages, same_everywhere
from iro_rules.spark.gathering import check_row, gathered
from iro_rules.spark.partitions import AUTHORITY, Orders, judged_batches
from iro_rules.spark.shape import ddl, read_as, schemas

CASES_AT_ONCE = 5_000
"""How many cases a task judges together: a task has a core, and a share of its executor's memory."""


@final
@attrs.frozen(eq=False)
class JudgedOnSpark:
    """What comes of a cohort on a cluster, as Spark's tables; nothing is computed until one of them is used.

    `whole` holds the rows of all three tables: persist it where more than one of them is used, or the cohort is judged
    again for each. `notes` are for the user: which columns were not read.
    """

    whole: Any
    notes: tuple[str, ...]
    _rules: RuleTable

    @property
    def findings(self) -> Any:
        """The findings table, its words as text; those of each case together, in order of rule and about."""
        return self._rows("findings")

    @property
    def rejects(self) -> Any:
        """What is told of rows, as in the file that `iro-rules batch --rejects` writes; in no order."""
        return self._rows("rejects")

    @property
    def rows(self) -> Any:
        """How many rows of each table were read and used: `table`, `rows_in` and `rows_used`."""
        return self._rows("rows").groupBy("table").sum().toDF("table", "rows_in", "rows_used")

    def collected(self) -> pl.DataFrame:
        """The findings as `assess_cohort` gives them, in order, for what fits in this machine's memory (Spark 4)."""
        found = pl.DataFrame(self.findings.toArrow())
        schema = self._rules.schema()
        due = pl.col("due_at").dt.convert_time_zone("Europe/London")
        typed = found.with_columns(due).select(pl.col(name).cast(held) for name, held in schema.items())
        return typed.sort("case", maintain_order=True)

    def _rows(self, table: str) -> Any:
        return self.whole.where(f"of = '{table}'").select(f"{table}.*")


def assess_on_spark(
    events: Any,
    cases: Any = None,
    *,
    as_of: date | datetime | str,
    protocol: str | None = None,
    protocols: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
    coverage: Coverage | None = None,
    unverified: bool = False,
    partitions: int | None = None,
    cases_at_once: int = CASES_AT_ONCE,
) -> JudgedOnSpark:
    """What is owed in each case of a cohort in Spark's tables: findings and rejects as `iro-rules batch` gives them.

    `events` has the columns of event tables and `cases` those of the table of cases, with `authority` where there are
    several; without `cases`, `coverage` says what the record covers. A column `row` numbers the rows of a table;
    without it, the rows of a case are numbered in order of what they say. All rows of a case, and those it
    needs of the children it names, are brought to one of `partitions` (unless said, as many as Spark's
    `spark.sql.shuffle.partitions`). Raises MissingExtra without PySpark, CaseError for tables that are no event tables,
    ProtocolError for a protocol that is unknown here or whose package an executor lacks, and what `assess_cohort`
    raises for choices that do not exist.
    """
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        raise needs("pyspark", extra="spark", what="judging on a cluster") from error
    if cases_at_once < 1:
        raise BatchError("there must be cases to judge at once", value=cases_at_once, right="1 or more")
    terms = Terms(
        as_of=as_of,
        protocol=protocol or "",
        protocols=protocols or {},
        readings=readings or {},
        unverified=unverified,
    )
    rules = judging(terms)
    tables = {"events": events} if cases is None else {"events": events, "cases": cases}
    orders = Orders(
        terms=terms,
        packages=packages(rules),
        columns={name: _columns(name, frame) for name, frame in tables.items()},
        coverage=None if coverage is None else words_of(coverage),
        cases_at_once=cases_at_once,
        numbered=tuple(name for name, frame in tables.items() if "row" in frame.columns),
    )
    notes = event_source({name: _like(name, frame) for name, frame in tables.items()}, orders.options).notes
    session = events.sparkSession
    many = partitions if partitions is not None else _many(session.conf.get("spark.sql.shuffle.partitions"))
    same_everywhere(session, orders.packages, many or 8)

    def mapped(batches: Iterator[Any]) -> Iterator[Any]:
        return judged_batches(orders, batches)

    whole = gathered(tables, orders.columns, many).mapInArrow(mapped, ddl(schemas(rules.rules)))
    return JudgedOnSpark(whole, notes, rules.rules)


def _columns(name: str, frame: Any) -> tuple[str, ...]:
    known = (*COLUMNS, "on", "at") if name == "events" else (*OF_CASES, AUTHORITY)
    return tuple(column for column in frame.columns if column in known)


def _like(name: str, frame: Any) -> pl.LazyFrame:
    """A table without rows in the types of Spark's, for the checks that every event table passes."""
    types = dict(frame.dtypes)
    if "row" in types:
        check_row(name, types.pop("row"))
    if name == "cases":
        types.pop(AUTHORITY, None)
    return pl.LazyFrame(schema={"row": pl.Int64(), **{column: read_as(words) for column, words in types.items()}})


def _many(said: str | None) -> int | None:
    """How many partitions a session asks for, where that is a number (some clusters choose for themselves)."""
    return int(said) if said is not None and said.isdigit() else None
