"""A program that is not Python judges a real case through a client generated from the service's own description.

`IRO_RULES_CLIENT` names a folder in which `npm install` was run on `tests/http/typescript/package.json`; CI makes it.
The generated code is TypeScript, compiled with --strict, and with it every example that the description gives and the
answer to each: so the types are right for what is asked, and for what comes back.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from iro_rules import __version__, assess, read_case, setting
from iro_rules.http.endpoints import ENDPOINTS
from iro_rules.http.examples import EXAMPLES as ASKED
from tests.http.serving import EXAMPLES, Service

SOURCES = Path(__file__).parent / "typescript"
FOLDER = os.environ.get("IRO_RULES_CLIENT", "")
AS_OF = "2026-03-02"

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="IRO_RULES_CLIENT names no folder in which npm installed tests/http/typescript/package.json"
)


def run(folder: Path, *command: str) -> str:
    """What a program says that ends well."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[:4000]
    return done.stdout


def typed(name: str, schema: str, value: Any) -> str:
    """A value as TypeScript that must be of a generated type."""
    shown = json.dumps(value).replace("\u2028", "\\u2028")
    return f'export const {name}: import("./iro-rules.js").components["schemas"]["{schema}"] = {shown};\n'


@pytest.fixture(scope="module", name="project")
def _project(running: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated client beside the program that uses it, and what was asked and answered, all compiled."""
    project = tmp_path_factory.mktemp("client")
    for path in SOURCES.iterdir():
        shutil.copy(path, project)
    (project / "node_modules").symlink_to(Path(FOLDER).resolve() / "node_modules")
    (project / "openapi.json").write_bytes(running.ask("GET", "/openapi.json").body)
    generate = ("node_modules/.bin/openapi-typescript", "openapi.json", "--default-non-nullable=false")
    run(project, *generate, "-o", "iro-rules.d.ts")
    dispute = json.loads((EXAMPLES / "rochdale-dispute.json").read_bytes())
    (project / "example.ts").write_text(typed("example", "case-1", dispute), encoding="utf-8")
    (project / "answers.ts").write_text("".join(exchanged(running, dispute)), encoding="utf-8")
    run(project, "node_modules/.bin/tsc", "--project", ".")
    return project


def exchanged(running: Service, dispute: Any) -> list[str]:
    """Every example of the description, with what it is answered, each as a value of the type it should have."""
    found = []
    for endpoint in ENDPOINTS:
        if endpoint.reply in ("", "anything"):
            continue
        bodies = [*ASKED.get(endpoint.name, {}).values()] if endpoint.body else [None]
        if endpoint.name in ("assess", "compare"):
            bodies.append(dispute)
        for number, body in enumerate(bodies):
            query = f"as_of={AS_OF}" if endpoint.body else ""
            query += {"compare": "&protocols=national,rochdale", "assess": "&protocol=rochdale"}.get(endpoint.name, "")
            query += "protocol=derby" if endpoint.name == "protocol_check" else ""
            sent = b"" if body is None else json.dumps(body).encode()
            answer = running.ask(endpoint.method, f"{endpoint.path}?{query}", sent)
            assert answer.status == 200, answer.body
            if body is not None:
                found.append(typed(f"asked_{endpoint.name}_{number}", endpoint.body, body))
            found.append(typed(f"told_{endpoint.name}_{number}", endpoint.reply, answer.json))
    refused = running.ask("POST", "/v1/assess?as_of=never", json.dumps(dispute).encode())
    return [*found, typed("refused", "problem-1", refused.json)]


def test_a_generated_client_judges_a_case(running: Service, project: Path) -> None:
    """It is given the findings of `assess`, is told what is wrong, and sends lists and repeated parameters as meant."""
    told = json.loads(run(project, "node", "built/client.js", running.address, AS_OF, "rochdale"))
    where = setting("rochdale")
    file = read_case(EXAMPLES / "rochdale-dispute.json", terms=where.rulebook.terms)
    right = assess(file.case, as_of=AS_OF, protocol=where)
    assert (told["case"], told["count"]) == (right.case, len(right.findings))
    assert told["overdue"] == [[f.id, f.due.isoformat() if f.due else None, list(f.bearer)] for f in right.overdue]
    assert told["why"] == [finding.why().split("\n")[0] for finding in right.overdue]
    assert told["overdue"]
    assert "422 urn:iro-rules:error:protocol: there is no such protocol" in told["refused"]
    assert (told["health"], told["version"]) == ("ok", __version__)
    assert told["compared"] == ["national", "rochdale"]
    assert told["readings"] | {"counting.first-day": "event_day", "counting.clear-days": "clear"} == told["readings"]


def test_every_example_and_every_answer_is_of_the_generated_type(project: Path) -> None:
    """The compiler saw them all; and what it must refuse, it refuses."""
    seen = set(re.findall(r"^export const (\w+)", (project / "answers.ts").read_text(encoding="utf-8"), re.MULTILINE))
    assert {f"told_{one.name}_0" for one in ENDPOINTS if one.reply not in ("", "anything")} <= seen
    assert {f"asked_{one.name}_0" for one in ENDPOINTS if one.body and one.reply} <= seen
    assert (project / "wrong.ts").read_text(encoding="utf-8").count("@ts-expect-error") > 8


def test_a_type_that_were_wrong_would_be_seen(project: Path) -> None:
    """A value of another shape does not compile."""
    wrong = typed("wrong", "assessment-1", {"format": "iro-rules/assessment/1", "case": 3})
    (project / "spoilt.ts").write_text(wrong, encoding="utf-8")
    try:
        done = subprocess.run(
            ["node_modules/.bin/tsc", "--project", ".", "--noEmit"],
            cwd=project, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    finally:
        (project / "spoilt.ts").unlink()
    assert done.returncode != 0
    assert "spoilt.ts" in done.stdout
