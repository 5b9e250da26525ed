"""Judges one case by forward chaining: rows are told to the engine, and what fires makes rows of the next stratum.

In each stratum the engine is told the rows that its rules trigger on; then the rows and the keys its look-ups
seek by; when it has come to rest, each look-up chooses among what was found, and the conclusions are drawn.
Nothing is told that nothing asks for, and what is absent is only ever decided here, in a stratum at rest.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.durable.conclude import Conclusion, Deriving, Owing, Weighing
from iro_rules.engines.durable.driver import Frame, Message, Session
from iro_rules.engines.durable.engine_rules import KEY, ROW
from iro_rules.engines.durable.hand import BLANK, FALSE, TRIGGER, TRUE, Held, Unseen, weigh
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


Trigger = tuple[Held, Unseen]
"""What one production holds for one row that triggers it, and for each place without a row what may hide one."""
Work = list[tuple[Plan, Conclusion, list[Trigger]]]


class _Judging:
    """One case on its way through the strata."""

    def __init__(self, network: Network, case: CaseRows, calendar: Calendar, sessions: ExitStack) -> None:
        self.network, self.case, self.calendar, self.sessions = network, case, calendar, sessions
        self.as_of = Row("", "", case.as_of.day, None, {"day": case.as_of.day})
        self.made: dict[str, dict[str, Row]] = {}
        self.symbols = Symbols(network.constants)
        self.open: dict[int, Session] = {}
        self.queue: dict[int, list[Message]] = {}
        self.told_kinds: dict[str, bool] = {}
        self.told: list[Any] = []
        self.keys: dict[tuple[int, tuple[str, ...]], set[Sought]] = {}
        self.fired: dict[str, list[Row]] = {}
        self.found: dict[str, dict[Sought, list[Row]]] = {}
        self.clouded: dict[str, int] = {}

    def hides(self, kind: str, hidden_by: int) -> int:
        """What may hide a row of a kind: facts outside coverage, or a blank field on which a row of it hung."""
        return (hidden_by & self.case.uncovered) | self.clouded.get(kind, 0)

    def cloud(self, kinds: tuple[str, ...], missing: int) -> None:
        """Rows of these kinds may be, for want of these bits; only a blank field counts here."""
        if missing & BLANK:
            self.clouded |= dict.fromkeys(kinds, BLANK)

    def verdicts(self) -> list[Verdict]:
        """Stratum by stratum, every verdict."""
        verdicts: list[Verdict] = []
        for stratum in self.network.strata:
            work = self.triggers(stratum)
            self.look_up(work)
            for plan, conclusion, triggers in work:
                if isinstance(conclusion, Deriving):
                    self.derive(plan, conclusion, triggers)
                else:
                    self.judge(plan, conclusion, triggers, verdicts)
            if self.clouded:
                for plan, _ in stratum.plans:
                    self.cloud(plan.makes, self.clouded.get(plan.production.trigger.kind, 0))
            for rule, kind, hidden_by in stratum.hidden:
                if unseen := self.hides(kind, hidden_by):
                    verdicts.append(Verdict(rule, "", Standing.NOT_EVALUABLE, None, None, (), unseen, None))
        return verdicts

    def triggers(self, stratum: Stratum) -> Work:
        """The productions of a stratum that have triggers, in order."""
        for kind in stratum.kinds:
            self.tell_kind(kind)
        self.flush()
        work: Work = []
        as_of, fired = self.as_of, self.fired
        for plan, conclusion in stratum.plans:
            if rows := fired.get(plan.rule):
                start, end, empty, seen = plan.start, plan.end, plan.empty, plan.all_seen
                rows = rows if isinstance(conclusion, Deriving) else [row for row in rows if not row.doubt]
                triggers = [([row, *empty, as_of], [*seen]) for row in rows if start <= row.on < end]
                work.append((plan, conclusion, triggers))
        return work

    def look_up(self, work: Work) -> None:
        """Fill in what each trigger's look-ups find, in rounds: ask, let the engine come to rest, choose."""
        at = 0
        asked: dict[Search, list[Sought]] = {}
        while work := [some for some in work if some[2] and len(some[0].rounds) > at]:
            for plan, _, triggers in work:
                for search in plan.rounds[at][0]:
                    asked[search] = self.ask(search, triggers)
            self.flush()
            for plan, _, triggers in work:
                for search in plan.rounds[at][1]:
                    self.choose(search, triggers, asked[search])
            at += 1

    def ask(self, search: Search, triggers: list[Trigger]) -> list[Sought]:
        """Have the engine told what a look-up needs: the rows of its kind, and what it seeks them by."""
        if not self.tell_kind(search.kind) or not search.shape:
            return []
        sought = search.sought
        wanted = [sought(held) for held, _ in triggers]
        home = self.network.homes[search.rule]
        keys = self.keys.setdefault((home, search.shape), set())
        for values in wanted:
            if values is not None and values not in keys:
                keys.add(values)
                message = self.network.key(len(self.told), search.shape, values, self.symbols)
                self.told.append(values)
                self.queue.setdefault(home, []).append(message)
        return wanted

    def choose(self, search: Search, triggers: list[Trigger], wanted: list[Sought]) -> None:
        """Let a look-up choose among the rows the engine found for it."""
        place, chosen = search.place, search.chosen
        everything = self.fired.get(search.rule)
        found = self.found.get(search.rule)
        hidden = self.hides(search.kind, search.hidden_by)
        case = self.case
        by_day = bool(case.since and search.by_day & hidden)
        for at, (held, unseen) in enumerate(triggers):
            rows = found.get(wanted[at]) if found is not None else everything
            row = first = chosen(rows, held) if rows else None
            if rows and first is not None and first.doubt:
                # One in doubt would be taken: so it is not known which it is, whether or not a certain one is there.
                unseen[place] = first.doubt
                row = chosen([other for other in rows if not other.doubt], held)
            if row is None:
                unseen[place] |= hidden & ~search.shown(held, case) if by_day else hidden
                for other in search.leans_on:
                    unseen[place] |= unseen[other]
            elif row is first:
                held[place] = row

    def tell_kind(self, kind: str) -> bool:
        """Queue the rows of a kind, once, for the rulesets that read them, if there are any; by then it is complete."""
        if kind in self.told_kinds:
            return self.told_kinds[kind]
        made = self.made.get(kind)
        rows = self.case.rows.get(kind, []) if made is None else [*made.values()]
        self.told_kinds[kind] = bool(rows)
        if not rows:
            return False
        if len(rows) > 1:
            rows = sorted(rows, key=in_time)
        reader = self.network.kinds[kind]
        messages = reader.messages(len(self.told), rows, self.symbols)
        self.told += rows
        for home in reader.rulesets:
            self.queue.setdefault(home, []).extend(messages)
        return True

    def flush(self) -> None:
        """Tell the engine what is queued, and take in what fires."""
        queue, self.queue = self.queue, {}
        for home, messages in queue.items():
            if home not in self.open:
                self.open[home] = self.sessions.enter_context(self.network.rulesets[home].open())
            for rule, frames in self.open[home].tell(messages).items():
                self.take(rule, frames)

    def take(self, rule: str, frames: list[Frame]) -> None:
        """Note which rows a rule fired for, and for which key; their numbers rise with time, as rows are told."""
        told = self.told
        if KEY in frames[0]:
            found = self.found.setdefault(rule, {})
            for row, key in sorted([(frame[ROW]["id"], frame[KEY]["id"]) for frame in frames]):
                found.setdefault(told[key], []).append(told[row])
        else:
            self.fired[rule] = [told[row] for row in sorted([frame[ROW]["id"] for frame in frames])]

    def derive(self, plan: Plan, conclusion: Deriving, triggers: list[Trigger]) -> None:
        """Make the rows of a derivation, in doubt or not; of two with one identity, the first stays that is certain."""
        made = self.made.setdefault(conclusion.kind, {})
        for held, unseen in triggers:
            trigger = held[TRIGGER]
            assert trigger is not None
            missing = trigger.doubt | weigh(plan.when, held, unseen)
            if missing == FALSE:
                continue
            self.cloud(plan.makes, missing)
            row = conclusion.row(held, self.calendar)
            if row is not None:
                row.doubt = missing
                before = made.get(row.origin)
                if before is None or (before.doubt and not missing):
                    made[row.origin] = row

    def judge(self, plan: Plan, conclusion: Owing | Weighing, triggers: list[Trigger], verdicts: list[Verdict]) -> None:
        """Add what a production says of each of its triggers, and make the rows an obligation gives rise to."""
        rule, parts, when, contact = plan.name, plan.parts, plan.when, conclusion.contact
        if contact in self.case.unavailable:
            contact = self.reached(contact)
        as_of, calendar = self.case.as_of, self.calendar
        for held, unseen in triggers:
            missing = weigh(when, held, unseen) if when else TRUE
            if missing == FALSE:
                continue
            plan.unmatched(held, unseen)
            answer = conclusion.answer(held, unseen, missing, as_of, calendar)
            if answer is None:
                continue
            standing, due_on, due_at, lacking = answer
            trigger = held[TRIGGER]
            assert trigger is not None
            facts = tuple([(name, row.fact) for place, name in parts if (row := held[place]) is not None])
            verdicts.append(Verdict(rule, trigger.origin, standing, due_on, due_at, facts, lacking, contact))
            if plan.emits:
                self.cloud(plan.emits, lacking)
                for kind, row in conclusion.rows(held, answer):
                    self.made.setdefault(kind, {})[row.origin] = row

    def reached(self, role: str | None) -> str | None:
        """A role, or the first of those who stand in for it that can be reached; the last where nobody can."""
        while role in self.case.unavailable and role in self.network.fallbacks:
            role = self.network.fallbacks[role]
        return role
