"""Thornmere: clocks that run from a review, from a form as it is received, or to a day set when a matter is raised."""

from __future__ import annotations

from iro_rules.clock import AgreedDate
from iro_rules.facts.vocabulary import Role, Term
from iro_rules.rulebook import Answer, Ladder, Notice, Silence, Stage, fact, on_receipt, on_review
from tests.wide.made import LAW, days, hours, protocol


class Stages(Term):
    """Thornmere's stages."""

    QUERY = "query"
    ACTION = "action"
    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"


class Forms(Term):
    """A form for each stage."""

    FORM_1 = "escalation_form_1"
    FORM_2 = "escalation_form_2"


S, F = Stages, Forms

QUERY = Ladder(
    id="thornmere.query",
    title="the query",
    law=LAW,
    topic="legal_query",
    opens=fact("raised", by=Role.IRO, about="legal_query"),
    stages=(
        Stage(
            id=S.QUERY,
            title="the query",
            entered_by="opening",
            answers=Answer(by=Role.SOCIAL_WORKER, within=AgreedDate("trigger.due")),
            silence=Silence.CONSIDER,
            escalator=Role.IRO,
        ),
    ),
)

ACTION = Ladder(
    id="thornmere.action",
    title="the overdue decision",
    law=LAW,
    topic="review_decision",
    opens=fact("raised", by=Role.IRO, about="review_decision"),
    stages=(
        Stage(
            id=S.ACTION,
            title="the decision of the review",
            entered_by="opening",
            answers=Answer(
                by=Role.TEAM_MANAGER, within=days("thornmere.action.within", 10), clock_from=on_review()
            ),
        ),
    ),
)  # fmt: skip

FORMAL = Ladder(
    id="thornmere.formal",
    title="the escalation",
    law=LAW,
    opens=fact("raised", by=Role.IRO, about="dispute"),
    stages=(
        Stage(
            id=S.STAGE_1,
            title="stage 1",
            entered_by="opening",
            notices=Notice(
                by=Role.IRO, to=Role.TEAM_MANAGER, document=F.FORM_1, within=days("thornmere.form.within", 2)
            ),
            answers=Answer(
                by=Role.TEAM_MANAGER,
                within=days("thornmere.stage-1.within", 5),
                clock_from=on_receipt(F.FORM_1, Role.TEAM_MANAGER),
            ),
            silence=Silence.ESCALATE,
            escalator=Role.IRO,
        ),
        Stage(
            id=S.STAGE_2,
            title="stage 2",
            notices=Notice(by=Role.IRO, to=Role.SENIOR_MANAGER, document=F.FORM_2),
            answers=Answer(
                by=Role.SENIOR_MANAGER,
                within=hours("thornmere.stage-2.within", 48),
                clock_from=on_receipt(F.FORM_2, Role.SENIOR_MANAGER),
            ),
        ),
    ),
)  # fmt: skip

PROTOCOLS = (
    protocol("thornmere", QUERY, ACTION, FORMAL, vocabulary=(("stage", Stages), ("document", Forms))),
)  # fmt: skip
