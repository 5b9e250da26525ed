"""The nine duties in CLIPS, by clipspy: facts in working memory, and rules with joins and absences.

clipspy is BSD-licensed and kept up (1.0.6 of October 2025); CLIPS itself, version 6.4, is MIT No Attribution. An
environment leaks as facts come and go, so every thousand cases have a new one. Facts are asserted through their
templates (reading them as text takes ten times as long), with days due looked up before: a call from a rule back into
Python for each would cost more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import clips

from benchmarks.peers.rows import Case, Dues, Finding, cases, write_rows
from benchmarks.peers.work import BEFORE, FIRST, IRO, LATER, SECOND, TODAY

CASES_AT_ONCE = 1_000
_TEMPLATES = {
    "start": "(slot case) (slot id) (slot iro_due) (slot first_due)",
    "appointed": "(slot case) (slot day)",
    "review": "(slot case) (slot id) (slot key) (slot number) (slot next) (slot day) (slot next_due)"
    + " (slot before_15) (slot before_3) (slot before_0)",
    "done": "(slot case) (slot rule) (slot key) (slot day)",
}
_OWED = (
    (IRO, "(start (case ?c) (id ?i) (iro_due ?d))", "(appointed (case ?c){})"),
    (FIRST, "(start (case ?c) (id ?i) (first_due ?d))", "(review (case ?c) (number 1){})"),
    (SECOND, "(review (case ?c) (id ?i) (number 1) (next_due ?d))", "(review (case ?c) (number 2){})"),
    (LATER, "(review (case ?c) (id ?i) (number ~1) (next ?n) (next_due ?d))", "(review (case ?c) (number ?n){})"),
    *(
        (
            duty.rule,
            f"(review (case ?c) (id ?i) (key ?k) (before_{duty.days} ?d))",
            f'(done (case ?c) (rule "{duty.rule}") (key ?k){{}})',
        )
        for duty in BEFORE
    ),
)
"""Of each duty its rule, the fact that gives rise to it, and the fact that meets it."""


def constructs() -> Iterator[str]:
    """The templates, and two rules for each duty: the act was done, or it was not."""
    for name, slots in _TEMPLATES.items():
        yield f"(deftemplate {name} {slots})"
    for rule, trigger, act in _OWED:
        found = f'(found ?c "{rule}" ?i'
        timely = "(if (<= ?a ?d) then met else met_late)"
        yield f"(defrule {rule}-done {trigger} {act.format(' (day ?a)')} => {found} {timely} ?d))"
        passed = f"(if (< ?d {TODAY}) then overdue else open)"
        yield f"(defrule {rule}-not-done {trigger} (not {act.format('')}) => {found} {passed} ?d))"


class Contender:
    """A thousand cases at once in one environment, told apart by a join on the case."""

    def __init__(self) -> None:
        self.dues = Dues()

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        found: list[Finding] = []
        every = cases(events)
        while some := list(islice(every, CASES_AT_ONCE)):
            self._judge(some, found)
        write_rows(out, found)

    def _judge(self, some: list[Case], found: list[Finding]) -> None:
        env = clips.Environment()

        def say(case: str, rule: str, about: str, standing: str, due: int) -> None:
            found.append((case, rule, about, standing, due))

        env.define_function(say, "found")
        for construct in constructs():
            env.build(construct)
        templates = {name: env.find_template(name) for name in _TEMPLATES}
        for case in some:
            self._tell(case, templates)
        env.run()

    def _tell(self, case: Case, templates: dict[str, clips.Template]) -> None:
        own, dues = case.id, self.dues
        id, day = case.start
        templates["start"].assert_fact(case=own, id=id, iro_due=dues.iro[day], first_due=dues.first[day])
        if case.appointed is not None:
            templates["appointed"].assert_fact(case=own, day=case.appointed)
        for number, (id, key, day) in enumerate(case.reviews, 1):
            before = {f"before_{duty.days}": dues.before[duty.rule][day] for duty in BEFORE}
            due = (dues.second if number == 1 else dues.later)[day]
            templates["review"].assert_fact(
                case=own, id=id, key=key, number=number, next=number + 1, day=day, next_due=due, **before
            )
        for (rule, key), day in case.done.items():
            templates["done"].assert_fact(case=own, rule=rule, key=key, day=day)
