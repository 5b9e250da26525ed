"""Chapter 3 of the Handbook: what the IRO is told between reviews, and whose plans an IRO goes on watching."""

from __future__ import annotations

from iro_rules.national.handbook.source import CARE_THEN, DUTIES, law
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Duty, Modality, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

CHANGES = (
    "significant_change",
    "care_plan_change_proposed",
    "review_decision_not_carried_out",
    "contact_change",
    "social_worker_change",
    "safeguarding_concern",
    "complaint_made",
    "placement_change",
    "birth_family_change",
    "offence_charged",
    "school_exclusion",
)
"""What is listed as significant; the list is open, and `significant_change` stands for whatever it does not name."""

CHANGED = Pattern("handbook.change-in-care")
"""Changes while the child was looked after; a protocol that names others adds a status of this kind."""

_CHANGE = fact("happened", event=CHANGES, ref=KNOWN)
_MONITORING = law(
    ("F-08", "N-H10"),
    f"{DUTIES}, item 8; the list as paraphrased by Redbridge's procedures",
    modality=Modality.CONDITION,
    verb="significant",
    verified=Verified.V3,
)

CHANGE = (
    Status(
        id="handbook.change-in-care.going-on",
        law=_MONITORING,
        act="something significant changed in the life of a child who is still looked after",
        trigger=_CHANGE,
        given=(CARE_THEN, seek("left", fact("ceased_to_be_looked_after"), on={"period": "care.period"})),
        when=(Present("care"), Absent("left")),
        kind=CHANGED.kind,
    ),
    Status(
        id="handbook.change-in-care.before-leaving",
        law=_MONITORING,
        act="something significant changed in the life of the child by the day the child left care",
        trigger=_CHANGE,
        given=(
            CARE_THEN,
            seek("left", fact("ceased_to_be_looked_after"), on={"period": "care.period"}, since="trigger"),
        ),
        when=(Present("care"), Present("left")),
        kind=CHANGED.kind,
    ),
    Duty(
        id="handbook.iro-told-of-change",
        law=law(
            ("F-08", "N-H10"),
            f"{DUTIES}, item 8; the list as paraphrased by Redbridge's procedures",
            modality=Modality.MUST,
            verb="must",
            verified=Verified.V3,
        ),
        act="tell the IRO of the change",
        bearer="social_worker",
        to="iro",
        trigger=CHANGED,
        met_by=(seek("notice", fact("told", to="iro", about="significant_change"), "ref"),),
        contact="iro",
        note="The source sets no clock. Each change needs a notice of its own, which bears its reference.",
    ),
    Conflict(
        id="handbook.change-untraceable",
        law=_MONITORING,
        act="a significant change is recorded without a reference, so whether the IRO heard of it cannot be followed",
        trigger=fact("happened", event=CHANGES, ref=UNKNOWN),
    ),
)

AFTER_CARE = (
    Duty(
        id="handbook.pathway-plan-overview",
        law=law(("F-09",), f"{DUTIES}, item 9", modality=Modality.CONSIDER, verb="should consider"),
        act="consider whether an IRO should keep an overview of the pathway plan of this child, no longer looked after",
        bearer="local_authority",
        to="iro",
        trigger=fact("decided", about="relevant_child", result="holds"),
        met_by=(seek("consideration", fact("decided", about="pathway_plan_overview"), since="trigger"),),
        note="Who is a relevant child is settled elsewhere and enters as a decision. Any outcome meets the duty; one "
        "decision for all such children serves once it is recorded for this one.",
    ),
)

RULES = (*CHANGE, *AFTER_CARE)
