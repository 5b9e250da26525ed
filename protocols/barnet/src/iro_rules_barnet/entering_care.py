"""Barnet: what follows when a court order brings a child into care."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    UNKNOWN,
    Absent,
    Duty,
    Modality,
    Present,
    Status,
    Towards,
    fact,
    has,
    seek,
)
from iro_rules.rulebook.terms import Pattern
from iro_rules_barnet.source import law
from iro_rules_barnet.terms import BarnetRole

NOTICE_WITHIN = Number("barnet.order-notice.within", 48)
DETAILS_WITHIN = Number("barnet.iro-details.within", 5)

NOTICES = Interpretation(
    "barnet.order-notice.how-many",
    "Must Legal Services and the social worker each tell the IRO service of the order, or does one notice do for both?",
    (
        ("each", "each of the two tells the IRO service"),
        ("one", "one notice is enough, whichever of the two gives it"),
    ),
    "each",
    "The sentence names both with an `and`; nothing in it lets one of them rely on the other.",
)

RECEIPT = Interpretation(
    "barnet.iro-details.receipt",
    "From when do the five working days for naming the IRO run?",
    (
        ("received", "from the day the administrator is recorded as having received the first notice"),
        ("given", "from the day the first notice was given, which is taken to have arrived at once"),
    ),
    "received",
    "The protocol counts from receipt. Where receipts are not recorded, only the other reading gives an answer.",
)

SOLICITOR = Interpretation(
    "barnet.iro-details.solicitor",
    "Where there is no Children's Guardian, is the child's solicitor told instead of Cafcass, or as well?",
    (
        ("instead", "the solicitor is told, and Cafcass only once there is a Guardian"),
        ("as_well", "Cafcass is told in any case, and the solicitor in the Guardian's place"),
    ),
    "instead",
    "The solicitor stands in brackets after Cafcass, as what takes its place.",
)

R = BarnetRole
NOTIFIERS = ("legal_department", "social_worker")
ENTERED = Pattern("barnet.entered-care")
BY_ORDER = Pattern("barnet.looked-after-by-order")
NOTIFIED = Pattern("barnet.order-notice/arrived")

_NOTICE = "on notice to the IRO service of an order"
_STATUS = law(("B-22",), _NOTICE, modality=Modality.CONDITION, verb="by virtue of which")
_ORDER = seek(
    "order",
    fact("order_made", order=("interim_care_order", "emergency_protection_order")),
    "period",
    until="trigger",
    pick="last",
)
_EARLIER = seek("earlier", fact("became_looked_after"), before="trigger", pick="last")

BECOMING = (
    Status(
        id="barnet.entered-care.by-basis",
        law=_STATUS,
        act="the child became looked after, and the legal basis recorded is one that an order gives",
        trigger=fact("became_looked_after", status=("interim_care", "emergency_protection")),
        kind=ENTERED.kind,
    ),
    Status(
        id="barnet.entered-care.basis-not-given",
        law=_STATUS,
        act="the child became looked after, and no legal basis is recorded",
        trigger=fact("became_looked_after", status=UNKNOWN),
        kind=ENTERED.kind,
    ),
    Status(
        id="barnet.looked-after-by-order.first-time",
        law=_STATUS,
        act="an interim care order or emergency protection order made the child looked after",
        trigger=ENTERED,
        given=(_ORDER, _EARLIER),
        when=(Present("order"), Absent("earlier")),
        kind=BY_ORDER.kind,
        moment="order",
    ),
    Status(
        id="barnet.looked-after-by-order.again",
        law=_STATUS,
        act="an order made the child looked after again, once an earlier period of care had ended",
        trigger=ENTERED,
        given=(
            _ORDER,
            _EARLIER,
            seek("left", fact("ceased_to_be_looked_after"), on={"period": "earlier.period"}, until="trigger"),
        ),
        when=(Present("order"), Present("earlier"), Present("left")),
        kind=BY_ORDER.kind,
        moment="order",
        note="Where the earlier period has not ended, the child was looked after already and no notice is owed.",
    ),
)


def _notice(name: str, by: str | tuple[str, ...], to: str = R.IRO_ADMINISTRATOR, **other: Any) -> Any:
    return seek(name, fact("told", by=by, to=to, about="became_looked_after", **other), since="trigger")


NOTICE = (
    Status(
        id="barnet.order-notice.known",
        law=law(("B-22",), _NOTICE, modality=Modality.CONDITION, verb="through its administrator"),
        act="the IRO service, through its administrator, was told that the child became looked after",
        trigger=fact("told", to=R.IRO_ADMINISTRATOR, about="became_looked_after"),
        kind="handbook.iro-service-knows",
        note="So that a notice to the administrator counts as one to the IRO service nationally.",
    ),
    Duty(
        id="barnet.order-notice",
        law=law(("B-22",), _NOTICE, national=((Towards.ADDS_TO, "handbook.iro-appointed"),)),
        act="tell the IRO service, through its administrator, of the order that made the child looked after",
        bearer=NOTIFIERS,
        to=R.IRO_ADMINISTRATOR,
        trigger=BY_ORDER,
        within=within(NOTICE_WITHIN, Unit.HOURS),
        met_by=(_notice("by_legal", "legal_department"), _notice("by_worker", "social_worker")),
        needs=by_reading(NOTICES, each="all", one="any"),
        contact=R.IRO_ADMINISTRATOR,
        note="The hours run through weekends and bank holidays: the protocol makes no exception for them. "
        "They run from the making of the order, so its time of day must be recorded.",
    ),
    Duty(
        id="barnet.order-notice.copy",
        law=law(("B-22",), _NOTICE),
        act="copy the notice of the order to the IRO Team Manager",
        bearer=NOTIFIERS,
        to=R.IRO_TEAM_MANAGER,
        trigger=BY_ORDER,
        within=within(NOTICE_WITHIN, Unit.HOURS),
        met_by=(
            _notice("copy", NOTIFIERS, cc=has(R.IRO_TEAM_MANAGER)),
            _notice("direct", NOTIFIERS, R.IRO_TEAM_MANAGER),
        ),
        needs="any",
        contact=R.IRO_TEAM_MANAGER,
        note="One copy is taken to be enough, and so is a notice given to the Team Manager directly.",
    ),
)

DETAILS = (
    Status(
        id="barnet.order-notice.arrived",
        law=law(("B-22", "B-23"), "on the reply to the notice", modality=Modality.CONDITION, verb="upon receipt"),
        act="notice of the order has reached the IRO service",
        trigger=BY_ORDER,
        given=by_reading(
            RECEIPT,
            received=(
                seek("notice", fact("received", by=R.IRO_ADMINISTRATOR, about="became_looked_after"), since="trigger"),
            ),
            given=(_notice("notice", NOTIFIERS),),
        ),
        when=(Present("notice"),),
        kind=NOTIFIED.kind,
        moment="notice",
    ),
    Duty(
        id="barnet.iro-details",
        law=law(
            ("B-23",),
            "on the reply to the notice",
            national=((Towards.IMPLEMENTS, "handbook.iro-appointed"),),
        ),
        act="give Legal Services the name of the child's IRO and how to reach them",
        bearer=("iro_service", R.IRO_ADMINISTRATOR),
        joint="either",
        to="legal_department",
        trigger=NOTIFIED,
        given=(seek("entry", BY_ORDER, "period"),),
        within=within(DETAILS_WITHIN, Unit.WORKING_DAYS),
        met_by=(
            seek(
                "details",
                fact("told", by=("iro_service", R.IRO_ADMINISTRATOR), to="legal_department", about="iro_details"),
                since="entry",
            ),
        ),
        contact="legal_department",
        note="The time for the notice and the time for this reply add up to more than the five working days "
        "from becoming looked after that the Handbook gives for the appointment.",
    ),
)


def _passed_on(name: str, to: str, act: str, **other: Any) -> Duty:
    return Duty(
        id=f"barnet.iro-details.{name}",
        law=law(("B-24",), "on telling the court", verb="will be responsible for"),
        act=act,
        bearer="legal_department",
        to=to,
        trigger=Pattern("barnet.iro-details/met"),
        met_by=(seek("notice", fact("told", by="legal_department", to=to, about="iro_details"), since="trigger"),),
        contact=to,
        **other,
    )


_GUARDIAN = seek("guardian", fact("appointed", role="guardian"), "period")

PASSED_ON = (
    _passed_on("to-court", "court", "tell the court who the child's IRO is and how to reach them"),
    _passed_on(
        "to-cafcass",
        "cafcass",
        "tell Cafcass who the child's IRO is and how to reach them",
        given=(_GUARDIAN,),
        when=by_reading(SOLICITOR, instead=(Present("guardian"),), as_well=()),
    ),
    _passed_on(
        "to-solicitor",
        R.CHILDS_SOLICITOR,
        "tell the child's solicitor who the child's IRO is and how to reach them",
        given=(_GUARDIAN,),
        when=(Absent("guardian"),),
        note="Owed only for as long as no Children's Guardian is recorded as appointed.",
    ),
)

RULES = (*BECOMING, *NOTICE, *DETAILS, *PASSED_ON)
