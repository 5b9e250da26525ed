"""What has to be installed on every machine of a cluster, and the one error where it is not."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from iro_rules.batch.judging import Judging
from iro_rules.errors import ProtocolError

Packages = tuple[tuple[str, str], ...]
CLOSURES = "iro_closures"


def packages(rules: Judging) -> Packages:
    """The distributions with the law and the closures that a job is judged under, and their versions.

    The library is one of them, since the national law comes with it.
    """
    found = {("iro-rules", version("iro-rules"))}
    for where in rules.settings.values():
        used = {package.name for package in where.rulebook.packages}
        for record in where.registry.records:
            if (record.protocol is not None and record.protocol.name in used) or CLOSURES in record.hooks:
                found.add((record.distribution, record.version))
    return tuple(sorted(found))


def unlike(wanted: Packages) -> list[tuple[str, str, str]]:
    """The packages that are not here in the version wanted: name, the version wanted, and the one here or nothing."""
    found = []
    for name, release in wanted:
        try:
            here = version(name)
        except PackageNotFoundError:
            here = ""
        if here != release:
            found.append((name, release, here))
    return found


def same_here(wanted: Packages) -> None:
    """Raises ProtocolError where this machine has not what the one that sent the job has."""
    refuse([(platform.node(), *one) for one in unlike(wanted)])


def same_everywhere(session: Any, wanted: Packages, tasks: int) -> None:
    """Ask the cluster's executors before anything is judged. Raises ProtocolError as `same_here` does."""
    rows = session.range(0, tasks, 1, tasks).mapInArrow(
        _asking(wanted), "host string, package string, wanted string, here string"
    )
    refuse(sorted({tuple(row) for row in rows.collect()}))


def refuse(found: Iterable[tuple[str, ...]]) -> None:
    """Raises ProtocolError naming host and package, for what was found unlike; nothing where nothing was."""
    rows = list(found)
    if not rows:
        return
    host, name, wanted, _ = rows[0]
    raise ProtocolError(
        "an executor has not the packages that the job was sent with",
        where=f"host {host}",
        value="; ".join(f"{name} {here or 'is not installed'} on {host}" for host, name, _, here in rows),
        right=f"{name} {wanted} on every executor",
    )


def _asking(wanted: Packages) -> Callable[[Iterator[Any]], Iterator[Any]]:
    # This function is sent as it stands, not by its name, so it also runs where the library is not installed.
    def asked(batches: Iterator[Any]) -> Iterator[Any]:
        import platform
        from importlib.metadata import PackageNotFoundError, version

        import pyarrow as pa

        for _ in batches:
            pass
        rows = []
        for name, release in wanted:
            try:
                here = version(name)
            except PackageNotFoundError:
                here = ""
            if here != release:
                rows.append({"host": platform.node(), "package": name, "wanted": release, "here": here})
        schema = pa.schema([(column, pa.string()) for column in ("host", "package", "wanted", "here")])
        yield pa.RecordBatch.from_pylist(rows, schema=schema)

    return asked
