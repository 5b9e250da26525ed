"""Time: the working-day calendar, timescales, and deadlines. Nothing here reads the clock."""

from iro_rules.clock.calendar import Calendar, england_and_wales
from iro_rules.clock.timescale import (
    AgreedDate,
    Chosen,
    Clock,
    Number,
    Soft,
    Timescale,
    Unit,
    at_least_before,
    before_the_event,
    chosen_window,
    within,
)

__all__ = [
    "AgreedDate",
    "Calendar",
    "Chosen",
    "Clock",
    "Number",
    "Soft",
    "Timescale",
    "Unit",
    "at_least_before",
    "before_the_event",
    "chosen_window",
    "england_and_wales",
    "within",
]
