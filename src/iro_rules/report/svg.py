"""A picture as SVG: boxes beneath each other, arrows between them, in black and white, with its text beside it."""

from __future__ import annotations

from textwrap import wrap
from xml.etree import ElementTree as Tree

import attrs

from iro_rules.report.picture import BESIDE, CLOSED, OPEN, Arrow, Box, Picture
from iro_rules.report.visible import visible

NAMESPACE = "http://www.w3.org/2000/svg"
LETTERS = 64
"""Letters to a line of a box; one is taken to be as wide as 7 units."""
ASIDE = 20
"""Letters to a line of an arrow that leads to the end."""
LEFT, WIDE, RAIL, LINE, GAP, PAD = 150, 480, 150, 18, 44, 10
"""Where boxes begin and how wide they are; from them to the rail on the right; a line's height; gaps around boxes."""
RIGHT = LEFT + WIDE


@attrs.frozen
class _Placed:
    """A box with its wrapped lines, the first of which are its title, and where it stands."""

    box: Box
    title: tuple[str, ...]
    lines: tuple[str, ...]
    top: int

    @property
    def height(self) -> int:
        return (len(self.title) + len(self.lines)) * LINE + 2 * PAD

    @property
    def bottom(self) -> int:
        return self.top + self.height


def svg(picture: Picture) -> str:
    """The picture as an SVG document; whatever its text holds stands in it as text."""
    placed = _place(picture)
    height = max(p.bottom for p in placed.values()) + GAP
    width = RIGHT + RAIL + 60
    root = Tree.Element("svg", {"xmlns": NAMESPACE, "role": "img", "aria-labelledby": "title desc"})
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    root.attrib |= {"font-family": "sans-serif", "font-size": "13"}
    _put(root, "title", visible(picture.title), id="title")
    _put(root, "desc", visible(picture.description()), id="desc")
    _put(root, "rect", width=width, height=height, fill="white")
    for number, arrow in enumerate(picture.arrows):
        _arrow(root, arrow, placed, picture.arrows[:number])
    for one in placed.values():
        _box(root, one)
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode") + "\n"


def _place(picture: Picture) -> dict[str, _Placed]:
    found: dict[str, _Placed] = {}
    top = GAP // 2
    for box in picture.boxes:
        lines = [part for line in box.lines for part in _wrapped(f"• {visible(line)}", LETTERS)]
        one = _Placed(box, tuple(_wrapped(visible(box.title), LETTERS - 6)), tuple(lines), top)
        found[box.id] = one
        top = one.bottom + GAP + _said(picture.arrows, box.id)
    return found


def _said(arrows: tuple[Arrow, ...], start: str) -> int:
    """How high the words are that stand beneath a box: those of the arrows from it that do not lead to the end."""
    beneath = (arrow for arrow in arrows if arrow.start == start and arrow.end != CLOSED)
    return sum(len(_wrapped(visible(arrow.words), LETTERS)) for arrow in beneath) * LINE


def _wrapped(text: str, letters: int) -> list[str]:
    return wrap(text, letters) or [""]


def _put(parent: Tree.Element, tag: str, text: str | None = None, **attributes: object) -> Tree.Element:
    """An element with attributes, in which an underscore stands for a hyphen; text is escaped when it is written."""
    element = Tree.SubElement(parent, tag, {name.replace("_", "-"): str(value) for name, value in attributes.items()})
    element.text = text
    return element


def _box(root: Tree.Element, one: _Placed) -> None:
    group = _put(root, "g", data_box=one.box.id)
    corner = 18 if one.box.id in (OPEN, CLOSED) else 0
    frame = _put(group, "rect", x=LEFT, y=one.top, width=WIDE, height=one.height, rx=corner, fill="white")
    frame.attrib |= {"stroke": "black", "stroke-width": "1.5"}
    if one.box.id == BESIDE:
        frame.set("stroke-dasharray", "2 3")
    for number, line in enumerate((*one.title, *one.lines)):
        weight = "bold" if number < len(one.title) else "normal"
        _put(group, "text", line, x=LEFT + PAD, y=one.top + PAD + number * LINE + 13, font_weight=weight)


def _arrow(root: Tree.Element, arrow: Arrow, placed: dict[str, _Placed], earlier: tuple[Arrow, ...]) -> None:
    """Straight down to the next box; to the end along a rail on the right; anywhere else along one on the left."""
    start, end = placed[arrow.start], placed[arrow.end]
    order = list(placed)
    group = _put(root, "g", data_from=arrow.start, data_to=arrow.end, data_silent=str(arrow.silent).lower())
    same = sum(1 for other in earlier if (other.start, other.end) == (arrow.start, arrow.end))
    lines = _wrapped(visible(arrow.words), LETTERS if arrow.end != CLOSED else ASIDE)
    at = (LEFT + 80, start.bottom + 24 + _said(earlier, arrow.start))
    if arrow.end == CLOSED:
        out, y = start.top + PAD + 8 + same * 2 * LINE, end.top + end.height // 2 + same * 8
        path = f"M{RIGHT} {out}H{RIGHT + RAIL + same * 14}V{y}H{RIGHT}"
        head, at = f"{RIGHT},{y} {RIGHT + 9},{y - 4} {RIGHT + 9},{y + 4}", (RIGHT + 6, out - 4)
    elif order.index(arrow.end) == order.index(arrow.start) + 1:
        x, y = LEFT + 40 + same * 14, end.top
        path = f"M{x} {start.bottom}V{y}"
        head = f"{x},{y} {x - 4},{y - 9} {x + 4},{y - 9}"
    else:
        apart = len({(other.start, other.end) for other in earlier if other.end != CLOSED})
        rail, y = LEFT - 24 - 18 * (apart % 6), end.top + 8 + same * 8
        path = f"M{LEFT} {start.bottom - 8}H{rail}V{y}H{LEFT}"
        head = f"{LEFT},{y} {LEFT - 9},{y - 4} {LEFT - 9},{y + 4}"
    shaft = _put(group, "path", d=path, fill="none", stroke="black")
    if arrow.silent:
        shaft.set("stroke-dasharray", "6 4")
    _put(group, "polygon", points=head, fill="black")
    for number, line in enumerate(lines):
        _put(group, "text", line, x=at[0], y=at[1] + number * LINE, font_size=12)
