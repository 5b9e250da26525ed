"""Cohorts from the files and databases that councils have: read part by part, with nothing lost on the way."""

from iro_rules.cohorts.cohort import Cohort
from iro_rules.cohorts.parts import CASES_AT_ONCE, ROWS_AT_ONCE, Count, Part, Span, added, rejects_schema
from iro_rules.cohorts.readers import open_source, readers
from iro_rules.cohorts.sources import FactSource, ReadOptions

__all__ = [
    "CASES_AT_ONCE",
    "ROWS_AT_ONCE",
    "Cohort",
    "Count",
    "FactSource",
    "Part",
    "ReadOptions",
    "Span",
    "added",
    "open_source",
    "readers",
    "rejects_schema",
]
