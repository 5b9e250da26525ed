"""What the Handbook has an authority keep in place for its IRO service, in the order of the summary of its duties."""

from __future__ import annotations

from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.rulebook import Duty, Modality, StandingDuty, Verified, fact, seek
from iro_rules.rulebook.rules import AnyRule

_ENOUGH = "Whether it is enough is a judgement: what is recorded as in place is taken to be."

RULES: tuple[AnyRule, ...] = (
    StandingDuty(
        id="handbook.advocacy-service",
        law=law(("F-02",), f"{DUTIES}, item 2", modality=Modality.MUST, verb="must"),
        act="have a system that gives a looked-after child who asks for one an advocate",
        bearer="local_authority",
        to="child",
        arrangement="advocacy_service",
        shown_by="the agreement with whoever provides the advocates",
    ),
    StandingDuty(
        id="handbook.interpretation-service",
        law=law(("F-03",), f"{DUTIES}, item 3"),
        act="have interpreting and translation to offer to children and families whose first language is not English",
        bearer="local_authority",
        to=("child", "parent"),
        arrangement="interpretation_and_translation",
        shown_by="the agreement with whoever interprets and translates",
    ),
    StandingDuty(
        id="handbook.administrative-support",
        law=law(("F-07",), f"{DUTIES}, item 7", modality=Modality.MUST, verb="must"),
        act="give the IRO service enough administrative support for reviews to run efficiently",
        bearer="local_authority",
        to="iro_service",
        arrangement="administrative_support",
        shown_by="the posts, or the money for them",
        note=_ENOUGH,
    ),
    StandingDuty(
        id="handbook.transition-protocol",
        law=law(("F-10",), f"{DUTIES}, item 10"),
        act="agree a protocol with adult services for children with a disability who will move on to them",
        bearer="local_authority",
        to="adult_services",
        arrangement="transition_protocol_with_adult_services",
        shown_by="the protocol, with the day on which both sides agreed it",
    ),
    Duty(
        id="handbook.transition-protocol-published",
        law=law(("F-10",), f"{DUTIES}, item 10"),
        act="publish the protocol with adult services for children with a disability",
        bearer="local_authority",
        to="adult_services",
        trigger=fact("records_begin"),
        met_by=(seek("published", fact("published", publication="transition_protocol_with_adult_services")),),
        note="Agreeing the protocol and publishing it are two acts; each is judged by itself.",
    ),
    StandingDuty(
        id="handbook.dispute-process",
        law=law(
            ("F-11", "N-H02", "R7-03"),
            "para 6.2, as quoted by Southwark and by Hull",
            modality=Modality.MUST,
            verb="must",
            verified=Verified.V2,
        ),
        act="have a formal process for resolving disputes, to levels of rising seniority, each with a time to answer, "
        "that managers respect and put first",
        bearer="local_authority",
        to="iro",
        arrangement="formal_dispute_resolution_process",
        shown_by="the procedure, as adopted",
        note="Whether managers respect it is a judgement.",
    ),
    StandingDuty(
        id="handbook.time-to-raise-concerns",
        law=law(("F-12", "R7-10"), f"{DUTIES}, item 12", modality=Modality.MUST, verb="must"),
        act="give IROs the time and the support they need to raise concerns",
        bearer="local_authority",
        to="iro",
        arrangement="time_and_support_to_raise_concerns",
        shown_by="what was agreed on the time for it, in workloads or supervision",
        note=_ENOUGH,
    ),
    StandingDuty(
        id="handbook.independent-legal-advice",
        law=law(
            ("F-14", "N-H07", "D-01", "P-A5", "R7-12"),
            "paras 6.13 and 6.14, as quoted by Derby",
            verified=Verified.V2,
        ),
        act="have arrangements by which IROs get independent legal advice",
        bearer="local_authority",
        to="iro",
        arrangement="independent_legal_advice",
        shown_by="the agreement with whoever gives the advice",
        note="How independent it must be is not said.",
    ),
    StandingDuty(
        id="handbook.iro-role-made-clear",
        law=law(("F-15",), f"{DUTIES}, item 15", modality=Modality.MUST, verb="must"),
        act="make the role of the IRO clear to partner agencies",
        bearer="local_authority",
        to="partner_agencies",
        arrangement="iro_role_made_clear_to_partner_agencies",
        shown_by="what the agencies were told, and when",
    ),
    StandingDuty(
        id="handbook.management-support",
        law=law(("F-16",), f"{DUTIES}, item 16", modality=Modality.MUST, verb="must"),
        act="give IROs the support of management",
        bearer="local_authority",
        to="iro",
        arrangement="management_support",
        shown_by="the manager in post, and how supervision is arranged",
        note=_ENOUGH,
    ),
    StandingDuty(
        id="handbook.guardian-details-system",
        law=law(("F-21a",), f"{DUTIES}, item 21(a)"),
        act="have a system that passes the details of the Children's Guardian on to the IRO",
        bearer="legal_department",
        to="iro",
        arrangement="system_to_pass_on_guardian_details",
        shown_by="the procedure the legal department works to",
    ),
    StandingDuty(
        id="handbook.review-record-system",
        law=law(("F-22",), f"{DUTIES}, item 22"),
        act="have a system that gives both the legal department and the Children's Guardian a copy of the record of "
        "every review held during family proceedings",
        bearer="local_authority",
        to=("legal_department", "guardian"),
        arrangement="system_to_send_review_records",
        shown_by="the procedure by which records are sent out",
    ),
)
