"""Scenario files: short TOML stories of a case, each with the whole answer that a rulebook must give to it.

A file holds `[[scenario]]` tables. Each has `title` (a sentence), `as_of`, `facts` (with the names of case files)
and `expect`: finding ids, each with a standing or with a table of `standing`, `due`, `missing` and `contact`.
It may have `protocol`, `coverage` ("everything" unless said; in part `{ without = ["told"], since = { born = DAY } }`),
`subject`, `related` cases, `readings`, and `rules`: rule ids, or their beginnings up to a dot, to which the comparison
is confined. What stands at the head of a file before the first scenario holds for all of them: above all, one set of
facts asked about on several days.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from iro_rules.errors import CaseError, FieldError, InterpretationError, nearest
from iro_rules.facts import Coverage
from iro_rules.facts.fields import to_moment
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.formats import read_case
from iro_rules.formats.case_json import coverage_to_json
from iro_rules.formats.case_reader import CASE
from iro_rules.protocols.data.files import text_of
from iro_rules.protocols.data.toml_faults import tables_of
from iro_rules.rulebook import Rulebook, Standing
from iro_rules.testing.scenarios import NONE, Expected, Scenario, covers

COMMON = ("protocol", "rules", "coverage", "subject", "readings", "facts", "related")
OWN = ("title", "as_of", "expect")
NEEDED = ("as_of", "facts", "expect")
EXPECTED = ("standing", "due", "missing", "contact")


def read_scenarios(path: Path, rulebooks: Callable[[str], Rulebook]) -> tuple[Scenario, ...]:
    """The scenarios of one file; `rulebooks` gives the rulebook of a protocol's name, or of "" for the national one.

    It raises KeyError for a protocol it does not have, as a dict does. Raises CaseError, naming file, scenario
    and place, for whatever cannot be used: nothing is passed over.
    """
    given = tables_of(text_of(path, CaseError), path.name, CaseError)
    _names(given, (*COMMON, "scenario"), path.name)
    tables = given.pop("scenario", None)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CaseError("the file holds no scenario", where=path.name, right="tables headed [[scenario]]")
    found = tuple(_scenario(path.name, number, given | table, rulebooks) for number, table in enumerate(tables, 1))
    titles = [scenario.title for scenario in found]
    for title in titles:
        if titles.count(title) > 1:
            raise CaseError("two scenarios have one title", where=path.name, value=title, right="each title once")
    return found


def read_folder(folder: Path, rulebooks: Callable[[str], Rulebook]) -> tuple[Scenario, ...]:
    """The scenarios of every TOML file in a folder, by file name. Raises CaseError as `read_scenarios` does."""
    return tuple(s for path in sorted(folder.glob("*.toml")) for s in read_scenarios(path, rulebooks))


def _scenario(file: str, number: int, given: dict[str, Any], rulebooks: Callable[[str], Rulebook]) -> Scenario:
    title = given.get("title")
    if not isinstance(title, str) or not title.strip().endswith((".", "?")):
        right = 'a sentence, such as "Day 20 is still in time."'
        what = "the scenario's title is no sentence" if title else "the scenario has no title"
        raise CaseError(what, where=f"{file}, scenario no. {number}", value=title, right=right)
    where = f"{file}, {title}"
    _names(given, (*COMMON, *OWN), where)
    for name in NEEDED:
        if name not in given:
            raise CaseError(f"{name} is missing", where=where, right=f"a scenario with {', '.join(NEEDED)}")
    protocol = given.get("protocol", "")
    if not isinstance(protocol, str):
        raise CaseError("protocol is not a name", where=where, value=protocol, right="the name of a protocol")
    try:
        rulebook = rulebooks(protocol)
    except KeyError as error:
        raise CaseError("there is no such protocol here", where=where, value=protocol, right="another") from error
    try:
        scenario = Scenario(
            file=file,
            title=title,
            protocol=protocol,
            as_of=to_moment(given["as_of"], name="as_of"),
            case=read_case(_case_file(given, where), terms=rulebook.terms),
            readings=_readings(given, rulebook, where),
            rules=_rules(given, rulebook, where),
            expect=_expect(given, rulebook, where),
        )
    except (FieldError, CaseError) as error:
        if error.where.startswith(where):
            raise
        place = f"{where}, {error.where}" if error.where else where
        raise CaseError(error.what, where=place, value=error.value, right=error.right) from error
    for name in scenario.expect:
        if not scenario.compares(name.partition(":")[0]):
            raise CaseError("a finding is expected of a rule that `rules` leaves out", where=where, value=name)
    return scenario


def _case_file(given: Mapping[str, Any], where: str) -> bytes:
    """The scenario's case as a case file."""
    plain = {
        "format": CASE,
        "case": "this-case",
        "subject": given.get("subject", "child"),
        "coverage": _coverage(given.get("coverage", "everything"), where),
        "facts": given["facts"],
    }
    if "related" in given:
        others = given["related"]
        if not isinstance(others, list) or not all(isinstance(other, dict) for other in others):
            raise CaseError("related is not a list of cases", where=where, value=others, right="[[scenario.related]]")
        plain["related"] = [
            {**other, "coverage": _coverage(other.get("coverage", "everything"), where)} for other in others
        ]
    return json.dumps(plain, default=_iso).encode()


def _coverage(given: Any, where: str) -> Any:
    """Coverage as a case file has it; here it may also be everything but some kinds, or these from a day on."""
    if not isinstance(given, dict) or "kinds" in given:
        return given
    _names(given, ("without", "since"), f"{where}, coverage")
    since = given.get("since", {})
    left_out = given.get("without", [] if since else None)
    if not (isinstance(since, dict) and isinstance(left_out, list) and all(isinstance(kind, str) for kind in left_out)):
        right = '{ without = ["told"] }, or { since = { told = 2025-04-01 } }'
        raise CaseError("coverage does not say what is left out", where=where, value=given, right=right)
    try:
        return coverage_to_json(Coverage.everything().recorded_from(since).without(*left_out))
    except CaseError as error:
        right = nearest(error.value, KINDS) if error.what.endswith("does not exist") else error.right
        raise CaseError(error.what, where=where, value=error.value, right=right) from error


def _iso(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise CaseError("a value cannot stand in a case", value=value, right="text, a number, a date, a list or a table")


def _readings(given: Mapping[str, Any], rulebook: Rulebook, where: str) -> dict[str, str]:
    readings = given.get("readings", {})
    if not isinstance(readings, dict) or not all(isinstance(reading, str) for reading in readings.values()):
        right = '{ "counting.first-day" = "event_day" }'
        raise CaseError("readings is not a table of readings", where=where, value=readings, right=right)
    try:
        rulebook.core(readings)
    except InterpretationError as error:
        place = f"{where}, {error.where}" if error.where else where
        raise CaseError(error.what, where=place, value=error.value, right=error.right) from error
    return dict(readings)


def _rules(given: Mapping[str, Any], rulebook: Rulebook, where: str) -> tuple[str, ...]:
    rules = given.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
        raise CaseError("rules is not a list of rule ids", where=where, value=rules, right='["regulations"]')
    for rule in rules:
        if not any(covers(rule, known) for known in rulebook.by_id):
            raise CaseError("there is no such rule", where=where, value=rule, right=nearest(rule, rulebook.by_id))
    return tuple(rules)


def _expect(given: Mapping[str, Any], rulebook: Rulebook, where: str) -> dict[str, Expected]:
    expect = given["expect"]
    if not isinstance(expect, dict):
        raise CaseError("expect is not a table of findings", where=where, value=expect, right="[scenario.expect]")
    found = {}
    for name, wanted in expect.items():
        rule = name.partition(":")[0]
        if rule not in rulebook.by_id:
            raise CaseError("there is no such rule", where=where, value=name, right=nearest(rule, rulebook.by_id))
        found[name] = _expected({"standing": wanted} if isinstance(wanted, str) else wanted, f"{where}, {name}")
    return found


def _expected(given: Any, where: str) -> Expected:
    if not isinstance(given, dict):
        raise CaseError("this is not what a finding can be", where=where, value=given, right='"open", or a table')
    _names(given, EXPECTED, where)
    standing, missing, due, contact = (given.get(name) for name in ("standing", "missing", "due", "contact"))
    if standing not in list(Standing):
        raise CaseError("there is no such standing", where=where, value=standing, right=nearest(standing, Standing))
    if (standing == Standing.NOT_EVALUABLE) != bool(missing):
        right = "a list for a finding that is not evaluable, and only for it"
        raise CaseError("missing does not fit the standing", where=where, value=missing, right=right)
    for name in missing or ():
        if name not in BITS:
            raise CaseError("nothing of this name can be missing", where=where, value=name, right=nearest(name, BITS))
    return Expected(
        standing=standing,
        due=due if due in (None, NONE) else to_moment(due, name="due"),
        missing=tuple(sorted(missing or ())),
        contact=contact,
    )


def _names(given: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in given:
        if name not in known:
            raise CaseError("there is no such field", where=where, value=name, right=nearest(name, known))
