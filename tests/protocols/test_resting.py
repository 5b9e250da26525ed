"""A protocol that rests on another by name gets it from the package installed, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.errors import ProtocolError
from iro_rules.national import rulebook
from iro_rules.protocols import Protocol, Registry, combine, hookimpl
from iro_rules.protocols.data import read_protocol

from .conftest import Install, protocol_module

MODULE = """
from pathlib import Path
from iro_rules.protocols import hookimpl
from iro_rules.protocols.data import read_protocol

@hookimpl
def iro_protocol(protocols):
    return read_protocol(Path(__file__).with_name("protocol.toml"), protocols=protocols)
"""

TEXT = """
format = "iro-rules/protocol/1"
name = "{name}"
title = "{name}"
authority = "{name}"
version = "1.0"
source = {{ title = "A made-up protocol" }}
{more}
[defaults.law]
force = "local protocol"
verified = "S"
start = 2026-01-01
[[parts]]
is = "duty"
id = "{name}.answer"
act = "answer the IRO"
bearer = "team_manager"
trigger = "raised by iro about concern"
within = "5 working days"
met_by = {{ name = "answer", pattern = "told by team_manager to iro", on = ["dispute"], since = "trigger" }}
law = {{ rows = "X-01", citation = "1", modality = "must", verb = "must" }}
"""


def put(install: Install, name: str, more: str = "") -> None:
    """One package on the path whose protocol is data."""
    info = install(f"iro-rules-{name}", MODULE, entry=name)
    path = info.parent / f"iro_rules_{name}" / "protocol.toml"
    path.write_text(TEXT.format(name=name, more=more), encoding="utf-8")


def reason(name: str) -> str:
    """Why the package of this name is broken."""
    (found,) = [record for record in Registry.discover(core="0.1.0").records if record.name == name]
    assert found.state == "broken"
    return found.reason


@pytest.mark.parametrize("name", ["eastmoor", "westmoor"])
def test_a_protocol_is_based_on_one_that_is_installed(install: Install, name: str) -> None:
    """Whichever of the two comes first by name, and each is loaded once."""
    put(install, name, 'based_on = "northmoor"')
    put(install, "northmoor")
    registry = Registry.discover(core="0.1.0")
    found = registry.protocol(name)
    assert found.based_on is registry.protocol("northmoor")
    assert {"northmoor.answer", f"{name}.answer"} <= set(combine(rulebook(), found).by_id)


def test_a_protocol_may_rest_on_one_that_rests_on_another_and_supersede_a_third(install: Install) -> None:
    """Each link is found by name."""
    put(install, "westmoor", 'based_on = "southmoor"\nsupersedes = "eastmoor"\nstart = 2026-06-01')
    put(install, "southmoor", 'based_on = "northmoor"')
    install("iro-rules-northmoor", protocol_module())
    put(install, "eastmoor")
    found = Registry.discover(core="0.1.0").protocol("westmoor")
    assert found.based_on is not None
    assert found.based_on.based_on is not None
    assert found.supersedes is not None
    assert (found.based_on.based_on.name, found.supersedes.name) == ("northmoor", "eastmoor")


def test_a_base_that_is_not_installed_is_told_with_the_nearest(install: Install) -> None:
    """With the file, its line and what there is; the others work."""
    put(install, "westmoor", 'based_on = "nortmoor"')
    install("iro-rules-northmoor", protocol_module())
    told = reason("westmoor")
    for words in ("protocol.toml, line 8, based_on", "no such protocol here", "'nortmoor'", "northmoor, perhaps"):
        assert words in told
    assert Registry.discover(core="0.1.0").protocol("northmoor").name == "northmoor"


def test_a_base_that_is_broken_is_told_with_its_own_reason(install: Install) -> None:
    """Both are broken, and the one that rests on the other says what is wrong with that one."""
    put(install, "westmoor", 'based_on = "northmoor"')
    install("iro-rules-northmoor", "raise OSError('the disk is on fire')\n")
    assert "northmoor (iro-rules-northmoor 1.0): it cannot be imported: OSError: the disk is on fire" in reason(
        "westmoor"
    )
    assert "the disk is on fire" in reason("northmoor")


def test_a_base_of_which_there_are_two_is_told(install: Install) -> None:
    """Neither is chosen."""
    put(install, "westmoor", 'based_on = "northmoor"')
    install("iro-rules-northmoor", protocol_module())
    install("another-northmoor", protocol_module())
    assert "two packages share a name" in reason("westmoor")


def test_a_package_without_a_protocol_is_no_base(install: Install) -> None:
    """It is named, and what it lacks."""
    put(install, "westmoor", 'based_on = "desk"')
    source = "from iro_rules.protocols import hookimpl\n\n\n@hookimpl\ndef iro_closures(authority):\n    return {}\n"
    install("desk-closures", source, entry="desk")
    assert "desk (desk-closures 1.0): this package gives no protocol" in reason("westmoor")


@pytest.mark.parametrize("circle", [("westmoor",), ("westmoor", "eastmoor"), ("westmoor", "eastmoor", "southmoor")])
def test_protocols_that_rest_on_each_other_in_a_circle_are_broken(install: Install, circle: tuple[str, ...]) -> None:
    """Each of them says so, and so does one outside that rests on them; nothing goes on for ever."""
    for name, other in zip(circle, (*circle[1:], circle[0]), strict=True):
        put(install, name, f'based_on = "{other}"')
    put(install, "northmoor", 'based_on = "westmoor"')
    for name in (*circle, "northmoor"):
        assert "rest on each other in a circle" in reason(name)


def test_a_host_s_protocol_rests_on_those_installed(install: Install) -> None:
    """What a host puts in front is given them too."""
    put(install, "northmoor")
    registry = Registry.discover(core="0.1.0")

    class Host:
        @staticmethod
        @hookimpl
        def iro_protocol(protocols: dict[str, Protocol]) -> Protocol:
            return Protocol(
                name="draft",
                title="Draft",
                authority="Draft",
                version="1",
                source=protocols["northmoor"].source,
                parts=(),
                based_on=protocols["northmoor"],
            )

    found = registry.including("draft", Host, core="0.1.0").protocol("draft")
    assert found.based_on is registry.protocol("northmoor")


def test_a_file_read_by_hand_says_that_protocols_are_handed_over(tmp_path: Path) -> None:
    """The error names the argument; with it the file is read."""
    path = tmp_path / "protocol.toml"
    path.write_text(TEXT.format(name="westmoor", more='based_on = "northmoor"'), encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"read_protocol\(path, protocols=\.\.\.\)"):
        read_protocol(path)
    base = tmp_path / "base.toml"
    base.write_text(TEXT.format(name="northmoor", more=""), encoding="utf-8")
    northmoor = read_protocol(base)
    assert read_protocol(path, protocols={"northmoor": northmoor}).based_on == northmoor
