"""Section 4 of the procedure: the IRO, the Children's Guardian and the legal adviser during care proceedings."""

from __future__ import annotations

from typing import Any

from iro_rules.clock import AgreedDate, Soft, before_the_event
from iro_rules.national.handbook.disputes import FORMAL
from iro_rules.national.handbook.proceedings import IRO_THEN
from iro_rules.national.plo_guidance.source import during_proceedings
from iro_rules.national.shared import PROCEEDINGS_OPEN, TIMED
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, UNKNOWN, Absent, Conflict, Duty, Present, Status, Towards, fact, seek
from iro_rules.rulebook.terms import Lookup, Pattern
from iro_rules_rochdale.source import condition, law, should
from iro_rules_rochdale.terms import RochdaleEvent, RochdaleTopic

T = RochdaleTopic
_BOTH = ("iro", "guardian")
_OVER = seek("over", fact("proceedings_ended"), "proceedings")
_WORK_WITH_GUARDIAN = ((Towards.IMPLEMENTS, "handbook.work-with-guardian"),)
_TALK = fact("meeting_held", meeting="iro_and_guardian")

REVIEW = Pattern("rochdale.proceedings.review")
"""Reviews held or arranged while proceedings go on."""

TELLER = Interpretation(
    "rochdale.proceedings.who-tells-the-guardian",
    "Who tells the Children's Guardian of a review, the IRO or the authority?",
    (
        ("either", "whoever does it"),
        ("iro", "the IRO"),
        ("authority", "the authority, through the social worker or its managers or lawyers"),
    ),
    "either",
    "The sentence names nobody. What matters to the Guardian is to have been told.",
)

TOPICS = Interpretation(
    "rochdale.proceedings.topics",
    "Does each discussion with the Guardian have to include every topic, or do the discussions together?",
    (
        ("together", "all of them, some time in the proceedings"),
        ("each", "each of them, whenever the two meet"),
    ),
    "together",
    "The topics belong to a discussion that goes on at intervals, not to any one meeting.",
)


def _by_teller(name: str, about: str) -> Any:
    def notice(**by: Any) -> tuple[Lookup, ...]:
        return (seek(name, fact("told", to="guardian", about=about, **by), "review"),)

    authority = ("social_worker", "team_manager", "local_authority", "legal_department")
    return by_reading(TELLER, either=notice(), iro=notice(by="iro"), authority=notice(by=authority))


def _of_a_review(name: str, about: str, act: str, *given: Lookup) -> Duty:
    return Duty(
        id=f"rochdale.proceedings.{name}",
        law=should(("R4-03",), "section 4", national=_WORK_WITH_GUARDIAN),
        act=act,
        bearer=("iro", "local_authority"),
        joint="either",
        to="guardian",
        trigger=REVIEW,
        given=given,
        when=tuple(Present(lookup.name) for lookup in given),
        within=before_the_event(),
        met_by=_by_teller("notice", about),
        contact="guardian",
    )


ARRANGED = (
    Duty(
        id="rochdale.proceedings.communication-settled",
        law=law(("R4-01",), "section 4", verb="will need to", national=_WORK_WITH_GUARDIAN),
        act="settle together what communication the planning for the child needs",
        bearer=_BOTH,
        to=_BOTH,
        trigger=IRO_THEN,
        met_by=(seek("settled", fact("agreed", by=_BOTH, about=T.COMMUNICATION), "proceedings", since="trigger"),),
        lapses=_OVER,
        contact="guardian",
        note="One record of it serves both. The source sets no clock.",
    ),
    Duty(
        id="rochdale.proceedings.legal-adviser-told",
        law=should(("R4-02",), "section 4", national=((Towards.ADDS_TO, "handbook.legal-told-of-iro"),)),
        act="give the authority's legal adviser the IRO's name and contact details",
        bearer="iro",
        to="legal_department",
        trigger=IRO_THEN,
        given=(seek("iro", fact("appointed", role="iro"), until="trigger", pick="last"),),
        within=Soft("as soon as the IRO has been appointed"),
        met_by=(seek("details", fact("told", by="iro", to="legal_department", about="iro_details"), since="iro"),),
        lapses=_OVER,
        contact="legal_department",
        note="Here the IRO owes it; nationally the IRO service does. The IRO's own notice meets both.",
    ),
    Status(
        id=REVIEW.kind,
        law=condition(("R4-03",), "section 4", "subject to proceedings"),
        act="a review is arranged or was held while proceedings went on",
        trigger=TIMED,
        given=during_proceedings(),
        when=(Present("issued"), Absent("ended")),
    ),
    _of_a_review("guardian-told-of-review", "review", "tell the Children's Guardian of the review"),
    _of_a_review(
        "guardian-invited",
        T.GUARDIAN_INVITATION,
        "invite the Children's Guardian to the review, since that was found to be right",
        seek("found_right", fact("decided", about=T.GUARDIAN_INVITATION, result="holds"), "review"),
    ),
)


def _topic(name: str, row: str, about: str, act: str) -> Duty:
    discussed = fact("told", by=_BOTH, to=_BOTH, about=about)
    return Duty(
        id=f"rochdale.proceedings.{name}",
        law=should((row,), "section 4", verb="include", national=_WORK_WITH_GUARDIAN),
        act=act,
        bearer="iro",
        to="guardian",
        trigger=by_reading(
            TOPICS, together=IRO_THEN, each=fact(_TALK.kind, meeting="iro_and_guardian", proceedings=KNOWN)
        ),
        met_by=by_reading(
            TOPICS,
            together=(seek("discussed", discussed, "proceedings", since="trigger"),),
            each=(seek("discussed", discussed, "proceedings", since="trigger", until="trigger"),),
        ),
        lapses=_OVER,
        contact="guardian",
        note="Met by what either told the other about it.",
    )


def _news(name: str, row: str, event: str, about: str, act: str) -> Duty:
    return Duty(
        id=f"rochdale.proceedings.{name}",
        law=should((row,), "section 4", verb="include", national=_WORK_WITH_GUARDIAN),
        act=act,
        bearer="iro",
        to="guardian",
        trigger=fact("happened", event=event, ref=KNOWN),
        given=during_proceedings(),
        when=(Present("issued"), Absent("ended")),
        met_by=(seek("discussed", fact("told", by=_BOTH, to=_BOTH, about=about), "ref"),),
        lapses=seek("over", fact("proceedings_ended"), on={"proceedings": "issued.proceedings"}),
        contact="guardian",
        note="Owed for each by itself, while the proceedings go on.",
    )


DISCUSSED = (
    Duty(
        id="rochdale.proceedings.discussion",
        law=should(("R4-05",), "section 4", national=_WORK_WITH_GUARDIAN),
        act="be in discussion with the Children's Guardian",
        bearer="iro",
        to="guardian",
        trigger=IRO_THEN,
        within=Soft("at intervals appropriate to the child"),
        met_by=(seek("talk", _TALK, "proceedings", since="trigger"),),
        lapses=_OVER,
        contact="guardian",
        note="How often is for the IRO to judge: a next day that was settled is followed by itself.",
    ),
    Duty(
        id="rochdale.proceedings.next-discussion",
        law=should(("R4-05",), "section 4", national=_WORK_WITH_GUARDIAN),
        act="be in discussion with the Children's Guardian again by the day settled for it",
        bearer="iro",
        to="guardian",
        trigger=fact("agreed", by=_BOTH, about=T.NEXT_DISCUSSION, due=KNOWN, proceedings=KNOWN),
        within=AgreedDate("trigger.due"),
        met_by=(seek("talk", _TALK, "proceedings", after="trigger"),),
        lapses=_OVER,
        contact="guardian",
    ),
    _topic(
        "wishes-discussed", "R4-06", "wishes_and_feelings", "discuss with the Guardian what the child wants and feels"
    ),
    _topic("plan-discussed", "R4-07", "care_plan", "discuss the current care plan with the Guardian"),
    _topic(
        "formal-dispute-discussed",
        "R4-08",
        "formal_dispute",
        "discuss with the Guardian whether anything in the care plan is in formal dispute",
    ),
    Duty(
        id="rochdale.proceedings.dispute-details-discussed",
        law=should(("R4-08",), "section 4", verb="include", national=_WORK_WITH_GUARDIAN),
        act="discuss with the Guardian the details of a formal dispute about the care plan",
        bearer="iro",
        to="guardian",
        trigger=FORMAL,
        given=(seek("issued", PROCEEDINGS_OPEN, pick="last"),),
        when=(Present("issued"),),
        met_by=(seek("discussed", fact("told", by=_BOTH, to=_BOTH, about="formal_dispute"), "dispute"),),
        contact="guardian",
    ),
    _news(
        "complaint-discussed",
        "R4-09",
        "complaint_made",
        "complaint",
        "discuss with the Guardian a complaint about the case",
    ),
    _news(
        "court-issue-discussed",
        "R4-10",
        RochdaleEvent.COURT_ISSUE,
        T.COURT_ISSUE,
        "discuss with the Guardian what was raised in court about carrying out the care plan",
    ),
    Conflict(
        id="rochdale.proceedings.court-issue-untraceable",
        law=condition(("R4-10",), "section 4", "any issues"),
        act="an issue raised in court is recorded without a reference, so whether it was discussed cannot be followed",
        trigger=fact("happened", event=RochdaleEvent.COURT_ISSUE, ref=UNKNOWN),
    ),
)

RULES = (*ARRANGED, *DISCUSSED)
