"""Under load no answer is given to the wrong question: a sample of what `tools/load.py` does."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

import attrs

from tests.http.serving import Service
from tools.load import load, questions


def test_cases_under_one_id_are_not_mixed_up(running: Service) -> None:
    """Three hundred requests over six connections, all of one id, each answered as its own case is."""
    asked = questions(random.Random(3), 16)
    assert len({one.right for one in asked}) > 8
    found = load(running.address, running.process.pid, asked, requests=300, connections=6)
    assert found.wrong == []
    assert found.told()["requests"] == 300


def test_the_load_test_sees_a_wrong_answer(running: Service) -> None:
    """An answer that is another case's, and a request that is refused, are both told."""
    one, other = questions(random.Random(3), 2)
    mixed = [attrs.evolve(one, right=other.right), attrs.evolve(one, path=f"{urlsplit(one.path).path}?")]
    found = load(running.address, running.process.pid, mixed, requests=4, connections=2)
    assert len(found.wrong) == 4
