"""Cohorts judged on a Spark cluster: the batch's own function, mapped over partitions that are whole by case."""

from iro_rules.spark.assessing import JudgedOnSpark, assess_on_spark

__all__ = ["JudgedOnSpark", "assess_on_spark"]
