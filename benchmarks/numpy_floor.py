"""The floor: the national rules of a child's case and Rochdale's two ladders, written by hand in NumPy.

It is no reader. It knows these rules by heart, and of the cases it takes for granted what `testing.realistic`
says of them: one period of care, one set of proceedings, at most one dispute, concern and failure, each told, given
or held once, reviews in the order of their keys. A fact is put at its place in an array of cases (or of cases and
reviews), where an obligation is a few comparisons of days. A rule that changes must be changed here by hand; the
run says which findings differ until it is.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from benchmarks.arrays import OVERDUE, PLACE, Chunk, Findings, Ints, Part, Some, Tables, Words
from iro_rules.lab.synthetic.block import NEVER, NONE
from iro_rules.lab.synthetic.chapters import REVIEW_DOCUMENTS
from iro_rules.rulebook.terms import Standing
from iro_rules.testing.realistic import Cohort

CHUNK = 4_000
D, C = "rochdale.dispute", "rochdale.concern"
SAFEGUARDING = "service_manager_for_safeguarding"
DIRECTOR = "director_of_childrens_services"
TOLD = (
    ("taking_it_to_the_team_manager", "iro", "social_worker"),
    ("dispute", "iro", "team_manager"),
    ("response", "team_manager", "iro"),
    ("going_formal", "iro", "team_manager"),
    ("going_formal", "iro", "iro_team_manager"),
    ("concern", "iro", "social_worker"),
    ("concern", "iro", "team_manager"),
    ("concern", "iro", "service_manager"),
    ("concern", "iro", "head_of_service"),
    ("stage_outcome", "iro", "iro_service_manager"),
    ("stage_outcome", "team_manager", "service_manager"),
    ("stage_outcome", "service_manager", "head_of_service"),
    ("stage_outcome", "head_of_service", "executive_director"),
    ("representations", "iro", "head_of_service"),
    ("significant_failure", "iro", ("senior_manager", DIRECTOR)),
    ("review", ("social_worker", "iro"), ("social_worker", "iro")),
)
DECIDED = (
    ("significant_failure", "iro", "holds"),
    ("failure_not_addressed", "iro", "holds"),
    ("cafcass_referral", "iro", None),
    ("sibling_conflict_of_interest", None, "holds"),
    ("sibling_group_too_large", None, "holds"),
    ("dispute", DIRECTOR, None),
    ("representations", "iro", None),
)
STAGES = ("informal", "three_way_meeting", "safeguarding_manager", "service_director", "director")
STEPS = ("step_2", "step_3", "step_4")


def judge(cohort: Cohort, tables: Tables, as_of: int) -> Findings:
    """Every finding on every case of a cohort, on a day (an ordinal)."""
    words = _Known(cohort)
    found: dict[str, list[Part]] = {}
    count = len(cohort.cases)
    starts = np.arange(0, count + CHUNK, CHUNK)
    bounds = np.searchsorted(cohort.columns["case"], starts)
    for low, first, last in zip(starts, bounds[:-1], bounds[1:], strict=False):
        size = min(CHUNK, count - int(low))
        if size > 0:
            some = _Chunk(cohort, words, tables, as_of, int(low), size, slice(int(first), int(last)))
            some.judge()
            for name, parts in some.found.items():
                found.setdefault(name, []).extend(parts)
    rules = tuple(sorted(found))
    sizes = [sum(len(part[0]) for part in found[name]) for name in rules]
    columns = [np.concatenate([part[n] for name in rules for part in found[name]]) for n in range(4)]
    rule = np.repeat(np.arange(len(rules), dtype=np.int16), sizes)
    return Findings(rules, words.names, columns[0], rule, *columns[1:])


class _Known(Words):
    """The words, and what a fact of a kind is by the words in its fields."""

    def __init__(self, cohort: Cohort) -> None:
        super().__init__(cohort)
        self.told = self.table(("about", "by", "to"), TOLD)
        self.decided = self.table(("about", "by", "result"), DECIDED)
        self.stage = self.table(("stage",), [(stage,) for stage in (*STAGES, *STEPS)])
        self.document = self.table(("document",), [(name,) for name in (*REVIEW_DOCUMENTS, "court_document")])


class _Chunk(Chunk):
    """The rules, on some cases."""

    words: _Known

    @cached_property
    def started(self) -> Some:
        """For each case the row of the start of care."""
        return self.by_case(self.of("became_looked_after"))

    @cached_property
    def left(self) -> Ints:
        """For each case the day the child left care."""
        return self.day[self.by_case(self.of("ceased_to_be_looked_after"))]

    def judge(self) -> None:
        """Note every finding."""
        self.told = self._told()
        rows = self.of("decided")
        columns = self.columns
        classes = self.words.decided[columns["about"][rows], columns["by"][rows], columns["result"][rows]]
        self._named(rows, classes, 5, f"{D}.decision-untraceable")
        self._named(rows, classes, 6, f"{C}.representations-untraceable")
        self.decided = self.by_class(rows, classes, len(DECIDED))
        self._appointments()
        self._reviews()
        self._court()
        self._cafcass()
        if "stage" in self.columns:
            rows = self.of("outcome")
            settled = columns["result"][rows] == self.words.place("result", "agreed")
            classes = self.words.stage[columns["stage"][rows]]
            self.ended = self.by_class(rows, classes, len(STAGES) + len(STEPS))
            self.agreed = self.by_class(rows[settled], classes[settled], len(STAGES) + len(STEPS))
            rows = self.of("recorded")
            self.recorded = self.by_class(rows, self.words.stage[columns["stage"][rows]], len(STAGES) + len(STEPS))
            self._dispute()
            self._concern()

    def _told(self) -> Some:
        rows, columns = self.of("told"), self.columns
        classes = self.words.told[columns["about"][rows], columns["by"][rows], columns["to"][rows]]
        self._named(rows, classes, 1, f"{D}.untraceable")
        review = classes == len(TOLD) - 1
        self.contact = self.by_review(rows[review])
        return self.by_class(rows[~review], classes[~review], len(TOLD))

    def _named(self, rows: Some, classes: npt.NDArray[np.int8], number: int, conflict: str) -> None:
        """Facts of a class that do not name their dispute are conflicts, and nothing else."""
        lost = np.flatnonzero(classes == number)
        if len(lost):
            lost = lost[self.columns["dispute"][rows[lost]] == NONE]
            classes[lost] = -1
            cases = self.case[rows[lost]].astype(np.intp)
            self.say(conflict, cases, self.columns["id"][rows[lost]], PLACE[Standing.CONFLICT])

    # The national rules

    def _appointments(self) -> None:
        rows = self.where("appointed", role="iro")
        first = np.full(self.size, NEVER, np.int32)
        np.minimum.at(first, self.case[rows], self.day[rows])
        self.appointed = first
        cases = np.flatnonzero(self.started != self.none)
        start = self.started[cases]
        due = self.later(self.day[start], 5)
        self.owe("handbook.iro-appointed", cases, self.columns["id"][start], due, first[cases], left=self.left[cases])
        self._same_iro(rows)

    def _same_iro(self, rows: Some) -> None:
        person, case = self.columns["person"], self.case
        left = self.by_case(self.where("ended", role="iro"))[case[rows]]
        gone = (left != self.none) & (person[np.minimum(left, self.none - 1)] == person[rows])
        rows = rows[~(gone & (self.day[left] >= self.day[rows]))]
        rows = rows[np.argsort(self.day[rows], kind="stable")]
        now = np.append(person, np.int16(NONE))[self.by_case(rows)]
        for rule, relation, same in (
            ("handbook.siblings-share-iro", "sibling", True),
            ("handbook.parent-and-child-have-different-iros", "parent", False),
        ):
            related = self.where("related", relation=relation)
            here = np.where(self.left[case[related]] == NEVER, now[case[related]], NONE)
            there = now[self.columns["child"][related] - self.low]
            related, kept = related[(here != NONE) & (there != NONE)], (here == there) == same
            kept = kept[(here != NONE) & (there != NONE)]
            cases = case[related].astype(np.intp)
            excused = (self.decided[3:5, cases] != self.none).any(axis=0) & same
            unkept = np.where(excused, PLACE[Standing.EXCUSED], PLACE[Standing.BREACHED])
            self.say(rule, cases, self.columns["id"][related], np.where(kept, PLACE[Standing.KEPT], unkept))

    def _reviews(self) -> None:
        held_row = self.by_review(self.of("review_held"))
        self.held = held = self.day[held_row]
        planned = np.full(held.shape, NEVER, np.int32)
        rows = self.of("review_planned")
        rows = rows[np.argsort(self.day[rows], kind="stable")]
        planned[self.case[rows], self.columns["review"][rows]] = self.columns["planned_for"][rows]
        timed = np.where(held != NEVER, held, planned)
        self._prepared(timed)
        cases, number = np.nonzero(held != NEVER)
        self._held(cases, number.astype(np.int32), held[cases, number], self.columns["id"][held_row[cases, number]])
        cases = np.flatnonzero((timed != NEVER).any(axis=1))
        review = timed[cases].argmin(axis=1).astype(np.int32)
        self.owe(
            "act.iro-before-first-review", cases, review + self.words.first_review, timed[cases, review],
            self.appointed[cases], fallen=self._fallen(cases, review),
        )  # fmt: skip

    def _held(self, cases: Some, number: Ints, day: Ints, fact: Ints) -> None:
        start, left = self.day[self.started], self.left
        outside = start[cases] > day
        conflict = PLACE[Standing.CONFLICT]
        self.say("facts.review-outside-care", cases[outside], fact[outside], conflict)
        after = left[cases] < day
        self.say("facts.review-after-care", cases[after], fact[after], conflict)
        began = np.flatnonzero(self.started != self.none)
        held = self.held[began]
        done = np.where(held >= start[began, None], held, NEVER).min(axis=1)
        due = self.later(start[began], 20)
        about = self.columns["id"][self.started[began]]
        self.owe("regulations.first-review", began, about, due, done, left=left[began])
        if not len(cases):
            return
        same = np.append(cases[1:] == cases[:-1], False)
        following = np.where(same, np.append(day[1:], NEVER), NEVER)
        earlier = np.append(False, same[:-1])
        for rule, some, months in (
            ("regulations.second-review", ~earlier, 3),
            ("regulations.later-review", earlier, 6),
        ):
            due = self.tables.months[months][day[some] - self.tables.first]
            about = number[some] + self.words.first_review
            self.owe(rule, cases[some], about, due, following[some], left=left[cases[some]])

    def _fallen(self, cases: Some, number: Some | Ints) -> Ints:
        """The day the child left care where the review had not been held: what was to prepare it falls away then."""
        found: Ints = np.where(self.left[cases] < self.held[cases, number], self.left[cases], NEVER)
        return found

    def _prepared(self, timed: Ints) -> None:
        cases, number = np.nonzero(timed != NEVER)
        day = timed[cases, number] - self.tables.first
        about = number.astype(np.int32) + self.words.first_review
        fallen = self._fallen(cases, number)
        spoke = self.day[self.contact[cases, number]]
        self.owe("handbook.contact-before-review", cases, about, self.tables.before[15][day], spoke, fallen=fallen)
        due = self.tables.before[3][day]
        rows = self.of("provided")
        rows = rows[self.columns["to"][rows] == self.words.place("to", "iro")]
        self.copies = rows
        classes = self.words.document[self.columns["document"][rows]]
        for place, name in enumerate(("care-plan", "health-plan", "education-plan", "social-work-report")):
            given = self.day[self.by_review(rows[classes == place])[cases, number]]
            self.owe(f"handbook.{name}-before-review", cases, about, due, given, fallen=fallen)

    def _court(self) -> None:
        rows = self.where("received", by="legal_department", document="court_document")
        ref = self.columns["ref"]
        unknown = rows[ref[rows] == NONE]
        cases = self.case[unknown].astype(np.intp)
        untraceable = "handbook.court-documents.untraceable"
        self.say(untraceable, cases, self.columns["id"][unknown], PLACE[Standing.CONFLICT])
        rows = rows[ref[rows] != NONE]
        copies = self.copies[self.words.document[self.columns["document"][self.copies]] == len(REVIEW_DOCUMENTS)]
        given = np.full((self.size, int(ref.max(initial=0)) + 2), NEVER, np.int32)
        given[self.case[copies], ref[copies]] = self.day[copies]
        cases = self.case[rows].astype(np.intp)
        due = self.later(self.day[rows], 5)
        self.owe("handbook.court-documents", cases, self.columns["id"][rows], due, given[cases, ref[rows]])
        filed = self.where("filed", document="final_evidence")
        cases = self.case[filed].astype(np.intp)
        issued = self.day[self.by_case(self.of("proceedings_issued"))][cases]
        day, about = self.day[filed], self.columns["id"][filed]
        before = issued <= day
        none = PLACE[Standing.CONFLICT]
        self.say("plo.filed-without-proceedings", cases[~before], about[~before], none)
        held = self.held[cases]
        bare = before & ~((held >= issued[:, None]) & (held <= day[:, None])).any(axis=1)
        self.say("plo.plan-not-endorsed", cases[bare], about[bare], PLACE[Standing.HOLDS])

    def _cafcass(self) -> None:
        opinion, still, weighed = self.decided[0], self.decided[1], self.decided[2]
        raised = self.told[14]
        asks = (opinion != self.none) & (self.day[raised] <= self.day[still])
        self.duty("regulations.consider-cafcass-referral", np.where(asks, still, self.none), weighed)

    # Rochdale's ladders

    def _dispute(self) -> None:
        told, none = self.told, self.none
        informal, meeting, manager, service = (self.ended[n] for n in range(4))
        informal_no, meeting_no, manager_no, service_no = (
            np.where(self.agreed[n] == none, self.ended[n], none) for n in range(4)
        )
        raised = self.by_case(self.where("raised", about="dispute", by="iro"))
        self.duty(f"{D}.tell-social-worker", raised, told[0], since=False)
        self.duty(f"{D}.raise-with-team-manager", raised, told[1], 2, since=False)
        cases, standing = self.duty(f"{D}.team-manager-response", told[1], told[2], 5, left=self.day[informal])
        self._silent("informal", told[1], cases[standing == OVERDUE], informal)
        self.duty(f"{D}.record-informal", informal, self.recorded[0])
        self.duty(f"{D}.announce-formal", informal_no, told[3])
        self.duty(f"{D}.tell-iro-team-manager", informal_no, told[4])
        held = self.by_case(self.where("meeting_held", meeting="three_way_meeting"))
        planned = self.by_case(self.where("meeting_planned", meeting="three_way_meeting"))
        arranged = np.where(self.day[planned] <= self.day[held], planned, held)
        self.duty(f"{D}.three-way-meeting", informal_no, arranged, 5, since=False)
        self.duty(f"{D}.record-meeting", meeting, self.recorded[1])
        steps = self.of("step_taken")
        classes = self.words.stage[self.columns["stage"][steps]]
        step = self.by_class(steps, classes, len(STAGES) + len(STEPS))
        self.duty(f"{D}.escalate-to-safeguarding-manager", meeting_no, step[2])
        talked = self.by_case(self.where("meeting_held", meeting="managers_discussion"))
        self.duty(f"{D}.managers-discussion", step[2], talked, 1)
        self.duty(f"{D}.escalate-to-service-director", manager_no, step[3], 1)
        self.duty(f"{D}.refer-to-director", service_no, step[4])
        decided = self.decided[5]
        cases, standing = self.duty(f"{D}.director-decision", step[4], decided, 3)
        self._silent("director", step[4], cases[standing == OVERDUE], self.ended[4])
        self.duty(f"{D}.record-stage", manager, self.recorded[2])
        self.duty(f"{D}.record-stage", service, self.recorded[3])
        self.duty(f"{D}.record-decision", decided, self.recorded[4])
        self._powers(raised, decided)

    def _silent(self, stage: str, asked: Some, overdue: Some, ended: Some) -> None:
        """The conflict where an answer is overdue, the stage goes on, and silence is left without a consequence."""
        cases = overdue[ended[overdue] == self.none]
        self.say(f"{D}.{stage}.silence", cases, self.columns["id"][asked[cases]], PLACE[Standing.CONFLICT])

    def _powers(self, raised: Some, decided: Some) -> None:
        closed = (self.agreed[: len(STAGES)] != self.none).any(axis=0) | (decided != self.none)
        cases = np.flatnonzero((raised != self.none) & ~closed)
        about = self.columns["id"][raised[cases]]
        available = PLACE[Standing.AVAILABLE]
        agreed = self.by_case(self.where("agreed", by=SAFEGUARDING, about="legal_advice"))
        self.say(f"{D}.cafcass-advice", cases, about, available)
        self.say(f"{D}.cafcass-referral", cases, about, available)
        gate = np.where(agreed[cases] != self.none, available, PLACE[Standing.AFTER_PERMISSION])
        self.say(f"{D}.legal-advice", cases, about, gate)
        asked = self.where("requested", by="iro", about="legal_advice")
        cases = self.case[asked].astype(np.intp)
        first = self.day[agreed[cases]] <= self.day[asked]
        standing = np.where(first, PLACE[Standing.KEPT], PLACE[Standing.BREACHED])
        self.say(f"{D}.legal-advice-by-agreement", cases, self.columns["id"][asked], standing)

    def _concern(self) -> None:
        told, none, day = self.told, self.none, self.day
        raised = self.by_case(self.where("raised", about="concern", by="iro"))
        window = np.append(self.columns["window"], NONE)[raised]
        rows, conflict = self.columns["id"], PLACE[Standing.CONFLICT]
        for name, wrong in (("long", window > 7), ("short", (window < 1) & (window != NONE))):
            cases = np.flatnonzero(wrong)
            self.say(f"{C}.window-too-{name}", cases, rows[raised[cases]], conflict)
        window = np.where(window == NONE, 7, np.clip(window, 1, 7))
        notice = np.where(day[told[5]] >= day[raised], told[5], none)
        self._chosen("step-1-tell-social-worker", raised, day[raised], notice, window)
        noted = np.where(notice != none, raised, none)
        self._chosen("step-2-contact", noted, day[notice], told[6], window)
        ends = [np.where(self.agreed[5 + n] == none, self.ended[5 + n], none) for n in range(3)]
        for n in range(3):
            self.duty(f"{C}.step-{n + 2}-record", self.agreed[5 + n], self.recorded[5 + n])
        cases = np.flatnonzero(ends[0] != none)
        over = day[ends[0][cases]]
        by = [np.where(day[told[n][cases]] >= over, day[told[n][cases]], NEVER) for n in (9, 10)]
        due = self.later(over, 1)
        self.owe(f"{C}.step-2-outcome", cases, rows[ends[0][cases]], due, np.maximum(*by))
        self._chosen("step-3-contact", ends[0], day[ends[0]], told[7], window)
        self.duty(f"{C}.step-3-outcome", ends[1], told[11], 1)
        self._chosen("step-4-contact", ends[1], day[ends[1]], told[8], window)
        self.duty(f"{C}.step-4-report", ends[2], told[12])
        meant = self.decided[6]
        cases = np.flatnonzero(meant != none)
        due = day[meant[cases]] + 7
        self.owe(f"{C}.representations", cases, rows[meant[cases]], due, day[told[13][cases]])

    def _chosen(self, rule: str, trigger: Some, start: Ints, done: Some, window: Ints) -> None:
        """A duty within the window chosen for the risk, from a day that is the trigger's own or its discharge."""
        cases = np.flatnonzero(trigger != self.none)
        start = start[cases]
        due = self.tables.working[self.tables.rank[start - self.tables.first] + window[cases] - 1]
        day = self.day[done[cases]]
        done_on = np.where(day >= start, day, NEVER)
        self.owe(f"{C}.{rule}", cases, self.columns["id"][trigger[cases]], due, done_on)
