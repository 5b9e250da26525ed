"""Every small protocol in `protocols/`, as a rulebook of its own, with the scenarios told of it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from iro_rules.protocols import Protocol, combine
from iro_rules.rulebook import Rulebook
from iro_rules.testing.scenario_files import read_scenarios
from iro_rules.testing.scenarios import Scenario

HERE = Path(__file__).parent
NOTHING = Rulebook(name="nothing national", parts=())
THEMES = tuple(sorted(path.stem for path in (HERE / "protocols").glob("*.py")))


def protocol_of(theme: str) -> Protocol:
    """The protocol that a module of `protocols/` holds."""
    found = import_module(f"tests.wide.protocols.{theme}").PROTOCOL
    assert isinstance(found, Protocol)
    return found


BOOKS = {theme: combine(NOTHING, protocol_of(theme)) for theme in THEMES}
BY_NAME = {protocol_of(theme).name: BOOKS[theme] for theme in THEMES}
SCENARIOS: dict[str, tuple[Scenario, ...]] = {
    theme: read_scenarios(HERE / "scenarios" / f"{theme}.toml", BY_NAME.__getitem__) for theme in THEMES
}
