"""Transcriptions: what a source says of each rule, set down apart from the rules in CSV files, to hold them to."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from iro_rules.errors import RulebookError
from iro_rules.rulebook.rules import AnyRule

Line = Mapping[str, str]
"""What a transcription sets down of one rule."""


def law_line(rule: AnyRule) -> dict[str, str]:
    """What a rule says of its law, bearers and counterparties, as a line of a transcription has it."""
    law = rule.law
    return {
        "rule": rule.id,
        "rows": ";".join(law.rows),
        "force": law.force,
        "modality": law.modality,
        "verb": law.verb,
        "verified": law.verified,
        "start": law.start.isoformat(),
        "end": law.end.isoformat() if law.end else "",
        "bearer": ";".join(rule.bearer),
        "joint": rule.joint if len(rule.bearer) > 1 else "",
        "to": ";".join(rule.to),
    }


def read_transcription(folder: Path) -> dict[str, Line]:
    """The lines of every CSV file of a folder, by rule id. Raises RulebookError where a rule stands twice."""
    found: dict[str, Line] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line["rule"] in found:
                    raise RulebookError("a rule is transcribed twice", where=path.name, value=line["rule"])
                found[line["rule"]] = line
    return found
