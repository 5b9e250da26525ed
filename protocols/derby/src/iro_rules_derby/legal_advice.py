"""Derby: the steps by which an IRO gets the law made clear, and in the end advised independently.

A `ref` joins what belongs to one question: the judgements, the case discussion, the agreement, the request.

The four steps are no ladder. The first is for a question of law and the second for a concern, so that neither comes of
the other; the third waits for the IRO's judgement that both are used up, whatever came of them, and not for an outcome
or a silence; the fourth waits for nothing (a reading says otherwise). The text names no outcome that ends a matter
either. What order there is, is held by gates: `derby.steps-in-order` and `derby.advice-agreed-first`.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import AgreedDate, Soft
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    Absent,
    Compare,
    Conflict,
    Duty,
    Gate,
    Modality,
    Power,
    StandingDuty,
    Status,
    Towards,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern
from iro_rules_derby.source import law
from iro_rules_derby.terms import DerbyRole, DerbyTopic

R, T = DerbyRole, DerbyTopic
RELEVANT = Interpretation(
    "derby.concern.relevant",
    "To which worker or manager does the IRO raise the concern?",
    (
        ("any", "to the social worker or any manager"),
        ("owner", "to the one recorded as owning what the concern is about"),
    ),
    "any",
    "The text does not say who the relevant one is, and records seldom name an owner.",
)

EXHAUSTION = Interpretation(
    "derby.advice.exhaustion",
    "What shows that the earlier steps were used up before independent advice was sought?",
    (
        ("own_view", "the IRO's own judgement"),
        ("on_record", "the IRO's judgement, and on record a question put to the social worker"),
    ),
    "own_view",
    "The text leaves it to what the IRO considers.",
)

WORKERS = ("social_worker", "team_manager", "senior_manager")
_F_14 = ((Towards.IMPLEMENTS, "handbook.independent-legal-advice"),)

ARRANGEMENT = (
    StandingDuty(
        id="derby.reciprocal-arrangement",
        law=law(("D-01", "D-02", "D-04"), "opening paragraphs", verb="have agreed", national=_F_14),
        act="keep in place the arrangement by which the neighbouring county's lawyers advise Derby's IROs",
        bearer="local_authority",
        to="iro",
        arrangement="independent_legal_advice",
        contact=R.COUNTY_LEGAL_SERVICES,
    ),
)

STEP_1 = (
    Duty(
        id="derby.clarification-requested",
        law=law(("D-06",), "step 1"),
        act="ask the child's social worker to get the point of law made clear",
        bearer="iro",
        to="social_worker",
        trigger=fact("decided", by="iro", about="legal_query", ref=KNOWN),
        met_by=(seek("request", fact("requested", by="iro", to="social_worker", about="legal_query"), "ref"),),
        contact="social_worker",
        note="That there is a question of law is the IRO's judgement, recorded as decided.",
    ),
    Duty(
        id="derby.clarification",
        law=law(("D-07", "D-06"), "step 1", verb="(to report back)"),
        act="find out what the legal position is and tell the IRO",
        bearer="social_worker",
        to="iro",
        trigger=fact("requested", by="iro", to="social_worker", about="legal_query"),
        given=(seek("agreement", fact("agreed", about="legal_query", due=KNOWN), "ref", pick="last"),),
        within=AgreedDate("agreement.due"),
        met_by=(
            seek("answer", fact("told", by="social_worker", to="iro", about="legal_query"), "ref", since="trigger"),
        ),
        contact="social_worker",
        note="The date is the one last agreed for this request. Without one the request has no deadline.",
    ),
)

_RAISING = fact("told", by="iro", to=WORKERS, about="concern")

STEP_2 = (
    Duty(
        id="derby.concern-raised",
        law=law(("D-08",), "step 2", modality=Modality.MUST, verb="will"),
        act="raise the concern with the worker or manager whom it is about",
        bearer="iro",
        to=WORKERS,
        trigger=fact("raised", by="iro", about="concern"),
        met_by=by_reading(
            RELEVANT,
            any=(seek("raising", _RAISING, "dispute", since="trigger"),),
            owner=(seek("raising", _RAISING, "dispute", on={"to": "trigger.owner"}, since="trigger"),),
        ),
    ),
    Power(
        id="derby.dispute-process",
        law=law(("D-09",), "step 2", modality=Modality.MAY, verb="if necessary"),
        act="take the concern into the authority's dispute resolution process, where that is needed",
        bearer="iro",
        to="local_authority",
        trigger=fact("raised", by="iro", about="concern"),
        note="Derby's dispute process is another document, which was not available.",
    ),
    Power(
        id="derby.managers-own-advice",
        law=law(("D-10",), "step 2", modality=Modality.MAY, verb="may"),
        act="ask the authority's own lawyers for clarification, as the worker's or manager's own guidance",
        bearer=WORKERS,
        joint="either",
        to="legal_department",
        trigger=Pattern("derby.concern-raised/met"),
        contact="legal_department",
        note="What they are told is for the worker or manager. It is not advice to the IRO.",
    ),
)


def _judged(name: str, about: str) -> Any:
    """The IRO's last word on one of the three questions."""
    return seek(name, fact("decided", by="iro", about=about, result=KNOWN), "ref", pick="last")


_AGREEMENT = seek("agreement", fact("agreed", by="iro_manager", about="legal_advice"), "ref", until="trigger")

_TO_COUNTY = fact("requested", by="iro", to=R.COUNTY_LEGAL_SERVICES, about="legal_advice")
_USED_UP = seek(
    "used_up", fact("decided", by="iro", about="advice_steps_exhausted", result="holds"), "ref", until="trigger"
)
_STEP_1_TAKEN = seek(
    "step_1", fact("requested", by="iro", to="social_worker", about="legal_query"), "ref", until="trigger"
)

STEP_3 = (
    Status(
        id="derby.advice-called-for",
        law=law(("D-11",), "step 3", modality=Modality.CONDITION, verb="considers"),
        act="the IRO judges that the first two steps are used up, that the concern remains, "
        "and that advice on this case is needed",
        trigger=fact("decided", by="iro", about=T.CASE_ADVICE_NEEDED, result="holds", ref=KNOWN),
        given=(
            _judged("needed", T.CASE_ADVICE_NEEDED),
            _judged("exhausted", "advice_steps_exhausted"),
            _judged("continues", T.CONCERN_CONTINUES),
        ),
        when=(
            Compare("needed.result", "eq", constant="holds"),
            Compare("exhausted.result", "eq", constant="holds"),
            Compare("continues.result", "eq", constant="holds"),
        ),
        identity="trigger.ref",
    ),
    Duty(
        id="derby.independent-advice",
        law=law(("D-11", "D-13"), "step 3", modality=Modality.MUST, verb="will be sought", national=_F_14),
        act="seek advice on the case through the arrangement with the neighbouring county",
        bearer="iro",
        to=R.COUNTY_LEGAL_SERVICES,
        trigger=Pattern("derby.advice-called-for"),
        met_by=(seek("request", fact("requested", by="iro", to=R.COUNTY_LEGAL_SERVICES, about="legal_advice"), "ref"),),
        contact=R.COUNTY_LEGAL_SERVICES,
        note="The steps are set out in an order (D-05). That the earlier ones are used up is the IRO's own view, "
        "and no proof of it is asked for here. The advice is meant to settle matters without Cafcass or a court.",
    ),
    Gate(
        id="derby.advice-agreed-first",
        law=law(("D-12",), "step 3", modality=Modality.MUST, verb="will be following", national=_F_14),
        act="go to the neighbouring county's lawyers only after discussing the case with the IRO manager, who agrees",
        bearer="iro",
        to="iro_manager",
        trigger=fact("requested", by="iro", to=R.COUNTY_LEGAL_SERVICES, about="legal_advice"),
        first=(
            seek("discussion", fact("meeting_held", meeting="case_discussion"), "ref", until="trigger"),
            _AGREEMENT,
        ),
        contact="iro_manager",
        note="A discussion or agreement on the day of the request is taken to have come before it.",
    ),
    Gate(
        id="derby.steps-in-order",
        law=law(("D-05", "D-11"), "the process, and step 3"),
        act="go to the neighbouring county's lawyers only once the earlier steps are used up",
        bearer="iro",
        trigger=_TO_COUNTY,
        first=by_reading(EXHAUSTION, own_view=(_USED_UP,), on_record=(_USED_UP, _STEP_1_TAKEN)),
        note="A judgement of the day of the request is taken to have come before it.",
    ),
    Duty(
        id="derby.advice-within-reach",
        law=law(("D-03",), "opening paragraphs, after Handbook 6.14", verb="important that", national=_F_14),
        act="see that an IRO who asks the neighbouring county's lawyers gets advice without a struggle",
        bearer="local_authority",
        to="iro",
        trigger=_TO_COUNTY,
        within=Soft("easily"),
        met_by=(seek("advice", fact("told", by=R.COUNTY_LEGAL_SERVICES, to="iro", about="legal_advice"), "ref"),),
        contact=R.COUNTY_LEGAL_SERVICES,
        note="The text gives no figure, so a request without an answer stays open and is never overdue.",
    ),
    Conflict(
        id="derby.advice-refused",
        law=law(("D-12",), "step 3", modality=Modality.CONDITION, verb="agreement"),
        act="the IRO manager refused independent advice, and the procedure names nobody to whom the IRO can appeal",
        trigger=fact("decided", by="iro_manager", about="legal_advice", result="refused"),
        given=(seek("agreement", fact("agreed", by="iro_manager", about="legal_advice"), "ref", after="trigger"),),
        when=(Absent("agreement"),),
    ),
)

RULES = (*ARRANGEMENT, *STEP_1, *STEP_2, *STEP_3)
