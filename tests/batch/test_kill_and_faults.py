"""A job that is killed at any moment, or that the disk has no room for, is complete in the end, with the same bytes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("resource")

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *options: str, name: str = "findings.parquet") -> subprocess.CompletedProcess[str]:
    """The job in a process of its own."""
    command = [sys.executable, "-m", "tests.batch.harness", str(folder), name, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """What the job writes when nothing happens to it, and how often it touches a file of its folder."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return files(folder), int(done.stdout)


@cache
def moments(count: int, of: int) -> tuple[int, ...]:
    """Some moments among so many, the last ones with them: there the output is put together and put in its place."""
    return (*sorted(random.Random(7).sample(range(of - 6), count)), of - 6, of - 3, of - 1)


@pytest.mark.parametrize("which", range(6))
def test_a_job_killed_at_a_moment_gives_the_same_bytes_in_the_end(
    tmp_path: Path, undisturbed: tuple[dict[str, bytes], int], which: int
) -> None:
    """By SIGKILL, which nothing can catch; then given again, as a nightly job would be."""
    wanted, count = undisturbed
    killed = run(tmp_path, "--kill-at", str(moments(3, count)[which]))
    assert killed.returncode == -signal.SIGKILL
    out = tmp_path / "findings.parquet"
    assert not out.exists() or out.read_bytes() == wanted["findings.parquet"], "half an output stands in its place"
    again = run(tmp_path)
    assert again.returncode == 0, again.stderr
    assert files(tmp_path) == wanted


@pytest.mark.parametrize("name", ["findings.parquet", "findings.csv"])
def test_a_full_disk_stops_the_job_which_then_goes_on(tmp_path: Path, name: str) -> None:
    """No file may be longer than so many bytes: too few for a part, for its end, for the whole; the message says so."""
    whole = tmp_path / "whole"
    whole.mkdir()
    assert run(whole, name=name).returncode == 0
    wanted = files(whole)
    folder = tmp_path / "full"
    folder.mkdir()
    said = ""
    for most in (500, 6_000, len(wanted[name]) - 1):
        stopped = run(folder, "--most-bytes", str(most), name=name)
        assert stopped.returncode == 1, stopped.stdout
        assert "the job stopped" in stopped.stderr
        assert any(words in stopped.stderr.lower() for words in ("too large", "room on the disk"))
        assert not (folder / name).exists()
        assert not list(folder.glob("*.tmp"))
        said = stopped.stderr
    assert "3 parts with 120 cases are done" in said
    assert run(folder, name=name).returncode == 0
    assert files(folder) == wanted
