"""An observer of an installed package that raises is named, and stops neither the others nor what can be listed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from iro_rules import Case, Coverage, ProtocolError, Registry, assess, setting
from iro_rules.cli import main
from iro_rules.facts import BecameLookedAfter
from tests.protocols.conftest import Install, protocol_module

ALARM = """
from iro_rules.protocols import hookimpl


@hookimpl
def iro_observer(assessment) -> None:
    raise OSError("the queue is full")
"""
CASE = Case("c1", [BecameLookedAfter("2026-01-05")], coverage=Coverage.everything())


def test_an_installed_observer_that_raises_is_named(install: Install) -> None:
    """The answer is withheld rather than given unobserved, and the error says whose observer failed and why."""
    install("northmoor-protocol", protocol_module())
    install("northmoor-alarm", ALARM, entry="alarm")
    with pytest.raises(ProtocolError, match=r"alarm.*: its iro_observer failed: OSError: the queue is full"):
        assess(CASE, as_of="2026-03-02", protocol="northmoor")


def test_the_other_packages_stay_usable_and_listed(install: Install) -> None:
    """A host may leave the failing package out, and the list shows both."""
    install("northmoor-protocol", protocol_module())
    install("northmoor-alarm", ALARM, entry="alarm")
    found = Registry.discover()
    assert found.protocol("northmoor").authority == "Northmoor"
    calm = Registry(tuple(record for record in found.records if record.name != "alarm"))
    assert len(assess(CASE, as_of="2026-03-02", protocol=setting("northmoor", registry=calm))) > 0
    listed = CliRunner().invoke(main, ["protocol", "list"]).output
    assert "northmoor-alarm" in listed
    assert "northmoor-protocol" in listed
