"""The same story under several protocols, and under the national rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, final

import attrs
import polars as pl

from iro_rules.assessment import Assessment, Setting, assess, setting
from iro_rules.assessment.assessing import check_cases
from iro_rules.assessment.words import tell
from iro_rules.errors import ProtocolError
from iro_rules.facts import Case
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.vocabulary import Term
from iro_rules.lab.frames import due_day, findings_frame
from iro_rules.protocols import Protocol, Registry
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.once import once_for_each

NATIONAL = "national"
"""How the national rules alone are named in a comparison."""

Words = tuple[tuple[str, tuple[str, ...]], ...]


@final
@attrs.frozen
class Foreign:
    """A fact told in a word that a protocol does not have, so that no rule of that protocol can ask about it."""

    protocol: str
    fact: str
    field: str
    term: str

    def words(self) -> str:
        """The same as a sentence."""
        return f"{self.protocol} has no word “{self.term}” ({self.field} of fact {self.fact}): none of its rules asks."


@final
@attrs.frozen(kw_only=True)
class Comparison:
    """One case on one day under each of several rulebooks, by name, in the order asked for.

    `foreign` lists the facts that are told in words only another of the protocols has.
    """

    case: Case
    assessments: Mapping[str, Assessment]
    foreign: tuple[Foreign, ...]

    def frame(self) -> pl.DataFrame:
        """Every finding under every protocol, one row each: the columns of `findings_frame`, and `protocol` first."""
        frames = [
            findings_frame(made).insert_column(0, pl.Series("protocol", [name] * len(made), dtype=pl.String))
            for name, made in self.assessments.items()
        ]
        return pl.concat(frames)

    def differences(self) -> pl.DataFrame:
        """The findings that do not stand the same under all: one row a finding, one column a protocol.

        A cell is the standing and the day due, and null where the finding does not arise.
        """
        names = list(self.assessments)
        same = pl.all_horizontal(*(pl.col(name).eq_missing(pl.col(names[0])) for name in names))
        return self.stands().filter(~same)

    def stands(self) -> pl.DataFrame:
        """How every finding stands under each: one row a finding, one column a protocol, as in `differences`."""
        names = list(self.assessments)
        cell = pl.concat_str("standing", pl.col("due").cast(pl.String), separator=", by ", ignore_nulls=True)
        wide = (
            self.frame()
            .select("protocol", "finding", "rule", "act", cell=cell)
            .pivot("protocol", index=["finding", "rule", "act"], values="cell")
        )
        for name in names:
            if name not in wide.columns:
                wide = wide.with_columns(pl.lit(None, pl.String).alias(name))
        return wide.select("finding", "rule", "act", *names)

    def timeline(self) -> pl.DataFrame:
        """What happened and what falls due when, on one timeline: `day`, `what`, `protocol`, `words`, `standing`, `id`.

        Facts come once, with no protocol; a deadline that several protocols share names them all.
        """
        schema = {
            "day": pl.Date, "what": pl.String, "protocol": pl.String, "words": pl.String, "standing": pl.String,
            "id": pl.String,
        }  # fmt: skip
        rows = []
        made = next(iter(self.assessments.values()))
        subject = next((f.subject for f in made if f.subject is not None), None)
        say = partial(subject.title, rule="") if subject is not None else str
        for fact in self.case.facts:
            day = date(fact.on.year, fact.on.month, fact.on.day)
            rows.append((day, "fact", "", tell(fact, say), "", fact.id))
        deadlines: dict[tuple[date, str, str, str], list[str]] = {}
        for name, each in self.assessments.items():
            for finding in each:
                if (due := due_day(finding)) is not None:
                    key = (due, finding.act, str(finding.standing), finding.id)
                    deadlines.setdefault(key, []).append(name)
        rows += [(due, "deadline", ", ".join(by), act, how, id) for (due, act, how, id), by in deadlines.items()]
        rows.sort(key=lambda row: (row[0], row[1] != "fact", row[5]))
        return pl.DataFrame(rows, schema=schema, orient="row")


def compare(
    case: Case,
    *,
    as_of: date | datetime | str,
    protocols: Iterable[str | Protocol | Rulebook | None],
    related: Iterable[Case] = (),
    readings: Mapping[str, str] | None = None,
    registry: Registry | None = None,
    unverified: bool = False,
) -> Comparison:
    """The same case judged under each protocol in turn; None (or "national") stands for the national rules alone.

    A fact may be told in the words of any of the protocols compared: under the others it is kept, its word means
    nothing to their rules, and `foreign` says so. `readings` are chosen wherever a rulebook has the
    interpretation. Raises ProtocolError for an unknown protocol, one named twice, or fewer than two; otherwise as
    `assess`.
    """
    if isinstance(protocols, str):
        right = "a list, as in [None, 'rochdale']; None stands for the national rules"
        raise ProtocolError("a comparison needs two or more", value=protocols, right=right)
    found = Registry.discover() if registry is None else registry
    settings: dict[str, Setting] = {}
    for one in protocols:
        where = setting(None if one == NATIONAL else one, registry=found, unverified=unverified)
        name = NATIONAL if one is None else one if isinstance(one, str) else one.name
        if name in settings:
            raise ProtocolError("a protocol is compared with itself", value=name, right="each protocol once")
        settings[name] = where
    if len(settings) < 2:
        raise ProtocolError(
            "a comparison needs two or more", value=list(settings), right="two or more protocols, or one and None"
        )
    others = tuple(check_cases(case, tuple(related)).values())
    foreign: list[Foreign] = []
    assessments = {}
    for name, where in settings.items():
        strange = [word for one in (case, *others) for word in _foreign(name, one, where.rulebook)]
        foreign += strange
        known = {i.id for i in where.rulebook.interpretations}
        if strange:
            book = _with_words(where.rulebook, _words_of_others(where.rulebook, settings.values()))
            where = attrs.evolve(where, rulebook=book)
        assessments[name] = assess(
            case,
            as_of=as_of,
            protocol=where,
            related=others,
            readings={id: reading for id, reading in (readings or {}).items() if id in known},
        )
    _each_reading_is_somewhere(readings or {}, settings.values())
    return Comparison(case=case, assessments=assessments, foreign=tuple(foreign))


def words_of(
    protocols: Iterable[str | Protocol | Rulebook | None], *, registry: Registry | None = None
) -> Mapping[str, Mapping[str, str]]:
    """The terms of all these protocols together, for reading a case that is told in the words of any of them.

    Raises ProtocolError for an unknown protocol.
    """
    found = Registry.discover() if registry is None else registry
    words: dict[str, dict[str, str]] = {}
    for one in protocols:
        for vocabulary, terms in setting(None if one == NATIONAL else one, registry=found).rulebook.terms.items():
            words.setdefault(vocabulary, {}).update(terms)
    return words


def _each_reading_is_somewhere(readings: Mapping[str, str], settings: Iterable[Setting]) -> None:
    known = {i.id for where in settings for i in where.rulebook.interpretations}
    for id in readings:
        if id not in known:
            raise ProtocolError("no protocol compared has such an interpretation", value=id, right="one of theirs")


def _words_of_others(rulebook: Rulebook, settings: Iterable[Setting]) -> Words:
    """By vocabulary, the words that a rulebook has not and others have."""
    found = []
    for vocabulary, own in rulebook.terms.items():
        new = {value for where in settings for value in where.rulebook.terms[vocabulary]} - own.keys()
        if new:
            found.append((vocabulary, tuple(sorted(new))))
    return tuple(found)


@once_for_each(at_most=8)
def _with_words(rulebook: Rulebook, words: Words) -> Rulebook:
    """A rulebook that also knows the words of others: one and the same for the same words."""
    family: Any = Term
    added = tuple(
        (vocabulary, family(f"{vocabulary}_of_others", {f"WORD_{number}": word for number, word in enumerate(new)}))
        for vocabulary, new in words
    )
    return attrs.evolve(rulebook, vocabulary=(*rulebook.vocabulary, *added))


def _foreign(name: str, case: Case, rulebook: Rulebook) -> list[Foreign]:
    found = []
    for fact in case.facts:
        for field, attribute in plain_fields(type(fact)).items():
            vocabulary = attribute.metadata.get("vocabulary")
            value = getattr(fact, field)
            if vocabulary is None or value is None:
                continue
            terms = value if isinstance(value, tuple) else (value,)
            found += [Foreign(name, fact.id, field, term) for term in terms if term not in rulebook.terms[vocabulary]]
    return found
