"""Packages are found by entry point; each fault is told with package, version and cure, and stops no other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from iro_rules.errors import ProtocolError
from iro_rules.protocols import Record, Registry, hookimpl

from .conftest import Install, protocol_module

HOST = "from iro_rules.protocols import hookimpl\n\n\n"

MADE: Any = "an assessment"


def discovered(*, core: str = "0.1.0") -> Registry:
    return Registry.discover(core=core)


def record(name: str = "northmoor") -> Record:
    """The one record of this name."""
    (found,) = [r for r in discovered().records if r.name == name]
    return found


def broken(name: str = "northmoor") -> str:
    """Why the package of this name is broken."""
    found = record(name)
    assert found.state == "broken"
    assert found.protocol is None
    return found.reason


def test_an_installed_package_gives_its_protocol(install: Install) -> None:
    """A package with the right entry point needs nothing more to be found."""
    install("iro-rules-northmoor", protocol_module())
    registry = discovered()
    assert registry.protocol("northmoor").authority == "Northmoor"
    assert registry.protocol("northmoor") in registry.protocols
    found = record()
    assert (found.state, found.reason, found.hooks) == ("ok", "", ("iro_protocol",))
    assert (found.distribution, found.version) == ("iro-rules-northmoor", "1.0")


def test_two_packages_of_one_name_are_both_refused(install: Install) -> None:
    """Neither of two packages that claim one name is chosen, and the reason names both."""
    install("iro-rules-northmoor", protocol_module())
    install("northmoor-other", protocol_module(version="2.0"), version="2.0")
    twins = [r for r in discovered().records if r.name == "northmoor"]
    assert [r.state for r in twins] == ["broken", "broken"]
    for twin in twins:
        assert "iro-rules-northmoor 1.0" in twin.reason
        assert "northmoor-other 2.0" in twin.reason
    with pytest.raises(ProtocolError, match="share a name"):
        discovered().protocol("northmoor")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("import no_such_module_anywhere\n", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ("def broken(:\n", "SyntaxError"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("import sys\n\nsys.exit(3)\n", "SystemExit: 3"),
    ],
)
def test_a_package_that_cannot_be_imported_says_so(install: Install, source: str, word: str) -> None:
    """The reason names the package, its version and what went wrong."""
    install("iro-rules-northmoor", source, version="2026.1")
    reason = broken()
    assert "iro-rules-northmoor 2026.1" in reason
    assert word in reason


def test_a_module_that_is_not_there_says_so(install: Install) -> None:
    """An entry point may name a module that the package does not hold."""
    install("iro-rules-northmoor", entry_points="[iro_rules]\nnorthmoor = not_in_the_wheel\n")
    assert "not_in_the_wheel" in broken()


def test_one_broken_package_stops_no_other(install: Install) -> None:
    """The packages beside a broken one work as ever, and it stays in sight."""
    install("iro-rules-northmoor", "raise OSError('the disk is on fire')\n")
    install("iro-rules-southmoor", protocol_module("southmoor"), entry="southmoor")
    registry = discovered()
    assert registry.protocol("southmoor").name == "southmoor"
    assert "northmoor" in [r.name for r in registry.broken]
    with pytest.raises(ProtocolError, match="the disk is on fire") as raised:
        registry.protocol("northmoor")
    assert isinstance(raised.value.__cause__, ProtocolError)
    assert isinstance(raised.value.__cause__.__cause__, OSError)


@pytest.mark.parametrize(("returned", "word"), [("{}", "'dict'"), ("None", "iro_protocol"), ("Protocol", "'type'")])
def test_a_hook_that_returns_something_else_is_refused(install: Install, returned: str, word: str) -> None:
    """What iro_protocol returns must be a protocol: a mapping that looks like one will not do."""
    source = (
        "from iro_rules.protocols import Protocol, hookimpl\n\n\n"
        f"@hookimpl\ndef iro_protocol() -> object:\n    return {returned}\n"
    )
    install("iro-rules-northmoor", source)
    assert "does not return a protocol" in broken()
    assert word in broken()


def test_a_hook_that_fails_is_told_with_its_error(install: Install) -> None:
    """An error while the protocol is built, here its own check, breaks this package only."""
    install("iro-rules-northmoor", protocol_module("Not a slug"))
    assert "no usable name" in broken()


def test_a_misspelt_hook_is_refused(install: Install) -> None:
    """A function that would never be called is an error, with the nearest name that would be."""
    source = HOST + "@hookimpl\ndef iro_protcol() -> object:\n    return None\n"
    install("iro-rules-northmoor", source)
    assert "there is no such hook" in broken()
    assert "did you mean iro_protocol?" in broken()


def test_a_misspelt_hook_beside_a_right_one_is_refused(install: Install) -> None:
    """A package that works otherwise still may not have a hook that is never called."""
    source = protocol_module() + "\n\ndef iro_closure(authority: str) -> object:\n    return {}\n"
    install("iro-rules-northmoor", source)
    assert "did you mean iro_closures?" in broken()


def test_a_marked_function_of_any_other_name_is_refused(install: Install) -> None:
    """Whatever is marked as a hook must have a hook's name."""
    install("iro-rules-northmoor", HOST + "@hookimpl\ndef protocol() -> object:\n    return None\n")
    assert "there is no such hook" in broken()


@pytest.mark.parametrize(
    "above",
    [
        "def",
        "import pluggy\n\n\n@pluggy.HookimplMarker('another_project')\ndef",
        HOST + "@hookimpl\nclass",
    ],
    ids=["no marker", "the marker of another project", "a class"],
)
def test_a_hook_without_our_marker_is_refused(install: Install, above: str) -> None:
    """A hook that is not a function with our marker would never be called."""
    install("iro-rules-northmoor", f"{above} iro_protocol():\n    pass\n")
    assert "iro_protocol is not marked as a hook" in broken()


def test_a_hook_with_an_argument_it_is_not_given_is_refused(install: Install) -> None:
    """Hooks take the documented arguments by name."""
    source = HOST + "@hookimpl\ndef iro_closures(council: str) -> object:\n    return {}\n"
    install("iro-rules-northmoor", source)
    assert "takes other arguments" in broken()
    assert "council" in broken()


def test_a_package_without_hooks_is_refused(install: Install) -> None:
    """A module that says nothing is not a plugin."""
    install("iro-rules-northmoor", "TITLE = 'Northmoor'\n")
    assert "it has no hook" in broken()


def test_modules_and_data_that_begin_like_hooks_are_no_hooks(install: Install) -> None:
    """Importing iro_rules itself, or naming a value iro_something, is not a misspelt hook."""
    install("iro-rules-northmoor", "import iro_rules\n\niro_manager = 'iro_manager'\n" + protocol_module())
    assert record().state == "ok"


def test_a_package_for_another_version_is_refused(install: Install) -> None:
    """The range a protocol requires is held against the version of iro-rules that runs."""
    install("iro-rules-northmoor", protocol_module(requires=">=0.2,<0.3"))
    assert "iro-rules >=0.2,<0.3" in broken()
    assert discovered(core="0.2.7").protocol("northmoor").requires == ">=0.2,<0.3"
    with pytest.raises(ProtocolError, match="not known: iro-rules is not installed"):
        discovered(core="").protocol("northmoor")


def test_a_protocol_of_another_version_than_its_package_is_refused(install: Install) -> None:
    """What an answer says of its provenance is the version that is installed."""
    install("iro-rules-northmoor", protocol_module(version="0.9"))
    assert "another version than the installed package" in broken()


def test_a_protocol_of_another_name_than_its_entry_point_is_refused(install: Install) -> None:
    """Users type the name of the entry point, so the protocol has that name."""
    install("iro-rules-northmoor", protocol_module("southmoor"))
    assert "another name than its entry point" in broken()


def test_unreadable_entry_points_are_told(install: Install) -> None:
    """A line that is no entry point breaks its package and no other."""
    install("iro-rules-northmoor", entry_points="[iro_rules]\nnorthmoor\n")
    install("iro-rules-southmoor", protocol_module("southmoor"), entry="southmoor")
    assert "entry points cannot be read" in broken("iro-rules-northmoor")
    assert discovered().protocol("southmoor").name == "southmoor"


def test_metadata_that_is_damaged_is_told(install: Install) -> None:
    """Entry points that are not text, or a package without a name, break that package and no other."""
    (install("iro-rules-northmoor") / "entry_points.txt").write_bytes(b"[iro_rules]\nnorthmoor = \xff\n")
    (install("iro-rules-eastmoor", "import eastmoor_data\n", entry="eastmoor") / "METADATA").write_text(
        "Version: 3.0\n"
    )
    install("iro-rules-southmoor", protocol_module("southmoor"), entry="southmoor")
    assert "entry points cannot be read: UnicodeDecodeError" in broken("iro-rules-northmoor")
    assert "eastmoor (a package without a name 3.0)" in broken("eastmoor")
    assert discovered().protocol("southmoor").name == "southmoor"


def test_of_one_package_installed_twice_the_first_on_the_path_counts(install: Install) -> None:
    """Python imports the first, so the second is not looked at and is no twin."""
    install("iro-rules-northmoor", protocol_module())
    install("iro_rules_northmoor", protocol_module(version="2.0"), version="2.0")
    assert record().version == "2.0"


def test_a_package_that_another_of_its_name_hides_is_not_loaded(install: Install) -> None:
    """What the hidden one says of hooks is not true of the module that Python imports."""
    install("iro-rules-northmoor", protocol_module())
    install("iro_rules_northmoor", "", version="2.0", entry_points="")
    assert "northmoor" not in [r.name for r in discovered().records]


def test_packages_come_in_the_order_of_their_names(install: Install) -> None:
    """The order does not hang on where on the path a package lies."""
    for name in ("northmoor", "southmoor", "eastmoor"):
        install(f"iro-rules-{name}", protocol_module(name), entry=name)
    names = [r.name for r in discovered().records]
    assert names == sorted(names)
    assert {"northmoor", "southmoor", "eastmoor"} <= set(names)


def test_an_unknown_protocol_is_told_with_the_nearest(install: Install) -> None:
    """The error lists what there is and suggests the closest name."""
    install("iro-rules-northmoor", protocol_module())
    with pytest.raises(ProtocolError, match="did you mean northmoor") as raised:
        discovered().protocol("nortmoor")
    assert "northmoor" in raised.value.right
    with pytest.raises(ProtocolError, match="there is none that works"):
        Registry().protocol("northmoor")


def test_a_host_package_needs_no_protocol(install: Install) -> None:
    """A package may give only contacts or closures; asking it for a protocol says that it has none."""
    source = HOST + (
        "@hookimpl\ndef iro_contact_directory(authority: str, role: str) -> str | None:\n"
        "    return f'{role} at {authority}' if role == 'iro_manager' else None\n"
    )
    install("desk-directory", source, entry="desk")
    registry = discovered()
    assert registry.contact("Northmoor", "iro_manager") == "iro_manager at Northmoor"
    assert registry.contact("Northmoor", "court") is None
    with pytest.raises(ProtocolError, match="gives no protocol"):
        registry.protocol("desk")


def host(**hooks: Callable[..., object]) -> SimpleNamespace:
    """An object of the host's own with these hooks."""
    return SimpleNamespace(**{name: hookimpl(function) for name, function in hooks.items()})


def test_a_host_may_put_an_object_of_its_own_in_front() -> None:
    """Hooks given in the running program are asked before those of packages, and need no installation."""

    def near(authority: str, role: str) -> str:
        return f"desk 4, for the {role} of {authority}"

    def far(authority: str) -> object:
        return {date(2026, 12, 24): "offices close at noon"}

    registry = Registry().including("far", host(iro_closures=far)).including("near", host(iro_contact_directory=near))
    assert registry.contact("Northmoor", "iro") == "desk 4, for the iro of Northmoor"
    assert registry.closures("Northmoor") == {date(2026, 12, 24): "offices close at noon"}
    with pytest.raises(ProtocolError, match="the name is taken"):
        registry.including("far", host(iro_closures=far))
    with pytest.raises(ProtocolError, match="it has no hook"):
        registry.including("empty", object())


@pytest.mark.parametrize(
    "answer",
    [
        ["2026-12-24"],
        {"2026-12-24": "closed"},
        {datetime(2026, 12, 24, tzinfo=UTC): "closed"},
        {date(2026, 12, 24): None},
    ],
    ids=["a list", "text", "a time", "no reason"],
)
def test_closures_of_the_wrong_type_are_refused(answer: object) -> None:
    """The days must be dates with reasons; what is not is told with the plugin's name."""

    def closures(authority: str) -> object:
        return answer

    with pytest.raises(ProtocolError, match="desk: its iro_closures does not return days"):
        Registry().including("desk", host(iro_closures=closures)).closures("Northmoor")


def test_a_contact_of_the_wrong_type_is_refused() -> None:
    """A directory answers in text."""

    def directory(authority: str, role: str) -> object:
        return ("0161", "496", "0000")

    with pytest.raises(ProtocolError, match="desk: its iro_contact_directory does not return text"):
        Registry().including("desk", host(iro_contact_directory=directory)).contact("Northmoor", "iro")


def test_the_first_answer_counts() -> None:
    """Of two packages that declare one day closed, the reason of the first is told."""

    def early(authority: str) -> object:
        return {date(2026, 12, 24): "early", date(2026, 12, 23): "early"}

    def late(authority: str) -> object:
        return {date(2026, 12, 24): "late"}

    registry = Registry().including("second", host(iro_closures=early)).including("first", host(iro_closures=late))
    assert list(registry.closures("Northmoor").items()) == [
        (date(2026, 12, 23), "early"),
        (date(2026, 12, 24), "late"),
    ]


def test_observers_are_told_and_their_failures_are_not_hidden() -> None:
    """Every observer hears of an assessment; one that fails is named."""
    seen: list[object] = []

    def watch(assessment: object) -> None:
        seen.append(assessment)

    def fail(assessment: object) -> None:
        raise OSError("the queue is full")

    Registry().including("watch", host(iro_observer=watch)).observe(MADE)
    assert seen == [MADE]
    with pytest.raises(ProtocolError, match="alarm: its iro_observer failed: OSError: the queue is full"):
        Registry().including("alarm", host(iro_observer=fail)).observe(MADE)


def test_importing_the_package_loads_no_plugin_and_no_reader(install: Install) -> None:
    """Only what a protocol is made of is imported: no package, no engine, no frames, no terminal."""
    install("iro-rules-northmoor", "raise OSError('imported too early')\n")
    program = "import sys, iro_rules.protocols; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    loaded = set(done.stdout.split())
    for name in ("iro_rules_northmoor", "polars", "durable_rules_engine", "click", "rich", "cattrs"):
        assert name not in loaded
    ours = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("iro_rules.")}
    assert ours == {f"iro_rules.{name}" for name in ("clock", "errors", "facts", "protocols", "readings", "rulebook")}


def test_the_page_on_protocols_is_pointed_to_once(install: Install) -> None:
    """A protocol that refuses itself is told of with its own words, and one pointer to the page of errors."""
    raising = (
        "def iro_protocol():\n    from iro_rules.errors import ProtocolError\n    raise ProtocolError('no unit')\n"
    )
    install("iro-rules-northmoor", f"{HOST}@hookimpl\n{raising}")
    assert broken().endswith("its iro_protocol failed: ProtocolError: no unit. (See docs/reference/errors.md#protocol)")
