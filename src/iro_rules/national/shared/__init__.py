"""Statuses that several instruments read: care and its start, ages, legal status, proceedings, the IRO, reviews."""

from __future__ import annotations

from iro_rules.national.shared import ages, care, iro, responsibility, reviews, status
from iro_rules.national.shared.ages import EIGHTEEN, EIGHTEENTH_BIRTHDAY, TEN, TENTH_BIRTHDAY
from iro_rules.national.shared.care import CARE_START, CARE_STARTED, LEFT_CARE, SHORT_BREAKS
from iro_rules.national.shared.iro import IRO_NOW, IRO_OVER
from iro_rules.national.shared.responsibility import REVIEW_WITH_HOLDER
from iro_rules.national.shared.reviews import (
    AWAITED,
    CALLED_OFF,
    FIRST_HELD,
    FIRST_TIMED,
    HELD,
    LATER_HELD,
    REVIEWING,
    TIMED,
    WITH_THE_REVIEW,
)
from iro_rules.national.shared.source import EVER, IN_FORCE, citing
from iro_rules.national.shared.status import PROCEEDINGS_OPEN, STATUS_FROM, STATUS_NOW, THEN_SHORT_BREAKS, THEN_STATUS

__all__ = [
    "AWAITED",
    "CALLED_OFF",
    "CARE_START",
    "CARE_STARTED",
    "EIGHTEEN",
    "EIGHTEENTH_BIRTHDAY",
    "EVER",
    "FIRST_HELD",
    "FIRST_TIMED",
    "HELD",
    "IN_FORCE",
    "IRO_NOW",
    "IRO_OVER",
    "LATER_HELD",
    "LEFT_CARE",
    "PROCEEDINGS_OPEN",
    "REVIEWING",
    "REVIEW_WITH_HOLDER",
    "RULES",
    "SHORT_BREAKS",
    "STATUS_FROM",
    "STATUS_NOW",
    "TEN",
    "TENTH_BIRTHDAY",
    "THEN_SHORT_BREAKS",
    "THEN_STATUS",
    "TIMED",
    "WITH_THE_REVIEW",
    "citing",
]

RULES = (*care.RULES, *ages.RULES, *status.RULES, *iro.RULES, *reviews.RULES, *responsibility.RULES)
