"""A drawn ladder holds every stage, move, clock and silence, and what is drawn can be read back."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from click.testing import CliRunner

from iro_rules.checking.check import subject_of
from iro_rules.cli import main
from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol, Registry
from iro_rules.report.mermaid import mermaid
from iro_rules.report.picture import Arrow, Box, Picture, picture_of, pictures_of
from iro_rules.report.rules import clock_of
from iro_rules.report.svg import svg
from iro_rules.rulebook import Duty, Ladder, Silence
from iro_rules.rulebook.stages import By
from tests.checking.made import STAGES, TITLES, days, national, protocol
from tests.wide.books import PROTOCOLS as WIDE

SVG = "{http://www.w3.org/2000/svg}"
NODE = re.compile(r'^  (b\d+)\(?\["(.*)"\]\)?$')
EDGE = re.compile(r'^  (b\d+) (-->|-\.->)\|"(.*)"\| (b\d+)$')
NUMBERED = re.compile(r"#(\d+);")
HOSTILE = 'a "]); --> b0 <script>alert(1)</script> & `x` #35; | %% \x1b[31m ]]> \n end'


def drawn(made: Protocol) -> Picture:
    subject = subject_of(made, national())
    return picture_of(subject, subject.ladders[0])


def installed() -> list[tuple[str, Ladder, Picture]]:
    found = []
    for made in Registry.discover().protocols:
        ladders = {part.id: part for part in made.parts if isinstance(part, Ladder)}
        if ladders:
            found += [(made.name, ladders[name], picture) for name, picture in pictures_of(made).items()]
    return found


LADDERS = installed()
PICTURES = [*(picture for _, _, picture in LADDERS), drawn(protocol())]


def from_mermaid(text: str) -> tuple[list[tuple[str, ...]], list[tuple[str, str, str, bool]]]:
    """The boxes (their lines) and arrows (titles of the boxes, words, dashed) of a Mermaid flowchart."""

    def said(written: str) -> str:
        return NUMBERED.sub(lambda found: chr(int(found[1])), written)

    head, title, description, *lines = text.splitlines()
    assert head == "flowchart TD"
    assert title.startswith("  accTitle: ")
    assert description.startswith("  accDescr: ")
    boxes: dict[str, tuple[str, ...]] = {}
    arrows = []
    for line in lines:
        node, edge = NODE.match(line), EDGE.match(line)
        assert node or edge, line
        if node:
            boxes[node[1]] = tuple(said(part) for part in node[2].split("<br/>"))
        elif edge:
            arrows.append((boxes[edge[1]][0], boxes[edge[4]][0], said(edge[3]), edge[2] == "-.->"))
    return list(boxes.values()), arrows


def from_svg(text: str) -> tuple[dict[str, str], list[tuple[str, str, str, bool]]]:
    """The boxes (name and all their words) and arrows of an SVG drawing."""
    root = ElementTree.fromstring(text)
    boxes: dict[str, str] = {}
    arrows = []
    for group in root.iter(f"{SVG}g"):
        words = " ".join(found.text or "" for found in group.iter(f"{SVG}text"))
        if "data-box" in group.attrib:
            boxes[group.attrib["data-box"]] = words
        else:
            at = group.attrib
            shaft = next(group.iter(f"{SVG}path")).attrib
            assert ("stroke-dasharray" in shaft) is (at["data-silent"] == "true")
            arrows.append((at["data-from"], at["data-to"], words, at["data-silent"] == "true"))
    return boxes, arrows


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.title)
def test_mermaid_text_read_back_is_the_picture(picture: Picture) -> None:
    """Every box with every line, and every arrow with its words, in order."""
    boxes, arrows = from_mermaid(mermaid(picture))
    names = {box.id: box.title for box in picture.boxes}
    assert boxes == [(box.title, *box.lines) for box in picture.boxes]
    assert arrows == [(names[a.start], names[a.end], a.words, a.silent) for a in picture.arrows]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.title)
def test_svg_read_back_is_the_picture(picture: Picture) -> None:
    """Every box with all its words, every arrow, and the whole of it as a title and a description."""
    text = svg(picture)
    boxes, arrows = from_svg(text)
    assert {name: flat(words) for name, words in boxes.items()} == {
        box.id: flat(" ".join((box.title, *(f"• {line}" for line in box.lines)))) for box in picture.boxes
    }
    assert [(a, b, flat(words), silent) for a, b, words, silent in arrows] == [
        (a.start, a.end, flat(a.words), a.silent) for a in picture.arrows
    ]
    root = ElementTree.fromstring(text)
    assert root.findtext(f"{SVG}title") == picture.title
    assert root.findtext(f"{SVG}desc") == picture.description()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.title)
def test_an_svg_is_black_and_white_and_no_box_lies_on_another(picture: Picture) -> None:
    """No colour carries meaning, and the text of a box stands inside it."""
    root = ElementTree.fromstring(svg(picture))
    colours = {e.attrib[name] for e in root.iter() for name in ("fill", "stroke") if name in e.attrib}
    assert colours <= {"black", "white", "none"}
    frames = []
    for group in root.iter(f"{SVG}g"):
        if "data-box" in group.attrib:
            frame = next(group.iter(f"{SVG}rect")).attrib
            top, bottom = int(frame["y"]), int(frame["y"]) + int(frame["height"])
            frames.append((top, bottom))
            assert all(top < int(t.attrib["y"]) < bottom for t in group.iter(f"{SVG}text"))
    assert all(one[1] < other[0] for one, other in pairwise(frames))
    assert frames[-1][1] < int(root.attrib["height"])


@pytest.mark.parametrize(("name", "ladder", "picture"), LADDERS, ids=lambda v: getattr(v, "id", None) or "")
def test_every_stage_move_clock_and_silence_stands_in_the_picture(name: str, ladder: Ladder, picture: Picture) -> None:
    """Told from the ladder and its rules alone: nothing the ladder says of its stages is missing from the drawing."""
    boxes = {box.id: box for box in picture.boxes}
    said = picture.description()
    for stage in ladder.stages:
        box = boxes[f"stage:{stage.id}"]
        assert box.title == stage.title
        assert sum(line.startswith("if nobody answers: ") for line in box.lines) == 1
        words = {"escalate": "goes on", "consider": "must consider", "deemed accepted": "counts as acceptance"}
        assert words.get(stage.silence, "does not say what follows") in box.lines[-1]
        into = [arrow for arrow in picture.arrows if arrow.end == box.id and not arrow.silent]
        assert into, f"{name}: nothing leads to {stage.title}"
        for way in stage.entered_by:
            if way.by in (By.OUTCOME, By.SILENCE):
                assert f"stage:{way.stage}" in {arrow.start for arrow in picture.arrows if arrow.end == box.id}
        assert any(arrow.start == box.id and arrow.end == "closed" for arrow in picture.arrows)
    for rule in ladder.rules:
        if isinstance(rule, Duty) and clock_of(rule):
            assert f"{rule.act}: {clock_of(rule)}" in said, rule.id


def test_each_silence_is_drawn_in_its_own_way() -> None:
    """Dashed to the next stage, dashed to the end, or not drawn but said."""

    def silent(silence: Silence, who: str = "iro") -> tuple[list[Arrow], Box]:
        picture = drawn(protocol(stages={"first": {"silence": silence, "escalator": who}}))
        box = next(box for box in picture.boxes if box.title == STAGES["first"].title)
        return [arrow for arrow in picture.arrows if arrow.silent and arrow.start == box.id], box

    (arrow,), box = silent(Silence.ESCALATE)
    assert (arrow.end, arrow.words) == ("stage:made_second", "no answer: goes on")
    assert "(iro takes it there, no clock)" in box.lines[-1]
    (arrow,), _ = silent(Silence.CONSIDER)
    assert arrow.end == "stage:made_second"
    (arrow,), _ = silent(Silence.DEEMED_ACCEPTED)
    assert arrow.end == "closed"
    none, box = silent(Silence.UNSPECIFIED, "")
    assert none == []
    assert "the protocol does not say" in box.lines[-1]


def test_a_move_tells_who_makes_it_and_in_what_time() -> None:
    """Or that there is no clock, or nobody who makes it; a change of the clock changes the picture."""

    def move(**change: Any) -> str:
        picture = drawn(protocol(**change))
        return next(a.words for a in picture.arrows if a.end == "stage:made_third" and not a.silent)

    assert move() == "iro: take it to the director: within 2 working days"
    assert move(move={"within": days("made.move", 3)}) == "iro: take it to the director: within 3 working days"
    assert move(move={"within": None}) == "iro: take it to the director: no clock"
    assert move(without=("move",)) == "whoever takes it there: no clock"
    assert move(without=("move",), stages={"second": {"escalator": "team_manager"}}) == "the Team Manager: no clock"


def test_text_of_a_protocol_stays_text_in_a_drawing() -> None:
    """Quotation marks, arrows, tags, entities and escape codes neither end a label nor begin an element."""
    made = protocol(
        contacts=TITLES | {"team_manager": HOSTILE}, first={"act": HOSTILE}, stages={"first": {"title": HOSTILE}}
    )
    picture = drawn(attrs.evolve(made, title=HOSTILE))
    flow = mermaid(picture)
    assert len(from_mermaid(flow)[0]) == len(picture.boxes)
    assert "\x1b" not in flow
    assert "<script" not in flow
    assert "`" not in flow
    drawing = svg(picture)
    root = ElementTree.fromstring(drawing)
    assert "\x1b" not in unescape(drawing)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} == {
        "svg", "title", "desc", "rect", "g", "path", "polygon", "text",
    }  # fmt: skip


def test_a_ladder_that_is_not_there_cannot_be_drawn() -> None:
    """The error names those that are."""
    made = Registry.discover().protocol("rochdale")
    with pytest.raises(ProtocolError, match=r"there is no such ladder.*one of rochdale\.dispute, rochdale\.concern"):
        pictures_of(made, "rochdale.disputes")
    with pytest.raises(ProtocolError, match="the protocol has no ladder to draw"):
        pictures_of(attrs.evolve(made, parts=()))


def test_the_command_draws() -> None:
    """Mermaid for all ladders, SVG for one."""
    run = CliRunner().invoke
    all_of_them = run(main, ["protocol", "draw", "rochdale"])
    assert all_of_them.exit_code == 0
    assert all_of_them.stdout.count("flowchart TD") == 2
    one = run(main, ["protocol", "draw", "rochdale", "--ladder", "rochdale.concern", "--format", "svg"])
    assert one.exit_code == 0
    assert from_svg(one.stdout)[0]["stage:step_1"].startswith("step 1, the social worker")
    several = run(main, ["protocol", "draw", "rochdale", "--format", "svg"])
    assert several.exit_code == 2
    assert "choose one with --ladder" in several.stderr


@pytest.mark.parametrize("name", sorted(WIDE))
def test_who_is_told_at_a_stage_stands_in_the_box_of_that_stage(name: str) -> None:
    """Not in the box of what may be done at any stage."""
    subject = subject_of(WIDE[name])
    for ladder in subject.ladders:
        boxes = {box.id: " ".join(box.lines) for box in picture_of(subject, ladder).boxes}
        for stage in ladder.stages:
            for notice in stage.notices:
                act = f"the stage: {stage.title}" if not notice.act else notice.act
                assert act in boxes[f"stage:{stage.id}"]
                assert act not in boxes.get("beside", "")
