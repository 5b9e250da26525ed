"""The source of the library, as the tests of the house read it: modules by name, and what each of them imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = "iro_rules"


@cache
def modules() -> dict[str, Path]:
    """Every module of the library by its name; a package by its own."""
    found = {}
    for path in sorted((SRC / PACKAGE).rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imports(module: str, *, typing: bool = True) -> Iterator[str]:
    """The names of the modules a module imports, wherever in it; of a name imported, its own module if it is one.

    `typing=False` leaves out what only a type checker reads.
    """
    passed_over = set() if typing else in_typing_only(module)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.stmt) and node.lineno in passed_over:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(module, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in modules() else base


def absolute(module: str, node: ast.ImportFrom) -> str:
    """The module a `from` names, where it names one beside it too."""
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    package = parts if modules()[module].name == "__init__.py" else parts[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def in_typing_only(module: str) -> set[int]:
    """The lines of a module that only a type checker reads."""
    lines: set[int] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            lines |= {n.lineno for inner in node.body for n in ast.walk(inner) if isinstance(n, ast.stmt)}
    return lines
