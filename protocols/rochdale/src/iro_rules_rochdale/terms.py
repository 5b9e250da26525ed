"""Rochdale's own words: the roles, stages and meetings its procedures name."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Term
from iro_rules.rulebook import Contact


class RochdaleRole(Term):
    """Roles that Rochdale names and the national sources do not."""

    IRO_TEAM_MANAGER = "iro_team_manager"
    SERVICE_MANAGER = "service_manager"
    SAFEGUARDING_MANAGER = "service_manager_for_safeguarding"
    SERVICE_DIRECTOR = "service_director_targeted_services"
    HEAD_OF_SERVICE = "head_of_service"
    EXECUTIVE_DIRECTOR = "executive_director"
    CASE_MANAGEMENT_GROUP = "case_management_sub_group"


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
    """What people tell each other on these ladders."""

    TAKING_IT_TO_THE_MANAGER = "taking_it_to_the_team_manager"
    RESPONSE = "response"
    GOING_FORMAL = "going_formal"
    STAGE_OUTCOME = "stage_outcome"
    REPRESENTATIONS = "representations"


class RochdaleMeeting(Term):
    """Meetings that the dispute ladder asks for."""

    THREE_WAY = "three_way_meeting"
    MANAGERS_DISCUSSION = "managers_discussion"


VOCABULARY = (
    ("role", RochdaleRole),
    ("stage", RochdaleStage),
    ("topic", RochdaleTopic),
    ("meeting", RochdaleMeeting),
)

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
    Contact(role=RochdaleRole.SAFEGUARDING_MANAGER, title="the Service Manager for Safeguarding"),
    Contact(role=RochdaleRole.SERVICE_DIRECTOR, title="the Service Director, Targeted Services"),
    Contact(role="director_of_childrens_services", title="the Director of Children's Services"),
    Contact(role=RochdaleRole.HEAD_OF_SERVICE, title="the Head of Service"),
    Contact(role=RochdaleRole.EXECUTIVE_DIRECTOR, title="the Executive Director"),
)
