"""Part 6 of the Regulations: what every review considers (reg 35 and Schedule 7).

Of Schedule 7 the headings of eight paragraphs were read; of six others nothing was.
"""

from __future__ import annotations

from typing import Any

from iro_rules.national.regulations.source import law
from iro_rules.national.shared import HELD, LATER_HELD
from iro_rules.rulebook import Absent, Duty, Modality, Present, Verified, fact, seek
from iro_rules.rulebook.terms import Lookup

MATTERS = {
    "changed_circumstances": "what changed in the child's life",
    "legal_status_change": "whether the legal status should change",
    "contact": "contact",
    "placement_suitability": "whether the placement suits",
    "education": "education",
    "identity": "identity",
    "regulation_31_arrangements": "the arrangements under regulation 31",
}
"""Paragraphs 1, 2, 4, 5, 6, 9 and 10 of Schedule 7."""

_ANY_OUTCOME = "The duty is to consider: any outcome meets it."


def _at_review(topic: str) -> Lookup:
    return seek(topic, fact("decided", about=topic), "review")


def _matters(name: str, paragraphs: str, act: str, *topics: str, **other: Any) -> Duty:
    verified = other.pop("verified", Verified.V1)
    return Duty(
        id=f"regulations.review-matters.{name}",
        law=law(("N-R19",), f"reg 35 and {paragraphs}", modality=Modality.CONSIDER, verb="consider", verified=verified),
        act=act,
        bearer="local_authority",
        to="child",
        met_by=tuple(_at_review(topic) for topic in topics),
        contact="iro",
        **{"trigger": HELD, "note": _ANY_OUTCOME, **other},
    )


RULES = (
    _matters(
        "every-review",
        "Sch 7 paras 1, 2, 4, 5, 6, 9 and 10 (headings)",
        f"consider at the review: {', '.join(MATTERS.values())}",
        *MATTERS,
        note=f"{_ANY_OUTCOME} All of them are needed; those found on record are named, the others are missing.",
    ),
    _matters(
        "visits",
        "Sch 7 para 13 (heading)",
        "consider at the review how often the child, placed with a parent under regulation 19, is visited",
        "visit_frequency",
        given=(
            seek(
                "home",
                fact("placement_started", type="with_parent_under_regulation_19"),
                "period",
                until="trigger",
                pick="last",
            ),
            seek("moved", fact("placement_ended"), on={"placement": "home.placement"}, since="home", until="trigger"),
        ),
        when=(Present("home"), Absent("moved")),
    ),
    _matters(
        "last-decisions",
        "Sch 7, as paraphrased by Wakefield's procedures",
        "consider at the review whether the decisions of the last one were carried out",
        "decisions_of_last_review",
        trigger=LATER_HELD,
        verified=Verified.V3,
    ),
    _matters(
        "others",
        "Sch 7 paras 3, 7, 8, 11, 12 and 14 (not read)",
        "consider at the review the other matters of Schedule 7",
        "other_schedule_7_matters",
        verified=Verified.M,
        note=f"{_ANY_OUTCOME} What these six paragraphs ask was not read: look them up.",
    ),
)
