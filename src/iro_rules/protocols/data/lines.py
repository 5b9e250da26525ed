"""On which line of a TOML file something stands, found by the headings and names; good enough to go there."""

from __future__ import annotations

import re

HEADING = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?\Z")
NAME = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([\w-]+(?:\.[\w-]+)*))\s*=")
PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The number of the line (from 1) that a place is on, or of the nearest thing around it; 0 for the file itself."""
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    best, length = 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        heading = HEADING.match(line)
        if heading is not None:
            names = tuple(next(filter(None, found), "") for found in PART.findall(heading[2]))
            here = _resolved(names, counts, many=heading[1] == "[[")
            stands = here
        else:
            name = NAME.match(line)
            if name is None:
                continue
            own = (name[1],) if name[1] else (name[2],) if name[2] else tuple(name[3].split("."))
            stands = (*here, *own)
        wanted = _without_ids(path, stands)
        if wanted[: len(stands)] == stands and len(stands) > length:
            best, length = number, len(stands)
    return best


def _resolved(names: tuple[str, ...], counts: dict[tuple[str | int, ...], int], *, many: bool) -> tuple[str | int, ...]:
    """A heading as a place: each list of tables by the number of the one that is being written."""
    place: tuple[str | int, ...] = ()
    for n, name in enumerate(names):
        place = (*place, name)
        if many and n == len(names) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _without_ids(path: tuple[str | int, ...], stands: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The path as the file has it: without the ids of parts, which stand in it for the reader."""
    kept: list[str | int] = []
    for n, one in enumerate(path):
        after_number = n > 0 and isinstance(path[n - 1], int)
        is_id = after_number and isinstance(one, str) and path[n - 2] in ("parts", "rules") and "." in one
        if not is_id:
            kept.append(one)
    return tuple(kept)
