"""On which line of `protocol.toml` the rule stands that the checks of a rulebook refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iro_rules.errors import ProtocolError, RulebookError
from iro_rules.protocols.data.files import text_of

PART = re.compile(r"\s*id\s*=\s*[\"']([^\"']+)[\"']")
INLINE = re.compile(r"\bid\s*=\s*[\"']([^\"']+)[\"']")


@contextmanager
def telling_lines(plugin: object) -> Iterator[None]:
    """What is refused of a rulebook meanwhile is told with its line, where the package's module lies beside the file.

    `plugin` is that module. Raises the same RulebookError, with the file and the line before the rule.
    """
    try:
        yield
    except RulebookError as error:
        line = _line(plugin, error)
        if not line:
            raise
        where = ", ".join(filter(None, (f"protocol.toml, line {line}", error.where)))
        raise RulebookError(error.what, where=where, value=error.value, right=error.right) from error


def _line(plugin: object, error: RulebookError) -> int:
    """The line of the value refused within the part it is of, or else of that part; 0 where neither is found."""
    module = getattr(plugin, "__file__", None)
    file = Path(module).with_name("protocol.toml") if isinstance(module, str) else None
    if file is None or not file.is_file():
        return 0
    try:
        lines = text_of(file).split("\n")
    except ProtocolError:
        return 0
    found = [(n, match[1]) for n, line in enumerate(lines) if (match := PART.match(line) or INLINE.search(line))]
    own = [n for n, id in found if _names(id, error.where)]
    if not own:
        return 0
    longest = max(len(id) for n, id in found if n in own)
    starts = [n for n, id in found if n in own and len(id) == longest]
    start = starts[-1]  # of two with one id the second is the one too many
    end = next((n for n in range(start, len(lines)) if n > start and lines[n].strip() == "[[parts]]"), len(lines))
    word = re.compile(rf"(?<![\w-]){re.escape(str(error.value))}(?![\w-])") if error.value is not None else None
    inside = [n for n in range(start, end) if word and word.search(lines[n].partition("#")[0])]
    return (inside or [start])[0] + 1


def _names(id: str, where: str) -> bool:
    """Whether a rule, or what becomes of it, is of the part with an id."""
    return where == id or (where.startswith(id) and where[len(id)] in "./, ")
