"""Throw-away packages, as they lie on disk once installed: a module and its metadata."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Install = Callable[..., Path]

PROTOCOL = """
from iro_rules.protocols import Protocol, SourceDocument, hookimpl


@hookimpl
def iro_protocol() -> Protocol:
    return Protocol(
        name="{name}",
        title="Northmoor IRO protocol",
        authority="{authority}",
        version="{version}",
        source=SourceDocument("Northmoor IRO protocol", "2014-05"),
        parts=(),
        requires="{requires}",
        {more}
    )
"""


def protocol_module(
    name: str = "northmoor", *, version: str = "1.0", requires: str = "", authority: str = "", more: str = ""
) -> str:
    """The source of a module that hands over a protocol without rules, for the authority that its name tells."""
    authority = authority or name.title()
    return PROTOCOL.format(name=name, authority=authority, version=version, requires=requires, more=more)


@pytest.fixture(name="install")
def _install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Call it to put one distribution on the path: its name, its module's source, its version, its entry points.

    It answers with the directory of the metadata.
    """
    before = set(sys.modules)

    def install(
        name: str,
        source: str = "",
        *,
        version: str = "1.0",
        entry: str = "northmoor",
        entry_points: str | None = None,
    ) -> Path:
        module = name.replace("-", "_")
        site = tmp_path / f"site-{name}"
        (site / module).mkdir(parents=True)
        (site / module / "__init__.py").write_text(source, encoding="utf-8")
        info = site / f"{module}-{version}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        written = f"[iro_rules]\n{entry} = {module}\n" if entry_points is None else entry_points
        (info / "entry_points.txt").write_text(written, encoding="utf-8")
        monkeypatch.syspath_prepend(site)
        return info

    yield install
    for module in set(sys.modules) - before:
        if getattr(sys.modules[module], "__file__", None) and str(tmp_path) in str(sys.modules[module].__file__):
            del sys.modules[module]
