"""Chapter 3 of the Handbook: what comes before a review, and help for a child to take part in it."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, at_least_before, before_the_event
from iro_rules.national.handbook.source import CARE_THEN, DUTIES, LEFT_CARE_THEN, law
from iro_rules.national.shared import IN_FORCE, TIMED, WITH_THE_REVIEW
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import UNKNOWN, Duty, Modality, Present, fact, seek

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
        **WITH_THE_REVIEW,
    )


def _offered(name: str, recorded: str, to: str, whose: str, words: str) -> Duty:
    return Duty(
        id=f"handbook.interpretation-offered-{name}",
        law=law(("F-03",), f"{DUTIES}, item 3"),
        act=f"offer interpretation and translation to {words}, whose first language is not English",
        bearer="local_authority",
        to=to,
        trigger=fact("recorded", about=recorded),
        given=(CARE_THEN,),
        when=(Present("care"),),
        met_by=(seek("offer", fact("told", to=to, about="interpretation")),),
        lapses=LEFT_CARE_THEN,
        note=f"Owed from the day the record first shows {whose} language. That there is such a service to offer is "
        "a standing duty of its own.",
    )


HELP = (
    _offered("to-child", "childs_first_language_not_english", "child", "the child's", "the child"),
    _offered("to-family", "familys_first_language_not_english", "parent", "the family's", "the child's family"),
    Duty(
        id="handbook.advocate-on-request",
        law=law(("F-02",), f"{DUTIES}, item 2", modality=Modality.MUST, verb="must"),
        act="provide the child who asked for one with an advocate",
        bearer="local_authority",
        to="child",
        trigger=fact("requested", by="child", about="advocacy"),
        given=(CARE_THEN,),
        when=(Present("care"),),
        met_by=(seek("advocate", fact("appointed", role="advocate"), since="trigger"),),
        lapses=LEFT_CARE_THEN,
        note="That there is a service to ask for is a standing duty of its own. The source sets no clock.",
    ),
)

BEFORE_A_REVIEW = (
    Duty(
        id="handbook.contact-before-review",
        law=law(("F-04",), f"{DUTIES}, item 4"),
        act="see that social worker and IRO are in touch ahead of the review",
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
        **WITH_THE_REVIEW,
        note="One contact, whoever made it, serves both. For a review arranged at shorter notice it comes too late.",
    ),
    _available_before_review("care-plan", "care_plan", "the care plan"),
    _available_before_review("education-plan", "personal_education_plan", "the personal education plan"),
    _available_before_review("health-plan", "health_plan", "the health plan"),
    _available_before_review("social-work-report", "social_work_report", "the social worker's report"),
    Duty(
        id="handbook.child-consulted-on-arrangements",
        law=law(("F-06",), f"{DUTIES}, item 6"),
        act="ask the child about the arrangements for the review",
        bearer=("local_authority", "social_worker", "iro"),
        joint="either",
        to="child",
        trigger=TIMED,
        within=before_the_event(),
        met_by=(
            seek("asked", fact("consulted", to="child", about="review_arrangements"), "review"),
            seek("asked_at_large", fact("consulted", to="child", about=UNKNOWN), "review"),
        ),
        needs="any",
        **WITH_THE_REVIEW,
        note="The source names nobody who must ask, so whoever asks does. Asking for views on this review without "
        "saying on what counts; asking for them on something else does not.",
    ),
)

RULES = (*HELP, *BEFORE_A_REVIEW)
