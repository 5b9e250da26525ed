"""Section 3 of the procedure: when the IRO must consider a referral to Cafcass.

The power to refer and the duty to consider it are national rules, which say the same; what the procedure adds is in
which ways the authority may have failed, and the managers whom Rochdale knows.
"""

from __future__ import annotations

from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Present, Status, fact, seek
from iro_rules.rulebook.terms import Pattern
from iro_rules_rochdale.source import condition
from iro_rules_rochdale.terms import SENIOR, RochdaleTopic

T = RochdaleTopic
FAILURES = (T.PLAN_NOT_PREPARED, T.CASE_NOT_REVIEWED, T.DECISION_NOT_IMPLEMENTED, "significant_failure")

MATERIALITY = Interpretation(
    "rochdale.cafcass.materiality",
    "Is a material breach of some other duty enough, or must it be a significant failure like the rest?",
    (
        ("material", "a breach the IRO calls material is enough"),
        ("significant", "only what the IRO calls a significant failure is enough"),
    ),
    "material",
    "The sentence changes its word for the fourth limb; both words leave the weighing to the IRO's opinion.",
)

PERIOD = Interpretation(
    "rochdale.cafcass.reasonable-period",
    "When is the reasonable time for putting a failure right over?",
    (
        ("iros_view", "when the IRO finds that it has not been put right"),
        ("agreed_day", "not before a day that was agreed for it has come"),
    ),
    "iros_view",
    "No length is given, and none is made up: what is reasonable is the IRO's to judge.",
)

_AGREED = fact("agreed", about="significant_failure")
AGREED_DAY = Pattern("rochdale.cafcass.agreed-day")


def _opinion(*topics: str) -> Pattern:
    return fact("decided", by="iro", about=topics, result="holds")


_EITHER = (*FAILURES, T.MATERIAL_BREACH)

RULES = (
    Status(
        id=AGREED_DAY.kind,
        law=condition(("R3-04",), "section 3", "reasonable period"),
        act="the day has come that was agreed for putting the failure right",
        trigger=_AGREED,
        moment="trigger.due",
    ),
    Status(
        id="rochdale.cafcass.referral-question",
        law=condition(("R3-02", "R3-03", "R3-04"), "section 3", "must consider"),
        act="in the IRO's opinion the authority has failed in one of four ways, a senior manager was told, and the IRO "
        "is not satisfied with what followed",
        trigger=fact("decided", by="iro", about="failure_not_addressed", result="holds"),
        given=(
            seek(
                "opinion", by_reading(MATERIALITY, material=_opinion(*_EITHER), significant=_opinion(*FAILURES)), "ref"
            ),
            seek("raised", fact("told", by="iro", to=SENIOR, about=_EITHER), "ref", until="trigger"),
            seek("agreed_day", AGREED_DAY, "ref", until="trigger"),
        ),
        when=by_reading(
            PERIOD,
            iros_view=(Present("opinion"), Present("raised")),
            agreed_day=(Present("opinion"), Present("raised"), Present("agreed_day")),
        ),
        kind="regulations.referral-question",
    ),
)
