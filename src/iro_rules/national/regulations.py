"""Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), in their own order."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import Number, Unit, within
from iro_rules.national.shared import FIRST_HELD, HELD, IN_FORCE, LATER_HELD, LEFT_CARE
from iro_rules.rulebook import Duty, Force, Law, Modality, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

SI = "Care Planning, Placement and Case Review (England) Regulations 2010"


def _law(rows: tuple[str, ...], regulation: str, **other: Any) -> Law:
    return Law(
        rows=rows,
        citation=f"{SI}, {regulation}",
        **{
            "force": Force.REGULATION,
            "modality": Modality.MUST,
            "verb": "must",
            "verified": Verified.V1,
            "start": IN_FORCE,
            **other,
        },
    )


FIRST_REVIEW = Number("regulations.first-review.within", {IN_FORCE: 20})
SECOND_REVIEW = Number("regulations.second-review.within", {IN_FORCE: 3})
LATER_REVIEW = Number("regulations.later-review.within", {IN_FORCE: 6})

# Regulation 33: when reviews are due

REG_33 = (
    Duty(
        id="regulations.first-review",
        law=_law(("N-R11",), "reg 33(1)"),
        act="hold the first review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=fact("became_looked_after"),
        within=within(FIRST_REVIEW, Unit.WORKING_DAYS),
        met_by=(seek("review", HELD, "period", since="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.second-review",
        law=_law(("N-R12",), "reg 33(2)"),
        act="hold the second review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=FIRST_HELD,
        within=within(SECOND_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
    Duty(
        id="regulations.later-review",
        law=_law(("N-R13",), "reg 33(2)"),
        act="hold the next review of the child's case",
        bearer="local_authority",
        to="child",
        trigger=LATER_HELD,
        within=within(LATER_REVIEW, Unit.MONTHS),
        met_by=(seek("review", HELD, "period", after="trigger"),),
        lapses=LEFT_CARE,
    ),
)

# Regulation 45: when the IRO must think about Cafcass

_REFERRAL = _law(
    ("N-R24", "R3-02", "R3-03", "R3-04"),
    "reg 45, as quoted by Northamptonshire's procedures; its second limb from Rochdale's",
    modality=Modality.CONSIDER,
    verb="must consider",
    verified=Verified.V2,
)

REG_45 = (
    Status(
        id="regulations.referral-question",
        law=_REFERRAL,
        act="in the IRO's opinion the authority has failed in a significant respect, senior people were told, "
        "and the IRO is not satisfied with what followed",
        trigger=fact("decided", by="iro", about="failure_not_addressed", result="holds"),
        given=(
            seek("opinion", fact("decided", by="iro", about="significant_failure", result="holds"), "ref"),
            seek(
                "raised",
                fact(
                    "told",
                    by="iro",
                    to=("senior_manager", "director_of_childrens_services"),
                    about="significant_failure",
                ),
                "ref",
                until="trigger",
            ),
        ),
        when=(Present("opinion"), Present("raised")),
    ),
    Duty(
        id="regulations.consider-cafcass-referral",
        law=_REFERRAL,
        act="consider whether to refer the case to Cafcass, and note what was decided and why",
        bearer="iro",
        to="child",
        trigger=Pattern("regulations.referral-question"),
        met_by=(seek("consideration", fact("decided", by="iro", about="cafcass_referral"), "ref", since="trigger"),),
        contact="cafcass",
        note="The duty is to consider: any outcome meets it. The source gives no time for it.",
    ),
)

RULES = (*REG_33, *REG_45)
