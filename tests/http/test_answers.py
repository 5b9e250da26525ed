"""What the service answers is what the command line answers, byte for byte."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from iro_rules import assess
from iro_rules.cli import main
from iro_rules.formats import CaseFile, case_to_json, read_case
from iro_rules.formats.assessment_json import assessment_to_json, json_text
from iro_rules.formats.schema import shipped
from iro_rules.http.examples import CASE, QUESTION, SERVICE, SUPPOSITION
from iro_rules.testing.random_cases import random_case
from tests.http.serving import EXAMPLES, Service

AS_OF = "as_of=2026-03-02"


def told(*arguments: str) -> bytes:
    """What a command prints."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def post(running: Service, path: str, body: Any) -> Any:
    """A plain value posted, and the bytes that come back."""
    answer = running.ask("POST", path, json.dumps(body).encode())
    assert answer.status == 200, answer.body
    return answer.body


ROCHDALE = ("--protocol", "rochdale")


@pytest.mark.parametrize(
    ("name", "more", "query"),
    [
        ("rochdale-dispute", ROCHDALE, "&protocol=rochdale"),
        ("rochdale-dispute", (*ROCHDALE, "--unverified"), "&protocol=rochdale&unverified=true"),
        ("siblings", (), ""),
        ("reviews-only", (), "&unverified=false"),
        ("authority", ROCHDALE, "&protocol=rochdale"),
    ],
)
def test_an_assessment_has_the_bytes_of_the_command_line(
    running: Service, name: str, more: tuple[str, ...], query: str
) -> None:
    """The examples, under the national rules and under a protocol, with and without the unverified rules."""
    path = EXAMPLES / f"{name}.json"
    answer = running.ask("POST", f"/v1/assess?{AS_OF}{query}", path.read_bytes())
    assert answer.status == 200, answer.body
    assert answer.body == told("assess", str(path), "--as-of", "2026-03-02", "--format", "json", *more)


def test_generated_cases_have_the_bytes_of_assess(running: Service) -> None:
    """Awkward cases made from a seed, with their related cases, judged here and there."""
    rng = random.Random(7)
    judged = 0
    while judged < 40:
        made = random_case(rng)
        file = CaseFile(made.case, made.related)
        body = json.dumps(case_to_json(file)).encode()
        answer = running.ask("POST", f"/v1/assess?{AS_OF}", body)
        if answer.status == 422:
            assert answer.json["type"] == "urn:iro-rules:error:case"
            continue
        read = read_case(body)
        right = assess(read.case, as_of="2026-03-02", related=read.related.values())
        assert answer.body == json_text(assessment_to_json(right)).encode()
        judged += 1


def test_a_reading_chosen_is_used(running: Service, tmp_path: Path) -> None:
    """The parameter may be repeated, and does what --read does."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE), encoding="utf-8")
    chosen = "counting.first-day=event_day"
    right = told("assess", str(case), "--as-of", "2026-03-02", "--format", "json", "--read", chosen)
    assert post(running, f"/v1/assess?{AS_OF}&read={chosen}", CASE) == right
    assert post(running, f"/v1/assess?{AS_OF}", CASE) != right


def test_an_audit_a_comparison_and_a_calendar_are_those_of_the_command_line(running: Service) -> None:
    """The other things said of a case have the bytes of their commands too."""
    authority, dispute = str(EXAMPLES / "authority.json"), str(EXAMPLES / "rochdale-dispute.json")
    day = ("--as-of", "2026-03-02", "--format")
    answer = running.ask("POST", f"/v1/audit?{AS_OF}", Path(authority).read_bytes())
    assert answer.body == told("audit", authority, *day, "json")
    answer = running.ask("POST", f"/v1/compare?{AS_OF}&protocols=national,rochdale", Path(dispute).read_bytes())
    assert answer.body == told("compare", dispute, "--protocols", "national,rochdale", *day, "json")
    answer = running.ask("POST", f"/v1/calendar?{AS_OF}&protocol=rochdale", Path(dispute).read_bytes())
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.body == told("assess", dispute, "--protocol", "rochdale", *day, "ics")


@pytest.mark.parametrize("protocol", ["", "rochdale"])
def test_the_rules_are_those_of_the_command_line(running: Service, protocol: str) -> None:
    """All of them; and one of them alone, with its own open questions."""
    option, query = (("--protocol", protocol), f"?protocol={protocol}") if protocol else ((), "")
    answer = running.ask("GET", f"/v1/rules{query}")
    assert answer.body == told("rules", "--format", "json", *option)
    one = running.ask("GET", f"/v1/rules{query}{'&' if query else '?'}rule=regulations.first-review").json
    assert [rule["id"] for rule in one["rules"]] == ["regulations.first-review"]
    assert {i["id"] for i in one["interpretations"]} == set(one["rules"][0]["interpretations"])
    assert one["rules"][0] in answer.json["rules"]


def test_the_check_of_a_protocol_is_that_of_the_command_line(running: Service) -> None:
    """With the same bytes, asked once and again."""
    right = told("protocol", "check", "derby", "--format", "json")
    assert running.ask("GET", "/v1/protocol-check?protocol=derby").body == right
    assert running.ask("GET", "/v1/protocol-check?protocol=derby").body == right


def test_what_would_change_is_told_with_its_reason(running: Service) -> None:
    """The first review held four days earlier would have been in time, because it was moved."""
    found = json.loads(post(running, f"/v1/what-if?{AS_OF}", SUPPOSITION))
    Draft202012Validator(shipped("what-if-1")).validate(found)
    Draft202012Validator(shipped("supposition-1")).validate(SUPPOSITION)
    first = next(one for one in found["changes"] if one["finding"] == "regulations.first-review:start")
    assert (first["before"]["standing"], first["after"]["standing"]) == ("met_late", "met")
    assert first["because"] == ["held"]
    assert {edit["fact"]: edit["what"] for edit in found["edits"]} == {"held": "moved", "plan": "changed"}
    assert found["why"][0].startswith("Suppose ")


def test_facts_are_supposed_and_left_out(running: Service) -> None:
    """A review taken away is overdue; one added in its place, in time, is met."""
    body = {"format": "iro-rules/supposition/1", "case": CASE, "without": ["held"]}
    gone = json.loads(post(running, f"/v1/what-if?{AS_OF}", body))
    first = next(one for one in gone["changes"] if one["finding"] == "regulations.first-review:start")
    assert first["after"]["standing"] == "overdue"
    added = {"kind": "review_held", "id": "sooner", "when": "2026-01-20", "review": "first"}
    both = json.loads(post(running, f"/v1/what-if?{AS_OF}", body | {"add": [added]}))
    first = next(one for one in both["changes"] if one["finding"] == "regulations.first-review:start")
    assert first["after"]["standing"] == "met"


def test_a_finding_is_explained_as_in_the_assessment(running: Service) -> None:
    """One finding named, or every finding of a rule, each as the assessment has it."""
    whole = json.loads(post(running, f"/v1/assess?{AS_OF}", CASE))
    Draft202012Validator(shipped("question-1")).validate(QUESTION)
    for name in ("regulations.first-review:start", "regulations.first-review"):
        found = json.loads(post(running, f"/v1/explain?{AS_OF}", QUESTION | {"name": name}))
        Draft202012Validator(shipped("explanation-1")).validate(found)
        assert found["findings"] == [one for one in whole["findings"] if name in (one["id"], one["rule"])]
        assert found["provenance"] == whole["provenance"]


def test_the_protocols_installed_are_listed(running: Service) -> None:
    """Each by the name it is asked for by."""
    found = running.ask("GET", "/v1/protocols").json
    Draft202012Validator(shipped("protocols-1")).validate(found)
    assert {"barnet", "derby", "rochdale"} <= {one["name"] for one in found["protocols"]}
    assert all(one["error"] is None for one in found["protocols"])


def test_health_and_version_are_told(running: Service) -> None:
    """That it runs; and which version answers, under which rules."""
    assert running.ask("GET", "/health").json == {"status": "ok"}
    found = running.ask("GET", "/version").json
    assert told("--version").decode().split()[-1] == found["version"]
    assert found["packages"][0]["name"] == "iro-rules"


def test_the_audit_of_the_example_is_answered(running: Service) -> None:
    """The example in the description of the service is one that can be asked."""
    Draft202012Validator(shipped("audit-1")).validate(json.loads(post(running, f"/v1/audit?{AS_OF}", SERVICE)))
