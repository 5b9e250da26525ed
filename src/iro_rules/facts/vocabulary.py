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


class Topic(Term):
    """What somebody was told, agreed, decided or recorded about."""

    REVIEW = "review"
    DISPUTE = "dispute"
    CONCERN = "concern"
    LEGAL_QUERY = "legal_query"
    LEGAL_ADVICE = "legal_advice"
    BECAME_LOOKED_AFTER = "became_looked_after"
    IRO_DETAILS = "iro_details"
    CAFCASS_REFERRAL = "cafcass_referral"
    SIBLING_CONFLICT = "sibling_conflict_of_interest"
    SIBLING_GROUP_TOO_LARGE = "sibling_group_too_large"
    SIGNIFICANT_FAILURE = "significant_failure"
    FAILURE_UNADDRESSED = "failure_not_addressed"
    ADVICE_STEPS_EXHAUSTED = "advice_steps_exhausted"


class Document(Term):
    """A kind of document."""

    CARE_PLAN = "care_plan"
    PERSONAL_EDUCATION_PLAN = "personal_education_plan"
    HEALTH_PLAN = "health_plan"
    SOCIAL_WORK_REPORT = "social_work_report"
    COURT_DOCUMENT = "court_document"
    FINAL_EVIDENCE = "final_evidence"
    REVIEW_RECORD = "review_record"


class Event(Term):
    """Something that happened and that a rule listens for."""

    PLACEMENT_CHANGE = "placement_change"
    SIGNIFICANT_CHANGE = "significant_change"


class Order(Term):
    """An order of the family court that bears on legal status."""

    INTERIM_CARE_ORDER = "interim_care_order"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order"
    CARE_ORDER = "care_order"


class LegalBasis(Term):
    """The legal status under which a child is looked after."""

    SECTION_20 = "section_20"
    INTERIM_CARE = "interim_care"
    CARE = "care"
    EMERGENCY_PROTECTION = "emergency_protection"
    PLACEMENT_ORDER = "placement_order"


class Stage(Term):
    """A stage of a ladder; every ladder adds its own."""


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


class PlacementType(Term):
    """A kind of placement, where a rule depends on it."""

    WITH_PARENT = "with_parent"
    CONNECTED_PERSON = "connected_person"
    FOSTER_CARE = "foster_care"
    CHILDRENS_HOME = "childrens_home"
    ADOPTION = "adoption"
    SHORT_BREAK = "short_break"
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


class ArrangementName(Term):
    """A standing arrangement of an authority."""

    INDEPENDENT_LEGAL_ADVICE = "independent_legal_advice"


class Publication(Term):
    """Something an authority publishes or produces from time to time."""

    ANNUAL_REPORT = "annual_report"


VOCABULARIES: dict[str, type[Term]] = {
    "role": Role,
    "topic": Topic,
    "document": Document,
    "event": Event,
    "order": Order,
    "legal_status": LegalBasis,
    "stage": Stage,
    "result": Result,
    "meeting": Meeting,
    "placement_type": PlacementType,
    "placement_area": PlacementArea,
    "relation": Relation,
    "arrangement": ArrangementName,
    "publication": Publication,
}
