"""What is kept when two readers differ: enough to reproduce it, on this machine and nowhere else."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from iro_rules.engines.verdict import Verdict
from iro_rules.facts import Case, Fact


def write_bundle(
    folder: Path | None,
    *,
    case: Case,
    related: Mapping[str, Case],
    about: Mapping[str, Any],
    answers: Mapping[str, tuple[Verdict, ...]],
) -> str:
    """Write the case, what it was asked, and both answers into a new file only its owner can read; its path."""
    content = {
        "format": "iro-rules/disagreement/1",
        **about,
        "case": plain_case(case),
        "related": [plain_case(other) for other in related.values()],
        "answers": {name: [verdict._asdict() for verdict in found] for name, found in answers.items()},
        "differ": sorted(
            {v.id for v in set(answers["durable"]) ^ set(answers["meaning"])},
        ),
    }
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(prefix="iro-rules-disagreement-", suffix=".json", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
    return path


def plain_case(case: Case) -> dict[str, Any]:
    """A case as it stands in a case file."""
    return {
        "format": "iro-rules/case/1",
        "case": case.id,
        "subject": case.subject,
        "coverage": sorted(case.coverage.kinds),
        "facts": [_plain_fact(fact) for fact in case.facts],
    }


def _plain_fact(fact: Fact) -> dict[str, Any]:
    values = {name: value if isinstance(value, str | int) else _plain(value) for name, value in fact.content().items()}
    return {"kind": fact.kind(), "id": fact.id, **values}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value.isoformat()
