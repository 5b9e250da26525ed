"""Sections 7.1 and 7.2 of the procedure: what holds at any stage of a dispute, and for the process as a whole."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.act import IN_POST
from iro_rules.national.handbook.disputes import CLOSERS, FORMAL
from iro_rules.national.handbook.source import CARE_THEN, LEFT_CARE_THEN
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    Duty,
    Gate,
    Modality,
    Power,
    Present,
    StandingDuty,
    Status,
    Towards,
    fact,
    seek,
)
from iro_rules_rochdale.dispute_informal import ended
from iro_rules_rochdale.source import condition, law, should
from iro_rules_rochdale.terms import DISPUTE, RochdaleArrangement, RochdaleRole, RochdaleStage, RochdaleTopic

LENGTH = Number("rochdale.dispute.formal-length.within", 20)

LENGTH_DAYS = Interpretation(
    "rochdale.dispute.formal-length-days",
    "Are the twenty days for the whole formal process working days or calendar days?",
    (("working", "working days"), ("calendar", "calendar days")),
    "working",
    "The guidance retells the Handbook, which says working days.",
)

S, R, T = RochdaleStage, RochdaleRole, RochdaleTopic


def _formal(name: str, trigger: Any) -> Status:
    """What starts the formal process here, for the national limit on the whole of it."""
    return Status(
        id=f"rochdale.dispute.formal.{name}",
        law=condition(("R7-06", "R7-19"), "7.1 and 7.2.1 step 7", "formal dispute resolution"),
        act="the dispute has become formal",
        trigger=trigger,
        kind="handbook.formal-dispute",
        identity="trigger.dispute",
    )


BECOMING_FORMAL = (
    _formal("not-agreed", ended(S.INFORMAL, result="not_agreed")),
    # The IRO may pass over stages, the informal one's outcome among them.
    _formal("by-step", fact("step_taken", stage=(S.MEETING, S.SAFEGUARDING_MANAGER, S.SERVICE_DIRECTOR, S.DIRECTOR))),
)

RULES = (
    Status(
        id="rochdale.dispute.resolve-problems",
        law=law(("R7-02",), "7.1", verb="key function", national=((Towards.ADDS_TO, "act.monitor-authority"),)),
        act="the IRO must resolve problems that arise out of the care planning",
        bearer="iro",
        to="child",
        trigger=IN_POST,
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as somebody is the child's IRO. No act discharges it.",
    ),
    StandingDuty(
        id="rochdale.dispute.two-part-process",
        law=law(("R7-04",), "7.1", verb="requirement", national=((Towards.ADDS_TO, "handbook.dispute-process"),)),
        act="have a dispute resolution process with both an informal and a formal part",
        bearer="local_authority",
        to="iro",
        arrangement=RochdaleArrangement.TWO_PART_PROCESS,
        shown_by="the procedure, as adopted, with both its parts",
    ),
    StandingDuty(
        id="rochdale.dispute.time-and-support",
        law=law(
            ("R7-10",),
            "7.1",
            verb="will need to ensure",
            national=((Towards.IMPLEMENTS, "handbook.time-to-raise-concerns"),),
        ),
        act="see that IROs have the time and the support to resolve disputes and to work well",
        bearer=("iro_manager", R.CORPORATE_PARENTING_MANAGER),
        to="iro",
        arrangement="time_and_support_to_raise_concerns",
        shown_by="what was agreed on the time for it, in workloads or supervision",
        note="Here managers owe it; nationally the authority does. Whether it is enough is a judgement.",
    ),
    Duty(
        id="rochdale.dispute.formal-length",
        law=should(("R7-06",), "7.1", national=((Towards.IMPLEMENTS, "handbook.formal-dispute.length"),)),
        act="bring the formal process to an end, all its stages together",
        bearer="local_authority",
        to="iro",
        trigger=FORMAL,
        given=(CARE_THEN,),
        within=within(LENGTH, by_reading(LENGTH_DAYS, working=Unit.WORKING_DAYS, calendar=Unit.DAYS)),
        met_by=tuple(seek(x.name, x.pattern, "dispute", since="trigger") for x in CLOSERS),
        needs="any",
        lapses=LEFT_CARE_THEN,
        note="A limit on the ladder as a whole, and not a step of it.",
    ),
)

GUIDANCE = (
    Duty(
        id="rochdale.dispute.keep-escalating",
        law=should(("R7-09",), "7.1", verb="should continue"),
        act="take the dispute further although the obstacles are said to be out of the authority's hands",
        bearer="iro",
        trigger=fact("told", to="iro", about=T.OUTSIDE_CONTROL),
        given=(seek("affected", fact("decided", by="iro", about=T.NEEDS_AFFECTED, result="holds"), "dispute"),),
        when=(Present("affected"),),
        met_by=(seek("step", fact("step_taken"), "dispute", since="trigger"),),
        lapses=seek("agreed", fact("outcome", result="agreed"), "dispute"),
        note="Owed where the IRO finds that the obstacles touch the needs named in the care plan. No clock is given.",
    ),
    Duty(
        id="rochdale.dispute.record-action",
        law=should(("R7-11",), "7.1", national=((Towards.ADDS_TO, "handbook.informal-record"),)),
        act="record on the child's case record the step taken to resolve the dispute",
        bearer="iro",
        trigger=fact("step_taken", by="iro"),
        met_by=(seek("record", fact("recorded", about="dispute"), "dispute", since="trigger"),),
        note="Here it says should; of each stage as a whole the same document says must.",
    ),
)

_OPEN = fact(f"{DISPUTE}/open")
_AGREEMENT = fact("agreed", by=R.SAFEGUARDING_MANAGER, about="legal_advice")

AT_ANY_STAGE = (
    Power(
        id="rochdale.dispute.cafcass-advice",
        law=law(("R7-30",), "after 7.2.2", modality=Modality.MAY, verb="can"),
        act="ask Cafcass for advice",
        bearer="iro",
        to="cafcass",
        trigger=_OPEN,
        contact="cafcass",
    ),
    Power(
        id="rochdale.dispute.cafcass-referral",
        law=law(
            ("R7-07", "R7-08", "R7-33"),
            "7.1 and appendix 1",
            modality=Modality.MAY,
            verb="may",
            national=(
                (Towards.IMPLEMENTS, "handbook.cafcass-referral"),
                (Towards.IMPLEMENTS, "regulations.consider-cafcass-referral"),
            ),
        ),
        act="refer the case to Cafcass, from the first day of the dispute on",
        bearer="iro",
        to="cafcass",
        trigger=_OPEN,
        contact="cafcass",
    ),
    Power(
        id="rochdale.dispute.legal-advice",
        law=law(
            ("R7-31", "R7-34"),
            "after 7.2.2, and appendix 1",
            modality=Modality.MAY,
            verb="can",
            national=((Towards.IMPLEMENTS, "handbook.independent-legal-advice"),),
        ),
        act="ask for legal advice, once the Service Manager for Safeguarding agrees",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=_OPEN,
        permission=seek("agreement", _AGREEMENT, "dispute"),
        contact=R.SAFEGUARDING_MANAGER,
    ),
    Gate(
        id="rochdale.dispute.legal-advice-by-agreement",
        law=law(("R7-32",), "after 7.2.2", verb="can only"),
        act="seek legal advice only after the Service Manager for Safeguarding has agreed",
        bearer="iro",
        to=R.SAFEGUARDING_MANAGER,
        trigger=fact("requested", by="iro", about="legal_advice"),
        first=(seek("agreement", _AGREEMENT, on={"dispute": "trigger.ref"}, until="trigger"),),
        contact=R.SAFEGUARDING_MANAGER,
        note="Whoever holds this gate also takes part in the ladder above it.",
    ),
)
