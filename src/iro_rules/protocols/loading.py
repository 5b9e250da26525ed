"""One package's module, looked at hook by hook: what it gives, or why it cannot be used."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Mapping
from typing import Any, final

import attrs
import pluggy

from iro_rules.errors import ProtocolError
from iro_rules.protocols import hookspecs
from iro_rules.protocols.hookspecs import PROJECT
from iro_rules.protocols.protocol import Protocol
from iro_rules.protocols.versions import fits

HOOKS = tuple(sorted(name for name in vars(hookspecs) if name.startswith("iro_")))
MARK = f"{PROJECT}_impl"


@final
@attrs.frozen
class Record:
    """One entry point of one package and what became of it: ok, or broken and for what reason.

    `name` is the entry point's; `hooks` are the hooks the package has; `protocol` is None where it is
    broken or gives none.
    """

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...] = ()
    protocol: Protocol | None = None
    plugin: object = attrs.field(default=None, repr=False, eq=False)
    error: ProtocolError | None = attrs.field(default=None, repr=False, eq=False)

    @property
    def state(self) -> str:
        """Either ok or broken."""
        return "ok" if self.error is None else "broken"

    @property
    def reason(self) -> str:
        """Why it is broken, with the package and its version; empty where it is not."""
        return "" if self.error is None else str(self.error)

    @property
    def where(self) -> str:
        """The entry point, the package and its version, in words."""
        return f"{self.name} ({self.distribution} {self.version})" if self.version else self.name

    def call(self, hook: str, **arguments: Any) -> list[Any]:
        """The package's answer to a hook, as a list of one, or none where it has no such hook or gave None.

        Raises ProtocolError, naming the package, for whatever the hook raises.
        """
        if hook not in self.hooks:
            return []
        caller = getattr(_manager(self.plugin, self.name).hook, hook)
        try:
            answers: list[Any] = caller(**arguments)
        except Exception as error:
            raise self.wrong(f"its {hook} failed: {told(error)}") from error
        return answers

    def wrong(self, what: str, *, value: Any = None, right: str = "") -> ProtocolError:
        """An error about this package."""
        return ProtocolError(what, where=self.where, value=value, right=right)

    def broken(self, error: ProtocolError) -> Record:
        """The same entry point, not to be used."""
        return attrs.evolve(self, hooks=(), protocol=None, plugin=None, error=error)


def load(record: Record, get: Callable[[], object], *, core: str, others: Mapping[str, Protocol]) -> Record:
    """The record with the package's module loaded by `get` and looked at; any fault becomes its reason.

    `others` are the protocols that the package's own may be based on.
    """
    try:
        plugin = _got(record, get)
        record = attrs.evolve(record, plugin=plugin, hooks=_hooks(record, plugin))
        return attrs.evolve(record, protocol=_protocol(record, core, others))
    except ProtocolError as error:
        return record.broken(error)


def told(error: BaseException) -> str:
    """An exception on one line."""
    # What is raised of a ProtocolError is one too, and leads to the same page.
    words = error.said.removesuffix(".") if isinstance(error, ProtocolError) else str(error)
    return " ".join(f"{type(error).__name__}: {words}".split())


def _got(record: Record, get: Callable[[], object]) -> object:
    try:
        return get()
    except (Exception, SystemExit) as error:
        raise record.wrong(f"it cannot be imported: {told(error)}", right="a module that imports by itself") from error


def _manager(plugin: object, name: str) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name=name)
    return manager


def _hooks(record: Record, plugin: object) -> tuple[str, ...]:
    """The hooks a module has. Raises ProtocolError for none, and for any that would never be called."""
    found = []
    for name in dir(plugin):
        value = getattr(plugin, name, None)
        marked = inspect.isroutine(value) and isinstance(getattr(value, MARK, None), dict)
        if name in HOOKS:
            if not marked:
                raise record.wrong(
                    f"its {name} is not marked as a hook of iro_rules, so it would never be called",
                    right=f"a function, with @hookimpl from iro_rules.protocols above `def {name}`",
                )
            found.append(name)
        elif marked or (name.startswith("iro_") and callable(value)):
            near = difflib.get_close_matches(name, HOOKS, n=1)
            right = f"did you mean {near[0]}?" if near else f"one of {', '.join(HOOKS)}, or a name without iro_"
            raise record.wrong("there is no such hook", value=name, right=right)
    if not found:
        raise record.wrong(
            "it has no hook: neither iro_protocol nor any other", right="a function iro_protocol() -> Protocol"
        )
    try:
        _manager(plugin, record.name)
    except pluggy.PluginValidationError as error:
        raise record.wrong(f"a hook takes other arguments than it is given: {told(error)}") from error
    return tuple(found)


def _protocol(record: Record, core: str, others: Mapping[str, Protocol]) -> Protocol | None:
    """The package's protocol, checked against its entry point, its version and the version of iro-rules."""
    if "iro_protocol" not in record.hooks:
        return None
    protocol = next(iter(record.call("iro_protocol", protocols=others)), None)
    if not isinstance(protocol, Protocol):
        raise record.wrong(
            "its iro_protocol does not return a protocol",
            value=protocol if protocol is None else type(protocol).__name__,
            right="an iro_rules.protocols.Protocol",
        )
    if protocol.name != record.name:
        raise record.wrong("its protocol has another name than its entry point", value=protocol.name, right=record.name)
    if protocol.version != (record.version or protocol.version):
        raise record.wrong(
            "its protocol says another version than the installed package",
            value=protocol.version,
            right=f"{record.version}, or install the package again",
        )
    if protocol.requires and not (core and fits(core, protocol.requires)):
        raise record.wrong(
            "it does not work with this version of iro-rules",
            value=core or "not known: iro-rules is not installed",
            right=f"iro-rules {protocol.requires}",
        )
    return protocol
