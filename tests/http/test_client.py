"""A program that is not Python judges a real case, knowing only the published description."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from iro_rules import assess, read_case, setting
from tests.http.serving import EXAMPLES, Service

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node, which runs the client written in JavaScript, is not installed")
def test_a_client_in_javascript_judges_a_case(running: Service) -> None:
    """It finds its way from the description, is given the findings of `assess`, and is told what is wrong."""
    example = EXAMPLES / "rochdale-dispute.json"
    command = [str(NODE), str(Path(__file__).with_name("client.mjs")), running.address, str(example)]
    done = subprocess.run(
        [*command, "2026-03-02", "rochdale"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    where = setting("rochdale")
    file = read_case(example, terms=where.rulebook.terms)
    right = assess(file.case, as_of="2026-03-02", protocol=where)
    assert told["case"] == right.case
    assert told["count"] == len(right.findings)
    assert told["overdue"] == [[f.id, f.due.isoformat() if f.due else None] for f in right.overdue]
    assert told["overdue"]
    assert "422 urn:iro-rules:error:protocol: there is no such protocol" in told["refused"]
