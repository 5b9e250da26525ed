"""Chapter 3 of the Handbook: what comes before a review."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, at_least_before
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import IN_FORCE, LEFT_CARE, TIMED
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Duty, Modality, fact, seek

CONTACT = Number("handbook.contact-before-review.at-least", {IN_FORCE: 15})
REPORTS = Number("handbook.reports-before-review.at-least", {IN_FORCE: 3})

REPORT_DAYS = Interpretation(
    "handbook.reports-before-review.days",
    "Are the three days before a review, by which reports must be available, working days or calendar days?",
    (
        ("working", "three working days"),
        ("calendar", "three calendar days"),
    ),
    "working",
    "The unit is not given. The item next to it counts working days, and practice reads this one so.",
)


def _available_before_review(name: str, document: str, words: str) -> Duty:
    return Duty(
        id=f"handbook.{name}-before-review",
        law=law(("F-05",), f"{DUTIES}, item 5", modality=Modality.MUST, verb="must"),
        act=f"make {words} available to the IRO before the review",
        bearer=("local_authority", "social_worker"),
        joint="either",
        to="iro",
        trigger=TIMED,
        within=at_least_before(REPORTS, by_reading(REPORT_DAYS, working=Unit.WORKING_DAYS, calendar=Unit.DAYS)),
        met_by=(seek("provided", fact("provided", document=document, to="iro"), "review"),),
        lapses=LEFT_CARE,
    )


RULES = (
    Duty(
        id="handbook.contact-before-review",
        law=law(("F-04",), f"{DUTIES}, item 4"),
        act="be in touch with each other, social worker and IRO, ahead of the review",
        bearer=("social_worker", "iro"),
        joint="either",
        trigger=TIMED,
        within=at_least_before(CONTACT, Unit.WORKING_DAYS),
        met_by=(
            seek(
                "contact",
                fact("told", by=("social_worker", "iro"), to=("social_worker", "iro"), about="review"),
                "review",
            ),
        ),
        lapses=LEFT_CARE,
        note="One contact, whoever made it, serves both. For a review arranged at shorter notice it comes too late.",
    ),
    _available_before_review("care-plan", "care_plan", "the care plan"),
    _available_before_review("education-plan", "personal_education_plan", "the personal education plan"),
    _available_before_review("health-plan", "health_plan", "the health plan"),
    _available_before_review("social-work-report", "social_work_report", "the social worker's report"),
)
