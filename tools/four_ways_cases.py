"""Cases for `tools/four_ways.py`: whole lives, cases at random on the edges of deadlines, and ids made to be mixed up.

Each is made once, as the JSON of a case file; what a cohort's tables have of it is written from the same values.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from iro_rules.assessment import Setting
from iro_rules.assessment.assessing import check_terms
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.kinds import BITS
from iro_rules.formats.case_json import case_to_json
from iro_rules.formats.case_reader import CaseFile, related_children
from iro_rules.lab.synthetic import authorities, made_parts
from iro_rules.testing.choices import Seeded
from iro_rules.testing.from_tables import cases_of
from iro_rules.testing.random_cases import CaseAndRelated, CaseSize, random_case
from iro_rules.testing.random_rules import patterns_of
from iro_rules.testing.sharpening import sharpened

LOOK_ALIKE = ("1", "01", "1.0", "1e3", "A", "a", "a b", "a:b", "a/b", "null", "None", "true", "2026-03-02", "k" * 70)
"""Beginnings of ids that a careless reader takes for each other, for numbers or for nothing."""


def made(count: int, where: Setting, *, as_of: date, seed: int) -> list[dict[str, Any]]:
    """So many cases as the plain values of case files, no two under one id.

    Half are whole lives of looked-after children, with brothers and sisters; half are made at random from what the
    rules look for, with facts on the very edges of deadlines, and may be of an authority. Of the latter some name
    themselves, an authority or nobody as related, and one in fifty is told in terms or under ids that no door takes.
    """
    rng = random.Random(f"{seed} {where.rulebook.name}")
    cases = [*lives(max(2, count // 4 * 2), where, as_of=as_of, seed=seed)]
    cases += at_random(count - len(cases), where, as_of=as_of, rng=rng)
    known = {case.id: case for case in cases}
    return [told(case, known, rng, spoilt=number % 50 == 49) for number, case in enumerate(cases)]


def lives(count: int, where: Setting, *, as_of: date, seed: int) -> Iterator[Case]:
    """Children of one authority, as `iro-rules generate cohort` makes them; one in nine has a record of few kinds."""
    known = [p for p in where.registry.protocols if p.name == where.rulebook.name]
    (authority,) = authorities(count, 1, known)
    covered = sum(BITS[kind] for kind in authority.covered)
    few = covered & ~sum(BITS[kind] for kind in ("appointed", "provided", "told", "legal_status", "outcome"))
    for part in made_parts([authority], seed=seed, as_of=as_of):
        narrow = pl.when(pl.int_range(pl.len()) % 9 == 4).then(pl.lit(few)).otherwise(pl.lit(covered))
        table = pl.DataFrame({"case": part.cases}).with_columns(subject=pl.lit("child"), covered=narrow.cast(pl.Int64))
        yield from cases_of(part.events, table)


def at_random(count: int, where: Setting, *, as_of: date, rng: random.Random) -> Iterator[Case]:
    """Cases of few days and keys under ids that look alike; the cases they name stand among them."""
    core = where.rulebook.core()
    size = CaseSize(facts=30, days=6, keys=2, fitting=85, patterns=patterns_of(core))
    made_by_now = 0
    while made_by_now < count:
        near = attrs.evolve(size, around=as_of) if rng.random() < 0.7 else size
        found = sharpened(Seeded(rng), core, random_case(rng, near), where.calendar, most=4, size=near)
        for case in _named(found, made_by_now, where, rng):
            if made_by_now < count:
                made_by_now += 1
                yield case


def _named(found: CaseAndRelated, number: int, where: Setting, rng: random.Random) -> Iterator[Case]:
    """A case and those related to it under ids of their own, without what the rulebook has no term for."""

    def name(of: int) -> str:
        return f"{LOOK_ALIKE[of % len(LOOK_ALIKE)]}{'' if of < len(LOOK_ALIKE) else f'.{of // len(LOOK_ALIKE)}'}"

    own = name(number)
    others = {id: name(number + place) for place, id in enumerate(found.related, 1)}
    odd = (own, name(rng.randrange(number + 1)), "nobody")
    facts = [_renamed(fact, others, rng.choice(odd)) for fact in found.case.facts]
    yield attrs.evolve(found.case, id=own, facts=[fact for fact in facts if _known(fact, where)])
    for id, case in found.related.items():
        yield attrs.evolve(case, id=others[id], facts=[fact for fact in case.facts if _known(fact, where)])


def _renamed(fact: Fact, others: Mapping[str, str], otherwise: str) -> Fact:
    if fact.kind() != "related":
        return fact
    child = fact.content()["child"]
    return attrs.evolve(fact, child=others.get(child, otherwise))  # type: ignore[call-arg]


def _known(fact: Fact, where: Setting) -> bool:
    alone = Case("one", [fact], coverage=_NOTHING, subject=fact.SUBJECT)
    try:
        check_terms(alone, where.rulebook)
    except CaseError:
        return False
    return True


_NOTHING = Coverage.only()


def told(case: Case, known: Mapping[str, Case], rng: random.Random, *, spoilt: bool) -> dict[str, Any]:
    """A case as a case file with the cases it names, its facts in any order and some of them twice.

    A spoilt one ends with a fact that makes `assess` refuse it.
    """
    named = sorted(related_children(case) - {case.id})
    beside = {name: known[name] for name in named if name in known and known[name].subject == "child"}
    plain = case_to_json(CaseFile(case, beside))
    facts = [*plain["facts"], *rng.sample(plain["facts"], len(plain["facts"]) // 10)]
    rng.shuffle(facts)
    if spoilt:
        facts.append(rng.choice(_spoilt(facts)))
    return plain | {"facts": facts}


def _spoilt(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wrong = [{"kind": "review_hold", "id": "wrong", "when": "2026-01-05"}]
    wrong += [{"kind": "visited", "id": "wrong", "when": day, "by": "iro"} for day in ("2026-02-30", "1066-10-14")]
    return wrong if not facts else [*wrong, facts[0] | {"when": "2019-07-13"}]


def write_tables(cases: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """The same cases as event tables: `jsonl/events.jsonl` as text, `parquet/` with the rows numbered alike, and the
    tables of cases beside them."""
    rows = [
        {"case": case["case"], **{name: _flat(value) for name, value in fact.items()}}
        for case in cases
        for fact in case["facts"]
    ]
    listed = [{"case": c["case"], "subject": c["subject"], "coverage": _covered(c["coverage"])} for c in cases]
    for name, table in (("events", rows), ("cases", listed)):
        for kind in ("jsonl", "parquet"):
            (folder / kind).mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(row) + "\n" for row in table)
        (folder / "jsonl" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        columns = dict.fromkeys(name for row in table for name in row)
        frame = pl.DataFrame({column: [row.get(column) for row in table] for column in columns}, strict=True)
        frame.with_columns(row=pl.int_range(1, pl.len() + 1)).write_parquet(folder / "parquet" / f"{name}.parquet")


def _flat(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def _covered(said: Any) -> str:
    """What a table of cases says of coverage, in words."""
    given = said if isinstance(said, Mapping) else {"kinds": said, "since": {}}
    kinds = given["kinds"]
    words = [kinds] if isinstance(kinds, str) else list(kinds)
    words += [f"{kind}>={day}" for kind, day in given["since"].items()]
    return " ".join(words) or "nothing"
