"""Chapter 1 of the Handbook: what the IRO's job is, and what it is not."""

from __future__ import annotations

from iro_rules.national.handbook.source import law
from iro_rules.national.shared import IRO_NOW
from iro_rules.rulebook import Absent, Conflict, Modality, Present, Status, Verified, fact, seek

# Whoever manages the case or supervises its social worker; who wrote the plan is not on record.
ON_THE_CASE = ("social_worker", "team_manager")

_APART = law(
    ("N-H09",),
    "paras 1.22 and 3.70, as quoted by Family Law Week",
    modality=Modality.CONDITION,
    verb="is not the IRO's job",
    verified=Verified.V2,
)

RULES = (
    Status(
        id="handbook.quality-assurance",
        law=law(
            ("N-H08",), "para 1.21, as quoted by a council's dispute procedure", verb="main job", verified=Verified.V2
        ),
        act="the IRO's main job runs: to assure the quality of planning and review for the child, "
        "and to see the child's current wishes given full weight",
        bearer="iro",
        to="child",
        trigger=IRO_NOW,
        reported=True,
        running=True,
        note="A duty without an end: it runs for as long as somebody is the child's IRO. No act discharges it.",
    ),
    Conflict(
        id="handbook.iro-from-the-case",
        law=_APART,
        act="the person appointed as IRO was, on that day, the child's social worker or the manager above",
        trigger=fact("appointed", role="iro"),
        given=(
            seek("job", fact("appointed", role=ON_THE_CASE), "person", "period", until="trigger", pick="last"),
            seek("left", fact("ended", role=ON_THE_CASE), "person", "period", since="job", until="trigger"),
        ),
        when=(Present("job"), Absent("left")),
        note="Managing the case and supervising its social worker are not the IRO's job, nor is writing the plan; "
        "who wrote it is not on record.",
    ),
    Conflict(
        id="handbook.iro-onto-the-case",
        law=_APART,
        act="the child's IRO took up the case as its social worker or as the manager above",
        trigger=fact("appointed", role=ON_THE_CASE),
        given=(
            seek("post", fact("appointed", role="iro"), "person", "period", until="trigger", pick="last"),
            seek("left", fact("ended", role="iro"), "person", "period", since="post", until="trigger"),
        ),
        when=(Present("post"), Absent("left")),
    ),
)
