"""Conformance: what every protocol package is held to, and its scenario files as tests, in one line of its own tests.

A package's test module says `TestKent = conforms(iro_rules_kent, scenarios=..., figures=...)`; pytest finds the class.
Nothing is registered with pytest: an entry point would be loaded in every run of it, for whatever project.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iro_rules.checking import check
from iro_rules.clock import england_and_wales
from iro_rules.errors import ProtocolError
from iro_rules.national import rulebook
from iro_rules.protocols import Protocol, Registry, combine
from iro_rules.readings import interpretations_in
from iro_rules.rulebook import Force, Rulebook
from iro_rules.rulebook.ledger import RowStanding, ledger_of
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import Scenario, answer, differences, readers, rules_without_scenario


def conforms(plugin: Any, *, scenarios: Path | str, figures: Mapping[str, int]) -> type[Conformance]:
    """The checks of one protocol package, as a class for pytest: its name in the test module begins with Test.

    `plugin` is the package's module, `scenarios` the folder of its scenario files, `figures` its numbers as somebody
    has set them down apart from the rules, by id. Raises ProtocolError for a module without `iro_protocol`.
    """
    hook = getattr(plugin, "iro_protocol", None)
    protocol = hook() if callable(hook) else None
    if not isinstance(protocol, Protocol):
        raise ProtocolError("the module gives no protocol", value=repr(plugin), right="a function iro_protocol()")
    book = combine(rulebook(), protocol)
    national = rulebook().by_id
    made = {
        "plugin": plugin,
        "protocol": protocol,
        "book": book,
        "rules": tuple(rule for rule in book.rules if rule.id not in national),
        "stories": read_folder(Path(scenarios), {protocol.name: book}.__getitem__),
        "figures": dict(figures),
    }
    return type("Conformance", (Conformance,), made)


class Conformance:
    """The checks; made with `conforms`."""

    plugin: Any
    protocol: Protocol
    book: Rulebook
    rules: tuple[AnyRule, ...]
    stories: tuple[Scenario, ...]
    figures: Mapping[str, int]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """A test for each rule, and for each scenario and reader."""
        if "rule" in metafunc.fixturenames:
            metafunc.parametrize("rule", self.rules, ids=lambda rule: rule.id)
        if "scenario" in metafunc.fixturenames:
            metafunc.parametrize("scenario", self.stories, ids=lambda scenario: scenario.where)
            metafunc.parametrize("reader", readers())

    def test_the_package_is_taken_by_the_registry(self) -> None:
        """It passes every check that an installed package is held to."""
        registry = Registry().including(self.protocol.name, self.plugin)
        assert registry.protocol(self.protocol.name) == self.protocol

    def test_a_scenario_gets_its_whole_answer(self, scenario: Scenario, reader: str) -> None:
        """Every finding is as the scenario says, and there is no other, whichever reader is asked."""
        wrong = differences(scenario, answer(scenario, self.book, readers()[reader], england_and_wales()))
        assert not wrong, "\n".join((scenario.where, *wrong))

    def test_every_rule_has_a_scenario(self) -> None:
        """No rule stands in the protocol without a story of what it comes to."""
        local = {rule.id for rule in self.rules}
        assert [rule for rule in rules_without_scenario(self.book, self.stories) if rule in local] == []

    def test_every_row_has_a_standing(self) -> None:
        """A rule encodes it, or the ledger says why none does."""
        rows = ledger_of(self.book).rows
        own = {row.row for row in self.protocol.ledger}
        unsaid = [row.id for row in rows if row.id in own and row.standing is RowStanding.UNACCOUNTED]
        assert unsaid == []

    def test_a_rule_encodes_rows_of_its_own_source(self, rule: AnyRule) -> None:
        """Where the protocol has a ledger, the rows of its rules stand in it; and it binds as a protocol does."""
        own = {row.row for row in self.protocol.ledger}
        assert not own or set(rule.law.rows) <= own
        assert rule.law.force is Force.LOCAL_PROTOCOL

    def test_a_rule_that_names_a_national_one_names_one_that_exists(self, rule: AnyRule) -> None:
        """What it implements, tightens or adds to is in the national rulebook."""
        assert [known for _, known in rule.law.national if known not in rulebook().by_id] == []

    def test_whoever_a_rule_points_to_can_be_named(self, rule: AnyRule) -> None:
        """Each contact of a rule has a title in the protocol or nationally."""
        contact = getattr(rule, "contact", None)
        assert contact is None or contact in {known.role for known in self.book.contacts}

    def test_the_figures_are_those_of_the_document(self) -> None:
        """No number has slipped."""
        national = rulebook().numbers
        local = {name: number for name, number in self.book.numbers.items() if name not in national}
        assert {name: number.values[-1][1] for name, number in local.items()} == self.figures

    def test_an_open_question_has_readings_and_a_reason(self) -> None:
        """Each asks something, offers different answers and says why one is taken unless told otherwise."""
        for question in interpretations_in(self.rules):
            assert question.question.endswith("?"), question.id
            assert len({meaning for _, meaning in question.readings}) == len(question.readings), question.id
            assert question.why.endswith("."), question.id

    def test_the_protocol_can_be_checked_without_a_case(self) -> None:
        """What `iro-rules protocol check` does works: it finds something or nothing, but never fails."""
        assert check(self.protocol).protocol == self.protocol.name
