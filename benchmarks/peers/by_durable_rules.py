"""The nine duties on durable-rules used directly: its own `Host`, rules in its own words, a session for each case.

durable-rules is MIT-licensed; its last release is of June 2020. Written as a newcomer would, short of what crashes:
a session is deleted when its case is done (1,024 may live), so the timers of `Host` are never started; joins are by
equality alone; absences are told by a last fact, once all evidence is in. Days due are looked up by the actions of
the rules. Facts of a case are asserted in one batch here, and each by itself in `one_by_one`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from durable.engine import Host
from durable.lang import c, m, none, ruleset, when_all

from benchmarks.peers.rows import Case, Dues, Finding, cases, write_rows
from benchmarks.peers.work import BEFORE, FIRST, IRO, LATE, LATER, MET, OPEN, OVERDUE, SECOND, TODAY

NAME = "duties"
Said = Callable[[], Any]


def _done(rule: str) -> Any:
    return (m.kind == rule) & (m.review == c.owed.review)


class Quiet(Host):  # type: ignore[misc]
    """A host without timer threads, which crash where sessions are deleted."""

    def _run(self) -> None:
        pass


class Contender:
    """One host, one ruleset, one session at a time."""

    def __init__(self) -> None:
        self.dues = Dues()
        self.found: list[Finding] = []
        book = ruleset(NAME)
        with book:
            self._define()
        name, definition = book.define()
        self.host = Quiet({name: definition})

    def _define(self) -> None:
        """Two rules for each duty: the act was done, or all evidence is in and it was not."""
        started: Said = lambda: m.kind == "start"  # noqa: E731
        first: Said = lambda: (m.kind == "review") & (m.number == 1)  # noqa: E731
        later: Said = lambda: (m.kind == "review") & (m.number > 1)  # noqa: E731
        held: Said = lambda: m.kind == "review"  # noqa: E731
        following: Said = lambda: (m.kind == "review") & (m.number == c.owed.next)  # noqa: E731
        self._owed(IRO, self.dues.iro, started, lambda: m.kind == "appointed")
        self._owed(FIRST, self.dues.first, started, first)
        self._owed(SECOND, self.dues.second, first, following)
        self._owed(LATER, self.dues.later, later, following)
        for duty in BEFORE:
            done = partial(_done, duty.rule)
            self._owed(duty.rule, self.dues.before[duty.rule], held, done)

    def _owed(self, rule: str, due: list[int], trigger: Said, act: Said) -> None:
        """An expression of durable-rules is changed by the rule it is given to, so each rule has its own."""

        def done(found: Any) -> None:
            day = due[int(found.owed.day)]
            self._say(found, rule, MET if found.act.day <= day else LATE, day)

        def not_done(found: Any) -> None:
            day = due[int(found.owed.day)]
            self._say(found, rule, OVERDUE if day < TODAY else OPEN, day)

        when_all(c.owed << trigger(), c.act << act())(done)
        when_all(c.owed << trigger(), none(act()), c.all_in << (m.kind == "all_in"))(not_done)

    def _say(self, found: Any, rule: str, standing: str, due: int) -> None:
        self.found.append((found.owed.sid, rule, found.owed.fact, standing, due))

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        self.found.clear()
        for case in cases(events):
            self.tell(list(self._facts(case)))
            self.host.assert_fact(NAME, {"sid": case.id, "id": "all-in", "kind": "all_in"})
            self._raised(case.id)
            self.host.delete_state(NAME, case.id)
        write_rows(out, self.found)

    def tell(self, facts: list[dict[str, Any]]) -> None:
        """Assert the facts of a case."""
        self.host.assert_facts(NAME, facts)

    def _raised(self, case: str) -> None:
        """What an action raised, the engine keeps to itself."""
        state = self.host.get_state(NAME, case)
        if "exception" in state:
            raise RuntimeError(state["exception"])

    def _facts(self, case: Case) -> Iterator[dict[str, Any]]:
        """Evidence before what it is evidence for, hence the last review first: an absence is right only so."""
        own = {"sid": case.id}
        for number, ((rule, key), day) in enumerate(case.done.items()):
            yield {**own, "id": f"done-{number}", "kind": rule, "review": key, "day": day}
        if case.appointed is not None:
            yield {**own, "id": "appointed", "kind": "appointed", "day": case.appointed}
        for number, (id, key, day) in reversed(list(enumerate(case.reviews, 1))):
            numbers = {"number": number, "next": number + 1}
            yield {**own, "id": key, "kind": "review", "fact": id, "review": key, "day": day, **numbers}
        id, day = case.start
        yield {**own, "id": "start", "kind": "start", "fact": id, "day": day}
