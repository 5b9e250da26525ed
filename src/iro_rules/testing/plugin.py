"""A pytest plugin: every scenario of a scenario file is a test, once for each reader.

It is asked for by name, with `-p iro_rules.testing.plugin` (in `addopts`, say). The files are those called `*.toml` in
folders called `scenarios`, or those of the patterns in pytest's option `iro_scenarios`. A scenario is judged by the
rulebook of the protocol that it names, which must be installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from iro_rules.clock import england_and_wales
from iro_rules.errors import IroRulesError
from iro_rules.national import rulebook
from iro_rules.protocols import Registry, combine
from iro_rules.protocols.data.lines import line_of
from iro_rules.rulebook import Rulebook
from iro_rules.testing.scenario_files import read_scenarios
from iro_rules.testing.scenarios import Judge, Scenario, answer, differences, readers


class Books:
    """What scenarios are judged by: rulebooks with the packages installed, and readers; each made once in a run."""

    def __init__(self) -> None:
        self._made: dict[str, Rulebook] = {}

    @cached_property
    def registry(self) -> Registry:
        """The packages installed."""
        return Registry.discover()

    @cached_property
    def readers(self) -> dict[str, Judge]:
        """Every reader by name."""
        return readers()

    def __call__(self, protocol: str) -> Rulebook:
        """The rulebook of a protocol, or of "" the national one. Raises ProtocolError where it cannot be used."""
        if protocol not in self._made:
            local = [self.registry.protocol(protocol)] if protocol else []
            with self.registry.telling_lines(protocol):
                self._made[protocol] = combine(rulebook(), *local)
        return self._made[protocol]


BOOKS: pytest.StashKey[Books] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option of the ini file."""
    told = "which files hold scenarios of iro_rules, as patterns of their last folders and name"
    parser.addini("iro_scenarios", told, type="args", default=["scenarios/*.toml"])


def pytest_configure(config: pytest.Config) -> None:
    """What the run's scenarios share."""
    config.stash[BOOKS] = Books()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """A scenario file, where it is one."""
    if any(file_path.match(pattern) for pattern in parent.config.getini("iro_scenarios")):
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each scenario and reader. A file that cannot be used is an error of the run."""
        books = self.config.stash[BOOKS]
        try:
            found = read_scenarios(self.path, books)
        except IroRulesError as error:
            raise self.CollectError(str(error)) from error
        text = self.path.read_text(encoding="utf-8")
        for number, scenario in enumerate(found):
            for reader in books.readers:
                line = max(line_of(text, ("scenario", number)) - 1, 0)
                name = f"{scenario.title} [{reader}]"
                yield ScenarioItem.from_parent(self, name=name, scenario=scenario, reader=reader, line=line)


class ScenarioFailed(Exception):
    """A reader's answer is not the one that the scenario gives."""


class ScenarioItem(pytest.Item):
    """One scenario, judged by one reader."""

    def __init__(self, *, scenario: Scenario, reader: str, line: int, **more: Any) -> None:
        super().__init__(**more)
        self.scenario, self.reader, self.line = scenario, reader, line

    def runtest(self) -> None:
        """Every finding is as the scenario says, and there is no other."""
        books = self.config.stash[BOOKS]
        book = books(self.scenario.protocol)
        wrong = differences(self.scenario, answer(self.scenario, book, books.readers[self.reader], england_and_wales()))
        if wrong:
            raise ScenarioFailed("\n".join((f"{self.scenario.where} (reader {self.reader})", *wrong)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What differs, a line for each finding; anything else as pytest tells it."""
        return str(excinfo.value) if isinstance(excinfo.value, ScenarioFailed) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the scenario's line and the title; pytest would read the dots of the item's own name as a path."""
        return self.path, self.line, f"{self.scenario.title} ({self.reader})"
