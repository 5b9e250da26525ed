"""Part 8 of the Regulations: what the IRO does, and who may be one (regs 45 to 47)."""

from __future__ import annotations

from typing import Any

from iro_rules.national.regulations.source import law
from iro_rules.national.shared import CARE_STARTED, EVER, IRO_NOW, IRO_OVER, LEFT_CARE
from iro_rules.rulebook import (
    KNOWN,
    Absent,
    Duty,
    Gate,
    Law,
    Modality,
    Pattern,
    Present,
    Status,
    Verified,
    fact,
    seek,
)

# Regulation 45: when the IRO must think about Cafcass

_REFERRAL = law(
    ("N-R24", "R3-02", "R3-03", "R3-04"),
    "reg 45, as quoted by Northamptonshire's procedures; its second limb from Rochdale's",
    modality=Modality.CONSIDER,
    verb="must consider",
    verified=Verified.V2,
)

_WISH = fact("requested", by="child", to="iro", about="bringing_proceedings")


def _steps(*rows: str) -> Law:
    return law(
        rows, "reg 45 (paragraph not seen), on the child's own steps (seed 003, lines 71-75)", verified=Verified.S
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
        note="The duty is to consider: any outcome meets it. The source gives no time for it. Whether or not it "
        "has arisen, the IRO may refer the case at any point.",
    ),
    Duty(
        id="regulations.child-told-of-steps",
        law=_steps("N-R25", "R2-10", "R2-11", "R2-16"),
        act="see that the child is told, as age and understanding allow, of the steps open to children under the Act",
        bearer="iro",
        to="child",
        trigger=CARE_STARTED,
        met_by=(
            seek("told", fact("told", to="child", about="steps_under_the_act"), since="trigger"),
            seek(
                "not_yet",
                fact("decided", by="iro", about="steps_under_the_act", result="does_not_hold"),
                since="trigger",
            ),
        ),
        needs="any",
        lapses=LEFT_CARE,
        note="Whoever tells the child meets it. So does the IRO's recorded view that the child is too young for it.",
    ),
    Duty(
        id="regulations.adult-to-help-looked-for",
        law=_steps("N-R25", "R2-12"),
        act="find out whether a suitable adult can and will help the child, who wants to bring proceedings",
        bearer="iro",
        to="child",
        trigger=_WISH,
        met_by=(seek("finding", fact("decided", by="iro", about="suitable_adult_to_help"), "ref", since="trigger"),),
    ),
    Duty(
        id="regulations.child-helped-to-proceedings",
        law=_steps("N-R25", "R2-13"),
        act="help the child to get advice on bringing proceedings, since no suitable adult will",
        bearer="iro",
        to="child",
        trigger=fact("decided", by="iro", about="suitable_adult_to_help", result="does_not_hold"),
        given=(seek("wish", _WISH, "ref", until="trigger"),),
        when=(Present("wish"),),
        met_by=(seek("help", fact("recorded", by="iro", about="bringing_proceedings"), "ref", since="trigger"),),
    ),
)

# Regulation 46: who may be an IRO

INVOLVED = (
    "social_worker",
    "representative",
    "personal_adviser",
    "team_manager",
    "senior_manager",
    "director_of_childrens_services",
)
"""Those who prepare the plan, manage the case, visit or advise the child, and those above them."""

_IRO = fact("appointed", role="iro")


def _eligible(**other: Any) -> Law:
    where = "reg 46 (number not verified), as paraphrased by Walsall's procedures"
    return law(("N-R26", "N-A04"), where, verified=Verified.V3, **other)


def _fit(name: str, topic: str, act: str) -> Duty:
    return Duty(
        id=f"regulations.iro-{name}",
        law=_eligible(),
        act=act,
        bearer="local_authority",
        to="child",
        trigger=fact("appointed", role="iro", person=KNOWN),
        met_by=(seek("found", fact("decided", about=topic, result="holds"), on={"ref": "trigger.person"}),),
        lapses=IRO_OVER,
        note="It is owed at the appointment, and open until the record shows it, or until the IRO has gone: whether "
        "somebody may be the IRO is not asked of one who no longer is.",
    )


def _involvement(name: str, act: str, **other: Any) -> Status:
    return Status(
        id=f"iro.involved.{name}",
        law=_eligible(start=EVER),
        act=act,
        trigger=fact("appointed", role=INVOLVED),
        kind="iro.involved",
        **other,
    )


REG_46 = (
    _fit("registered", "social_work_registration", "appoint as IRO only a registered social worker"),
    _fit("experienced", "iro_experience", "appoint as IRO only somebody with enough relevant experience"),
    Gate(
        id="regulations.iro-found-unfit",
        law=_eligible(),
        act="have an IRO who is a registered social worker, experienced enough and not otherwise involved in the case",
        bearer="local_authority",
        to="child",
        trigger=fact(
            "decided",
            about=("social_work_registration", "iro_experience", "iro_independence"),
            result="does_not_hold",
        ),
        given=(seek("iro", IRO_NOW, on={"person": "trigger.ref"}),),
        when=(Present("iro"),),
        first=(seek("put_right", fact("decided", result="holds"), "about", "ref", after="trigger"),),
        note="Somebody found that the IRO is not so; a later finding that the IRO is puts it right.",
    ),
    _involvement(
        "while-iro",
        "the IRO took up another role for the child that an IRO may not have",
        given=(
            seek("iro", _IRO, "person", until="trigger", pick="last"),
            seek("left", fact("ended", role="iro"), "person", since="iro", until="trigger"),
        ),
        when=(Present("iro"), Absent("left")),
    ),
    _involvement(
        "when-appointed",
        "somebody became the IRO while holding another role for the child that an IRO may not have",
        given=(
            seek("iro", _IRO, "person", after="trigger"),
            seek("left", fact("ended"), "role", "person", since="trigger", until="iro"),
        ),
        when=(Absent("left"),),
        moment="iro",
    ),
    Gate(
        id="regulations.iro-independent",
        law=_eligible(),
        act="have as IRO nobody who prepares the plan, manages the case, visits or advises the child, or manages those "
        "who do",
        bearer="local_authority",
        to="child",
        trigger=Pattern("iro.involved"),
        given=(seek("still_iro", IRO_NOW, "person"),),
        when=(Present("still_iro"),),
        first=(seek("left", fact("ended"), "role", "person", since="trigger"),),
        note="It is found where one identifier stands for both roles of this child at the same time, and put right "
        "once the person leaves the other role. Control of the case's resources is found by a recorded judgement.",
    ),
)

# Regulation 47: independent visitors

REG_47 = (
    Duty(
        id="regulations.independent-visitor",
        law=law(("N-R27",), "reg 47 (heading read, text not read)", verified=Verified.M),
        act="appoint an independent visitor for a child for whom one was found to be right",
        bearer="local_authority",
        to="child",
        trigger=fact("decided", by="local_authority", about="independent_visitor", result="holds"),
        given=(seek("care", CARE_STARTED, until="trigger", pick="last"),),
        met_by=(seek("visitor", fact("appointed", role="independent_visitor"), since="trigger"),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), on={"period": "care.period"}),
    ),
)

RULES = (*REG_45, *REG_46, *REG_47)
