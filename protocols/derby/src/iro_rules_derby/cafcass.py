"""Derby: Cafcass Legal for what is not about one case, and recourse to Cafcass, which stays open."""

from __future__ import annotations

from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Modality, Power, Present, fact, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_derby.source import law
from iro_rules_derby.terms import DerbyRole, DerbyTopic

ORDER = Interpretation(
    "derby.cafcass-legal.order",
    "Must the IRO have been through the earlier steps before asking Cafcass Legal?",
    (
        ("any_time", "Cafcass Legal may be asked at any time"),
        ("after_the_steps", "only once the IRO judges the earlier steps to be used up"),
    ),
    "any_time",
    "The fourth step stands last, but nothing in it waits for the third.",
)

ONE_MATTER = Interpretation(
    "derby.cafcass-legal.one-matter",
    "When is a single unresolved matter one that particularly calls for Cafcass Legal's guidance?",
    (
        ("both", "when the dispute process failed and the matter meets Cafcass's criteria"),
        ("criteria", "when it meets Cafcass's criteria, however far the dispute process has come"),
    ),
    "both",
    "The text joins the two by `and`. The guidance stays general even so: nothing opens it to advice on the case.",
)

_USED_UP = seek("used_up", fact("decided", by="iro", about="advice_steps_exhausted", result="holds"))

RULES = (
    Power(
        id="derby.cafcass-legal",
        law=law(("D-15",), "step 4", modality=Modality.MAY, verb="may"),
        act="ask Cafcass Legal for guidance that is not about one case",
        bearer="iro",
        to=DerbyRole.CAFCASS_LEGAL,
        trigger=Pattern("iro.now"),
        given=by_reading(ORDER, any_time=(), after_the_steps=(_USED_UP,)),
        when=by_reading(ORDER, any_time=(), after_the_steps=(Present("used_up"),)),
        contact=DerbyRole.CAFCASS_LEGAL,
    ),
    Power(
        id="derby.cafcass-legal.serious-matter",
        law=law(("D-16",), "step 4", modality=Modality.CONDITION, verb="particularly"),
        act="ask Cafcass Legal in particular, since a serious matter is unresolved and meets Cafcass's criteria",
        bearer="iro",
        to=DerbyRole.CAFCASS_LEGAL,
        trigger=fact("decided", by="iro", about=DerbyTopic.MEETS_CAFCASS_CRITERIA, result="holds", dispute=KNOWN),
        given=by_reading(
            ONE_MATTER,
            both=(seek("failed", fact("outcome", stage="formal", result="not_agreed"), "dispute"),),
            criteria=(),
        ),
        when=by_reading(ONE_MATTER, both=(Present("failed"),), criteria=()),
        contact=DerbyRole.CAFCASS_LEGAL,
    ),
    Power(
        id="derby.cafcass-stays-open",
        law=law(("D-14",), "step 3", modality=Modality.MAY, verb="within the powers of"),
        act="turn to Cafcass, whatever step has been reached",
        bearer="iro",
        to="cafcass",
        trigger=Pattern("iro.now"),
        contact="cafcass",
        note="The procedure speaks of the courts too. No law was found that gives an IRO a way of their own to a "
        "court, so that half is not made a power. When a referral is called for is for the national rules.",
    ),
)
