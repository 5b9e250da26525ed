"""The Handbook on caseloads: of a size that allows compliance, and the figures it advises."""

from __future__ import annotations

from iro_rules.clock import Number
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Compare,
    Conflict,
    Modality,
    StandingDuty,
    Status,
    Verified,
    fact,
    more_than,
    seek,
)
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Condition, Pattern

LEAST = Number("handbook.caseload.least", {IN_FORCE: 50})
MOST = Number("handbook.caseload.most", {IN_FORCE: 70})

BASIS = Interpretation(
    "handbook.caseload.basis",
    "Are 50 to 70 children advised for each IRO, or for each full-time post?",
    (
        ("full_time", "for each full-time post: an IRO who works half the week, half as many"),
        ("person", "for each IRO, whatever time the IRO works"),
    ),
    "full_time",
    "What was read says so many to an IRO, and nothing of hours. That a full-time IRO is meant is how such figures are "
    "used; a text that says “full-time equivalent” was not read (code M).",
)

ADVISED = law(
    ("F-17", "N-H15"), "on caseloads (paragraph not seen), as quoted by BASW", verified=Verified.V2, verb="advised"
)
"""The duty has no figure; the figure is guidance."""

OF_IRO = Pattern("handbook.caseload.of-iro")
OF_SERVICE = Pattern("handbook.caseload.of-service")
TIMED = fact(OF_IRO.kind, full_time_percent=KNOWN)
SERVICE_TIMED = fact(OF_SERVICE.kind, full_time_percent=KNOWN)
"""Those with working time: of one without, it is said once that nobody can tell whether it is above."""

_KNOWN_TIME = Compare("trigger.full_time_percent", "ne", constant=0)
_TO_A_POST: dict[str, tuple[Condition, ...]] = {
    "above": (_KNOWN_TIME, Compare("trigger.caseload_rounded_up", "gt", number=MOST)),
    "within": (
        _KNOWN_TIME,
        Compare("trigger.caseload_rounded_up", "le", number=MOST),
        Compare("trigger.caseload_rounded_down", "ge", number=LEAST),
    ),
    "below": (_KNOWN_TIME, Compare("trigger.caseload_rounded_down", "lt", number=LEAST)),
}
_TO_A_PERSON: dict[str, tuple[Condition, ...]] = {
    "above": (Compare("trigger.children", "gt", number=MOST),),
    "within": (Compare("trigger.children", "le", number=MOST), Compare("trigger.children", "ge", number=LEAST)),
    "below": (Compare("trigger.children", "lt", number=LEAST),),
}
_WORDS = {
    "above": "more children than the 50 to 70 advised",
    "within": "a caseload within the 50 to 70 children advised",
    "below": "fewer children than the 50 to 70 advised",
}


def _of_iro(side: str) -> Status:
    return Status(
        id=f"handbook.caseload-{side}",
        law=ADVISED,
        act=f"by the last count, an IRO has {_WORDS[side]}",
        bearer="local_authority",
        to="iro",
        trigger=OF_IRO if side == "above" else by_reading(BASIS, full_time=TIMED, person=OF_IRO),
        when=by_reading(BASIS, full_time=_TO_A_POST[side], person=_TO_A_PERSON[side]),
        reported=True,
    )


def _of_service(side: str) -> Status:
    return Status(
        id=f"handbook.service-caseload-{side}",
        law=ADVISED,
        act=f"by the last count, the service as a whole has {_WORDS[side]} to a full-time post",
        bearer="local_authority",
        to="iro",
        trigger=OF_SERVICE if side == "above" else SERVICE_TIMED,
        when=_TO_A_POST[side],
        rests_on=(BASIS,),
        reported=True,
    )


RULES: tuple[AnyRule, ...] = (
    StandingDuty(
        id="handbook.caseloads",
        law=law(("F-17",), f"{DUTIES}, item 17", modality=Modality.MUST, verb="needs to ensure"),
        act="keep caseloads to a size that lets IROs comply with primary legislation",
        bearer="local_authority",
        to="iro",
        arrangement="caseloads_that_allow_compliance",
        shown_by="a judgement that they do, such as one in the annual report",
        note="No number goes with this duty. The 50 to 70 children the Handbook advises are reported by themselves.",
    ),
    Status(
        id="handbook.caseload.of-iro",
        law=ADVISED,
        act="this is the IRO's caseload, as last recorded",
        trigger=fact("caseload", person=KNOWN, children=more_than(0)),
        given=(seek("later", fact("caseload"), "person", after="trigger"),),
        when=(Absent("later"),),
        identity="trigger.person",
    ),
    Status(
        id="handbook.caseload.of-service",
        law=ADVISED,
        act="this is the caseload of the whole service, as last recorded",
        trigger=fact("caseload", person=UNKNOWN, children=more_than(0)),
        given=(seek("later", fact("caseload", person=UNKNOWN), after="trigger"),),
        when=(Absent("later"),),
    ),
    *(_of_iro(side) for side in _WORDS),
    *(_of_service(side) for side in _WORDS),
    Conflict(
        id="facts.caseload-without-working-time",
        law=ADVISED,
        act="children are recorded in a caseload for which there was no working time",
        trigger=fact("caseload", full_time_percent=0, children=more_than(0)),
    ),
)

SIDES = {f"handbook.{scope}caseload-{side}": side for scope in ("", "service-") for side in _WORDS}
"""The rules that compare a caseload with the figures advised, and on which side of them it lies."""
