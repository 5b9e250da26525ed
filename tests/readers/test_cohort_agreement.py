"""The three readers agree on made-up cohorts under every rulebook: a sample of what `tools/agree_cohort.py` does."""

from __future__ import annotations

import pytest

from iro_rules.protocols import Registry
from tools.agree_cohort import differences, parts

NAMES = ["", *(protocol.name for protocol in Registry.discover().protocols)]


@pytest.mark.parametrize("protocol", NAMES, ids=lambda name: name or "national")
def test_readers_agree_on_a_made_up_cohort(protocol: str) -> None:
    """Whole cases of many kinds, some of them with a record that covers little, related children among them."""
    (part,) = parts(protocol, 60, seed=9)
    count, verdicts, wrong = differences(part)
    assert wrong == []
    assert (count, verdicts > 60 * 50) == (60, True)
    assert part.events.filter(part.events["kind"] == "related").height
