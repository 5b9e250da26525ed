"""Part 5 of the Regulations: visits to the child by the authority's representative (reg 28).

Each visit starts the clock of the next. The text read is the one in force until 31 March 2015; of each rule there is
a second edition from the day after, whose text was not read.
"""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.regulations.placements import OVER
from iro_rules.national.regulations.source import law
from iro_rules.national.regulations.visits_made import RELAXED, STAYS, USUAL, VISITS
from iro_rules.national.shared import FIRST_HELD, THEN_SHORT_BREAKS, THEN_STATUS
from iro_rules.rulebook import Absent, Compare, Duty, Present, Verified, fact, seek
from iro_rules.rulebook.rules import AnyRule

NEXT_TEXT = "2015-04-01"
"""The first day on which the text read was no longer in force (national-law N-R04)."""

FIRST_VISIT = Number("regulations.visits.first.within", 1)
WEEKLY = Number("regulations.visits.weekly", 1)
SHORT = Number("regulations.visits.short-interval", 4)
LONG = Number("regulations.visits.long-interval", 3)

_PARENT = ("with_parent", "with_parent_under_regulation_19")
_ORDINARY = tuple(
    Compare("trigger.type", "ne", constant=special) for special in (*_PARENT, "connected_person_under_regulation_24")
)

_NEXT = seek("visit", VISITS, "placement", after="trigger")
_PLACEMENT_OVER = seek("over", OVER, "placement", since="trigger")
_REVIEW = seek("review", FIRST_HELD, "period", until="trigger")
_REGIME = (THEN_STATUS, THEN_SHORT_BREAKS)


def _both(name: str, row: str, regulation: str, act: str, number: Number, unit: Unit, **rule: Any) -> tuple[Duty, Duty]:
    """A duty to visit as it was read, and the edition after it, which was not."""
    given = {
        "act": act,
        "bearer": "local_authority",
        "to": "child",
        "within": within(number, unit),
        "met_by": (_NEXT,),
        "lapses": _PLACEMENT_OVER,
        **rule,
    }
    return (
        Duty(
            id=f"regulations.visits.{name}",
            law=law((row,), f"{regulation}, as made and as in force in 2014", end=NEXT_TEXT),
            **given,
        ),
        Duty(
            id=f"regulations.visits.{name}.from-2015",
            law=law(
                (row,),
                f"{regulation}, in force from 1 April 2015 (text not read)",
                start=NEXT_TEXT,
                verified=Verified.M,
            ),
            note="The text in force from this day was not read; the figures are those of the text before it.",
            **given,
        ),
    )


def _weekly_then(name: str, row: str, regulation: str, words: str, later: Number, **rule: Any) -> tuple[Duty, ...]:
    """Weekly visits up to the first review, and longer intervals from it on."""
    given, when = rule.pop("given", ()), rule.pop("when", ())
    return (
        *_both(
            f"weekly-{name}",
            row,
            regulation,
            f"visit the child {words} every week up to the first review",
            WEEKLY,
            Unit.WEEKS,
            given=(*given, _REVIEW),
            when=(*when, Absent("review")),
            **rule,
        ),
        *_both(
            f"later-{name}",
            row,
            regulation,
            f"visit the child {words} again, now that the first review has been held",
            later,
            Unit.WEEKS,
            given=(*given, _REVIEW),
            when=(*when, Present("review")),
            **rule,
        ),
    )


RULES: tuple[AnyRule, ...] = (
    *_both(
        "first",
        "N-R04",
        "reg 28(2)(a)",
        "visit the child in the first week of a placement",
        FIRST_VISIT,
        Unit.WEEKS,
        trigger=fact("placement_started"),
        given=_REGIME,
        when=(Absent("regime"),),
        met_by=(seek("visit", VISITS, "placement", since="trigger"),),
    ),
    *_both(
        "usual",
        "N-R04",
        "reg 28(2)(b) and (c)(ii)",
        "visit the child again within the usual interval",
        USUAL,
        Unit.WEEKS,
        trigger=STAYS,
        given=(seek("relaxed", RELAXED, "placement", since="trigger", until="trigger"), *_REGIME),
        when=(Absent("relaxed"), Absent("regime"), *_ORDINARY),
    ),
    *_both(
        "lasting",
        "N-R04",
        "reg 28(2)(c)(i)",
        "visit the child again in a placement meant to last until the child is eighteen",
        LONG,
        Unit.MONTHS,
        trigger=RELAXED,
        given=_REGIME,
        when=(Absent("regime"), *_ORDINARY),
    ),
    *_weekly_then(
        "before-assessment",
        "N-R05",
        "reg 28(3)",
        "placed with a parent under regulation 19",
        USUAL,
        trigger=fact(STAYS.kind, type="with_parent_under_regulation_19"),
    ),
    *_weekly_then(
        "connected-person",
        "N-R06",
        "reg 28(4)",
        "placed under regulation 24",
        SHORT,
        trigger=fact(STAYS.kind, type="connected_person_under_regulation_24"),
    ),
    *_weekly_then(
        "interim-order",
        "N-R06",
        "reg 28(4)",
        "living with a parent under an interim care order",
        SHORT,
        trigger=fact(STAYS.kind, type=_PARENT),
        given=(THEN_STATUS,),
        when=(Compare("legal.status", "eq", constant="interim_care"),),
    ),
    *_both(
        "care-order-made",
        "N-R07",
        "reg 28(5)(a)",
        "visit a child who lives with a parent in the first week of a care order",
        FIRST_VISIT,
        Unit.WEEKS,
        trigger=fact("order_made", order="care_order"),
        given=(
            seek("stay", fact("placement_started"), "period", until="trigger", pick="last"),
            seek("gone", OVER, on={"placement": "stay.placement"}, since="stay", until="trigger"),
        ),
        when=(Compare("stay.type", "eq", constant="with_parent"), Absent("gone")),
        met_by=(seek("visit", VISITS, on={"placement": "stay.placement"}, since="trigger"),),
        lapses=seek("over", OVER, on={"placement": "stay.placement"}, since="trigger"),
    ),
    *_both(
        "care-order",
        "N-R07",
        "reg 28(5)(b)",
        "visit the child living with a parent under a care order again",
        USUAL,
        Unit.WEEKS,
        trigger=fact(STAYS.kind, type=_PARENT),
        given=(THEN_STATUS,),
        when=(Compare("legal.status", "eq", constant="care"),),
    ),
    *_both(
        "with-parent",
        "N-R04",
        "reg 28(2)",
        "visit the child living with a parent under neither order again",
        USUAL,
        Unit.WEEKS,
        trigger=fact(STAYS.kind, type="with_parent"),
        given=(THEN_STATUS,),
        when=(
            Compare("legal.status", "ne", constant="interim_care"),
            Compare("legal.status", "ne", constant="care"),
        ),
    ),
)
