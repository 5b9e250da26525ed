"""What to do about text that is not TOML: the slips of somebody who pastes it from a word processor."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from iro_rules.errors import IroRulesError

PLACE = re.compile(r"\(at line (\d+), column \d+\)")
CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb]")
UNSEEN = re.compile("[\u00a0\u2000-\u200f\u2028-\u202f\u2060\ufeff]")
BRITISH = re.compile(r"=\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
BARE = re.compile(r"=\s*[A-Za-z]")


def tables_of(text: str, name: str, refused: type[IroRulesError]) -> dict[str, Any]:
    """The tables of a TOML text. Raises the error given, with the file, the line, and what would be right there."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, right = advice(text, error)
        where = f"{name}, line {line}" if line else name
        raise refused(f"the file is not TOML: {error}", where=where, right=right) from error


def advice(text: str, error: tomllib.TOMLDecodeError) -> tuple[int, str]:
    """The line (from 1; 0 where the file merely ends too soon) and what would be right there, in words."""
    found = PLACE.search(str(error))
    if found is None:
        return 0, "a TOML file: perhaps a quotation mark or a bracket is not closed"
    number = int(found[1])
    line = text.split("\n")[number - 1]
    date = BRITISH.search(line)
    if CURLY.search(line):
        return number, "straight quotation marks: \" or ', not those that a word processor makes"
    if (unseen := UNSEEN.search(line)) is not None:
        return number, f"a plain space where there is one that only looks so (U+{ord(unseen[0]):04X})"
    if date is not None:
        return number, f"a date as {date[3]}-{int(date[2]):02}-{int(date[1]):02}, without quotation marks"
    if "overwrite" in str(error):
        return number, "each name once in a table: this one has been given before"
    if "declare" in str(error) or "twice" in str(error):
        return number, "each table once; where there are several of a kind, each under a heading in [[double brackets]]"
    if BARE.search(line):
        return number, "text in quotation marks"
    return number, "a TOML file"
