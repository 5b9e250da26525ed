"""Protocols in files: `protocol.toml`, and the ledger's `rows.csv` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from iro_rules.errors import IroRulesError, ProtocolError
from iro_rules.protocols.data.lines import line_of
from iro_rules.protocols.data.reading import Reader
from iro_rules.protocols.data.refusing import Wrong
from iro_rules.protocols.data.toml_faults import tables_of
from iro_rules.protocols.protocol import Protocol
from iro_rules.rulebook.ledger import SourceRow, read_rows

LARGEST = 2_000_000
"""The most bytes of a file that is read; Rochdale's whole procedure takes about a tenth of it."""

TEXT = "a text file saved as UTF-8 (a spreadsheet: as CSV UTF-8; an editor: with the encoding UTF-8)"

DEEPEST = 24
"""How deep tables and lists may stand in one another."""


def read_protocol(path: Path | str, *, protocols: Mapping[str, Protocol] | None = None) -> Protocol:
    """The protocol in a TOML file; its ledger may be the name of a CSV file in the same folder.

    `protocols` are those that it may be based on or supersede by name. Raises ProtocolError, with the file, the line
    and the place, for whatever cannot be used.
    """
    path = Path(path)
    text = text_of(path)
    try:
        data = tables_of(text, path.name, ProtocolError)
    except RecursionError as error:
        raise _too_deep(path) from error
    _check_depth(data, path)

    def rows(name: str) -> tuple[SourceRow, ...]:
        if Path(name).name != name or not name.endswith(".csv"):
            raise ProtocolError("the ledger is not a file beside the protocol", value=name, right='"rows.csv"')
        return read_rows(text_of(path.parent / name))

    try:
        return Reader(data, rows, protocols or {}).protocol()
    except Wrong as error:
        line = line_of(text, error.path)
        place = f"{path.name}, line {line}" if line else path.name
        raise error.told(place) from error


def text_of(path: Path, refused: type[IroRulesError] = ProtocolError) -> str:
    """The text of a file, its lines ended in one way. Raises the error given for one that is too large, or no text."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise refused("the file is too large", where=path.name, right=f"at most {LARGEST} bytes")
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise refused(f"the file cannot be read: {reason}", where=path.name, right=TEXT) from error


def _check_depth(data: Any, path: Path) -> None:
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise _too_deep(path)


def _inside(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _too_deep(path: Path) -> ProtocolError:
    return ProtocolError("tables stand too deep in one another", where=path.name, right=f"at most {DEEPEST} levels")
