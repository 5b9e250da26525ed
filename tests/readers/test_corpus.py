"""Every situation that once made a reader fail is judged again, for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iro_rules.testing.saved import from_plain, to_plain
from tests.readers.agreement import CORPUS, READERS, agrees, answer

KEPT = sorted(CORPUS.glob("*.json"))


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
@pytest.mark.parametrize("name", READERS)
def test_a_past_failure_stays_mended(name: str, path: Path) -> None:
    """The readers agree on it now."""
    agrees(name, from_plain(json.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_a_past_failure_still_means_what_it_meant(path: Path) -> None:
    """The saved file says what it showed, reads back as itself, and where it gives an answer that is the answer."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    situation = from_plain(plain)
    assert plain["found"]
    written = to_plain(situation, found=plain["found"])
    assert written == {name: value for name, value in plain.items() if name != "answer"}
    if "answer" in plain:
        assert [list(v[:5]) for v in answer(situation)] == plain["answer"]
