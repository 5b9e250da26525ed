"""Chapter 6 of the Handbook: resolving disputes, first informally, then formally; and the child's complaints."""

from __future__ import annotations

from iro_rules.clock import Number, Soft, Unit, within
from iro_rules.national.handbook.source import CARE_THEN, DUTIES, LEFT_CARE_THEN, law
from iro_rules.national.shared import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Conflict,
    Duty,
    Gate,
    Law,
    Modality,
    Power,
    Present,
    Status,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern

FORMAL_PROCESS = Number("handbook.formal-dispute.within", {IN_FORCE: 20})

SKIPPING = Interpretation(
    "handbook.skip-stages.informal",
    "May the IRO, who may skip any stage, also skip the informal attempt that comes first?",
    (
        ("formal_stages", "only stages of the formal process may be skipped"),
        ("informal_too", "the informal attempt may be skipped as well"),
    ),
    "formal_stages",
    "The leave to skip stands in the paragraph on the formal process; the one before it puts the informal way first.",
)

DISPUTE = fact("raised", by="iro", about="dispute")
DISPUTE_OPEN = Pattern("handbook.dispute-open")
"""Disputes raised by the IRO that nothing on record has ended."""
INFORMAL = Pattern("handbook.informal-attempt")
"""Disputes by the day the IRO first took them up informally; a protocol may name others to talk to."""
FORMAL = Pattern("handbook.formal-dispute")
"""Disputes by the day the formal process started; a local ladder says where its own formal stages start."""

# A local ladder names its own stages; agreement at any of them, or the Director's word, ends the dispute.
CLOSERS = (
    seek("agreed", fact("outcome", result="agreed"), "dispute"),
    seek("process_ended", fact("outcome", stage="formal"), "dispute"),
    seek("decision", fact("decided", by="director_of_childrens_services", about="dispute"), "dispute"),
)
_NOT_CLOSED = tuple(Absent(lookup.name) for lookup in CLOSERS)

_COLLEAGUES = ("social_worker", "team_manager", "senior_manager")
_FIRST = "para 6.1, as quoted by a council's guidance for IROs"
_PROCESS = "para 6.2, as quoted by Southwark's and Hull's procedures"
_STARTING = "para 6.4, as quoted by Hull's procedures"
_REFERRING = "chapter 6 (paragraph not seen), as quoted by Northamptonshire's procedures"


def _condition(row: str, where: str, verb: str) -> Law:
    return law((row,), where, modality=Modality.CONDITION, verb=verb, verified=Verified.V2)


RAISED = (
    Status(
        id="handbook.dispute-open",
        law=_condition("N-H01", _FIRST, "is not resolved"),
        act="a dispute that the IRO raised goes on",
        trigger=DISPUTE,
        given=CLOSERS,
        when=_NOT_CLOSED,
        identity="trigger.dispute",
    ),
    Conflict(
        id="handbook.dispute-untraceable",
        law=_condition("N-H01", _FIRST, "a record"),
        act="the IRO took up a dispute that is not named, so what became of it cannot be followed",
        trigger=fact("told", by="iro", to=_COLLEAGUES, about="dispute", dispute=UNKNOWN),
    ),
    Conflict(
        id="handbook.dispute-decision-untraceable",
        law=_condition("N-H05", _STARTING, "is personally responsible"),
        act="the IRO came to a view on taking a dispute further that is not named, so nothing can follow from it",
        trigger=fact("decided", by="iro", about=("informal_resolution_failed", "formal_dispute"), dispute=UNKNOWN),
    ),
)

INFORMALLY = (
    Status(
        id="handbook.informal-attempt",
        law=_condition("N-H01", _FIRST, "informally"),
        act="the IRO took the dispute up with the social worker or the managers",
        trigger=fact("told", by="iro", to=_COLLEAGUES, about="dispute", dispute=KNOWN),
        identity="trigger.dispute",
    ),
    Duty(
        id="handbook.informal-resolution",
        law=law(("N-H01",), _FIRST, verb="will, in the first instance", verified=Verified.V2),
        act="try to settle the matter informally with the social worker or the social worker's managers",
        bearer="iro",
        to=("social_worker", "team_manager"),
        joint="either",
        trigger=DISPUTE,
        within=Soft("in a time that suits the child"),
        met_by=(seek("attempt", INFORMAL, "dispute"),),
        lapses=seek("formal", FORMAL, "dispute"),
        note="No longer owed once the dispute is formal.",
    ),
    Duty(
        id="handbook.informal-record",
        law=law(("N-H01", "R7-05", "R7-11"), _FIRST, verified=Verified.V2),
        act="put a record of the informal attempt on the child's file",
        bearer="iro",
        trigger=INFORMAL,
        met_by=(seek("record", fact("recorded", about="dispute"), "dispute", since="trigger"),),
    ),
    Duty(
        id="handbook.consider-formal-action",
        law=law(("N-H01",), _FIRST, modality=Modality.CONSIDER, verb="should consider", verified=Verified.V2),
        act="consider formal action, since the matter was not settled informally in a time that suits the child",
        bearer="iro",
        to="child",
        trigger=fact("decided", by="iro", about="informal_resolution_failed", result="holds", dispute=KNOWN),
        met_by=(
            seek("consideration", fact("decided", by="iro", about="formal_dispute"), "dispute", since="trigger"),
            seek("formal", FORMAL, "dispute"),
        ),
        needs="any",
        lapses=seek("agreed", fact("outcome", result="agreed"), "dispute"),
        note="Whether the time suits the child is for the IRO to judge. Any outcome of the consideration meets this.",
    ),
)

FORMALLY = (
    Status(
        id="handbook.formal-dispute.started",
        law=_condition("N-H04", _PROCESS, "formal"),
        act="the formal process has started",
        trigger=fact("step_taken", stage="formal"),
        kind=FORMAL.kind,
        identity="trigger.dispute",
    ),
    Gate(
        id="handbook.informal-before-formal",
        law=law(("N-H01",), _FIRST, verb="in the first instance", verified=Verified.V2),
        act="go to the formal process only after trying informally",
        bearer="iro",
        trigger=FORMAL,
        first=by_reading(
            SKIPPING, formal_stages=(seek("attempt", INFORMAL, "dispute", until="trigger"),), informal_too=()
        ),
    ),
    Duty(
        id="handbook.start-formal-dispute",
        law=law(("N-H05",), _STARTING, verb="is personally responsible", verified=Verified.V2),
        act="start the formal process oneself, having found it necessary",
        bearer="iro",
        to="local_authority",
        trigger=fact("decided", by="iro", about="formal_dispute", result="holds", dispute=KNOWN),
        met_by=(seek("formal", FORMAL, "dispute"),),
        lapses=seek("agreed", fact("outcome", result="agreed"), "dispute"),
        note="That the child does not want it does not end this, where welfare or rights ask for it.",
    ),
    Conflict(
        id="handbook.formal-dispute-not-started-by-iro",
        law=_condition("N-H05", _STARTING, "personally responsible"),
        act="the formal process is recorded as started by somebody other than the IRO, whose own task that is",
        trigger=fact("step_taken", stage="formal", by=KNOWN),
        when=(Compare("trigger.by", "ne", constant="iro"),),
    ),
    Duty(
        id="handbook.formal-dispute.length",
        law=law(("N-H04", "R7-06"), _PROCESS, verb="should have timescales", verified=Verified.V2),
        act="bring the formal process to an end, all its stages together",
        bearer="local_authority",
        to="iro",
        trigger=FORMAL,
        given=(CARE_THEN,),
        within=within(FORMAL_PROCESS, Unit.WORKING_DAYS),
        met_by=tuple(seek(x.name, x.pattern, "dispute", since="trigger") for x in CLOSERS),
        needs="any",
        lapses=LEFT_CARE_THEN,
        note="Counted from the day the process starts, which its text leaves to be understood.",
    ),
    Power(
        id="handbook.skip-stages",
        law=law(("N-H03",), _PROCESS, modality=Modality.MAY, verb="may bypass", verified=Verified.V2),
        act="skip any stage and take the dispute to the level that seems right",
        bearer="iro",
        to="local_authority",
        trigger=FORMAL,
        given=CLOSERS,
        when=_NOT_CLOSED,
    ),
    Power(
        id="handbook.cafcass-referral",
        law=law(
            ("N-H06", "R7-07", "R7-08"), _REFERRING, modality=Modality.MAY, verb="at any point", verified=Verified.V2
        ),
        act="refer the case to Cafcass, at any point and alongside the dispute",
        bearer="iro",
        to="cafcass",
        trigger=DISPUTE_OPEN,
        contact="cafcass",
        note="No stage need be finished first, the informal one included.",
    ),
)

COMPLAINTS = (
    Duty(
        id="handbook.iro-told-of-complaint",
        law=law(("F-13",), f"{DUTIES}, item 13", modality=Modality.MUST, verb="must"),
        act="tell the IRO of the child's complaint",
        bearer="complaints_manager",
        to="iro",
        trigger=fact("raised", by="child", about="complaint"),
        given=(CARE_THEN,),
        when=(Present("care"),),
        met_by=(seek("notice", fact("told", by="complaints_manager", to="iro", about="complaint"), "dispute"),),
        lapses=LEFT_CARE_THEN,
        contact="iro",
        note="Only of what the child complains of: complaints of others are changes for the social worker to tell of.",
    ),
)

RULES = (*RAISED, *INFORMALLY, *FORMALLY, *COMPLAINTS)
