"""`assess`: one case, one day, every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from iro_rules.assessment.answer import Engine, ask, engine_named
from iro_rules.assessment.assessment import Assessment
from iro_rules.assessment.bundle import surroundings, write_bundle
from iro_rules.assessment.making import make_assessment
from iro_rules.assessment.settings import Setting, setting
from iro_rules.engines.rows import AsOf, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CaseError, nearest
from iro_rules.facts import Case
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import to_moment
from iro_rules.protocols import Protocol
from iro_rules.rulebook import Rulebook


def assess(
    case: Case,
    *,
    as_of: date | datetime | str,
    protocol: str | Protocol | Rulebook | Setting | None = None,
    related: Iterable[Case] = (),
    engine: str = Engine.CHECKED,
    readings: Mapping[str, str] | None = None,
    robustness: bool = True,
    bundles: Path | None = None,
    unverified: bool = False,
) -> Assessment:
    """What is owed in one case on a day, by whom, by when, under which rule, and how each thing stands.

    `as_of` is a date (the whole London day) or an aware datetime. `related` are the cases of brothers,
    sisters and parents. `readings` chooses readings of interpretations; `robustness=False` leaves out the
    comparison with other readings; `bundles` is the folder for what is kept if two readers differ. `unverified`
    brings in the rules whose source nobody has read; each of their findings says so.

    Raises CaseError for a fact the rulebook cannot read, CalendarError for a day it does not know,
    ProtocolError, InterpretationError and EngineError for choices that do not exist, and
    ReaderDisagreement where two readers differ.
    """
    where = protocol if isinstance(protocol, Setting) else setting(protocol, unverified=unverified)
    chosen = dict(readings or {})
    core = where.rulebook.core(chosen)
    others = check_cases(case, tuple(related))
    for one in (case, *others.values()):
        check_terms(one, where.rulebook)
    moment = AsOf.of(as_of)
    rows = prepare(case, as_of=moment, calendar=where.calendar, related=others)
    named = engine_named(engine)

    def columnar() -> tuple[Verdict, ...]:
        from iro_rules.engines import columnar as reader

        return reader.judge(core, case, as_of=moment, calendar=where.calendar, related=others)

    def disagreement(found: tuple[Verdict, ...], defined: tuple[Verdict, ...]) -> str:
        about = {"as_of": to_moment(as_of, name="as_of").isoformat(), "readings": chosen, **surroundings(where)}
        return write_bundle(
            bundles, case=case, related=others, about=about, answers={"durable": found, "meaning": defined}
        )

    answer = ask(core, rows, where.calendar, engine=named, columnar=columnar, disagreement=disagreement)
    made = make_assessment(case, others, rows, answer, where, chosen, as_of, robustness=robustness)
    where.registry.observe(made)
    return made


def check_cases(case: Any, related: tuple[Any, ...]) -> dict[str, Case]:
    """The related cases by id. Raises CaseError for what is not a case, and for two cases under one id."""
    found: dict[str, Case] = {}
    for one in (case, *related):
        if not isinstance(one, Case):
            right = "an iro_rules.Case; a file read with read_case has one as `.case`, and `.related.values()`"
            raise CaseError("this is not a case", value=type(one).__name__, right=right)
        if found.setdefault(one.id, one) != one:
            raise CaseError(
                "two cases have one id", where=f"case {case.id}", value=one.id, right="one id for each case"
            )
    del found[case.id]
    return found


def check_terms(case: Case, rulebook: Rulebook) -> None:
    """Raises CaseError for the first fact that uses a term this rulebook does not have."""
    for fact in case.facts:
        for name, attribute in plain_fields(type(fact)).items():
            vocabulary = attribute.metadata.get("vocabulary")
            value = getattr(fact, name)
            if vocabulary is None or value is None:
                continue
            for term in value if isinstance(value, tuple) else (value,):
                if term not in rulebook.terms[vocabulary]:
                    raise CaseError(
                        f"{name} is not a {vocabulary.replace('_', ' ')} of this rulebook",
                        where=f"case {case.id}, fact {fact.id} ({fact.kind()})",
                        value=term,
                        right=f"{nearest(term, rulebook.terms[vocabulary])}; or the protocol it comes from, "
                        "which was not asked for",
                    )
