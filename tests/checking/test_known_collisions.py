"""The collisions that the requirements note of the three councils are found in their rules, by the rows they stand in.

Nothing in the library knows of them: the same checks find their like in a made-up protocol (`test_kinds_of_finding`).
"""

from __future__ import annotations

from functools import cache

import pytest

from iro_rules.checking import Finding, Kind, Report, check
from iro_rules.protocols import Registry


@cache
def report(name: str) -> Report:
    return check(Registry.discover().protocol(name))


def of_rows(name: str, kind: Kind, *rows: str) -> list[Finding]:
    """The findings of a kind whose rules encode all these rows."""
    return [finding for finding in report(name).of(kind) if {*rows} <= {*finding.rows}]


KNOWN = [
    ("barnet", Kind.CHAIN_OVERRUN, ("F-01", "B-22", "B-23")),
    ("barnet", Kind.OTHER_UNIT, ("B-30", "F-21b")),
    ("barnet", Kind.OTHER_START, ("B-30", "F-21b")),
    ("barnet", Kind.OTHER_UNIT, ("B-38", "P-21")),
    ("derby", Kind.NO_WAY_ROUND_REFUSAL, ("D-12",)),
    ("rochdale", Kind.CAP_NOT_PROVABLE, ("R7-06", "R7-21", "R7-24", "R7-25", "R7-26", "R7-27", "R7-28")),
    ("rochdale", Kind.LADDER_OVER_CAP, ("R6-08", "R6-09", "R6-11", "R6-12", "R6-14", "R6-15")),
    ("rochdale", Kind.GATEKEEPER_IN_LADDER, ("R7-32",)),
    ("rochdale", Kind.NO_WAY_ROUND_REFUSAL, ("R7-32",)),
    ("rochdale", Kind.ADVICE_NOT_INDEPENDENT, ("R7-31", "R7-34")),
    ("rochdale", Kind.HELD_UP_POWER, ("R6-18", "R7-07")),
    ("rochdale", Kind.LEFT_OPEN, ("R7-15", "R7-25", "R7-26")),
    ("rochdale", Kind.LEFT_OPEN, ("R6-18",)),
    ("rochdale", Kind.LEFT_OPEN, ("R6-09",)),
    ("rochdale", Kind.LEFT_OPEN, ("R7-21",)),
    ("rochdale", Kind.NO_CLOCK, ("R7-24", "R7-27", "R6-17")),
    ("rochdale", Kind.OTHER_UNIT, ("R7-06", "N-H04")),
    ("rochdale", Kind.LEFT_OPEN, ("R7-06",)),
    ("rochdale", Kind.OTHER_BEARER, ("R4-02", "F-20a")),
    ("rochdale", Kind.UNEVEN_FORCE, ("R7-05", "R7-11")),
    ("rochdale", Kind.NO_CLOCK, ("R5-00", "R5-14")),
    ("rochdale", Kind.LEFT_OPEN, ("R6-15",)),
    ("rochdale", Kind.LEFT_OPEN, ("R7-28",)),
    ("rochdale", Kind.LEFT_OPEN, ("R7-18",)),
    ("rochdale", Kind.LEFT_OPEN, ("R5-05",)),
    ("barnet", Kind.OTHER_UNIT, ("B-30", "F-21b")),
    ("barnet", Kind.OTHER_START, ("B-30", "F-21b")),
    ("barnet", Kind.LEFT_OPEN, ("B-30",)),
    ("barnet", Kind.LAXER_CLOCK, ("P-21", "B-38")),
    ("barnet", Kind.OTHER_UNIT, ("P-21", "B-38")),
    ("barnet", Kind.LEFT_OPEN, ("B-38",)),
    ("barnet", Kind.UNEVEN_FORCE, ("B-17", "B-37")),
    ("barnet", Kind.ADVICE_NOT_INDEPENDENT, ("B-37",)),
    ("barnet", Kind.LEFT_OPEN, ("B-22",)),
    ("barnet", Kind.LEFT_OPEN, ("B-24",)),
]
"""A council, a kind of finding, and rows that the finding must rest on."""


@pytest.mark.parametrize(("name", "kind", "rows"), KNOWN, ids=lambda v: v if isinstance(v, str) else None)
def test_what_is_known_to_collide_is_found(name: str, kind: Kind, rows: tuple[str, ...]) -> None:
    """A finding of the kind rests on all the rows."""
    assert of_rows(name, kind, *rows)


def test_two_notices_and_a_reply_overrun_the_appointment_by_two_working_days() -> None:
    """48 hours and five working days against five working days from becoming looked after."""
    (found,) = of_rows("barnet", Kind.CHAIN_OVERRUN, "F-01", "B-22", "B-23")
    assert found.sentence.startswith("48 hours + 5 working days, one after another, can end later than the 5 working")
    lines = "\n".join(found.arithmetic)
    assert "what was sent arrives at once" in lines
    assert "7 to 9 calendar days" in lines
    assert "it ends later from Monday, Tuesday, Wednesday, Thursday, Saturday, Sunday" in lines
    assert found.readings == ""


def test_ten_days_are_stated_and_three_gaps_are_left() -> None:
    """5 + 1 + 1 + 3; no clock before, at and after the Service Director's stage but one."""
    (found,) = of_rows("rochdale", Kind.CAP_NOT_PROVABLE, "R7-06")
    assert found.sentence.startswith("10 working days are stated and 3 gaps have no clock")
    gaps = [line for line in found.arithmetic if "no clock" in line]
    assert [line.partition(":")[0] for line in gaps] == [
        "to the Service Manager for Safeguarding",
        "at the Service Director",
        "to the Director of Children's Services",
    ]
    assert "20 - 10 = 10 working days left for the gaps together" in found.arithmetic


def test_the_concern_ladder_lasts_23_to_30_working_days_at_its_longest() -> None:
    """Four windows of 1 to 7 days and two of one; with step 1 read as announcing the talk, three windows."""
    (found,) = of_rows("rochdale", Kind.LADDER_OVER_CAP, "R6-08")
    assert found.sentence.startswith("23 to 30 working days at the longest windows")
    assert "no rule says whether this ladder counts" in found.sentence
    assert "30 working days under rochdale.concern.step-1-window=telling" in found.arithmetic
    assert "23 working days under rochdale.concern.step-1-window=talk" in found.arithmetic
    assert "6 working days at the shortest windows, 30 working days at the longest" in found.arithmetic


def test_silence_is_unspecified_at_every_stage_of_both_ladders() -> None:
    """No stage of either says what follows when nobody answers, and at seven nobody is obliged to."""
    found = report("rochdale").of(Kind.SILENCE_UNSPECIFIED)
    assert len(found) == 9
    assert sum("nobody is obliged to answer" in finding.sentence for finding in found) == 7


def test_twenty_days_of_the_calendar_are_the_shorter_limit() -> None:
    """The row says days, the Handbook working days; which one it means is left open, and neither is laxer."""
    (found,) = of_rows("rochdale", Kind.OTHER_UNIT, "R7-06")
    assert found.sentence == "20 calendar days here, 20 working days nationally"
    assert found.readings == "rochdale.dispute.formal-length-days=calendar"
    assert not of_rows("rochdale", Kind.LAXER_CLOCK, "R7-06")


def test_a_notice_of_representations_holds_up_a_referral_only_where_it_must_come_first() -> None:
    """Under the reading that counts the seven days back from the making."""
    (found,) = of_rows("rochdale", Kind.HELD_UP_POWER, "R6-18")
    assert found.readings == "rochdale.concern.representations-anchor=making"


def test_whoever_holds_the_gate_to_advice_takes_the_dispute_further_too() -> None:
    """The Service Manager for Safeguarding discusses, escalates and refers."""
    (found,) = of_rows("rochdale", Kind.GATEKEEPER_IN_LADDER, "R7-32")
    assert sum(line.startswith("must ") for line in found.arithmetic) == 3


def test_five_days_for_later_documents_may_be_calendar_days_and_run_from_another_receipt() -> None:
    """Barnet's social worker has five days of a unit not said; the legal department five working days."""
    (found,) = of_rows("barnet", Kind.OTHER_UNIT, "B-30", "F-21b")
    assert found.sentence == "5 calendar days here, 5 working days nationally"
    assert found.readings == "barnet.later-documents.unit=calendar"
    assert not of_rows("barnet", Kind.LAXER_CLOCK, "B-30")
    (start,) = of_rows("barnet", Kind.OTHER_START, "B-30", "F-21b")
    assert start.readings == ""


def test_five_days_before_filing_are_too_late_where_they_are_calendar_days() -> None:
    """Counted back, fewer days is later: in a week with bank holidays seven days later than five working days."""
    (found,) = of_rows("barnet", Kind.LAXER_CLOCK, "P-21", "B-38")
    assert found.readings == "barnet.draft-evidence.unit=calendar"
    assert found.sentence.startswith("at least 5 calendar days before here, at least 5 working days before nationally")
    assert found.arithmetic[-1].endswith("the national one on Wednesday 24 December 2014: 7 days later")


def test_the_way_to_the_principal_lawyer_is_a_power_before_proceedings_and_a_duty_during_them() -> None:
    """The same act of the same person towards the same person binds unevenly."""
    (found,) = of_rows("barnet", Kind.UNEVEN_FORCE, "B-17", "B-37")
    assert found.sentence == "may in one place, must in the other"
