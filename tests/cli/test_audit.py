"""`iro-rules audit`: one page about an authority's service that can be taken to a meeting."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iro_rules.formats.schema import shipped
from tests.cli.conftest import EXAMPLES, Run

AUTHORITY = str(EXAMPLES / "authority.json")
ASKED = ("audit", AUTHORITY, "--as-of", "2026-03-02")

Write = Callable[..., str]


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Write:
    """Writes an authority's case file: its facts, and what its record covers."""

    def write(*facts: dict[str, Any], coverage: Any = "everything") -> str:
        path = tmp_path / "authority.json"
        case = {"format": "iro-rules/case/1", "case": "a", "subject": "authority", "coverage": coverage}
        path.write_text(json.dumps(case | {"facts": list(facts)}), encoding="utf-8")
        return str(path)

    return write


BEGIN = {"kind": "records_begin", "id": "begin", "when": "2024-04-01"}


def titles(page: str) -> list[str]:
    """The headings of a page: its lines that are neither indented nor empty."""
    return [line for line in page.splitlines() if line and not line.startswith(" ")]


def under(page: str, title: str) -> str:
    """What stands under a heading, as one line."""
    lines = page.splitlines()
    start = lines.index(title) + 1
    end = next((n for n in range(start, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    return " ".join(" ".join(lines[start:end]).split())


def test_the_page_goes_from_what_is_wrong_to_what_to_do_next(run: Run) -> None:
    """What is not in place comes first and the next steps last, under the authority and the day."""
    result = run(*ASKED)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert titles(result.stdout) == [
        "The IRO service of northmoor, as of Monday 2 March 2026",
        "In short",
        "Not in place",
        "Stale: recorded as in place, but too long ago to go by",
        "Done once, or from time to time",
        "Annual reports and training, by date",
        "Caseloads",
        "In place",
        "How far the sources cited were read, by their numbered rows",
        "Next",
    ]


def test_what_must_be_stands_apart_from_what_should(run: Run) -> None:
    """The tracker is a must and comes before legal advice, a should; each with what would show it, and its source."""
    found = under(run(*ASKED).stdout, "Not in place")
    must, _, should = found.partition(" Should ")
    assert must.startswith("Must - ")
    assert "[plo.tracker:begin]" in must
    assert "(a fact of the kind arrangement named public_law_outline_tracker)" in must
    assert "[handbook.independent-legal-advice:begin]" in should
    assert "IRO Handbook 2010, paras 6.13 and 6.14, as quoted by Derby" in should
    assert "[plo.tracker:begin]" not in should


def test_what_is_stale_is_told_with_its_last_record_and_with_the_reading_it_rests_on(run: Run) -> None:
    """The system of October 2024 was seen too long ago, unless a record is good until it ends."""
    found = under(run(*ASKED).stdout, "Stale: recorded as in place, but too long ago to go by")
    assert "On record: from 7 October 2024." in found
    assert "service.evidence.fresh=until_ended" in found
    assert "with the day it was last checked" in found
    page = run(*ASKED, "--read", "service.evidence.fresh=until_ended").stdout
    assert not any(title.startswith("Stale") for title in titles(page))
    assert "On record: from 7 October 2024." in under(page, "In place")


def test_caseloads_are_told_against_what_is_advised_per_iro_and_over_all(run: Run) -> None:
    """To a full-time post, above, within and below; where a working time is missing the whole cannot be worked out."""
    page = run(*ASKED).stdout
    found = under(page, "Caseloads")
    for row in (
        "iro-1 66 1 66.0 within 31 January 2026",
        "iro-2 74 1 74.0 above 31 January 2026",
        "iro-3 46 0.6 76.7 above 31 January 2026",
        "iro-4 31 0.8 38.8 below 31 January 2026",
        "iro-5 58 not recorded - cannot be told 31 January 2026",
        "the IRO service as a whole 268 4 67.0 within 30 June 2025",
        "no working time is on record for iro-5",
    ):
        assert row in found
    counted = under(run(*ASKED, "--read", "handbook.caseload.basis=person").stdout, "Caseloads")
    assert "iro-3 46 0.6 76.7 below 31 January 2026" in counted
    assert "iro-5 58 not recorded - within 31 January 2026" in counted
    later = under(run(*ASKED[:-1], "2026-07-01").stdout, "Caseloads")
    assert "67.0 within 30 June 2025, over a year ago" in later


def test_over_all_is_worked_out_from_every_iro(run: Run, write: Write) -> None:
    """98 children and 1.4 posts come to 70, which is within; one child more is above by little, and is told so."""
    full = {"kind": "caseload", "when": "2026-02-02", "person": "iro-1", "children": 70, "full_time_percent": 100}
    part = {"kind": "caseload", "when": "2026-02-02", "person": "iro-2", "children": 28, "full_time_percent": 40}
    left = {"kind": "caseload", "when": "2026-02-02", "person": "iro-3", "children": 0}
    page = run("audit", write(BEGIN, full, part, left), "--as-of", "2026-03-02").stdout
    assert "all the IROs above (worked out) 98 1.4 70.0 within" in under(page, "Caseloads")
    assert "iro-3 0 not recorded - no children 2 February 2026" in under(page, "Caseloads")
    large = {**full, "children": 7001, "full_time_percent": 10_000}
    page = run("audit", write(BEGIN, large), "--as-of", "2026-03-02").stdout
    assert "iro-1 7001 100 70.010 above" in under(page, "Caseloads")


def test_reports_and_training_are_told_by_date(run: Run) -> None:
    """The last training of the service and of each IRO, and who has none on record."""
    found = under(run(*ASKED).stdout, "Annual reports and training, by date")
    assert "Annual reports 18 November 2024" in found
    assert "Training of the IRO service as a whole 14 May 2025" in found
    assert "Training of iro-3 3 December 2025" in found
    assert "Training of iro-5 none on record" in found


def test_the_next_steps_are_few_and_what_is_late_comes_first(run: Run) -> None:
    """Six of them at most, numbered, the overdue report before everything."""
    found = under(run(*ASKED).stdout, "Next")
    assert found.startswith(
        "The first 6 of 11: 1. Produce the next annual report on the IRO service: "
        "it was due by Tuesday 18 November 2025. 2. Must, and is not in place: "
    )
    assert "6. Look at the caseload of iro-3: 46 children for 0.6 of a full-time post" in found
    assert " 7. " not in found


def test_a_service_with_everything_in_place_has_nothing_to_do(run: Run, write: Write) -> None:
    """No section for what is missing, and a last line that says so."""
    names = shipped("case-1")["$defs"]["term.arrangement"]["enum"]
    facts = [{"kind": "arrangement", "when": "2025-09-01", "name": name} for name in names]
    facts += [
        {"kind": "published", "when": "2025-09-01", "publication": name}
        for name in shipped("case-1")["$defs"]["term.publication"]["enum"]
    ]
    page = run("audit", write(BEGIN, {"kind": "trained", "when": "2025-09-01"}, *facts), "--as-of", "2026-03-02").stdout
    assert "Not in place" not in titles(page)
    assert under(page, "Next") == "Nothing here calls for anything to be done."
    assert "No caseload is on record." in under(page, "Caseloads")


def test_what_the_record_cannot_show_is_unknown_and_said_once(run: Run, write: Write) -> None:
    """A record of nothing but its beginning calls nothing missing, and names what is wanting."""
    path = write(BEGIN, coverage=["records_begin"])
    page = run("audit", path, "--as-of", "2026-03-02").stdout
    assert "Not in place" not in titles(page)
    unknown = under(page, "Unknown: this record cannot show it")
    assert "The record does not show facts of the kind “arrangement”." in unknown
    assert "This record does not hold caseloads." in under(page, "Caseloads")
    assert "Annual reports this record does not hold them" in under(page, "Annual reports and training, by date")
    assert "handbook.caseload-above" in under(page, "Cannot be told from this record")
    assert "Record what this audit could not see: " in under(page, "Next")


def test_facts_that_cannot_be_right_are_to_be_looked_at(run: Run, write: Write) -> None:
    """Children in no working time."""
    fact = {"kind": "caseload", "id": "zero", "when": "2026-02-02", "person": "iro-1", "children": 9}
    page = run("audit", write(BEGIN, fact | {"full_time_percent": 0}), "--as-of", "2026-03-02").stdout
    found = under(page, "To be looked at: the facts cannot be right")
    assert "[facts.caseload-without-working-time:zero]" in found
    assert "Put right in the record: children are recorded in a caseload" in under(page, "Next")


def test_the_last_training_may_have_been_on_the_day_asked_about_but_no_later(run: Run, write: Write) -> None:
    """What happens tomorrow is not on today's page."""
    facts = [{"kind": "trained", "when": day} for day in ("2026-03-02", "2026-03-03")]
    page = run("audit", write(BEGIN, *facts), "--as-of", "2026-03-02").stdout
    assert "Training of the IRO service as a whole 2 March 2026" in under(page, "Annual reports and training, by date")
    timed = [{"kind": "trained", "when": "2026-03-02T15:00:00+00:00"}]
    page = run("audit", write(BEGIN, *timed), "--as-of", "2026-03-02T14:00:00+00:00").stdout
    assert "Training of the IRO service as a whole none on record" in under(
        page, "Annual reports and training, by date"
    )


def test_a_councils_protocol_adds_what_it_asks(run: Run) -> None:
    """Derby's arrangement with its neighbour stands beside the national duties."""
    assert "[derby.reciprocal-arrangement:begin]" in run(*ASKED, "--protocol", "derby").stdout
    assert "derby" not in run(*ASKED).stdout.replace("as quoted by Derby", "")


def test_in_a_pipe_the_page_is_plain_text_120_columns_wide(run: Run) -> None:
    """No colour and no cursor in a file."""
    result = run(*ASKED, env={"COLUMNS": "40"})
    assert max(map(len, result.stdout.splitlines())) <= 120
    assert "\x1b" not in result.stdout


def test_markdown_says_the_same_under_the_same_headings(run: Run) -> None:
    """Headings, lists and tables, with nothing of the text taken for markup."""
    page = run(*ASKED, "--format", "markdown").stdout
    assert page.startswith("# The IRO service of northmoor, as of Monday 2 March 2026\n")
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert headings == titles(run(*ASKED).stdout)[1:]
    assert "| iro-3 | 46 | 0.6 | 76.7 | above | 31 January 2026 |" in page
    assert "\\[plo.tracker:begin\\]" in page
    assert "public\\_law\\_outline\\_tracker" in page


def test_json_is_one_document_of_the_published_shape(run: Run, write: Write) -> None:
    """It parses and fits, for the example and for an empty record; the standings are those of the assessment."""
    told = json.loads(run(*ASKED, "--format", "json").stdout)
    shape = Draft202012Validator(shipped("audit-1"))
    shape.validate(told)
    assessed = json.loads(run("assess", *ASKED[1:], "--format", "json").stdout)
    standings = {f["id"]: f["standing"] for f in assessed["findings"]}
    assert {one["finding"]: one["standing"] for one in told["arrangements"]} == {
        name: standing for name, standing in standings.items() if standing in ("in_place", "stale", "not_in_place")
    }
    assert len(told["next"]) == 11
    empty = run("audit", write(BEGIN, coverage=["records_begin"]), "--as-of", "2026-03-02", "--format", "json")
    shape.validate(json.loads(empty.stdout))


def test_text_in_a_record_cannot_act_on_a_terminal_or_a_page(run: Run, write: Write) -> None:
    """A provider's name is shown as it is, whatever it holds."""
    fact = {"kind": "arrangement", "when": "2025-09-01", "name": "advocacy_service", "provider": "\x1b[31m*a* <b>"}
    path = write(BEGIN, fact)
    page = run("audit", path, "--as-of", "2026-03-02").stdout
    assert "\x1b" not in page
    assert "(\\x1b[31m*a* <b>)" in page
    assert "\\*a\\* \\<b\\>" in run("audit", path, "--as-of", "2026-03-02", "--format", "markdown").stdout


def test_a_childs_case_is_refused_in_words(refused: Callable[[Sequence[str]], str]) -> None:
    """Before anything is judged, with the command that does answer."""
    told = refused(("audit", str(EXAMPLES / "siblings.json"), "--as-of", "2026-03-02"))
    assert "an audit is of an authority's service, and this is the case of a child" in told
    assert "iro-rules assess" in told


def test_a_record_that_does_not_say_when_it_begins_is_refused(
    refused: Callable[[Sequence[str]], str], write: Write
) -> None:
    """With no beginning nothing is judged, and a page of nothing would look like one without faults."""
    for facts, as_of in (((), "2026-03-02"), ((BEGIN,), "2024-03-31"), (({**BEGIN, "kind": "trained"},), "2026-03-02")):
        told = refused(("audit", write(*facts), "--as-of", as_of))
        assert "the record does not say when it begins" in told
        assert "records_begin" in told
