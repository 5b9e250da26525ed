"""Made-up requests for the published description, each of which is answered."""

from __future__ import annotations

from typing import Any

CASE: dict[str, Any] = {
    "format": "iro-rules/case/1",
    "case": "example-1",
    "coverage": "everything",
    "facts": [
        {"kind": "became_looked_after", "id": "start", "when": "2026-01-05"},
        {"kind": "review_held", "id": "held", "when": "2026-02-03", "review": "first"},
        {
            "kind": "review_planned",
            "id": "plan",
            "when": "2026-02-03",
            "review": "second",
            "planned_for": "2026-04-29",
        },
    ],
}
SERVICE: dict[str, Any] = {
    "format": "iro-rules/case/1",
    "case": "made-up-council",
    "subject": "authority",
    "coverage": ["published"],
    "facts": [{"kind": "records_begin", "id": "begin", "when": "2024-04-01"}],
}
SUPPOSITION: dict[str, Any] = {
    "format": "iro-rules/supposition/1",
    "case": CASE,
    "move": {"held": "2026-01-30"},
    "change": {"plan": {"planned_for": "2026-04-01"}},
}
QUESTION: dict[str, Any] = {
    "format": "iro-rules/question/1",
    "case": CASE,
    "name": "regulations.first-review:start",
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "assess": {"a first review held late": CASE},
    "calendar": {"a first review held late": CASE},
    "compare": {"a first review held late": CASE},
    "audit": {"a service's record": SERVICE},
    "what_if": {"the review held four days earlier": SUPPOSITION},
    "explain": {"the first review": QUESTION},
}
