"""Text from outside made harmless: what would move a terminal's cursor or turn text around is written out."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of characters, and the separators of lines and paragraphs."""

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a terminal show text in another order than it has."""


BEYOND_PLAIN = re.compile(r"[^\n -~]")
"""The characters worth looking at one by one; nearly all of a text of JSON is none."""


def visible(text: str, *, lines: bool = False) -> str:
    """The text with every such character as an escape, such as \\x1b; `lines` keeps the ends of lines."""
    return "".join(_shown(c) if _acts(c) and not (lines and c == "\n") else c for c in text)


def visible_json(text: str) -> str:
    """JSON with such characters escaped as JSON does; they can only stand inside its strings."""
    return BEYOND_PLAIN.sub(_in_json, text)


def _in_json(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\u{ord(character):04x}" if _acts(character) else character


def _acts(character: str) -> bool:
    return character in TURNING or unicodedata.category(character) in HIDDEN


def _shown(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
