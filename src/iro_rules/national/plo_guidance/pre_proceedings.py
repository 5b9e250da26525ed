"""The guidance on the time before proceedings: section 20, and an IRO from early on."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import AgreedDate, Clock, Unit
from iro_rules.facts.vocabulary import LegalBasis
from iro_rules.national.plo_guidance.source import AUTHORITY, IRO_SERVICE, ISSUED, law, status
from iro_rules.national.shared import EIGHTEEN, STATUS_FROM, STATUS_NOW, TENTH_BIRTHDAY
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Absent,
    Conflict,
    Duty,
    Gate,
    Modality,
    Present,
    Status,
    fact,
    seek,
)
from iro_rules.rulebook.terms import Pattern

SECTION_20 = Pattern("plo.section-20")
"""Each period of care in which section 20 is used, from the day it first is."""

_OVER = Pattern("plo.section-20.over")
"""That section 20 is over in a period of care: the legal status is another now, or the child has left care."""
_ENDED = seek("over", _OVER, "period")
_SINCE = Pattern("plo.section-20.since")
_WEIGHED_FROM = seek("weighed_from", _SINCE, "period")
_OTHERS = tuple(basis.value for basis in LegalBasis if basis != LegalBasis.SECTION_20)
_BORN = seek("born", fact("born"))


def _authority(about: str, name: str, **options: Any) -> Any:
    return seek(name, fact("decided", by=AUTHORITY, about=about), **options)


# What was weighed before this period of care counts, and what was weighed in an earlier one does not.
USE = (
    Status(
        id="plo.section-20",
        law=status(("P-03", "P-05", "P-06"), "on section 20", "lines 25-29", "use of Section 20"),
        act="section 20 is used for the child",
        trigger=Pattern(STATUS_FROM.kind, fact("legal_status", status="section_20").where),
        identity="trigger.period",
    ),
    Status(
        id=f"{_OVER.kind}.another-status",
        law=status(("P-06",), "on section 20", "lines 28-29", "within Section 20"),
        act="the child's legal status is no longer section 20",
        trigger=fact(STATUS_NOW.kind, status=_OTHERS),
        kind=_OVER.kind,
    ),
    Status(
        id=f"{_OVER.kind}.left-care",
        law=status(("P-06",), "on section 20", "lines 28-29", "within Section 20"),
        act="the child left care",
        trigger=fact("ceased_to_be_looked_after"),
        kind=_OVER.kind,
    ),
    Status(
        id="plo.section-20.since-earlier-care",
        law=status(("P-03",), "on section 20", "lines 25-26", "considered"),
        act="the child last left care on this day, before section 20 was used again",
        trigger=SECTION_20,
        given=(seek("earlier", fact("ceased_to_be_looked_after"), until="trigger", pick="last"),),
        when=(Present("earlier"),),
        kind=_SINCE.kind,
        moment="earlier",
    ),
    Status(
        id="plo.section-20.since-childhood",
        law=status(("P-03",), "on section 20", "lines 25-26", "considered"),
        act="the child had not left care before, so that nothing weighed earlier belongs to another use",
        trigger=SECTION_20,
        given=(seek("earlier", fact("ceased_to_be_looked_after"), until="trigger"),),
        when=(Absent("earlier"),),
        kind=_SINCE.kind,
        shift=Clock(EIGHTEEN, Unit.YEARS, "before"),
        note="No child was born more than eighteen years before, so all that was ever weighed is taken in.",
    ),
)

UNDER_TEN = (
    Duty(
        id="plo.section-20-under-ten",
        law=law(
            ("P-03",),
            "on section 20",
            "lines 25-26",
            modality=Modality.CONSIDER,
            verb="should be carefully considered",
        ),
        act="consider carefully whether to use section 20 for a child under ten, and note why",
        bearer="local_authority",
        to="child",
        trigger=SECTION_20,
        given=(_BORN, seek("ten", TENTH_BIRTHDAY, until="trigger"), _WEIGHED_FROM),
        when=(Present("born"), Absent("ten")),
        met_by=(_authority("section_20", "consideration", since="weighed_from"),),
        lapses=_ENDED,
        note="The duty is to consider: any outcome meets it, and a use that was considered is no breach.",
    ),
    Status(
        id="plo.section-20-under-ten.in-use",
        law=law(("P-03",), "on section 20", "lines 25-26", verb="should be rarely used"),
        act="section 20 is in use for a child under ten, which is meant to be rare: a matter to look at, not a breach",
        bearer="local_authority",
        to="child",
        trigger=Pattern(STATUS_NOW.kind, fact("legal_status", status="section_20").where),
        given=(_BORN, seek("ten", TENTH_BIRTHDAY, until="as_of")),
        when=(Present("born"), Absent("ten")),
        reported=True,
    ),
    Conflict(
        id="plo.section-20-under-ten.age-unknown",
        law=law(("P-03",), "on section 20", "lines 25-26"),
        act="section 20 is used and no date of birth is recorded, so whether the child was under ten cannot be told",
        trigger=SECTION_20,
        given=(_BORN,),
        when=(Absent("born"),),
    ),
)

STATUS = (
    Duty(
        id="plo.section-20.iro-view",
        law=law(("P-04",), "on section 20", "lines 26-27", modality=Modality.MUST, verb="will"),
        act="weigh the evidence of risk, and say whether the child's legal status is the right one",
        bearer="iro",
        to="child",
        trigger=SECTION_20,
        given=(seek("iro", fact("appointed", role="iro"), "period"),),
        when=(Present("iro"),),
        met_by=(seek("view", fact("decided", by="iro", about="appropriate_legal_status"), since="trigger"),),
        lapses=_ENDED,
        note="The IRO cannot change the status; what can be seen to is a view of it, and that it is raised.",
    ),
    Duty(
        id="plo.section-20.iro-raises-status",
        law=law(("P-04",), "on section 20", "lines 26-27", modality=Modality.MUST, verb="will"),
        act="raise with the authority that section 20 is not the right legal status for the child",
        bearer="iro",
        to="local_authority",
        trigger=fact("decided", by="iro", about="appropriate_legal_status", result="does_not_hold"),
        given=(seek("section_20", SECTION_20, until="trigger", pick="last"),),
        when=(Present("section_20"),),
        met_by=(
            seek("raised", fact("told", by="iro", to=AUTHORITY, about="appropriate_legal_status"), since="trigger"),
        ),
        lapses=seek("over", _OVER, on={"period": "section_20.period"}),
        note="The guidance has the IRO see to the right status; that is not the IRO's to set, so it is raised.",
    ),
)

OPTIONS = (
    Gate(
        id="plo.section-20-not-the-only-option",
        law=law(("P-05",), "on section 20", "line 28", modality=Modality.MUST_NOT, verb="must not"),
        act="take section 20 to be the only option, with no alternative on record as weighed",
        bearer="local_authority",
        trigger=SECTION_20,
        given=(_WEIGHED_FROM,),
        first=(seek("alternatives", fact("recorded", about="section_20_alternatives"), since="weighed_from"),),
        note="Alternatives put on record later mend it. What was not written down is taken as not weighed.",
    ),
    Duty(
        id="plo.section-20.decision-times",
        law=law(("P-06",), "on section 20", "lines 28-29", verb="need to be"),
        act="set and record by when decisions about the child will be made while section 20 lasts",
        bearer="local_authority",
        to="child",
        trigger=SECTION_20,
        given=(_WEIGHED_FROM,),
        met_by=(
            seek(
                "timescale",
                fact("agreed", by=AUTHORITY, about="section_20_decision", due=KNOWN),
                since="weighed_from",
            ),
        ),
        lapses=_ENDED,
    ),
    Duty(
        id="plo.section-20.decision",
        law=law(("P-06",), "on section 20", "lines 28-29", verb="need to be"),
        act="come to the decision about the child by the day the authority itself set for it",
        bearer="local_authority",
        to="child",
        trigger=fact("agreed", by=AUTHORITY, about="section_20_decision", due=KNOWN, ref=KNOWN),
        given=(
            seek("moved", fact("agreed", by=AUTHORITY, about="section_20_decision", due=KNOWN), "ref", after="trigger"),
        ),
        when=(Absent("moved"),),
        within=AgreedDate("trigger.due"),
        met_by=(_authority("section_20_decision", "decision", on={"ref": "trigger.ref"}),),
        lapses=seek("left_care", fact("ceased_to_be_looked_after"), since="trigger"),
        note="The guidance gives no time: the day is the authority's own, and moves when the authority moves it.",
    ),
    Conflict(
        id="plo.section-20.decision-untraceable",
        law=law(("P-06",), "on section 20", "lines 28-29", verb="need to be"),
        act="a day was set for a decision under section 20 that is not named, so whether it was made is unknown",
        trigger=fact("agreed", by=AUTHORITY, about="section_20_decision", due=KNOWN, ref=UNKNOWN),
    ),
    Duty(
        id="plo.section-20.permanence",
        law=law(("P-06",), "on section 20", "lines 28-29", verb="needs to be"),
        act="make permanence the main thing decisions under section 20 are about, and record that it was",
        bearer="local_authority",
        to="child",
        trigger=SECTION_20,
        given=(_WEIGHED_FROM,),
        met_by=(
            seek(
                "permanence",
                fact("decided", by=AUTHORITY, about="permanence", result="holds"),
                since="weighed_from",
            ),
        ),
        lapses=_ENDED,
        note="Whether permanence came first is a judgement, recorded by whoever made the decision.",
    ),
)

EARLY = (
    Duty(
        id="plo.consider-early-iro",
        law=law(
            ("P-07",), "on pre-proceedings", "lines 30-32", modality=Modality.CONSIDER, verb="should be considered"
        ),
        act="consider allocating an IRO early, before proceedings, and note what was decided",
        bearer=("local_authority", "iro_service"),
        joint="either",
        to="child",
        trigger=fact("happened", event="pre_proceedings_started"),
        met_by=(
            seek(
                "consideration",
                fact("decided", by=(*AUTHORITY, *IRO_SERVICE), about="early_iro_allocation"),
                since="trigger",
            ),
        ),
        lapses=seek("issued", ISSUED, since="trigger"),
        note="Any outcome meets it. Who is to consider is not said.",
    ),
)

RULES = (*USE, *UNDER_TEN, *STATUS, *OPTIONS, *EARLY)
