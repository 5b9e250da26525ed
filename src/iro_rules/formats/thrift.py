"""The compact form of Thrift, in which a Parquet file says what is in it: just enough to read it and write it again.

Nothing here knows what the fields mean; see `parquet_join`.
"""

from __future__ import annotations

from typing import Any

import attrs

from iro_rules.errors import CaseError

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
_DEEPEST = 32


@attrs.define
class Struct:
    """A structure: the type and the value of each field by its number, in order of number.

    The value of a list is a pair of the type of its items and the items.
    """

    fields: dict[int, tuple[int, Any]] = attrs.field(factory=dict)

    def get(self, number: int) -> Any:
        """The value of a field; None where it is not there."""
        return self.fields[number][1] if number in self.fields else None

    def items(self, number: int) -> list[Any]:
        """The items of a field that is a list; none where it is not there."""
        value = self.get(number)
        return [] if value is None else list(value[1])

    def add(self, number: int, more: int) -> None:
        """Add to a whole number, where it is there."""
        if number in self.fields:
            kind, value = self.fields[number]
            self.fields[number] = (kind, value + more)


def parse(data: bytes) -> Struct:
    """The structure that some bytes hold. Raises CaseError for bytes that hold none."""
    try:
        value, _ = _struct(data, 0, 0)
    except (IndexError, ValueError) as error:
        raise CaseError("what a Parquet file says of itself cannot be read", value=str(error)) from error
    return value


def written(struct: Struct) -> bytes:
    """The bytes of a structure."""
    into = bytearray()
    _write_struct(into, struct)
    return bytes(into)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while True:
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << shift
        if byte < 0x80:
            return found, at
        shift += 7
        if shift > 63:
            raise ValueError("a number is too long")


def _whole(data: bytes, at: int) -> tuple[int, int]:
    found, at = _varint(data, at)
    return (found >> 1) ^ -(found & 1), at


def _value(kind: int, data: bytes, at: int, depth: int) -> tuple[Any, int]:
    match kind:
        case 1 | 2:
            return kind == TRUE, at
        case 3:
            return data[at], at + 1
        case 4 | 5 | 6:
            return _whole(data, at)
        case 7:
            return data[at : at + 8], at + 8
        case 8:
            size, at = _varint(data, at)
            if at + size > len(data):
                raise ValueError("a text goes past the end")
            return data[at : at + size], at + size
        case 9 | 10:
            return _list(data, at, depth)
        case 12:
            return _struct(data, at, depth)
    raise ValueError(f"a field is of kind {kind}")


def _list(data: bytes, at: int, depth: int) -> tuple[tuple[int, list[Any]], int]:
    head, at = data[at], at + 1
    size, kind = head >> 4, head & 0x0F
    if size == 15:
        size, at = _varint(data, at)
    if size > len(data):
        raise ValueError("a list goes past the end")
    found = []
    for _ in range(size):
        if kind in (TRUE, FALSE):
            value, at = data[at] == TRUE, at + 1
        else:
            value, at = _value(kind, data, at, depth)
        found.append(value)
    return (kind, found), at


def _struct(data: bytes, at: int, depth: int) -> tuple[Struct, int]:
    if depth > _DEEPEST:
        raise ValueError("structures stand too deep in one another")
    found, number = Struct(), 0
    while True:
        head, at = data[at], at + 1
        if head == 0:
            return found, at
        kind = head & 0x0F
        if head >> 4:
            number += head >> 4
        else:
            number, at = _whole(data, at)
        value, at = _value(kind, data, at, depth + 1)
        found.fields[number] = (kind, value)


def _write_varint(into: bytearray, value: int) -> None:
    while value > 0x7F:
        into.append((value & 0x7F) | 0x80)
        value >>= 7
    into.append(value)


def _write_whole(into: bytearray, value: int) -> None:
    _write_varint(into, value << 1 if value >= 0 else (-value << 1) - 1)


def _write_value(into: bytearray, kind: int, value: Any) -> None:
    match kind:
        case 3:
            into.append(value)
        case 4 | 5 | 6:
            _write_whole(into, value)
        case 7:
            into.extend(value)
        case 8:
            _write_varint(into, len(value))
            into.extend(value)
        case 9 | 10:
            of, items = value
            into.append((min(len(items), 15) << 4) | of)
            if len(items) >= 15:
                _write_varint(into, len(items))
            for item in items:
                if of in (TRUE, FALSE):
                    into.append(TRUE if item else FALSE)
                else:
                    _write_value(into, of, item)
        case 12:
            _write_struct(into, value)


def _write_struct(into: bytearray, struct: Struct) -> None:
    before = 0
    for number, (kind, value) in struct.fields.items():
        told = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        step = number - before
        if 0 < step < 16:
            into.append((step << 4) | told)
        else:
            into.append(told)
            _write_whole(into, number)
        _write_value(into, told, value)
        before = number
    into.append(0)
