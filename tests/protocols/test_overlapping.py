"""An authority has one protocol on any day: two that overlap are both refused, and no other package with them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from iro_rules.cli import main
from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol, Registry, SourceDocument, hookimpl

from .conftest import Install, protocol_module

LATER = "import iro_rules_northmoor\n"


def states() -> dict[str, str]:
    """What became of each package of the moors."""
    return {r.name: r.state for r in Registry.discover(core="0.1.0").records if "moor" in r.name}


def two(install: Install, earlier: str, later: str, *, authority: str = "Northmoor", before: str = "") -> None:
    """Install two protocols, for Northmoor and for `authority`, and a third for another authority."""
    install("iro-rules-northmoor", protocol_module(more=earlier))
    source = before + protocol_module("northmoor-new", authority=authority, more=later)
    install("iro-rules-northmoor-new", source, entry="northmoor-new")
    install("iro-rules-southmoor", protocol_module("southmoor"), entry="southmoor")


@pytest.mark.parametrize(
    ("earlier", "later", "authority", "told"),
    [
        ("", "", "Northmoor", "Northmoor from the first day"),
        ("", "start='2020-01-01'", "Northmoor", "Northmoor from 2020-01-01"),
        ("end='2020-01-02'", "start='2020-01-01'", "Northmoor", "Northmoor from 2020-01-01"),
        ("", "", "north  MOOR", ""),
        ("", "", " NORTHMOOR", "orthmoor from the first day"),
        ("shared_with=('Westmoor',)", "", "Westmoor", "estmoor from the first day"),
    ],
)
def test_two_protocols_for_one_authority_on_one_day_are_both_refused(
    install: Install, earlier: str, later: str, authority: str, told: str
) -> None:
    """Neither is chosen; each reason names the other package, the authority and the day; the rest work on."""
    two(install, earlier, later, authority=authority)
    state = "broken" if told else "ok"
    assert states() == {"northmoor": state, "northmoor-new": state, "southmoor": "ok"}
    reasons = {r.name: r.reason for r in Registry.discover(core="0.1.0").broken if "moor" in r.name}
    for name, other in (("northmoor", "northmoor-new"), ("northmoor-new", "northmoor")) if told else ():
        assert told.casefold() in reasons[name].casefold()
        assert f"{other} (iro-rules-{other} 1.0)" in reasons[name]
    if told:
        with pytest.raises(ProtocolError, match="for one authority on the same days"):
            Registry.discover(core="0.1.0").protocol("northmoor")


@pytest.mark.parametrize(
    ("earlier", "later", "before"),
    [
        ("end='2020-01-01'", "start='2020-01-01'", ""),
        ("", "start='2020-01-01', supersedes=iro_rules_northmoor.iro_protocol()", LATER),
    ],
    ids=["one ends on the day the other starts", "one supersedes the other"],
)
def test_protocols_that_follow_one_another_both_work(install: Install, earlier: str, later: str, before: str) -> None:
    """The first day a protocol is no longer in force may be the first day of the next."""
    two(install, earlier, later, before=before)
    assert set(states().values()) == {"ok"}


def test_a_host_cannot_add_a_second_protocol_for_the_same_days(install: Install) -> None:
    """What the program itself gives is held to the same check, and the packages found are left as they were."""
    install("iro-rules-northmoor", protocol_module())

    def draft() -> Protocol:
        return Protocol(
            name="draft",
            title="Draft",
            authority="Northmoor",
            version="1.0",
            source=SourceDocument("Draft"),
            parts=(),
        )

    found = Registry.discover(core="0.1.0")
    with pytest.raises(ProtocolError, match="for one authority on the same days"):
        found.including("draft", SimpleNamespace(iro_protocol=hookimpl(draft)))
    assert found.protocol("northmoor").authority == "Northmoor"


def test_the_list_shows_both_with_version_and_state(install: Install) -> None:
    """`protocol list` hides nothing that is installed."""
    two(install, "", "")
    done = CliRunner(env={"COLUMNS": "400"}).invoke(main, ["protocol", "list"])
    said = " ".join(done.output.split())
    assert done.exit_code == 0
    for name in ("northmoor", "northmoor-new"):
        assert f"{name} 1.0 iro-rules-{name} broken: {name} (iro-rules-{name} 1.0): two protocols" in said
    assert "southmoor 1.0 iro-rules-southmoor ok Northmoor IRO protocol" in said
