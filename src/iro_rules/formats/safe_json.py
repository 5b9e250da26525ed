"""JSON read with care: bounded in size and depth, each name once in an object, no numbers that are none."""

from __future__ import annotations

import json
from collections import Counter
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, final

import attrs

from iro_rules.errors import CaseError

BRACKETS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in BRACKETS)
CHUNK = 65_536
STEPS = bytes(1 + BRACKETS.get(byte, 0) for byte in range(256))


@final
@attrs.frozen(kw_only=True)
class Limits:
    """How much is read before a file is refused: bytes, levels of nesting, and faults told at once."""

    size: int = 20_000_000
    depth: int = 20
    faults: int = 20


class JsonObject(dict[str, Any]):
    """An object of a JSON file, with the names that stand in it more than once."""

    repeated: tuple[str, ...] = ()


def read_bytes(source: str | PathLike[str] | bytes, limits: Limits) -> bytes:
    """The bytes of a file, or those given. Raises CaseError for a file that cannot be read, or is too large."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with Path(source).open("rb") as file:
                data = file.read(limits.size + 1)
        except OSError as error:
            raise CaseError(f"the file cannot be read: {error.strerror}", value=str(source)) from error
    if len(data) > limits.size:
        raise CaseError("the file is too large", right=f"at most {limits.size} bytes")
    return data


def text_of(data: bytes) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark. Raises CaseError for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(
            "the file is not UTF-8 text", where=f"byte {error.start}", right="a file saved as UTF-8"
        ) from error
    if not text.strip():
        raise CaseError("the file is empty", right="a case")
    return text


def parse(text: str, limits: Limits) -> Any:
    """The value of a JSON text, its objects as `JsonObject`.

    Raises CaseError, with line and column, for what is not JSON; for NaN and Infinity, which JSON has not;
    and for nesting beyond the limit, found before anything is built.
    """
    # As few brackets as there may be levels cannot nest too deeply.
    if text.count("{") + text.count("[") > limits.depth and _deeper(text, limits.depth):
        raise CaseError("the file is nested too deeply", right=f"at most {limits.depth} levels")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        right = "one value and nothing after it" if error.msg == "Extra data" else ""
        where = f"line {error.lineno}, column {error.colno}"
        raise CaseError(f"this is not JSON: {error.msg}", where=where, right=right) from error
    except ValueError as error:
        raise CaseError(f"this is not JSON that can be read: {error}") from error


def _deeper(text: str, limit: int) -> bool:
    """Whether brackets outside strings nest beyond a limit; exact up to the first character that is not JSON."""
    data = text.encode("utf-8", "surrogatepass").replace(b"\\\\", b"").replace(b'\\"', b"")
    depth = inside = 0
    for start in range(0, len(data), CHUNK):
        parts = data[start : start + CHUNK].split(b'"')
        for step in b"".join(parts[inside::2]).translate(STEPS, NOT_BRACKETS):
            depth += step - 1
            if depth > limit:
                return True
        inside ^= (len(parts) - 1) % 2
    return False


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = JsonObject(pairs)
    if len(found) < len(pairs):
        found.repeated = tuple(sorted(name for name, n in Counter(name for name, _ in pairs).items() if n > 1))
    return found


def _no_number(name: str) -> NoReturn:
    raise CaseError(f"{name} is not a JSON value", value=name, right="a number, or null")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
"""Made once: `json.loads` with hooks makes one for each text."""
