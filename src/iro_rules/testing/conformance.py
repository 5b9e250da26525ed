"""Conformance: what every protocol package is held to, and its scenario files as tests, in one line of its own tests.

A package's test module says `TestKent = conforms(iro_rules_kent, scenarios=..., figures=...)`; pytest finds the class.
Nothing is registered with pytest: an entry point would be loaded in every run of it, for whatever project. The plugin
that makes scenario files tests by themselves, `iro_rules.testing.plugin`, is asked for by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from iro_rules.checking import check
from iro_rules.clock import Number, england_and_wales
from iro_rules.errors import ProtocolError
from iro_rules.national import rulebook
from iro_rules.protocols import Protocol, Registry, combine
from iro_rules.protocols.data.locating import telling_lines
from iro_rules.protocols.overlay import whole_of
from iro_rules.readings import interpretations_in
from iro_rules.rulebook import Force, Ladder, Rulebook
from iro_rules.rulebook.ledger import LedgerRow, RowStanding, ledger_of
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import Scenario, answer, differences, readers, rules_without_scenario
from iro_rules.testing.transcription import Line, law_line, read_transcription

PLUGIN = "iro_rules.testing.plugin"


def conforms(
    plugin: Any,
    *,
    scenarios: Path | str,
    figures: Mapping[str, int],
    law: Path | str | None = None,
    rows: Sequence[str] | None = None,
    stories: bool = True,
) -> type[Conformance]:
    """The checks of one protocol package, as a class for pytest: its name in the test module begins with Test.

    `plugin` is the package's module, `scenarios` the folder of its scenario files, `figures` its numbers as somebody
    has set them down apart from the rules, by id. In the same way `law` may be a folder of CSV files that say who owes
    what to whom and how bindingly (`iro_rules.testing.transcription`), and `rows` the numbers of the document's rows
    in their order, which the ledger must have. `stories` is False where the pytest plugin `iro_rules.testing.plugin`
    makes the scenario files tests. Of a protocol that rests on another, what it takes over is not held to its own
    scenarios and figures. Raises ProtocolError for a module without `iro_protocol`, RulebookError for a rule set down
    twice in `law`.
    """
    protocol = _protocol_of(plugin)
    with telling_lines(plugin):
        book, beneath = combine(rulebook(), protocol), _beneath(protocol)
    known = {rule.id for under in beneath for rule in under.rules} - set(_own_ids(protocol))
    made = {
        "plugin": plugin,
        "protocol": protocol,
        "book": book,
        "rules": tuple(rule for rule in book.rules if rule.id not in known),
        "numbers": {
            id: number
            for id, number in book.numbers.items()
            if all(under.numbers.get(id) != number for under in beneath)
        },
        "stories": read_folder(Path(scenarios), {protocol.name: book}.__getitem__),
        "figures": dict(figures),
        "lines": None if law is None else read_transcription(Path(law)),
        "numbered": None if rows is None else tuple(rows),
    }
    return type("Conformance", (ConformanceWithStories if stories else ConformanceBesidePlugin,), made)


def _protocol_of(plugin: Any) -> Protocol:
    hook = getattr(plugin, "iro_protocol", None)
    protocol = None
    if callable(hook):
        others = {other.name: other for other in Registry.discover().protocols}
        protocol = hook(**({"protocols": others} if "protocols" in inspect.signature(hook).parameters else {}))
    if not isinstance(protocol, Protocol):
        raise ProtocolError("the module gives no protocol", value=repr(plugin), right="a function iro_protocol()")
    return protocol


def _beneath(protocol: Protocol) -> tuple[Rulebook, ...]:
    """The national rulebook, and with it that of each protocol this one rests on."""
    others = [other for other in (protocol.based_on, protocol.supersedes) if other is not None]
    return (rulebook(), *(combine(rulebook(), other) for other in others))


def _names_beneath(protocol: Protocol) -> Iterator[str]:
    for other in (protocol.based_on, protocol.supersedes):
        if other is not None:
            yield from (other.name, *_names_beneath(other))


def _own_ids(protocol: Protocol) -> Iterator[str]:
    """The ids of the rules that the protocol gives itself, also in place of another's."""
    for part in protocol.parts:
        yield from (rule.id for rule in part.expand()) if isinstance(part, Ladder) else (part.id,)


def _none(found: Iterable[str], words: str) -> None:
    """Fails with what was found: pytest shows no values of assertions in a module that is not itself a test."""
    names = list(found)
    assert not names, f"{words}: {', '.join(names)}"


def _same(found: Mapping[str, object], expected: Mapping[str, object], words: str) -> None:
    """Fails with every difference between what the protocol says and what was set down apart from it."""
    ids = sorted(found.keys() | expected.keys())
    differing = [i for i in ids if i not in found or i not in expected or found[i] != expected[i]]
    told = (f"\n{i}: {found.get(i, 'nothing')}; set down: {expected.get(i, 'nothing')}" for i in differing)
    _none(told, words)


class Conformance:
    """The checks; made with `conforms`."""

    plugin: Any
    protocol: Protocol
    book: Rulebook
    rules: tuple[AnyRule, ...]
    numbers: Mapping[str, Number]
    stories: tuple[Scenario, ...]
    figures: Mapping[str, int]
    lines: Mapping[str, Line] | None
    numbered: tuple[str, ...] | None

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """A test for each rule, and for each scenario and reader."""
        if "rule" in metafunc.fixturenames:
            metafunc.parametrize("rule", self.rules, ids=lambda rule: rule.id)
        if "scenario" in metafunc.fixturenames:
            metafunc.parametrize("scenario", self.stories, ids=lambda scenario: scenario.where)
            metafunc.parametrize("reader", readers())

    def test_the_package_is_taken_by_the_registry(self) -> None:
        """It passes every check that an installed package is held to."""
        beneath = set(_names_beneath(self.protocol))
        others = Registry(tuple(record for record in Registry.discover().records if record.name in beneath))
        registry = others.including(self.protocol.name, self.plugin)
        assert registry.protocol(self.protocol.name) == self.protocol, "the registry gives another protocol"

    def test_every_rule_has_a_scenario(self) -> None:
        """No rule stands in the protocol without a story of what it comes to."""
        local = {rule.id for rule in self.rules}
        without = rules_without_scenario(self.book, self.stories)
        _none((rule for rule in without if rule in local), "rules without a scenario")

    def test_every_row_has_one_standing(self) -> None:
        """A rule encodes it, or the ledger says why none does, and never both; a repeat repeats an encoded row."""
        rows = self._own_rows()
        encoded = [row for row in rows if row.standing is RowStanding.ENCODED]
        unsaid = [row for row in rows if row.standing is RowStanding.UNACCOUNTED]
        _none((row.id for row in unsaid), "rows that no rule encodes and the ledger does not account for")
        _none((row.id for row in encoded if row.source.standing), "rows that are both encoded and explained away")
        lost = [row for row in rows if row.source.same_as and not row.through]
        _none((row.id for row in lost), "rows that repeat one which no rule encodes")

    def test_the_rows_are_those_of_the_document(self) -> None:
        """None is left out and none is made up, where the package says how they are numbered."""
        if self.numbered is None:
            pytest.skip("the package does not say which rows its document has: conforms(rows=...)")
        rows = tuple(row.row for row in self.protocol.ledger)
        _none((row for row in self.numbered if row not in rows), "rows of the document that the ledger leaves out")
        _none((row for row in rows if row not in self.numbered), "rows of the ledger that the document does not have")
        assert rows == self.numbered, "the ledger has the document's rows in another order"

    def _own_rows(self) -> tuple[LedgerRow, ...]:
        own = {row.row for row in whole_of(self.protocol).ledger}
        return tuple(row for row in ledger_of(self.book).rows if row.id in own)

    def test_a_rule_encodes_rows_of_its_own_source(self, rule: AnyRule) -> None:
        """Where the protocol has a ledger, the rows of its rules stand in it; and it binds as a protocol does."""
        own = {row.row for row in whole_of(self.protocol).ledger}
        _none((row for row in rule.law.rows if own and row not in own), "rows that the ledger does not have")
        assert rule.law.force is Force.LOCAL_PROTOCOL, f"its force is {rule.law.force}, not that of a local protocol"

    def test_a_rule_that_names_a_national_one_names_one_that_exists(self, rule: AnyRule) -> None:
        """What it implements, tightens or adds to is in the national rulebook."""
        named = (name for _, name in rule.law.national)
        _none((name for name in named if name not in rulebook().by_id), "there are no such national rules")

    def test_whoever_a_rule_points_to_can_be_named(self, rule: AnyRule) -> None:
        """Each contact of a rule has a title in the protocol or nationally."""
        contact = getattr(rule, "contact", None)
        known = {known.role for known in self.book.contacts}
        assert contact is None or contact in known, f"no contact of the protocol is in the role {contact!r}"

    def test_the_figures_are_those_of_the_document(self) -> None:
        """No number has slipped."""
        latest = {name: number.values[-1][1] for name, number in self.numbers.items()}
        _same(latest, self.figures, "figures that are not those set down")

    def test_the_law_is_as_the_document_says(self) -> None:
        """Rows, force, modality, verb, edition, bearer and counterparty are those set down apart from each rule."""
        if self.lines is None:
            pytest.skip("the package has no transcription of its document: conforms(law=...)")
        _same({rule.id: law_line(rule) for rule in self.rules}, self.lines, "rules that are not as they were set down")

    def test_an_open_question_has_readings_and_a_reason(self) -> None:
        """Each asks something, offers different answers and says why one is taken unless told otherwise."""
        for question in interpretations_in(self.rules):
            meanings = {meaning for _, meaning in question.readings}
            assert question.question.endswith("?"), f"{question.id} asks nothing: {question.question!r}"
            assert len(meanings) == len(question.readings), f"{question.id} has two readings that mean the same"
            assert question.why.endswith("."), f"{question.id} gives no reason as a sentence: {question.why!r}"

    def test_the_protocol_can_be_checked_without_a_case(self) -> None:
        """What `iro-rules protocol check` does works: it finds something or nothing, but never fails."""
        assert check(self.protocol).protocol == self.protocol.name


class ConformanceWithStories(Conformance):
    """The checks, and each scenario as a test."""

    def test_a_scenario_gets_its_whole_answer(self, scenario: Scenario, reader: str) -> None:
        """Every finding is as the scenario says, and there is no other, whichever reader is asked."""
        wrong = differences(scenario, answer(scenario, self.book, readers()[reader], england_and_wales()))
        assert not wrong, "\n".join((scenario.where, *wrong))


class ConformanceBesidePlugin(Conformance):
    """The checks, where the scenario files are tests by themselves."""

    def test_the_scenario_files_are_tests(self, pytestconfig: pytest.Config) -> None:
        """The plugin that makes them tests is there, so that none is passed over in silence."""
        assert pytestconfig.pluginmanager.has_plugin(PLUGIN), f"run pytest with -p {PLUGIN}, or in the package's folder"
