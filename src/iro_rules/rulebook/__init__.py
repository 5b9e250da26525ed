"""The algebra: rules as frozen values, and the core they become."""

from iro_rules.rulebook.contacts import Contact
from iro_rules.rulebook.ladder import Ladder, Silence, Stage, power_at_any_stage
from iro_rules.rulebook.law import Force, Law, Modality, Towards, Verified
from iro_rules.rulebook.rulebook import Package, Rulebook
from iro_rules.rulebook.rules import Conflict, Constraint, Duty, Gate, Power, Rule, StandingDuty, Status
from iro_rules.rulebook.terms import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Lookup,
    Pattern,
    Present,
    Standing,
    fact,
    has,
    more_than,
    seek,
)

__all__ = [
    "KNOWN",
    "UNKNOWN",
    "Absent",
    "Compare",
    "Conflict",
    "Constraint",
    "Contact",
    "Duty",
    "Force",
    "Gate",
    "Ladder",
    "Law",
    "Lookup",
    "Modality",
    "Package",
    "Pattern",
    "Power",
    "Present",
    "Rule",
    "Rulebook",
    "Silence",
    "Stage",
    "Standing",
    "StandingDuty",
    "Status",
    "Towards",
    "Verified",
    "fact",
    "has",
    "more_than",
    "power_at_any_stage",
    "seek",
]
