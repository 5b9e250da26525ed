"""Judges one case by forward chaining: rows are told to the engine, and what fires makes rows of the next stratum.

In each stratum the engine is told the rows that its rules trigger on; then the rows and the keys its look-ups
seek by; when it has come to rest, each look-up chooses among what was found, and the conclusions are drawn.
Nothing is told that nothing asks for, and what is absent is only ever decided here, in a stratum at rest.
"""

from __future__ import annotations

from contextlib import ExitStack

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.durable.conclude import Conclusion, Deriving, Owing
from iro_rules.engines.durable.driver import KEY, ROW, Message, Session
from iro_rules.engines.durable.network import Network, Symbols, network_of
from iro_rules.engines.durable.plan import AS_OF, FALSE, TRIGGER, Held, Plan, Search, Unseen, weigh
from iro_rules.engines.rows import CaseRows, Row
from iro_rules.engines.verdict import Verdict, in_order
from iro_rules.rulebook.core import Core, Judge, Owe
from iro_rules.rulebook.terms import Standing


def judge(core: Core, case: CaseRows, calendar: Calendar) -> tuple[Verdict, ...]:
    """Every verdict of a rulebook on one case, in order, the same as `meaning.judge` gives.

    Raises EngineError where durable-rules is not installed or the engine fails; there is no answer then.
    """
    network = network_of(core, case.subject)
    with network.lock, ExitStack() as sessions:
        return in_order(_Judging(network, case, calendar, sessions).verdicts())


class _Trigger:
    """One row that triggers one production, and what it holds so far."""

    __slots__ = ("conclusion", "held", "plan", "unseen")

    def __init__(self, plan: Plan, conclusion: Conclusion, as_of: Row, row: Row) -> None:
        self.plan, self.conclusion = plan, conclusion
        self.held: Held = [None] * len(plan.names)
        self.held[AS_OF], self.held[TRIGGER] = as_of, row
        self.unseen: Unseen = [0] * len(plan.names)


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
        self.told: list[Row | None] = []
        self.told_kinds: set[str] = set()
        self.keys: dict[tuple[int, tuple[str, ...], tuple[object, ...]], int] = {}
        self.fired: dict[str, list[Row]] = {}
        self.found: dict[str, dict[int, list[Row]]] = {}
        self.contacts: dict[str | None, str | None] = {}

    def verdicts(self) -> list[Verdict]:
        """Stratum by stratum, every verdict."""
        verdicts: list[Verdict] = []
        for stratum in self.network.strata:
            triggers = self.triggers(stratum)
            self.look_up([trigger for some in triggers for trigger in some])
            for (plan, conclusion), some in zip(stratum, triggers, strict=True):
                for trigger in some:
                    self.conclude(trigger, verdicts)
                unseen = plan.hidden_by & self.case.uncovered
                if unseen and not isinstance(conclusion, Deriving):
                    rule = plan.production.rule
                    verdicts.append(Verdict(rule, "", Standing.NOT_EVALUABLE, None, None, (), unseen, None))
        return verdicts

    def triggers(self, stratum: tuple[tuple[Plan, Conclusion], ...]) -> list[list[_Trigger]]:
        """The triggers of each production of a stratum, in order."""
        for plan, _ in stratum:
            self.tell_kind(plan.production.trigger.kind)
        self.flush()
        triggers = []
        for plan, conclusion in stratum:
            start, end = plan.production.start, plan.production.end
            rows = [row for row in self.fired.get(plan.rule, ()) if start <= row.on < end]
            rows.sort(key=lambda row: row.order)
            triggers.append([_Trigger(plan, conclusion, self.as_of, row) for row in rows])
        return triggers

    def look_up(self, triggers: list[_Trigger]) -> None:
        """Fill in what each trigger's look-ups find, in rounds: ask, let the engine come to rest, choose."""
        at = 0
        while triggers := [trigger for trigger in triggers if len(trigger.plan.rounds) > at]:
            for trigger in triggers:
                for search in trigger.plan.rounds[at][0]:
                    self.ask(search, trigger.held)
            self.flush()
            for trigger in triggers:
                for search in trigger.plan.rounds[at][1]:
                    chosen = search.choose(self.answer(search, trigger.held), trigger.held)
                    trigger.held[search.place] = chosen
                    if chosen is None:
                        trigger.unseen[search.place] = search.hidden_by & self.case.uncovered
            at += 1

    def ask(self, search: Search, held: Held) -> None:
        """Have the engine told what a look-up needs: the rows of its kind, and the key it seeks them by."""
        if search.kind not in self.rows:
            return
        self.tell_kind(search.kind)
        values = sought(search, held)
        if search.joins and values is not None:
            home = self.network.homes[search.rule]
            key = (home, search.shape, values)
            if key not in self.keys:
                self.keys[key] = number = self.number(None)
                message = self.network.key(number, search.shape, values, self.symbols)
                self.queue.setdefault(home, []).append(message)

    def answer(self, search: Search, held: Held) -> list[Row]:
        """The rows the engine found for a look-up."""
        if not search.joins:
            return self.fired.get(search.rule, [])
        values = sought(search, held)
        found = self.found.get(search.rule)
        if found is None or values is None:
            return []
        return found.get(self.keys[self.network.homes[search.rule], search.shape, values], [])

    def tell_kind(self, kind: str) -> None:
        """Queue the rows of a kind, once, for the rulesets that read them; by then the kind is complete."""
        if kind in self.told_kinds:
            return
        self.told_kinds.add(kind)
        reader = self.network.kinds[kind]
        for row in self.rows.get(kind, {}).values():
            message = reader.message(self.number(row), row, self.symbols)
            for home in reader.rulesets:
                self.queue.setdefault(home, []).append(message)

    def number(self, row: Row | None) -> int:
        """The number by which the engine knows a row, or a key, in this case."""
        self.told.append(row)
        return len(self.told) - 1

    def flush(self) -> None:
        """Tell the engine what is queued, and take in what fires."""
        queue, self.queue = self.queue, {}
        for home, messages in queue.items():
            if home not in self.open:
                self.open[home] = self.sessions.enter_context(self.network.rulesets[home].open())
            for rule, frames in self.open[home].tell(messages):
                self.take(rule, frames)

    def take(self, rule: str, frames: list[dict[str, Message]]) -> None:
        """Note which rows a rule fired for, and for which key."""
        told: list[Row] = self.told  # type: ignore[assignment]
        if KEY in frames[0]:
            found = self.found.setdefault(rule, {})
            for frame in frames:
                found.setdefault(int(frame[KEY]["id"]), []).append(told[int(frame[ROW]["id"])])
        else:
            self.fired.setdefault(rule, []).extend([told[int(frame[ROW]["id"])] for frame in frames])

    def conclude(self, trigger: _Trigger, verdicts: list[Verdict]) -> None:
        """What follows for one trigger: rows for later strata, a verdict, or nothing."""
        plan, held, unseen = trigger.plan, trigger.held, trigger.unseen
        missing = weigh(plan.when, held, unseen)
        if missing == FALSE:
            return
        conclusion, production = trigger.conclusion, plan.production
        if isinstance(conclusion, Deriving):
            row = None if missing else conclusion.row(held)
            if row is not None:
                self.rows.setdefault(conclusion.kind, {}).setdefault(row.origin, row)
            return
        if isinstance(conclusion, Owing):
            answer, act = conclusion.answer(held, unseen, missing, self.case.as_of, self.calendar)
            for kind, row in conclusion.rows(held, answer, act):
                self.rows.setdefault(kind, {})[row.origin] = row
        else:
            given = conclusion.answer(held, unseen, missing)
            if given is None:
                return
            answer = given
        assert isinstance(production, Owe | Judge)
        facts = tuple([(name, row.fact) for name, row in zip(plan.names, held, strict=True) if row is not None][1:])
        contact = self.contact(production.contact)
        standing, due_on, due_at, lacking = answer
        about = held[TRIGGER].origin if held[TRIGGER] else ""  # type: ignore[union-attr]
        verdicts.append(Verdict(production.rule, about, standing, due_on, due_at, facts, lacking, contact))

    def contact(self, role: str | None) -> str | None:
        """Who is to be reached: the role itself, or the first of its stand-ins that is not out of reach."""
        if role not in self.contacts:
            reached = role
            while reached in self.case.unavailable and reached in self.network.fallbacks:
                reached = self.network.fallbacks[reached]
            self.contacts[role] = reached
        return self.contacts[role]


def sought(search: Search, held: Held) -> tuple[object, ...] | None:
    """The values a look-up seeks by, or None where one is not known."""
    values = tuple([path.value(held) for path in search.joins])
    return None if None in values else values
