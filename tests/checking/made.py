"""A small national rulebook and a protocol that fits it, to be spoilt one thing at a time; no council is like it."""

from __future__ import annotations

from typing import Any

import attrs

from iro_rules.clock import Number, Unit, at_least_before, within
from iro_rules.facts.vocabulary import Term
from iro_rules.protocols import Protocol, SourceDocument
from iro_rules.rulebook import (
    KNOWN,
    Contact,
    Duty,
    Force,
    Ladder,
    Law,
    Modality,
    Power,
    Rulebook,
    Silence,
    Stage,
    StandingDuty,
    Status,
    Towards,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.ledger import SourceRow
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Pattern


class Steps(Term):
    """The stages of the ladder made here."""

    FIRST = "made_first"
    SECOND = "made_second"
    THIRD = "made_third"


class Roles(Term):
    """A role outside the authority."""

    ADVISERS = "made_advisers"


def law(row: str, *national: tuple[Towards, str], **other: Any) -> Law:
    """A source that was read."""
    usual: dict[str, Any] = {
        "citation": "a made-up source", "force": Force.LOCAL_PROTOCOL, "modality": Modality.SHOULD, "verb": "should",
        "verified": Verified.S, "start": "2011-04-01",
    }  # fmt: skip
    return Law(rows=(row,), national=national, **(usual | other))


def days(rule: str, count: int, unit: Unit = Unit.WORKING_DAYS) -> Any:
    """A clock that runs forward."""
    return within(Number(f"{rule}.within", count), unit)


DISPUTE = fact("raised", by="iro", about="dispute")
CARE = fact("became_looked_after")
DOCUMENT = fact("received", by="legal_department", document="court_document", ref=KNOWN)
COPY = seek("copy", fact("provided", document="court_document", to="iro"), "ref")
APPOINTED = seek("appointment", fact("appointed", role="iro"), "period")
FILING = fact("filing_due", document="final_evidence")
EVIDENCE = seek("evidence", fact("provided", document="final_evidence", to="iro"), "proceedings")
FORMAL = Pattern("nation.formal")


def national() -> Rulebook:
    """National rules of each kind that a protocol is measured by."""
    return Rulebook(
        name="nation",
        parts=(
            Duty(
                id="nation.copy", law=law("N-1"), act="give a copy", bearer="legal_department", to="iro",
                trigger=DOCUMENT, within=days("nation.copy", 5), met_by=(COPY,),
            ),
            Duty(
                id="nation.appointed", law=law("N-2"), act="appoint", bearer="local_authority", to="child",
                trigger=CARE, within=days("nation.appointed", 5), met_by=(APPOINTED,),
            ),
            Duty(
                id="nation.evidence", law=law("N-3"), act="send the evidence", bearer="local_authority", to="iro",
                trigger=FILING, anchor="trigger.due",
                within=at_least_before(Number("nation.evidence.before", 5), Unit.WORKING_DAYS), met_by=(EVIDENCE,),
            ),
            Status(
                id="nation.formal.step", law=law("N-4"), act="it is formal", trigger=fact("step_taken", stage="formal"),
                kind=FORMAL.kind, identity="trigger.dispute",
            ),
            Duty(
                id="nation.length", law=law("N-4"), act="end the whole", bearer="local_authority", to="iro",
                trigger=FORMAL, within=days("nation.length", 20),
                met_by=(seek("end", fact("outcome", result="agreed"), "dispute"),),
            ),
            Power(
                id="nation.cafcass", law=law("N-5", modality=Modality.MAY), act="refer the case", bearer="iro",
                to="cafcass", trigger=DISPUTE,
            ),
            StandingDuty(
                id="nation.advice", law=law("N-6"), act="have advice to offer", bearer="local_authority", to="iro",
                arrangement="independent_legal_advice",
            ),
        ),
        contacts=tuple(Contact(role=r, title=r) for r in ("iro", "cafcass", "social_worker", "legal_department")),
    )  # fmt: skip


def told(by: str, to: str, about: str) -> Pattern:
    return fact("told", by=by, to=to, about=about)


def answer(rule: str, row: str, by: str, stage: str, entered: Pattern, **other: Any) -> Duty:
    """A duty to answer at a stage."""
    return Duty(**{
        "id": rule, "law": law(row), "act": "answer", "bearer": by, "to": "iro", "trigger": entered,
        "within": days(rule, 5), "contact": by,
        "met_by": (seek("end", fact("outcome", stage=stage), "dispute", since="trigger"),), **other,
    })  # fmt: skip


RULES: dict[str, AnyRule] = {
    "copy": Duty(
        id="made.copy", law=law("M-1", (Towards.TIGHTENS, "nation.copy")), act="give a copy", bearer="legal_department",
        to="iro", trigger=DOCUMENT, within=days("made.copy", 4), met_by=(COPY,), contact="iro",
    ),
    "notice": Duty(
        id="made.notice", law=law("M-2"), act="tell the manager", bearer="social_worker", to="iro_manager",
        trigger=CARE, within=days("made.notice", 1), contact="iro_manager",
        met_by=(seek("notice", told("social_worker", "iro_manager", "became_looked_after"), since="trigger"),),
    ),
    "appointed": Duty(
        id="made.appointed", law=law("M-3", (Towards.IMPLEMENTS, "nation.appointed")), act="appoint",
        bearer="iro_manager", to="child", trigger=Pattern("made.notice/met"), within=days("made.appointed", 3),
        met_by=(seek("appointment", fact("appointed", role="iro")),),
    ),
    "evidence": Duty(
        id="made.evidence", law=law("M-4", (Towards.TIGHTENS, "nation.evidence")), act="send the evidence",
        bearer="social_worker", to="iro", trigger=FILING, anchor="trigger.due",
        within=at_least_before(Number("made.evidence.before", 6), Unit.WORKING_DAYS), met_by=(EVIDENCE,),
    ),
    "advice": Power(
        id="made.advice", law=law("M-5", (Towards.IMPLEMENTS, "nation.advice"), modality=Modality.MAY),
        act="ask for advice", bearer="iro", to=Roles.ADVISERS, trigger=DISPUTE, contact=Roles.ADVISERS,
    ),
    "cafcass": Power(
        id="made.cafcass", law=law("M-6", (Towards.IMPLEMENTS, "nation.cafcass"), modality=Modality.MAY),
        act="refer the case", bearer="iro", to="cafcass", trigger=DISPUTE, contact="cafcass",
    ),
    "formal": Status(
        id="made.formal", law=law("M-7", modality=Modality.CONDITION), act="it is formal", kind=FORMAL.kind,
        trigger=fact("outcome", stage=Steps.FIRST, result="not_agreed"), identity="trigger.dispute",
    ),
}  # fmt: skip
"""The rules of the protocol that belong to no ladder, by a short name."""

ON_LADDER: dict[str, AnyRule] = {
    "first": answer("made.first", "M-8", "team_manager", Steps.FIRST, DISPUTE),
    "second": answer(
        "made.second", "M-9", "team_manager", Steps.SECOND, fact("outcome", stage=Steps.FIRST, result="not_agreed")
    ),
    "move": Duty(
        id="made.move", law=law("M-10"), act="take it to the director", bearer="iro",
        trigger=fact("outcome", stage=Steps.SECOND, result="not_agreed"), within=days("made.move", 2),
        met_by=(seek("step", fact("step_taken", stage=Steps.THIRD), "dispute", since="trigger"),),
    ),
    "third": answer(
        "made.third", "M-11", "director_of_childrens_services", Steps.THIRD, fact("step_taken", stage=Steps.THIRD)
    ),
}  # fmt: skip
"""The rules of its ladder."""

STAGES: dict[str, Stage] = {
    "first": Stage(
        id=Steps.FIRST, title="the first stage", entered_by="opening", answered_by="made.first",
        silence=Silence.CONSIDER, escalator="iro", limit=("made.first",),
    ),
    "second": Stage(
        id=Steps.SECOND, title="the second stage", entered_by=Steps.FIRST, answered_by="made.second",
        silence=Silence.DEEMED_ACCEPTED, limit=("made.second",),
    ),
    "third": Stage(
        id=Steps.THIRD, title="the third stage", answered_by="made.third", silence=Silence.DEEMED_ACCEPTED,
        limit=("made.third",),
    ),
}  # fmt: skip

TITLES = {
    "iro_manager": "the manager", "team_manager": "the Team Manager",
    "director_of_childrens_services": "the Director",
}  # fmt: skip


def ladder(rules: dict[str, AnyRule], stages: dict[str, Stage]) -> Ladder:
    return Ladder(
        id="made.ladder", title="the dispute", law=law("M-12", modality=Modality.CONDITION), opens=DISPUTE,
        stages=tuple(stages.values()), rules=tuple(rules.values()),
    )  # fmt: skip


def row(name: str, binds: str = "") -> SourceRow:
    binds = binds or ("condition" if name == "M-7" else "should")
    return SourceRow(row=name, source="a made-up source", where="somewhere", modality=binds, asks="something")


def protocol(
    *,
    without: tuple[str, ...] = (),
    more: tuple[AnyRule, ...] = (),
    stages: dict[str, dict[str, Any]] | None = None,
    organisation: str = "another body",
    rows: tuple[str, ...] = (),
    contacts: dict[str, str] | None = None,
    **changed: dict[str, Any],
) -> Protocol:
    """The protocol with something changed: fields of a rule or stage, a rule less or more, rows, contacts."""

    def change(rules: dict[str, AnyRule]) -> dict[str, AnyRule]:
        return {n: attrs.evolve(r, **changed.get(n, {})) for n, r in rules.items() if n not in without}

    steps = {n: attrs.evolve(s, **(stages or {}).get(n, {})) for n, s in STAGES.items()}
    own, on_ladder = change(RULES), change(ON_LADDER)
    titles = TITLES if contacts is None else contacts
    climbed = ladder(on_ladder, steps)
    encoded = [r for rule in (*own.values(), climbed, *on_ladder.values(), *more) for r in rule.law.rows]
    return Protocol(
        name="made", title="A made-up protocol", authority="Nowhere", version="1", source=SourceDocument("Made up"),
        parts=(*own.values(), climbed, *more),
        contacts=(
            *(Contact(role=role, title=title) for role, title in titles.items()),
            Contact(role=Roles.ADVISERS, title="the advisers", organisation=organisation),
        ),
        vocabulary=(("stage", Steps), ("role", Roles)),
        ledger=tuple(row(name) for name in dict.fromkeys((*encoded, *rows)) if not name.startswith("N-")),
    )  # fmt: skip
