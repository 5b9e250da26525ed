"""The packages installed beside iro_rules: found by entry point, each loaded by itself, none hidden."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, distribution, distributions, version
from typing import TYPE_CHECKING, final

import attrs

from iro_rules.errors import ProtocolError
from iro_rules.protocols.data.locating import telling_lines
from iro_rules.protocols.fact_reader import FactReader
from iro_rules.protocols.hookspecs import PROJECT
from iro_rules.protocols.loading import Record, load, told
from iro_rules.protocols.others import Loading
from iro_rules.protocols.overlapping import refuse_overlaps
from iro_rules.protocols.protocol import Protocol

if TYPE_CHECKING:
    from iro_rules.assessment import Assessment

NAMELESS = "a package without a name"


@final
@attrs.frozen
class Registry:
    """The packages found, in the order of their names; a value, built when it is asked for.

    Hooks of several packages are called in that order.
    """

    records: tuple[Record, ...] = ()

    @classmethod
    def discover(cls, *, core: str | None = None) -> Registry:
        """Every package with an entry point in the group `iro_rules`; broken ones are among the records.

        Two packages with one name are both broken, and so are two protocols for one authority on the same days.
        `core` is the version of iro-rules to hold packages to (default: the installed one). Raises nothing
        for a broken package: see `Record.reason`, and `protocol`.
        """
        core = _installed() if core is None else core
        found: list[tuple[Record, EntryPoint | None]] = []
        for package in _packages():
            found += _entry_points(package)
        names = Counter(record.name for record, _ in found)
        twins: list[Record] = []
        single: dict[str, tuple[Record, Callable[[], object] | None]] = {}
        for record, entry_point in found:
            if names[record.name] > 1:
                owners = " and ".join(r.where for r, _ in found if r.name == record.name)
                twin = record.wrong("two packages share a name", value=owners, right="one package for each name")
                twins.append(record.broken(twin))
                single[record.name] = (twins[-1], None)
            else:
                single[record.name] = (record, None if entry_point is None else entry_point.load)
        loading = Loading(single, core=core)
        records = [*twins, *(loading.record(name) for name, number in names.items() if number == 1)]
        return cls(tuple(refuse_overlaps(sorted(records, key=lambda r: (r.name, r.distribution)))))

    def including(self, name: str, plugin: object, *, version: str = "", core: str | None = None) -> Registry:
        """The same packages with a module or object of the host's own in front.

        It is held to the same checks as a package; without `version`, its protocol's is not checked. Raises
        ProtocolError for a fault, and for a name that is taken.
        """
        if any(record.name == name for record in self.records):
            raise ProtocolError("the name is taken", value=name, right="a name that no package found has")
        record = Record(name, "given by the host", version)
        others = {protocol.name: protocol for protocol in self.protocols}
        loaded = load(record, lambda: plugin, core=_installed() if core is None else core, others=others)
        loaded = refuse_overlaps([loaded, *self.records])[0]
        if loaded.error is not None:
            raise loaded.error
        return Registry((loaded, *self.records))

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """The protocols that can be used, by name."""
        return tuple(record.protocol for record in self.records if record.protocol is not None)

    @property
    def broken(self) -> tuple[Record, ...]:
        """The packages that cannot be used."""
        return tuple(record for record in self.records if record.error is not None)

    def protocol(self, name: str) -> Protocol:
        """The protocol of this name. Raises ProtocolError where it is unknown, or broken and why."""
        for record in self.records:
            if record.name == name and record.protocol is not None:
                return record.protocol
            if record.name == name and record.error is not None:
                error = record.error
                raise ProtocolError(error.what, where=error.where, value=error.value, right=error.right) from error
            if record.name == name:
                raise record.wrong("this package gives no protocol", right=self._known(name))
        raise ProtocolError("there is no such protocol", value=name, right=self._known(name))

    def telling_lines(self, name: str) -> AbstractContextManager[None]:
        """While a protocol is laid over the national rules, what is refused is told with its line in the file."""
        return telling_lines(next((record.plugin for record in self.records if record.name == name), None))

    def contact(self, authority: str, role: str) -> str | None:
        """How to reach a role at an authority, from the first package that knows; None where none does."""
        for record in self.records:
            for answer in record.call("iro_contact_directory", authority=authority, role=role):
                if not isinstance(answer, str):
                    raise record.wrong(
                        "its iro_contact_directory does not return text", value=answer, right="text, or None"
                    )
                return answer
        return None

    def readers(self) -> dict[str, tuple[Record, FactReader]]:
        """The readers of cohorts that packages bring, by name, each with its package.

        Raises ProtocolError for an answer that is no reader, and for two of one name.
        """
        found: dict[str, tuple[Record, FactReader]] = {}
        for record in self.records:
            for answer in record.call("iro_fact_reader"):
                if not isinstance(answer, FactReader):
                    raise record.wrong(
                        "its iro_fact_reader does not return a reader",
                        value=type(answer).__name__,
                        right="an iro_rules.protocols.FactReader",
                    )
                other, _ = found.setdefault(answer.name, (record, answer))
                if other is not record:
                    raise record.wrong(
                        "two packages bring a reader of one name",
                        value=answer.name,
                        right=f"another name; {other.where}",
                    )
        return found

    def closures(self, authority: str) -> dict[date, str]:
        """The days on which an authority's offices are closed, with the reason the first package gives."""
        days: dict[date, str] = {}
        for record in self.records:
            for answer in record.call("iro_closures", authority=authority):
                for day, reason in _closures(record, answer).items():
                    days.setdefault(day, reason)
        return dict(sorted(days.items()))

    def observe(self, assessment: Assessment) -> None:
        """Tell every observer of an assessment. Raises ProtocolError for one that fails, naming its package."""
        for record in self.records:
            record.call("iro_observer", assessment=assessment)

    def _known(self, name: str) -> str:
        known = [protocol.name for protocol in self.protocols]
        if not known:
            return "a protocol package installed beside iro-rules; there is none that works"
        near = difflib.get_close_matches(name, known, n=1)
        return f"one of {', '.join(known)}" + (f" (did you mean {near[0]}?)" if near else "")


def _installed() -> str:
    """The installed version of iro-rules, or "" where it runs without having been installed."""
    try:
        return version("iro-rules")
    except PackageNotFoundError:
        return ""


def _packages() -> list[Distribution]:
    """The distributions that name an entry point of ours, each once: where two have one name, the first on the path."""
    named: dict[str, Distribution] = {}
    nameless: list[Distribution] = []
    for package in distributions():
        if f"[{PROJECT}]" in _written(package):
            name = _said(package, "Name", NAMELESS)
            if name == NAMELESS:
                nameless.append(package)
            else:
                named[re.sub(r"[-_.]+", "-", name).lower()] = distribution(name)
    return [*named.values(), *nameless]


def _written(package: Distribution) -> str:
    """The entry points file of a distribution; one that is not text is passed on as ours, to be told as broken."""
    try:
        return package.read_text("entry_points.txt") or ""
    except UnicodeDecodeError:
        return f"[{PROJECT}]"


def _entry_points(package: Distribution) -> list[tuple[Record, EntryPoint | None]]:
    name, number = _said(package, "Name", NAMELESS), _said(package, "Version", "of no version")
    try:
        ours = package.entry_points.select(group=PROJECT)
    except (ValueError, TypeError) as error:
        record = Record(name, name, number)
        return [(record.broken(record.wrong(f"its entry points cannot be read: {told(error)}")), None)]
    return [(Record(entry_point.name, name, number), entry_point) for entry_point in ours]


def _said(package: Distribution, field: str, otherwise: str) -> str:
    """What the metadata of a distribution say, or what stands for it where they do not."""
    metadata = package.metadata
    return str(metadata[field]) if field in metadata else otherwise


def _closures(record: Record, answer: object) -> Mapping[date, str]:
    if isinstance(answer, Mapping):
        for day, reason in answer.items():
            if not isinstance(day, date) or isinstance(day, datetime) or not isinstance(reason, str):
                raise record.wrong(
                    "its iro_closures does not return days", value={day: reason}, right="dates, each with a reason"
                )
        return answer
    raise record.wrong("its iro_closures does not return days", value=answer, right="a mapping of dates to reasons")
