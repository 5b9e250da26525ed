"""Barnet's own words: its roles, topics, documents and meetings, and who stands in for whom."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Term
from iro_rules.rulebook import Contact


class BarnetRole(Term):
    """Roles that Barnet names and the national sources do not."""

    IRO_TEAM_MANAGER = "iro_team_manager"
    IRO_ADMINISTRATOR = "iro_service_administrator"
    CHILDS_SOLICITOR = "childs_solicitor"
    PRINCIPAL_LAWYER = "principal_lawyer"
    PPM = "permanency_progression_manager"
    HEAD_OF_SERVICE = "operational_head_of_service"
    SOCIAL_WORK_TEAM = "social_work_team"


class BarnetTopic(Term):
    """What Barnet's protocol has people tell, judge or record."""

    LIAISON = "iro_and_legal_liaison"
    LAWYER_DETAILS = "lawyer_details"
    GUARDIAN_DETAILS = "guardian_details"
    LPM_RECOMMENDED = "legal_planning_meeting_recommended"
    LPM_NEEDED = "legal_planning_meeting_needed"
    LPM_PROGRESSED = "legal_planning_meeting_progressed"
    THRESHOLD_ADVICE = "threshold_advice"
    IRO_INFORMATION_CHECKED = "iro_information_checked"
    RESPONSE_UNSATISFACTORY = "response_unsatisfactory"
    MEETING_CALLED_FOR = "meeting_to_seek_agreement_called_for"
    STILL_DISSATISFIED = "still_dissatisfied"
    MEDIATION = "mediation"
    EARLIER_REVIEWS = "earlier_reviews"
    FINAL_EVIDENCE_DATE = "final_evidence_date"
    RESOLUTION = "resolution_led"
    IRO_ALERT = "iro_alert"


class BarnetDocument(Term):
    """Documents that Barnet names and the national sources do not."""

    REFERRAL_FORM = "legal_referral_form"
    APPLICATION_FORM = "court_application_form"
    INITIAL_CARE_PLAN = "initial_court_care_plan"
    CHRONOLOGY = "social_work_chronology"
    EXPERT_REPORT = "expert_report"
    GUARDIAN_REPORT = "guardian_report"


class BarnetMeeting(Term):
    """Meetings that Barnet names and the national sources do not."""

    LEGAL_PLANNING = "legal_planning_meeting"
    SEEKING_AGREEMENT = "meeting_to_seek_agreement"


class BarnetStage(Term):
    """The two stages of a concern during proceedings."""

    MEDIATION = "manager_mediation"
    ADVICE = "principal_lawyer_advice"


class BarnetArrangement(Term):
    """Standing arrangements of Barnet's."""

    CENTRAL_CONTACT = "principal_lawyer_as_central_contact"


class BarnetPublication(Term):
    """What Barnet brings up to date from time to time."""

    SHARED_LIST = "shared_list_of_cases"


VOCABULARY = (
    ("role", BarnetRole),
    ("topic", BarnetTopic),
    ("document", BarnetDocument),
    ("meeting", BarnetMeeting),
    ("stage", BarnetStage),
    ("arrangement", BarnetArrangement),
    ("publication", BarnetPublication),
)

CONTACTS = (
    # B-08: whoever cannot reach the IRO turns to the Team Manager.
    # B-28 and B-40: documents reach the IRO on the child's record, the date of the draft by e-mail.
    Contact(
        role="iro",
        title="the child's IRO",
        stand_in=BarnetRole.IRO_TEAM_MANAGER,
        channel="the documents tab of LCS for documents, e-mail for the date of the draft",
    ),
    # B-06: while the Team Manager is away, the administrator is the one to speak to.
    Contact(role=BarnetRole.IRO_TEAM_MANAGER, title="the IRO Team Manager", stand_in=BarnetRole.IRO_ADMINISTRATOR),
    Contact(role=BarnetRole.IRO_ADMINISTRATOR, title="the IRO service administrator"),
    Contact(role=BarnetRole.PRINCIPAL_LAWYER, title="the Principal Lawyer"),
    Contact(role=BarnetRole.PPM, title="the Permanency Progression Manager"),
    Contact(role=BarnetRole.HEAD_OF_SERVICE, title="the operational Head of Service"),
    Contact(role=BarnetRole.SOCIAL_WORK_TEAM, title="the social work team"),
    Contact(role="lawyer", title="the allocated lawyer"),
    Contact(role="social_worker", title="the child's social worker"),
    Contact(role="legal_department", title="Legal Services"),
    Contact(role="court", title="the court"),
    Contact(role=BarnetRole.CHILDS_SOLICITOR, title="the child's solicitor"),
)
