"""Reasoning over a protocol without any case: where it collides with the national rules, and what it leaves open."""

from iro_rules.checking.check import check
from iro_rules.checking.findings import Finding, Kind, Report, Severity

__all__ = ["Finding", "Kind", "Report", "Severity", "check"]
