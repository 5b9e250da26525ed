"""What the other tests stand on: generated rulebooks and cases reach everything that a reader must get right."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import cache

import attrs

from iro_rules.clock import AgreedDate, Chosen, Clock, Soft, Unit
from iro_rules.engines.meaning import steps
from iro_rules.facts.kinds import BEYOND_CALENDAR, BITS, FIELD_NOT_GIVEN, KIND_FIELDS, TIME_OF_DAY
from iro_rules.rulebook.core import Core, Derive, Judge, Owe
from iro_rules.rulebook.terms import Absent, Compare, Present, Standing
from iro_rules.testing.random_cases import random_case
from iro_rules.testing.random_rules import random_core
from iro_rules.testing.saved import Situation, from_plain, to_plain
from iro_rules.testing.strategies import random_situation
from tests.readers.agreement import CALENDAR, answer, rows

SEEDS = 800


@cache
def sample() -> tuple[Situation, ...]:
    """A few hundred situations."""
    return tuple(random_situation(random.Random(seed), CALENDAR) for seed in range(SEEDS))


def said(core: Core) -> dict[str, object]:
    """What a core says; two cores are equal only where they are one."""
    return attrs.asdict(core, recurse=False)


def told(situation: Situation) -> dict[str, object]:
    """All that a situation holds."""
    return attrs.asdict(situation, recurse=False) | {"core": said(situation.core)}


def test_a_seed_makes_one_rulebook_one_case_and_one_situation() -> None:
    """What was found once can be made again."""
    for seed in range(10):
        assert said(random_core(random.Random(seed))) == said(random_core(random.Random(seed)))
        assert random_case(random.Random(seed)) == random_case(random.Random(seed))
    assert told(random_situation(random.Random(3), CALENDAR)) == told(sample()[3])


def test_every_feature_of_rules_is_generated() -> None:
    """Each production, timescale, unit and direction, test, comparison and way of looking up."""
    seen: Counter[str] = Counter()
    for production in (p for situation in sample() for p in situation.core.productions()):
        seen[type(production).__name__] += 1
        seen["bounded"] += production.start > 0 or production.end < 10**9
        patterns = [production.trigger, *(x.pattern for x in production.lookups)]
        seen.update(f"test {test.op}" for pattern in patterns for test in pattern.where)
        for lookup in production.lookups:
            seen.update([f"pick {lookup.pick}", f"{len(lookup.on)} joins"])
            seen.update(name for name in ("since", "until", "after", "before") if getattr(lookup, name))
            seen["joined to a look-up"] += any(not path.startswith(("trigger", "as_of")) for _, path in lookup.on)
        verdicts = production.verdicts if isinstance(production, Judge) else ()
        for condition in (*production.when, *(c for conditions, _ in verdicts for c in conditions)):
            seen[type(condition).__name__] += 1
            if isinstance(condition, Compare):
                seen[f"compare {condition.op}"] += 1
                seen["as_of.day"] += "as_of.day" in (condition.left, condition.right)
        if isinstance(production, Owe):
            within = production.within
            seen.update(
                [f"needs {production.needs}", type(within).__name__, *(e.split("/")[1] for e in production.emits)]
            )
            seen["lapse"] += production.lapse is not None
            seen["anchor elsewhere"] += production.anchor != "trigger"
            if isinstance(within, Clock):
                seen[f"{within.unit} {within.direction} {within.tight}"] += 1
                seen["number changed"] += len(getattr(within.number, "values", ())) > 1
        if isinstance(production, Derive):
            seen["identity elsewhere"] += production.identity != "trigger"
            seen["moment elsewhere"] += production.moment != "trigger"
            seen["shifted"] += production.shift is not None
            seen["kept"] += bool(production.keep)
    both = [u for u in Unit if u not in (Unit.HOURS, Unit.YEAR_ENDS)]
    wanted = [
        "Derive", "Owe", "Judge", "bounded", "pick first", "pick last", "0 joins", "1 joins", "2 joins", "since",
        "until", "after", "before", "joined to a look-up", "as_of.day", "needs all", "needs any", "met", "overdue",
        "lapse", "anchor elsewhere", "number changed", "identity elsewhere", "moment elsewhere", "shifted", "kept",
        *(cls.__name__ for cls in (Present, Absent, Compare, Clock, Chosen, AgreedDate, Soft)), "NoneType",
        *(f"test {op}" for op in ("eq", "in", "has", "known", "unknown", "gt", "lt")),
        *(f"compare {op}" for op in ("eq", "ne", "lt", "le", "gt", "ge")),
        *(f"{unit} after {tight}" for unit in Unit for tight in (False, True)),
        *(f"{unit} before {tight}" for unit in both for tight in (False, True)),
    ]  # fmt: skip
    assert [name for name in wanted if seen[name] < 2] == []


def test_every_kind_of_answer_is_reached() -> None:
    """Each standing, each thing that can be missing, deadlines in days and hours, stand-ins, made and imported rows."""
    seen: Counter[str] = Counter()
    for situation in sample():
        prepared = rows(situation)
        verdicts = answer(situation)
        for verdict in verdicts:
            seen.update([str(verdict.standing), *verdict.missing_names()])
            seen["nothing known of the trigger"] += not verdict.about
            seen["due on"] += verdict.due_on is not None
            seen["due at"] += verdict.due_at is not None
            named = next(
                p for p in situation.core.productions() if p.rule == verdict.rule and not isinstance(p, Derive)
            )
            seen["stand-in"] += verdict.contact not in (None, getattr(named, "contact", None))
        for production, held in steps(situation.core, prepared, CALENDAR, []):
            seen["made row"] += production.trigger.kind not in KIND_FIELDS
            seen["overdue row"] += production.trigger.kind.endswith("/overdue")
            seen["met row"] += production.trigger.kind.endswith("/met")
            seen["imported row"] += any(row is not None and row.fact.startswith("s0/") for row in held.values())
    wanted = [
        *Standing, TIME_OF_DAY, BEYOND_CALENDAR, FIELD_NOT_GIVEN, "nothing known of the trigger", "due on", "due at",
        "stand-in", "made row", "overdue row", "met row", "imported row",
    ]  # fmt: skip
    assert [name for name in wanted if seen[name] < 2] == []
    assert sum(name in BITS for name in seen) > 20


def test_a_situation_reads_back_from_its_file_as_itself() -> None:
    """Rules, facts, relations and the moment survive being saved."""
    for situation in sample():
        again = from_plain(json.loads(json.dumps(to_plain(situation, found="nothing"))))
        assert told(again) == told(situation)
