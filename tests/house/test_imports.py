"""Imports point one way, and what is heavy is imported where it belongs alone."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

from tests.house.source import PACKAGE, imports, modules, tree

LEVELS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("readings",),
    ("facts",),
    ("clock",),
    ("rulebook",),
    ("national", "protocols", "engines"),
    ("assessment",),
    ("checking",),
    ("lab", "report", "formats", "cohorts", "kit"),
    ("batch", "http"),
    ("testing", "spark"),
    ("cli",),
)
"""The rooms of the house from the ground up; a room may use those below it, never one above or beside it."""

BESIDE = {
    ("formats", "report"),
    ("lab", "formats"),
    ("lab", "report"),
    ("cohorts", "formats"),
    ("lab", "cohorts"),
    ("kit", "formats"),
}
"""The rooms on one floor of which the first may use the second: a schema is made from the list it describes, and a new
package carries one."""

LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}

ALONE: dict[str, str | tuple[str, ...]] = {
    "durable_rules_engine": "iro_rules.engines.durable",
    "durable": "iro_rules.engines.durable",
    "orjson": ("iro_rules.engines.durable", "iro_rules.formats"),
    "polars": (
        "iro_rules.engines.columnar",
        "iro_rules.cohorts",
        "iro_rules.lab",
        "iro_rules.batch",
        "iro_rules.spark",
    ),
    "pyspark": "iro_rules.spark",
    "pyarrow": "iro_rules.spark",
    "pluggy": "iro_rules.protocols",
    "holidays": "iro_rules.clock",
    "rich": "iro_rules.report",
    "jinja2": "iro_rules.report",
    "altair": "iro_rules.lab",
    "icalendar": "iro_rules.report",
    "hypothesis": "iro_rules.testing",
    "click": "iro_rules.cli",
    "starlette": "iro_rules.http",
    "uvicorn": "iro_rules.http",
    "anyio": "iro_rules.http",
}
"""What only one package of ours imports, or a few; `cli.output` may also name rich's console for the type checker."""

NEVER = {
    "socket", "ssl", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "logging", "time",
    "asyncio", "selectors", "socketserver", "xmlrpc", "imaplib", "poplib", "telnetlib", "nntplib", "webbrowser",
    "urllib3", "httpcore", "h11", "websockets", "trio",
}  # fmt: skip
"""Networks, logs and clocks."""

SERVER = {
    "anyio": {"CapacityLimiter", "abc", "create_task_group", "fail_after", "to_process"},
    "uvicorn": {"Config", "Server"},
    "starlette": {"applications", "datastructures", "exceptions", "requests", "responses", "routing", "types"},
}
"""All that the service uses of the server's packages: what is asked comes in, and nothing here can call out."""


def room(module: str) -> str:
    """The room a module is in: the part of its name after the library's."""
    return module.split(".")[1] if "." in module else ""


TOLD_OF_ASSESSMENTS = {"iro_rules.protocols.hookspecs", "iro_rules.protocols.registry"}
"""These name an assessment, which is above them, for the type checker: an observer is told of one."""


def ours(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    names = imports(module, typing=module not in TOLD_OF_ASSESSMENTS)
    return {name for name in names if name.split(".")[0] == PACKAGE}


@pytest.mark.parametrize("module", sorted(modules()))
def test_every_module_is_in_a_room_that_has_its_place(module: str) -> None:
    """A new room is given its floor here before anything is built on it."""
    assert module == PACKAGE or room(module) in LEVEL


@pytest.mark.parametrize("module", sorted(set(modules()) - {PACKAGE}))
def test_imports_point_down(module: str) -> None:
    """At the head of a module or inside a function, for the type checker or not."""
    here = room(module)
    for name in ours(module):
        there = room(name)
        if there in ("", here):
            continue
        down = LEVEL[there] < LEVEL[here] or (here, there) in BESIDE
        assert down, f"{module} imports {name}"


def test_the_top_of_the_library_is_imported_only_for_its_version() -> None:
    """The public API stands above every room, so no room may use it."""
    for module in sorted(set(modules()) - {PACKAGE}):
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
                names = {alias.name for alias in node.names if f"{PACKAGE}.{alias.name}" not in modules()}
                assert names <= {"__version__"}, f"{module} imports {sorted(names)} from {PACKAGE}"


def test_rooms_beside_each_other_do_not_go_in_circles() -> None:
    """The exceptions on one floor have an order too."""
    graph: dict[str, set[str]] = {}
    for here, there in BESIDE:
        assert LEVEL[here] == LEVEL[there]
        graph.setdefault(here, set()).add(there)
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", sorted(modules()))
def test_what_is_heavy_is_imported_where_it_belongs_alone(module: str) -> None:
    """Only the durable reader knows durable-rules, only what works on whole tables knows Polars."""
    for name in imports(module):
        top = name.split(".")[0]
        homes = ALONE.get(top)
        for_the_checker = module == "iro_rules.cli.output" and top == "rich"
        homes = (homes,) if isinstance(homes, str) else homes
        home = homes is None or any(f"{module}.".startswith(f"{one}.") for one in homes)
        assert home or for_the_checker, f"{module} imports {name}"


@pytest.mark.parametrize("module", sorted(modules()))
def test_nothing_imports_a_network_a_log_or_a_clock(module: str) -> None:
    """Facts leave the machine by no way, and no answer depends on when it was asked for."""
    assert {name for name in imports(module) if name.split(".")[0] in NEVER} == set()


def used_of(module: str, package: str) -> set[str]:
    """What a module uses of a package: names imported from it, its modules, and attributes of it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith(f"{package}.")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            inner = (node.module or "").split(".")[1:2]
            found |= set(inner) or {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == package:
            found.add(node.attr)
    return found


@pytest.mark.parametrize("package", SERVER)
def test_the_service_listens_and_cannot_call_out(package: str) -> None:
    """One room imports the server, and of it only what takes requests, ends work that lasts, and begins processes."""
    assert ALONE[package] == "iro_rules.http"
    used = set().union(*(used_of(module, package) for module in modules()))
    assert used == SERVER[package]


def test_the_core_names_no_council() -> None:
    """A council's name stands in its own package, and nowhere in the library's code."""
    for module, path in modules().items():
        text = path.read_text(encoding="utf-8").lower()
        named = [name for name in ("iro_rules_derby", "iro_rules_barnet", "iro_rules_rochdale") if name in text]
        assert not named, module


def test_an_import_inside_a_function_is_seen() -> None:
    """The reader of the source sees what is imported late, and what only the type checker imports."""
    assert "iro_rules.engines.columnar" in set(imports("iro_rules.assessment.assessing"))
    assert "iro_rules.formats.assessment_json" in set(imports("iro_rules.cli.cases"))
    assert "iro_rules.assessment" in set(imports("iro_rules.protocols.hookspecs"))
    assert "iro_rules.assessment" not in set(imports("iro_rules.protocols.hookspecs", typing=False))
