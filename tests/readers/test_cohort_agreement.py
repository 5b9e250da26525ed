"""The three readers agree on made-up cohorts under every rulebook: a sample of what `tools/agree_cohort.py` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules.lab.synthetic import generate_cohort
from iro_rules.protocols import Registry
from tools.agree_cohort import differences, parts, parts_of_return

NAMES = ["", *(protocol.name for protocol in Registry.discover().protocols)]


@pytest.mark.parametrize("protocol", NAMES, ids=lambda name: name or "national")
def test_readers_agree_on_a_made_up_cohort(protocol: str) -> None:
    """Whole cases of many kinds, some of them with a record that covers little, related children among them."""
    (part,) = parts(protocol, 60, seed=9)
    count, verdicts, wrong = differences(part)
    assert wrong == []
    assert (count, verdicts > 60 * 50) == (60, True)
    assert part.events.filter(part.events["kind"] == "related").height


@pytest.mark.parametrize("protocol", NAMES, ids=lambda name: name or "national")
def test_readers_agree_on_a_return(tmp_path: Path, protocol: str) -> None:
    """Children of whom only periods of care, placements and reviews are known, this year's return with last year's."""
    generate_cohort(tmp_path / "made", cases=70, seed=2, count=2, shape="ssda903")
    last = tmp_path / "made" / "2025"
    (part,) = parts_of_return(protocol, tmp_path / "made" / "2026", 2026, last, tmp_path / "spool")
    count, verdicts, wrong = differences(part)
    assert wrong == []
    assert (count > 50, verdicts > 50 * 50) == (True, True)
