"""From verdicts to findings that explain themselves: `assess`, live sessions, robustness and provenance."""

from iro_rules.assessment.answer import Engine
from iro_rules.assessment.assessing import assess
from iro_rules.assessment.assessment import Assessment, OnlyOtherwise, Provenance
from iro_rules.assessment.bundle import Replayed, replay
from iro_rules.assessment.counts import OpenMatters, month_ends, open_each_month, open_matters
from iro_rules.assessment.finding import Deciding, Finding, Otherwise, Reach
from iro_rules.assessment.session import Changes, Session, open_session
from iro_rules.assessment.settings import Setting, setting

__all__ = [
    "Assessment",
    "Changes",
    "Deciding",
    "Engine",
    "Finding",
    "OnlyOtherwise",
    "OpenMatters",
    "Otherwise",
    "Provenance",
    "Reach",
    "Replayed",
    "Session",
    "Setting",
    "assess",
    "month_ends",
    "open_each_month",
    "open_matters",
    "open_session",
    "replay",
    "setting",
]
