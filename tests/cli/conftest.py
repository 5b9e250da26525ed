"""What the tests of the command line share: running it, the example, and packages made for a test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from iro_rules.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = str(EXAMPLES / "rochdale-dispute.json")
ASKED = (EXAMPLE, "--protocol", "rochdale", "--as-of", "2026-03-02")

Run = Callable[..., Result]
Install = Callable[[str, str], None]


@pytest.fixture(name="run")
def _run() -> Run:
    """Runs a command; an exception that is no exit is the test's failure."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
        result = CliRunner(env=env).invoke(main, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture(name="refused")
def _refused(run: Run) -> Callable[[Sequence[str]], str]:
    """Runs a command that must be refused: exit code 2, nothing printed, and an error without a traceback."""

    def refused(arguments: Sequence[str]) -> str:
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert "Error: " in result.stderr
        return result.stderr

    return refused


@pytest.fixture(name="install")
def _install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a package with an entry point of ours on the path: its name and the source of its module."""
    before = set(sys.modules)

    def install(name: str, source: str) -> None:
        site = tmp_path / f"site-{name}"
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text(source, encoding="utf-8")
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[iro_rules]\n{name} = {name}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(site)

    yield install
    for module in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[module], "__file__", None)):
            del sys.modules[module]
