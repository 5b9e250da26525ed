"""The check of a protocol as JSON, under the published schema `iro-rules/check/1`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from iro_rules.checking import Finding, Kind, Report, Severity

FORMAT = "iro-rules/check/1"


def check_to_json(report: Report) -> dict[str, Any]:
    """Plain values for `json.dumps`."""
    kinds = Counter(finding.kind for finding in report.findings)
    weights = Counter(finding.severity for finding in report.findings)
    return {
        "format": FORMAT,
        "protocol": report.protocol,
        "version": report.version,
        "authority": report.authority,
        "calendar": report.calendar,
        "rules": report.rules,
        "findings": [_finding(finding) for finding in report.findings],
        "counts": {
            "by_severity": {str(severity): weights[severity] for severity in Severity},
            "by_kind": {str(kind): kinds[kind] for kind in Kind},
        },
        "kinds": {str(kind): {"meaning": kind.meaning, "remedy": kind.remedy} for kind in Kind if kinds[kind]},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": str(finding.kind),
        "severity": str(finding.severity),
        "about": finding.about,
        "rules": list(finding.rules),
        "national": list(finding.national),
        "rows": list(finding.rows),
        "sentence": finding.sentence,
        "arithmetic": list(finding.arithmetic),
        "readings": finding.readings,
    }
