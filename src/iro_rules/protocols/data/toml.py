"""Data as the text of a TOML file, tables spread out as somebody would write them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
WIDTH = 100
"""How wide a list or a table on one line may get."""


def toml_text(data: dict[str, Any]) -> str:
    """A TOML document of tables, lists, text, whole numbers, dates, true and false."""
    return "\n".join(_table(data, ())).strip("\n") + "\n"


def _table(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    lines, below = [], []
    for name, value in table.items():
        if isinstance(value, dict) and value and (not path or len(inline(value)) > WIDTH):
            below += ["", f"[{_dotted((*path, name))}]", *_table(value, (*path, name))]
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value) and _is_long(value):
            for one in value:
                below += ["", f"[[{_dotted((*path, name))}]]", *_table(one, (*path, name))]
        else:
            lines.append(f"{_key(name)} = {_value(value)}")
    return lines + below


def _is_long(value: list[Any]) -> bool:
    return len(inline(value)) > WIDTH


def _value(value: Any) -> str:
    text = inline(value)
    if isinstance(value, list) and len(text) > WIDTH:
        return "[\n" + "".join(f"    {inline(one)},\n" for one in value) + "]"
    return text


def inline(value: Any) -> str:
    """A value as it stands behind an equals sign, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(inline(one) for one in value)}]"
    inside = ", ".join(f"{_key(name)} = {inline(one)}" for name, one in value.items())
    return f"{{ {inside} }}" if inside else "{}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if BARE.match(name) else _quoted(name)


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(_key(name) for name in path)
