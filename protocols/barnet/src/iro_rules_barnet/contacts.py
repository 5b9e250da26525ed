"""Barnet: who speaks to whom, who stands in, and the list the two services share."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Compare, Duty, Modality, StandingDuty, Status, fact, seek
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Pattern
from iro_rules_barnet.source import SHOULD, law
from iro_rules_barnet.terms import (
    BarnetArrangement,
    BarnetDocument,
    BarnetMeeting,
    BarnetPublication,
    BarnetRole,
    BarnetTopic,
)

R, T, D, M = BarnetRole, BarnetTopic, BarnetDocument, BarnetMeeting

MONTHLY = Number("barnet.shared-list.every", 1)

THEREAFTER = Interpretation(
    "barnet.direct-liaison.start",
    "From when do the IRO and the allocated lawyer deal with each other directly?",
    (
        ("introduced", "once the Principal Lawyer has put the IRO in touch"),
        ("allocated", "once a lawyer is allocated"),
    ),
    "introduced",
    "The sentence follows the one on the first contact, through the Principal Lawyer, and begins after it.",
)


def _while_away(name: str, row: str, away: str, by: str, to: str, act: str, **binding: Any) -> tuple[AnyRule, ...]:
    """Somebody stands in for as long as an absence lasts: two duties, since its last day may or may not be recorded."""
    where = "on who is the contact"
    base: dict[str, Any] = {
        "law": law((row,), where, **binding), "act": act, "bearer": by, "to": to, "contact": to,
    }  # fmt: skip
    told = fact("told", by=by, to=to, about=T.LIAISON)
    return (
        Status(
            id=f"barnet.{name}.over",
            law=law((row,), where, modality=Modality.CONDITION, verb=binding.get("verb", "will")),
            act="the absence is over",
            trigger=fact("unavailable", role=away, until=KNOWN),
            when=(Compare("trigger.until", "lt", "as_of.day"),),
        ),
        Duty(
            id=f"barnet.{name}",
            trigger=fact("unavailable", role=away, until=UNKNOWN),
            met_by=(seek("word", told, since="trigger"),),
            note="What counts as an absence is not said; it enters as a fact. This one has no last day on record, "
            "so it is taken to last.",
            **base,
        ),
        Duty(
            id=f"barnet.{name}.until-back",
            trigger=fact("unavailable", role=away, until=KNOWN),
            met_by=(seek("word", told, since="trigger", until="trigger.until"),),
            lapses=seek("over", Pattern(f"barnet.{name}.over"), "until"),
            note="What counts as an absence is not said; it enters as a fact. Nobody stands in once it is over, so it "
            "is not held against anybody that there was nothing to say while it lasted.",
            **base,
        ),
    )


AWAY = _while_away(
    "manager-away",
    "B-06",
    R.IRO_TEAM_MANAGER,
    R.PRINCIPAL_LAWYER,
    R.IRO_ADMINISTRATOR,
    "deal with the IRO administrator while the Team Manager is away",
)

UNREACHABLE = _while_away(
    "iro-unreachable",
    "B-08",
    "iro",
    "lawyer",
    R.IRO_TEAM_MANAGER,
    "turn to the IRO Team Manager while the IRO cannot be reached",
    **SHOULD,
)

RULES = (
    StandingDuty(
        id="barnet.central-contact",
        law=law(("B-04",), "on who is the contact"),
        act="be the point at which the IRO service and Legal Services meet",
        bearer=R.PRINCIPAL_LAWYER,
        to=("iro_service", "legal_department"),
        arrangement=BarnetArrangement.CENTRAL_CONTACT,
        contact=R.PRINCIPAL_LAWYER,
    ),
    Duty(
        id="barnet.put-in-touch",
        law=law(("B-05",), "on who is the contact"),
        act="put the IRO and the allocated lawyer in touch",
        bearer=R.PRINCIPAL_LAWYER,
        to="iro",
        trigger=fact("appointed", role="lawyer"),
        met_by=(seek("word", fact("told", by=R.PRINCIPAL_LAWYER, to="iro", about=T.LAWYER_DETAILS), since="trigger"),),
        contact="iro",
    ),
    *AWAY,
    Duty(
        id="barnet.direct-liaison",
        law=law(("B-07",), "on who is the contact", **SHOULD),
        act="deal with the allocated lawyer directly about the child's case",
        bearer="iro",
        to="lawyer",
        trigger=by_reading(
            THEREAFTER,
            introduced=fact("told", by=R.PRINCIPAL_LAWYER, to="iro", about=T.LAWYER_DETAILS),
            allocated=fact("appointed", role="lawyer"),
        ),
        met_by=(seek("word", fact("told", by="iro", to="lawyer", about=T.LIAISON), since="trigger"),),
        contact="lawyer",
    ),
    *UNREACHABLE,
    Status(
        id="barnet.shared-list.from-records",
        law=law(("B-25",), "on the shared list", modality=Modality.CONDITION),
        act="the authority's records begin",
        trigger=fact("records_begin"),
        kind="barnet.shared-list.counted-from",
    ),
    Status(
        id="barnet.shared-list.from-last",
        law=law(("B-25",), "on the shared list", modality=Modality.CONDITION),
        act="the shared list was brought up to date",
        trigger=fact("published", publication=BarnetPublication.SHARED_LIST),
        kind="barnet.shared-list.counted-from",
    ),
    Duty(
        id="barnet.shared-list",
        law=law(("B-25",), "on the shared list"),
        act="bring the shared list of lawyers, Guardians and IROs up to date",
        bearer=("iro_service", "legal_department"),
        trigger=Pattern("barnet.shared-list.counted-from"),
        met_by=(seek("update", fact("published", publication=BarnetPublication.SHARED_LIST), after="trigger"),),
        within=within(MONTHLY, Unit.MONTHS),
        joint="either",
        note="Which of the two services owns the list is not said.",
    ),
    Duty(
        id="barnet.lawyer-details",
        law=law(("B-26",), "on the shared list"),
        act="tell the IRO administrator who the lawyer is",
        bearer="legal_department",
        to=R.IRO_ADMINISTRATOR,
        trigger=fact("appointed", role="lawyer"),
        met_by=(
            seek(
                "word",
                fact("told", by="legal_department", to=R.IRO_ADMINISTRATOR, about=T.LAWYER_DETAILS),
                since="trigger",
            ),
        ),
        contact=R.IRO_ADMINISTRATOR,
    ),
    Duty(
        id="barnet.guardian-details",
        law=law(("B-26",), "on the shared list"),
        act="tell the IRO administrator who the Guardian is",
        bearer="legal_department",
        to=R.IRO_ADMINISTRATOR,
        trigger=fact("appointed", role="guardian"),
        met_by=(
            seek(
                "word",
                fact("told", by="legal_department", to=R.IRO_ADMINISTRATOR, about=T.GUARDIAN_DETAILS),
                since="trigger",
            ),
        ),
        contact=R.IRO_ADMINISTRATOR,
    ),
    Duty(
        id="barnet.guardian-to-iro",
        law=law(("B-27",), "on the Guardian"),
        act="tell the IRO who the Guardian is and how to reach them",
        bearer="lawyer",
        to="iro",
        trigger=fact("appointed", role="guardian"),
        met_by=(seek("word", fact("told", by="lawyer", to="iro", about=T.GUARDIAN_DETAILS), since="trigger"),),
        contact="iro",
    ),
)
