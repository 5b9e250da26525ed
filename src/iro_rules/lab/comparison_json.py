"""A comparison as JSON, under the published schema `iro-rules/comparison/1`."""

from __future__ import annotations

from typing import Any

from iro_rules.assessment import Finding
from iro_rules.lab.comparing import Comparison

FORMAT = "iro-rules/comparison/1"


def comparison_to_json(found: Comparison) -> dict[str, Any]:
    """Plain values for `json.dumps`: each finding and how it stands under each protocol, and one timeline."""
    names = list(found.assessments)
    first = found.assessments[names[0]]
    stands: dict[str, dict[str, Finding]] = {}
    for name, made in found.assessments.items():
        for finding in made:
            stands.setdefault(finding.id, {})[name] = finding
    return {
        "format": FORMAT,
        "case": first.case,
        "as_of": first.as_of,
        "protocols": names,
        "findings": [_finding(id, under, names) for id, under in stands.items()],
        "timeline": [
            {
                "day": row["day"].isoformat(),
                "what": row["what"],
                "protocols": row["protocol"].split(", ") if row["protocol"] else [],
                "words": row["words"],
                "standing": row["standing"] or None,
                "id": row["id"],
            }
            for row in found.timeline().iter_rows(named=True)
        ],
        "foreign": [
            {"protocol": word.protocol, "fact": word.fact, "field": word.field, "term": word.term}
            for word in found.foreign
        ],
    }


def _finding(id: str, under: dict[str, Finding], names: list[str]) -> dict[str, Any]:
    one = next(iter(under.values()))
    return {
        "id": id,
        "rule": one.rule,
        "act": one.act,
        "bearer": list(one.bearer),
        "citation": one.law.citation,
        "stands": {
            name: {
                "standing": str(finding.standing),
                "due": None if finding.due is None else finding.due.isoformat(),
                "missing": list(finding.missing),
            }
            if (finding := under.get(name)) is not None
            else None
            for name in names
        },
    }
