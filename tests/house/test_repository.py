"""What holds for the files that are kept: a quick start of two lines, and no machine's or registry's name in any."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

MACHINE = re.compile(
    r"(?<![\w.$~])/(?:home|Users|root|work|tmp|var|opt|mnt|srv|private)/[A-Za-z0-9_.-]+|\b[A-Z]:\\\\?[A-Za-z]"
)
# Spelt apart, so that this file does not hold what it looks for.
HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "ana" + "conda.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "jfrog" + ".io",
)
REGISTRY = re.compile(
    r"\b(?:[a-z0-9-]+\.)*(?:"
    + "|".join(re.escape(host) for host in HOSTS)
    + r"|artifactory[\w.-]*|nexus\.[\w.-]+|devpi[\w.-]*)\b|--(?:extra-)?index-url|index-url\s*="
)
BINARY = {".png", ".parquet", ".ico", ".gz"}


def tracked() -> list[Path]:
    """The files that are kept, or, outside a clone, the text files of the tree."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if found.returncode:
        pytest.skip("this is not a clone")
    paths = [ROOT / name for name in found.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def test_the_quick_start_is_one_block_of_two_lines() -> None:
    """The first installs and asks, the second runs every test; CI runs them as they stand."""
    section = re.search(r"^## Quick start\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert section is not None
    blocks = re.findall(r"^```\w*\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    lines = blocks[0].splitlines()
    assert len(lines) == 2
    assert all(line.strip() for line in lines)
    assert ".venv/bin/iro-rules assess examples/rochdale-dispute.json --protocol rochdale" in lines[0]
    assert lines[1].endswith(".venv/bin/python -m pytest -q")


def test_no_file_names_a_machine_or_a_registry() -> None:
    """A path of somebody's machine, or the address of a package registry, is of no use to anybody else."""
    found = []
    for path in tracked():
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for pattern in (MACHINE, REGISTRY):
                hit = pattern.search(line)
                if hit:
                    found.append(f"{path.relative_to(ROOT)}:{number}: {hit[0]}")
    assert found == []


@pytest.mark.parametrize(
    ("line", "hit"),
    [
        ("see /home/someone/x", True),
        ("cd /wo" + "rk/checkout", True),
        (r"C:\Users\someone", True),
        ("pip install --index-url x", True),
        (f"from https://files.{HOSTS[1]}/packages", True),
        ("docs/how-to/embed.md and src/work/x", False),
        ("a date such as 2026-03-02/home", False),
        ("/nonexistent/cc", False),
        ("$HOME/.pyenv", False),
    ],
)
def test_the_search_finds_what_it_is_for(line: str, hit: bool) -> None:
    """Paths and addresses, and not whatever looks a little like them."""
    assert bool(MACHINE.search(line) or REGISTRY.search(line)) is hit


def test_every_kept_text_file_is_utf_8_and_ends_its_last_line() -> None:
    """So that nobody's editor changes it."""
    for path in tracked():
        text = path.read_bytes().decode("utf-8")
        assert not text or text.endswith("\n"), path
        assert "\r" not in text, path
