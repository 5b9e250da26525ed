"""An audit as JSON, under the published schema `iro-rules/audit/1`."""

from __future__ import annotations

from typing import Any

from iro_rules.formats.assessment_json import assessment_to_json
from iro_rules.report.audit import Audit, Audited, CaseloadRow
from iro_rules.report.audit_page import next_steps

FORMAT = "iro-rules/audit/1"


def audit_to_json(audit: Audit) -> dict[str, Any]:
    """Plain values for `json.dumps`: what the page says, with the ids to look each thing up by."""
    told = assessment_to_json(audit.assessment, explain=False)
    return {
        "format": FORMAT,
        "authority": audit.authority,
        "as_of": told["as_of"],
        "arrangements": [_audited(one) for one in audit.arrangements],
        "acts": [_audited(one) for one in audit.acts],
        "conflicts": [_audited(one) for one in audit.conflicts],
        "caseloads": {
            "least": audit.least,
            "most": audit.most,
            "read_as": audit.basis,
            "counted": [_caseload(row) for row in audit.caseloads],
            "over_all": None if audit.over_all is None else _caseload(audit.over_all),
        },
        "annual_reports": [day.isoformat() for day in audit.reports],
        "training": [{"person": who, "last": day.isoformat() if day else None} for who, day in audit.training],
        "cannot_be_told": [{"missing": list(missing), "rules": list(rules)} for missing, rules in audit.unseen],
        "next": list(next_steps(audit)),
        "provenance": told["provenance"],
    }


def _audited(one: Audited) -> dict[str, Any]:
    finding = one.finding
    return {
        "finding": finding.id,
        "rule": finding.rule,
        "binding": one.binding,
        "standing": str(finding.standing),
        "act": finding.act,
        "bearer": list(finding.bearer),
        "due": finding.due.isoformat() if finding.due else None,
        "on_record": one.on_record,
        "would_show": one.would_show,
        "missing": list(finding.missing),
        "rows": list(finding.law.rows),
        "citation": finding.law.citation,
        "verified": str(finding.law.verified),
    }


def _caseload(row: CaseloadRow) -> dict[str, Any]:
    return {
        "person": row.person,
        "children": row.children,
        "full_time_percent": row.full_time_percent,
        "to_a_post": row.to_a_post,
        "side": row.side,
        "counted": row.counted.isoformat() if row.counted else None,
        "finding": row.finding,
    }
