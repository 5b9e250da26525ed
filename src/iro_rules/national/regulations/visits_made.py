"""Part 5 of the Regulations: which visits were made in which stay, and when longer intervals begin (reg 28)."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Clock, Number, Unit
from iro_rules.national.regulations.placements import FIRST_YEAR_OVER
from iro_rules.national.regulations.source import law
from iro_rules.national.shared import EVER
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Absent, Modality, Pattern, Present, Status, fact, seek

USUAL = Number("regulations.visits.usual-interval", 6)

YEAR_END = Interpretation(
    "regulations.visits.end-of-first-year",
    "Which interval holds between a visit in the first year of a placement and the next, where six weeks reach beyond "
    "the year?",
    (
        ("first_year", "six weeks, since the interval began in the first year"),
        ("later", "the interval of the later years, since the first year is over before six weeks are"),
    ),
    "first_year",
    "The text speaks of intervals in the first year, and the shorter interval loses nobody a visit.",
)

VISITS = Pattern("visits.made")
STAYS = Pattern("visits.stay")
RELAXED = Pattern("visits.relaxed")


def _recorded(regulation: str) -> Any:
    return law(("N-R04",), regulation, modality=Modality.CONDITION, verb="visits", start=EVER)


RULES = (
    Status(
        id="visits.made.in-placement",
        law=_recorded("reg 28(1)"),
        act="the authority's representative visited the child",
        trigger=fact("visited", by=("representative", "social_worker"), placement=KNOWN),
        kind="visits.made",
        note="A visit by the child's social worker is taken as one by the authority's representative.",
    ),
    # Of two rows for one visit the first stands, so this one is for visits of which it is not noted where.
    Status(
        id="visits.made.in-last-placement",
        law=_recorded("reg 28(1)"),
        act="the authority's representative visited the child where the child was then living",
        trigger=fact("visited", by=("representative", "social_worker")),
        given=(seek("stay", fact("placement_started"), "period", until="trigger", pick="last"),),
        kind="visits.made",
        keep=(("placement", "stay.placement"),),
    ),
    Status(
        id="visits.stay",
        law=_recorded("reg 28(1)"),
        act="the child was visited in this placement",
        trigger=VISITS,
        given=(seek("stay", fact("placement_started"), "placement", until="trigger", pick="last"),),
        when=(Present("stay"),),
        keep=(("type", "stay.type"), ("period", "stay.period")),
    ),
    Status(
        id="placement.last-interval-of-first-year",
        law=_recorded("reg 28(2)"),
        act="six weeks from this day reach beyond the first year of the placement",
        trigger=FIRST_YEAR_OVER,
        shift=Clock(USUAL, Unit.WEEKS, "before"),
    ),
    Status(
        id="visits.relaxed",
        law=_recorded("reg 28(2)"),
        act="the first year of a placement meant to last until the child is eighteen is over",
        trigger=STAYS,
        given=(
            seek(
                "settled",
                by_reading(
                    YEAR_END,
                    first_year=FIRST_YEAR_OVER,
                    later=Pattern("placement.last-interval-of-first-year"),
                ),
                "placement",
                until="trigger",
            ),
            seek(
                "lasting",
                fact("decided", about="placement_to_last_to_eighteen", result="holds"),
                on={"ref": "trigger.placement"},
                until="trigger",
                pick="last",
            ),
            seek(
                "undone",
                fact("decided", about="placement_to_last_to_eighteen", result="does_not_hold"),
                on={"ref": "trigger.placement"},
                after="lasting",
                until="trigger",
            ),
        ),
        when=(Present("settled"), Present("lasting"), Absent("undone")),
    ),
)
