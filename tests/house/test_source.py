"""What holds in every module: no clock is read, no module is too long, and every public name is there and told."""

from __future__ import annotations

import ast
import importlib
import inspect
from enum import Enum
from types import ModuleType

import pytest

from tests.house.source import PACKAGE, modules, tree

MOST_LINES = 400

NOW = {"now", "utcnow", "today", "yesterday", "tomorrow", "localtime", "gmtime"}
"""Names of functions that read a clock, wherever they come from; whatever is called of `time` does too."""

PRINTING = {"print", "input", "breakpoint", "eval", "exec"}


def calls(module: str) -> list[tuple[int, str, ast.Call]]:
    """Each call in a module: its line and the last part of the name called."""
    found = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            name = node.func
            last = name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
            found.append((node.lineno, last, node))
    return found


@pytest.mark.parametrize("module", sorted(modules()))
def test_nothing_reads_the_clock(module: str) -> None:
    """The day of an answer is an argument, whatever the time is called."""
    assert [(line, name) for line, name, call in calls(module) if name in NOW or of_time(call)] == []


def of_time(call: ast.Call) -> bool:
    """Whether a call is of a function of the module `time`."""
    name = call.func
    return isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id == "time"


@pytest.mark.parametrize("module", sorted(modules()))
def test_nothing_prints_asks_or_evaluates(module: str) -> None:
    """The library hands over values; only the command line shows them."""
    found = [(line, name) for line, name, call in calls(module) if name in PRINTING and isinstance(call.func, ast.Name)]
    assert found == []


@pytest.mark.parametrize("module", sorted(modules()))
def test_no_module_is_too_long_to_be_read_in_one_sitting(module: str) -> None:
    """Beyond this a module holds two things."""
    assert len(modules()[module].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("module", sorted(modules()))
def test_nothing_is_swallowed(module: str) -> None:
    """No handler catches everything, and none does nothing."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{module}, line {node.lineno}"
            body = node.body[0]
            nothing = isinstance(body, ast.Pass) or (
                isinstance(body, ast.Expr) and isinstance(body.value, ast.Constant)
            )
            assert not nothing, f"{module}, line {node.lineno}"


def packages() -> list[str]:
    """Every package, and every module that says what it gives."""
    return sorted(name for name, path in modules().items() if path.name == "__init__.py" or has_all(name))


def has_all(module: str) -> bool:
    """Whether a module lists its public names."""
    return any(
        isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
        for node in tree(module).body
    )


@pytest.mark.parametrize("name", packages())
def test_every_public_name_is_there_and_told(name: str) -> None:
    """What `__all__` lists exists, once, and what is a class or a function has a docstring of its own."""
    module = importlib.import_module(name)
    assert module.__doc__ or name.endswith((".lab", ".testing"))
    listed = getattr(module, "__all__", [])
    assert len(listed) == len(set(listed))
    for public in listed:
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isroutine(value):
            assert told(value), f"{name}.{public}"


@pytest.mark.parametrize("name", packages())
def test_no_public_class_is_made_for_heirs(name: str) -> None:
    """A type checker refuses a subclass of any of them, but for errors and what has subclasses here."""
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", []):
        value = getattr(module, public)
        if inspect.isclass(value) and value.__module__.startswith(PACKAGE) and not for_heirs(value):
            assert getattr(value, "__final__", False), f"{name}.{public}"


def for_heirs(cls: type) -> bool:
    """Whether a class may have subclasses: errors, lists of terms, shapes that others fill, and bases of our own."""
    # A class with slots stands beside the one it was made from, which goes by the same name.
    heirs: list[type] = type.__subclasses__(cls)
    own = [heir for heir in heirs if heir.__qualname__ != cls.__qualname__]
    return issubclass(cls, BaseException | Enum) or getattr(cls, "_is_protocol", False) or bool(own)


def told(value: object) -> bool:
    """Whether a docstring was written for this value, and not inherited or made."""
    text = getattr(value, "__dict__", {}).get("__doc__") or getattr(value, "__doc__", "")
    return bool(text and text.strip()) and not str(text).startswith("Method generated by attrs")


@pytest.mark.parametrize("name", sorted(modules()))
def test_every_public_class_and_function_is_told_in_a_sentence(name: str) -> None:
    """Its docstring starts with a capital and ends its first line like a sentence or goes on."""
    if name.split(".")[1:2] == ["testing"]:
        return
    for node in tree(name).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            text = ast.get_docstring(node)
            assert text, f"{name}.{node.name}"
            assert text[0].isupper() or text[0] in "`'\"0123456789", f"{name}.{node.name}: {text}"


def test_the_public_api_is_what_it_says() -> None:
    """Every name is there, in order, listed by `dir`, and the same value as in its home; no other name is."""
    library = importlib.import_module(PACKAGE)
    assert library.__all__ == sorted(library.__all__)
    for name in library.__all__:
        assert name in dir(library)
        home = importlib.import_module(library._HOME[name]) if name != "__version__" else library
        assert getattr(library, name) is getattr(home, name)
    with pytest.raises(AttributeError, match="has no attribute 'assses'"):
        library.assses  # noqa: B018 - asking is the test


def test_a_type_checker_sees_every_name_of_the_public_api() -> None:
    """The names imported for the type checker are those that are loaded when they are asked for."""
    seen = set()
    for node in ast.walk(tree(PACKAGE)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for found in node.body:
                assert isinstance(found, ast.ImportFrom)
                seen |= {(alias.name, found.module) for alias in found.names}
    library: ModuleType = importlib.import_module(PACKAGE)
    assert seen == set(library._HOME.items())
    assert {name for name, _ in seen} | {"__version__"} == set(library.__all__)


def test_importing_a_module_does_no_work() -> None:
    """At the head of a module nothing is opened, read or discovered: only definitions, tables and imports."""
    for name in modules():
        for node in tree(name).body:
            for call in ast.walk(node) if isinstance(node, ast.Expr) else ():
                assert not isinstance(call, ast.Call), f"{name}, line {node.lineno}"
