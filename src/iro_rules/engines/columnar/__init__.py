"""The columnar reader: a rulebook over event tables, for cohorts."""

from iro_rules.engines.columnar.reader import judge, judge_cases, judge_table
from iro_rules.engines.columnar.tables import (
    SINCE,
    case_table,
    cases_schema,
    event_table,
    events_schema,
    since_schema,
    to_verdicts,
)

__all__ = [
    "SINCE",
    "case_table",
    "cases_schema",
    "event_table",
    "events_schema",
    "judge",
    "judge_cases",
    "judge_table",
    "since_schema",
    "to_verdicts",
]
