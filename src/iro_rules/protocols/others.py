"""The protocols of the packages beside one that is being loaded: each loaded when it is asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from iro_rules.errors import ProtocolError
from iro_rules.protocols.loading import Record, load
from iro_rules.protocols.protocol import Protocol

Found = Mapping[str, tuple[Record, Callable[[], object] | None]]
"""What was found, by name: the record, and what loads its module; nothing does where it is broken already."""


class Loading:
    """Loads each of some packages once, whichever asks for it first."""

    def __init__(self, found: Found, *, core: str) -> None:
        self.found, self.core = found, core
        self.loaded: dict[str, Record] = {}

    def record(self, name: str, asking: tuple[str, ...] = ()) -> Record:
        """The record of a name, loaded; `asking` are those that are being loaded because each rests on the next."""
        if name in asking:
            circle = ", ".join((*asking[asking.index(name) :], name))
            raise ProtocolError(
                "protocols rest on each other in a circle", value=circle, right="one that rests on none"
            )
        if name not in self.loaded:
            record, get = self.found[name]
            others = Others(self, (*asking, name))
            self.loaded[name] = record if get is None else load(record, get, core=self.core, others=others)
        return self.loaded[name]


class Others(Mapping[str, Protocol]):
    """The other packages' protocols by name; asking for one that cannot be used raises ProtocolError and says why."""

    def __init__(self, loading: Loading, asking: tuple[str, ...]) -> None:
        self._loading, self._asking = loading, asking

    def __getitem__(self, name: str) -> Protocol:
        record = self._loading.record(name, self._asking)
        if record.error is not None:
            error = record.error
            raise ProtocolError(error.what, where=error.where, value=error.value, right=error.right) from error
        if record.protocol is None:
            raise record.wrong("this package gives no protocol", right="the name of one that does")
        return record.protocol

    def __contains__(self, name: object) -> bool:
        return name in self._loading.found

    def __iter__(self) -> Iterator[str]:
        return iter(self._loading.found)

    def __len__(self) -> int:
        return len(self._loading.found)
