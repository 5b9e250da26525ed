"""An assessment as JSON, under the published schema `iro-rules/assessment/1`."""

from __future__ import annotations

from datetime import date
from typing import Any

from iro_rules.assessment import Assessment, Finding, Otherwise

FORMAT = "iro-rules/assessment/1"


def assessment_to_json(assessment: Assessment, *, explain: bool = True) -> dict[str, Any]:
    """Plain values for `json.dumps`: dates as ISO text, instants with their offset; `explain` adds sentences."""
    provenance = assessment.provenance
    return {
        "format": FORMAT,
        "case": assessment.case,
        "subject": assessment.subject,
        "as_of": assessment.as_of,
        "findings": [_finding(f, explain) for f in assessment.findings],
        "only_under_other_readings": [
            {
                "id": only.id,
                "rule": only.rule,
                "about": only.about,
                "act": only.act,
                "readings": [_otherwise(o) for o in only.otherwise],
            }
            for only in assessment.only_otherwise
        ],
        "provenance": {
            "rulebook": provenance.rulebook,
            "packages": [{"name": p.name, "version": p.version, "source": p.source} for p in provenance.packages],
            "calendar": provenance.calendar,
            "reader": provenance.reader,
            "readings": dict(provenance.readings),
            "coverage": list(provenance.coverage),
        },
    }


def _finding(finding: Finding, explain: bool) -> dict[str, Any]:
    law = finding.law
    found: dict[str, Any] = {
        "id": finding.id,
        "rule": finding.rule,
        "kind": finding.kind,
        "about": finding.about,
        "standing": str(finding.standing),
        "act": finding.act,
        "bearer": list(finding.bearer),
        "joint": finding.joint,
        "to": list(finding.to),
        "due": _moment(finding.due),
        "decided_by": [
            {"part": d.part, "fact": d.fact, "kind": d.kind, "when": _moment(d.when)} for d in finding.decided_by
        ],
        "missing": list(finding.missing),
        "contact": None
        if finding.contact is None
        else {
            "role": finding.contact.role,
            "title": finding.contact.title,
            "instead_of": finding.contact.instead_of,
            "details": finding.contact.details,
        },
        "law": {
            "rows": list(law.rows),
            "citation": law.citation,
            "force": str(law.force),
            "modality": str(law.modality),
            "verb": law.verb,
            "verified": str(law.verified),
            "in_force_from": law.start.isoformat(),
            "in_force_to": None if law.end is None else law.end.isoformat(),
            "national": [{"towards": str(towards), "rule": rule} for towards, rule in law.national],
        },
        "readings": dict(finding.readings),
        "holds_under_every_reading": finding.holds_under_every_reading,
        "otherwise": [_otherwise(o) for o in finding.otherwise or ()],
        "note": finding.note,
    }
    if explain and finding.subject is not None:
        explanation = finding.explain()
        found["why"] = list(explanation.sentences)
        found["days"] = [
            {"day": day.day.isoformat(), "counted": day.counted, "reason": day.reason} for day in explanation.days
        ]
    return found


def _otherwise(other: Otherwise) -> dict[str, Any]:
    return {"readings": dict(other.readings), "standing": other.standing or None, "due": _moment(other.due)}


def _moment(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
