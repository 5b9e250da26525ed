"""What each question comes to: the library is asked as the command line asks it, and its answer written alike.

All of this runs in a process that judges one case at a time; what it imports stays out of the process that listens.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from iro_rules import __version__
from iro_rules.errors import RulebookError, nearest
from iro_rules.formats.assessment_json import explanation_to_json, json_text
from iro_rules.http.asking import Question
from iro_rules.readings import chosen_readings

if TYPE_CHECKING:
    from iro_rules.assessment import Assessment, Setting
    from iro_rules.formats import CaseFile


@lru_cache(maxsize=32)
def where(protocol: str | None, unverified: bool) -> Setting:
    """The rulebook, calendar and packages; put together once for each protocol that exists."""
    from iro_rules.assessment import setting

    return setting(protocol, unverified=unverified)


def assess(asked: Question) -> bytes:
    """The assessment, byte for byte as `iro-rules assess --format json` writes it."""
    from iro_rules.formats.assessment_json import assessment_to_json

    return _json(assessment_to_json(_judged(asked, _case(asked))))


def calendar(asked: Question) -> bytes:
    """The deadlines as a calendar file."""
    from iro_rules.report.ics import calendar_of

    return calendar_of(_judged(asked, _case(asked)))


def audit(asked: Question) -> bytes:
    """The audit of an authority's service."""
    from iro_rules.formats.audit_json import audit_to_json
    from iro_rules.report.audit import audit_of, refuse_a_child

    file = _case(asked)
    refuse_a_child(file.case)
    return _json(audit_to_json(audit_of(_judged(asked, file))))


def explain(asked: Question) -> bytes:
    """One finding, or all of one rule, explained."""
    from iro_rules.http.bodies import read_question
    from iro_rules.report.explanation import findings_named

    file, name = read_question(asked.body, terms=_setting(asked).rulebook.terms, limits=asked.limits)
    made = _judged(asked, file)
    return _json(explanation_to_json(made, findings_named(made, name)))


def what_if(asked: Question) -> bytes:
    """What a supposition would change."""
    from iro_rules.lab import read_supposition, what_if_to_json
    from iro_rules.lab import what_if as suppose

    setting = _setting(asked)
    given = read_supposition(asked.body, terms=setting.rulebook.terms, limits=asked.limits)
    found = suppose(
        given.file.case,
        as_of=asked.one("as_of") or "",
        add=given.add,
        without=given.without,
        move=given.move,
        change=given.change,
        protocol=setting,
        related=given.file.related.values(),
        readings=_readings(asked),
    )
    return _json(what_if_to_json(found, given.file.case))


def compare(asked: Question) -> bytes:
    """One case under several protocols."""
    from iro_rules.formats.case_json import read_case
    from iro_rules.lab import compare as side_by_side
    from iro_rules.lab import comparison_to_json, words_of

    names = asked.given["protocols"]
    read = read_case(asked.body, terms=words_of(names), limits=asked.limits)
    found = side_by_side(
        read.case,
        as_of=asked.one("as_of") or "",
        protocols=names,
        related=read.related.values(),
        readings=_readings(asked),
        unverified=asked.one("unverified") == "true",
    )
    return _json(comparison_to_json(found))


def rules(asked: Question) -> bytes:
    """The rules of a rulebook, or one of them; also those whose source nobody has read, which say so."""
    from iro_rules.report.rules import rules_to_json

    book = where(asked.one("protocol"), True).rulebook
    told, name = rules_to_json(book), asked.one("rule")
    if name is not None:
        known = [rule["id"] for rule in told["rules"]]
        if name not in known:
            raise RulebookError("there is no such rule", where=book.name, value=name, right=nearest(name, known))
        told["rules"] = [rule for rule in told["rules"] if rule["id"] == name]
        open_questions = told["rules"][0]["interpretations"]
        told["interpretations"] = [one for one in told["interpretations"] if one["id"] in open_questions]
    return _json(told)


def protocols(_: Question) -> bytes:
    """The protocol packages installed."""
    from iro_rules.protocols import Registry
    from iro_rules.report.rules import packages_to_json

    return _json(packages_to_json(Registry.discover()))


def protocol_check(asked: Question) -> bytes:
    """What a protocol's check finds."""
    return _checked(asked.one("protocol") or "")


@lru_cache(maxsize=32)
def _checked(name: str) -> bytes:
    from iro_rules.checking import check
    from iro_rules.formats.check_json import check_to_json

    setting = where(name, True)
    protocol = setting.registry.protocol(name)
    return _json(check_to_json(check(protocol, calendar=setting.calendar, beside=setting.registry.protocols)))


def version(_: Question) -> bytes:
    """Which version of the library answers, and under which editions of the rules."""
    book = where(None, True).rulebook
    packages = [{"name": one.name, "version": one.version, "source": one.source} for one in book.packages]
    return _json({"version": __version__, "calendar": where(None, True).calendar.edition, "packages": packages})


def openapi(_: Question) -> bytes:
    """The description of this service."""
    return _openapi()


@lru_cache(maxsize=1)
def _openapi() -> bytes:
    from iro_rules.http.openapi import description
    from iro_rules.lab import words_of
    from iro_rules.protocols import Registry

    registry = Registry.discover()
    names = [record.name for record in registry.records if record.protocol is not None]
    return _json(description(words_of(["national", *names], registry=registry)))


def _setting(asked: Question) -> Setting:
    return where(asked.one("protocol"), asked.one("unverified") == "true")


def _case(asked: Question) -> CaseFile:
    from iro_rules.formats.case_json import read_case

    return read_case(asked.body, terms=_setting(asked).rulebook.terms, limits=asked.limits)


def _judged(asked: Question, file: CaseFile) -> Assessment:
    from iro_rules.assessment import assess as judge

    return judge(
        file.case,
        as_of=asked.one("as_of") or "",
        protocol=_setting(asked),
        related=file.related.values(),
        readings=_readings(asked),
    )


def _readings(asked: Question) -> dict[str, str]:
    return chosen_readings(asked.given.get("read", ()))


def _json(value: Any) -> bytes:
    return json_text(value).encode()
