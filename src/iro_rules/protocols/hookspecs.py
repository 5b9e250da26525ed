"""The hooks: what a package may tell iro_rules, and the markers to tell it with.

A package is found by an entry point in the group `iro_rules` that names one of its modules. The functions
of that module marked with `hookimpl` are its hooks; they take the arguments below, by these names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from iro_rules.assessment import Assessment
    from iro_rules.protocols.fact_reader import FactReader
    from iro_rules.protocols.protocol import Protocol

PROJECT = "iro_rules"
"""The pluggy project, and the entry point group."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a package as a hook: `@hookimpl def iro_protocol() -> Protocol: ...`."""


@hookspec
def iro_protocol(protocols: Mapping[str, Protocol]) -> Protocol:  # type: ignore[empty-body]
    """The council's protocol. Called once, while packages are discovered; its name is the entry point's name.

    `protocols` are those of the other packages, by name, each loaded when it is asked for: for one that is based on
    another, or supersedes it. A hook that needs none leaves the argument out.
    """


@hookspec
def iro_contact_directory(authority: str, role: str) -> str | None:
    """How to reach a role at an authority, as text to show, or None where this directory does not know.

    `authority` is the authority's name as its protocol gives it; `role` is a role's value ("iro_manager").
    Where several packages answer, the first answer counts.
    """


@hookspec
def iro_closures(authority: str) -> Mapping[date, str]:  # type: ignore[empty-body]
    """The days on which an authority declares its offices closed, each with the reason; bank holidays not included."""


@hookspec
def iro_observer(assessment: Assessment) -> None:
    """Told of each assessment after it is made. Its answer is ignored; what it raises is not."""


@hookspec
def iro_fact_reader() -> FactReader:  # type: ignore[empty-body]
    """A reader of cohorts from files or databases of a kind of its own; no two readers share a name."""
