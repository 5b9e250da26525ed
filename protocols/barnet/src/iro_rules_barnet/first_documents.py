"""Barnet: the first documents of proceedings, and to whom they go."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Duty, Modality, Present, Status, fact, seek
from iro_rules.rulebook.rules import AnyRule
from iro_rules.rulebook.terms import Lookup, Pattern
from iro_rules_barnet.source import law
from iro_rules_barnet.terms import BarnetDocument, BarnetRole

R, D = BarnetRole, BarnetDocument

INITIAL = Number("barnet.initial-documents.within", 5)

START = Interpretation(
    "barnet.initial-documents.start",
    "From when do the five working days for the first documents run?",
    (
        ("order", "from the day the interim care order was made"),
        ("care", "from the day the child became looked after"),
    ),
    "order",
    "The text gives no starting day. The order is what the duty follows from.",
)

ALREADY = Interpretation(
    "barnet.initial-documents.already-looked-after",
    "Of which child does the IRO get the first documents directly, as one already looked after?",
    (
        ("in_care", "of a child who is in care when the interim care order is made"),
        ("returning", "of a child whom the order brings back into care after an earlier period of it"),
    ),
    "in_care",
    "The sentence opens with a child who becomes looked after, which one who is looked after cannot. The words on the "
    "IRO are given a case of their own; the other reading keeps the opening words instead.",
)

BROUGHT_IN = Pattern("barnet.looked-after-by-order")
IN_CARE = Pattern("barnet.initial-documents.order-in-care")
_INTERIM = fact("order_made", order="interim_care_order")

_ICO = seek("ico", _INTERIM, "period", until="trigger")
_ENTRY = seek("entry", fact("became_looked_after"), "period")
_EARLIER = seek("earlier", fact("became_looked_after"), before="entry")
_PREPARED = seek("prepared", fact("recorded", about="care_plan", document=D.INITIAL_CARE_PLAN))

_FROM = by_reading(START, order="trigger", care="entry")
_PAPERS = (("form", D.APPLICATION_FORM), ("statement", "court_statement"), ("chronology", D.CHRONOLOGY))
_PLAN = (("plan", D.INITIAL_CARE_PLAN),)


def _found(lookups: tuple[Lookup, ...]) -> tuple[Present, ...]:
    return tuple(Present(lookup.name) for lookup in lookups)


def _owed(name: str, act: str, to: str, papers: tuple[tuple[str, str], ...], **other: Any) -> Duty:
    """Five working days for each of some documents to reach somebody."""
    return Duty(
        id=f"barnet.initial-documents{name}",
        law=law(("B-29",), "on documents"),
        act=act,
        bearer="lawyer",
        to=to,
        met_by=tuple(
            seek(paper, fact("provided", document=document, by="lawyer", to=to)) for paper, document in papers
        ),
        contact=to,
        within=within(INITIAL, Unit.WORKING_DAYS),
        **other,
    )


def _to_administrator(name: str, act: str, papers: tuple[tuple[str, str], ...], also: tuple[Lookup, ...]) -> Duty:
    """Of a child whom the order brought into care."""
    return _owed(
        name,
        act,
        R.IRO_ADMINISTRATOR,
        papers,
        trigger=BROUGHT_IN,
        given=by_reading(ALREADY, in_care=(_ICO, _ENTRY, *also), returning=(_ICO, _ENTRY, _EARLIER, *also)),
        when=by_reading(
            ALREADY,
            in_care=(Present("ico"), *_found(also)),
            returning=(Present("ico"), Absent("earlier"), *_found(also)),
        ),
        anchor=_FROM,
    )


def _to_iro(name: str, act: str, papers: tuple[tuple[str, str], ...], also: tuple[Lookup, ...]) -> Duty:
    """Of a child already looked after, by either reading of that."""
    return _owed(
        name,
        act,
        "iro",
        papers,
        trigger=by_reading(ALREADY, in_care=IN_CARE, returning=BROUGHT_IN),
        given=by_reading(ALREADY, in_care=also, returning=(_ICO, _ENTRY, _EARLIER, *also)),
        when=by_reading(ALREADY, in_care=_found(also), returning=(Present("ico"), Present("earlier"), *_found(also))),
        anchor=by_reading(ALREADY, in_care="trigger", returning=_FROM),
        note="Of a child in care when the order is made the days run from the order: the care began before it.",
    )


RULES: tuple[AnyRule, ...] = (
    Status(
        id=IN_CARE.kind,
        law=law(("B-29",), "on documents", modality=Modality.CONDITION, verb="already looked after"),
        act="the first interim care order was made of a child in care, whom it did not bring in",
        trigger=_INTERIM,
        given=(
            seek("entry", fact("became_looked_after"), "period", before="trigger"),
            seek("sooner", _INTERIM, "period", before="trigger"),
            seek("brought_in", BROUGHT_IN, "period", since="trigger"),
        ),
        when=(Present("entry"), Absent("sooner"), Absent("brought_in")),
    ),
    _to_administrator(
        "", "send the administrator the application form, the first statement and the chronology", _PAPERS, ()
    ),
    _to_administrator(
        ".care-plan", "send the administrator the first court care plan, which has been prepared", _PLAN, (_PREPARED,)
    ),
    _to_iro(".to-iro", "send the IRO the application form, the first statement and the chronology", _PAPERS, ()),
    _to_iro(
        ".to-iro.care-plan", "send the IRO the first court care plan, which has been prepared", _PLAN, (_PREPARED,)
    ),
)
