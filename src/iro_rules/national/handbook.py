"""IRO Handbook 2010 (statutory guidance), in the order of its chapters, and its list of authorities' duties."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit, at_least_before, within
from iro_rules.national.shared import IN_FORCE, LEFT_CARE, TIMED
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Conflict,
    Constraint,
    Duty,
    Force,
    Law,
    Modality,
    StandingDuty,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern

HANDBOOK = "IRO Handbook 2010"
DUTIES = "the summary of the authority's duties"


def _law(rows: tuple[str, ...], where: str, **other: Any) -> Law:
    return Law(
        rows=rows,
        citation=f"{HANDBOOK}, {where}",
        **{
            "force": Force.STATUTORY_GUIDANCE,
            "modality": Modality.SHOULD,
            "verb": "should",
            "verified": Verified.S,
            "start": IN_FORCE,
            **other,
        },
    )


APPOINTMENT = Number("handbook.iro-appointed.within", {IN_FORCE: 5})
CONTACT = Number("handbook.contact-before-review.at-least", {IN_FORCE: 15})
REPORTS = Number("handbook.reports-before-review.at-least", {IN_FORCE: 3})
COURT_DOCUMENTS = Number("handbook.court-documents.within", {IN_FORCE: 5})
ANNUAL_REPORT = Number("handbook.annual-report.every", {IN_FORCE: 1})

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

REPORT_YEAR = Interpretation(
    "handbook.annual-report.year",
    "Is a yearly report due a year after the last one, or at any time in the next calendar year?",
    (
        ("anniversary", "within a year of the last report"),
        ("calendar_year", "by the end of the calendar year after the last report"),
    ),
    "anniversary",
    "No due date is given. A year from the last report is the plainest sense of a report for each year.",
)

# Appointment

APPOINTING = (
    Duty(
        id="handbook.iro-appointed",
        law=_law(("F-01", "N-H11", "R1-05"), f"{DUTIES}, item 1", force=Force.GOOD_PRACTICE, verified=Verified.V3),
        act="appoint a named IRO for the child",
        bearer="local_authority",
        to="child",
        trigger=fact("became_looked_after"),
        within=within(APPOINTMENT, Unit.WORKING_DAYS),
        met_by=(seek("appointment", fact("appointed", role="iro"), "period"),),
        lapses=LEFT_CARE,
    ),
    Constraint(
        id="handbook.siblings-share-iro",
        law=_law(("N-H14", "R1-06", "R1-08"), "on appointment (paragraph not seen)", verified=Verified.V3),
        act="give brothers and sisters who are looked after the same IRO",
        bearer="local_authority",
        to="child",
        relation="sibling",
        role="iro",
        same=True,
        unless=(
            seek("conflict", fact("decided", about="sibling_conflict_of_interest", result="holds")),
            seek("size", fact("decided", about="sibling_group_too_large", result="holds")),
        ),
        note="A recorded conflict of interest, or a group too large for one IRO, excuses separate IROs.",
    ),
    Constraint(
        id="handbook.parent-and-child-have-different-iros",
        law=_law(("N-H14", "R1-15"), "on appointment (paragraph not seen)", verified=Verified.V3),
        act="give a looked-after child of a looked-after parent an IRO other than the parent's",
        bearer="local_authority",
        to="child",
        relation="parent",
        role="iro",
        same=False,
    ),
)

# Before a review


def _available_before_review(name: str, document: str, words: str) -> Duty:
    return Duty(
        id=f"handbook.{name}-before-review",
        law=_law(("F-05",), f"{DUTIES}, item 5", modality=Modality.MUST, verb="must"),
        act=f"make {words} available to the IRO before the review",
        bearer=("local_authority", "social_worker"),
        joint="either",
        to="iro",
        trigger=TIMED,
        within=at_least_before(REPORTS, by_reading(REPORT_DAYS, working=Unit.WORKING_DAYS, calendar=Unit.DAYS)),
        met_by=(seek("provided", fact("provided", document=document, to="iro"), "review"),),
        lapses=LEFT_CARE,
    )


PREPARING = (
    Duty(
        id="handbook.contact-before-review",
        law=_law(("F-04",), f"{DUTIES}, item 4"),
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

# Family proceedings

PROCEEDINGS = (
    Duty(
        id="handbook.court-documents",
        law=_law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="give the IRO a copy of each relevant court document",
        bearer="legal_department",
        to="iro",
        trigger=fact("received", by="legal_department", document="court_document", ref=KNOWN),
        within=within(COURT_DOCUMENTS, Unit.WORKING_DAYS),
        met_by=(seek("copy", fact("provided", document="court_document", to="iro"), "ref"),),
        note="Which documents are relevant is a judgement: those recorded as received are taken to be.",
    ),
    Conflict(
        id="handbook.court-documents.untraceable",
        law=_law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="a court document was received without a reference, so whether the IRO got it cannot be followed",
        trigger=fact("received", by="legal_department", document="court_document", ref=UNKNOWN),
    ),
)

# The service

SERVICE = (
    StandingDuty(
        id="handbook.independent-legal-advice",
        law=_law(("F-14", "N-H07"), "paras 6.13 and 6.14, as quoted by Derby", verified=Verified.V2),
        act="have arrangements by which IROs get independent legal advice",
        bearer="local_authority",
        to="iro",
        arrangement="independent_legal_advice",
    ),
    Status(
        id="handbook.annual-report.from-records",
        law=_law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="the authority's records begin, and with them its reporting year",
        trigger=fact("records_begin"),
        kind="handbook.annual-report.counted-from",
    ),
    Status(
        id="handbook.annual-report.from-last",
        law=_law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="an annual report was produced",
        trigger=fact("published", publication="annual_report"),
        kind="handbook.annual-report.counted-from",
    ),
    Duty(
        id="handbook.annual-report",
        law=_law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="produce the next annual report on the IRO service",
        bearer="local_authority",
        trigger=Pattern("handbook.annual-report.counted-from"),
        within=by_reading(
            REPORT_YEAR,
            anniversary=within(ANNUAL_REPORT, Unit.YEARS),
            calendar_year=Clock(ANNUAL_REPORT, Unit.YEAR_ENDS),
        ),
        met_by=(seek("report", fact("published", publication="annual_report"), after="trigger"),),
    ),
)

RULES = (*APPOINTING, *PREPARING, *PROCEEDINGS, *SERVICE)
