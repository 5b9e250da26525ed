"""Ask the service over HTTP many things at once on loopback, check every answer, and say what it took.

    python tools/load.py --requests 100000
    python tools/load.py --requests 300 --processes 2 --connections 6

Every case has the same id and its facts the same ids, so that an answer given to the wrong question shows: each is
compared, byte for byte, with what `assess` gives for its own case. Memory is that of the service and its processes. A
line is printed for each tenth of the requests; interrupted (Ctrl+C, or SIGTERM), it tells what it saw until then.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import attrs

from iro_rules.assessment import assess, setting
from iro_rules.formats.assessment_json import assessment_to_json, json_text
from iro_rules.formats.case_json import read_case

KINDS = ["became_looked_after", "review_held", "review_planned", "visited"]
PARTS = 10
"""How often a run says how far it is, and looks at memory."""


@attrs.frozen
class Asked:
    """One request, and the bytes that are its only right answer."""

    path: str
    body: bytes
    right: bytes


def child(rng: random.Random, coverage: object) -> dict[str, Any]:
    """A child's case of two facts, on days that differ from case to case."""
    return {
        "format": "iro-rules/case/1",
        "case": "the-same-for-all",
        "coverage": coverage,
        "facts": [
            {"kind": "became_looked_after", "id": "start", "when": f"2026-01-{rng.randrange(1, 28):02}"},
            {"kind": "review_held", "id": "held", "when": f"2026-02-{rng.randrange(1, 28):02}", "review": "first"},
        ],
    }


def service_of(rng: random.Random) -> dict[str, Any]:
    """An authority's case, under the same id."""
    return {
        "format": "iro-rules/case/1",
        "case": "the-same-for-all",
        "subject": "authority",
        "coverage": "everything",
        "facts": [{"kind": "records_begin", "id": "start", "when": f"2025-{rng.randrange(1, 13):02}-01"}],
    }


def questions(rng: random.Random, count: int) -> list[Asked]:
    """So many different cases under one id, on different days, under no protocol and under each installed."""
    places = {name: setting(name) for name in (None, "rochdale", "derby", "barnet")}
    found = []
    for number in range(count):
        name = list(places)[number % len(places)]
        case = child(rng, KINDS if number % 16 == 0 else "everything") if number % 8 < 4 else service_of(rng)
        as_of = f"2026-03-{rng.randrange(1, 29):02}"
        body = json.dumps(case).encode()
        read = read_case(body, terms=places[name].rulebook.terms)
        right = json_text(assessment_to_json(assess(read.case, as_of=as_of, protocol=places[name]))).encode()
        query = {"as_of": as_of} | ({} if name is None else {"protocol": name})
        found.append(Asked(f"/v1/assess?{urlencode(query)}", body, right))
    return found


@contextmanager
def service(processes: int, *more: str) -> Iterator[tuple[str, int]]:
    """The service as a process of its own: its address, and its process."""
    command = [sys.executable, "-m", "iro_rules.cli", "serve", "--port", "0", "--processes", str(processes), *more]
    # In a session of its own, so that Ctrl+C reaches this program alone and the last answers still come.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if "answers at" not in line:
                raise SystemExit(f"the service did not start: {line}")
            yield line.split()[-1], process.pid
        finally:
            process.terminate()


def memory(pid: int) -> float:
    """Megabytes resident in a process and its children; 0 where the system has no /proc."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    if not tasks.exists():
        return 0.0
    total = 0
    for one in (pid, *map(int, tasks.read_text().split())):
        status = Path(f"/proc/{one}/status")
        if status.exists():
            total += sum(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return total / 1024


@attrs.define
class Found:
    """What a run came to: seconds of each request, wrong answers, memory after each tenth, and whether it was whole."""

    latencies: list[float] = attrs.field(factory=list)
    wrong: list[str] = attrs.field(factory=list)
    memory: list[float] = attrs.field(factory=list)
    seconds: float = 0.0
    interrupted: bool = False

    def told(self) -> dict[str, Any]:
        """The figures."""
        seen = self.memory or [0.0]
        return {
            "interrupted": self.interrupted,
            "requests": len(self.latencies),
            "wrong": len(self.wrong),
            "seconds": round(self.seconds, 1),
            "requests_per_second": round(len(self.latencies) / self.seconds, 1),
            "milliseconds": percentiles(self.latencies),
            "megabytes_after_each_tenth": [round(one, 1) for one in self.memory],
            "megabytes_more_after_the_first_fifth": round(seen[-1] - seen[min(1, len(seen) - 1)], 1),
        }


def percentiles(latencies: list[float]) -> dict[str, float]:
    """Milliseconds that so many in a hundred took at most."""
    ordered = sorted(latencies)
    if not ordered:
        return {}
    return {
        f"p{of}": round(ordered[max(0, math.ceil(len(ordered) * of / 100) - 1)] * 1000, 1) for of in (50, 90, 99, 100)
    }


def load(
    address: str,
    pid: int,
    asked: list[Asked],
    *,
    requests: int,
    connections: int,
    seconds: float = math.inf,
    told: Callable[[str], None] = lambda _: None,
) -> Found:
    """Ask so many things over so many connections, or as many as begin within some seconds or until interrupted.

    `told` is given a line after each tenth: how many were answered, how fast and with what memory.
    """
    found, numbers, lock, stop = Found(), iter(range(requests)), threading.Lock(), threading.Event()
    every = max(1, requests // PARTS)
    marks = [time.perf_counter()]
    started = marks[0]

    def answered(number: int, took: float, fault: str) -> None:
        found.latencies.append(took)
        if fault:
            found.wrong.append(f"request {number}: {fault}")
        if len(found.latencies) % every == 0:
            found.memory.append(memory(pid))
            marks.append(time.perf_counter())
            told(_tenth(found, every, requests, marks))

    def ask() -> None:
        connection = None
        while not stop.is_set() and time.perf_counter() - started <= seconds:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            connection = connection or _connected(address)
            one, begun = asked[number % len(asked)], time.perf_counter()
            try:
                connection.request("POST", one.path, one.body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                body = response.read()
                right = response.status == 200 and body == one.right
                fault = "" if right else f"{response.status}, {len(body)} bytes"
            except (OSError, http.client.HTTPException) as error:
                connection, fault = None, f"no answer: {type(error).__name__}"
            with lock:
                answered(number, time.perf_counter() - begun, fault)
        if connection is not None:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        found.interrupted = True
        stop.set()
        for thread in threads:
            thread.join()
    found.seconds = time.perf_counter() - started
    return found


def _connected(address: str) -> http.client.HTTPConnection:
    where = urlsplit(address)
    return http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)


def _tenth(found: Found, every: int, requests: int, marks: list[float]) -> str:
    took = percentiles(found.latencies[-every:])
    return (
        f"{len(found.latencies):,} of {requests:,} in {marks[-1] - marks[0]:.0f} s; this tenth "
        f"{every / (marks[-1] - marks[-2]):.0f} a second, ms {took['p50']} median, {took['p99']} p99, {took['p100']} "
        f"longest; {found.memory[-1]:.1f} MB; {len(found.wrong)} wrong"
    )


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Begin the service, ask, and tell the figures; 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--connections", type=int, default=6)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cases", type=int, default=64, help="how many different questions")
    parser.add_argument("--seconds", type=float, default=math.inf, help="begin nothing after so many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    asked = questions(random.Random(options.seed), options.cases)
    with service(options.processes) as (address, pid):
        found = load(
            address, pid, asked, requests=options.requests, connections=options.connections, seconds=options.seconds,
            told=lambda line: print(line, file=sys.stderr, flush=True),
        )  # fmt: skip
    print(json.dumps(found.told(), indent=1))
    for line in found.wrong[:10]:
        print(line)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
