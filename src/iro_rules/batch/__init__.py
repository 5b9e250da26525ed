"""Whole cohorts at once: findings as a table, and jobs from files to files that can be stopped and gone on with."""

from iro_rules.batch.driver import Job
from iro_rules.batch.frames import FrameCohort
from iro_rules.batch.judging import Terms, assess_cohort, judge_batch
from iro_rules.batch.results import Progress, Result
from iro_rules.batch.summary import RuleCount, table

__all__ = ["FrameCohort", "Job", "Progress", "Result", "RuleCount", "Terms", "assess_cohort", "judge_batch", "table"]
