"""Section 1 of the procedure: the IRO's appointment, who is told of it, and brothers and sisters with one IRO."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.appointment import SERVICE_KNOWS
from iro_rules.national.shared import CARE_STARTED, IRO_NOW, LEFT_CARE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Duty, Modality, Power, Present, Towards, fact, seek
from iro_rules_rochdale.source import law, should
from iro_rules_rochdale.terms import RochdalePublication, RochdaleTopic

APPOINTMENT = Number("rochdale.appointment.within", 5)

FIRST_FIVE_DAYS = Interpretation(
    "rochdale.appointment.first-five-days",
    "From when do the first five working days for appointing the IRO run?",
    (
        ("care", "from the day the child becomes looked after"),
        ("told", "from the day the IRO service is told of it"),
    ),
    "care",
    "No first day is named. The section begins with the authority looking after a child, and the Handbook counts so.",
)

_APPOINTED = fact("appointed", role="iro")
_NOTICE = seek("notice", fact("told", to="child", about="iro_details"), since="trigger")

RULES = (
    Duty(
        id="rochdale.appointment.iro-appointed",
        law=should(("R1-05",), "section 1", national=((Towards.IMPLEMENTS, "handbook.iro-appointed"),)),
        act="appoint the child's IRO within the first five working days, as good practice has it",
        bearer="local_authority",
        to="child",
        trigger=CARE_STARTED,
        given=(seek("service_told", SERVICE_KNOWS, since="trigger"),),
        anchor=by_reading(FIRST_FIVE_DAYS, care="trigger", told="service_told"),
        within=within(APPOINTMENT, Unit.WORKING_DAYS),
        met_by=(seek("appointment", _APPOINTED, "period"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="rochdale.appointment.details-on-case-record",
        law=law(("R1-02",), "section 1"),
        act="put the IRO's name and contact details on the child's case record",
        bearer="local_authority",
        trigger=_APPOINTED,
        met_by=(seek("record", fact("recorded", about=RochdaleTopic.IRO_ON_RECORD), since="trigger"),),
        lapses=LEFT_CARE,
        note="Owed for each IRO anew. The source sets no clock.",
    ),
    Duty(
        id="rochdale.appointment.siblings-told",
        law=should(("R1-07",), "section 1", national=((Towards.ADDS_TO, "handbook.siblings-share-iro"),)),
        act="tell the child that a brother or sister has the same IRO",
        bearer="local_authority",
        to="child",
        trigger=fact("related", relation="sibling"),
        given=(
            seek("here", IRO_NOW, pick="last"),
            seek("there", fact("related_appointed", role="iro"), "child", on={"person": "here.person"}, pick="last"),
            seek("left", fact("related_ended", role="iro"), "child", on={"person": "here.person"}, since="there"),
        ),
        when=(Present("here"), Present("there"), Absent("left")),
        met_by=(seek("notice", fact("told", to="child", about=RochdaleTopic.SHARED_IRO), on={"ref": "trigger.child"}),),
        note="Owed for each brother or sister with whose case the IRO is shared: the notice bears that case's name.",
    ),
    Power(
        id="rochdale.appointment.tell-child-by-message",
        law=law(
            ("R1-11",),
            "section 1",
            modality=Modality.MAY,
            verb="could",
            national=((Towards.ADDS_TO, "handbook.child-told-of-iro"),),
        ),
        act="tell the child by e-mail or text who the IRO is",
        bearer="local_authority",
        to="child",
        trigger=_APPOINTED,
        given=(_NOTICE, LEFT_CARE),
        when=(Absent("notice"), Absent("left_care")),
        note="Until the child has been told. A notice by word of mouth alone has to be dated on the record.",
    ),
    Duty(
        id="rochdale.appointment.sibling-contact-reported",
        law=should(("R1-09",), "section 1", national=((Towards.ADDS_TO, "handbook.annual-report"),)),
        act="deal with contact between brothers and sisters in the annual report",
        bearer="iro_service",
        trigger=fact("published", publication="annual_report"),
        met_by=(
            seek(
                "part",
                fact("published", publication=RochdalePublication.SIBLING_CONTACT),
                since="trigger",
                until="trigger",
            ),
        ),
        note="A part of the report itself: what is published on another day is not in it.",
    ),
)
