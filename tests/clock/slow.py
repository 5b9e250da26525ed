"""A second, slow way to count, day by day, with bank holidays written out by hand: what the clock is held to."""

from __future__ import annotations

from datetime import date, timedelta

ONE = timedelta(days=1)

_PUBLISHED = """
    2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
    2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
    2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
    2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
    2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
    2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
    2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
    """
BANK_HOLIDAYS = frozenset(date.fromisoformat(day) for day in _PUBLISHED.split())
"""Weekdays on which England and Wales did not work, or will not, from 2021 to 2027."""


def works(day: date) -> bool:
    """Whether people work on a day."""
    return day.isoweekday() <= 5 and day not in BANK_HOLIDAYS


def count(anchor: date, number: int, unit: str, direction: str, tight: bool) -> date:
    """The day a clock reaches, found by walking there."""
    return forward(anchor, number, unit, tight) if direction == "after" else backward(anchor, number, unit, tight)


def forward(anchor: date, number: int, unit: str, tight: bool) -> date:
    """The last day in time. `tight`: the anchor's own day is the first day of the period."""
    if unit == "calendar years":
        return date(anchor.year + number, 12, 31)
    if unit in ("months", "years"):
        same = walk_months(anchor, number * (12 if unit == "years" else 1), ONE)
        return max(anchor, same - ONE) if tight else same
    if number == 0:
        return anchor
    wanted = number * 7 if unit == "weeks" else number
    day = anchor - ONE if tight else anchor
    counted = 0
    while counted < wanted:
        day += ONE
        counted += works(day) if unit == "working days" else 1
    return day


def backward(anchor: date, number: int, unit: str, tight: bool) -> date:
    """The latest day that is early enough. `tight`: that many whole days must lie between it and the anchor."""
    if unit in ("months", "years"):
        same = walk_months(anchor, number * (12 if unit == "years" else 1), -ONE)
        return same - ONE if tight else same
    wanted = number * 7 if unit == "weeks" else number
    day, counted = anchor, 0
    if tight:
        wanted += 1
    while counted < wanted:
        day -= ONE
        counted += works(day) if unit == "working days" else 1
    return day


def walk_months(anchor: date, months: int, step: timedelta) -> date:
    """The same day of the month that many months away, or that month's last day, by turning each page."""
    day = anchor
    for _ in range(months):
        month = day.month
        while day.month == month:
            day += step
        if step < timedelta(0):
            while (day - ONE).month == day.month:
                day -= ONE
    day = day.replace(day=1)
    while day.day < anchor.day and (day + ONE).month == day.month:
        day += ONE
    return day
