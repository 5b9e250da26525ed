"""Charts hold their data, tell what they show in words, and show what the findings say."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import altair
import polars as pl
import pytest
import vl_convert

from iro_rules import Assessment, CaseError, MissingExtra, RulebookError, assess
from iro_rules.lab import (
    Variant,
    before_and_after,
    findings_frame,
    happenings_frame,
    heat_map,
    ladder_chart,
    ladder_positions,
    simulate,
    timeline,
    timeline_frame,
)
from iro_rules.lab.charts import draw_here
from tests.lab.lab_help import AS_OF, child, children, dispute, under

LADDER = "rochdale.dispute"
SHORTER = Variant(name="three days", numbers={"rochdale.dispute.team-manager-response.within": 3})


def made(as_of: str = AS_OF) -> Assessment:
    """The shipped example, judged on a day."""
    return assess(dispute(), as_of=as_of, protocol=under("rochdale"), robustness=False)


def varied() -> Any:
    """A variant tried on a cohort."""
    return before_and_after(simulate(children(), [SHORTER], as_of=AS_OF, protocol=under("rochdale")), SHORTER.name)


CHARTS: dict[str, Callable[[], Any]] = {
    "timeline": lambda: timeline(made()),
    "ladder": lambda: ladder_chart(made(), LADDER),
    "heat map": lambda: heat_map(made(), standing="open"),
    "before and after": varied,
}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_needs_nothing_else_and_says_in_words_what_it_shows(chart: str) -> None:
    """Its data are in it, and whoever cannot see it is told."""
    spec = CHARTS[chart]().to_dict()
    assert "url" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})
    assert spec["description"].endswith(".")
    assert len(spec["description"]) > 30
    assert spec["title"]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_drawn_in_shades_of_grey(chart: str) -> None:
    """So that it loses nothing in black and white, nor to who cannot tell colours apart."""
    svg = vl_convert.vegalite_to_svg(CHARTS[chart]().to_dict())
    for colour in set(re.findall(r"#[0-9a-fA-F]{6}", svg)):
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) <= 4, colour
    assert "aria-label" in svg


def test_the_timeline_has_each_deadline_from_its_beginning_to_its_end() -> None:
    """Worked out from the findings: the manager's answer came two days after the deadline."""
    rows = {row["finding"]: row for row in timeline_frame(made()).iter_rows(named=True)}
    assert rows.keys() == {finding.id for finding in made() if finding.due is not None}
    answer = rows["rochdale.dispute.team-manager-response:f14"]
    assert (answer["began"], answer["due"], answer["done"]) == (date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 19))
    assert answer["late"] == 6
    overdue = rows["handbook.court-documents:f36"]
    assert (overdue["done"], overdue["late"]) == (None, (date(2026, 3, 2) - date(2026, 2, 23)).days)
    assert rows["regulations.second-review:first"]["late"] is None


def test_the_timeline_shows_what_happened_and_the_stages_reached() -> None:
    """Each fact known on the day, and each stage on the day it was reached."""
    early = happenings_frame(made("2026-01-21"))
    facts = early.filter(lane="facts")
    assert facts.height == sum(str(fact.on) <= "2026-01-21" for fact in dispute().facts)
    stages = early.filter(lane="stages").select("day", "words").rows()
    assert (date(2026, 1, 20), "contact-plan: the three-way meeting") in stages
    spec = json.dumps(timeline(made()).to_dict())
    assert "contact-plan: the Service Director" in spec


def test_a_matter_stands_at_the_furthest_stage_it_has_reached_by_the_day() -> None:
    """On the ladder's own stages, and closed once it is decided."""
    early = ladder_positions(made("2026-01-21"), LADDER)
    assert early.filter("here")["stage"].to_list() == ["three_way_meeting"]
    assert early["open"].all()
    assert early["reached"].to_list() == [date(2026, 1, 5), date(2026, 1, 20), None, None, None]
    late = ladder_positions(made(), LADDER)
    assert late.filter("here")["stage"].to_list() == ["director"]
    assert not late["open"].any()


def test_a_case_without_the_matter_has_no_position() -> None:
    """And a ladder that does not exist is refused."""
    other = assess(child(), as_of=AS_OF, protocol=under("rochdale"), robustness=False)
    assert ladder_positions(other, LADDER).is_empty()
    with pytest.raises(CaseError, match="nothing in this case is on this ladder"):
        ladder_chart(other, LADDER)
    with pytest.raises(RulebookError, match=r"rochdale\.dispute, perhaps"):
        ladder_positions(made(), "rochdale.disput")


def test_a_heat_map_counts_each_bearer() -> None:
    """And refuses what it cannot count."""
    frame = findings_frame(made())
    spec = heat_map(frame, standing="open").to_dict()
    counted = sum(row["findings"] for rows in spec["datasets"].values() for row in rows)
    assert counted == frame.filter(standing="open")["bearer"].str.split(", ").list.len().sum()
    with pytest.raises(CaseError, match="no such column"):
        heat_map(frame, by="team")
    with pytest.raises(CaseError, match="no finding stands so"):
        heat_map(frame, standing="stale")


def test_a_variant_that_was_not_tried_or_changes_nothing_is_refused() -> None:
    """Rather than drawn empty."""
    result = simulate(children(), [SHORTER, Variant(name="as it is")], as_of=AS_OF, protocol=under("rochdale"))
    with pytest.raises(CaseError, match="three days"):
        before_and_after(result, "four days")
    with pytest.raises(CaseError, match="changes no standing"):
        before_and_after(result, "as it is")
    assert before_and_after(result, SHORTER).to_dict() == before_and_after(result, SHORTER.name).to_dict()


def test_a_case_without_deadlines_has_no_timeline() -> None:
    """It is refused, with the case named."""
    empty = assess(dispute(), as_of="2013-07-01", protocol=under("rochdale"), robustness=False)
    assert timeline_frame(empty).is_empty()
    with pytest.raises(CaseError, match="rochdale-0417"):
        timeline(empty)


def test_a_notebook_draws_charts_on_this_machine() -> None:
    """With the extension loaded a chart is a picture, and no page that asks the network for a program to draw it."""
    with altair.renderers.enable("default"):
        draw_here()
        shown = str(timeline(made())._repr_mimebundle_(None, None))
    assert "image/svg+xml" in shown
    assert "cdn" not in shown


def test_without_altair_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the frames work all the same."""
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match=r"iro-rules\[charts\]"):
        timeline(made())
    assert isinstance(timeline_frame(made()), pl.DataFrame)
