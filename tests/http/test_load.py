"""Under load no answer is given to the wrong question: a sample of what `tools/load.py` does."""

from __future__ import annotations

import os
import random
import signal
from urllib.parse import urlsplit

import attrs

from tests.http.serving import Service
from tools.load import load, questions


def test_cases_under_one_id_are_not_mixed_up(running: Service) -> None:
    """Three hundred requests over six connections, all of one id, each answered as its own case is."""
    asked = questions(random.Random(3), 16)
    assert len({one.right for one in asked}) > 8
    lines: list[str] = []
    found = load(running.address, running.process.pid, asked, requests=300, connections=6, told=lines.append)
    assert found.wrong == []
    told = found.told()
    assert (told["requests"], told["interrupted"]) == (300, False)
    assert [line.split(" in ")[0] for line in lines] == [f"{n} of 300" for n in range(30, 301, 30)]
    assert len(told["megabytes_after_each_tenth"]) == 10
    assert set(told["milliseconds"]) == {"p50", "p90", "p99", "p100"}


def test_a_run_that_is_interrupted_tells_what_it_saw(running: Service) -> None:
    """After the third tenth, as by Ctrl+C: what is under way ends, nothing more is begun, and the figures are told."""
    asked = questions(random.Random(3), 4)
    lines: list[str] = []

    def told(line: str) -> None:
        lines.append(line)
        if len(lines) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    # A run begun in the background ignores the signal, as its children then do.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        found = load(running.address, running.process.pid, asked, requests=200, connections=2, told=told)
    finally:
        signal.signal(signal.SIGINT, before)
    assert found.interrupted
    assert found.wrong == []
    figures = found.told()
    assert 60 <= figures["requests"] < 200
    assert figures["interrupted"]
    assert len(figures["megabytes_after_each_tenth"]) >= 3


def test_a_service_that_is_gone_is_told_of(running: Service) -> None:
    """A request without an answer is a wrong one, and the run goes on to its end."""
    asked = questions(random.Random(3), 1)
    found = load("http://127.0.0.1:9", running.process.pid, asked, requests=3, connections=1)
    assert len(found.wrong) == 3
    assert "no answer" in found.wrong[0]


def test_the_load_test_sees_a_wrong_answer(running: Service) -> None:
    """An answer that is another case's, and a request that is refused, are both told."""
    one, other = questions(random.Random(3), 2)
    mixed = [attrs.evolve(one, right=other.right), attrs.evolve(one, path=f"{urlsplit(one.path).path}?")]
    found = load(running.address, running.process.pid, mixed, requests=4, connections=2)
    assert len(found.wrong) == 4
