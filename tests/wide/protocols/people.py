"""Brackmoor: who must be satisfied, who may answer for whom, and who is told or sent a copy at each stage."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Contact, Disagreement, Ladder, Notice, Silence, Stage, fact
from tests.wide.made import LAW, days, protocol


class Stages(Term):
    """Brackmoor's stages."""

    MEETING = "meeting"
    PANEL = "panel"


class Roles(Term):
    """Those whom Brackmoor names besides the national roles."""

    DEPUTY = "deputy_team_manager"
    PRINCIPAL = "principal_social_worker"
    BUSINESS_SUPPORT = "business_support"


S, R = Stages, Roles

CONCERN = Ladder(
    id="brackmoor.concern",
    title="the concern",
    law=LAW,
    topic="concern",
    opens=fact("raised", by=Role.IRO, about="concern"),
    stages=(
        Stage(
            id=S.MEETING,
            title="the meeting with the Team Manager",
            entered_by="opening",
            # The Team Manager answers, or the deputy while the Team Manager is away.
            answers=Answer(
                by=Role.TEAM_MANAGER, stand_ins=R.DEPUTY, within=days("brackmoor.meeting.within", 3)
            ),
            silence=Silence.CONSIDER,
            disagreement=Disagreement.ESCALATE,
            escalator=(Role.IRO, Role.IRO_MANAGER),
            # The concern is settled once the IRO, the social worker and the child have each said so.
            satisfied=(Role.IRO, Role.SOCIAL_WORKER, Role.CHILD),
            notices=(
                Notice(by=Role.IRO, to=Role.TEAM_MANAGER, copies=(Role.IRO_MANAGER, R.BUSINESS_SUPPORT),
                       within=days("brackmoor.meeting.tell.within", 1)),
                Notice(by=Role.TEAM_MANAGER, to=Role.SENIOR_MANAGER, at="not_agreed"),
                Notice(by=Role.IRO_SERVICE, to=Role.SENIOR_MANAGER, at="silence", name="late"),
            ),
        ),
        Stage(
            id=S.PANEL,
            title="the panel",
            # Either of two may answer for the panel, and the child's views must come with it from both advisers.
            answers=(
                Answer(by=(Role.SENIOR_MANAGER, R.PRINCIPAL), within=days("brackmoor.panel.within", 5)),
                Answer(by=(Role.ADVOCATE, Role.GUARDIAN), joint="both", name="views", about="wishes_and_feelings",
                       within=days("brackmoor.views.within", 2)),
            ),
            silence=Silence.UNSPECIFIED,
        ),
    ),
)  # fmt: skip

PROTOCOLS = (
    protocol(
        "brackmoor",
        CONCERN,
        contacts=(
            Contact(role=Role.TEAM_MANAGER, title="the Team Manager", stand_in=R.DEPUTY),
            Contact(role=R.DEPUTY, title="the deputy"),
        ),
        vocabulary=(("stage", Stages), ("role", Roles)),
    ),
)
