"""Every small protocol in `protocols/`, as a rulebook of its own, with the scenarios told of it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from iro_rules.protocols import Protocol, combine
from iro_rules.rulebook import Rulebook
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.scenarios import Scenario

HERE = Path(__file__).parent
NOTHING = Rulebook(name="nothing national", parts=())
THEMES = tuple(sorted(path.stem for path in (HERE / "protocols").glob("*.py")))


def protocols_of(theme: str) -> tuple[Protocol, ...]:
    """The protocols that a module of `protocols/` holds."""
    found = import_module(f"tests.wide.protocols.{theme}").PROTOCOLS
    assert all(isinstance(protocol, Protocol) for protocol in found)
    return tuple(found)


PROTOCOLS = {protocol.name: protocol for theme in THEMES for protocol in protocols_of(theme)}
BOOKS = {name: combine(NOTHING, protocol) for name, protocol in PROTOCOLS.items()}
SCENARIOS: tuple[Scenario, ...] = read_folder(HERE / "scenarios", BOOKS.__getitem__)


def scenarios_of(name: str) -> tuple[Scenario, ...]:
    """The scenarios of one protocol."""
    return tuple(scenario for scenario in SCENARIOS if scenario.protocol == name)
