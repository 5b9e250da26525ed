"""What the command line prints: tables, JSON, explanations, rules and packages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iro_rules import Standing, __version__
from iro_rules.assessment import Finding
from iro_rules.errors import EngineError
from iro_rules.formats.schema import shipped
from iro_rules.report.console import URGENCY
from iro_rules.report.rules import shown_rules
from tests.cli.conftest import ASKED, EXAMPLES, Run


def test_the_table_has_a_row_for_each_finding_most_urgent_first(run: Run) -> None:
    """What is overdue stands before what is open, that before what was late, and that before what was met."""
    result = run("assess", *ASKED)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "Case rochdale-0417, as of 2026-03-02"
    assert lines[2] == ""
    assert lines[3].split() == ["Standing", "By", "when", "What,", "and", "[the", "finding's", "id]"]
    assert lines[4].startswith("overdue        Mon 23 Feb 2026  The authority's legal department should give the IRO")
    ids = [line.strip()[1:-1] for line in lines if line.strip().startswith("[")]
    assert len(ids) == len(set(ids)) >= 45
    order = [ids.index(name) for name in (
        "handbook.court-documents:f36",
        "handbook.education-plan-before-review:second",
        "regulations.second-review:first",
        "rochdale.dispute.record-decision:f37",
        "handbook.siblings-share-iro:f04",
        "rochdale.dispute.team-manager-response:f14",
        "handbook.iro-appointed:f01",
        "rochdale.dispute.legal-advice-by-agreement:f30",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "Calendar: England and Wales bank holidays" in lines[-1]
    assert "Rules: iro-rules" in result.stdout
    assert "rochdale 2026.1" in result.stdout


def test_above_the_table_stands_how_many_findings_stand_how(run: Run) -> None:
    """The most urgent first, and of what is open how much has a date; they add up to the rows of the table."""
    lines = run("assess", *ASKED).stdout.splitlines()
    told = lines[1]
    every, _, standings = told.partition(" findings: ")
    assert standings.startswith("1 overdue, ")
    numbers = [int(part.split()[0]) for part in standings.split(", ")]
    assert sum(numbers) == int(every) == sum(bool(re.match(r" +\[", line)) for line in lines)
    rows = [line for line in lines if line.startswith("open ")]
    dated = [row for row in rows if row[15:18].strip()]
    assert f"{len(rows)} open ({len(dated)} with a date), " in standings


@pytest.mark.parametrize("names", [("overdue", "met late"), ("met_late", "Overdue"), ("met-late", "overdue")])
def test_only_what_stands_so_is_shown_and_how_many_others_there_are_is_said(run: Run, names: tuple[str, str]) -> None:
    """A long answer can be read by its standings; nothing is left out in silence."""
    result = run("assess", *ASKED, "--only", names[0], "--only", names[1])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    ids = [line.strip()[1:-1] for line in lines if re.match(r" +\[", line)]
    assert ids == [
        "handbook.court-documents:f36",
        "rochdale.dispute.team-manager-response:f14",
        "handbook.formal-dispute.length:contact-plan",
        "rochdale.dispute.formal-length:contact-plan",
    ]
    every = lines[1].partition(" findings: ")[0]
    assert f": 4 of {every}. Without --only all are shown." in result.stdout
    assert "Only if read otherwise" in result.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--only", "late"), "--only late is no standing; one of met, "),
        (("--only", "overdue", "--format", "json"), "--format json always has every finding"),
    ],
)
def test_a_choice_of_standings_that_means_nothing_is_refused(run: Run, options: tuple[str, ...], words: str) -> None:
    """A misspelt one, and one beside a form that other programs rest on."""
    result = run("assess", *ASKED, *options)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_every_standing_has_its_place_in_the_order() -> None:
    """None is missing and none stands twice."""
    assert sorted(URGENCY) == sorted(Standing)


def test_in_a_pipe_the_table_is_plain_text_120_columns_wide(run: Run) -> None:
    """No colour, no cursor, whatever the environment says of the terminal."""
    result = run("assess", *ASKED, env={"COLUMNS": "40"})
    assert max(map(len, result.stdout.splitlines())) <= 120
    assert "\x1b" not in result.stdout


def test_json_is_one_document_of_the_published_shape(run: Run) -> None:
    """It parses, it fits, and it has every finding with its explanation."""
    result = run("assess", *ASKED, "--format", "json")
    told = json.loads(result.stdout)
    Draft202012Validator(shipped("assessment-1")).validate(told)
    assert len(told["findings"]) >= 45
    assert all(finding["why"] for finding in told["findings"])


def test_what_cannot_be_told_is_listed_by_what_is_missing(run: Run) -> None:
    """A return of reviews only: one line for each thing that is missing, with the rules that want it."""
    result = run("assess", str(EXAMPLES / "reviews-only.json"), "--as-of", "2026-03-02")
    assert "Cannot be told from this record:" in result.stdout
    assert (
        "for want of facts of the kind “related”: handbook.siblings-share-iro,"
        " handbook.parent-and-child-have-different-iros"
    ) in result.stdout


def test_what_arises_only_if_read_otherwise_is_told_below_the_table(run: Run) -> None:
    """With the reading, the act, and the finding it would be."""
    text = " ".join(run("assess", str(EXAMPLES / "siblings.json"), "--as-of", "2026-03-02").stdout.split())
    assert "Only if read otherwise (plo.plan-not-endorsed.review = with_evidence): the final care plan" in text
    assert "[plo.plan-not-endorsed:filed: holds]" in text


def test_related_cases_of_the_file_are_used(run: Run) -> None:
    """The sister's IRO is another, and both are named."""
    text = run("explain", "handbook.siblings-share-iro", "--case", str(EXAMPLES / "siblings.json"),
               "--as-of", "2026-03-02").stdout  # fmt: skip
    assert text.startswith("handbook.siblings-share-iro:sister: breached\n")
    assert "iro-3 was appointed" in text
    assert "iro-9 was appointed" in text


def test_a_case_in_which_nothing_is_owed_says_so(run: Run) -> None:
    """Before anything happened there is nothing to tell."""
    result = run("assess", *ASKED[:-1], "1999-01-01")
    assert result.exit_code == 0
    assert "Nothing is owed on these facts." in result.stdout
    unseen = run("assess", str(EXAMPLES / "reviews-only.json"), "--as-of", "1999-01-01")
    assert "Nothing is known to be owed on these facts." in unseen.stdout
    assert "Cannot be told from this record:" in unseen.stdout


@pytest.mark.parametrize("engine", ["checked", "meaning", "columnar"])
def test_the_engine_that_answered_is_named(run: Run, engine: str) -> None:
    """The rest of the table is the same whoever answers."""
    result = run("assess", *ASKED, "--engine", engine)
    assert result.exit_code == 0
    named = {"checked": "Answered by ", "meaning": "Answered by meaning.", "columnar": "Answered by columnar."}
    assert named[engine] in result.stdout
    table = run("assess", *ASKED, "--engine", "meaning").stdout.partition("Answered by")[0]
    assert result.stdout.partition("Answered by")[0] == table


def test_a_reading_can_be_chosen(run: Run) -> None:
    """Held, not only arranged, and from the first day: the three-way meeting was late."""
    readings = ("--read", "rochdale.dispute.three-way-meeting=held", "--read", "counting.first-day=event_day")
    told = json.loads(run("assess", *ASKED, *readings, "--format", "json").stdout)
    (found,) = (f for f in told["findings"] if f["rule"] == "rochdale.dispute.three-way-meeting")
    assert found["standing"] == "met_late"
    assert told["provenance"]["readings"]["counting.first-day"] == "event_day"
    again = ("--read", "counting.first-day=event_day", "--read", "counting.first-day=event_day")
    assert run("assess", *ASKED, *again).exit_code == 0


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ((), 0),
        (("overdue",), 1),
        (("breached",), 0),
        (("not_in_place", "conflict"), 0),
        (("breached", "overdue"), 1),
    ],
)
@pytest.mark.parametrize("shape", ["table", "json"])
def test_fail_on_turns_a_standing_into_an_exit_code(run: Run, fail_on: tuple[str, ...], code: int, shape: str) -> None:
    """0 where nothing stands so, 1 where something does; the answer is printed either way."""
    options = [word for standing in fail_on for word in ("--fail-on", standing)]
    result = run("assess", *ASKED, "--format", shape, *options)
    assert result.exit_code == code
    assert result.stdout == run("assess", *ASKED, "--format", shape).stdout
    assert result.stderr == ""


def test_a_rule_is_explained_with_its_source_and_its_open_questions(run: Run) -> None:
    """Act, bearer, clock, source, force, and each question with its readings and the reason for the default."""
    text = " ".join(run("explain", "rochdale.dispute.three-way-meeting", "--protocol", "rochdale").stdout.split())
    for words in (
        "Clock: within 5 working days.",
        "Source: Rochdale, Independent Reviewing Officers' procedure, 7.2.2 steps 1 and 2. Rows: R7-21, R7-22.",
        "In force from Friday 1 April 2011.",
        "arranged (used unless chosen otherwise): arranged within the five days; held: held within the five days.",
    ):
        assert words in text


def test_every_rule_can_be_explained(run: Run, rochdale: Any) -> None:
    """National and local, whatever its kind."""
    for rule in shown_rules(rochdale):
        result = run("explain", rule.id, "--protocol", "rochdale")
        assert result.stdout.startswith(f"{rule.id}\n")
        assert "Clock: " in result.stdout
        assert "Source: " in result.stdout


@pytest.fixture(name="rochdale", scope="module")
def _rochdale() -> Any:
    """The national rules with Rochdale's over them."""
    from iro_rules import setting

    return setting("rochdale").rulebook


def test_a_finding_is_explained_day_by_day(run: Run) -> None:
    """Each day of the count on a line, with what was left out and why."""
    asked = ("explain", "handbook.health-plan-before-review:second", "--case", *ASKED)
    assert run(*asked, "--days").stdout.splitlines()[-6:] == [
        "    Monday 9 March 2026: day 1",
        "    Sunday 8 March 2026: not counted: Sunday",
        "    Saturday 7 March 2026: not counted: Saturday",
        "    Friday 6 March 2026: day 2",
        "    Thursday 5 March 2026: day 3",
        "",
    ]
    assert ": day 1" not in run(*asked).stdout


def test_a_rules_name_explains_each_of_its_findings(run: Run) -> None:
    """Both reviews' health plans, each under its id and standing."""
    text = run("explain", "handbook.health-plan-before-review", "--case", *ASKED).stdout
    assert next(line for line in text.splitlines() if line and not line.startswith(" ")).endswith(":first: met")
    assert "handbook.health-plan-before-review:second: open" in text


@pytest.mark.parametrize("protocol", [None, "rochdale"])
def test_the_rules_are_listed_with_their_clock_and_source(run: Run, protocol: str | None) -> None:
    """As many rows as are counted at the end, and the same rules as in JSON."""
    options = ("--protocol", protocol) if protocol else ()
    told = json.loads(run("rules", *options, "--format", "json").stdout)
    Draft202012Validator(shipped("rules-1")).validate(told)
    table = run("rules", *options).stdout
    assert f"{len(told['rules'])} rules; {len(told['interpretations'])} open questions" in table
    assert all(rule["id"][:28] in table for rule in told["rules"])
    assert any(rule["id"].startswith("rochdale.") for rule in told["rules"]) is (protocol is not None)


def test_the_ledger_lists_every_row_and_counts_them(run: Run) -> None:
    """As many rows as are counted at the end, the same as in JSON; a protocol lists the rows of its own document."""
    told = json.loads(run("ledger", "--format", "json").stdout)
    Draft202012Validator(shipped("ledger-1")).validate(told)
    table = run("ledger").stdout
    assert f"{told['counts']['rows']} rows: " in table
    assert all(f"\n{row['row']} " in table for row in told["rows"])
    rows = {row["row"]: row for row in told["rows"]}
    assert "handbook.court-documents" in rows["F-21b"]["rules"]
    local = json.loads(run("ledger", "--protocol", "rochdale", "--format", "json").stdout)
    assert local["ledger"] == "rochdale"
    assert not {row["row"] for row in local["rows"]} & rows.keys()


def test_installed_packages_are_listed(run: Run) -> None:
    """With version, distribution and state."""
    lines = run("protocol", "list").stdout.splitlines()
    assert lines[0].split() == ["Protocol", "Version", "Distribution", "State"]
    (rochdale,) = (line for line in lines if line.startswith("rochdale "))
    assert "iro-rules-rochdale" in rochdale
    assert " ok " in rochdale


def test_help_and_version_are_there(run: Run) -> None:
    """Each command says what it does, and the exit codes are named."""
    text = run("--help").stdout
    assert all(command in text for command in ("assess", "explain", "ledger", "protocol", "rules"))
    assert "2 bad usage or bad input" in " ".join(text.split())
    assert run("--version").stdout == f"iro-rules, version {__version__}\n"


def test_an_answer_that_fails_halfway_is_not_printed_at_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two explanations cannot be made: neither is shown."""
    explain = Finding.explain

    def failing(self: Finding) -> Any:
        if self.about == "second":
            raise EngineError("the ink ran out")
        return explain(self)

    monkeypatch.setattr(Finding, "explain", failing)
    for asked in (
        ("explain", "handbook.health-plan-before-review", "--case", *ASKED),
        ("assess", *ASKED, "--format", "json"),
    ):
        result = run(*asked)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "the ink ran out" in result.stderr
