"""Judges one case by forward chaining: rows are told to the engine, and what fires makes rows of the next stratum.

In each stratum the engine is told the rows that its rules trigger on; then the rows and the keys its look-ups
seek by; when it has come to rest, each look-up chooses among what was found, and the conclusions are drawn.
Nothing is told that nothing asks for, and what is absent is only ever decided here, in a stratum at rest.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.durable.conclude import Conclusion, Deriving, Owing
from iro_rules.engines.durable.driver import Frame, Message, Session
from iro_rules.engines.durable.engine_rules import KEY, ROW
from iro_rules.engines.durable.hand import FALSE, TRIGGER, TRUE, Held, Unseen, weigh
from iro_rules.engines.durable.network import Network, Stratum, Symbols, network_of
from iro_rules.engines.durable.plan import Plan, Search, in_time
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.engines.verdict import Verdict, in_order
from iro_rules.rulebook.core import Core
from iro_rules.rulebook.terms import Standing


def judge(core: Core, case: CaseRows, calendar: Calendar) -> tuple[Verdict, ...]:
    """Every verdict of a rulebook on one case, in order, the same as `meaning.judge` gives.

    Raises EngineError where durable-rules is not installed or the engine fails; there is no answer then.
    """
    network = network_of(core, case.subject)
    with network.lock, ExitStack() as sessions:
        return in_order(_Judging(network, case, calendar, sessions).verdicts())


Sought = Any
"""What rows are sought by: a value, or a tuple of them."""


class _Trigger:
    """What one production holds for one trigger, and for each place without a row the bits that may hide one."""

    __slots__ = ("held", "unseen")

    def __init__(self, plan: Plan, row: Row, as_of: Row) -> None:
        self.held: Held = [None] * len(plan.names)
        self.held[TRIGGER] = row
        self.held.append(as_of)
        self.unseen: Unseen = [0] * len(self.held)


Work = list[tuple[Plan, Conclusion, list[_Trigger]]]


class _Judging:
    """One case on its way through the strata."""

    def __init__(self, network: Network, case: CaseRows, calendar: Calendar, sessions: ExitStack) -> None:
        self.network, self.case, self.calendar, self.sessions = network, case, calendar, sessions
        self.as_of = Row("", "", case.as_of.day, None, {"day": case.as_of.day})
        self.rows: dict[str, dict[str, Row]] = {
            kind: {row.origin: row for row in rows} for kind, rows in case.rows.items()
        }
        self.symbols = Symbols(network.constants)
        self.open: dict[int, Session] = {}
        self.queue: dict[int, list[Message]] = {}
        self.told_kinds: set[str] = set()
        self.told: list[Any] = []
        self.keys: dict[tuple[int, tuple[str, ...]], set[Sought]] = {}
        self.fired: dict[str, list[Row]] = {}
        self.found: dict[str, dict[Sought, list[Row]]] = {}

    def verdicts(self) -> list[Verdict]:
        """Stratum by stratum, every verdict."""
        verdicts: list[Verdict] = []
        for stratum in self.network.strata:
            work = self.triggers(stratum)
            self.look_up(work)
            for plan, conclusion, triggers in work:
                for trigger in triggers:
                    self.conclude(plan, conclusion, trigger, verdicts)
                unseen = plan.hidden_by & self.case.uncovered
                if unseen and not isinstance(conclusion, Deriving):
                    rule = plan.production.rule
                    verdicts.append(Verdict(rule, "", Standing.NOT_EVALUABLE, None, None, (), unseen, None))
        return verdicts

    def triggers(self, stratum: Stratum) -> Work:
        """The productions of a stratum with their triggers, in order."""
        for kind in stratum.kinds:
            self.tell_kind(kind)
        self.flush()
        work = []
        for plan, conclusion in stratum.plans:
            triggers: list[_Trigger] = []
            if rows := self.fired.get(plan.rule):
                start, end = plan.production.start, plan.production.end
                triggers = [_Trigger(plan, row, self.as_of) for row in rows if start <= row.on < end]
            work.append((plan, conclusion, triggers))
        return work

    def look_up(self, work: Work) -> None:
        """Fill in what each trigger's look-ups find, in rounds: ask, let the engine come to rest, choose."""
        at = 0
        while work := [some for some in work if some[2] and len(some[0].rounds) > at]:
            for plan, _, triggers in work:
                for search in plan.rounds[at][0]:
                    self.ask(search, triggers)
            self.flush()
            for plan, _, triggers in work:
                for search in plan.rounds[at][1]:
                    self.choose(search, triggers)
            at += 1

    def ask(self, search: Search, triggers: list[_Trigger]) -> None:
        """Have the engine told what a look-up needs: the rows of its kind, and the keys it seeks them by."""
        if search.kind not in self.rows:
            return
        self.tell_kind(search.kind)
        if not search.shape:
            return
        home = self.network.homes[search.rule]
        keys = self.keys.setdefault((home, search.shape), set())
        sought = search.sought
        for trigger in triggers:
            values = sought(trigger.held)
            if values is not None and values not in keys:
                keys.add(values)
                message = self.network.key(len(self.told), search.shape, values, self.symbols)
                self.told.append(values)
                self.queue.setdefault(home, []).append(message)

    def choose(self, search: Search, triggers: list[_Trigger]) -> None:
        """Let a look-up choose among the rows the engine found for it."""
        everything = self.fired.get(search.rule)
        found = self.found.get(search.rule)
        hidden, place, sought = search.hidden_by & self.case.uncovered, search.place, search.sought
        for trigger in triggers:
            rows = everything
            if found is not None:
                values = sought(trigger.held)
                rows = None if values is None else found.get(values)
            chosen = search.chosen(rows, trigger.held) if rows else None
            if chosen is None:
                trigger.unseen[place] = hidden
            else:
                trigger.held[place] = chosen

    def tell_kind(self, kind: str) -> None:
        """Queue the rows of a kind, once, for the rulesets that read them; by then the kind is complete."""
        if kind in self.told_kinds:
            return
        self.told_kinds.add(kind)
        rows = self.rows.get(kind)
        if not rows:
            return
        reader, symbols = self.network.kinds[kind], self.symbols
        messages = [reader.message(number, row, symbols) for number, row in enumerate(rows.values(), len(self.told))]
        self.told += rows.values()
        for home in reader.rulesets:
            self.queue.setdefault(home, []).extend(messages)

    def flush(self) -> None:
        """Tell the engine what is queued, and take in what fires."""
        queue, self.queue = self.queue, {}
        for home, messages in queue.items():
            if home not in self.open:
                self.open[home] = self.sessions.enter_context(self.network.rulesets[home].open())
            for rule, frames in self.open[home].tell(messages):
                self.take(rule, frames)

    def take(self, rule: str, frames: list[Frame]) -> None:
        """Note which rows a rule fired for, in time where they may be triggers, and for which key."""
        told = self.told
        if KEY in frames[0]:
            found = self.found.setdefault(rule, {})
            for frame in frames:
                found.setdefault(told[frame[KEY]["id"]], []).append(told[frame[ROW]["id"]])
        else:
            rows = self.fired.setdefault(rule, [])
            rows += [told[frame[ROW]["id"]] for frame in frames]
            rows.sort(key=in_time)

    def conclude(self, plan: Plan, conclusion: Conclusion, trigger: _Trigger, verdicts: list[Verdict]) -> None:
        """What follows for one trigger: rows for later strata, a verdict, or nothing."""
        held, unseen = trigger.held, trigger.unseen
        missing = weigh(plan.when, held, unseen) if plan.when else TRUE
        if missing == FALSE:
            return
        if isinstance(conclusion, Deriving):
            row = None if missing else conclusion.row(held)
            if row is not None:
                self.rows.setdefault(conclusion.kind, {}).setdefault(row.origin, row)
            return
        if isinstance(conclusion, Owing):
            answer, rows = conclusion.answer(held, unseen, missing, self.case.as_of, self.calendar)
            for kind, row in rows:
                self.rows.setdefault(kind, {})[row.origin] = row
        else:
            given = conclusion.answer(held, unseen, missing)
            if given is None:
                return
            answer = given
        parts = zip(plan.names, held, strict=False)
        facts = tuple([(name, row.fact) for name, row in parts if row is not None])
        standing, due_on, due_at, lacking = answer
        contact = conclusion.contact
        if contact in self.case.unavailable:
            contact = self.stand_in(contact)
        about = held[TRIGGER].origin  # type: ignore[union-attr]
        rule = plan.production.rule
        verdicts.append(Verdict(rule, about, standing, due_on, due_at, facts, lacking, contact))

    def stand_in(self, role: str | None) -> str | None:
        """The first of those who stand in for a role that can be reached; the last of them where nobody can."""
        while role in self.case.unavailable and role in self.network.fallbacks:
            role = self.network.fallbacks[role]
        return role
