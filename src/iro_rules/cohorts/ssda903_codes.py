"""The tables of an SSDA903 return, their code lists by collection year, and what their codes mean to a rule.

A collection year is called by the year it ends in: 2025 is 1 April 2024 to 31 March 2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import attrs

from iro_rules.errors import CaseError

FIRST_YEAR, LAST_YEAR = 2010, 2028
_SPAN = re.compile(r"(\d{4})[/-](\d{2}|\d{4})\Z")


@attrs.frozen
class Table:
    """A table of the return: the columns it is known by, the others that are known, and whether any is used."""

    name: str
    known_by: frozenset[str]
    columns: tuple[str, ...]
    used: bool = False


def _table(name: str, known_by: str, columns: str, *, used: bool = False) -> Table:
    return Table(name, frozenset(known_by.split()), tuple(columns.split()), used)


TABLES: tuple[Table, ...] = (
    _table("episodes", "CHILD DECOM RNE LS DEC REC",
           "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN", used=True),
    _table("reviews", "CHILD REVIEW REVIEW_CODE", "CHILD DOB REVIEW REVIEW_CODE", used=True),
    _table("uasc", "CHILD DOB DUC", "CHILD SEX DOB DUC", used=True),
    _table("oc2", "CHILD SDQ_SCORE", "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
           "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"),
    _table("oc3", "CHILD IN_TOUCH", "CHILD DOB IN_TOUCH ACTIV ACCOM"),
    _table("ad1", "CHILD DATE_INT", "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"),
    _table("placed_for_adoption", "CHILD DATE_PLACED", "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED"),
    _table("previous_permanence", "CHILD PREV_PERM", "CHILD DOB PREV_PERM LA_PERM DATE_PERM"),
    _table("missing", "CHILD MISSING MIS_START", "CHILD DOB MISSING MIS_START MIS_END"),
    _table("sw_episodes", "CHILD SW_ID", "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON"),
    _table("dolo", "CHILD DOLO_START", "CHILD DOB DOLO_START DOLO_END"),
    _table("header", "CHILD SEX DOB ETHNIC", "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB", used=True),
)  # fmt: skip
"""Every table; the first whose columns are all there is the one. UASC also tells the header's date of birth."""

_RNE = "S L P T B U"
_LS = "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"
_REC = "X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17"
_REVIEW = "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"
_PLACE = "A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6"

CONTINUES = "X1"
"""The reason for the end of an episode that another follows on the same day."""

SHORT_BREAKS = ("V3", "V4")
SINGLE_BREAKS = "V3"
"""Each break is an episode of its own; under V4 the agreement is, and no break."""

_CHANGING: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "K3": (2024, LAST_YEAR),
        "H5": (FIRST_YEAR, 2025),
        "P2": (FIRST_YEAR, 2025),
        "Z1": (FIRST_YEAR, 2025),
        **dict.fromkeys(("Z11", "Z12", "Z13", "Z14"), (2026, LAST_YEAR)),
    }
)
"""Placement codes that were not in every year's list, with the first and the last collection year they were in."""


def codes(column: str, year: int) -> tuple[str, ...]:
    """The codes a column may hold in a collection year."""
    plain = {"RNE": _RNE, "LS": _LS, "REC": _REC, "REVIEW_CODE": _REVIEW, "PLACE": _PLACE}[column].split()
    if column == "PLACE":
        plain += [code for code, (first, last) in _CHANGING.items() if first <= year <= last]
    return tuple(sorted(plain))


LEGAL_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "C1": "interim_care",
        "C2": "care",
        "E1": "placement_order",
        "V2": "section_20",
        "V3": "section_20_short_breaks",
        "V4": "section_20_short_breaks",
        "L2": "emergency_protection",
        "J1": "section_21",
        "J2": "section_21",
        "J3": "section_21",
    }
)
"""What a legal status of the return is among ours; D1, L1 and L3 are none of them and leave the status open.

L1 is police protection, section 21(2)(a), to which what regulation 33(3)(c) says of section 21(2)(b) and (c) does not
apply.
"""

PLACEMENT_TYPE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("A3", "A4", "A5", "A6"), "adoption"),
        **dict.fromkeys(("K1", "K2"), "childrens_home"),
        "P1": "with_parent",
        "R5": "young_offender_institution",
        **dict.fromkeys(("U1", "U2", "U3"), "connected_person"),
        **dict.fromkeys(("U4", "U5", "U6"), "foster_care"),
        **dict.fromkeys(("K3", "H5", "P2", "R1", "R2", "R3", "S1"), "other_arrangements"),
    }
)
"""What a placement of the return is among ours; temporary and other placements leave the type open."""


def year_of(given: object) -> int:
    """The year a collection year ends in, from that year or from a text like 2024/25.

    Raises CaseError for anything else: 2024/2026, and a year that is no collection year known here.
    """
    text = str(given).strip()
    span = _SPAN.match(text)
    if span:
        first, last = int(span[1]), int(span[1][:2] + span[2] if len(span[2]) == 2 else span[2])
        year = last if last == first + 1 or (first % 100 == 99 and last % 100 == 0) else 0
    else:
        year = int(text) if re.fullmatch(r"\d{4}", text) else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        right = f"the year it ends in, {FIRST_YEAR} to {LAST_YEAR}, or both, as 2024/25"
        raise CaseError("this is no collection year", value=given, right=right)
    return year


def opens(year: int) -> date:
    """The first day of a collection year."""
    return date(year - 1, 4, 1)


def closes(year: int) -> date:
    """The last day of a collection year."""
    return date(year, 3, 31)
