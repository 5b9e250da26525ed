"""An assessment as JSON, under the published schema `iro-rules/assessment/1`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pendulum
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from iro_rules.assessment import Assessment, Finding, OnlyOtherwise, Otherwise, Provenance
from iro_rules.report.visible import visible_json
from iro_rules.rulebook import Law

FORMAT = "iro-rules/assessment/1"
EXPLANATION = "iro-rules/explanation/1"


def assessment_to_json(assessment: Assessment, *, explain: bool = True) -> dict[str, Any]:
    """Plain values for `json.dumps`: dates as ISO text, instants with their offset; `explain` adds sentences."""
    return {
        "format": FORMAT,
        "case": assessment.case,
        "subject": assessment.subject,
        "as_of": assessment.as_of,
        "findings": [_finding(finding, explain) for finding in assessment.findings],
        "only_under_other_readings": _plain(assessment.only_otherwise),
        "notices": _plain(assessment.notices),
        "provenance": _plain(assessment.provenance),
    }


def explanation_to_json(assessment: Assessment, findings: Iterable[Finding]) -> dict[str, Any]:
    """Some findings of an assessment, each explained, as plain values for `json.dumps`."""
    return {
        "format": EXPLANATION,
        "case": assessment.case,
        "as_of": assessment.as_of,
        "findings": [_finding(finding, True) for finding in findings],
        "provenance": _plain(assessment.provenance),
    }


def json_text(value: Any, *, ascii: bool = False) -> str:
    """Plain values as the text of a JSON file, with what would act on a terminal escaped; `ascii` escapes all else."""
    return visible_json(json.dumps(value, indent=2, ensure_ascii=True) if ascii else _indented(value)) + "\n"


def _indented(value: Any) -> str:
    """By orjson where it is installed, in a twentieth of the time; it has no word for half a pair of surrogates."""
    try:
        import orjson

        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except (ImportError, TypeError):
        return json.dumps(value, indent=2, ensure_ascii=False)


def _finding(finding: Finding, explain: bool) -> dict[str, Any]:
    found: dict[str, Any] = _plain(finding) | {"holds_under_every_reading": finding.holds_under_every_reading}
    if explain and finding.subject is not None:
        explanation = finding.explain()
        found |= {"why": list(explanation.sentences), "days": _plain(explanation.days)}
    return found


def _plain(value: Any) -> Any:
    return _converter().unstructure(value)


@cache
def _converter() -> Converter:
    """How each value is written; pairs become objects, and what a reader of JSON has no use for is left out."""
    converter = Converter(unstruct_collection_overrides={tuple: list})
    for moment in (date, pendulum.Date, pendulum.DateTime):
        converter.register_unstructure_hook(moment, moment.isoformat)
    pairs = override(unstruct_hook=dict)
    written: dict[type, dict[str, Any]] = {
        Law: {
            "start": override(rename="in_force_from"),
            "end": override(rename="in_force_to"),
            "national": override(unstruct_hook=lambda rules: [{"towards": str(t), "rule": r} for t, r in rules]),
        },
        Otherwise: {"readings": pairs, "standing": override(unstruct_hook=lambda standing: standing or None)},
        OnlyOtherwise: {"otherwise": override(rename="readings")},
        Finding: {
            "readings": pairs,
            "otherwise": override(unstruct_hook=lambda others: converter.unstructure(others or ())),
            "subject": override(omit=True),
        },
        Provenance: {"readings": pairs, "since": pairs},
    }
    for cls, overrides in written.items():
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, **overrides))
    return converter
