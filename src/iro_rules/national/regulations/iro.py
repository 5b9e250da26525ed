"""Part 8 of the Regulations: what the IRO does, and who may be one (regs 45 to 47)."""

from __future__ import annotations

from iro_rules.national.regulations.source import law
from iro_rules.rulebook import Duty, Modality, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

# Regulation 45: when the IRO must think about Cafcass

_REFERRAL = law(
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

RULES = REG_45
