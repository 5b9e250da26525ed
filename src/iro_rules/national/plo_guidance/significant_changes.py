"""The guidance on significant changes to a care plan, and on the IRO and the Guardian keeping in touch."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import before_the_event
from iro_rules.national.plo_guidance.source import ENDED, ISSUED, during_proceedings, law
from iro_rules.national.shared import IRO_NOW, PROCEEDINGS_OPEN
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Duty, Modality, Present, Status, fact, seek

_BOTH = ("iro", "guardian")
_CHANGE = fact("happened", event="care_plan_changed", ref=KNOWN)
_MET = seek("talk", fact("meeting_held", meeting="iro_and_guardian"), "ref")
_NOT_PRACTICABLE = seek(
    "reason", fact("decided", by=_BOTH, about="sharing_views_practicable", result="does_not_hold"), "ref"
)


def _told(by: str, to: str) -> Any:
    return seek(f"{by}_told", fact("told", by=by, to=to, about="care_plan"), "ref")


def _shares(by: str, to: str, words: str) -> Duty:
    return Duty(
        id=f"plo.views-before-change.{by}",
        law=law(("P-32",), "on significant changes", "lines 83-84", verb="should, where practicable"),
        act=f"share views with {words} before a significant change to the care plan",
        bearer=by,
        to=to,
        trigger=_CHANGE,
        given=(*during_proceedings(), _NOT_PRACTICABLE),
        when=(Present("issued"), Absent("ended"), Absent("reason")),
        within=before_the_event(),
        met_by=(_told(by, to), _MET),
        needs="any",
        contact=to,
        note="Owed where practicable: a recorded decision that it was not puts it aside.",
    )


def _method(about: str, words: str) -> Duty:
    return Duty(
        id=f"plo.contact-set-up.{about.removesuffix('_contact')}",
        law=law(("P-33",), "on significant changes", "lines 84-86", modality=Modality.MUST, verb="will require"),
        act=f"settle how to reach each other by {words} during proceedings",
        bearer=_BOTH,
        to=_BOTH,
        trigger=ISSUED,
        met_by=(seek("settled", fact("recorded", about=about), "proceedings"),),
        lapses=ENDED,
        contact="guardian",
    )


def _in_review(name: str, about: str, act: str) -> Duty:
    return Duty(
        id=f"plo.change-{name}-in-review",
        law=law(("P-35",), "on significant changes", "lines 86-87"),
        act=act,
        bearer=("iro", "local_authority"),
        joint="either",
        trigger=_CHANGE,
        met_by=(seek("record", fact("recorded", about=about, review=KNOWN), "ref"),),
        note="The Regulations ask for more: that a review consider the change before it is made.",
    )


RULES = (
    _shares("iro", "guardian", "the Children's Guardian"),
    _shares("guardian", "iro", "the IRO"),
    Status(
        id="plo.views-before-change.not-practicable",
        law=law(("P-32",), "on significant changes", "lines 83-84", verb="should, where practicable"),
        act="it is on record that sharing views before this significant change to the care plan was not practicable",
        bearer=_BOTH,
        to=_BOTH,
        trigger=_CHANGE,
        given=(
            *during_proceedings(),
            _NOT_PRACTICABLE,
        ),
        when=(Present("issued"), Absent("ended"), Present("reason")),
        reported=True,
    ),
    Conflict(
        id="plo.significant-change-untraceable",
        law=law(("P-32", "P-35"), "on significant changes", "lines 83-87"),
        act="a significant change to the care plan is recorded without a reference, so whether it was discussed "
        "cannot be followed",
        trigger=fact("happened", event="care_plan_changed", ref=UNKNOWN),
    ),
    _method("telephone_contact", "telephone"),
    _method("email_contact", "e-mail"),
    Status(
        id="plo.aware-of-court-dates",
        law=law(("P-34",), "on significant changes", "line 86", modality=Modality.MUST, verb="will need"),
        act="the IRO has to know the dates of the court for as long as proceedings last, and they are going on",
        bearer="iro",
        trigger=PROCEEDINGS_OPEN,
        given=(seek("iro", IRO_NOW, pick="last"),),
        when=(Present("iro"),),
        reported=True,
        running=True,
    ),
    _in_review("discussed", "change_discussed", "discuss a significant change to the care plan in a review"),
    _in_review("reflected", "change_reflected", "have the record of a review reflect a significant change to the plan"),
)
