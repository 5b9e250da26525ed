"""Cohorts that were made up, national in shape: event tables and SSDA903 returns of the same children. Needs NumPy."""

from iro_rules.lab.synthetic.cohort import Authority, authorities, made_parts
from iro_rules.lab.synthetic.tables import MadeCohort, made_cohort
from iro_rules.lab.synthetic.writing import generate_cohort

__all__ = ["Authority", "MadeCohort", "authorities", "generate_cohort", "made_cohort", "made_parts"]
