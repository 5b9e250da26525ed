"""Every small protocol of `tests/wide`, unlike each other as they are, can be checked and drawn."""

from __future__ import annotations

import pytest

from iro_rules.checking import Kind, check
from iro_rules.checking.check import subject_of
from iro_rules.report.mermaid import mermaid
from iro_rules.report.picture import Picture, picture_of
from iro_rules.report.svg import svg
from iro_rules.rulebook import Ladder, Silence
from iro_rules.rulebook.ladder import SETTLED
from tests.checking.test_drawing import flat, from_mermaid, from_svg
from tests.wide.books import NOTHING, PROTOCOLS


def ladders(name: str) -> list[tuple[Ladder, Picture]]:
    subject = subject_of(PROTOCOLS[name], NOTHING)
    return [(ladder, picture_of(subject, ladder)) for ladder in subject.ladders]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_way_a_matter_can_go_is_an_arrow(name: str) -> None:
    """The ladder's own list of moves, made without any drawing, is in the picture; steps join the stages they leave."""
    for ladder, picture in ladders(name):
        arrows = {(arrow.start, arrow.end) for arrow in picture.arrows}
        into = {arrow.end for arrow in picture.arrows}
        for move in ladder.moves():
            end = "closed" if move.to == SETTLED else f"stage:{move.to}"
            assert end in into, move
            if move.start and move.by != "step":
                assert (f"stage:{move.start}", end) in arrows, move


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_drawing_can_be_read_back(name: str) -> None:
    """As Mermaid text and as SVG, box by box and arrow by arrow."""
    for _, picture in ladders(name):
        boxes, arrows = from_mermaid(mermaid(picture))
        assert boxes == [(box.title, *box.lines) for box in picture.boxes]
        assert [words for _, _, words, _ in arrows] == [arrow.words for arrow in picture.arrows]
        drawn, drawn_arrows = from_svg(svg(picture))
        assert list(drawn) == [box.id for box in picture.boxes]
        assert [flat(words) for _, _, words, _ in drawn_arrows] == [flat(arrow.words) for arrow in picture.arrows]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_silence_is_found_unspecified_just_where_a_stage_says_nothing_of_it(name: str) -> None:
    """Of each stage that does not end the matter; and no stage of these protocols is out of reach."""
    report = check(PROTOCOLS[name], NOTHING)
    stages = {(ladder.id, stage.id): stage for ladder, _ in ladders(name) for stage in ladder.stages}
    unsaid = {f"{a}/{b}" for (a, b), s in stages.items() if s.silence is Silence.UNSPECIFIED and not s.ends}
    assert {finding.about for finding in report.of(Kind.SILENCE_UNSPECIFIED)} == unsaid
    assert report.of(Kind.UNREACHABLE_STAGE) == ()


@pytest.mark.parametrize("name", PROTOCOLS)
def test_without_national_rules_nothing_is_measured_by_them(name: str) -> None:
    """No finding names a national rule where there is none."""
    for finding in check(PROTOCOLS[name], NOTHING).findings:
        assert finding.national == ()
