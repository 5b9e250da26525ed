"""Rochdale's own words: the roles, stages, topics, events and meetings its procedure names."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Term
from iro_rules.rulebook import Contact


class RochdaleRole(Term):
    """Roles that Rochdale names and the national sources do not."""

    IRO_TEAM_MANAGER = "iro_team_manager"
    SERVICE_MANAGER = "service_manager"
    IRO_SERVICE_MANAGER = "iro_service_manager"
    SAFEGUARDING_MANAGER = "service_manager_for_safeguarding"
    SERVICE_DIRECTOR = "service_director_targeted_services"
    HEAD_OF_SERVICE = "head_of_service"
    EXECUTIVE_DIRECTOR = "executive_director"
    CASE_MANAGEMENT_GROUP = "case_management_sub_group"
    CORPORATE_PARENTING_MANAGER = "corporate_parenting_service_manager"
    OUTGOING_SOCIAL_WORKER = "outgoing_social_worker"
    INCOMING_SOCIAL_WORKER = "incoming_social_worker"


class RochdaleStage(Term):
    """The stages of the dispute ladder and of the concern ladder."""

    INFORMAL = "informal"
    MEETING = "three_way_meeting"
    SAFEGUARDING_MANAGER = "safeguarding_manager"
    SERVICE_DIRECTOR = "service_director"
    DIRECTOR = "director"
    STEP_1 = "step_1"
    STEP_2 = "step_2"
    STEP_3 = "step_3"
    STEP_4 = "step_4"


class RochdaleTopic(Term):
    """What people tell each other, agree and judge, in Rochdale's procedure."""

    IRO_ON_RECORD = "iro_name_and_contact_details"
    SHARED_IRO = "sharing_an_iro"
    POOR_PRACTICE = "poor_practice"
    COMPLAINTS_PROCEDURE = "complaints_procedure"
    SHORT_BREAK_PLACEMENT = "short_break_placement_not_meeting_needs"
    PLAN_NOT_PREPARED = "care_plan_not_prepared"
    CASE_NOT_REVIEWED = "case_not_reviewed"
    DECISION_NOT_IMPLEMENTED = "review_decision_not_implemented"
    MATERIAL_BREACH = "material_breach_of_duty"
    COMMUNICATION = "communication_with_guardian"
    GUARDIAN_INVITATION = "guardian_invitation"
    NEXT_DISCUSSION = "next_discussion_with_guardian"
    COURT_ISSUE = "court_issue_on_care_plan"
    TAKING_IT_TO_THE_MANAGER = "taking_it_to_the_team_manager"
    RESPONSE = "response"
    GOING_FORMAL = "going_formal"
    STAGE_OUTCOME = "stage_outcome"
    REPRESENTATIONS = "representations"
    AGREED_ACTION = "agreed_action"
    OUTSIDE_CONTROL = "obstacles_outside_control"
    NEEDS_AFFECTED = "childs_needs_affected"


class RochdaleEvent(Term):
    """What the IRO must hear of, where the national sources have no word for it."""

    DISCHARGED = "discharged_by_person_with_parental_responsibility"
    CONFERENCE_OUTCOME = "child_protection_conference_without_iro"
    MEETING_OUTCOME = "meeting_without_iro"
    UNEXPECTED_PLACEMENT_CHANGE = "unexpected_placement_change"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings_pending"
    CONVICTED = "convicted"
    SENTENCED = "sentenced"
    RAN_AWAY = "ran_away"
    MISSING = "missing_from_placement"
    HEALTH_EVENT = "significant_health_event"
    DIAGNOSIS = "diagnosis"
    ILLNESS = "illness"
    HOSPITALISED = "hospitalised"
    SERIOUS_ACCIDENT = "serious_accident"
    PANEL_DECISION = "panel_decision_on_permanency"
    COURT_ISSUE = "court_issue_on_care_plan"


class RochdaleMeeting(Term):
    """Meetings that the ladders ask for."""

    THREE_WAY = "three_way_meeting"
    MANAGERS_DISCUSSION = "managers_discussion"
    URGENT_DISCUSSION = "urgent_discussion"


class RochdaleDocument(Term):
    """The files in which agreed actions may be put."""

    CHILDS_FILE = "childs_file"
    SOCIAL_WORKERS_RECORD = "social_workers_supervision_record"
    MANAGERS_RECORD = "managers_supervision_record"
    IROS_FILE = "iros_file"


class RochdaleArrangement(Term):
    """Arrangements of the authority that the national sources have no word for."""

    TWO_PART_PROCESS = "dispute_process_with_informal_and_formal_part"


class RochdalePublication(Term):
    """A part of the annual report that is owed by itself."""

    SIBLING_CONTACT = "sibling_contact_in_annual_report"


VOCABULARY = (
    ("role", RochdaleRole),
    ("stage", RochdaleStage),
    ("topic", RochdaleTopic),
    ("event", RochdaleEvent),
    ("meeting", RochdaleMeeting),
    ("document", RochdaleDocument),
    ("arrangement", RochdaleArrangement),
    ("publication", RochdalePublication),
)

SENIOR = (
    "senior_manager",
    "director_of_childrens_services",
    RochdaleRole.SERVICE_MANAGER,
    RochdaleRole.IRO_SERVICE_MANAGER,
    RochdaleRole.SAFEGUARDING_MANAGER,
    RochdaleRole.SERVICE_DIRECTOR,
    RochdaleRole.HEAD_OF_SERVICE,
    RochdaleRole.EXECUTIVE_DIRECTOR,
)
"""Managers above the Team Manager: senior managers, and persons of appropriate seniority."""

DISPUTE = "rochdale.dispute"
CONCERN = "rochdale.concern"

CONTACTS = (
    Contact(role="team_manager", title="the social worker's Team Manager"),
    Contact(role=RochdaleRole.IRO_TEAM_MANAGER, title="the IRO Team Manager"),
    Contact(
        role=RochdaleRole.SERVICE_MANAGER,
        title="the Service Manager",
        aliases=((DISPUTE, "the relevant Service Manager for the case"), (CONCERN, "the Service Manager")),
    ),
    Contact(role=RochdaleRole.IRO_SERVICE_MANAGER, title="the IRO's own Service Manager"),
    Contact(role=RochdaleRole.SAFEGUARDING_MANAGER, title="the Service Manager for Safeguarding"),
    Contact(role=RochdaleRole.SERVICE_DIRECTOR, title="the Service Director, Targeted Services"),
    Contact(role="director_of_childrens_services", title="the Director of Children's Services"),
    Contact(role=RochdaleRole.HEAD_OF_SERVICE, title="the Head of Service"),
    Contact(role=RochdaleRole.EXECUTIVE_DIRECTOR, title="the Executive Director"),
    Contact(role="guardian", title="the Children's Guardian"),
)
