"""A picture as Mermaid text, which Markdown pages show as a drawing."""

from __future__ import annotations

import re

from iro_rules.report.picture import CLOSED, OPEN, Picture
from iro_rules.report.visible import visible

MEANS_SOMETHING = re.compile(r"[^\w .,:;()’“”'?!/+-]")
"""Every character that could mean something to Mermaid, to Markdown or to HTML; it is written as its number."""


def mermaid(picture: Picture) -> str:
    """The picture as a Mermaid flowchart; names of boxes are numbered, never taken from text."""
    names = {box.id: f"b{number}" for number, box in enumerate(picture.boxes)}
    lines = ["flowchart TD", f"  accTitle: {_line(picture.title)}", f"  accDescr: {_line(picture.description())}"]
    for box in picture.boxes:
        text = "<br/>".join(_line(line) for line in (box.title, *box.lines))
        left, right = ("([", "])") if box.id in (OPEN, CLOSED) else ("[", "]")
        lines.append(f'  {names[box.id]}{left}"{text}"{right}')
    for arrow in picture.arrows:
        shaft = "-.->" if arrow.silent else "-->"
        lines.append(f'  {names[arrow.start]} {shaft}|"{_line(arrow.words)}"| {names[arrow.end]}')
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """Text on one line, with every character that means something written as its number."""
    return MEANS_SOMETHING.sub(lambda found: f"#{ord(found[0])};", visible(text))
