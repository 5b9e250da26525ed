"""The closed vocabularies of facts, in the field's own terms.

A protocol package adds members by declaring a `Term` class of its own for a vocabulary and handing it over in
its `Protocol`; nothing here is ever a free string.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A member of a closed vocabulary; its value is what stands in a case file."""


class Role(Term):
    """Who acts or is acted towards, nationally."""

    CHILD = "child"
    PARENT = "parent"
    IRO = "iro"
    IRO_MANAGER = "iro_manager"
    IRO_SERVICE = "iro_service"
    PERSON_WITH_PARENTAL_RESPONSIBILITY = "person_with_parental_responsibility"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    SENIOR_MANAGER = "senior_manager"
    DIRECTOR = "director_of_childrens_services"
    LOCAL_AUTHORITY = "local_authority"
    LEGAL_DEPARTMENT = "legal_department"
    COURT = "court"
    CAFCASS = "cafcass"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    REPRESENTATIVE = "representative"
    PERSONAL_ADVISER = "personal_adviser"
    INDEPENDENT_VISITOR = "independent_visitor"
    AREA_AUTHORITY = "area_authority"
    ADVOCATE = "advocate"
    COMPLAINTS_MANAGER = "complaints_manager"
    CAFCASS_MANAGER = "cafcass_manager"
    PANEL_MANAGER = "panel_manager"


class Topic(Term):
    """What somebody was told, agreed, decided or recorded about."""

    REVIEW = "review"
    DISPUTE = "dispute"
    CONCERN = "concern"
    LEGAL_QUERY = "legal_query"
    CARE_PLAN_CHANGE = "care_plan_change"
    REVIEW_NOT_PRACTICABLE = "review_before_change_not_practicable"
    REGULATION_30 = "regulation_30"
    CEASING_TO_ACCOMMODATE = "ceasing_to_accommodate"
    PARENT_WILL_ACCOMMODATE = "parent_will_accommodate"
    DISCHARGE_OF_CARE_ORDER = "discharge_of_care_order"
    CHANGED_CIRCUMSTANCES = "changed_circumstances"
    LEGAL_STATUS_CHANGE = "legal_status_change"
    CONTACT = "contact"
    PLACEMENT_SUITABILITY = "placement_suitability"
    EDUCATION = "education"
    IDENTITY = "identity"
    REGULATION_31_ARRANGEMENTS = "regulation_31_arrangements"
    VISIT_FREQUENCY = "visit_frequency"
    LAST_REVIEWS_DECISIONS = "decisions_of_last_review"
    OTHER_SCHEDULE_7_MATTERS = "other_schedule_7_matters"
    CHAIRING_NOT_PRACTICABLE = "chairing_not_practicable"
    SPEAKING_ALONE = "speaking_to_the_iro_alone"
    PARENTS_VIEWS = "parents_views"
    ADJOURNMENT = "adjournment"
    REVIEW_DECISION = "review_decision"
    REVIEW_DECISIONS = "review_decisions"
    LEGAL_ADVICE = "legal_advice"
    BECAME_LOOKED_AFTER = "became_looked_after"
    IRO_DETAILS = "iro_details"
    CAFCASS_REFERRAL = "cafcass_referral"
    SIBLING_CONFLICT = "sibling_conflict_of_interest"
    SIBLING_GROUP_TOO_LARGE = "sibling_group_too_large"
    SIGNIFICANT_FAILURE = "significant_failure"
    FAILURE_UNADDRESSED = "failure_not_addressed"
    ADVICE_STEPS_EXHAUSTED = "advice_steps_exhausted"
    IRO_NAME = "iro_name"
    PERMANENCE_PLAN = "permanence_plan"
    HEALTH_ARRANGEMENTS = "health_arrangements"
    EDUCATION_ARRANGEMENTS = "education_arrangements"
    PLACEMENT_PLAN = "placement_plan"
    WISHES_AND_FEELINGS = "wishes_and_feelings"
    EMERGENCY_PLACEMENT = "emergency_placement"
    NOTICE_NOT_PRACTICABLE = "notice_not_practicable"
    PLACEMENT_AT_A_DISTANCE = "placement_at_a_distance"
    PLACEMENT_TO_EIGHTEEN = "placement_to_last_to_eighteen"
    STEPS_UNDER_THE_ACT = "steps_under_the_act"
    BRINGING_PROCEEDINGS = "bringing_proceedings"
    SUITABLE_ADULT = "suitable_adult_to_help"
    SOCIAL_WORK_REGISTRATION = "social_work_registration"
    IRO_EXPERIENCE = "iro_experience"
    IRO_INDEPENDENCE = "iro_independence"
    INDEPENDENT_VISITOR = "independent_visitor"
    SHORT_BREAK_VISITS = "short_break_visits"
    SAME_IRO_NOT_PRACTICABLE = "same_iro_not_practicable"
    ADVOCACY = "advocacy"
    CHILDS_LANGUAGE_NOT_ENGLISH = "childs_first_language_not_english"
    FAMILYS_LANGUAGE_NOT_ENGLISH = "familys_first_language_not_english"
    INTERPRETATION = "interpretation"
    REVIEW_ARRANGEMENTS = "review_arrangements"
    SIGNIFICANT_CHANGE = "significant_change"
    RELEVANT_CHILD = "relevant_child"
    PATHWAY_PLAN_OVERVIEW = "pathway_plan_overview"
    INFORMAL_RESOLUTION_FAILED = "informal_resolution_failed"
    FORMAL_DISPUTE = "formal_dispute"
    COMPLAINT = "complaint"
    FINAL_CARE_PLAN = "final_care_plan"
    IRO_HAS_DOCUMENTS = "iro_has_documents"
    REFERRAL_TIMING = "referral_timing"
    SECTION_20 = "section_20"
    SECTION_20_ALTERNATIVES = "section_20_alternatives"
    SECTION_20_DECISION = "section_20_decision"
    PERMANENCE = "permanence"
    APPROPRIATE_LEGAL_STATUS = "appropriate_legal_status"
    EARLY_IRO_ALLOCATION = "early_iro_allocation"
    INITIAL_NOTIFICATION = "initial_notification"
    ENHANCED_VALUE = "enhanced_value"
    IRO_VIEW = "iro_view"
    IRO_RATIONALE = "iro_rationale"
    CARE_PLAN_ANALYSIS = "care_plan_analysis"
    CARE_PLAN = "care_plan"
    FINAL_EVIDENCE = "final_evidence"
    FINAL_EVIDENCE_COMPLETE = "final_evidence_complete"
    FINAL_PLANNING_TIMETABLE = "final_planning_timetable"
    INDEPENDENT_IRO_VIEWS = "independent_iro_views"
    SEPARATE_IRO_REPORT = "separate_iro_report"
    SHARING_VIEWS_PRACTICABLE = "sharing_views_practicable"
    TELEPHONE_CONTACT = "telephone_contact"
    EMAIL_CONTACT = "email_contact"
    CHANGE_DISCUSSED = "change_discussed"
    CHANGE_REFLECTED = "change_reflected"


class Document(Term):
    """A kind of document."""

    CARE_PLAN = "care_plan"
    PERSONAL_EDUCATION_PLAN = "personal_education_plan"
    HEALTH_PLAN = "health_plan"
    SOCIAL_WORK_REPORT = "social_work_report"
    REVIEW_DECISIONS = "review_decisions"
    FINAL_REVIEW_DECISIONS = "final_review_decisions"
    COURT_DOCUMENT = "court_document"
    FINAL_EVIDENCE = "final_evidence"
    REVIEW_RECORD = "review_record"
    OUT_OF_AREA_NOTICE = "out_of_area_notice"
    CHAIRS_REPORT = "review_chairs_report"
    LEGAL_PAPERWORK = "legal_paperwork"
    COURT_TIMETABLE = "court_timetable"
    COURT_DIRECTIONS = "court_directions"
    COURT_STATEMENT = "court_statement"
    SEPARATE_IRO_REPORT = "separate_iro_report"
    GUARDIANS_FINAL_STATEMENT = "guardians_final_statement"
    CLOSURE_LETTER = "closure_letter"
    JUDGMENT = "judgment"
    CAFCASS_FINAL_EVIDENCE = "cafcass_final_evidence"


class Event(Term):
    """Something that happened and that a rule listens for."""

    PLACEMENT_CHANGE = "placement_change"
    CARE_PLAN_CHANGED = "care_plan_changed"
    REVIEW_DECISION_CARRIED_OUT = "review_decision_carried_out"
    SIGNIFICANT_CHANGE = "significant_change"
    CARE_PLAN_MADE = "care_plan_made"
    CARE_PLAN_CHANGE_PROPOSED = "care_plan_change_proposed"
    REVIEW_DECISION_NOT_CARRIED_OUT = "review_decision_not_carried_out"
    CONTACT_CHANGE = "contact_change"
    SOCIAL_WORKER_CHANGE = "social_worker_change"
    SAFEGUARDING_CONCERN = "safeguarding_concern"
    COMPLAINT_MADE = "complaint_made"
    BIRTH_FAMILY_CHANGE = "birth_family_change"
    OFFENCE_CHARGED = "offence_charged"
    SCHOOL_EXCLUSION = "school_exclusion"
    SIGNIFICANT_EVENT = "significant_event"
    PRE_PROCEEDINGS_STARTED = "pre_proceedings_started"


class Order(Term):
    """An order of the family court that bears on legal status."""

    INTERIM_CARE_ORDER = "interim_care_order"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order"
    CARE_ORDER = "care_order"


class LegalBasis(Term):
    """The legal status under which a child is looked after; `section_21` is (2)(b) or (c), not police protection."""

    SECTION_20 = "section_20"
    SHORT_BREAKS = "section_20_short_breaks"
    SECTION_21 = "section_21"
    INTERIM_CARE = "interim_care"
    CARE = "care"
    EMERGENCY_PROTECTION = "emergency_protection"
    PLACEMENT_ORDER = "placement_order"


class Stage(Term):
    """A stage of a ladder; every ladder adds its own stages to the formal process as a whole."""

    FORMAL = "formal"


class Severity(Term):
    """How serious a dispute or concern is taken to be; a protocol that speaks of colours adds those."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Result(Term):
    """How a stage ended, or what was decided."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    REFUSED = "refused"
    REFER = "refer"
    DO_NOT_REFER = "do_not_refer"
    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"


class Meeting(Term):
    """A kind of meeting that is not a review."""

    CASE_DISCUSSION = "case_discussion"
    FINAL_CARE_PLANNING = "final_care_planning"
    IRO_AND_GUARDIAN = "iro_and_guardian"
    IRO_INTRODUCTION = "iro_introduction"
    GUARDIAN_FINAL_DISCUSSION = "guardian_final_discussion"
    IRO_AND_CHILD_ALONE = "iro_and_child_alone"


class Hearing(Term):
    """A kind of hearing in family proceedings."""

    CASE_MANAGEMENT = "case_management_hearing"
    ISSUES_RESOLUTION = "issues_resolution_hearing"
    FINAL = "final_hearing"


class Manner(Term):
    """How somebody was told something."""

    VERBALLY = "verbally"
    IN_WRITING = "in_writing"
    BY_EMAIL = "by_email"
    BY_TEXT = "by_text"


class PlacementType(Term):
    """A kind of placement, where a rule depends on it."""

    WITH_PARENT = "with_parent"
    WITH_PARENT_UNDER_REGULATION_19 = "with_parent_under_regulation_19"
    CONNECTED_PERSON = "connected_person"
    CONNECTED_PERSON_UNDER_REGULATION_24 = "connected_person_under_regulation_24"
    FOSTER_CARE = "foster_care"
    CHILDRENS_HOME = "childrens_home"
    ADOPTION = "adoption"
    SHORT_BREAK = "short_break"
    SECURE_TRAINING_CENTRE = "secure_training_centre"
    YOUNG_OFFENDER_INSTITUTION = "young_offender_institution"
    OTHER_ARRANGEMENTS = "other_arrangements"


class PlacementArea(Term):
    """Where a placement lies."""

    OWN_AREA = "own_area"
    OUT_OF_AREA = "out_of_area"
    AT_A_DISTANCE = "at_a_distance"


class Relation(Term):
    """How another child's case is related to this one."""

    SIBLING = "sibling"
    PARENT = "parent"


class Employer(Term):
    """For whom somebody works."""

    LOCAL_AUTHORITY = "local_authority"
    ANOTHER_BODY = "another_body"


class ArrangementName(Term):
    """A standing arrangement of an authority."""

    INDEPENDENT_LEGAL_ADVICE = "independent_legal_advice"
    ADVOCACY_SERVICE = "advocacy_service"
    INTERPRETATION_SERVICE = "interpretation_and_translation"
    ADMINISTRATIVE_SUPPORT = "administrative_support"
    TRANSITION_PROTOCOL = "transition_protocol_with_adult_services"
    DISPUTE_RESOLUTION = "formal_dispute_resolution_process"
    TIME_TO_RAISE_CONCERNS = "time_and_support_to_raise_concerns"
    ROLE_MADE_CLEAR = "iro_role_made_clear_to_partner_agencies"
    MANAGEMENT_SUPPORT = "management_support"
    CASELOADS_ALLOW_COMPLIANCE = "caseloads_that_allow_compliance"
    GUARDIAN_DETAILS_SYSTEM = "system_to_pass_on_guardian_details"
    REVIEW_RECORD_SYSTEM = "system_to_send_review_records"
    WRITTEN_REVIEW_POLICY = "written_policy_on_reviews"
    PLO_TRACKER = "public_law_outline_tracker"


class Publication(Term):
    """Something an authority publishes or produces from time to time."""

    ANNUAL_REPORT = "annual_report"
    TRANSITION_PROTOCOL = "transition_protocol_with_adult_services"


VOCABULARIES: dict[str, type[Term]] = {
    "role": Role,
    "topic": Topic,
    "document": Document,
    "event": Event,
    "order": Order,
    "legal_status": LegalBasis,
    "stage": Stage,
    "severity": Severity,
    "result": Result,
    "meeting": Meeting,
    "hearing": Hearing,
    "manner": Manner,
    "placement_type": PlacementType,
    "placement_area": PlacementArea,
    "relation": Relation,
    "employer": Employer,
    "arrangement": ArrangementName,
    "publication": Publication,
}
