"""Spark's side: one table in which all that a case is judged from stands together, in one partition, in order.

Beside its own rows a case looks at who was appointed in the cases of children it names (brothers and sisters, a parent
or a child who is also looked after). Those rows are brought to it by a join, so that nothing has to be broadcast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iro_rules.cohorts.event_tables import NEIGHBOURLY
from iro_rules.errors import CaseError

FOR = "__for"
"""The case for which a row is there; `case` is the one it is about."""
TABLE = "__table"
OWN = {"events": "events", "cases": "cases"}
RELATED = {"events": "related events", "cases": "related cases"}
OF_CASES = "__cases_"
"""In front of the columns of the table of cases."""
_AROUND = r"(?U)^\s+|\s+$"


def gathered(tables: Mapping[str, Any], columns: Mapping[str, Sequence[str]], partitions: int | None) -> Any:
    """The rows of all tables, those of one case next to each other; `columns` has those that are read, by table.

    `partitions` is how many there are afterwards (None: as Spark chooses).
    """
    from pyspark.sql import functions as F

    rows = {name: _read(frame, columns[name]) for name, frame in tables.items()}
    found = [_tagged(frame, OWN[name], frame["case"]) for name, frame in rows.items()]
    if "child" in columns["events"]:
        related = (_trimmed("kind") == "related") & F.col("child").isNotNull()
        named = rows["events"].where(related).select(F.col("case").alias(FOR), _trimmed("child").alias("__child"))
        named = named.distinct()
        events = rows["events"].where(_trimmed("kind").isin(*NEIGHBOURLY))
        # Where no table lists the cases, a case is known by any row it has.
        listed = rows["cases"] if "cases" in rows else rows["events"].select("case").distinct()
        for name, frame in (("events", events), ("cases", listed)):
            beside = frame.join(named, F.col("case") == F.col("__child")).drop("__child")
            found.append(beside.withColumn(TABLE, F.lit(RELATED[name])))
    whole = found[0]
    for more in found[1:]:
        whole = whole.unionByName(more, allowMissingColumns=True)
    by_case = whole.repartition(FOR) if partitions is None else whole.repartition(partitions, FOR)
    return by_case.sortWithinPartitions(FOR)


def _tagged(frame: Any, table: str, case: Any) -> Any:
    from pyspark.sql import functions as F

    return frame.withColumn(FOR, case).withColumn(TABLE, F.lit(table))


def _trimmed(name: str) -> Any:
    from pyspark.sql import functions as F

    return F.regexp_replace(F.col(name), _AROUND, "")


def _read(frame: Any, columns: Sequence[str]) -> Any:
    """The columns that are read and `row`: the table's own, or else nothing, and the executors number its rows.

    A window over the rows of each case would sort them by every column in Spark, which took longer than all the rest.
    """
    from pyspark.sql import functions as F

    row = F.col("row") if "row" in frame.columns else F.lit(None)
    keyed = frame.withColumn("case", _trimmed("case")).withColumn("__row", row.cast("bigint"))
    about_cases = "kind" not in columns
    names = [F.col(name).alias(f"{OF_CASES}{name}" if about_cases and name != "case" else name) for name in columns]
    return keyed.select(F.col("__row").alias("row"), *names)


def check_row(name: str, words: str) -> None:
    """Refuse a column `row` that is not of whole numbers."""
    if words not in ("tinyint", "smallint", "int", "bigint"):
        raise CaseError(
            "the column is of another type", where=f"{name}, column row", value=words, right="whole numbers, or none"
        )
