"""Scenarios: short stories of a case, each with the whole answer a rulebook must give; `scenario_files` reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec

import attrs
import pendulum

from iro_rules.clock.calendar import Calendar
from iro_rules.engines import meaning
from iro_rules.engines.rows import CaseRows, prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.facts.fields import Moment, to_moment
from iro_rules.formats import CaseFile
from iro_rules.rulebook import Rulebook, Status
from iro_rules.rulebook.core import Core

Judge = Callable[[Core, CaseFile, Moment, Calendar], tuple[Verdict, ...]]
"""A reader's answer to a case and those related to it, on a day."""

NONE = "none"
"""Stands in a scenario for no deadline, or nobody to turn to."""


@attrs.frozen(kw_only=True)
class Expected:
    """What one finding must be. Only what is given is compared, but `missing` always is.

    `due` is a day, an instant, or "none"; `contact` a role, or "none".
    """

    standing: str
    due: Moment | str | None = None
    missing: tuple[str, ...] = ()
    contact: str | None = None


@attrs.frozen(kw_only=True)
class Scenario:
    """One story and its answer: the findings of `rules` (of every rule where empty) on the day `as_of`."""

    file: str
    title: str
    protocol: str
    as_of: Moment
    case: CaseFile
    readings: Mapping[str, str]
    rules: tuple[str, ...]
    expect: Mapping[str, Expected]

    @property
    def where(self) -> str:
        """The file and the title."""
        return f"{self.file}: {self.title}"

    def compares(self, rule: str) -> bool:
        """Whether this scenario says anything about a rule."""
        return not self.rules or any(covers(beginning, rule) for beginning in self.rules)


def readers() -> dict[str, Judge]:
    """Every reader in this tree by name, `meaning` first; a reader that is there and broken raises its own error."""
    found = {"meaning": _by_rows(meaning.judge)}
    if _in_tree("durable"):
        found["durable"] = _by_rows(import_module("iro_rules.engines.durable").judge)
    if _in_tree("columnar"):
        found["columnar"] = _by_case(import_module("iro_rules.engines.columnar").judge)
    return found


def _in_tree(name: str) -> bool:
    spec = find_spec(f"iro_rules.engines.{name}")
    return spec is not None and spec.origin is not None


def _by_rows(judge: Callable[[Core, CaseRows, Calendar], tuple[Verdict, ...]]) -> Judge:
    """A reader that takes a case as rows."""

    def ask(core: Core, file: CaseFile, as_of: Moment, calendar: Calendar) -> tuple[Verdict, ...]:
        return judge(core, prepare(file.case, as_of=as_of, calendar=calendar, related=file.related), calendar)

    return ask


def _by_case(judge: Callable[..., tuple[Verdict, ...]]) -> Judge:
    """A reader that takes a case as it is."""

    def ask(core: Core, file: CaseFile, as_of: Moment, calendar: Calendar) -> tuple[Verdict, ...]:
        return judge(core, file.case, as_of=as_of, calendar=calendar, related=file.related)

    return ask


def answer(scenario: Scenario, rulebook: Rulebook, judge: Judge, calendar: Calendar) -> tuple[Verdict, ...]:
    """A reader's verdicts on a scenario, under its readings."""
    return judge(rulebook.core(scenario.readings), scenario.case, scenario.as_of, calendar)


def differences(scenario: Scenario, verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """How an answer differs from what the scenario expects, a line for each finding; none where it does not."""
    found = {verdict.id.removesuffix(":"): verdict for verdict in verdicts if scenario.compares(verdict.rule)}
    lines = []
    for name in sorted(found.keys() | scenario.expect.keys()):
        wanted, verdict = scenario.expect.get(name), found.get(name)
        if wanted is None:
            assert verdict is not None
            lines.append(f"{name}: not expected, found {_words(verdict)}")
        elif verdict is None:
            lines.append(f"{name}: expected {wanted.standing}, found nothing")
        elif wrong := _wrong(wanted, verdict):
            lines.append(f"{name}: expected {', '.join(wrong)}; found {_words(verdict)}")
    return tuple(lines)


def rules_without_scenario(rulebook: Rulebook, scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """The rules whose findings no scenario expects; statuses that are not reported have none."""
    named = {name.partition(":")[0] for scenario in scenarios for name in scenario.expect}
    return tuple(r.id for r in rulebook.rules if r.id not in named and not (isinstance(r, Status) and not r.reported))


def covers(beginning: str, rule: str) -> bool:
    """Whether a rule id is this one, or begins with it up to a dot."""
    return rule == beginning or rule.startswith((f"{beginning}.", f"{beginning}/"))


def _due(verdict: Verdict) -> str:
    if verdict.due_at is not None:
        return to_moment(datetime.fromtimestamp(verdict.due_at, UTC), name="due").isoformat()
    return NONE if verdict.due_on is None else date.fromordinal(verdict.due_on).isoformat()


def _wrong(wanted: Expected, verdict: Verdict) -> list[str]:
    """The parts of what was expected that the verdict does not have."""
    wrong = []
    if verdict.standing != wanted.standing:
        wrong.append(wanted.standing)
    if wanted.due is not None and not _falls_due(wanted.due, verdict):
        wrong.append(f"due {wanted.due}")
    if verdict.missing_names() != wanted.missing:
        wrong.append(f"missing {', '.join(wanted.missing) or 'nothing'}")
    if wanted.contact is not None and (verdict.contact or NONE) != wanted.contact:
        wrong.append(f"contact {wanted.contact}")
    return wrong


def _falls_due(wanted: Moment | str, verdict: Verdict) -> bool:
    """Whether the deadline is the day or the instant wanted, or there is none and none was wanted."""
    if isinstance(wanted, str) or verdict.due_on is None:
        return verdict.due_on is None and wanted == NONE
    if isinstance(wanted, pendulum.DateTime):
        return verdict.due_at == int(wanted.timestamp())
    return verdict.due_on == wanted.toordinal()


def _words(verdict: Verdict) -> str:
    missing = f", missing {', '.join(verdict.missing_names())}" if verdict.missing else ""
    return f"{verdict.standing}, due {_due(verdict)}{missing}, contact {verdict.contact or NONE}"
