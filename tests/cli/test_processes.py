"""The command in a process of its own: what it imports, what it prints twice, and what any output can hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cli.conftest import ASKED

LATER = ("polars", "durable_rules_engine", "rich", "click", "holidays")
HEAVY = ("polars", "durable_rules_engine", "rich", "holidays", "orjson", "pendulum", "pluggy", "cattrs", "hypothesis")


def python(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """A fresh interpreter."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=False, timeout=120, env={**os.environ, **env}
    )


def asked(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """The command line in a fresh interpreter."""
    return python("-m", "iro_rules.cli", *arguments, **env)


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import iro_rules; iro_rules.__version__", (*HEAVY, "click", "attrs")),
        ("from iro_rules import IroRulesError, CaseError", (*HEAVY, "click", "attrs")),
        ("from iro_rules import Case, Coverage, read_case", LATER),
        ("from iro_rules import *", tuple(set(LATER) - {"polars"})),
        ("from iro_rules.cli import main; main(['--help'], standalone_mode=False)", HEAVY),
        ("from iro_rules.cli import main; main(['assess', '--help'], standalone_mode=False)", HEAVY),
        ("from iro_rules.cli import main; main(['--version'], standalone_mode=False)", HEAVY),
    ],
)  # fmt: skip
def test_nothing_heavy_is_imported_before_it_is_needed(code: str, unwanted: tuple[str, ...]) -> None:
    """Importing the library and asking for help load neither engines nor terminal nor calendar."""
    found = python("-c", f"{code}\nimport sys\nprint('\\n' + '\\n'.join(sys.modules))")
    assert found.returncode == 0, found.stderr.decode()
    assert set(found.stdout.decode().split()) & set(unwanted) == set()


@pytest.mark.parametrize("shape", ["table", "json"])
def test_two_runs_print_the_same(shape: str) -> None:
    """To the byte, whatever seeds the hashes of the interpreter."""
    first, second = (asked("assess", *ASKED, "--format", shape, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout != b""
    assert first.stderr == second.stderr == b""


def test_an_output_without_the_character_has_it_written_out() -> None:
    """A quotation mark beyond ASCII is an escape, not a failure; JSON stays JSON."""
    name = "rochdale.dispute.record-informal"
    plain = asked("explain", name, "--case", *ASKED, PYTHONIOENCODING="ascii")
    assert plain.returncode == 0, plain.stderr.decode()
    assert b"\\u201conly when" in plain.stdout
    told = asked("assess", *ASKED, "--format", "json", PYTHONIOENCODING="ascii")
    whole = asked("assess", *ASKED, "--format", "json", PYTHONIOENCODING="utf-8")
    assert json.loads(told.stdout) == json.loads(whole.stdout)


def test_a_refusal_in_a_process_is_an_exit_code_and_a_message() -> None:
    """Nothing on the output, one message on the error output, no traceback."""
    found = asked("assess", "nowhere.json", "--as-of", "2026-03-02")
    assert (found.returncode, found.stdout) == (2, b"")
    assert found.stderr.startswith(b"Error: the file cannot be read")
    assert b"Traceback" not in found.stderr
    assert asked("assess", *ASKED, "--fail-on", "overdue").returncode == 1
